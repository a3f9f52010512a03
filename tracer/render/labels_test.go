package render

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"kstep/tracer/view"
)

// Of forty points that crowd in a corner of a drawing every label can be read:
// none stands on another or on a point, or out of the drawing.
func TestLabelsOfAPlotStandApart(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := view.Plot{X: view.Axis{To: 100}, Y: view.Axis{From: -1, To: 1}}
		for i := range 40 {
			p.Points = append(p.Points, view.Point{Label: fmt.Sprint(i + 1), X: 60 + 40*r.Float64(), Y: 0.2 + 0.8*r.Float64()})
		}
		drawn := pager{}.plot(p)
		room := rect{drawn.Left, 0, drawn.Width, drawn.Bottom}
		var boxes []rect
		for _, q := range drawn.Points {
			wide := signWide * width(q.Label)
			box := rect{q.LabelX - wide/2, q.LabelY + 3 - signHigh, q.LabelX - wide/2 + wide, q.LabelY + 3}
			if !box.inside(room) {
				t.Errorf("seed %d: label %s stands outside", seed, q.Label)
			}
			for n, o := range boxes {
				if box.meets(o) {
					t.Errorf("seed %d: label %s stands on label %s", seed, q.Label, drawn.Points[n].Label)
				}
			}
			for _, o := range drawn.Points {
				if box.meets(rect{o.X - 5, o.Y - 5, o.X + 5, o.Y + 5}) {
					t.Errorf("seed %d: label %s stands on the point of %s", seed, q.Label, o.Label)
				}
			}
			near := rect{q.X - 40, q.Y - 30, q.X + 40, q.Y + 30}
			if !box.meets(near) && !q.Lead {
				t.Errorf("seed %d: nothing leads to label %s", seed, q.Label)
			}
			boxes = append(boxes, box)
		}
	}
}

// In signs a label may have to stand on another line than its point; then the
// page says so.
func TestPlotInSignsSaysWhatIsMoved(t *testing.T) {
	p := view.Plot{X: view.Axis{To: 100}, Y: view.Axis{From: -1, To: 1}, Points: []view.Point{{Label: "1", X: 50}, {Label: "2", X: 90}}}
	if out := strings.Join(plotLines(p), "\n"); strings.Contains(out, movedLabel) {
		t.Errorf("nothing is moved, and it says so:\n%s", out)
	}
	p.Points[1].X = 51
	if out := strings.Join(plotLines(p), "\n"); !strings.Contains(out, movedLabel) {
		t.Errorf("it does not say that a label is moved:\n%s", out)
	}
}

// However full a drawing is, no label leaves it.
func TestLabelsStayInAFullDrawing(t *testing.T) {
	p := view.Plot{X: view.Axis{To: 100}, Y: view.Axis{To: 1}}
	for range 400 {
		p.Points = append(p.Points, view.Point{Label: "漢漢漢漢漢漢", X: 100, Y: 1}, view.Point{Label: "abcdefghijkl", X: 0, Y: 0})
	}
	drawn := pager{}.plot(p)
	for _, q := range drawn.Points {
		half := signWide * width(q.Label) / 2
		if q.LabelX-half < drawn.Left || q.LabelX+half > drawn.Width || q.LabelY > drawn.Bottom || q.LabelY < signHigh-3 {
			t.Fatalf("a label stands at %d, %d", q.LabelX, q.LabelY)
		}
	}
}
