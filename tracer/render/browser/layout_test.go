package browser

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// outside finds what can be seen beyond the window's sides, and boxes with
// more in them than they show. What stands in a box that scrolls is fine.
const outside = `[...document.body.querySelectorAll('*')].filter(e => {
	if (e.closest('.scroll') && !e.matches('.scroll')) return false;
	if (e.closest('.sr, .who') || !e.checkVisibility() || getComputedStyle(e).clipPath !== 'none') return false;
	const r = e.getBoundingClientRect();
	return r.width > 0 && (r.right > document.documentElement.clientWidth + 1 || r.left < -1);
}).map(e => e.parentNode.localName + '.' + e.parentNode.className + ' > ' + e.localName + '.' + e.className + ': ' + e.textContent.slice(0, 60)).concat(
	document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page scrolls sideways'] : [])`

// TestFits: no page scrolls sideways, from a phone's width to a desktop's, and
// a wide table scrolls in a box of its own.
func TestFits(t *testing.T) {
	for _, name := range all {
		b := open(t, name)
		for _, width := range []int64{320, 375, 700, 1024, 1280, 1920} {
			t.Run(fmt.Sprint(name, " ", width), func(t *testing.T) {
				var options []chromedp.EmulateViewportOption
				if width < 700 {
					options = append(options, chromedp.EmulateMobile)
				}
				b.run(chromedp.EmulateViewport(width, 700, options...))
				if n := eval[int64](b, `innerWidth`); n != width {
					t.Errorf("the page is %d wide", n) // a phone zooms out of a page that is too wide
				}
				b.none(fmt.Sprint(name, " at ", width), outside)
				b.none(fmt.Sprint(name, " at ", width, ": a scrolling box no key reaches"),
					`[...document.querySelectorAll('*')].filter(e => ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1 && e.tabIndex < 0 && !e.querySelector('a')).map(e => e.outerHTML.slice(0, 80))`)
				if name != "hostile" && name != "flood" {
					b.shot(fmt.Sprintf("%s-%d.png", name, width), whole)
				}
			})
		}
	}
}

// TestSourceBesideTable: on a wide window the listing stands beside the table
// and stays in sight while the table is read; on a narrow one above it.
func TestSourceBesideTable(t *testing.T) {
	const places = `(rects => [rects[0].right <= rects[1].left, rects[0].bottom <= rects[1].top])(
		[...document.querySelectorAll('#execution-sample, #process-table')].map(e => e.getBoundingClientRect()))`
	b := open(t, "first-message")
	if got := eval[[2]bool](b, places); got != [2]bool{true, false} {
		t.Errorf("at 1280: beside %t, above %t", got[0], got[1])
	}
	b.run(chromedp.EmulateViewport(1280, 600))
	eval[any](b, `document.querySelector('#process-table tbody tr:last-child').scrollIntoView({block: 'end'})`)
	b.none("at the table's end", `(r => r.top >= 0 && r.bottom > 300 ? [] : ['the listing is out of sight: ' + JSON.stringify(r)])(document.querySelector('.code').getBoundingClientRect())`)
	b.none("the listing", `(e => { // all of it can be reached while the table's end is in sight
		e.scrollTop = 1e6;
		const r = document.querySelector('.listing li:last-child').getBoundingClientRect();
		return r.bottom > 0 && r.bottom <= innerHeight ? [] : ['its last line is out of sight: ' + JSON.stringify(r)];
	})(document.querySelector('#execution-sample'))`)
	b.run(chromedp.EmulateViewport(800, 900))
	if got := eval[[2]bool](b, places); got != [2]bool{false, true} {
		t.Errorf("at 800: beside %t, above %t", got[0], got[1])
	}
}

// TestLanesMeetTheirHeads: in a sequence a lane's name stands over its line,
// and an arrow ends on the lines of the lanes it names.
func TestLanesMeetTheirHeads(t *testing.T) {
	for _, width := range []int64{375, 1280} {
		b := open(t, "first-message")
		b.run(chromedp.EmulateViewport(width, 900))
		b.none(fmt.Sprint("at ", width), `(() => {
			const heads = [...document.querySelectorAll('.heads span')].map(e => { const r = e.getBoundingClientRect(); return (r.left + r.right) / 2 });
			const near = x => Math.min(...heads.map(h => Math.abs(h - x))) < 3;
			return [...document.querySelectorAll('.act.right, .act.left')].filter(e => { const r = e.getBoundingClientRect(); return !near(r.left) || !near(r.right) }).map(e => e.textContent.slice(0, 60));
		})()`)
	}
}

// TestSchemes: dark is dark and light is light, in both something is marked by
// more than colour, and nothing moves.
func TestSchemes(t *testing.T) {
	b := open(t, "first-message")
	const ground = `(c => (c[0] * 299 + c[1] * 587 + c[2] * 114) / 255000)(getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number))`
	for scheme, ok := range map[string]func(float64) bool{
		"light": func(x float64) bool { return x > .9 },
		"dark":  func(x float64) bool { return x < .15 },
	} {
		b.run(media("prefers-color-scheme", scheme))
		if x := eval[float64](b, ground); !ok(x) {
			t.Errorf("%s: the ground is %.2f", scheme, x)
		}
		b.none(scheme+": changed, told by colour alone", `[...document.querySelectorAll('td.changed')].filter(e => +getComputedStyle(e).fontWeight < 600 || !e.querySelector('.sign')?.checkVisibility()).map(e => e.textContent)`)
		b.shot("first-message-"+scheme+".png", whole)
	}
	b.run(media("prefers-color-scheme", "dark"), chromedp.Navigate(address(t, "first-message")+"#step=3.2"))
	b.shot("first-message-target.png", func(data *[]byte) chromedp.Action { return chromedp.CaptureScreenshot(data) })
	b.run(media("prefers-reduced-motion", "reduce"))
	eval[any](b, `document.querySelector('summary').click()`)
	b.none("moves", `document.getAnimations().map(a => String(a.animationName || a.transitionProperty)).concat(getComputedStyle(document.documentElement).scrollBehavior === 'auto' ? [] : ['the page glides'])`)
}

func media(feature, value string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: feature, Value: value}})
}

// On a phone the rows that a cell points to stand under its text: beside it they
// would leave it no room.
func TestCellsHaveRoomOnAPhone(t *testing.T) {
	b := open(t, "why")
	b.run(chromedp.EmulateViewport(375, 700, chromedp.EmulateMobile))
	b.none("cells with rows", `[...document.querySelectorAll('#what-breaks td')].filter(td => td.querySelector(':scope > .rows')).filter(td => td.querySelector(':scope > span').getBoundingClientRect().width < 120).map(td => td.textContent)`)
	if n := eval[int](b, `document.querySelectorAll('#what-breaks td > .rows').length`); n == 0 {
		t.Error("no cell of the page points to rows")
	}
}
