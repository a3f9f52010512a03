package browser

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

// TestReadWithoutJavaScript: every text of a lesson is in sight at once, but
// hints and key. Those are a click away, without a script, too.
func TestReadWithoutJavaScript(t *testing.T) {
	for _, name := range lessons {
		t.Run(name, func(t *testing.T) {
			b := blank(t)
			b.run(emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(address(t, name)))
			d := document(t, name)
			// What the style sheet shows in capitals is not text it changed.
			const seen = `document.querySelector('main').innerText + ' ' + document.querySelector('header').innerText`
			text := plain(eval[string](b, seen))
			for _, want := range texts(d) {
				if !strings.Contains(text, plain(want)) {
					t.Errorf("not in sight: %q", want)
				}
			}
			has := map[string]bool{}
			for _, block := range d.Blocks {
				has[block.Head().ID] = true
			}
			for _, id := range eight {
				if id == "visual-quiz" && name == "unread-reports" {
					continue // its Flush() never returns: no question to ask may be left
				}
				if !has[id] || !eval[bool](b, `(e => e && e.checkVisibility() && e.innerText.length > e.querySelector('h2').innerText.length + 20)(document.getElementById('`+id+`'))`) {
					t.Errorf("section %s is not to be seen", id)
				}
			}
			testKey(b)
		})
	}
}

// testKey opens every fold of the page as a reader does, with the mouse.
func testKey(b *tab) {
	const folded = `[...document.querySelectorAll('details > :not(summary)')].filter(e => e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) === %s).map(e => e.textContent.slice(0, 60))`
	b.none("in sight before a click", strings.Replace(folded, "%s", "true", 1))
	n := eval[int](b, `document.querySelectorAll('details:not([open])').length`)
	for range n { // an open fold moves those after it
		b.run(chromedp.ScrollIntoView(`details:not([open]) > summary`, chromedp.ByQuery),
			chromedp.Click(`details:not([open]) > summary`, chromedp.ByQuery))
	}
	b.none("out of sight after a click", strings.Replace(folded, "%s", "false", 1))
	if keys, questions := eval[int](b, `document.querySelectorAll('details.key[open]').length`), eval[int](b, `document.querySelectorAll('fieldset').length`); keys != questions {
		b.Errorf("%d keys for %d questions", keys, questions)
	}
}

// TestNoKeyInSight: nothing on the page tells the key by its look: the options
// of a question differ in text and letter only.
func TestNoKeyInSight(t *testing.T) {
	b := open(t, "sample")
	b.none("an option that looks like no other", `[...document.querySelectorAll('fieldset')].flatMap(f => {
		const look = o => [...o.querySelectorAll('*')].map(e => { const s = getComputedStyle(e); return [e.localName, e.className, s.color, s.fontWeight, s.backgroundColor].join() }).join(';');
		const looks = [...f.querySelectorAll('.option')].map(look);
		return looks.filter(l => l !== looks[0]);
	})`)
}

// TestLinksLead: every link leads to something of the page; a cited row is a
// link, and following it brings the row into sight and marks it.
func TestLinksLead(t *testing.T) {
	for _, name := range all {
		open(t, name).none("leads nowhere", `[...document.links].map(a => decodeURIComponent(a.hash.slice(1))).filter(id => !document.getElementById(id))`)
	}
	for _, name := range lessons {
		b := open(t, name)
		b.none("a cited row without a link", `[...document.querySelectorAll('.rows, .made')].filter(e => !e.querySelector('a')).map(e => e.textContent)`)
		hrefs := eval[[]string](b, `[...new Set([...document.querySelectorAll('.moments .rows a')].map(a => a.getAttribute('href')))]`)
		if len(hrefs) == 0 {
			t.Fatalf("%s: no claim cites a row", name)
		}
		for _, href := range hrefs {
			b.run(chromedp.Click(`.moments .rows a[href="`+href+`"]`, chromedp.ByQuery))
			b.none(href, `(row => {
				if (!row || row.localName !== 'tr') return ['no row is the target'];
				const cell = row.querySelector('td'), r = row.getBoundingClientRect(), bad = [];
				if (r.top < 0 || r.bottom > innerHeight) bad.push('the row is out of sight');
				const others = [...row.parentNode.rows].filter(o => o !== row).map(o => getComputedStyle(o.cells[1]).backgroundColor);
				if (others.includes(getComputedStyle(cell).backgroundColor)) bad.push('the row looks like the others');
				if (getComputedStyle(row.cells[0]).boxShadow === 'none') bad.push('the row is told by its ground alone');
				return bad;
			})(document.querySelector(':target'))`)
		}
	}
}

// TestPrint: on paper all is there but the key; nothing sticks out.
func TestPrint(t *testing.T) {
	for _, name := range lessons {
		t.Run(name, func(t *testing.T) {
			b := open(t, name)
			pdf := func(data *[]byte) chromedp.Action {
				return chromedp.ActionFunc(func(ctx context.Context) (err error) {
					*data, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
					return err
				})
			}
			var data []byte
			b.run(pdf(&data))
			pages := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(data, -1))
			if !bytes.HasPrefix(data, []byte("%PDF-")) || pages < 1 || pages > 12 {
				t.Errorf("%d bytes, %d pages", len(data), pages)
			}
			b.shot(name+".pdf", pdf)

			b.run(emulation.SetEmulatedMedia().WithMedia("print"), chromedp.EmulateViewport(718, 1000)) // A4 less its margins, at 96 a inch
			b.none("on paper", `[...document.querySelectorAll('nav, details, summary')].filter(e => e.checkVisibility()).map(e => e.textContent.slice(0, 60))`)
			b.none("not on paper", `[...document.querySelectorAll('section, h2, table, tr, thead, article, fieldset, .listing li, .acts li')].filter(e => !e.checkVisibility()).map(e => e.outerHTML.slice(0, 60))`)
			b.none("sticks out of the paper", outside)
		})
	}
}
