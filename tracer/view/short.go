package view

import (
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// What mode learn shows less of: the Process Table without its inner rows, the
// Key Moments without the myths, the quiz without most of its questions.

// shortTable is the Process Table with a row a call. What stands under a call
// is one row that counts it; where that is a single row, it stays.
func (b *blocks) shortTable() (Block, bool) {
	full := b.table(Heading{ProcessTable, quiz.SectionTable}, "")
	short := full
	short.Rows = nil
	for i := 0; i < len(full.Rows); {
		n := 0
		for i+n < len(full.Rows) && full.Rows[i+n].Depth > 0 {
			n++
		}
		if n > 1 {
			short.Rows = append(short.Rows, folded(b.run.Rows[i:i+n]))
			i += n
			continue
		}
		short.Rows = append(short.Rows, full.Rows[i])
		i++
	}
	return short, len(short.Rows) > 0
}

// folded is the row that stands for several under one call.
func folded(rows []tracer.Row) Row {
	all := tracer.Row{}
	for i := range rows {
		all.Evidence = append(all.Evidence, rows[i].Evidence...)
	}
	address := rows[0].Address + "-" + rows[len(rows)-1].Address
	action := count(len(rows), "row") + ", --mode " + ModeDeep + " shows them"
	return Row{Address: address, Depth: 1, Cells: []Cell{cell(&all, address), cell(&all, action), cell(&all, ""), cell(&all, inside(rows))}}
}

// inside names what the rows are, in their order, like ones once.
func inside(rows []tracer.Row) string {
	var nouns []string
	times := map[string]int{}
	for i := range rows {
		noun := nounOf[rows[i].Kind]
		if times[noun] == 0 {
			nouns = append(nouns, noun)
		}
		times[noun] += max(1, rows[i].Count)
	}
	var out []string
	for _, noun := range nouns {
		if noun != "" {
			out = append(out, count(times[noun], noun))
		}
	}
	return strings.Join(out, ", ")
}

// nounOf are the rows under a call as things that can be counted.
var nounOf = map[tracer.RowKind]string{
	tracer.RowPrepared: "connecting step",
	tracer.RowBatched:  "batch",
	tracer.RowRequest:  "Produce request",
	tracer.RowResponse: "response",
	tracer.RowReport:   "row of delivery reports",
	tracer.RowExchange: "other request",
	tracer.RowFault:    "fault",
	tracer.RowPrinted:  "printed line",
}

// questions are the Key Moments that are questions, without the beliefs.
func (b *blocks) questions() (Block, bool) {
	block, _ := b.moments()
	all, _ := block.(Moments)
	m := all
	m.Items = nil
	twins := false
	for _, item := range all.Items {
		if item.Myth {
			continue
		}
		m.Items = append(m.Items, item)
		for _, c := range item.Answer {
			for _, row := range c.Rows {
				twins = twins || strings.Contains(row, " ")
			}
		}
	}
	if n := len(all.Items) - len(m.Items); n > 0 {
		text := "There " + plural(n, "is 1 belief", "are "+number(n)+" beliefs") + " about this program that the run was held against; --mode " + ModeDeep + " shows " + plural(n, "it", "them") + "."
		m.Notes = append(m.Notes, Cell{Text: text, Tone: Quiet})
	}
	if twins {
		m.Notes = append(m.Notes, Cell{Text: "A row with a name before it is of a twin run, whose table --mode " + ModeDeep + " shows.", Tone: Quiet})
	}
	return m, len(m.Items) > 0
}

// fewQuestions is how many questions a page ends with that is not a quiz.
const fewQuestions = 2

// shortQuiz are the first questions, no two of a kind, that lead to nothing but
// the rows of the short table; where there is none, the first of all.
func (b *blocks) shortQuiz() (Block, bool) {
	block, ok := b.quiz()
	q, _ := block.(Quiz)
	if !ok || len(q.Questions) <= fewQuestions {
		return q, ok
	}
	var some []quiz.Question
	for _, x := range q.Questions {
		another := !slices.ContainsFunc(some, func(y quiz.Question) bool { return x.Kind == y.Kind })
		if len(some) < fewQuestions && another && onShortTable(x) {
			some = append(some, x)
		}
	}
	if len(some) == 0 {
		some = q.Questions[:1]
	}
	q.Intro = count(len(some), "question") + " of " + number(len(q.Questions)) + "; kstep quiz " + b.command() + " asks all."
	q.Questions = some
	return q, true
}

// shortQuizWithTables is the short quiz, and before it the tables that its hints
// name and that a page with the short table alone has not.
func (b *blocks) shortQuizWithTables() []Block {
	block, ok := b.shortQuiz()
	if !ok {
		return nil
	}
	var out []Block
	if hintsName(block.(Quiz), quiz.SectionTracker) {
		out = append(out, one((*blocks).tracker)(b)...)
	}
	if hintsName(block.(Quiz), quiz.SectionLedger) {
		out = append(out, one((*blocks).ledgerTable)(b)...)
	}
	return append(out, block)
}

// hintsName tells whether a hint of the quiz leads to a section.
func hintsName(q Quiz, section string) bool {
	return slices.ContainsFunc(q.Questions, func(x quiz.Question) bool {
		return slices.ContainsFunc(x.Hints, func(hint string) bool { return strings.Contains(hint, section) })
	})
}

// onShortTable tells whether a question's hints and rows lead to the short
// table alone.
func onShortTable(q quiz.Question) bool {
	inner := func(address string) bool { return strings.ContainsAny(address, ". ") }
	elsewhere := func(hint string) bool {
		return strings.Contains(hint, quiz.SectionTracker) || strings.Contains(hint, quiz.SectionLedger) || strings.Contains(hint, "indented") || strings.Contains(hint, "under")
	}
	return !slices.ContainsFunc(q.Reread, inner) && !slices.ContainsFunc(q.Hints, elsewhere)
}

// known tells whether the trace is of a lesson, so that its name can be typed.
func (b *blocks) known() bool { return len(b.lesson.Claims)+len(b.lesson.Quiz) > 0 }

// command is the lesson as it is typed: its id, and its variant.
func (b *blocks) command() string {
	h := b.run.Trace.Header
	if h.Variant != "" {
		return b.lesson.ID + " --variant " + h.Variant
	}
	return b.lesson.ID
}
