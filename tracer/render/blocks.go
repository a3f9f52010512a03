package render

// blocks.go turns tables, code, moments and quiz into what the HTML template
// asks for.

import (
	"fmt"

	"kstep/quiz"
	"kstep/tracer/view"
)

type htmlTable struct {
	Columns []string
	Wide    bool // more columns than a window may have room for
	Rows    []htmlTableRow
	Changed string // what the sign of a changed cell means
}

// manyColumns fit every window that does not show a table as cards.
const manyColumns = 5

type htmlTableRow struct {
	Anchor string // the first row of an address has its id
	Self   htmlRow
	Depth  int
	Letter string // how the row is known
	Words  string
	Cells  []htmlText
}

func (p pager) table(t view.Table) *htmlTable {
	out := &htmlTable{Wide: len(t.Columns) > manyColumns, Changed: (&legend{addressed: addressed(t)}).changedWords()}
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, CleanLine(c))
	}
	for _, r := range t.Rows {
		row := htmlTableRow{Depth: min(max(r.Depth, 0), 3), Cells: p.texts(cells(t, r))}
		if r.Address != "" {
			row.Self = p.row(r.Address)
			if id := "step=" + row.Self.Anchor; !p.ids[id] {
				p.ids[id], row.Anchor = true, row.Self.Anchor
			}
		}
		if k := rank(weakest(r.Cells)); k > 0 {
			row.Letter, row.Words = ways[k-1].letter, ways[k-1].words
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

type htmlCode struct {
	File  string
	Lines []htmlLine
}

type htmlLine struct {
	Number int
	Gap    bool // lines before it are left out
	Text   string
	Rows   []htmlRow
	Left   int
}

func (p pager) code(c view.Code) *htmlCode {
	out := &htmlCode{File: CleanLine(c.File)}
	for i, text := range sourceLines(c) {
		l := htmlLine{Number: c.Lines[i].Number, Text: text}
		l.Gap = i > 0 && l.Number != c.Lines[i-1].Number+1
		l.Rows, l.Left = p.rows(c.Lines[i].Rows)
		out.Lines = append(out.Lines, l)
	}
	return out
}

type htmlMoments struct{ Items []htmlMoment }

type htmlMoment struct {
	ID       string
	Question string
	Myth     bool
	Verdict  string
	Tone     string
	Answer   []htmlText
}

func (p pager) moments(m view.Moments) *htmlMoments {
	out := &htmlMoments{}
	for _, item := range m.Items {
		out.Items = append(out.Items, htmlMoment{
			ID: p.id("moment-" + item.ID), Question: CleanLine(item.Question), Myth: item.Myth,
			Verdict: verdict(item), Tone: toneClass(item.Tone), Answer: p.texts(item.Answer),
		})
	}
	return out
}

type htmlQuiz struct {
	Intro     string
	Questions []htmlQuestion
}

type htmlQuestion struct {
	Name    string // of its radio buttons
	Number  int
	Prompt  string
	Options []htmlOption
	Hints   []htmlHint
	Key     string   // the right letter
	Again   htmlText // the rows to read again
}

type htmlOption struct {
	ID, Letter, Text string
	Correct          bool
	Feedback         htmlText
	Company          string // who else has thought so, of a wrong option
}

type htmlHint struct {
	Title string
	Text  string
}

func (p pager) quiz(q view.Quiz, id string) *htmlQuiz {
	out := &htmlQuiz{Intro: CleanLine(q.Intro)}
	for i, question := range q.Questions {
		h := htmlQuestion{Name: fmt.Sprintf("%s-q%d", id, i+1), Number: i + 1, Prompt: CleanLine(question.Prompt)}
		h.Again.Rows, h.Again.Left = p.rows(question.Reread)
		for j, o := range question.Options {
			h.Options = append(h.Options, htmlOption{
				Company: CleanLine(company(o)),
				ID:      h.Name + "-" + quiz.Letter(j), Letter: quiz.Letter(j), Text: CleanLine(o.Text), Correct: o.Correct,
				Feedback: p.text(view.Cell{Text: o.Feedback, Rows: o.Rows}),
			})
		}
		if k := question.Key(); k >= 0 {
			h.Key = quiz.Letter(k)
		}
		for j, text := range question.Hints {
			h.Hints = append(h.Hints, htmlHint{fmt.Sprintf("Hint %d of %d", j+1, len(question.Hints)), CleanLine(text)})
		}
		out.Questions = append(out.Questions, h)
	}
	return out
}
