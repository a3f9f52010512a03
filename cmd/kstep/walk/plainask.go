package walk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"kstep/quiz"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// ask asks a question, or tells it where nobody answers.
func (p *teller) ask(ctx context.Context, i int) error {
	q := p.made.gates[i].Question
	p.write("\n")
	p.say(upper(p.made.asked(i))+", before it is shown.", q.Prompt)
	for j, o := range q.Options {
		p.lines(p.l.Sentences("  "+quiz.Letter(j)+": ", view.Cell{Text: o.Text}))
	}
	for p.in != nil && p.made.results[i] == nil && p.err == nil {
		p.write("Answer a-d, h hint, s skip, q quit > ")
		line, err := p.in.Next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			p.write("\n")
			p.in = nil
			return p.err
		case err != nil && ctx.Err() != nil:
			p.write("\n")
			return ctx.Err()
		case err != nil:
			return fmt.Errorf("read an answer: %w", err)
		}
		if !p.interactive {
			p.write(render.Cut(render.CleanLine(strings.TrimSpace(line)), maxInput) + "\n")
		}
		if err := p.take(i, line); err != nil {
			return err
		}
	}
	return p.err
}

// take does what a line asks for.
func (p *teller) take(i int, line string) error {
	q := p.made.gates[i].Question
	switch reply, option := quiz.Understand(line, len(q.Options)); reply {
	case quiz.Chosen:
		p.made.answer(i, option)
	case quiz.Skip:
		p.made.answer(i, -1)
	case quiz.Quit:
		return errLeft
	case quiz.Hint:
		if text := p.made.hint(i); text != "" {
			p.say(fmt.Sprintf("Hint %d of %d: %s", p.made.hints[i], len(q.Hints), text))
		} else {
			p.say("There are no more hints.")
		}
	default:
		if p.interactive {
			p.say("That is none of the answers.")
			return nil
		}
		p.say("That is none of the answers; the question is skipped.")
		p.made.answer(i, -1)
	}
	return nil
}
