package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"kstep/tracer/render"
	"kstep/tracer/render/browser/headless"
)

var mermaidBlock = regexp.MustCompile("(?ms)^```mermaid\n(.*?)\n```$")

// diagrams are the Mermaid blocks of a document's Markdown.
func diagrams(t *testing.T, name string) []string {
	t.Helper()
	var b bytes.Buffer
	if err := render.Markdown(&b, document(t, name)); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range mermaidBlock.FindAllSubmatch(b.Bytes(), -1) {
		out = append(out, string(m[1]))
	}
	return out
}

// TestMermaid: Mermaid, as GitHub does it, can read and draw every diagram, and
// what it draws is the text of the diagram and no element of a text's own.
func TestMermaid(t *testing.T) {
	mermaid := headless.Script(t, "KSTEP_MERMAID")
	b := blank(t)
	b.run(chromedp.Navigate("about:blank"))
	eval[any](b, mermaid+`; mermaid.initialize({startOnLoad: false, securityLevel: 'strict'}); true`)
	drawn := 0
	for _, name := range all {
		for i, text := range diagrams(t, name) {
			quoted, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			where := fmt.Sprintf("%s, diagram %d", name, i+1)
			b.none(where, `mermaid.parse(`+string(quoted)+`).then(() => [], e => [String(e.message || e)])`)
			b.none(where, fmt.Sprintf(`mermaid.render('d%d', %s).then(r => {
				document.body.innerHTML = r.svg;
				const svg = document.body.firstElementChild, bad = [];
				if (!svg || svg.getBoundingClientRect().width < 50) bad.push('nothing is drawn');
				document.querySelectorAll('script, img, iframe, a, [onload], [onmouseover]').forEach(e => bad.push('an element of its own: ' + e.outerHTML.slice(0, 80)));
				if (/Syntax error/.test(svg.textContent)) bad.push('a syntax error');
				return bad;
			}, e => [String(e.message || e)])`, drawn, quoted))
			b.shot(fmt.Sprintf("mermaid-%s-%d.png", name, i+1), func(data *[]byte) chromedp.Action { return chromedp.CaptureScreenshot(data) })
			drawn++
		}
	}
	if want := 2 * len(lessons); drawn < want {
		t.Errorf("%d diagrams, want at least %d", drawn, want)
	}
	for _, s := range b.Trouble() {
		t.Error(s)
	}
}
