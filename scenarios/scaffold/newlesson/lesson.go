// Package newlesson is the lesson on TODO(subject): what it is about, in a line.
package newlesson

import (
	_ "embed"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed new_lesson.go
var source string

//go:embed no_flush.go
var noFlushSource string

// noFlushName is the variant's name on the command line and in the claims.
const noFlushName = "no-flush"

// Lesson is the lesson with its variants.
func Lesson() *lesson.Lesson {
	return &lesson.Lesson{
		ID:      "new-lesson",
		Title:   "TODO(title): 48 characters at most",
		Promise: "TODO(promise): what a reader can tell after this lesson, in one sentence.",
		Level:   "advanced",
		Needs:   []string{"first-message"},
		Minutes: 10,
		Draft:   true,
		Topics:  []tracer.Seed{{Topic: "my_topic", Partitions: 1}},
		Sources: []lesson.Source{
			{Where: "TODO(source): an issue where people stumbled over this, or a section of the manual", What: "TODO(statement): what is said there, in your own words"},
		},
		Content: lesson.Content{
			Program:  lesson.Program{File: "new_lesson.go", Source: source, Main: main},
			Claims:   []tracer.Claim{arrives, lostWithout, mythBelief},
			Snapshot: []tracer.Claim{keepArrives},
			// TODO(questions): keep those that your program answers, and ask others in place of the rest; scenarios/linger/questions.go has some of its own.
			Quiz: []quiz.Maker{quiz.StateAfter("Produce"), quiz.Returned("Flush"), quiz.WhatIf(noFlushName),
				quiz.WhichStep(tracer.RowRequest), quiz.WhoActs(tracer.RowBatched)},
			Next: []view.Command{
				{Text: "kstep run new-lesson --variant " + noFlushName, Why: "the same program without Flush()"},
			},
		},
		Variants: []lesson.Variant{
			{Name: noFlushName, Promise: "the same program without Flush()", Twin: true, Content: lesson.Content{
				Program:  lesson.Program{File: "no_flush.go", Source: noFlushSource, Main: noFlush},
				Claims:   []tracer.Claim{lostHere},
				Snapshot: []tracer.Claim{keepLost},
				Quiz:     []quiz.Maker{quiz.StateAfter("Produce")},
				Next:     []view.Command{{Text: "kstep run new-lesson", Why: "the lesson itself, with Flush()"}},
			}},
		},
	}
}
