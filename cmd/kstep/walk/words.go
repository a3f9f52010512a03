package walk

import (
	"fmt"
	"strings"

	"kstep/quiz"
	"kstep/tracer/view"
)

// asked is a question's place among all.
func (p *predictions) asked(i int) string {
	return fmt.Sprintf("question %d of %d", i+1, len(p.gates))
}

// predicted is the prediction as a sentence.
func (p *predictions) predicted(i int) view.Cell {
	q, r := p.gates[i].Question, p.results[i]
	switch {
	case r == nil:
		return view.Cell{Text: "You went past this question without a prediction.", Tone: view.Caution}
	case r.Chosen < 0:
		return view.Cell{Text: "You made no prediction.", Tone: view.Caution}
	}
	return view.Cell{Text: "You predicted " + option(q, r.Chosen) + "."}
}

// option is a choice with its letter.
func option(q quiz.Question, i int) string {
	return quiz.Letter(i) + ": " + strings.TrimRight(q.Options[i].Text, ".")
}

// observed is what the run shows, beside the prediction: a line of sentences
// each.
func (p *predictions) observed(i int) []view.Cell {
	q, r := p.gates[i].Question, p.results[i]
	key := q.Key()
	if key < 0 {
		return nil
	}
	right := view.Cell{Text: q.Options[key].Feedback, Rows: q.Options[key].Rows}
	if r != nil && r.Outcome == quiz.Right {
		right.Text, right.Tone = "Right. "+right.Text, view.Good
		return []view.Cell{right}
	}
	is := "The run shows " + option(q, key) + "."
	right.Text = is + " " + right.Text
	if r == nil || r.Chosen < 0 {
		return []view.Cell{right}
	}
	o := q.Options[r.Chosen]
	return []view.Cell{{Text: "Not so. " + o.Feedback, Tone: view.Bad, Rows: o.Rows}, right}
}

// outcomeAt is outcome, or the prediction where the run had not answered at a
// stop.
func (p *predictions) outcomeAt(i, at int) string {
	if r := p.results[i]; r != nil && r.Chosen >= 0 && p.shown(i) > at {
		return "predicted " + quiz.Letter(r.Chosen)
	}
	return outcome(p.results[i])
}

// outcome is the word for what became of a question.
func outcome(r *quiz.Result) string {
	if r == nil {
		return "passed over"
	}
	return string(r.Outcome)
}

// tally is the score in words, as far as the run had answered at a stop:
// "Predictions: 2 of 4 right, 1 wrong, 1 that the run had not answered yet."
func (p *predictions) tally(at int) string {
	if len(p.gates) == 0 {
		return "This run has no question to predict."
	}
	n := map[quiz.Outcome]int{}
	open := 0
	for i, r := range p.score().Results {
		if r.Chosen >= 0 && p.shown(i) > at {
			open++
			continue
		}
		n[r.Outcome]++
	}
	text := fmt.Sprintf("Predictions: %d of %d right", n[quiz.Right], len(p.gates))
	for _, c := range []struct {
		n    int
		word string
	}{{n[quiz.Wrong], "wrong"}, {n[quiz.Skipped], "skipped"}, {open, "that the run had not answered yet"}, {n[quiz.NotAnswered], "not asked or passed over"}} {
		if c.n > 0 {
			text += fmt.Sprintf(", %d %s", c.n, c.word)
		}
	}
	return text + "."
}

// place says where a stop is, in words.
func place(w *view.Walk, at int) string {
	s := &w.Stops[at]
	switch s.Kind {
	case view.StopStart:
		return "start"
	case view.StopEnd:
		return "end"
	case view.StopReturned:
		return "step " + s.Address + ", returned"
	case view.StopPending:
		return "step " + s.Address + ", not returned"
	}
	return "step " + s.Address
}

// momentTitle is a Key Moment's question, or the belief, with what it is.
func momentTitle(m view.CitedMoment) string {
	if m.Myth {
		return "People say: " + strings.TrimSpace(m.Question)
	}
	return m.Question
}
