package scenarios

import (
	"encoding/json"
	"testing"

	"github.com/chromedp/chromedp"

	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/render/browser/headless"
	"kstep/tracer/view"
)

// The real Mermaid reads the diagrams of every lesson.
func TestMermaidOfLessons(t *testing.T) {
	mermaid := headless.Script(t, "KSTEP_MERMAID")
	b := headless.Open(t)
	b.Run(chromedp.Navigate("about:blank"))
	headless.Eval[any](b, mermaid+`; mermaid.initialize({startOnLoad: false, securityLevel: 'strict'}); true`)
	for _, l := range Taught() {
		trace, err := Record(t.Context(), l, Options{})
		if err != nil {
			t.Fatal(err)
		}
		runs, drawn := tracer.NewRuns(trace), 0
		for _, block := range view.Build(runs, Lesson(runs)).Blocks {
			text, ok := render.Mermaid(block)
			if !ok {
				continue
			}
			quoted, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			b.None(l.ID+", "+block.Head().ID, `mermaid.parse(`+string(quoted)+`).then(() => [], e => [String(e.message || e)])`)
			drawn++
		}
		if drawn == 0 {
			t.Errorf("%s has no diagram", l.ID)
		}
	}
}
