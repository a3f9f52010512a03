package quiz

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Asking one by one, on a terminal or from a pipe.

// Session asks questions and takes answers. The zero values of Width, Style
// and Clean are of use; a Session is for one Run.
type Session struct {
	In  io.Reader // nil: an input that is over
	Out io.Writer
	// Interactive means that somebody sits at In: unreadable lines are asked
	// again, and a wrong answer may be followed by a second try. Without it,
	// each line is one answer and the output reads as a transcript; a line that
	// asks for a hint shows it and is not an answer, an empty line skips.
	Interactive bool
	// Discuss asks for two votes a question, as peer instruction does: the first
	// without feedback, then a discussion, then a second, and only then the
	// feedback. From a pipe each question then reads two lines, whatever the first
	// one holds.
	Discuss   bool
	Width     int                         // columns; 0: 80
	Style     func(tone, s string) string // gives a text its tone: good, bad, quiet, strong or none; nil: none
	Clean     func(string) string         // takes from every printed text what a terminal would obey; nil: control characters
	Questions []Question                  // in the order they are asked
	Asking    func(i int, q Question)     // told of question i before it is asked; what it writes to Out stands above the question; nil: nobody is
	Answered  func(Question, Result)      // told of each question when it is settled, before its hints are offered and the next is asked; nil: nobody is

	left bool
}

// Left tells, while Answered is told, whether somebody quit in that question.
func (s *Session) Left() bool { return s.left }

// errQuit ends a session that somebody wants to end.
var errQuit = errors.New("quit")

// Run asks all questions and prints the score. It ends early, without an
// error, where the input is over or somebody quits: what was not asked is not
// answered. Where ctx ends, it returns at once with ctx's error and the score
// so far, even while it waits for input; one goroutine then stays in the
// read of In until that returns (see lines).
func (s *Session) Run(ctx context.Context) (Score, error) {
	a := s.asking()
	defer a.in.stop()
	score := Score{}
	for _, q := range s.Questions {
		score.Results = append(score.Results, newResult(q).settled(q))
	}
	for i, q := range s.Questions {
		if s.Asking != nil {
			s.Asking(i, q)
		}
		r, err := a.question(ctx, i, len(s.Questions), q)
		score.Results[i] = r.settled(q)
		s.left = errors.Is(err, errQuit)
		if s.Answered != nil && r.Outcome != NotAnswered {
			s.Answered(q, score.Results[i])
		}
		if err == nil && s.Interactive && a.out.err == nil {
			err = a.afterwards(ctx, q)
		}
		if a.out.err != nil {
			return score, fmt.Errorf("writing the quiz: %w", a.out.err)
		}
		if ctx.Err() != nil {
			a.out.newline() // the prompt's line is left, whatever is printed next
			return score, ctx.Err()
		}
		if errors.Is(err, errQuit) || errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return score, fmt.Errorf("reading answers: %w", err)
		}
	}
	a.summary(score)
	if s.Discuss {
		a.votes(score)
	}
	if a.out.err != nil {
		return score, fmt.Errorf("writing the quiz: %w", a.out.err)
	}
	return score, nil
}

func (s *Session) asking() *asking {
	p := &printer{out: s.Out, width: s.Width, style: s.Style, clean: s.Clean}
	if p.out == nil {
		p.out = io.Discard
	}
	if p.width <= 0 {
		p.width = defaultWidth
	}
	if p.style == nil {
		p.style = func(_, s string) string { return s }
	}
	if p.clean == nil {
		p.clean = stripControl
	}
	return &asking{in: newLines(s.In), out: p, interactive: s.Interactive, discuss: s.Discuss}
}

// summary prints the score, and what to read again.
func (a *asking) summary(s Score) {
	a.out.newline()
	if s.Total() == 0 {
		a.out.paragraph(tonePlain, "", "There is no question to ask.")
		return
	}
	a.out.paragraph(toneStrong, "", "Score: "+s.String()+".")
	for _, o := range []Outcome{RightSecond, Wrong, Skipped, NotAnswered} {
		if n := s.Count(o); n > 0 {
			a.out.paragraph(tonePlain, "  ", fmt.Sprintf("%d %s", n, o))
		}
	}
	missed := false
	for i, r := range s.Results {
		if r.Outcome == Right || r.Outcome == NotAnswered {
			continue
		}
		if !missed {
			a.out.paragraph(tonePlain, "", "Read again:")
			missed = true
		}
		a.out.paragraph(tonePlain, "  ", fmt.Sprintf("question %d: %s", i+1, rowList(r.Reread)))
	}
}

// votes prints what the discussions changed.
func (a *asking) votes(s Score) {
	both, first, revote := s.Revotes()
	if both == 0 {
		return
	}
	a.out.paragraph(tonePlain, "", fmt.Sprintf("Of %d with two votes, right at the first vote: %d, after the discussion: %d.", both, first, revote))
}
