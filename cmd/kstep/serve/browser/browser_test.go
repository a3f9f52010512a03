package browser

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"kstep/cmd/kstep/serve"
	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/lab"
	"kstep/tracer/render/browser/headless"
)

func TestMain(m *testing.M) {
	lab.RunIfChild(scenarios.Program)
	os.Setenv("GORACE", "atexit_sleep_ms=0 halt_on_error=1")
	os.Exit(m.Run())
}

// start serves and returns the address.
func start(t *testing.T, o serve.Options) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := serve.New(l.Addr(), o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with: %v", err)
		}
	})
	return "http://" + l.Addr().String()
}

// visitor is a tab of somebody who visits.
type visitor struct {
	*headless.Tab
	base string
}

func visit(t *testing.T, base string) *visitor {
	t.Helper()
	return &visitor{headless.Open(t), base}
}

// clean fails where a page complained or asked for something of another server.
func (v *visitor) clean() {
	v.Helper()
	for _, s := range v.Trouble() {
		v.Error(s)
	}
	for _, u := range v.Requests() {
		if !strings.HasPrefix(u, v.base+"/") && u != "about:blank" {
			v.Errorf("it asked for %s", u)
		}
	}
}

// fits fails where the page is wider than the window.
func (v *visitor) fits(what string) {
	v.Helper()
	if n := headless.Eval[int](v.Tab, `document.documentElement.scrollWidth - innerWidth`); n > 0 {
		v.Errorf("%s sticks out by %d", what, n)
	}
}

// both looks at a page in a desktop's window and on a phone.
func (v *visitor) both(name string) {
	v.Helper()
	for _, width := range []int64{375, 1280} {
		v.Run(chromedp.EmulateViewport(width, 800))
		v.fits(fmt.Sprintf("%s, %d wide,", name, width))
		v.Shot(fmt.Sprintf("serve-%s-%d.png", name, width), func(data *[]byte) chromedp.Action { return chromedp.CaptureScreenshot(data) })
	}
}

const shown = `document.querySelector('iframe')?.contentDocument?.getElementById('player-where')?.textContent.startsWith('stop')`

// A visitor picks a lesson, runs it, steps, changes it, runs again, and compares.
func TestVisitInBrowser(t *testing.T) {
	v := visit(t, start(t, serve.Options{Workers: 2}))
	v.Run(chromedp.Navigate(v.base + "/"))
	v.both("index")
	v.Run(chromedp.Click(`a[href="/lesson/first-message"]`, chromedp.ByQuery), chromedp.WaitVisible(`select[name=variant]`, chromedp.ByQuery))
	v.both("lesson")
	v.Run(chromedp.Click(`form button`, chromedp.ByQuery))
	v.Until(shown)
	v.both("run")
	const inside = `document.querySelector('iframe').contentDocument`
	v.Run(chromedp.Evaluate(inside+`.getElementById('player-forward').click()`, nil))
	if got := headless.Eval[string](v.Tab, inside+`.getElementById('player-where').textContent`); !strings.HasPrefix(got, "stop 1 ") {
		t.Errorf("a step leads to %q", got)
	}
	v.Run(chromedp.Click(`summary`, chromedp.ByQuery), chromedp.SetValue(`select[name=variant]`, "no-flush", chromedp.ByQuery), chromedp.SetValue(`select[name=acks]`, "0", chromedp.ByQuery))
	v.both("change")
	v.Run(chromedp.Click(`details form button`, chromedp.ByQuery))
	v.Until(`document.querySelector('a[href$="/compare"]') && ` + shown)
	if got := headless.Eval[string](v.Tab, `document.querySelector('select[name=acks]').value`); got != "0" {
		t.Errorf("of the run that is shown acks=%q is chosen", got)
	}
	v.Run(chromedp.Click(`a[href$="/compare"]`, chromedp.ByQuery))
	v.Until(inside + `.readyState === 'complete' && ` + inside + `.body.textContent.includes('lost at exit')`)
	v.both("compare")
	v.Run(chromedp.Click(`a[href$="/page"]`, chromedp.ByQuery))
	v.Until(shown)
	v.clean()
}

// Without JavaScript a run is waited for and read all the same.
func TestVisitWithoutJavaScript(t *testing.T) {
	v := visit(t, start(t, serve.Options{Workers: 2}))
	v.Run(emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(v.base+"/lesson/first-message"), chromedp.Click(`form button`, chromedp.ByQuery), chromedp.WaitVisible(`iframe`, chromedp.ByQuery))
	path := headless.Eval[string](v.Tab, `document.querySelector('iframe').getAttribute('src')`)
	v.Run(chromedp.Navigate(v.base+path), chromedp.WaitVisible(`#process-table`, chromedp.ByQuery))
	v.clean()
}

// What runs and what is said of it may hold anything: nothing of it runs.
func TestHostileRunInBrowser(t *testing.T) {
	const bad = `</script><script>top.document.title='x'</script><img src=x onerror="top.document.title='x'"><iframe src="javascript:alert(1)"></iframe>` + "\x1b[31m\u202e\x00|`\n"
	v := visit(t, start(t, serve.Options{Workers: 2, Outcome: func(tr *tracer.Trace) error {
		tr.Header.Title, tr.Header.Program.File, tr.Header.Program.Source = bad, bad, tr.Header.Program.Source+"\n// "+bad
		for i := range tr.Events {
			e := &tr.Events[i]
			if e.Call != nil && e.Call.Message != nil {
				e.Call.Message.Topic = bad
			}
			if e.Frame != nil {
				for j := range e.Frame.Batches {
					e.Frame.Batches[j].Topic = bad
				}
			}
		}
		return errors.New(bad)
	}}))
	for range 2 { // the second one has a comparison
		v.Run(chromedp.Navigate(v.base+"/lesson/first-message"), chromedp.Click(`form button`, chromedp.ByQuery))
		v.Until(shown)
	}
	const inside = `document.querySelector('iframe').contentDocument`
	if !headless.Eval[bool](v.Tab, `document.querySelector('[role=alert]').textContent.includes('onerror') && `+inside+`.body.textContent.includes('onerror')`) {
		t.Error("the attack is not shown as text: this test shows nothing")
	}
	v.Run(chromedp.Evaluate(`for (let i = 0; i < 30; i++) { `+inside+`.getElementById('player-forward').click(); `+inside+`.querySelector('#player-gate .choices button')?.click(); }`, nil))
	const elements = `[document, ` + inside + `].flatMap(d => [...d.querySelectorAll('img, main script, iframe[src^=javascript]')].filter(e => e.type !== 'application/json').map(e => e.outerHTML.slice(0, 80)))`
	v.None("made of text", elements)
	v.Run(chromedp.Click(`a[href$="/compare"]`, chromedp.ByQuery))
	v.Until(inside + `.readyState === 'complete' && !` + inside + `.getElementById('player')`)
	v.None("made of text, in the comparison", elements)
	if got := headless.Eval[string](v.Tab, `document.title`); got == "x" {
		t.Error("a text of the run ran")
	}
	v.clean()
}

// axe-core finds nothing in any page, light and dark, wide and on a phone.
func TestAxeOfServe(t *testing.T) {
	axe := headless.Script(t, "KSTEP_AXE")
	base := start(t, serve.Options{Workers: 1})
	v := visit(t, base)
	look := func(name string) {
		t.Helper()
		headless.Eval[any](v.Tab, axe+`; true`)
		for _, scheme := range []string{"light", "dark"} {
			v.Run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}))
			v.None(name+", "+scheme, headless.Axe)
		}
		v.both(name)
	}
	v.Run(page.SetBypassCSP(true), chromedp.Navigate(base+"/"))
	look("index")
	v.Run(chromedp.Navigate(base + "/lesson/reordering"))
	look("lesson")
	v.Run(chromedp.Navigate(base + "/lesson/nothing"))
	look("trouble")
	v.Run(chromedp.Navigate(base+"/lesson/first-message"), chromedp.SetValue(`select[name=variant]`, "unread-reports", chromedp.ByQuery), chromedp.Click(`form button`, chromedp.ByQuery), chromedp.WaitReady(`#progress, iframe`, chromedp.ByQuery))
	v.Shot("serve-wait.png", func(data *[]byte) chromedp.Action { return chromedp.CaptureScreenshot(data) })
	v.Until(shown)
	look("hangs")
	v.Run(chromedp.Click(`summary`, chromedp.ByQuery), chromedp.Click(`details form button`, chromedp.ByQuery))
	v.Until(`document.querySelector('a[href$="/compare"]') && ` + shown)
	look("again")
	open := visit(t, start(t, serve.Options{Workers: 1, Open: true}))
	open.Run(page.SetBypassCSP(true), chromedp.Navigate(open.base+"/"))
	v = open
	look("code")
}
