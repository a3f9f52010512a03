package view

// Figures: shares as bars, and points in two directions.

// Bars are shares of a hundred, one under another.
type Bars struct {
	Heading
	Items     []Bar
	Low, High float64 // the ends of a stretch of the scale that is marked; both 0: none is
	Band      string  // what the stretch means
	Notes     []Cell
}

// Bar is a share and the range that it stands for.
type Bar struct {
	Label    string // short: a number, a letter
	Percent  float64
	From, To float64 // the range
	Text     string  // the share in words
}

// Plot is points in two directions.
type Plot struct {
	Heading
	X, Y   Axis
	Points []Point
	Notes  []Cell
}

// Axis is a direction of a Plot.
type Axis struct {
	Name     string
	From, To float64   // its ends
	Ticks    []float64 // where a figure stands at it
}

// At is how far along the axis a value is, from 0 to 1.
func (a Axis) At(v float64) float64 {
	if a.To <= a.From {
		return 0
	}
	return min(1, max(0, (v-a.From)/(a.To-a.From)))
}

// Point is a point of a Plot.
type Point struct {
	Label string // short
	X, Y  float64
}
