package progress

import "cmp"

// Merge adds what another progress of the same learner has: answers that are
// not there yet, and of each lesson the earliest days. Nothing is taken away
// but answers beyond PerQuestion; merging the same again changes nothing. Where
// both say where the learner is, p's stays.
func (p *Progress) Merge(other *Progress) {
	for id, theirs := range other.Lessons {
		mine, known := p.Lessons[id]
		if !known {
			mine = theirs
		}
		p.set(id, Lesson{
			Seen:     earlier(mine.Seen, theirs.Seen),
			Finished: earlier(mine.Finished, theirs.Finished),
			At:       cmp.Or(mine.At, theirs.At),
		})
	}
	p.Answers = append(append([]Answer(nil), p.Answers...), other.Answers...)
	p.tidy()
	p.Current = cmp.Or(p.Current, other.Current)
}

// earlier is the earlier of two days; one that is none is later than any.
func earlier(a, b Day) Day {
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	return min(a, b)
}
