package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// player is the URL of the page of a committed trace with its player.
func player(t *testing.T, name string) string {
	t.Helper()
	runs, l := lessonOf(t, name)
	return playerPage(t, name, view.Build(runs, l), view.NewWalk(runs, l))
}

func playerPage(t *testing.T, name string, d view.Document, w view.Walk) string {
	t.Helper()
	f, err := os.Create(filepath.Join(folder, "player-"+name+".html"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := render.Player(f, d, w); err != nil {
		t.Fatal(err)
	}
	return fileURL(f.Name())
}

// play opens a player that remembers nothing.
func play(t *testing.T, name, after string) *tab {
	t.Helper()
	b := blank(t)
	url := player(t, name)
	b.run(chromedp.Navigate(url), chromedp.Evaluate(`localStorage.clear()`, nil), chromedp.Navigate("about:blank"), chromedp.Navigate(url+after))
	return b
}

// settled fails where the page asked for anything or complained.
func (b *tab) settled() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.trouble {
		b.Error(s)
	}
	for _, u := range b.requests {
		if !strings.HasPrefix(u, "file:") && u != "about:blank" {
			b.Errorf("the page asked for %s", u)
		}
	}
}

const (
	where = `document.getElementById('player-where').textContent`
	told  = `document.getElementById('player-told').textContent`
	asked = `document.getElementById('player-gate').hidden ? '' : document.getElementById('player-prompt').textContent`
)

// A lesson is walked with the keyboard alone: forward, a question, an answer, the
// observation beside it, back without being asked again, to the end and home.
func TestPlayerByKeyboard(t *testing.T) {
	b := play(t, "first-message", "")
	if got := eval[string](b, where); !strings.HasPrefix(got, "stop 0 of ") {
		t.Fatalf("it begins at %q", got)
	}
	press := func(keys ...string) {
		for _, k := range keys {
			b.run(chromedp.KeyEvent(k))
		}
	}
	press(kb.ArrowRight)
	if got := eval[string](b, told); !strings.Contains(got, "NewProducer") {
		t.Errorf("the first stop tells %q", got)
	}
	press(kb.ArrowRight)
	if got := eval[string](b, asked); !strings.Contains(got, "Produce()") {
		t.Fatalf("before Produce() it asks %q", got)
	}
	if rows := eval[int](b, `document.querySelectorAll('#player-rows tr').length`); rows != 1 {
		t.Errorf("while it asks, %d rows are known, not 1", rows)
	}
	press("a")
	if got := eval[string](b, `document.getElementById('player-observed').textContent`); !strings.Contains(got, "You predicted: a)") {
		t.Errorf("the prediction does not stand beside what the run shows: %q", got)
	}
	if got := eval[string](b, asked); got != "" {
		t.Errorf("it asks again: %q", got)
	}
	at := eval[string](b, where)
	press(kb.ArrowLeft, kb.ArrowRight)
	if got := eval[string](b, where); got != at {
		t.Errorf("back and forward leads from %q to %q", at, got)
	}
	for range 40 {
		if eval[bool](b, `document.getElementById('player-last').disabled`) {
			break
		}
		press(kb.ArrowRight, "b")
	}
	if got := eval[string](b, `document.getElementById('player-observed').textContent`); !strings.Contains(got, "Predicted right: ") {
		t.Errorf("at the end it says %q", got)
	}
	b.shot("player-end.png", whole)
	press(kb.Home)
	if got := eval[string](b, where); !strings.HasPrefix(got, "stop 0 of ") {
		t.Errorf("Home leads to %q", got)
	}
	b.run(chromedp.Reload())
	press(kb.End)
	if got := eval[string](b, asked); got != "" {
		t.Errorf("what was answered is forgotten on reload: %q", got)
	}
	b.settled()
}

// A link leads to its step, the slider goes where it is put, and the page says
// in its address where it is.
func TestPlayerLinksAndSlider(t *testing.T) {
	b := play(t, "first-message", "#step=3.3")
	if got := eval[string](b, where); !strings.HasSuffix(got, "row 3.3") {
		t.Fatalf("#step=3.3 leads to %q", got)
	}
	if got := eval[string](b, `document.querySelector('#player-rows tr.now th').textContent.trim()`); got != "3.3" {
		t.Errorf("the table marks row %q", got)
	}
	if got := eval[int](b, `document.querySelectorAll('#player-code li.now').length`); got != 1 {
		t.Errorf("%d lines of code are marked", got)
	}
	b.run(chromedp.Evaluate(`(s => { s.value = 1; s.dispatchEvent(new Event('input')) })(document.getElementById('player-slider'))`, nil))
	if got := eval[string](b, where); !strings.HasPrefix(got, "stop 1 of") {
		t.Errorf("the slider leads to %q", got)
	}
	if got := eval[string](b, `location.hash`); got != "#step=1" {
		t.Errorf("the address says %q", got)
	}
	b.run(chromedp.Evaluate(`location.hash = '#key-moments'`, nil), chromedp.WaitVisible(`#key-moments h2`, chromedp.ByQuery))
	b.run(chromedp.Evaluate(`location.hash = '#step=2'`, nil), chromedp.WaitNotVisible(`#key-moments h2`, chromedp.ByQuery))
	b.settled()
}

// What is hostile in a run stays text in the player.
func TestPlayerHoldsAttacksOff(t *testing.T) {
	runs, l := lessonOf(t, "first-message")
	w := view.NewWalk(runs, l)
	const bad = `</script><script>document.title='x'</script><img src=x onerror="document.title='x'">` + "\x1b[31m\u202e\x00|`\n"
	for i := range w.Stops {
		s := &w.Stops[i]
		s.Told.Text += bad
		for j := range s.Cells {
			s.Cells[j].Text += bad
		}
		for j := range s.Tracker {
			s.Tracker[j].Name, s.Tracker[j].Text = s.Tracker[j].Name+bad, bad
		}
		for j := range s.Arrows {
			s.Arrows[j].Text = bad
		}
	}
	for i := range w.Questions {
		q := &w.Questions[i].Question
		q.ID, q.Prompt = q.ID+bad, bad
		for j := range q.Options {
			q.Options[j].Text, q.Options[j].Feedback = bad, bad
		}
	}
	w.Title, w.ID, w.Code.File = bad, bad, bad
	for i := range w.Code.Lines {
		w.Code.Lines[i].Text += bad
	}
	b := blank(t)
	b.run(chromedp.Navigate(playerPage(t, "hostile", view.Build(runs, l), w)))
	for range 30 {
		b.run(chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent("a"))
	}
	b.run(chromedp.KeyEvent(kb.End), chromedp.Click("#player-copy", chromedp.ByQuery))
	if title := eval[string](b, `document.title`); title == "x" {
		t.Error("a text of the run ran")
	}
	if n := eval[int](b, `document.querySelectorAll('#player img, #player script').length`); n != 0 {
		t.Errorf("%d elements were made of text", n)
	}
	b.settled()
}

// Without JavaScript the page is the lesson, and nothing of the player is seen.
func TestPlayerWithoutJavaScript(t *testing.T) {
	b := blank(t)
	b.run(emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(player(t, "first-message")))
	if eval[bool](b, `document.getElementById('player').checkVisibility()`) {
		t.Error("the player is shown though nothing moves it")
	}
	if !eval[bool](b, `document.getElementById('process-table').checkVisibility()`) {
		t.Error("the lesson is not shown")
	}
	b.settled()
}

// On a phone nothing is wider than the screen, and print is the lesson.
func TestPlayerPhoneAndPrint(t *testing.T) {
	b := play(t, "first-message", "#step=3.4")
	b.run(chromedp.EmulateViewport(375, 700, chromedp.EmulateMobile))
	if wide := eval[int](b, `document.documentElement.scrollWidth`); wide > 375 {
		t.Errorf("the page is %d wide on a phone of 375", wide)
	}
	b.shot("player-phone.png", whole)
	b.run(chromedp.EmulateViewport(1280, 900), emulation.SetEmulatedMedia().WithMedia("print"))
	if eval[bool](b, `document.getElementById('player').checkVisibility()`) || !eval[bool](b, `document.getElementById('process-table').checkVisibility()`) {
		t.Error("print is not the lesson")
	}
	b.run(emulation.SetEmulatedMedia())
	b.shot("player-light.png", whole)
	b.run(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}, {Name: "prefers-reduced-motion", Value: "reduce"}}))
	b.shot("player-dark.png", whole)
	b.settled()
}

func TestPlayerEmbedded(t *testing.T) {
	b := play(t, "first-message", "?embed#step=3.4")
	if eval[bool](b, `document.querySelector('body > header').checkVisibility()`) || !eval[bool](b, `document.getElementById('player-told').checkVisibility()`) {
		t.Error("embedded, the page shows its header or hides its player")
	}
	b.shot("player-embed.png", whole)
	b.settled()
}

// Played, it goes forward by itself and stops where it asks.
func TestPlayerPlays(t *testing.T) {
	b := play(t, "first-message", "")
	b.run(chromedp.Evaluate(`document.getElementById('player-speed').options[2].value = 1`, nil), chromedp.Evaluate(`document.getElementById('player-speed').selectedIndex = 2`, nil),
		chromedp.Click("#player-play", chromedp.ByQuery), chromedp.WaitVisible("#player-gate", chromedp.ByQuery))
	if got := eval[string](b, `document.getElementById('player-play').textContent`); got != "Play" {
		t.Errorf("while it asks, the button says %q", got)
	}
	b.settled()
}
