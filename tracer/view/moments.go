package view

import (
	"kstep/quiz"
	"kstep/tracer"
)

// moments are the Key Moments: the lesson's claims and myths, held against the
// run.
func (b *blocks) moments() (Block, bool) {
	m := Moments{Heading: Heading{"key-moments", quiz.SectionMoments}}
	for _, c := range b.lesson.Claims {
		f := c.Judge(b.runs)
		item := Moment{ID: c.ID, Question: c.Question, Myth: c.Myth, Verdict: f.Verdict, Tone: verdictTone(f.Verdict), Surprise: c.Surprise(f)}
		if !c.Myth {
			item.Answer = append(item.Answer, Cell{Text: c.Sentence, Tone: Strong})
		} else if item.Question == "" {
			item.Question = c.Sentence
		}
		for _, r := range f.Because {
			item.Answer = append(item.Answer, reason(r))
		}
		m.Items = append(m.Items, item)
	}
	return m, len(m.Items) > 0
}

// verdictTone weighs a verdict; its word says the same.
func verdictTone(v tracer.Verdict) Tone {
	switch v {
	case tracer.Confirmed:
		return Good
	case tracer.Refuted:
		return Bad
	}
	return Caution
}

// reason is a sentence with its rows, or with its source.
func reason(r tracer.Reason) Cell {
	c := Cell{Text: r.Text, Rows: r.Rows, Known: tracer.Inferred}
	if r.Source != "" {
		c.Text, c.Known = r.Text+" ("+r.Source+")", tracer.Documented
	}
	return c
}
