package quiz

import (
	"context"
	"fmt"
)

// Two votes with a discussion between them, and the hints afterwards.

// twoVotes takes a first vote, says nothing about it, and asks for a second
// after the discussion. The second decides; where it does not come (the input
// is over, somebody quits), the first does.
func (a *asking) twoVotes(ctx context.Context, r *Result, q Question, cmd command, text string) error {
	r.take(q, cmd, text)
	if cmd.verb == verbQuit {
		return errQuit
	}
	a.out.paragraph(tonePlain, "  ", a.kept(r)+" Discuss, then vote again.")
	for a.out.err == nil {
		text, err := a.line(ctx, "Second vote a-d, Enter keeps the first, h hint, s skip, q quit")
		if err != nil {
			return err
		}
		cmd := parse(text, len(q.Options))
		switch {
		case cmd.verb == verbHint:
			a.hint(r, q)
			continue
		case cmd.verb == verbQuit:
			return errQuit
		case a.interactive && (cmd.verb == verbUnreadable || cmd.verb == verbReveal):
			a.out.paragraph(toneQuiet, "  ", noKey)
			continue
		}
		r.revote(q, cmd, text)
		a.told(r, q)
		return nil
	}
	return nil
}

// kept says that the first vote is kept, without a word on whether it is right.
func (a *asking) kept(r *Result) string {
	switch {
	case r.Chosen >= 0:
		return fmt.Sprintf("First vote: %s.", Letter(r.Chosen))
	case r.Warning != "":
		return r.Warning + ": no first vote."
	}
	return "No first vote."
}

// told is the feedback after both votes: to the first too, where it was another
// one and wrong.
func (a *asking) told(r *Result, q Question) {
	if r.Chosen >= 0 && r.Revote >= 0 && r.Revote != r.Chosen && !q.Options[r.Chosen].Correct {
		a.out.paragraph(tonePlain, "  ", fmt.Sprintf("Your first vote, %s: %s", Letter(r.Chosen), q.Options[r.Chosen].Feedback))
	}
	switch {
	case r.Outcome == Right:
		a.right(q, r.Revote)
		return
	case r.Outcome == Skipped:
		a.out.paragraph(toneQuiet, "  ", "Skipped.")
	case r.Revote >= 0:
		a.wrong(q, r.Revote)
	default:
		a.out.paragraph(toneBad, "  ", r.Warning+". It counts as wrong.")
	}
	a.reveal(q)
}

// afterwards lets who sits at a terminal read the hints of a question that is
// settled, and waits until they want to go on: what was just said is not pushed
// away by the next question.
func (a *asking) afterwards(ctx context.Context, q Question) error {
	for a.out.err == nil {
		text, err := a.line(ctx, "Enter goes on, h hints, q quit")
		if err != nil {
			return err
		}
		switch parse(text, 0).verb {
		case verbNothing:
			return nil
		case verbQuit:
			return errQuit
		case verbHint:
			for i, h := range q.Hints {
				a.out.paragraph(tonePlain, "  ", fmt.Sprintf("hint %d of %d: %s", i+1, len(q.Hints), h))
			}
		default:
			a.out.paragraph(toneQuiet, "  ", noKey+" The question is settled: Enter goes on.")
		}
	}
	return nil
}
