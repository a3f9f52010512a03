package serve

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What visitors leave behind is bounded: in bytes, traces counted, and in number
// where runs failed and have no bytes. Who waits is not forgotten.
func TestShelfIsBounded(t *testing.T) {
	s := &shelf{runs: map[string]*run{}, most: 10_000}
	waits := &run{id: "waits", visitor: "w"}
	s.put(waits)
	for i := range keptAll + 50 {
		r := &run{id: fmt.Sprint(i), visitor: fmt.Sprint("v", i)}
		s.put(r)
		r.done, r.page, r.trace = true, make([]byte, 400), make([]byte, 600)
		s.fits(r)
	}
	if s.find("waits") == nil {
		t.Error("a run that waits was forgotten")
	}
	if n := len(s.order); n != 11 || len(s.runs) != n {
		t.Errorf("%d runs of 1000 bytes are kept in 10000, and %d by name", n-1, len(s.runs))
	}
	for i := range keptAll + 50 {
		r := &run{id: fmt.Sprint("f", i), visitor: fmt.Sprint("v", i), failed: "no broker"}
		s.put(r)
		r.done = true
		s.fits(r)
	}
	if n := len(s.order); n != keptAll+1 || len(s.runs) != n {
		t.Errorf("%d failed runs are kept, not %d", n-1, keptAll)
	}
	s.remove(waits)
	if s.find("waits") != nil {
		t.Error("a run that was removed is there")
	}
}

// Nothing but the pages that there are.
func TestOtherRequests(t *testing.T) {
	x := start(t, false)
	own := strings.TrimPrefix(x.base, "http://")
	for _, c := range []struct {
		method, path, cookie string
		want                 int
	}{
		{"GET", "/", "", http.StatusOK},
		{"HEAD", "/", "", http.StatusOK},
		{"HEAD", "/lesson/first-message", "", http.StatusOK},
		{"GET", "/favicon.ico", "", http.StatusNotFound},
		{"GET", "/lesson/../../etc/passwd", "", http.StatusTemporaryRedirect}, // to the path without dots
		{"GET", "/etc/passwd", "", http.StatusNotFound},
		{"GET", "/lesson/..%2f..%2fetc%2fpasswd", "", http.StatusNotFound},
		{"GET", "/lesson/%3Cscript%3E", "", http.StatusNotFound},
		{"GET", "/run/nothing/page", "", http.StatusNotFound},
		{"GET", "/run", "", http.StatusNotFound},
		{"GET", "/", visitorCookie + "=" + strings.Repeat("x", 8<<10), http.StatusOK},
		{"DELETE", "/", "", http.StatusForbidden},
	} {
		r := httptest.NewRequest(c.method, "http://"+own+"/", nil)
		r.URL.Path, r.URL.RawPath = "", ""
		u, err := r.URL.Parse(c.path)
		if err != nil {
			t.Fatal(err)
		}
		r.URL = u
		if strings.Contains(c.path, "..") && !strings.Contains(c.path, "%") {
			r.URL.Path = c.path // as one who does not clean it sends it
		}
		r.Host = own
		if c.cookie != "" {
			r.Header.Set("Cookie", c.cookie)
		}
		w := httptest.NewRecorder()
		x.guard.ServeHTTP(w, r)
		if got := w.Code; got != c.want && (c.want != http.StatusTemporaryRedirect || got/100 != 3) {
			t.Errorf("%s %s: status %d, not %d", c.method, c.path, got, c.want)
		}
		if strings.Contains(w.Body.String(), "<script>alert") || strings.Contains(w.Body.String(), "root:") {
			t.Errorf("%s %s: %.200s", c.method, c.path, w.Body)
		}
	}
}
