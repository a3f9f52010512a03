package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// goals are what a reader's own program is held to, made from the run of the
// lesson's program.
func goals(l *lesson.Lesson, variant string, lessons *tracer.Run) []tracer.Claim {
	c, ok := l.Of(variant)
	if !ok || lessons == nil {
		return nil
	}
	list := c.Project
	if list == nil {
		list = lesson.AnyProducer()
	}
	var out []tracer.Claim
	for _, make := range list {
		if claim, ok := make(lessons); ok {
			out = append(out, claim)
		}
	}
	return out
}

// task says what the reader's program is to do, and where it runs.
func task(l *lesson.Lesson, lessons *tracer.Run) []string {
	h := lessons.Trace.Header
	out := []string{
		fmt.Sprintf("Write a producer of your own that does what the lesson %q is about. It runs in the lesson's lab: a cluster of %s, made for it alone.", l.Title, lesson.Count(h.Brokers, "broker")),
	}
	var topics []string
	for _, t := range l.Topics {
		topics = append(topics, fmt.Sprintf("%s (%s)", t.Topic, lesson.Count(t.Partitions, "partition")))
	}
	if len(topics) > 0 {
		out = append(out, "Topics that are there: "+strings.Join(topics, ", ")+".")
	}
	if len(h.Faults) > 0 {
		out = append(out, "kstep makes this happen to it, as to the lesson's program: "+strings.Join(h.Faults, "; ")+".")
	}
	return append(out, "It imports kstep/tracer/kafka in place of the client's own package and is otherwise an ordinary Go program; it stands in a folder of your clone of kstep.")
}

// starter is a program to begin with: it compiles, makes a producer, and meets
// none of the goals that ask for a message.
func starter(lessons *tracer.Run) string {
	topic := "my_topic"
	if first := lessons.Call("Produce"); first != nil && first.Event.Call.Message != nil {
		topic = first.Event.Call.Message.Topic
	} else if seeds := lessons.Trace.Header.Topics; len(seeds) > 0 {
		topic = seeds[0].Topic
	}
	return fmt.Sprintf(`package main

import (
	"log"

	"kstep/tracer/kafka"
)

func main() {
	p, err := kafka.NewProducer(&kafka.ConfigMap{
		"bootstrap.servers": "localhost:9092"})
	if err != nil {
		log.Fatal(err)
	}

	topic := %q
	log.Printf("%%d waiting; to do: send to %%s", p.Len(), topic)
}
`, topic)
}

// Unmet are the goals that a reader's program does not meet, of how many; none
// for a program of a lesson.
func Unmet(t *tracer.Trace) (unmet []tracer.Claim, of int) {
	if t.Header.Program.Command == "" {
		return nil, 0
	}
	runs := tracer.NewRuns(t)
	all := Lesson(runs).Goals
	for _, g := range all {
		if f := g.Judge(runs); f.Verdict != tracer.Confirmed {
			unmet = append(unmet, g)
		}
	}
	return unmet, len(all)
}

// Recorded tells whether a program called the client where kstep could see it.
func Recorded(t *tracer.Trace) bool {
	return slices.ContainsFunc(t.Events, func(e tracer.Event) bool { return e.Lane == tracer.Application && e.Call != nil })
}

// bringsOwn is what a lesson brings to the page of a reader's own program: its
// goals. The sentences of the lesson are about its own program.
func bringsOwn(l *lesson.Lesson, runs *tracer.Runs) view.Lesson {
	h := runs.Main.Trace.Header
	again := fmt.Sprintf("kstep run %s --program '%s'", command(l, h.Variant), h.Program.Command)
	if strings.Contains(h.Program.Command, "'") {
		again = fmt.Sprintf("kstep run %s --program %q", command(l, h.Variant), h.Program.Command)
	}
	return view.Lesson{
		ID: l.ID, Title: l.Title + ": your own program", Level: l.Level, Minutes: l.Minutes, Needs: l.Needs,
		Terms: Glossary(), Twins: []string{LessonTwin},
		Goals: goals(l, h.Variant, runs.Twin(LessonTwin)), Own: true,
		Next: []view.Command{
			{Text: again, Why: "your program again"},
			{Text: "kstep run " + command(l, h.Variant) + " --mode project", Why: "the task"},
			{Text: "kstep run " + command(l, h.Variant), Why: "the lesson's own program"},
		},
	}
}
