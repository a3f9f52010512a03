package view

import (
	"fmt"
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Mode why: the program without each of its removable parts, and its variants,
// each in a run of its own. What a part is for is what changes without it.

// whyMode is mode why.
func whyMode() Mode {
	return Mode{
		Name:   ModeWhy,
		Idea:   "what each line and setting is there for: the program without it",
		Shows:  "the program, and Without Each Part: each call and each setting that can be left out, and each variant, with what the program does then and what changes; then the Process Table and all Twin Runs.",
		When:   "When you wonder whether a line is needed, or what would happen without it.",
		body:   []maker{one((*blocks).code), one((*blocks).why)},
		folded: true,
		after:  []maker{one((*blocks).process), (*blocks).allTwins, one((*blocks).terms)},
		next:   (*blocks).afterWhy,
	}
}

// whyTable is the id of the block.
const whyTable = "what-breaks"

// why is the table: a row a part or variant that was run.
func (b *blocks) why() (Block, bool) {
	t := Table{Heading: Heading{whyTable, quiz.SectionBreaks}, Columns: []string{"Left Out or Changed", "What the Program Does", "What Changes"}}
	t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: "nothing: the program as it is"}, b.does(""), {Text: "-", Tone: Quiet}}})
	parts, program := Parts(b.run.Trace.Header.Program.Source), b.run.Trace.Header.Without == ""
	var missing []string
	again := false // mode why would run one of them
	for i, p := range parts {
		if twin := b.runs.Twin(p.Twin()); program && twin != nil {
			t.Rows = append(t.Rows, b.whyRow(p, p.String(), twin))
		} else if program {
			missing, again = append(missing, p.Without.String()), again || i < MaxParts
		}
	}
	for _, v := range b.lesson.Variants {
		if b.run.Trace.Header.Variant == "" && b.runs.Twin(v.Name) == nil {
			missing, again = append(missing, variantRow+v.Name), true
		}
	}
	for _, twin := range b.run.Trace.Twins {
		name := twin.Header.Variant
		if v, ok := b.lesson.variant(name); ok && b.runs.Twin(name) != nil {
			t.Rows = append(t.Rows, b.whyRow(Part{}, variantRow+name+": "+v.Promise, b.runs.Twin(name)))
		}
	}
	t.Notes = append(t.Notes, whyNotes(t.Rows[1:])...)
	t.Notes = append(t.Notes, b.notTried(missing, again, len(parts))...)
	return t, true
}

// whyNotes say of the rows what the program is in their runs: of parts that is
// the same one, a variant may be another program.
func whyNotes(rows []Row) []Cell {
	variant := func(r Row) bool { return strings.HasPrefix(r.Cells[0].Text, variantRow) }
	var out []Cell
	if slices.ContainsFunc(rows, func(r Row) bool { return !variant(r) }) {
		out = append(out, Cell{Text: "Where a line or setting stands alone, it is left out and nothing else is changed. Of a call that is left out the client is not asked, and the program gets no error.", Tone: Quiet})
	}
	if slices.ContainsFunc(rows, variant) {
		out = append(out, Cell{Text: "A variant is a program or a setting of its own; what it changes stands beside its name.", Tone: Quiet})
	}
	return out
}

// variantRow is how the row of a variant begins.
const variantRow = "variant "

// notTried says what has no run in this trace, and what to type for it.
func (b *blocks) notTried(missing []string, again bool, parts int) []Cell {
	if len(missing) == 0 {
		if parts == 0 {
			return []Cell{{Text: "The program has no call and no setting that could be left out.", Tone: Quiet}}
		}
		return nil
	}
	text := "Not run here: " + strings.Join(missing, ", ") + "."
	how := "kstep run " + command(b.run.Trace.Header)
	if again {
		how += " --mode why runs them beside the program; with -o FILE.json it records them."
	} else {
		how += " --without " + missing[0] + " runs one."
	}
	return []Cell{{Text: text, Tone: Caution}, {Text: how, Tone: Caution}}
}

// command is the lesson and variant as they are typed.
func command(h tracer.TraceHeader) string {
	if h.Variant == "" {
		return h.Lesson
	}
	return h.Lesson + " --variant " + h.Variant
}

// whyRow is the row of one run. p is the part that it lacks, the zero value for
// a variant.
func (b *blocks) whyRow(p Part, what string, twin *tracer.Run) Row {
	name := twin.Trace.Header.Variant
	beside := blocks{runs: &tracer.Runs{Main: twin}, run: twin, ledger: twin.Ledger()}
	return Row{Cells: []Cell{{Text: what, Tone: Strong}, beside.does(name), b.changes(p, name, &beside)}}
}

// does is what becomes of the messages of a run, of the calls that tell
// something, and of the program, in a few lines. name is put before the rows.
func (b *blocks) does(name string) Cell {
	account := b.ledgerNotes()[0]
	lines, tone := []string{account.Text}, account.Tone
	cited := []*tracer.Row{}
	if n := len(requests(b.run)); n > 0 {
		lines = append(lines, count(n, "Produce request"))
	}
	for _, r := range b.run.Of(tracer.RowCall) {
		switch c := r.Event.Call; {
		case r.Unfinished:
		case c.Error != nil && !mentions(cited, c.Name):
			if tone != Bad {
				tone = Caution // whatever became of the messages, not all went well
			}
			lines, cited = append(lines, atLine(r)+" "+callResult(r)), append(cited, r)
		case c.Name == "Flush":
			lines, cited = append(lines, atLine(r)+" "+flushed(c)), append(cited, r)
		}
	}
	lines = append(onceEach(lines), b.howItEnds())
	cited = append(cited, b.run.End())
	out := Cell{Text: strings.Join(lines, "\n"), Tone: tone, Known: tracer.Inferred, Rows: tracer.OfTwin(name, tracer.Addresses(cited...))}
	if b.run.Trace.Header.Partial != "" {
		out.Tone = Bad
	}
	return out
}

// onceEach are lines without those that follow one like them: how often is said.
func onceEach(lines []string) []string {
	var out []string
	for i := 0; i < len(lines); {
		n := i
		for n < len(lines) && lines[n] == lines[i] {
			n++
		}
		out = append(out, times(lines[i], n-i))
		i = n
	}
	return out
}

// howItEnds is the program's end. One that kstep ended was waiting for
// something: in a call, or for what no call brings.
func (b *blocks) howItEnds() string {
	end := b.run.End()
	if end == nil {
		return "the record ends before the program does"
	}
	if !OnlyTimeLimit(b.run.Trace) {
		_, text, _ := b.endCells(end)
		return text
	}
	limit := "its time limit"
	for i := range b.run.Trace.Events {
		if e := &b.run.Trace.Events[i]; e.Kind == tracer.TimeLimit {
			limit = e.Text
		}
	}
	if hang := b.unfinished(); hang != nil {
		return "it has not ended after " + limit + ": it was still in " + atLine(hang)
	}
	return "it has not ended after " + limit + ": it was in no call of the client"
}

// atLine is "Flush() in line 28".
func atLine(r *tracer.Row) string {
	if w := where(r); w != "" {
		return name(r.Event.Call) + " in " + w
	}
	return name(r.Event.Call)
}

// mentions tells whether one of the rows is a call of that name.
func mentions(rows []*tracer.Row, call string) bool {
	return slices.ContainsFunc(rows, func(r *tracer.Row) bool { return r.Event.Call.Name == call })
}

// requests are the Produce requests of a run.
func requests(r *tracer.Run) []*tracer.Event {
	var out []*tracer.Event
	for _, row := range r.Of(tracer.RowRequest) {
		out = append(out, row.Evidence...)
	}
	return out
}

// changes is what differs between this run's Process Table and the twin's,
// besides what was left out itself.
func (b *blocks) changes(p Part, twin string, beside *blocks) Cell {
	c := comparer{left: *b, right: *beside}
	c.pairs = align(b.run, beside.run)
	var gone, added, changed []Difference
	seen := map[string]bool{}
	for _, d := range c.process() {
		switch {
		case d.B == nil && b.isLeftOut(p, d.A.Step), d.A == nil && beside.run.At(d.B.Step).Kind == tracer.RowLeftOut:
		case d.B == nil:
			gone = append(gone, d)
		case d.A == nil:
			added = append(added, d)
		case !seen[d.A.Step]:
			seen[d.A.Step] = true
			changed = append(changed, d)
		}
	}
	var lines, cited []string
	add := func(ds []Difference, what string, first func(Difference) string) {
		if len(ds) > 0 {
			which := plural(len(ds), ": row ", "; the first: row ")
			lines = append(lines, count(len(ds), "row")+" "+plural(len(ds), "is", "are")+" "+what+which+first(ds[0]))
		}
	}
	add(changed, "different", func(d Difference) string {
		cited = append(cited, twin+" "+d.B.Step)
		return fmt.Sprintf("%s, %s, has in %s: %s", d.A.Step, d.What, d.Column, inOne(d.B.Text))
	})
	add(gone, "gone", func(d Difference) string { return d.A.Step + ", " + d.What })
	add(added, "new", func(d Difference) string {
		cited = append(cited, twin+" "+d.B.Step)
		return d.B.Step + " of the twin, " + d.What
	})
	switch {
	case len(lines) > 0:
		return Cell{Text: strings.Join(lines, "\n"), Known: tracer.Inferred, Tone: Caution, Rows: cited}
	case p.Line > 0 && len(beside.run.Of(tracer.RowLeftOut)) == 0:
		return Cell{Text: "Nothing: this run does not come to the line.", Known: tracer.Inferred, Tone: Quiet}
	}
	return Cell{Text: "Nothing changes.", Known: tracer.Inferred, Tone: Good}
}

// isLeftOut tells whether a row of this run is a call that p leaves out.
func (b *blocks) isLeftOut(p Part, address string) bool {
	r := b.run.At(address)
	return r.Kind == tracer.RowCall && p.Line > 0 && r.Line() == p.Line
}

// inOne is a cell of several lines in one.
func inOne(text string) string {
	if text == "" {
		return "nothing"
	}
	return strings.ReplaceAll(text, "\n", ", ")
}
