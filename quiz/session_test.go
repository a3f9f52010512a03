package quiz

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"kstep/tracer"
)

var update = flag.Bool("update", false, "write the golden files")

// lesson is the quiz that the sessions ask.
func lesson(t *testing.T) []Question {
	t.Helper()
	qs, left := Build(tracer.NewRuns(firstMessage()), "first-message",
		StateAfter("Produce"), WhichStep(tracer.RowRequest), WhatIf("no-flush"), Returned("Flush"), Proves())
	if len(left) > 0 {
		t.Fatal(left)
	}
	return qs
}

// answer is the letter of the key, or of the n-th wrong option.
func answer(q Question, wrong int) string {
	for i, o := range q.Options {
		if o.Correct == (wrong == 0) {
			if wrong <= 1 {
				return Letter(i)
			}
		}
		if !o.Correct && wrong > 0 {
			wrong--
		}
	}
	return "?"
}

func run(t *testing.T, s Session) (string, Score) {
	t.Helper()
	var out strings.Builder
	s.Out = &out
	score, err := s.Run(t.Context())
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	return out.String(), score
}

func outcomesIn(s Score) []Outcome {
	var out []Outcome
	for _, r := range s.Results {
		out = append(out, r.Outcome)
	}
	return out
}

func expect(t *testing.T, s Score, want ...Outcome) {
	t.Helper()
	if got := outcomesIn(s); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPipedTranscript(t *testing.T) {
	qs := lesson(t)
	in := strings.Join([]string{answer(qs[0], 0), answer(qs[1], 1), "s", "h", "the fourth one", answer(qs[4], 0), "a", "b"}, "\n")
	got, score := run(t, Session{In: strings.NewReader(in), Questions: qs})
	expect(t, score, Right, Wrong, Skipped, Wrong, Right)
	if score.Results[3].Hints != 1 || score.Results[1].Belief == "" {
		t.Errorf("got %+v", score.Results)
	}
	golden := filepath.Join("testdata", "transcript.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the transcript differs from %s (go test -update writes it):\n%s", golden, got)
	}
	for _, l := range strings.Split(got, "\n") {
		if utf8.RuneCountInString(l) > 80 {
			t.Errorf("wider than 80 columns: %q", l)
		}
	}
}

func TestPipedEnds(t *testing.T) {
	qs := lesson(t)
	right := answer(qs[0], 0)
	for name, c := range map[string]struct {
		in   io.Reader
		want []Outcome
	}{
		"no input":        {nil, []Outcome{NotAnswered, NotAnswered, NotAnswered, NotAnswered, NotAnswered}},
		"one line":        {strings.NewReader(right), []Outcome{Right, NotAnswered, NotAnswered, NotAnswered, NotAnswered}},
		"windows lines":   {strings.NewReader("\ufeff" + strings.ToUpper(right) + ".\r\n\r\n"), []Outcome{Right, Skipped, NotAnswered, NotAnswered, NotAnswered}},
		"quit":            {strings.NewReader(right + "\nq\na\na\n"), []Outcome{Right, NotAnswered, NotAnswered, NotAnswered, NotAnswered}},
		"an endless line": {io.LimitReader(endless{}, 1<<20), []Outcome{Wrong, NotAnswered, NotAnswered, NotAnswered, NotAnswered}},
		"reveal":          {strings.NewReader("r\n"), []Outcome{Wrong, NotAnswered, NotAnswered, NotAnswered, NotAnswered}},
	} {
		t.Run(name, func(t *testing.T) {
			out, score := run(t, Session{In: c.in, Questions: qs})
			expect(t, score, c.want...)
			if !strings.Contains(out, "Score: "+score.String()) || !strings.Contains(out, "not answered") {
				t.Errorf("no score at the end:\n%s", out)
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestInteractive(t *testing.T) {
	qs := lesson(t)
	script := []string{
		"what?", "", "h", "?", "H", "h", strings.ToUpper(answer(qs[0], 0)), "", // nonsense and hints, then right, and on
		answer(qs[1], 1), answer(qs[1], 1), "x", "h", answer(qs[1], 0), "b", "h", "", // wrong, again, nonsense, hint, right, no key, hints
		answer(qs[2], 1), "r", "", // wrong, reveal
		answer(qs[3], 1), answer(qs[3], 2), "", // wrong twice
		"s", "",
	}
	out, score := run(t, Session{In: strings.NewReader(strings.Join(script, "\n") + "\n"), Interactive: true, Questions: qs})
	expect(t, score, Right, RightSecond, Wrong, Wrong, Skipped)
	if score.Results[0].Hints != 3 || score.Results[1].Hints != 1 || score.Results[3].Second < 0 || score.String() != "1 of 5" {
		t.Errorf("got %v %+v", score, score.Results)
	}
	for _, want := range []string{
		"Answer a-d, h hint, s skip, q quit > ", "Second try a-d, h hint, r reveal, s skip, q quit > ",
		"That is none of the keys.", "hint 1 of 3: ", "hint 3 of 3: ", "There are no more hints: 3 of 3 were shown.",
		"You have tried that one.", "Not so. ", "Right. ", "The answer is ", "The rule: ", "Skipped.", "1 right at the second try",
		"question 5: row", "Enter goes on, h hints, q quit > ", "hint 2 of 3: ",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestInteractiveEnds(t *testing.T) {
	qs := lesson(t)
	for name, c := range map[string]struct {
		in   string
		want Outcome
	}{
		"end of input":                {"", NotAnswered},
		"quit":                        {"q\n", NotAnswered},
		"end after a wrong answer":    {answer(qs[0], 1) + "\n", Wrong},
		"quit after a wrong answer":   {answer(qs[0], 1) + "\nQUIT\n", Wrong},
		"numbers are answers as well": {strings.Map(func(r rune) rune { return r - 'a' + '1' }, answer(qs[0], 0)) + "\n", Right},
	} {
		t.Run(name, func(t *testing.T) {
			out, score := run(t, Session{In: strings.NewReader(c.in), Interactive: true, Questions: qs})
			expect(t, score, c.want, NotAnswered, NotAnswered, NotAnswered, NotAnswered)
			if !strings.Contains(out, "\nScore: ") {
				t.Errorf("no score:\n%s", out)
			}
		})
	}
}

// prompted tells when the prompt is out.
type prompted struct {
	text strings.Builder
	once chan struct{}
}

func (p *prompted) Write(b []byte) (int, error) {
	if strings.HasSuffix(string(b), "quit >") {
		close(p.once)
	}
	return p.text.Write(b)
}

func TestInterrupt(t *testing.T) {
	in, never := io.Pipe()
	defer never.Close()
	ctx, cancel := context.WithCancel(t.Context())
	out := &prompted{once: make(chan struct{})}
	go func() {
		<-out.once
		cancel()
	}()
	s := Session{In: in, Out: out, Interactive: true, Questions: lesson(t)}
	score, err := s.Run(ctx) // returns although the read of in never does
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	expect(t, score, NotAnswered, NotAnswered, NotAnswered, NotAnswered, NotAnswered)
	if !strings.HasSuffix(out.text.String(), "> \n") {
		t.Errorf("the prompt's line is not left: %q", out.text.String())
	}
	if _, err := s.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that is over before the start: %v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error)  { return 0, errors.New("torn cable") }
func (broken) Write([]byte) (int, error) { return 0, errors.New("torn cable") }

func TestBrokenStreams(t *testing.T) {
	s := Session{In: broken{}, Out: io.Discard, Questions: lesson(t)}
	if _, err := s.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "reading answers: torn cable") {
		t.Errorf("reading: %v", err)
	}
	s = Session{In: strings.NewReader("a\na\n"), Out: broken{}, Questions: lesson(t)}
	if _, err := s.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "writing the quiz: torn cable") {
		t.Errorf("writing: %v", err)
	}
}

func TestNoQuestions(t *testing.T) {
	out, score := run(t, Session{})
	if score.Total() != 0 || !strings.Contains(out, "There is no question to ask.") {
		t.Errorf("got %v: %q", score, out)
	}
}

func TestHostileText(t *testing.T) {
	bad := "\x1b]0;owned\a\x1b[2J\u009b31m\r\u202eevil\xff"
	qs := lesson(t)
	q := &qs[0]
	q.Prompt += bad
	q.Reread = []string{bad}
	for i := range q.Hints {
		q.Hints[i] += bad
	}
	for i := range q.Options {
		q.Options[i].Text += bad
		q.Options[i].Feedback += bad
	}
	for _, line := range []string{"h\n" + answer(*q, 0), answer(*q, 1), bad} {
		out, _ := run(t, Session{In: strings.NewReader(line + "\n"), Questions: qs[:1]})
		if !utf8.ValidString(out) || strings.ContainsAny(out, "\x1b\a\r\u009b\u202e") {
			t.Errorf("hostile bytes came through: %q", out)
		}
	}
	out, _ := run(t, Session{In: strings.NewReader("a\n"), Questions: qs[:1], Clean: func(string) string { return "clean" }})
	if strings.Contains(out, "evil") || !strings.Contains(out, "clean") {
		t.Errorf("a text passed the session's Clean by: %q", out)
	}
}

func TestWidthAndStyle(t *testing.T) {
	qs := lesson(t)
	out, _ := run(t, Session{In: strings.NewReader("h\n" + answer(qs[0], 0) + "\n"), Width: 40, Questions: qs[:1]})
	for _, l := range strings.Split(out, "\n") {
		if utf8.RuneCountInString(l) > 40 && !strings.HasPrefix(l, "Answer") {
			t.Errorf("wider than 40 columns: %q", l)
		}
	}
	tones := map[string]bool{}
	run(t, Session{In: strings.NewReader(answer(qs[0], 0) + "\n" + answer(qs[1], 1) + "\n"), Questions: qs[:2],
		Style: func(tone, s string) string { tones[tone] = true; return s }})
	if !reflect.DeepEqual(tones, map[string]bool{"": true, "good": true, "bad": true, "quiet": true, "strong": true}) {
		t.Errorf("got tones %v", tones)
	}
}

func TestWrapBreaksLongWords(t *testing.T) {
	got := wrap("one "+strings.Repeat("x", 25)+" two", 10)
	if want := []string{"one", "xxxxxxxxxx", "xxxxxxxxxx", "xxxxx two"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

// Whoever keeps answers is told of each as it is settled, and of none that was not given.
func TestAnsweredIsTold(t *testing.T) {
	qs := lesson(t)
	var told []Result
	_, score := run(t, Session{In: strings.NewReader(answer(qs[0], 0) + "\n" + answer(qs[1], 1) + "\ns\n"), Questions: qs,
		Answered: func(q Question, r Result) {
			if q.ID != r.ID {
				t.Errorf("question %s, result of %s", q.ID, r.ID)
			}
			told = append(told, r)
		}})
	if !reflect.DeepEqual(told, score.Results[:3]) {
		t.Errorf("told %+v, the score has %+v", told, score.Results)
	}
}

// Who has something to show before a question can: it stands above it.
func TestAskingIsTold(t *testing.T) {
	qs := lesson(t)
	var out strings.Builder
	s := Session{In: strings.NewReader("s\nq\n"), Out: &out, Questions: qs}
	s.Asking = func(i int, q Question) { fmt.Fprintf(&out, "[before %s]\n", q.ID) }
	if _, err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, text := range []string{"[before " + qs[0].ID, "Question 1 of", "Skipped.", "[before " + qs[1].ID, "Question 2 of"} {
		next := strings.Index(out.String()[at:], text)
		if next < 0 {
			t.Fatalf("%q does not follow in %s", text, out.String())
		}
		at += next
	}
	if strings.Contains(out.String(), "[before "+qs[2].ID) {
		t.Error("told of a question that was not asked")
	}
}
