package view

import (
	"kstep/quiz"
	"kstep/tracer"
)

// snapshot is the Concept Snapshot: what to keep, one sentence a line, only as
// far as this run bears it out.
func (b *blocks) conceptSnapshot() (Block, bool) {
	l := List{Heading: Heading{"concept-snapshot", quiz.SectionSnapshot}}
	for _, c := range b.lesson.Snapshot {
		f := c.Judge(b.runs)
		item := Cell{Text: c.Sentence, Known: tracer.Inferred}
		for _, r := range f.Because {
			item.Rows = append(item.Rows, r.Rows...)
		}
		if f.Verdict != tracer.Confirmed {
			item.Text, item.Tone = item.Text+" ("+string(f.Verdict)+" in this run)", Caution
		}
		l.Items = append(l.Items, item)
	}
	return l, len(l.Items) > 0
}
