package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"kstep/quiz"
	kept "kstep/quiz/progress"
	"kstep/tracer/view"
)

func newReview(s *streams) *cobra.Command {
	var p page
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Ask what was missed on earlier days, in varied scenarios",
		Long: "Ask what was missed on earlier days, each question of a new run in which one\n" +
			fmt.Sprintf("thing is varied: at most %d a day, those longest due first. A question that was\n", kept.PerDay) +
			fmt.Sprintf("missed is due after %s; a right answer moves it a step\non, a wrong one back to the first.", spacingWords()),
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := p.check(cmd); err != nil {
				return err
			}
			return review(cmd.Context(), s, p)
		},
	}
	p.looks(cmd)
	return cmd
}

// spacingWords are the steps: 1 day, then 3, 7 and 21.
func spacingWords() string {
	var then []string
	for _, n := range kept.Spacing[1:] {
		then = append(then, fmt.Sprint(n))
	}
	last := len(then) - 1
	return counted(kept.Spacing[0], "day") + ", then " + strings.Join(then[:last], ", ") + " and " + then[last]
}

func review(ctx context.Context, s *streams, p page) error {
	_, progress, day, err := s.progressOn()
	if err != nil {
		return err
	}
	waiting, left := due(progress, day), progress.Left(day)
	if len(waiting) == 0 || left == 0 {
		return writeOut(s.Out, "what is due", []byte(nothingDue(progress, day)))
	}
	asked, err := prepare(ctx, s, waiting, left, day)
	if err != nil {
		return err
	}
	if len(asked) == 0 {
		return writeOut(s.Out, "what is due", []byte("Nothing is due that the lessons still ask.\n"))
	}
	if err := askAgain(ctx, s, p, asked); err != nil {
		return err
	}
	_, progress, day, err = s.progressOn()
	if err != nil {
		return err
	}
	return writeOut(s.Out, "what is due", []byte("\n"+nothingDue(progress, day)))
}

// prepare finds the runs for the first questions that can be asked. Runs wait
// more than they work, so that those of all questions go side by side.
func prepare(ctx context.Context, s *streams, waiting []kept.Weak, left int, day kept.Day) ([]recalled, error) {
	step, stop := counter(s, "preparing", min(left, len(waiting)))
	defer stop()
	var out []recalled
	for len(out) < left && len(waiting) > 0 {
		n := min(left-len(out), len(waiting))
		found, ok, errs := make([]recalled, n), make([]bool, n), make([]error, n)
		var wg sync.WaitGroup
		for i, w := range waiting[:n] {
			wg.Go(func() {
				found[i], ok[i], errs[i] = recall(ctx, w, day)
				step()
			})
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			return nil, fmt.Errorf("run a lesson again: %w", err)
		}
		for i := range found {
			if ok[i] {
				out = append(out, found[i])
			}
		}
		waiting = waiting[n:]
	}
	return out, nil
}

// askAgain asks each question below its scenario, keeps the answer, and shows
// the rows that decide it.
func askAgain(ctx context.Context, s *streams, p page, asked []recalled) error {
	var qs []quiz.Question
	for _, r := range asked {
		qs = append(qs, r.question)
	}
	var failed error
	keep, at := s.keep(), 0
	session := newSession(s, qs, p.width, p.color)
	session.Asking = func(i int, _ quiz.Question) {
		at = i
		failed = asked[i].scenario(s, p, failed)
		if i == 0 && failed == nil { // the session leaves a line before the others
			failed = writeOut(s.Out, "the scenario", []byte("\n"))
		}
	}
	session.Answered = func(_ quiz.Question, result quiz.Result) {
		r := asked[at]
		keep(func(progress *kept.Progress, day kept.Day) {
			a := answer(r.trace, result, day)
			a.Review = r.words()
			progress.Answer(a)
		})
		failed = r.decides(s, p, result, failed)
	}
	if _, err := session.Run(ctx); err != nil {
		return fmt.Errorf("ask the questions: %w", err)
	}
	return failed
}

// words are what was varied.
func (r recalled) words() string {
	if v := r.varied.String(); v != "" {
		return v
	}
	return "nothing varied"
}

// scenario is what is seen before the question: what is varied, and the
// program with its settings.
func (r recalled) scenario(s *streams, p page, failed error) error {
	if failed != nil {
		return failed
	}
	line := fmt.Sprintf("Missed on %s. Varied: %s.", r.weak.Last, r.words())
	if r.varied.String() == "" {
		line = fmt.Sprintf("Missed on %s. Nothing is varied: no variation of this run still asks it.", r.weak.Last)
	}
	d := only(document(r.trace), "execution-sample")
	d.Promise = ""
	for i, b := range d.Blocks {
		if code, ok := b.(view.Code); ok {
			code.Notes = nil // of the lesson, not of the question
			d.Blocks[i] = code
		}
	}
	if err := writeOut(s.Out, "the scenario", []byte("\n"+line+"\n\n")); err != nil {
		return err
	}
	return p.write(s, r.trace, d)
}

// decides shows the rows that decide the question, and those that the chosen
// options point to, of the run and its twins.
func (r recalled) decides(s *streams, p page, result quiz.Result, failed error) error {
	if failed != nil {
		return failed
	}
	rows := slices.Clone(r.question.Reread)
	for i, o := range r.question.Options {
		if o.Correct || i == result.Chosen || i == result.Second {
			rows = append(rows, o.Rows...)
		}
	}
	var blocks []view.Block
	for _, b := range document(r.trace).Blocks {
		t, ok := b.(view.Table)
		if !ok || t.ID != view.ProcessTable && !strings.HasPrefix(t.ID, view.TwinTable("")) {
			continue
		}
		t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row view.Row) bool { return !slices.Contains(rows, row.Address) })
		t.Notes = []view.Cell{{Text: "Only the rows that decide the question.", Tone: view.Quiet}}
		if len(t.Rows) > 0 {
			blocks = append(blocks, t)
		}
	}
	next := []view.Command{{Text: "kstep run " + r.trace.Header.Lesson + r.varied.flags(), Why: "the whole run"}}
	return p.write(s, r.trace, view.Document{Blocks: blocks, Next: next})
}

// nothingDue says when there is something to ask again.
func nothingDue(p *kept.Progress, day kept.Day) string {
	weak := known(p.Weak())
	switch {
	case len(weak) == 0 && len(p.Answers) == 0:
		return "Nothing is due: no question was answered yet. kstep next asks some.\n"
	case len(weak) == 0:
		return "Nothing is due, and nothing is weak: every question that was missed was recalled.\n"
	}
	if waiting := len(due(p, day)); waiting > 0 {
		if p.Left(day) > 0 {
			return fmt.Sprintf("%s still due; kstep review asks again.\n", isAre(waiting, "question"))
		}
		return fmt.Sprintf("Enough for today: %d were asked. %s due, from tomorrow on.\n", p.Reviewed(day), isAre(waiting, "question"))
	}
	next := weak[0].Due
	n := 0
	for _, w := range weak {
		if w.Due == next {
			n++
		}
	}
	return fmt.Sprintf("Nothing more is due today. Next: %s, %s.\n", next, counted(n, "question"))
}

func isAre(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " is"
	}
	return fmt.Sprintf("%d %ss are", n, noun)
}
