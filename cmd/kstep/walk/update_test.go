package walk

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/quiz"
)

var sgr = regexp.MustCompile(`\x1b\[[0-9;]*m`)

const (
	beforeProduce = "state-after-produce"
	beforeFlush   = "which-step-request"
	beforeEnd     = "what-if-no-flush"
)

// Forward asks before the step that answers, goes on with any answer, and asks
// nothing twice, however one goes back and forth.
func TestForwardAndBack(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 80, 24)
	x.is("start", "")
	x.keys("space")
	x.is("1", "")
	x.keys("n")
	x.is("1", beforeProduce)
	x.keys("right", "enter", "x") // no answer: nothing goes on
	x.is("1", beforeProduce)
	x.keys(x.wrong())
	x.is("2", "")
	x.keys("left", "p", "b")
	x.is("start", "")
	x.keys("right", "right", "right")
	x.is("2", beforeFlush)
	x.keys("left") // leaves the question open
	x.is("2", "")
	x.keys("right")
	x.is("2", beforeFlush)
	x.keys(strings.ToUpper(x.right()))
	x.is("3", "")
	for range 6 {
		x.keys("right")
	}
	x.is("3r", "")
	x.keys("right", "right")
	x.is("4", beforeEnd)
	x.keys("h", "h", "s")
	x.is("end", "")
	x.keys("right")
	x.is("end", "")
	for range 20 {
		x.keys("left")
	}
	x.is("start", "")
	for range 20 {
		x.keys("right")
	}
	x.is("end", "")
	var got []quiz.Outcome
	for _, r := range x.told {
		got = append(got, r.Outcome)
	}
	if d := cmp.Diff([]quiz.Outcome{quiz.Wrong, quiz.Right, quiz.Skipped}, got); d != "" {
		t.Error(d)
	}
	if x.told[2].Hints != 2 || x.told[0].Belief == "" {
		t.Errorf("%+v", x.told)
	}
	if end := strings.Join(x.story(80), "\n"); !strings.Contains(end, "1 of 3 right, 1 wrong, 1 skipped.") {
		t.Errorf("%s", end)
	}
}

// A jump passes over questions: they count as not predicted, and are asked when
// one comes by again. Only what stands before the step itself is asked.
func TestJumpOverQuestions(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 80, 24)
	x.keys("g")
	x.types("3.3")
	x.is("3.3", "")
	if len(x.told) != 0 {
		t.Errorf("told of %v", x.told)
	}
	x.keys("end")
	x.is("4", beforeEnd)
	x.keys(x.right())
	x.is("end", "")
	if end := strings.Join(x.story(80), "\n"); !strings.Contains(end, "1 of 3 right, 2 not asked or passed over.") {
		t.Errorf("%s", end)
	}
	x.keys("home", "right", "right")
	x.is("1", beforeProduce)
	x.keys("s", "right")
	x.is("2", beforeFlush)
	x.keys(x.right(), "G")
	x.is("end", "")

	x = learn(t, walked(t, trace(t, "first-message")), 80, 24)
	x.keys("g")
	x.types("3") // the question before step 3 is asked, the one before step 2 is not
	x.is("2", beforeFlush)
	x.keys(x.right())
	x.is("3", "")
}

func TestJump(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 80, 24)
	for _, c := range []struct{ typed, at string }{{"3R", "3r"}, {"start", "start"}, {" 3.5 ", "3.5"}, {"9.9", "3.5"}, {"", "3.5"}} {
		x.keys("g")
		x.types(c.typed)
		x.is(c.at, "")
	}
	x.keys("g")
	x.types("9.9")
	if f := x.footer(); !strings.Contains(f, `There is no step "9.9" here.`) {
		t.Errorf("footer %q", f)
	}
	x.keys("g", "1", "2", "backspace", "backspace", "4", "esc")
	x.is("3.5", "")
	x.keys("g", "q") // typed, not obeyed
	if x.left || x.input != "q" {
		t.Errorf("left %t, input %q", x.left, x.input)
	}
}

func TestSearch(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 80, 24)
	x.keys(".")
	if !strings.Contains(x.footer(), "Nothing was searched yet") {
		t.Errorf("footer %q", x.footer())
	}
	x.keys("/")
	x.types("BATCH")
	x.is("3.2", "")
	x.keys(".")
	at := x.at
	if x.at == 5 || !strings.Contains(x.texts[x.at], "batch") {
		t.Errorf("the next match is %s", x.id())
	}
	x.keys(",")
	x.is("3.2", "")
	x.keys(",")
	if x.at < at && x.at != 5 {
		t.Errorf("the match before is %s", x.id())
	}
	x.at = 0
	x.keys("/")
	x.types("nothing like it")
	x.is("start", "")
	if !strings.Contains(x.footer(), `No step has "nothing like it".`) {
		t.Errorf("footer %q", x.footer())
	}
}

// The next Key Moment is walked to: what comes before it is asked.
func TestMoments(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 80, 24)
	x.keys("m")
	x.is("1", beforeProduce)
	x.keys("s")
	x.is("2", "")
	x.keys("m")
	x.is("2", beforeFlush)
	x.keys(x.right())
	x.is("3.3", "")
	if s := strings.Join(x.story(80), "\n"); !strings.Contains(s, "People say: \"Flush() is what sends.\"") || strings.Contains(s, "Confirmed") {
		t.Errorf("the verdict comes with its last row:\n%s", s)
	}
	x.keys("m")
	x.is("3r", "")
	if s := strings.Join(x.story(80), "\n"); !strings.Contains(s, "Confirmed.") {
		t.Errorf("%s", s)
	}
	x.keys("m") // what cites a twin alone stands at the end
	x.is("4", beforeEnd)
	x.keys("s", "m")
	x.is("end", "")
	if !strings.Contains(x.footer(), "No Key Moment after") {
		t.Errorf("footer %q", x.footer())
	}
	x.keys("M", "M", "M")
	x.is("2", "")
	x.keys("M")
	if !strings.Contains(x.footer(), "No Key Moment before") {
		t.Errorf("footer %q", x.footer())
	}
}

// Who walks to a Key Moment does not pass the answer to a prediction.
func TestMomentStopsAtAnswers(t *testing.T) {
	w := walked(t, trace(t, "first-message"))
	for i := range w.Stops[:len(w.Stops)-1] {
		w.Stops[i].Moments = nil
	}
	x := learn(t, w, 80, 24)
	x.keys("m")
	x.is("1", beforeProduce)
	x.keys(x.right())
	x.is("2", "")
	x.keys("m")
	x.is("2", beforeFlush)
	x.keys(x.right())
	x.is("3r", "")
	x.keys("m")
	x.is("4", beforeEnd)
	x.keys(x.wrong())
	x.is("end", "")
	x.keys("home", "m") // it was seen: once is enough
	x.is("end", "")
}

// A prediction is kept in sight until the run answers, and only then graded.
func TestPredictionBesideTheRun(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 80, 24)
	x.keys("right", "right", "s", "right")
	x.is("2", beforeFlush)
	key := x.right()
	x.keys(key)
	said := func() string { return strings.Join(x.story(200), "\n") }
	for x.id() != "3r" {
		if s := said(); !strings.Contains(s, "Your predictions that the run will answer: question 2: "+key) || strings.Contains(s, "Right.") {
			t.Fatalf("at %s\n%s", x.id(), s)
		}
		x.keys("right")
	}
	if s := said(); !strings.Contains(s, "You predicted "+key+": ") || !strings.Contains(s, "Right. ") || !strings.Contains(s, "3.3)") {
		t.Errorf("%s", s)
	}
	x.keys("right")
	if s := said(); strings.Contains(s, "You predicted") {
		t.Errorf("at the next stop it is over\n%s", s)
	}
	x.keys("q")
	lines := strings.Join(x.leaving(x.layout(120)), "\n")
	for _, want := range []string{"you left at step 4, stop 10 of 11.", "1 of 3 right, 1 skipped, 1 not asked", "(right) When is"} {
		if !strings.Contains(lines, want) {
			t.Errorf("no %q in\n%s", want, lines)
		}
	}
}

// No key has two meanings in one place, and help explains each.
func TestKeys(t *testing.T) {
	text := strings.Join(helpLines(learn(t, walked(t, trace(t, "first-message")), 80, 24).layout(80)), "\n")
	for _, keys := range [][]key{reading, asking} {
		seen := map[string]bool{}
		for _, k := range keys {
			for _, n := range k.names {
				if seen[n] {
					t.Errorf("%s is bound twice", n)
				}
				seen[n] = true
			}
			if !strings.Contains(text, k.shown) {
				t.Errorf("help does not show %s", k.shown)
			}
		}
	}
	for i := range 4 { // the answers are no commands of a question
		if bound(asking, quiz.Letter(i)) != none {
			t.Errorf("%s is taken", quiz.Letter(i))
		}
	}
	if !slices.Contains(footer(asking), "a-d predict") {
		t.Error(footer(asking))
	}
}

// A text that is longer than its pane scrolls as far as it goes.
func TestScroll(t *testing.T) {
	x := learn(t, walked(t, trace(t, "first-message")), 60, 20)
	x.keys("end", "s")
	x.is("end", "")
	first := x.picture()
	x.keys("down")
	if x.picture() == first {
		t.Error("down does nothing")
	}
	for range 100 {
		x.keys("pgdown")
	}
	lines := x.story(60)
	if !strings.Contains(x.picture(), strings.TrimSpace(lines[len(lines)-1])) {
		t.Errorf("the last line %q is not in sight\n%s", lines[len(lines)-1], x.picture())
	}
	for range 200 {
		x.keys("up")
	}
	if x.picture() != first {
		t.Errorf("up does not lead back\n%s", x.picture())
	}
}
