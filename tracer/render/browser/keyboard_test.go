package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops are what a reader can do something with: links, folds, one radio button
// a group, boxes that scroll. Each gets a number.
const stops = `(() => {
	const groups = new Set();
	window.stops = [...document.querySelectorAll('a[href], summary, input, [tabindex="0"]')].filter(e => {
		if (!e.checkVisibility()) return false;
		if (e.type !== 'radio') return true;
		if (groups.has(e.name)) return false;
		return groups.add(e.name);
	});
	window.seen = [];
	document.addEventListener('focusin', e => {
		const s = getComputedStyle(e.target), r = e.target.getBoundingClientRect();
		seen.push({stop: stops.indexOf(e.target), text: e.target.outerHTML.slice(0, 80),
			visible: s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2 && r.width > 0});
	});
	return stops.length;
})()`

// TestKeyboard: Tab reaches everything, in the order of the page, and shows
// where it is.
func TestKeyboard(t *testing.T) {
	b := open(t, "sample")
	n := eval[int](b, stops)
	if n < 40 {
		t.Fatalf("only %d stops", n)
	}
	for range n {
		b.run(chromedp.KeyEvent(kb.Tab))
	}
	b.none("by keyboard", `stops.map((e, i) => {
		const s = seen[i];
		if (!s || s.stop !== i) return 'stop ' + i + ' should be ' + e.outerHTML.slice(0, 80) + ', is ' + (s ? s.text : 'nothing');
		return s.visible ? '' : 'no outline on ' + s.text;
	}).filter(s => s)`)
	b.none("focus is out of sight", `(r => r.top >= 0 && r.bottom <= innerHeight ? [] : [document.activeElement.outerHTML.slice(0, 80)])(document.activeElement.getBoundingClientRect())`)
}

// TestQuizByKeyboard: arrows choose an answer, the space bar opens the key,
// Enter follows a link.
func TestQuizByKeyboard(t *testing.T) {
	b := open(t, "sample")
	b.run(chromedp.Focus(`fieldset input`, chromedp.ByQuery), chromedp.KeyEvent(kb.ArrowDown))
	if got := eval[string](b, `document.querySelector('fieldset input:checked').value`); got != "b" {
		t.Errorf("an arrow chose %q", got)
	}
	b.run(chromedp.Focus(`details.key summary`, chromedp.ByQuery), chromedp.KeyEvent(" "))
	if !eval[bool](b, `document.querySelector('details.key').open`) {
		t.Error("the space bar does not open the key")
	}
	b.run(chromedp.Focus(`.moments .rows a`, chromedp.ByQuery), chromedp.KeyEvent(kb.Enter))
	if got := eval[string](b, `document.querySelector(':target').id`); got != "step=2" {
		t.Errorf("Enter led to %q", got)
	}
}
