package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"kstep/tracer/render/browser/headless"
)

// look is a colour scheme, without the fading from one colour to another, which
// would be measured half way.
func look(scheme string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}})
}

// toEnd goes to the end of a walk, with the same answer to all that is asked.
func (b *tab) toEnd(letter string) {
	b.Helper()
	for range 40 {
		if eval[bool](b, `document.getElementById('player-last').disabled`) {
			return
		}
		b.run(chromedp.KeyEvent(kb.End), chromedp.KeyEvent(letter))
	}
	b.Fatal("the walk does not end")
}

// TestPlayerAxe: axe-core finds nothing in the player, where it begins, while it
// asks, beside an answer, and at its end; light, dark and on a phone.
func TestPlayerAxe(t *testing.T) {
	axe := headless.Script(t, "KSTEP_AXE")
	for _, name := range []string{"first-message", "unread-reports"} {
		t.Run(name, func(t *testing.T) {
			b := blank(t)
			b.run(page.SetBypassCSP(true), chromedp.Navigate(player(t, name)), chromedp.Evaluate(`localStorage.clear()`, nil), chromedp.Reload())
			eval[any](b, axe+`; true`)
			everywhere := func(where string) {
				t.Helper()
				for i, scheme := range []string{"light", "dark", "light", "dark"} {
					width := int64(1280)
					if i > 1 {
						width = 375
					}
					b.run(look(scheme), chromedp.EmulateViewport(width, 800))
					b.none(fmt.Sprintf("%s, %s, %d wide", where, scheme, width), headless.Axe)
					b.shot(fmt.Sprintf("player-%s-%s-%s-%d.png", name, where, scheme, width), screen)
				}
			}
			everywhere("start")
			b.run(chromedp.KeyEvent(kb.End))
			if name == "first-message" {
				if eval[string](b, asked) == "" {
					t.Error("nothing is asked on the way to the end")
				}
				b.run(chromedp.Click(`#player-gate p .small`, chromedp.ByQuery))
				everywhere("question")
				b.run(chromedp.KeyEvent("a"))
				everywhere("answered")
			}
			b.toEnd("b")
			everywhere("end")
			b.run(chromedp.Click("#player-copy", chromedp.ByQuery), chromedp.Click("#player-whole", chromedp.ByQuery))
			b.none("the whole lesson", headless.Axe)
		})
	}
}

// screen is a picture of what is in the window.
func screen(data *[]byte) chromedp.Action { return chromedp.CaptureScreenshot(data) }
