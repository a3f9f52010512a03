package serve

import (
	"crypto/rand"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"strings"
)

// Who is let in.

// guard refuses what does not come from a page of this server.
type guard struct {
	port string
	open bool   // other interfaces are served, too
	code string // then needed; empty on loopback
	next http.Handler
}

// codeCookie holds the code in the browser of whoever has typed it.
const codeCookie = "kstep-code"

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // with none a browser sends its own forms with the origin null
	h.Set("Cache-Control", "no-store")
	if !g.open { // elsewhere than on loopback browsers ignore it, and complain
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	switch {
	case !g.named(r.Host):
		// A page elsewhere can point a name of its own at this address; the
		// browser then sends that name.
		http.Error(w, "kstep does not answer to this name; use the address it printed", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead && !sameOrigin(r):
		http.Error(w, "this form was not sent by a page of kstep", http.StatusForbidden)
	case g.code != "" && !g.knows(r):
		g.ask(w, r)
	default:
		g.next.ServeHTTP(w, r)
	}
}

// named tells whether a Host header is a name of this server: loopback on its
// own port or, where other interfaces are served, an address or the machine's
// name.
func (g *guard) named(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.Trim(host, "[]"), "80"
	}
	if port != g.port {
		return false
	}
	if strings.EqualFold(name, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(name)
	if err == nil {
		return addr.IsLoopback() || g.open
	}
	machine, err := os.Hostname()
	return g.open && err == nil && (strings.EqualFold(name, machine) || strings.EqualFold(name, machine+".local"))
}

// sameOrigin tells whether a browser says that a page of this server sent the
// request. One that says nothing is no browser's form.
func sameOrigin(r *http.Request) bool {
	if s := r.Header.Get("Sec-Fetch-Site"); s != "" && s != "same-origin" {
		return false
	}
	u, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && u.Scheme == "http" && u.Host == r.Host
}

func (g *guard) knows(r *http.Request) bool {
	c, err := r.Cookie(codeCookie)
	return err == nil && same(c.Value, g.code)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// ask takes the code, or asks for it.
func (g *guard) ask(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost && r.URL.Path == "/code" {
		r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
		if code := strings.ToLower(strings.TrimSpace(r.PostFormValue("code"))); same(code, g.code) {
			http.SetCookie(w, cookie(codeCookie, code))
			http.Redirect(w, r, "/", http.StatusSeeOther)
			return
		}
		show(w, http.StatusForbidden, "code", page{Title: "kstep", Trouble: "That is not the code."})
		return
	}
	show(w, http.StatusUnauthorized, "code", page{Title: "kstep"})
}

func cookie(name, value string) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode}
}

// letters are those of a code: none that look alike.
const letters = "abcdefghjkmnpqrstuvwxyz23456789"

// secret is n random letters.
func secret(n int) string {
	b := make([]byte, 0, n)
	for len(b) < n {
		var one [1]byte
		rand.Read(one[:]) // it never fails: crypto/rand
		if int(one[0]) < 256/len(letters)*len(letters) {
			b = append(b, letters[int(one[0])%len(letters)])
		}
	}
	return string(b)
}
