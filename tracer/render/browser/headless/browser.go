package headless

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is for a machine that is busy with something else.
const patience = 2 * time.Minute

// Browser is a running Chromium; nil is one that is not installed. It is for any
// goroutine.
type Browser struct{ ctx context.Context }

// Start starts Chromium. Whoever called end has no browser any more. Where none
// is installed, the browser is nil and there is no error.
func Start() (b *Browser, end func(), err error) {
	path := chromium()
	if path == "" {
		return nil, func() {}, nil
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.WSURLReadTimeout(patience),
		chromedp.Flag("force-color-profile", "srgb"), chromedp.Flag("disable-field-trial-config", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses root a sandbox
	}
	allocator, endProcess := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, endBrowser := chromedp.NewContext(allocator)
	end = func() {
		endBrowser()
		endProcess()
	}
	if err := chromedp.Run(ctx); err != nil {
		end()
		return nil, func() {}, fmt.Errorf("%s does not start: %w", path, err)
	}
	return &Browser{ctx}, end, nil
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

// Open opens an empty tab, a desktop's window, in a browser of the test's own.
func Open(t *testing.T) *Tab {
	t.Helper()
	b, end, err := Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(end)
	return b.Open(t)
}
