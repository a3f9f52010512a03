package browser

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
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

// patience is for a machine that is busy with something else.
const patience = 2 * time.Minute

// The one browser of all tests.
var (
	browser context.Context
	folder  string // of the pages
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "kstep-pages-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	folder = dir
	if path := chromium(); path != "" {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WSURLReadTimeout(patience),
			chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("disable-field-trial-config", true))
		if os.Geteuid() == 0 {
			options = append(options, chromedp.NoSandbox) // Chromium refuses root a sandbox
		}
		allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
		defer end()
		var endBrowser context.CancelFunc
		browser, endBrowser = chromedp.NewContext(allocator)
		defer endBrowser()
		if err := chromedp.Run(browser); err != nil {
			fmt.Fprintf(os.Stderr, "%s does not start: %v\n", path, err)
			return 1
		}
	}
	return m.Run()
}

// chromium is the browser's path, empty where there is none.
func chromium() string {
	for _, name := range []string{"google-chrome", "chromium", "chromium-browser"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// tab is one page in the browser and what it did.
type tab struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	requests []string
	trouble  []string // console, exceptions, reports of the policy, dialogs
}

// blank opens an empty tab, a desktop's window.
func blank(t *testing.T) *tab {
	t.Helper()
	if browser == nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no Chromium on this machine, and CI=true: the page must be seen in a browser")
		}
		t.Skip("no Chromium on this machine (CI=true makes this a failure)")
	}
	ctx, end := chromedp.NewContext(browser)
	t.Cleanup(end)
	ctx, endWait := context.WithTimeout(ctx, patience)
	t.Cleanup(endWait)
	b := &tab{T: t, ctx: ctx}
	chromedp.ListenTarget(ctx, b.listen)
	b.run(network.Enable(), log.Enable(), runtime.Enable(), chromedp.EmulateViewport(1280, 900))
	return b
}

// open opens a document's page.
func open(t *testing.T, name string) *tab {
	t.Helper()
	b := blank(t)
	b.run(chromedp.Navigate(address(t, name)))
	return b
}

func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		b.trouble = append(b.trouble, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.trouble = append(b.trouble, "console: "+e.Type.String())
	case *log.EventEntryAdded:
		b.trouble = append(b.trouble, "log: "+e.Entry.Text)
	case *page.EventJavascriptDialogOpening:
		b.trouble = append(b.trouble, "dialog: "+e.Message)
		go func() { _ = chromedp.Run(b.ctx, page.HandleJavaScriptDialog(false)) }()
	}
}

// run does the actions; what cannot be done ends the test.
func (b *tab) run(actions ...chromedp.Action) {
	b.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.Fatal(err)
	}
}

// eval is the value of a JavaScript expression, or of the promise it makes.
func eval[T any](b *tab, expression string) T {
	b.Helper()
	var out T
	wait := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	if err := chromedp.Run(b.ctx, chromedp.Evaluate(expression, &out, wait)); err != nil {
		b.Fatalf("%v, in: %.200s", err, expression)
	}
	return out
}

// none fails for each line that an expression finds.
func (b *tab) none(what, expression string) {
	b.Helper()
	found := eval[[]string](b, expression)
	for i, s := range found {
		if i == 10 {
			b.Errorf("%s: and %d more", what, len(found)-i)
			return
		}
		b.Errorf("%s: %s", what, s)
	}
}

// shot keeps a picture for people, where they asked for it.
func (b *tab) shot(name string, action func(*[]byte) chromedp.Action) {
	b.Helper()
	dir := os.Getenv("KSTEP_SHOTS")
	if dir == "" {
		return
	}
	var data []byte
	b.run(action(&data))
	if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
		b.Fatal(err)
	}
}

// whole is a picture of the whole page.
func whole(data *[]byte) chromedp.Action { return chromedp.FullScreenshot(data, 100) }

func fileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

// script is a script file that the environment names.
func script(t *testing.T, variable string) string {
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
