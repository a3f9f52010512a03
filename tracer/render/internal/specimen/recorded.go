package specimen

import (
	"os"
	"path/filepath"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/view"
)

// Recorded is the page of a committed trace in a mode. folder is where the traces
// are.
func Recorded(folder, name string, m view.Mode) (view.Document, error) {
	runs, l, err := Lessoned(folder, name)
	if err != nil {
		return view.Document{}, err
	}
	return view.BuildMode(runs, l, m), nil
}

// Lessoned is the run of a committed trace and its lesson, which is one in
// little: the lessons themselves need the client, and a page does not.
func Lessoned(folder, name string) (*tracer.Runs, view.Lesson, error) {
	f, err := os.Open(filepath.Join(folder, name+".json"))
	if err != nil {
		return nil, view.Lesson{}, err
	}
	defer f.Close()
	trace, err := tracer.Read(f)
	if err != nil {
		return nil, view.Lesson{}, err
	}
	runs := tracer.NewRuns(trace)
	l := view.Lesson{
		ID: trace.Header.Lesson, Title: trace.Header.Title, Position: "lesson 1 of 1",
		Claims: []tracer.Claim{
			claim("only-queues", "What does Produce() do?", "It puts the message into the client's queue.", tracer.Confirmed, "Produce"),
			{ID: "depends", Sentence: `"Flush() always sends at once."`, Myth: true, Expect: tracer.Depends, Check: shows(tracer.Depends, "Flush")},
			{ID: "sends", Sentence: `"NewProducer() sends."`, Myth: true, Expect: tracer.Refuted, Check: shows(tracer.Refuted, "NewProducer")},
		},
		Snapshot: []tracer.Claim{claim("waits", "", "Flush() waits for the delivery reports.", tracer.Confirmed, "Flush")},
		Notes:    []tracer.Reason{{Text: "In Go a report needs a channel", Source: "the client's documentation"}},
		Next:     []view.Command{{Text: "kstep quiz " + name, Why: "only the questions"}},
		Terms: []view.Term{
			{Name: "delivery report", Forms: []string{"delivery reports"}, Text: "What the client says of a message in the end.", Source: "the client's documentation", Lesson: "delivery-report"},
			{Name: "transaction", Text: "No sentence of this lesson has it."},
		},
	}
	l.Variants = []view.Variant{{Name: "no-flush", Promise: "the same program without Flush()"}}
	l.Tries = []view.Try{
		view.TryVariant(l.ID, l.Variants[0]), view.TryVariant(l.ID, view.Variant{Name: "await-report", Promise: "the program waits for its report"}),
		view.TrySetting(l.ID, tracer.Setting{Key: "acks", Value: "0"}), view.TryFault(l.ID, 1, "lose Produce response 1"),
	}
	l.Task, l.Goals, l.Starter = []string{"Write a producer of your own."}, []tracer.Claim{claim("goal-waits", "", "It waits for its report.", tracer.Confirmed, "Flush")}, "package main\n\nfunc main() {}\n"
	var left []error
	l.Quiz, left = quiz.Build(runs, name, quiz.StateAfter("Produce"), quiz.WhichStep(tracer.RowRequest), quiz.Returned("Flush"), quiz.WhoActs(tracer.RowBatched))
	for _, err := range left {
		l.Left = append(l.Left, err.Error())
	}
	return runs, l, nil
}

func claim(id, question, sentence string, v tracer.Verdict, call string) tracer.Claim {
	return tracer.Claim{ID: id, Question: question, Sentence: sentence, Expect: v, Check: shows(v, call)}
}

// shows is a predicate that cites the rows of a call.
func shows(v tracer.Verdict, call string) func(*tracer.Runs) tracer.Finding {
	return func(r *tracer.Runs) tracer.Finding {
		c := r.Main.Call(call)
		if c == nil {
			return tracer.Finding{Verdict: tracer.Unsupported}
		}
		return tracer.Finding{Verdict: v, Because: []tracer.Reason{{Text: "The rows show it.", Rows: tracer.Addresses(append([]*tracer.Row{c}, r.Main.Under(c)...)...)}}}
	}
}
