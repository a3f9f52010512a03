package serve

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"kstep/scenarios"
	"kstep/tracer/lab"
)

func TestMain(m *testing.M) {
	lab.RunIfChild(scenarios.Program)
	os.Setenv("GORACE", "atexit_sleep_ms=0 halt_on_error=1")
	goleak.VerifyTestMain(m)
}

// served is a server under test.
type served struct {
	*testing.T
	*Server
	base string
	mu   sync.Mutex
	pids []int
	end  func() // ends the server and waits for it
}

func start(t *testing.T, open bool) *served {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	x := &served{T: t, base: "http://" + l.Addr().String()}
	x.Server, err = New(l.Addr(), Options{Workers: 2 * runtime.NumCPU(), Open: open, Started: func(pid int) {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.pids = append(x.pids, pid)
	}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- x.Serve(ctx, l) }()
	var once sync.Once
	x.end = func() {
		once.Do(func() {
			cancel()
			if err := <-ended; err != nil {
				t.Errorf("the server ended with: %v", err)
			}
		})
	}
	t.Cleanup(x.end)
	return x
}

// started are the programs that were started so far.
func (x *served) started() []int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.pids)
}

// browser is a client with cookies of its own that names its origin, as a
// browser does.
type browser struct {
	*served
	http.Client
}

func (x *served) browser() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		x.Fatal(err)
	}
	transport := &http.Transport{}
	x.Cleanup(transport.CloseIdleConnections)
	return &browser{served: x, Client: http.Client{Jar: jar, Transport: transport}}
}

// ask sends a request, with a form where there is one, and returns status, body
// and the path it led to.
func (b *browser) ask(path string, form url.Values) (int, string, string) {
	b.Helper()
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(b.Context(), method, b.base+path, body)
	if err != nil {
		b.Error(err)
		return 0, "", ""
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", b.base)
	}
	res, err := b.Do(r)
	if err != nil {
		b.Error(err)
		return 0, "", ""
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.Error(err)
	}
	return res.StatusCode, string(text), res.Request.URL.Path
}

// run runs a lesson to its end and returns its path.
func (b *browser) run(form url.Values) string {
	b.Helper()
	status, text, path := b.ask("/run", form)
	if status != http.StatusOK || !strings.HasPrefix(path, "/run/") {
		b.Errorf("%v: status %d at %s: %.300s", form, status, path, text)
		return ""
	}
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		var s state
		status, text, _ := b.ask(path+"/state", nil)
		if err := json.Unmarshal([]byte(text), &s); status != http.StatusOK || err != nil {
			b.Errorf("state: status %d, %v: %.200s", status, err, text)
			return ""
		}
		if s.Done {
			if s.Failed != "" {
				b.Errorf("the run failed: %s", s.Failed)
			}
			return path
		}
		select {
		case <-tick.C:
		case <-b.Context().Done():
			b.Error("the run does not end")
			return ""
		}
	}
}

// A visitor picks, changes, runs, steps through, and compares with the run
// before; nobody else sees it.
func TestVisit(t *testing.T) {
	x := start(t, false)
	b := x.browser()
	if status, text, _ := b.ask("/", nil); status != http.StatusOK || !strings.Contains(text, `href="/lesson/first-message"`) {
		t.Fatalf("the list: %d %.300s", status, text)
	}
	if status, text, _ := b.ask("/lesson/first-message", nil); status != http.StatusOK || !strings.Contains(text, `name="linger.ms"`) || !strings.Contains(text, "no-flush") {
		t.Fatalf("the lesson: %d %.300s", status, text)
	}
	first := b.run(url.Values{"lesson": {"first-message"}})
	if status, text, _ := b.ask(first+"/page", nil); status != http.StatusOK || !strings.Contains(text, `id="walk"`) {
		t.Errorf("the page: %d %.200s", status, text)
	}
	if _, text, _ := b.ask(first, nil); !strings.Contains(text, "<iframe") || strings.Contains(text, "/compare") {
		t.Errorf("the first run is shown as %.600s", text)
	}
	second := b.run(url.Values{"lesson": {"first-message"}, "variant": {"no-flush"}, "acks": {"0"}})
	if _, text, _ := b.ask(second, nil); !strings.Contains(text, second+"/compare") || !strings.Contains(text, "first-message/no-flush, acks=0") {
		t.Errorf("the second run is shown as %.900s", text)
	}
	if status, text, _ := b.ask(second+"/compare", nil); status != http.StatusOK || !strings.Contains(text, "lost") {
		t.Errorf("the comparison: %d %.300s", status, text)
	}
	if status, _, _ := x.browser().ask(second+"/page", nil); status != http.StatusNotFound {
		t.Errorf("another visitor is shown the run, status %d", status)
	}
}

// What is not in the lists is not run.
func TestRefusedChoices(t *testing.T) {
	x := start(t, false)
	b := x.browser()
	for _, form := range []url.Values{
		{},
		{"lesson": {"nothing"}},
		{"lesson": {"first-message"}, "variant": {"nothing"}},
		{"lesson": {"first-message"}, "linger.ms": {"7"}},
		{"lesson": {"first-message"}, "fault": {"down node 9 from start"}},
		{"lesson": {"first-message"}, "linger.ms": {strings.Repeat("x", 1<<20)}},
	} {
		if status, _, _ := b.ask("/run", form); status != http.StatusBadRequest {
			t.Errorf("%.80v: status %d", form, status)
		}
	}
	if _, text, _ := b.ask("/run", url.Values{"lesson": {"first-message"}, "fault": {"nothing"}}); !strings.Contains(text, `href="/lesson/first-message"`) {
		t.Errorf("what cannot be chosen leads nowhere: %.900s", text)
	}
	if _, text, path := b.ask("/run", url.Values{"lesson": {"first-message"}, "plugin.library.paths": {"/tmp/evil.so"}, "variant": {"no-flush"}}); !strings.HasPrefix(path, "/run/") || strings.Contains(text, "evil") {
		t.Errorf("a setting that is in no list got to %s: %.300s", path, text)
	}
	if n := len(x.started()); n > 3 {
		t.Errorf("%d programs were started", n)
	}
}

func TestGuard(t *testing.T) {
	x := start(t, false)
	do := func(method, host string, header http.Header) int {
		r, err := http.NewRequestWithContext(t.Context(), method, x.base+"/run", strings.NewReader("lesson=nothing"))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		for k, v := range header {
			r.Header[k] = v
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		transport := &http.Transport{DisableKeepAlives: true}
		res, err := transport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		return res.StatusCode
	}
	own := strings.TrimPrefix(x.base, "http://")
	_, port, _ := net.SplitHostPort(own)
	origin := func(o string) http.Header { return http.Header{"Origin": {o}} }
	for _, c := range []struct {
		name   string
		host   string
		header http.Header
		want   int
	}{
		{"its own page", own, origin(x.base), http.StatusBadRequest}, // it got through to the form
		{"by the name localhost", "localhost:" + port, origin("http://localhost:" + port), http.StatusBadRequest},
		{"a name that points here", "evil.example:" + port, origin("http://evil.example:" + port), http.StatusMisdirectedRequest},
		{"another port", "localhost:1", origin("http://localhost:1"), http.StatusMisdirectedRequest},
		{"another machine's address", "192.0.2.1:" + port, origin("http://192.0.2.1:" + port), http.StatusMisdirectedRequest},
		{"a form of another page", own, origin("http://evil.example"), http.StatusForbidden},
		{"a form of nobody", own, nil, http.StatusForbidden},
		{"a form of a file", own, origin("null"), http.StatusForbidden},
		{"a browser that says cross-site", own, http.Header{"Origin": {x.base}, "Sec-Fetch-Site": {"cross-site"}}, http.StatusForbidden},
	} {
		if got := do(http.MethodPost, c.host, c.header); got != c.want {
			t.Errorf("%s: status %d, not %d", c.name, got, c.want)
		}
	}
}

// Where other machines are served, nothing is shown without the code.
func TestCode(t *testing.T) {
	x := start(t, true)
	b := x.browser()
	if x.Code() == "" {
		t.Fatal("there is no code")
	}
	for _, path := range []string{"/", "/lesson/first-message", "/run/x/page"} {
		if status, text, _ := b.ask(path, nil); status != http.StatusUnauthorized || strings.Contains(text, "no-flush") {
			t.Errorf("%s without the code: %d", path, status)
		}
	}
	if status, _, _ := b.ask("/code", url.Values{"code": {"wrong"}}); status != http.StatusForbidden {
		t.Errorf("a wrong code: %d", status)
	}
	if status, text, path := b.ask("/code", url.Values{"code": {" " + strings.ToUpper(x.Code()) + " "}}); status != http.StatusOK || path != "/" || !strings.Contains(text, "first-message") {
		t.Errorf("the code leads to %s, status %d", path, status)
	}
}

// Many at once: everybody gets their run, memory stays bounded, and afterwards
// no program and no port is left.
func TestManyVisitors(t *testing.T) {
	n := 200
	if testing.Short() {
		n = 20
	}
	x := start(t, false)
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			b := x.browser()
			if path := b.run(url.Values{"lesson": {"first-message"}, "variant": {"no-flush"}}); path != "" {
				if status, text, _ := b.ask(path+"/page", nil); status != http.StatusOK || !strings.Contains(text, `id="walk"`) {
					t.Errorf("the page: status %d, %d bytes", status, len(text))
				}
			}
		})
	}
	all.Wait()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if most := uint64(400 << 20); m.HeapAlloc > most {
		t.Errorf("%d visitors leave %d MiB on the heap", n, m.HeapAlloc>>20)
	}
	b := x.browser()
	if _, _, path := b.ask("/run", url.Values{"lesson": {"first-message"}}); path == "" {
		t.Error("after them nobody is served")
	}
	x.end() // while that run is under way
	for _, pid := range x.started() {
		if err := syscall.Kill(pid, 0); err == nil {
			t.Errorf("program %d is left", pid)
		}
	}
	if ran := len(x.started()); ran < n {
		t.Errorf("%d programs ran for %d visitors", ran, n)
	}
	if c, err := net.Dial("tcp", strings.TrimPrefix(x.base, "http://")); err == nil {
		c.Close()
		t.Error("the port is still open")
	}
}
