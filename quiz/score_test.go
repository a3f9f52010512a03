package quiz

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestGrade(t *testing.T) {
	qs := lesson(t)
	s := Grade([]string{answer(qs[0], 0), answer(qs[1], 1), "", "nonsense"}, qs)
	expect(t, s, Right, Wrong, Skipped, Wrong, NotAnswered)
	if s.String() != "1 of 5" || s.Total() != 5 || len(s.Missed()) != 4 || s.Count(Wrong) != 2 {
		t.Errorf("got %v", s)
	}
	r := s.Results
	if len(r[0].Reread) != 0 || !reflect.DeepEqual(r[1].Reread, qs[1].Reread) || r[1].Belief == "" || r[3].Chosen != -1 || r[3].Warning == "" {
		t.Errorf("got %+v", r)
	}
	expect(t, Grade([]string{answer(qs[0], 0), "q", "a", "a", "a", "a", "a"}, qs), Right, NotAnswered, NotAnswered, NotAnswered, NotAnswered)
	if data, err := json.Marshal(s); err != nil || !strings.Contains(string(data), `"outcome":"not answered"`) {
		t.Errorf("a score is not data: %s %v", data, err)
	}
}

// A piped session and Grade agree.
func TestGradeIsAPipedSession(t *testing.T) {
	qs := lesson(t)
	for _, answers := range [][]string{
		{}, {"a"}, {"a", "b", "c", "d", "a", "b"}, {"1", "S", "", "x y", "D)"}, {"a", "q", "a"}, {"r", "aa", "5", "e", "0"},
	} {
		_, piped := run(t, Session{In: strings.NewReader(strings.Join(append(answers, ""), "\n")), Questions: qs})
		if graded := Grade(answers, qs); !reflect.DeepEqual(graded, piped) {
			t.Errorf("%q: graded %+v, piped %+v", answers, graded, piped)
		}
	}
}

func TestParse(t *testing.T) {
	for text, want := range map[string]command{
		" b ": {verb: verbChoose, option: 1}, "C.": {verb: verbChoose, option: 2}, "4)": {verb: verbChoose, option: 3},
		"e": {}, "5": {}, "0": {}, "ab": {}, ".": {}, "": {verb: verbNothing}, "\t\r": {verb: verbNothing},
		"?": {verb: verbHint}, "Hint": {verb: verbHint}, "skip": {verb: verbSkip}, "R": {verb: verbReveal}, "Q": {verb: verbQuit},
	} {
		if got := parse(text, optionCount); got != want {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}
