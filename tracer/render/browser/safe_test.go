package browser

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAsksForNothing: a page is one file. Opening it makes no request but for
// itself, and the browser has nothing to report: no error, no use of what the
// policy forbids, no dialog.
func TestAsksForNothing(t *testing.T) {
	for _, name := range all {
		t.Run(name, func(t *testing.T) {
			b := open(t, name)
			b.run(chromedp.CaptureScreenshot(new([]byte))) // it has been drawn
			if len(b.Requests()) != 1 || b.Requests()[0] != address(t, name) {
				t.Errorf("requests: %q", b.Requests())
			}
			for _, s := range b.Trouble() {
				t.Error(s)
			}
		})
	}
}

// TestListens: the test above would hear of a request and of a report.
func TestListens(t *testing.T) {
	b := open(t, "sample")
	eval[bool](b, `new Promise(done => {
		const i = new Image(); i.onerror = () => done(true); i.src = 'file:///nothing.png'; document.body.append(i); console.log('heard');
	})`)
	eval[bool](b, `(setTimeout(() => alert('heard'), 0), new Promise(done => setTimeout(() => done(true), 50)))`)
	kinds := map[string]bool{}
	for _, s := range b.Trouble() {
		kinds[s[:3]] = true
	}
	if !kinds["con"] || !kinds["log"] || !kinds["dia"] {
		t.Errorf("heard only of %q", b.Trouble())
	}
}

// TestHostileTextStaysText: the browser's own parser finds in hostile pages no
// element and no attribute that the page of a lesson does not have.
func TestHostileTextStaysText(t *testing.T) {
	const names = `[...new Set([...document.querySelectorAll('*')].flatMap(e => [e.localName, ...[...e.attributes].map(a => e.localName + ' ' + a.name)]))]`
	known := map[string]bool{"tr id": true, "td class": true}
	for _, name := range slices.Concat([]string{"figures"}, lessons, modes) {
		for _, s := range eval[[]string](open(t, name), names) {
			known[s] = true
		}
	}
	for _, name := range attacks {
		t.Run(name, func(t *testing.T) {
			b := open(t, name)
			for _, s := range eval[[]string](b, names) {
				if !known[s] {
					t.Errorf("<%s>", s)
				}
			}
			if n, want := eval[int](b, `document.querySelectorAll('main section').length`), len(document(t, name).Blocks)+1; n != want {
				t.Errorf("%d sections, want %d with Next", n, want)
			}
			b.none("a link out of the page", `[...document.links].map(a => a.getAttribute('href')).filter(h => !h.startsWith('#'))`)
			b.none("not shown as text", `(t => ['\u202e', '\u0000', '\u001b', '\u200b'].filter(c => t.includes(c)).map(c => JSON.stringify(c)))(document.documentElement.textContent)`)
			if !eval[bool](b, `document.body.innerText.includes('<script>alert(1)</script>')`) {
				t.Error("the attack is not shown as it is written")
			}
		})
	}
}
