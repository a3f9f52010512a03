package headless

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Tab is one page in the browser and what it did. It is for one goroutine.
type Tab struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	requests []string
	trouble  []string
}

// Open opens an empty tab, a desktop's window.
func (b *Browser) Open(t *testing.T) *Tab {
	t.Helper()
	if b == nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium on this machine, and CI=true: the page must be seen in a browser")
		}
		t.Skip("no Chromium on this machine (CI=true makes this a failure)")
	}
	ctx, end := chromedp.NewContext(b.ctx)
	t.Cleanup(end)
	ctx, endWait := context.WithTimeout(ctx, patience)
	t.Cleanup(endWait)
	x := &Tab{T: t, ctx: ctx}
	chromedp.ListenTarget(ctx, x.listen)
	x.Run(network.Enable(), log.Enable(), runtime.Enable(), chromedp.EmulateViewport(1280, 900))
	return x
}

func (x *Tab) listen(event any) {
	x.mu.Lock()
	defer x.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		x.requests = append(x.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		x.trouble = append(x.trouble, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		x.trouble = append(x.trouble, "console: "+e.Type.String())
	case *log.EventEntryAdded:
		x.trouble = append(x.trouble, "log: "+e.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		x.trouble = append(x.trouble, "dialog: "+e.Message)
		go func() { _ = chromedp.Run(x.ctx, page.HandleJavaScriptDialog(false)) }()
	}
}

// Requests are the URLs that were asked for so far.
func (x *Tab) Requests() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.requests)
}

// Trouble is what the browser had to say so far: console, exceptions, reports of
// the policy, dialogs.
func (x *Tab) Trouble() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.trouble)
}

// Run does the actions; what cannot be done ends the test.
func (x *Tab) Run(actions ...chromedp.Action) {
	x.Helper()
	if err := chromedp.Run(x.ctx, actions...); err != nil {
		x.Fatal(err)
	}
}

// Eval is the value of a JavaScript expression, or of the promise it makes.
func Eval[T any](x *Tab, expression string) T {
	x.Helper()
	var out T
	wait := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	if err := chromedp.Run(x.ctx, chromedp.Evaluate(expression, &out, wait)); err != nil {
		x.Fatalf("%v, in: %.200s", err, expression)
	}
	return out
}

// None fails for each line that an expression finds.
func (x *Tab) None(what, expression string) {
	x.Helper()
	found := Eval[[]string](x, expression)
	for i, s := range found {
		if i == 10 {
			x.Errorf("%s: and %d more", what, len(found)-i)
			return
		}
		x.Errorf("%s: %s", what, s)
	}
}

// Shot keeps a picture for people, where KSTEP_SHOTS names a folder for it.
func (x *Tab) Shot(name string, action func(*[]byte) chromedp.Action) {
	x.Helper()
	dir := os.Getenv("KSTEP_SHOTS")
	if dir == "" {
		return
	}
	var data []byte
	x.Run(action(&data))
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		x.Fatal(err)
	}
}

// Script is a script file that a variable of the environment names; without it
// the test is skipped.
func Script(t *testing.T, variable string) string {
	t.Helper()
	path := os.Getenv(variable)
	if path == "" {
		t.Skipf("%s names no script file", variable)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// Axe lists, where axe-core's script was run, the violations of WCAG's levels A
// and AA, for None.
const Axe = `axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => r.passes.length < 10 ? ['only ' + r.passes.length + ' rules had anything to look at'] :
	r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ': ' + n.failureSummary.replace(/\s+/g, ' '))))`

// Quickest is the shortest of five times, in ms, that a click on an element
// takes, layout included: what the page needs, whatever else the machine does.
func (x *Tab) Quickest(id string) float64 {
	x.Helper()
	return Eval[float64](x, `Math.min(...[1, 2, 3, 4, 5].map(() => {
		const from = performance.now();
		document.getElementById('`+id+`').click();
		document.body.getBoundingClientRect();
		return performance.now() - from;
	}))`)
}

// Until waits until a JavaScript expression is true, on whatever page the tab is
// by then. It asks from outside: a page's policy may forbid what runs inside.
func (x *Tab) Until(expression string) {
	x.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		var yes bool
		if err := chromedp.Run(x.ctx, chromedp.Evaluate(`Boolean(`+expression+`)`, &yes)); err == nil && yes {
			return
		}
		select {
		case <-tick.C:
		case <-x.ctx.Done():
			x.Fatalf("it does not become true: %s", expression)
		}
	}
}
