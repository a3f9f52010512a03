package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

func newQuiz(s *streams) *cobra.Command {
	var r lessonRun
	var p page
	var a asking
	cmd := &cobra.Command{
		Use:               "quiz LESSON",
		Short:             "Run a lesson and ask only its questions",
		Long:              "Run a lesson's program, show its source, ask the questions, and show the table\nthey are answered by. Where there is no terminal, one answer a line is read;\nwith --discuss two lines a question, the first vote and the second. --record\nkeeps the answers for kstep report (docs/answers.md).",
		Example:           "  kstep quiz first-message\n  printf 'a\\nc\\nb\\na\\nd\\n' | kstep quiz first-message\n  kstep quiz first-message --discuss --record table3.jsonl --as 'table 3'",
		ValidArgsFunction: completeLessons,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.check(cmd); err != nil {
				return err
			}
			if err := a.check(cmd); err != nil {
				return err
			}
			l, set, err := r.check(cmd, args)
			if err != nil {
				return err
			}
			return quizLesson(cmd.Context(), s, &r, p, a, l, set)
		},
	}
	r.flags(cmd)
	a.flags(cmd)
	p.looks(cmd)
	return cmd
}

func quizLesson(ctx context.Context, s *streams, r *lessonRun, p page, a asking, l *lesson.Lesson, set []tracer.Setting) error {
	kept, err := a.open(l.ID, r.variant)
	if err != nil {
		return err
	}
	defer kept.close()
	t, err := r.record(ctx, s, l, set)
	if err != nil {
		return err
	}
	d := a.arranged(document(t))
	if err := p.write(s, t, only(d, "execution-sample")); err != nil {
		return err
	}
	if err := askQuiz(ctx, s, d, p, a, keeper(s, t), kept.answered); err != nil {
		return err
	}
	if err := kept.close(); err != nil {
		return err
	}
	table := only(d, "process-table")
	table.Title, table.Position, table.Facts, table.Warnings, table.Next = "", "", nil, nil, view.NextBut(d.Next, "kstep quiz")
	if err := p.write(s, t, table); err != nil {
		return err
	}
	return outcome(t)
}

// only is the document with one of its blocks.
func only(d view.Document, id string) view.Document {
	var blocks []view.Block
	for _, b := range d.Blocks {
		if b.Head().ID == id {
			blocks = append(blocks, b)
		}
	}
	d.Blocks, d.Next = blocks, nil
	return d
}

// questions are those of a page.
func questions(d view.Document) []quiz.Question {
	for _, b := range d.Blocks {
		if q, ok := b.(view.Quiz); ok {
			return q.Questions
		}
	}
	return nil
}

// askQuiz asks the document's questions, and tells each of answered of every one
// that is settled. Not answering is no failure.
func askQuiz(ctx context.Context, s *streams, d view.Document, p page, a asking, answered ...func(quiz.Question, quiz.Result)) error {
	qs := questions(d)
	if err := writeOut(s.Out, "the questions", []byte("\n")); err != nil {
		return err
	}
	session := newSession(s, qs, p.width, p.color)
	session.Discuss = a.discuss
	session.Answered = func(q quiz.Question, r quiz.Result) {
		for _, tell := range answered {
			if tell != nil {
				tell(q, r)
			}
		}
	}
	if _, err := session.Run(ctx); err != nil {
		return fmt.Errorf("ask the questions: %w", err)
	}
	return nil
}

// newSession asks questions where the command's own input and output are.
func newSession(s *streams, qs []quiz.Question, width int, color string) quiz.Session {
	palette := render.NewPalette(s.colored(color))
	return quiz.Session{
		In: s.In, Out: s.Out, Interactive: s.InTTY && s.OutTTY, Width: s.width(width),
		Style: func(tone, text string) string { return palette.Tone(view.Tone(tone), text) },
		Clean: clean, Questions: qs,
	}
}
