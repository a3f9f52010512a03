package view

import (
	"cmp"
	"slices"
	"strings"

	"kstep/quiz"
)

// Mode challenge: the questions before the tables that answer them.

// challenge is the quiz with the questions first that no row of this run answers
// by itself: what another program would have done, where the bug is, which of
// four statements holds.
func (b *blocks) challenge() (Block, bool) {
	if len(b.lesson.Quiz) == 0 {
		return b.nothingAsked(), true
	}
	q := Quiz{
		Heading:   Heading{"visual-quiz", quiz.SectionQuiz},
		Intro:     count(len(b.lesson.Quiz), "question") + ". Read the program and predict: the evidence comes after the questions.",
		Questions: slices.Clone(b.lesson.Quiz),
	}
	slices.SortStableFunc(q.Questions, func(x, y quiz.Question) int { return cmp.Compare(demand(x.Kind), demand(y.Kind)) })
	return q, true
}

// demand orders the kinds of questions.
func demand(k quiz.Kind) int {
	switch {
	case k == quiz.KindWhatIf:
		return 0
	case strings.Contains(string(k), "bug"):
		return 1
	case k == quiz.KindWhichHolds:
		return 2
	}
	return 3
}

// nothingAsked stands where the questions would.
func (b *blocks) nothingAsked() Block {
	text := "This program has no questions."
	if b.run.Trace.Header.Variant != "" && b.known() {
		text += " kstep quiz " + b.lesson.ID + " asks those of its lesson."
	}
	return List{Heading: Heading{"visual-quiz", quiz.SectionQuiz}, Items: []Cell{{Text: text, Tone: Quiet}}}
}

// evidence are the tables that the questions are answered by.
func (b *blocks) evidence() []Block {
	var out []Block
	for _, make := range []maker{one((*blocks).process), one((*blocks).tracker), one((*blocks).ledgerTable), (*blocks).twins} {
		out = append(out, make(b)...)
	}
	if len(out) > 0 {
		if t, ok := out[0].(Table); ok {
			t.Name = quiz.SectionEvidence + ": " + t.Name
			out[0] = t
		}
	}
	return out
}
