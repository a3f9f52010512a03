package render

// drawings.go lays out bars and plots for the HTML page, whose template draws
// them as SVG.

import (
	"fmt"

	"kstep/tracer/view"
)

// The sizes of a drawing, in its own units.
const (
	barLine   = 26  // from one bar to the next
	barLeft   = 48  // where a bar begins
	barLength = 420 // of a hundred
	drawn     = 680 // the width of a drawing
	plotLeft  = 60
	plotTop   = 16
	plotWide  = 580
	plotHigh  = 320
	// How many columns of a text there is room for.
	drawnLabel = 4
	drawnText  = 24
	drawnName  = 60
)

type htmlBars struct {
	Name          string
	Width, Height int
	Bottom        int
	Ticks         []htmlTick
	Band          string
	Items         []htmlBar
}

type htmlBar struct {
	Label, Text    string
	Y, Middle      int // the bar's upper edge and its middle
	From           int
	Length         int
	RangeX, RangeW int
	After          int // where the text stands
}

// htmlTick is a figure at an axis.
type htmlTick struct {
	At   int
	Text string
	Mark bool // an end of the marked stretch
}

func (p pager) bars(b view.Bars) *htmlBars {
	at := func(percent float64) int { return barLeft + int(share(percent)*barLength) }
	out := &htmlBars{Name: CleanLine(b.Name), Width: drawn, Bottom: len(b.Items)*barLine + 10, Band: CleanLine(b.Band)}
	out.Height = out.Bottom + 24
	for _, v := range []float64{0, 50, 100} {
		out.Ticks = append(out.Ticks, htmlTick{At: at(v), Text: fmt.Sprintf("%g", v)})
	}
	if b.High > b.Low {
		out.Ticks = append(out.Ticks, htmlTick{at(b.Low), fmt.Sprintf("%g", b.Low), true}, htmlTick{at(b.High), fmt.Sprintf("%g", b.High), true})
	}
	for i, item := range b.Items {
		y := i*barLine + 6
		out.Items = append(out.Items, htmlBar{
			Label: firstOf(item.Label, drawnLabel), Text: firstOf(item.Text, drawnText), Y: y, Middle: y + 9,
			From: barLeft, Length: at(item.Percent) - barLeft, RangeX: at(item.From), RangeW: max(1, at(item.To)-at(item.From)), After: barLeft + barLength + 14,
		})
	}
	return out
}

type htmlPlot struct {
	Name                     string
	Width, Height            int
	Left, Top, Right, Bottom int
	X, Y                     []htmlTick
	XName, YName             string
	XNameAt                  int
	Points                   []htmlPoint
}

type htmlPoint struct {
	X, Y           int
	Label          string
	LabelX, LabelY int  // the middle of its foot
	Lead           bool // a line leads from the point to it
}

func (p pager) plot(v view.Plot) *htmlPlot {
	out := &htmlPlot{
		Name: CleanLine(v.Name), Width: drawn, Height: plotTop + plotHigh + 50,
		Left: plotLeft, Top: plotTop, Right: plotLeft + plotWide, Bottom: plotTop + plotHigh,
		XName: firstOf(v.X.Name, drawnName), YName: firstOf(v.Y.Name, drawnName), XNameAt: plotLeft + plotWide/2,
	}
	x := func(f float64) int { return plotLeft + int(v.X.At(f)*plotWide) }
	y := func(f float64) int { return plotTop + int((1-v.Y.At(f))*plotHigh) }
	for _, t := range v.X.Ticks {
		out.X = append(out.X, htmlTick{At: x(t), Text: fmt.Sprintf("%g", t)})
	}
	for _, t := range v.Y.Ticks {
		out.Y = append(out.Y, htmlTick{At: y(t), Text: fmt.Sprintf("%g", t)})
	}
	for _, q := range v.Points {
		out.Points = append(out.Points, htmlPoint{X: x(q.X), Y: y(q.Y), Label: firstOf(q.Label, 3*drawnLabel)})
	}
	placeLabels(out.Points, rect{out.Left, 0, out.Width, out.Bottom})
	return out
}
