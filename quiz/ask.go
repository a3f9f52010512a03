package quiz

import (
	"context"
	"fmt"
	"io"
)

// One question of a session, from its prompt to its result.

// asking is a session at work.
type asking struct {
	in          *lines
	out         *printer
	interactive bool
	discuss     bool
}

// question asks one question until it is settled. The error is errQuit,
// io.EOF, or one of reading; the result is good in any case.
func (a *asking) question(ctx context.Context, i, of int, q Question) (Result, error) {
	r := newResult(q)
	if err := ctx.Err(); err != nil {
		return r, err
	}
	if i > 0 {
		a.out.newline()
	}
	a.out.paragraph(toneStrong, "", fmt.Sprintf("Question %d of %d", i+1, of))
	a.out.paragraph(tonePlain, "", q.Prompt)
	for j, o := range q.Options {
		a.out.paragraph(tonePlain, "  "+Letter(j)+"  ", o.Text)
	}
	for a.out.err == nil {
		text, err := a.line(ctx, a.keys(r))
		if err != nil {
			return r, err
		}
		cmd := parse(text, len(q.Options))
		if cmd.verb == verbHint {
			a.hint(&r, q)
			continue
		}
		if a.discuss {
			if a.noKey(cmd) {
				continue
			}
			return r, a.twoVotes(ctx, &r, q, cmd, text)
		}
		settled, err := a.first(&r, q, cmd, text), error(nil)
		if r.Chosen >= 0 && r.Outcome == Wrong && a.interactive {
			settled, err = a.second(ctx, &r, q)
		}
		if settled || err != nil {
			return r, err
		}
		if cmd.verb == verbQuit {
			return r, errQuit
		}
	}
	return r, nil
}

// keys names the keys that work while a question is asked.
func (a *asking) keys(r Result) string {
	switch {
	case a.discuss:
		return "First vote a-d, h hint, s skip, q quit"
	case r.Outcome == Wrong:
		return "Second try a-d, h hint, r reveal, s skip, q quit"
	}
	return "Answer a-d, h hint, s skip, q quit"
}

// line prompts, naming the keys that work now, and reads.
func (a *asking) line(ctx context.Context, keys string) (string, error) {
	a.out.inline(toneQuiet, keys+" >")
	a.out.write(" ")
	if a.out.err != nil {
		return "", a.out.err
	}
	text, err := a.in.next(ctx)
	switch {
	case err == io.EOF:
		a.out.inline(toneQuiet, "(no more input)")
		a.out.newline()
	case err == nil && !a.interactive:
		a.out.inline(tonePlain, shorten(text))
		a.out.newline()
	}
	return text, err
}

// hint shows the next hint of the ladder, with its number.
func (a *asking) hint(r *Result, q Question) {
	if r.Hints >= len(q.Hints) {
		a.out.paragraph(toneQuiet, "  ", fmt.Sprintf("There are no more hints: %d of %d were shown.", r.Hints, len(q.Hints)))
		return
	}
	r.Hints++
	a.out.paragraph(tonePlain, "  ", fmt.Sprintf("hint %d of %d: %s", r.Hints, len(q.Hints), q.Hints[r.Hints-1]))
}

// first takes a first answer and tells whether it settled the question. A
// wrong one on a terminal did not: a second try may follow.
func (a *asking) first(r *Result, q Question, cmd command, text string) bool {
	if a.noKey(cmd) {
		return false
	}
	r.take(q, cmd, text)
	switch {
	case cmd.verb == verbQuit:
		return false
	case r.Outcome == Skipped:
		a.out.paragraph(toneQuiet, "  ", "Skipped.")
	case r.Outcome == Right:
		a.right(q, r.Chosen)
	case r.Chosen >= 0:
		a.wrong(q, r.Chosen)
		if a.interactive {
			return false
		}
		a.reveal(q)
	default:
		a.out.paragraph(toneBad, "  ", r.Warning+". It counts as wrong.")
		a.reveal(q)
	}
	return true
}

// noKey says so on a terminal where a first answer is none of the keys, and is
// to be asked again.
func (a *asking) noKey(cmd command) bool {
	none := a.interactive && (cmd.verb == verbUnreadable || cmd.verb == verbNothing || cmd.verb == verbReveal)
	if none {
		a.out.paragraph(toneQuiet, "  ", noKey)
	}
	return none
}

const noKey = "That is none of the keys."

// second offers a second try after a wrong answer, and reveals the key if it
// is not taken or not right.
func (a *asking) second(ctx context.Context, r *Result, q Question) (bool, error) {
	for a.out.err == nil {
		text, err := a.line(ctx, a.keys(*r))
		if err != nil {
			return true, err
		}
		cmd := parse(text, len(q.Options))
		switch cmd.verb {
		case verbHint:
			a.hint(r, q)
		case verbQuit:
			return true, errQuit
		case verbSkip:
			return true, nil
		case verbReveal:
			a.reveal(q)
			return true, nil
		case verbChoose:
			if cmd.option == r.Chosen {
				a.out.paragraph(toneQuiet, "  ", "You have tried that one.")
				continue
			}
			r.Second = cmd.option
			if q.Options[cmd.option].Correct {
				r.Outcome = RightSecond
				a.right(q, cmd.option)
				return true, nil
			}
			a.wrong(q, cmd.option)
			a.reveal(q)
			return true, nil
		default:
			a.out.paragraph(toneQuiet, "  ", noKey)
		}
	}
	return true, nil
}

func (a *asking) right(q Question, i int) {
	a.out.paragraph(toneGood, "  ", "Right. "+q.Options[i].Feedback)
	a.rule(q)
}

func (a *asking) wrong(q Question, i int) {
	a.out.paragraph(toneBad, "  ", "Not so. "+q.Options[i].Feedback)
	if m, ok := q.Options[i].Misconception(); ok {
		a.out.paragraph(toneQuiet, "  ", m.Company())
	}
}

func (a *asking) reveal(q Question) {
	if k := q.Key(); k >= 0 {
		o := q.Options[k]
		a.out.paragraph(tonePlain, "  The answer is "+Letter(k)+"  ", o.Text)
		a.out.paragraph(tonePlain, "  ", o.Feedback)
	}
	a.rule(q)
}

// rule is shown whenever a question is settled, hints or no hints.
func (a *asking) rule(q Question) {
	if rule := q.Rule(); rule != "" {
		a.out.paragraph(tonePlain, "  ", "The rule: "+rule)
	}
}
