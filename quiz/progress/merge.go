package progress

import "cmp"

// Merge adds what another progress of the same learner has: answers that are
// not there yet, and of each lesson the earliest days. Nothing is taken away
// but answers beyond PerQuestion; merging the same again changes nothing. Where
// both say where the learner is, p's stays. It returns how many answers are new.
func (p *Progress) Merge(other *Progress) (added int) {
	had := map[identity]bool{}
	for _, a := range p.Answers {
		had[a.identity()] = true
	}
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
	for _, a := range p.Answers {
		if !had[a.identity()] {
			added++
		}
	}
	return added
}

// earlier is the earlier of two days; one that is none is later than any.
func earlier(a, b Day) Day {
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	return min(a, b)
}
