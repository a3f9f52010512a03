package browser

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"testing"

	permission "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The row of a twin stands in the whole lesson; a link to it leads there, and
// one to nothing says so and leaves the steps usable.
func TestPlayerLinksToTwins(t *testing.T) {
	b := play(t, "first-message", "")
	ids := eval[[]string](b, `[...document.querySelectorAll('tr[id^="step="]')].map(e => e.id).filter(id => !/^step=(\d|exit)/.test(id))`)
	if len(ids) == 0 {
		// A committed trace has no twins: a row of another run, as one has it.
		ids = []string{"step=no-flush-3"}
		b.run(chromedp.Evaluate(`document.querySelector('#process-table tbody tr:last-child').id = 'step=no-flush-3'`, nil))
	}
	b.run(chromedp.Evaluate(`location.hash = '`+ids[0]+`'`, nil), chromedp.WaitVisible(`[id="`+ids[0]+`"]`, chromedp.ByQuery))
	b.none("the row of the twin", `(r => r.top >= 0 && r.bottom <= innerHeight ? [] : ['it is out of sight'])(document.getElementById('`+ids[0]+`').getBoundingClientRect())`)

	for _, bad := range []string{"#step=nothing-7", "#step=%E0%A4%A", "#%"} {
		b := play(t, "first-message", bad)
		b.run(chromedp.KeyEvent(kb.ArrowRight))
		if got := eval[string](b, where); !strings.HasPrefix(got, "stop 1 of") {
			t.Errorf("after %s a step leads to %q", bad, got)
		}
		if said := eval[string](b, `document.getElementById('player-say').textContent`); strings.HasPrefix(bad, "#step=") && !strings.Contains(said, "There is no step") {
			t.Errorf("%s: it says %q", bad, said)
		}
		b.settled()
	}
	b.settled()
}

// Back and forward of the browser lead where the reader was, the whole lesson
// or the steps.
func TestPlayerHistory(t *testing.T) {
	b := play(t, "first-message", "")
	steps := func(what string, want bool, stop string) {
		t.Helper()
		b.run(chromedp.Poll(`document.body.classList.contains('stepping') === `+map[bool]string{true: "true", false: "false"}[want], nil))
		if got := eval[string](b, where); !strings.HasPrefix(got, stop) {
			t.Errorf("%s: %q", what, got)
		}
	}
	b.run(chromedp.Evaluate(`location.hash = '#step=3.3'`, nil))
	b.run(chromedp.Poll(where+`.endsWith('row 3.3')`, nil))
	b.run(chromedp.Evaluate(`history.back()`, nil), chromedp.Poll(where+`.startsWith('stop 0 ')`, nil))
	steps("back to the beginning", true, "stop 0 ")
	b.run(chromedp.Evaluate(`history.forward()`, nil), chromedp.Poll(where+`.endsWith('row 3.3')`, nil))
	b.run(chromedp.Click("#player-whole", chromedp.ByQuery), chromedp.Click(`header nav a[href="#key-moments"]`, chromedp.ByQuery))
	steps("the whole lesson", false, "stop ")
	b.run(chromedp.Evaluate(`location.hash = '#step=1'`, nil))
	steps("a link from the whole lesson", true, "stop 1 ")
	b.run(chromedp.Evaluate(`history.back()`, nil))
	steps("back from the link", false, "stop ")
	b.settled()
}

// The table goes to the clipboard; where a browser has none for the page, it
// stands in a box to be copied.
func TestPlayerCopies(t *testing.T) {
	b := play(t, "first-message", "#step=3.4")
	b.run(permission.GrantPermissions([]permission.PermissionType{permission.PermissionTypeClipboardReadWrite, permission.PermissionTypeClipboardSanitizedWrite}))
	b.run(chromedp.Click("#player-copy", chromedp.ByQuery), chromedp.Poll(`document.getElementById('player-say').textContent !== ''`, nil))
	text := eval[string](b, `navigator.clipboard.readText()`)
	rows := strings.Split(strings.TrimSpace(text), "\n")
	if !strings.HasPrefix(text, "| Step | Action | Internal State | Result/Output |\n| --- ") || len(rows) != 2+7 || !strings.Contains(text, `| 3.4 | \<- response |`) {
		t.Errorf("copied:\n%s", text)
	}
	if got := eval[string](b, `document.activeElement.id`); got != "player-copy" {
		t.Errorf("after it the focus is at %q", got)
	}

	b.run(chromedp.Evaluate(`navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false; document.getElementById('player-say').textContent = ''`, nil),
		chromedp.Click("#player-copy", chromedp.ByQuery), chromedp.WaitVisible("#player-copied", chromedp.ByQuery), chromedp.Poll(`document.getElementById('player-say').textContent.includes('from the box')`, nil))
	if got := eval[string](b, `document.getElementById('player-copied').value`); got != text {
		t.Errorf("in the box:\n%s", got)
	}
	b.settled()
}

// What is told is announced, and nothing more; a question takes the focus, and
// after its answer the focus is at what is told.
func TestPlayerForScreenReaders(t *testing.T) {
	b := play(t, "first-message", "")
	b.none("announced whole", `[...document.querySelectorAll('#player [role=status], #player [aria-live]')].filter(e => e.querySelector('table, article, button, pre, svg')).map(e => e.id)`)
	b.run(chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	if got := eval[string](b, `document.activeElement.id`); got != "player-prompt" {
		t.Errorf("while it asks the focus is at %q", got)
	}
	b.run(chromedp.KeyEvent(kb.Tab))
	if got := eval[string](b, `document.activeElement.textContent`); !strings.HasPrefix(got, "a)") {
		t.Errorf("after the question the focus goes to %q", got)
	}
	b.run(chromedp.KeyEvent("a"))
	if got := eval[string](b, `document.activeElement.id`); got != "player-told" {
		t.Errorf("after the answer the focus is at %q", got)
	}
	if got := eval[string](b, told); !strings.HasSuffix(got, "Your prediction was right.") {
		t.Errorf("told: %q", got)
	}
	b.none("announced whole, at an answer", `[...document.querySelectorAll('#player [role=status]')].filter(e => e.textContent.length > 300 || e.querySelector('article')).map(e => e.id)`)
}

// An answer is kept for the question that was asked, not for one of another run.
func TestPlayerForgetsOtherQuestions(t *testing.T) {
	b := play(t, "first-message", "")
	b.run(chromedp.KeyEvent(kb.End), chromedp.KeyEvent("a"))
	b.run(chromedp.Evaluate(`(k => { const g = JSON.parse(localStorage.getItem(k)); for (const q of Object.values(g)) { q.of += '!'; q.choice = 9; } localStorage.setItem(k, JSON.stringify(g)); })(Object.keys(localStorage)[0])`, nil), chromedp.Reload(), chromedp.KeyEvent(kb.End))
	if got := eval[string](b, asked); got == "" {
		t.Error("it takes an answer that was given to another question")
	}
	b.settled()
}

// Played it can be paused; who asks for less motion has no fading.
func TestPlayerPausesAndRests(t *testing.T) {
	b := play(t, "first-message", "#step=3.4")
	b.run(chromedp.Click("#player-play", chromedp.ByQuery))
	if got := eval[string](b, `document.getElementById('player-play').textContent`); got != "Pause" {
		t.Errorf("while it plays the button says %q", got)
	}
	b.run(chromedp.KeyEvent("p"))
	if got := eval[string](b, `document.getElementById('player-play').textContent`); got != "Play" {
		t.Errorf("paused, the button says %q", got)
	}
	const fading = `[...document.querySelectorAll('#player *')].filter(e => (s => parseFloat(s.animationDuration) > 0 || parseFloat(s.transitionDuration) > 0)(getComputedStyle(e))).length`
	if eval[int](b, fading) == 0 {
		t.Error("nothing fades: the next lines show nothing")
	}
	b.run(media("prefers-reduced-motion", "reduce"))
	if n := eval[int](b, fading); n > 0 {
		t.Errorf("%d elements fade for whoever asked for less motion", n)
	}
	b.settled()
}

// In a frame of another page the player is bare, steps, and asks for nothing.
func TestPlayerInFrame(t *testing.T) {
	inner := player(t, "first-message")
	files := http.FileServer(http.Dir(folder))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			files.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!DOCTYPE html><html lang="en"><link rel="icon" href="data:,"><title>outer</title><iframe title="kstep" style="width:900px;height:700px" src="/%s#step=3.4"></iframe>`, path.Base(inner))
	}))
	defer server.Close()
	b := blank(t)
	b.run(chromedp.Navigate(server.URL+"/"), chromedp.Poll(`frames[0].document.getElementById('player-where')?.textContent.endsWith('row 3.4')`, nil))
	b.none("in the frame", `(d => [
		d.querySelector('body > header').checkVisibility() && 'the header is shown',
		!d.getElementById('player-told').checkVisibility() && 'nothing is told',
		d.documentElement.scrollWidth > 900 && 'it is wider than the frame',
	].filter(Boolean))(frames[0].document)`)
	b.run(chromedp.Evaluate(`frames[0].document.getElementById('player-forward').click()`, nil))
	if got := eval[string](b, `frames[0].document.getElementById('player-where').textContent`); !strings.HasSuffix(got, "row 3.5") && eval[bool](b, `frames[0].document.getElementById('player-gate').hidden`) {
		t.Errorf("a step leads to %q", got)
	}
	b.shot("player-frame.png", screen)
	if len(b.Requests()) > 3 { // both pages, and the icon of the outer one
		t.Errorf("requests: %q", b.Requests())
	}
	for _, s := range b.Trouble() {
		t.Error(s)
	}
}
