package view

import (
	"cmp"
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Mode try: predict, change a setting, run. Each change has a run of its own
// beside the program's; it is shown when the prediction is made.

// Try is a change worth trying: a variant, a setting or a fault.
type Try struct {
	Name    string // of its run, as rows of it are cited: no-flush, linger.ms=1000, fault-1
	Change  string // a clause: "The program runs with linger.ms=1000"
	Command string // what to type to see it beside the lesson
}

// TryVariant is a variant of the lesson.
func TryVariant(lesson string, v Variant) Try {
	return Try{Name: v.Name, Change: "Variant " + v.Name + ": " + v.Promise, Command: "kstep diff " + lesson + " --variant " + v.Name}
}

// TrySetting lays a setting over the program's own.
func TrySetting(lesson string, s tracer.Setting) Try {
	pair := s.Key + "=" + s.Value
	return Try{Name: pair, Change: "The program runs with " + pair, Command: "kstep diff " + lesson + " --set " + pair}
}

// TryFault makes something happen; n counts a lesson's faults from 1.
func TryFault(lesson string, n int, words string) Try {
	return Try{Name: "fault-" + number(n), Change: "kstep makes this happen: " + words, Command: "kstep diff " + lesson + " --fault '" + words + "'"}
}

// tryMode is mode try.
func tryMode() Mode {
	return Mode{
		Name:     ModeTry,
		Idea:     "predict, change a setting, run",
		Shows:    "the program and its Process Table, What to Change with the command for each change, and a question on what it leads to, answered by a run of exactly that change.",
		When:     "When you think you understand the run. On a terminal each prediction is followed by what the change does.",
		askFirst: true, folded: true,
		body:  []maker{one((*blocks).code), one((*blocks).shortTable), one((*blocks).whatToChange), one((*blocks).predictions)},
		after: []maker{(*blocks).triedTwins},
	}
}

// Predictions are the questions on what changes lead to, as far as the runs can
// answer them.
func Predictions(runs *tracer.Runs, tries []Try) []quiz.Question {
	var makers []quiz.Maker
	for _, t := range tries {
		makers = append(makers, quiz.Tried(t.Name, t.Change, t.Command))
	}
	h := runs.Main.Trace.Header
	all, _ := quiz.Build(runs, "try "+h.Lesson+" "+h.Variant, makers...)
	var out []quiz.Question
	same := 0
	for _, q := range all {
		if q.Unchanged() {
			same++
		}
		if !q.Unchanged() || same <= maxUnchanged {
			out = append(out, q)
		}
	}
	return out
}

// maxUnchanged is how many changes that change nothing are asked.
const maxUnchanged = 2

// predicted tells whether a question is about the change.
func (t Try) predicted(qs []quiz.Question) bool {
	return slices.ContainsFunc(qs, func(q quiz.Question) bool { return strings.HasPrefix(q.Prompt, t.Change+". ") })
}

// TryOf is the change that a question of Predictions is about; ok is false for
// another question.
func TryOf(tries []Try, q quiz.Question) (t Try, ok bool) {
	i := slices.IndexFunc(tries, func(t Try) bool { return t.predicted([]quiz.Question{q}) })
	if i < 0 {
		return Try{}, false
	}
	return tries[i], true
}

// whatToChange is the list of changes with their commands. What they lead to is
// not said: that is what the questions ask.
func (b *blocks) whatToChange() (Block, bool) {
	t := Table{Heading: Heading{"what-to-change", quiz.SectionChanges}, Columns: []string{"Change", "Type", "Asked Below"}}
	qs, missing := Predictions(b.runs, b.lesson.Tries), 0
	for _, try := range b.lesson.Tries {
		asked := Cell{Text: "yes"}
		switch {
		case try.predicted(qs):
		case b.runs.Twin(try.Name) == nil:
			missing++
			asked = Cell{Text: "not run here", Tone: Quiet}
		case refusesProducer(b.runs.Twin(try.Name)):
			asked = Cell{Text: "no: the client refuses the setting", Tone: Quiet}
		case b.runs.Twin(try.Name).Trace.Header.Partial != "":
			asked = Cell{Text: "no: kstep ended that run", Tone: Quiet}
		default:
			asked = Cell{Text: "no", Tone: Quiet}
		}
		change := try.Change
		if b.runs.Twin(try.Name) != nil && !strings.Contains(change, try.Name) { // a fault's run has a number for a name
			change += "\n" + quiz.SectionTwin + ": " + try.Name
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: change}, {Text: try.Command}, asked}})
	}
	if missing > 0 {
		t.Notes = append(t.Notes, Cell{Text: "kstep run " + command(b.run.Trace.Header) + " --mode try runs each of them and asks what it leads to; with -o FILE.json it records them.", Tone: Caution})
	}
	return t, len(t.Rows) > 0
}

// refusesProducer tells whether no producer was made, for its configuration.
func refusesProducer(run *tracer.Run) bool {
	made := run.Call("NewProducer")
	return made != nil && made.Event.Call.Error != nil
}

// predictions is the quiz on the changes.
func (b *blocks) predictions() (Block, bool) {
	qs := Predictions(b.runs, b.lesson.Tries)
	return Quiz{
		Heading:   Heading{"predictions", quiz.SectionPredict},
		Intro:     count(len(qs), "question") + ". Answer first, then run the change.",
		Questions: qs,
	}, len(qs) > 0
}

// triedTwins are the tables of the runs that answer.
func (b *blocks) triedTwins() []Block {
	return b.twinTables(func(name string) bool {
		return slices.ContainsFunc(b.lesson.Tries, func(t Try) bool { return t.Name == name })
	})
}

// Tried is the comparison of the run with the one that a change led to; ok is
// false where that was not run.
func Tried(runs *tracer.Runs, l Lesson, t Try) (c Comparison, ok bool) {
	twin := runs.Twin(t.Name)
	if twin == nil {
		return Comparison{}, false
	}
	a := Side{Name: cmp.Or(runs.Main.Trace.Header.Variant, l.ID), Runs: runs}
	return Compare(l.ID, a, Side{Name: t.Name, Runs: &tracer.Runs{Main: twin}}), true
}
