package view

import (
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Walk is a run as stops to be stepped through, forward and back: what a reader
// sees at each, and what to predict before it. Like a Document it is raw text
// without a byte of any format, made once, plain data that can be written as
// JSON. Nothing of a stop tells what a later one shows.
type Walk struct {
	ID        string
	Title     string
	Position  string
	Promise   string
	Facts     []Fact
	Warnings  []Cell
	Code      Code          // the source; it has no lines where the trace has none
	Columns   []string      // of the Process Table
	Lanes     []tracer.Lane // of the arrows, left to right
	Stops     []Stop        // the first is before anything ran, the last is the end of the record
	Moments   []CitedMoment // the Key Moments, in the lesson's order
	Questions []Gate        // in the order in which they are asked
	Notes     []Cell        // what is to be said when all was seen: the ledger, what varies
	Next      []Command
}

// StopKind says what is shown at a stop.
type StopKind string

// The kinds of stops. A call that waits has two: Called before the rows under
// it, and Returned or Pending after them. So has a row of several calls, where
// what stands under it happened before the last of them returned.
const (
	StopStart    StopKind = "start"    // nothing has run
	StopRow      StopKind = "row"      // a row of the Process Table, whole
	StopCalled   StopKind = "called"   // the call was made; what it returns is not known yet
	StopReturned StopKind = "returned" // it returned, and its row is whole
	StopPending  StopKind = "pending"  // it had not returned when the record ended
	StopEnd      StopKind = "end"      // the record is over
)

// Stop is one place of a walk.
type Stop struct {
	ID      string // names it in links and jumps: start, 3, 3.1, 3r for the return of row 3, end
	Kind    StopKind
	Address string    // of its row; empty at start and end
	Depth   int       // of its row
	Cells   []Cell    // its row of the Process Table, as far as it is known here; nil at start and end
	Line    int       // of the source that runs, 0: none that is shown
	Tracker []Tracked // the Status Tracker; a variable keeps its place, and comes in when it first has something to show
	Arrows  []Arrow
	Told    Cell  // its sentence of the Full Transcript
	Moments []int // indices of the Key Moments that cite it; of the end, those whose verdict was held back until then
	Ask     []int // indices of the questions to be asked before it is shown
}

// Tracked is a variable at a stop.
type Tracked struct {
	Name string
	Cell
	Was string // what it was, where it has changed
}

// CitedMoment is a Key Moment with the stops that it cites.
type CitedMoment struct {
	Moment
	Stops []int // indices, ascending; empty where it cites rows of twins only
	Shown int   // index of the first stop at which its verdict gives nothing away
}

// Gate is a question with its place in the walk.
type Gate struct {
	Question quiz.Question
	Ask      int   // index of the stop before which it is asked
	Shown    []int // for each option, the stop at which all rows are known that it and the key are judged by
}

// NewWalk makes the walk of a run.
func NewWalk(runs *tracer.Runs, l Lesson) Walk {
	t := runs.Main.Trace
	b := blocks{runs: runs, run: runs.Main, lesson: l, ledger: runs.Main.Ledger()}
	w := Walk{
		ID: l.ID, Title: l.Title, Position: l.Position, Promise: l.Promise, Next: NextBut(l.Next, "kstep walk"),
		Facts:    append(about(l), facts(t.Header)...),
		Warnings: append(warnings(t, l), labNotes(t)...),
		Columns:  slices.Clone(processColumns),
		Lanes:    slices.Clone(sequenceLanes),
	}
	if c, ok := b.code(); ok {
		w.Code = c.(Code)
	}
	w.Stops = b.stops()
	places := w.places()
	w.gates(places, l.Quiz)
	if m, ok := b.moments(); ok {
		w.cite(places, m.(Moments))
	}
	w.Notes = b.ledgerNotes()
	for _, v := range l.Varies {
		if v.In(ProcessTable) || v.In(StatusTracker) {
			w.Notes = append(w.Notes, v.note())
		}
	}
	return w
}

// stops are the stops of a run, with all that depends on the run alone.
func (b *blocks) stops() []Stop {
	out := []Stop{{ID: "start", Kind: StopStart, Told: Cell{Text: "Nothing has run yet."}}}
	snaps := []snapshot{{state: &tracer.State{}, start: true}}
	line := 0
	for _, d := range b.walked() {
		if !strings.Contains(d.row.Address, ".") {
			line = b.shownLine(d.row)
		}
		out = append(out, b.stop(d, line))
		snaps = append(snaps, b.snapshot(d))
	}
	last := snapshot{state: &tracer.State{}, start: true}
	if n := len(snaps); n > 1 {
		last = snapshot{row: snaps[n-1].row, state: snaps[n-1].state, final: snaps[n-1].final}
	}
	out = append(out, Stop{ID: "end", Kind: StopEnd, Told: Cell{Text: "The record ends here."}})
	b.track(out, append(snaps, last))
	return out
}

// shownLine is the line a call stands on, where that line is of the source that
// is shown.
func (b *blocks) shownLine(r *tracer.Row) int {
	if c := r.Event.Call; c == nil || c.Site == nil || c.Site.File != b.run.Trace.Header.Program.File {
		return 0
	}
	return r.Line()
}

func (b *blocks) stop(d deed, line int) Stop {
	r := d.row
	s := Stop{ID: r.Address, Kind: StopRow, Address: r.Address, Line: line, Arrows: b.arrows(d), Told: cell(r, b.tell(d))}
	if strings.Contains(r.Address, ".") {
		s.Depth = 1
	}
	action, state, result := b.cells(r)
	switch d.part {
	case partCalled:
		s.Kind = StopCalled
		s.Told.Text = calls(r) + ", which waits."
		state, result = cell(r, ""), cell(r, "has not returned yet")
		if r.Count > 1 {
			s.Told.Text = calls(r) + "; not all of these calls have returned."
			result.Text = "not all have returned yet"
		}
	case partReturned:
		s.ID, s.Kind = r.Address+"r", StopReturned
		if r.Count > 1 {
			s.Told.Text = "All " + number(r.Count) + " calls of " + name(r.Event.Call) + " have returned: " + b.result(r) + "."
		}
	case partPending:
		s.ID, s.Kind = r.Address+"r", StopPending
		s.Told.Text = name(r.Event.Call) + " " + callResult(r) + "."
	}
	s.Cells = []Cell{cell(r, r.Address), action, state, result}
	return s
}

// Find is the index of the stop with an ID, -1 where there is none.
func (w *Walk) Find(id string) int {
	return slices.IndexFunc(w.Stops, func(s Stop) bool { return s.ID == id })
}

// Table is the Process Table as far as it is known at a stop. The second
// result is the index of the stop's own row in it, -1 at start and end.
func (w *Walk) Table(at int) (Table, int) {
	t := Table{Heading: Heading{ProcessTable, quiz.SectionTable}, Columns: w.Columns}
	place, own := map[string]int{}, -1
	for i := range w.Stops[:min(at+1, len(w.Stops))] {
		s := &w.Stops[i]
		if s.Cells == nil {
			continue
		}
		r := Row{Address: s.Address, Depth: s.Depth, Cells: s.Cells}
		n, ok := place[s.Address]
		if ok {
			t.Rows[n] = r
		} else {
			n = len(t.Rows)
			place[s.Address] = n
			t.Rows = append(t.Rows, r)
		}
		if i == at {
			own = n
		}
	}
	return t, own
}
