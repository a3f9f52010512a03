package quiz

// Question is one question of a lesson, and what may be answered to it.

// Kind is the sort of a question; each has a file of its own that computes
// prompt, key, wrong options, hints and feedback from the trace.
type Kind string

// Question is one question as it is asked, computed from a run. Nothing in it
// is typed by hand but the wording of its kind.
type Question struct {
	ID      string
	Kind    Kind
	Prompt  string
	Options []Option // four, in the order they are shown as a, b, c, d
	Hints   []string // a ladder: where to look, what to compare, the rule; never the answer
	Reread  []string // addresses of the rows to read again after a wrong answer
	Before  string   // address of the first row of the run that shows the answer: who walks through the run is asked before it; empty where only a twin shows it
}

// Option is one answer a learner can choose.
type Option struct {
	Text     string
	Correct  bool
	Belief   string   // the ID of the misconception that a wrong option stands for; empty for the key
	Feedback string   // why it is right or wrong, in words
	Rows     []string // addresses of the rows that show it
	holds    bool     // of a wrong option: the run bears it out, too, so that the question has no key
}

// Letter is the letter option i is shown with: 0 is a.
func Letter(i int) string { return string(rune('a' + i)) }

// Key is the index of the correct option, -1 where there is none.
func (q Question) Key() int {
	for i, o := range q.Options {
		if o.Correct {
			return i
		}
	}
	return -1
}

// Rule is the last hint, the rule in plain words. It is shown after the
// question is settled, whether or not anyone asked for hints.
func (q Question) Rule() string {
	if len(q.Hints) == 0 {
		return ""
	}
	return q.Hints[len(q.Hints)-1]
}
