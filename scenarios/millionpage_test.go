package scenarios

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/render/browser/headless"
	"kstep/tracer/view"
)

// The page of a million calls is below 1 MB, and a step in it takes less than a
// second.
func TestMillionCallsPage(t *testing.T) {
	if testing.Short() {
		t.Skip("records a million calls")
	}
	runs := tracer.NewRuns(million(t))
	l := view.Lesson{ID: millionName, Title: "A million calls"}
	file := filepath.Join(t.TempDir(), "million.html")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := render.Player(f, view.Build(runs, l), view.NewWalk(runs, l)); err != nil {
		t.Fatal(err)
	}
	if info, err := f.Stat(); err != nil || info.Size() >= 1<<20 {
		t.Errorf("%v: the page has %d bytes", err, info.Size())
	} else {
		t.Logf("%d bytes", info.Size())
	}
	b := headless.Open(t)
	b.Run(chromedp.Navigate("file://" + file))
	b.Run(chromedp.KeyEvent(kb.End))
	if got := headless.Eval[bool](b, `document.getElementById('player-last').disabled`); !got {
		t.Error("End does not lead to the end")
	}
	for _, button := range []string{"back", "forward", "first", "last"} {
		if ms := b.Quickest("player-" + button); ms >= 1000 {
			t.Errorf("%s takes %.0f ms", button, ms)
		}
	}
	if said := b.Trouble(); len(said) > 0 {
		t.Errorf("the browser says: %q", said)
	}
}
