package view

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kstep/quiz"
	"kstep/tracer"
)

// inMode is the page of a committed trace in a mode.
func inMode(t *testing.T, mode string, l Lesson) Document {
	t.Helper()
	m, ok := FindMode(mode)
	if !ok {
		t.Fatalf("there is no mode %s", mode)
	}
	return BuildMode(tracer.NewRuns(load(t, "first-message")), l, m)
}

// block is the block of a page with an id.
func block[B Block](t *testing.T, d Document, id string) B {
	t.Helper()
	for _, b := range d.Blocks {
		if x, ok := b.(B); ok && b.Head().ID == id {
			return x
		}
	}
	t.Fatalf("the page has no block %s", id)
	panic("not reached")
}

// Every mode says what it is for, what it shows and when to take it, each in
// its form, and has a name of its own.
func TestModesAreExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Modes() {
		if m.Name == "" || seen[m.Name] {
			t.Errorf("the name %q is taken", m.Name)
		}
		seen[m.Name] = true
		if m.Idea == "" || strings.HasSuffix(m.Idea, ".") || strings.ContainsAny(m.Idea, "\n") {
			t.Errorf("%s: an idea is one line without a full stop: %q", m.Name, m.Idea)
		}
		for _, s := range []string{m.Shows, m.When} {
			if !strings.HasSuffix(s, ".") {
				t.Errorf("%s: a sentence: %q", m.Name, s)
			}
		}
		if len(m.body) == 0 {
			t.Errorf("%s shows nothing", m.Name)
		}
	}
	if _, ok := FindMode("nothing"); ok {
		t.Error("a mode was found that is not there")
	}
}

// In mode visual the page is the same, by whichever way it is made.
func TestVisualIsThePage(t *testing.T) {
	got, want := inMode(t, ModeVisual, lesson()), Build(tracer.NewRuns(load(t, "first-message")), lesson())
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// The short table has a row a call; what it leaves out it counts.
func TestShortTable(t *testing.T) {
	var got [][]string
	for _, r := range block[Table](t, inMode(t, "learn", lesson()), ProcessTable).Rows {
		got = append(got, []string{r.Address, strings.Split(r.Cells[1].Text, "(")[0], string(r.Cells[0].Known)})
	}
	want := [][]string{{"1", "NewProducer", "observed"}, {"2", "Produce", "observed"}, {"3", "Flush", "observed"},
		{"3.1-3.5", "5 rows, --mode deep shows them", "reported"}, {"4", "exit", "observed"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Mode learn leaves out the myths and says how many.
func TestQuestionsWithoutMyths(t *testing.T) {
	m := block[Moments](t, inMode(t, "learn", lesson()), "key-moments")
	if len(m.Items) != 1 || m.Items[0].Myth {
		t.Errorf("the Key Moments are %+v", m.Items)
	}
	if len(m.Notes) == 0 || !strings.Contains(m.Notes[0].Text, "There is 1 belief ") {
		t.Errorf("what is left out is not counted: %+v", m.Notes)
	}
}

// ask is a question of a kind that leads to rows.
func ask(id string, kind quiz.Kind, hint string, reread ...string) quiz.Question {
	return quiz.Question{ID: id, Kind: kind, Prompt: id, Hints: []string{hint}, Reread: reread,
		Options: []quiz.Option{{Text: "This", Correct: true}, {Text: "That"}}}
}

func ids(qs []quiz.Question) string {
	var out []string
	for _, q := range qs {
		out = append(out, q.ID)
	}
	return strings.Join(out, " ")
}

// Each mode asks in its own order, and leads nobody to what its page has not.
func TestQuestionsOfModes(t *testing.T) {
	l := lesson()
	l.Quiz = []quiz.Question{
		ask("inner", quiz.KindWhoActs, "Look.", "3.2"), ask("tracker", quiz.KindStateAfter, "Look at the Status Tracker.", "2"),
		ask("returned", quiz.KindReturned, "Look.", "3"), ask("again", quiz.KindReturned, "Look.", "2"), ask("holds", quiz.KindWhichHolds, "Look.", "3"),
		ask("bug", "find the bug", "Look.", "2"), ask("if", quiz.KindWhatIf, "Look.", "no-flush 3"),
	}
	before := slices.Clone(l.Quiz)
	for mode, want := range map[string]string{
		"learn": "returned holds", "challenge": "if bug holds inner tracker returned again", "recall": ids(l.Quiz), "visual": ids(l.Quiz),
	} {
		q := block[Quiz](t, inMode(t, mode, l), "visual-quiz")
		if got := ids(q.Questions); got != want {
			t.Errorf("%s asks %s, want %s", mode, got, want)
		}
		for _, x := range q.Questions {
			if (len(x.Hints) == 0) != (mode == "recall") {
				t.Errorf("%s: question %s has %d hints", mode, x.ID, len(x.Hints))
			}
		}
	}
	if d := cmp.Diff(before, l.Quiz, cmpopts.IgnoreUnexported(quiz.Option{})); d != "" {
		t.Errorf("the lesson's own questions were changed: %s", d)
	}
	l.Quiz = l.Quiz[:2]
	l.Quiz = append(l.Quiz, ask("inner too", quiz.KindWhichStep, "Look.", "3.3"))
	if got := ids(block[Quiz](t, inMode(t, "learn", l), "visual-quiz").Questions); got != "inner" {
		t.Errorf("where every question leads elsewhere, learn asks %s", got)
	}
}

// Where there is no question, the page says so.
func TestNothingAsked(t *testing.T) {
	l := lesson()
	l.Quiz = nil
	for _, mode := range []string{"challenge", "recall"} {
		if list := block[List](t, inMode(t, mode, l), "visual-quiz"); !strings.Contains(list.Items[0].Text, "no questions") {
			t.Errorf("%s: %+v", mode, list)
		}
	}
}

// Of a program that is no lesson, nothing is offered to type.
func TestNothingToTypeOfAnotherProgram(t *testing.T) {
	for _, m := range Modes() {
		if d := inMode(t, m.Name, Lesson{ID: "mine; rm -r ."}); len(d.Next) > 0 {
			t.Errorf("mode %s: %+v", m.Name, d.Next)
		}
	}
	if next := inMode(t, "recall", lesson()).Next; len(next) != 3 || next[0].Text != "kstep quiz first-message" || next[1].Text != "kstep review" || next[2].Text != "kstep run first-message" {
		t.Errorf("recall leads to %+v", next)
	}
}

// A page that answers its questions says that they come first; its tables are
// folded and stand after them.
func TestEvidenceComesAfter(t *testing.T) {
	d := inMode(t, "challenge", lesson())
	var order []string
	for _, b := range d.Blocks {
		order = append(order, b.Head().ID)
	}
	want := []string{"execution-sample", "visual-quiz", "process-table", "status-tracker", "message-ledger", "twin-no-flush", "twin-await-report"}
	if d := cmp.Diff(want, order); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want[2:], d.Folded); d != "" || !inMode(t, "recall", lesson()).AskFirst {
		t.Error(d)
	}
	if !d.AskFirst || block[Table](t, d, ProcessTable).Name != "The Evidence: Process Table" {
		t.Errorf("ask first: %t", d.AskFirst)
	}
	for _, b := range inMode(t, "recall", lesson()).Blocks {
		if _, ok := b.(Table); ok {
			t.Errorf("recall shows the table %s", b.Head().Name)
		}
	}
}

// A card has the question in front and the verdict, the sentences and the
// source on its back.
func TestCards(t *testing.T) {
	l := lesson()
	l.Terms = []Term{{Name: "row", Forms: []string{"rows"}, Text: "A line of the table.", Source: "the manual", Lesson: "first-message"}, {Name: "fence", Text: "No sentence has it."}}
	d := inMode(t, "recall", l)
	moments, terms := block[Cards](t, d, "key-moments"), block[Cards](t, d, "terms")
	if a, b := moments.Items[0], moments.Items[1]; a.Front != "Why?" || a.Back[0].Text != "Because." || b.Front != `True or not? "So it is."` || b.Back[0].Text != "Confirmed." {
		t.Errorf("%+v", moments.Items)
	}
	if len(terms.Items) != 1 || terms.Items[0].Back[0].Text != "A line of the table. (lesson first-message shows it; the manual)" || terms.Items[0].Back[0].Known != tracer.Documented {
		t.Errorf("%+v", terms.Items)
	}
	var fronts []string
	for _, c := range Cells(d) {
		if c.Column == "front" {
			fronts = append(fronts, c.Text)
		}
	}
	if len(fronts) != 3 {
		t.Errorf("a reader sees the cards %q", fronts)
	}
}

// Every event of the record is listed, by its number, with the row that shows
// it; what is cut is counted.
func TestFullRecord(t *testing.T) {
	tr := load(t, "first-message")
	table := block[Table](t, inMode(t, "deep", lesson()), FullRecord)
	if len(table.Rows) != len(tr.Events) {
		t.Errorf("%d of %d events", len(table.Rows), len(tr.Events))
	}
	text := map[string]string{}
	for i, r := range table.Rows {
		text[r.Cells[0].Text] = r.Cells[1].Text + " | " + r.Cells[2].Text + " | " + r.Cells[3].Text
		if r.Cells[2].Known != tr.Events[i].Known || !slices.Equal(r.Cells[2].Evidence, []int{i + 1}) {
			t.Errorf("event %d is known as %s from %v", i+1, r.Cells[2].Known, r.Cells[2].Evidence)
		}
	}
	for seq, want := range map[string]string{
		"1":   "lab | program started: first_message.go | ",
		"2":   "application | called NewProducer(bootstrap.servers=localhost:9092) | 1",
		"9":   "client | broker state: INIT -> TRY_CONNECT, broker bootstrap | ",
		"50":  "application | called Produce(my_topic, key key1, value hello), which returned: no error | 2",
		"105": "wire | Produce request: 125 bytes, connection 2, correlation 4, 1 record | 3.3",
		"107": "wire | Produce response: 59 bytes, connection 2, correlation 4, my_topic[0] at offset 0 | 3.4",
		"112": "application | Flush() returned 0: nothing left | 3",
		"116": "lab | process ended: exit code 0 | 4",
		"117": "broker | record in log: my_topic[0] at offset 0, message #1 | ",
		"118": "broker | watermarks of my_topic[0]: 0 and 1 | ",
	} {
		if text[seq] != want {
			t.Errorf("event %s is %q, want %q", seq, text[seq], want)
		}
	}
	for range maxEvents {
		tr.Events = append(tr.Events, tracer.Event{Seq: len(tr.Events) + 1, Lane: tracer.Lab, Kind: tracer.Noted, Known: tracer.Observed})
	}
	m, _ := FindMode("deep")
	table = block[Table](t, BuildMode(tracer.NewRuns(tr), lesson(), m), FullRecord)
	if len(table.Rows) != maxEvents || !strings.HasPrefix(table.Notes[0].Text, "118 more events are not listed") {
		t.Errorf("%d rows, %+v", len(table.Rows), table.Notes[0])
	}
}

// What a hint of a page's questions leads to is on that page, and what it tells
// to type is typed once.
func TestHintsLeadToSectionsOfThePage(t *testing.T) {
	l := lesson()
	l.Quiz = []quiz.Question{
		ask("tracker", quiz.KindStateAfter, "Look at the Status Tracker.", "3.1"),
		ask("ledger", quiz.KindWhichHolds, "Look at the Message Ledger.", "3.1"),
	}
	for _, m := range Modes() {
		for _, qs := range [][]quiz.Question{l.Quiz, l.Quiz[:1], l.Quiz[1:], append(slices.Clone(l.Quiz), l.Quiz...)} {
			l := l
			l.Quiz = qs
			d := inMode(t, m.Name, l)
			there := ""
			for _, b := range d.Blocks {
				there += b.Head().Name + "\n"
			}
			for _, b := range d.Blocks {
				q, ok := b.(Quiz)
				if !ok {
					continue
				}
				for _, section := range quiz.Sections() {
					if hintsName(q, section) && !strings.Contains(there, section) {
						t.Errorf("mode %s: a hint leads to the %s, which is not among %q", m.Name, section, there)
					}
				}
			}
			for i, c := range d.Next {
				if slices.ContainsFunc(d.Next[:i], func(o Command) bool { return o.Text == c.Text }) {
					t.Errorf("mode %s: %q twice", m.Name, c.Text)
				}
			}
		}
	}
}

// Only the page that no mode was chosen for opens with the first step.
func TestModesOpenWithTheirBlocks(t *testing.T) {
	for _, m := range Modes() {
		if d := inMode(t, m.Name, lesson()); d.Whole == (m.Name == ModeVisual) {
			t.Errorf("mode %s: whole is %t", m.Name, d.Whole)
		}
	}
}
