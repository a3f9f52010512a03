package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	kept "kstep/quiz/progress"
	"kstep/scenarios"
)

const newcomer = `kstep runs a real Kafka producer, records every step, and shows what happened.

  kstep run first-message    the first lesson: Produce(), then Flush()
  kstep walk first-message   the same, step by step: predict what comes
  kstep list                 all lessons, in teaching order
  kstep --help               everything else

No broker, no account and no network are needed: kstep brings its own.
`

// greet is what kstep alone says: to a newcomer what it is and what to type
// next, to others where they were. On a terminal it offers to go on from there.
func greet(ctx context.Context, s *streams) error {
	_, p, day, err := s.progressOn()
	if err != nil && !errors.Is(err, kept.ErrOff) {
		fmt.Fprintln(s.Err, "kstep: no progress is known: "+oneLine(err.Error()))
	}
	if err != nil || p.Empty() {
		return writeOut(s.Out, "the greeting", []byte(newcomer))
	}
	next := p.Next(steps())
	if err := writeOut(s.Out, "the greeting", []byte(welcomeBack(p, day, next, s.width(0)))); err != nil {
		return err
	}
	if next == "" || !s.InTTY || !s.OutTTY {
		return nil
	}
	typed, err := prompt(ctx, s, fmt.Sprintf("\n[Enter] goes on with %s, q and [Enter] leaves > ", next))
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	case strings.TrimSpace(typed) != "":
		return nil
	}
	fmt.Fprintln(s.Out)
	o := &runOptions{quiz: "auto"}
	o.color = "auto"
	return runNext(ctx, s, o, p, next)
}

// welcomeBack is where the learner was, and what there is to type.
func welcomeBack(p *kept.Progress, day kept.Day, next string, width int) string {
	var b strings.Builder
	writeWrapped(&b, whereWas(p, next), 0, width)
	b.WriteString("\n")
	if next != "" {
		fmt.Fprintf(&b, "  kstep next                 run %s\n", next)
	}
	if n := min(len(due(p, day)), p.Left(day)); n > 0 {
		fmt.Fprintf(&b, "  kstep review               %s of earlier days\n", counted(n, "question"))
	}
	b.WriteString("  kstep progress             what is done and what is weak\n")
	b.WriteString("  kstep list                 all lessons, in teaching order\n")
	b.WriteString("  kstep --help               everything else\n")
	return b.String()
}

// whereWas is where the learner was, in a sentence.
func whereWas(p *kept.Progress, next string) string {
	at, n := scenarios.Find(p.Current)
	switch {
	case next == "":
		return "All lessons are finished; kstep review asks what was missed."
	case at == nil:
		return fmt.Sprintf("kstep next goes on with %s.", next)
	case next == at.ID:
		return fmt.Sprintf("You were at %s, lesson %d of %d; kstep next goes on.", at.ID, n, len(scenarios.Taught()))
	}
	return fmt.Sprintf("You were at %s; kstep next goes on with %s.", at.ID, next)
}

// due are the questions of lessons that are taught.
func due(p *kept.Progress, day kept.Day) []kept.Weak { return known(p.Due(day)) }

// known leaves out what is of a lesson that this kstep does not have, or of a
// draft.
func known(weak []kept.Weak) []kept.Weak {
	var out []kept.Weak
	for _, w := range weak {
		if _, n := scenarios.Find(w.Lesson); n > 0 {
			out = append(out, w)
		}
	}
	return out
}

// counted is a number and its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
