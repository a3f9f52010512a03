package render

// labels.go finds room for the labels of a drawn plot's points.

// The size of a label in a drawing's units: a column, and a line.
const (
	signWide = 8
	signHigh = 15
	pointOut = 6 // from a point's middle to its edge
)

// rect is a place that is taken.
type rect struct{ left, top, right, bottom int }

func (r rect) meets(o rect) bool {
	return r.left < o.right && o.left < r.right && r.top < o.bottom && o.top < r.bottom
}

func (r rect) inside(o rect) bool {
	return r.left >= o.left && r.right <= o.right && r.top >= o.top && r.bottom <= o.bottom
}

// moved is the place brought into a room, as far as it has room for it.
func (r rect) moved(room rect) rect {
	x := max(room.left-r.left, min(0, room.right-r.right))
	y := max(room.top-r.top, min(0, room.bottom-r.bottom))
	return rect{r.left + x, r.top + y, r.right + x, r.bottom + y}
}

// sides are the directions from a point in which its label may stand, the one
// that is tried first at the head.
var sides = [][2]int{{1, -1}, {-1, -1}, {1, 1}, {-1, 1}, {0, -1}, {0, 1}, {1, 0}, {-1, 0}}

// placeLabels gives each point's label a place that no point and no other label
// has: beside its point, or so far away that a line has to lead to it. Where a
// drawing is full a label stands as near to its point as the drawing lets it, on
// another.
func placeLabels(points []htmlPoint, room rect) {
	var taken []rect
	for _, p := range points {
		taken = append(taken, rect{p.X - pointOut, p.Y - pointOut, p.X + pointOut, p.Y + pointOut})
	}
	for i := range points {
		p := &points[i]
		wide := signWide * width(p.Label)
		box := at(p, wide, sides[0], 0).moved(room)
	search:
		for away := range 8 {
			for _, way := range sides {
				if b := at(p, wide, way, away); b.inside(room) && !meetsAny(b, taken) {
					box, p.Lead = b, away > 0
					break search
				}
			}
		}
		taken = append(taken, box)
		p.LabelX, p.LabelY = (box.left+box.right)/2, box.bottom-3
	}
}

// at is the box of a label in a direction from its point, so many lines away.
func at(p *htmlPoint, wide int, way [2]int, away int) rect {
	x := p.X + way[0]*(pointOut+wide/2+away*signHigh) - wide/2
	y := p.Y + way[1]*(pointOut+away*signHigh) - signHigh/2
	if way[0] == 0 {
		y += way[1] * signHigh / 2
	}
	return rect{x, y, x + wide, y + signHigh}
}

func meetsAny(r rect, taken []rect) bool {
	for _, t := range taken {
		if r.meets(t) {
			return true
		}
	}
	return false
}
