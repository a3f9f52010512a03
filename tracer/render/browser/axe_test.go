package browser

import (
	"slices"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axeCheck lists the violations of WCAG's levels A and AA.
const axeCheck = `axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => r.passes.length < 10 ? ['only ' + r.passes.length + ' rules had anything to look at'] :
		r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 120) + ': ' + n.failureSummary.replace(/\s+/g, ' '))))`

// TestAxe: axe-core finds no violation of WCAG's levels A and AA, in no scheme
// and no width, folds closed and open.
func TestAxe(t *testing.T) {
	axe := script(t, "KSTEP_AXE")
	for _, name := range slices.Concat(lessons, modes) {
		b := blank(t)
		b.run(page.SetBypassCSP(true), chromedp.Navigate(address(t, name)))
		eval[any](b, axe+`; true`)
		for _, scheme := range []string{"light", "dark"} {
			b.run(media("prefers-color-scheme", scheme), chromedp.EmulateViewport(1280, 900))
			b.none(name+", "+scheme, axeCheck)
			b.run(chromedp.EmulateViewport(375, 700, chromedp.EmulateMobile))
			b.none(name+", phone, "+scheme, axeCheck)
			eval[any](b, `document.querySelectorAll('details').forEach(e => e.open = true); location.hash = 'step=2'`)
			b.none(name+", open, "+scheme, axeCheck)
		}
	}
}
