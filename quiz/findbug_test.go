package quiz

import (
	"strings"
	"testing"

	"kstep/tracer"
)

// flushed is the body of a program whose calls stand where tape puts them: on
// lines 10, 15 and 20.
const flushed = "\tp := NewProducer()\n\n\n\n\n\tProduce(p)\n\n\n\n\n\tFlush(p)\n"

// sourced gives the first message's run and its twin a source: main's body, and
// the twin's.
func sourced(main, twin string) *tracer.Trace {
	trace := firstMessage()
	for i, t := range []*tracer.Trace{trace, trace.Twins[0]} {
		t.Header.Program = tracer.Program{File: []string{"good.go", "bad.go"}[i],
			Source: "package p\n\n// A comment of its own.\n\n\n\n\n\nfunc " + []string{"main", "other"}[i] + "() {\n" + []string{main, twin}[i] + "}\n"}
	}
	return trace
}

func TestFindBug(t *testing.T) {
	q := ask(t, sourced(flushed, "\tp := NewProducer()\n\n\n\n\n\tProduce(p)\n\n// nothing\n"), FindBug("no-flush"))
	if want := "bad.go, messages lost without a report: 1; good.go: none. Which place of bad.go is the cause? (kstep run first-message --variant no-flush shows it.)"; q.Prompt != want {
		t.Errorf("got %q", q.Prompt)
	}
	if want := "Between line 15 and line 18: what is done there, or is missing"; keyOf(q) != want {
		t.Errorf("the key is %q, want %q", keyOf(q), want)
	}
	q = ask(t, sourced(flushed, "\tp := NewProducer()\n\n\n\n\n\tProduce(nil)\n\n\n\n\n\tFlush(p)\n"), FindBug("no-flush"))
	if want := "In line 15: how Produce() is called, or what becomes of its result"; keyOf(q) != want {
		t.Errorf("the key is %q, want %q", keyOf(q), want)
	}
}

// A difference in the body of a loop is found there; the key is in its lines.
func TestDifferInLoops(t *testing.T) {
	parse := func(body string) program {
		p, err := parseProgram("package p\n\nfunc main() {\n"+body+"}\n", 4)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	for _, c := range []struct {
		mine, theirs string
		want         difference
		err          string
	}{
		{"a()\nb()\n", "a()\nc()\nb()\n", difference{after: 4}, ""},
		{"a()\nc()\nb()\n", "a()\nb()\n", difference{after: 4, first: 5, last: 5}, ""},
		{"for range x {\na()\nb()\n}\n", "for range x {\na()\nc()\n}\n", difference{after: 5, first: 6, last: 6}, ""},
		{"for i < 3 {\na()\n}\n", "for i < 3 {\na()\nb()\n}\n", difference{after: 5}, ""},
		{"if a() {\nb()\n}\n", "for a() {\nb()\n}\n", difference{after: 3, first: 4, last: 6}, ""},
		{"a()\n", "a() // the same\n\n", difference{}, "do not differ"},
		{"a()\nb()\nc()\n", "d()\nb()\ne()\n", difference{}, "differ in 2 places"},
	} {
		got, err := parse(c.mine).differ(parse(c.theirs))
		if got != c.want || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%q and %q: %+v, %v", c.mine, c.theirs, got, err)
		}
	}
}

func TestFindBugCannotAsk(t *testing.T) {
	set := sourced(flushed, flushed)
	set.Twins[0].Header.Settings = []tracer.Setting{{Key: "linger.ms", Value: "1"}}
	well := sourced(flushed, flushed)
	well.Twins[0].Events = firstMessage().Events
	broken := sourced(flushed, flushed)
	broken.Twins[0].Header.Program.Source = "package"
	for _, c := range []struct {
		trace *tracer.Trace
		want  string
	}{
		{sourced(flushed, flushed), "do not differ"},
		{set, "differs in more than its source"},
		{well, "neither of the two"},
		{broken, "reading the program's source"},
		{firstMessage(), "reading the program's source"},
	} {
		if qs, left := Build(tracer.NewRuns(c.trace), "s", FindBug("no-flush")); len(qs) > 0 || !strings.Contains(left[0].Error(), c.want) {
			t.Errorf("want %q, got %v", c.want, left)
		}
	}
}
