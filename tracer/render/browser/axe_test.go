package browser

import (
	"slices"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"kstep/tracer/render/browser/headless"
)

// TestAxe: axe-core finds no violation of WCAG's levels A and AA, in no scheme
// and no width, folds closed and open.
func TestAxe(t *testing.T) {
	axe := headless.Script(t, "KSTEP_AXE")
	for _, name := range slices.Concat(lessons, modes) {
		b := blank(t)
		b.run(page.SetBypassCSP(true), chromedp.Navigate(address(t, name)))
		eval[any](b, axe+`; true`)
		for _, scheme := range []string{"light", "dark"} {
			b.run(media("prefers-color-scheme", scheme), chromedp.EmulateViewport(1280, 900))
			b.none(name+", "+scheme, headless.Axe)
			b.run(chromedp.EmulateViewport(375, 700, chromedp.EmulateMobile))
			b.none(name+", phone, "+scheme, headless.Axe)
			eval[any](b, `document.querySelectorAll('details').forEach(e => e.open = true); location.hash = 'step=2'`)
			b.none(name+", open, "+scheme, headless.Axe)
		}
	}
}
