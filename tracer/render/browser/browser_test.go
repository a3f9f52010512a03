package browser

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"kstep/tracer/render/browser/headless"
)

// The one browser of all tests.
var (
	browser *headless.Browser
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
	b, end, err := headless.Start()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer end()
	browser = b
	return m.Run()
}

// tab is one page in the browser and what it did.
type tab struct{ *headless.Tab }

// blank opens an empty tab, a desktop's window.
func blank(t *testing.T) *tab {
	t.Helper()
	return &tab{browser.Open(t)}
}

// open opens a document's page.
func open(t *testing.T, name string) *tab {
	t.Helper()
	b := blank(t)
	b.run(chromedp.Navigate(address(t, name)))
	return b
}

func (b *tab) run(actions ...chromedp.Action) {
	b.Helper()
	b.Run(actions...)
}

func (b *tab) none(what, expression string) {
	b.Helper()
	b.None(what, expression)
}

func (b *tab) shot(name string, action func(*[]byte) chromedp.Action) {
	b.Helper()
	b.Shot(name, action)
}

// eval is the value of a JavaScript expression, or of the promise it makes.
func eval[T any](b *tab, expression string) T {
	b.Helper()
	return headless.Eval[T](b.Tab, expression)
}

// whole is a picture of the whole page.
func whole(data *[]byte) chromedp.Action { return chromedp.FullScreenshot(data, 100) }

func fileURL(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}
