package quiz

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	kebab  = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	thread = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+ (issue|pull request|discussion) [1-9][0-9]*$`)
)

// An entry has an ID of its own, a statement, and a thread that can be found.
func TestCatalogue(t *testing.T) {
	ids, says := map[string]bool{}, map[string]bool{}
	for _, m := range Misconceptions() {
		switch {
		case !kebab.MatchString(m.ID), ids[m.ID]:
			t.Errorf("%q: an id is lower case words with -, and no other entry's", m.ID)
		case says[m.Says], !strings.HasSuffix(m.Says, "."), strings.ContainsAny(m.Says, "!?"), utf8.RuneCountInString(m.Says) > 90:
			t.Errorf("%s says %q: one short statement that no other entry has", m.ID, m.Says)
		case !thread.MatchString(m.Thread):
			t.Errorf("%s: thread %q is not like %q", m.ID, m.Thread, "confluentinc/librdkafka issue 348")
		case m.What == "", strings.HasSuffix(m.What, "."), strings.ContainsAny(m.What, "!@"), utf8.RuneCountInString(m.What) > 130:
			t.Errorf("%s: what is said there: %q: a short statement without a full stop", m.ID, m.What)
		}
		ids[m.ID], says[m.Says] = true, true
		if got, ok := FindMisconception(m.ID); !ok || got != m {
			t.Errorf("%s is not found", m.ID)
		}
	}
	if _, ok := FindMisconception(""); ok {
		t.Error("the key is a misconception")
	}
}

// Whoever errs is told that others have thought the same, and where; whoever is
// right is not.
func TestCompanyIsTold(t *testing.T) {
	q := good()
	out, _ := run(t, Session{In: strings.NewReader("b\n"), Questions: []Question{q}})
	m, _ := q.Options[1].Misconception()
	told := strings.Join(strings.Fields(out), " ")
	for _, want := range []string{"Others have thought so: ", m.Says, m.Thread, m.What} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	out, _ = run(t, Session{In: strings.NewReader("a\n"), Questions: []Question{q}})
	if strings.Contains(out, "Others have") {
		t.Errorf("the key has company:\n%s", out)
	}
}

// Where there is a choice of wrong options, it follows from the seed; the key is
// at no place in length more often than at another.
func TestChoice(t *testing.T) {
	pool := func() (Question, error) {
		q := good()
		q.Options = q.Options[:1]
		for i, text := range []string{"another", "a second", "the third", "the other x", "one of those", "none of these"} {
			q.Options = append(q.Options, Option{Text: text, Belief: catalogue[60+i].ID, Feedback: "because", Rows: []string{"1"}})
		}
		return q, nil
	}
	var at [optionCount]int
	qs := make([]Question, 400)
	for i := range qs {
		qs[i], _ = pool()
	}
	chooseAll(qs, "s")
	for _, q := range qs {
		if err := Check(q); err != nil {
			t.Fatal(err)
		}
		at[rank(q, q.Key())]++
	}
	if slices.Min(at[:]) < 50 {
		t.Errorf("by length the key is at %v", at)
	}
	again := make([]Question, 400)
	for i := range again {
		again[i], _ = pool()
	}
	chooseAll(again, "s")
	for i := range qs {
		if qs[i].Options[1].Text != again[i].Options[1].Text {
			t.Fatal("one seed, two choices")
		}
	}
}
