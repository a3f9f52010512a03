package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// A walk as long as the player takes stays quick: the last step, which has most
// rows before it, takes less than a second, with much to spare.
func TestPlayerLongWalk(t *testing.T) {
	runs, l := lessonOf(t, "first-message")
	w := view.NewWalk(runs, l)
	w.Questions = nil
	stops := w.Stops
	w.Stops = nil
	for n := 0; len(w.Stops) < render.MaxStops+5; n++ {
		s := stops[1+n%(len(stops)-2)]
		s.ID, s.Address, s.Ask = fmt.Sprint(n), fmt.Sprint(n), nil
		w.Stops = append(w.Stops, s)
	}
	b := blank(t)
	b.run(chromedp.Navigate(playerPage(t, "long", view.Build(runs, l), w)))
	for _, button := range []string{"last", "back", "forward"} {
		if button == "forward" {
			b.run(chromedp.Evaluate(`for (let i = 0; i < 20; i++) document.getElementById('player-back').click()`, nil))
		}
		if ms := b.Quickest("player-" + button); ms >= 1000 {
			t.Errorf("%s takes %.0f ms", button, ms)
		} else {
			t.Logf("%s: %.0f ms", button, ms)
		}
	}
	b.run(chromedp.Click("#player-last", chromedp.ByQuery))
	if got, want := eval[string](b, where), fmt.Sprintf("stop %d of %d", render.MaxStops-1, render.MaxStops-1); got[:len(want)] != want {
		t.Errorf("it is at %q, not at %q", got, want)
	}
	b.settled()
}
