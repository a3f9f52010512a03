package scenarios

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"slices"

	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// Result is a lesson with all its variants, run once and held to what they say.
type Result struct {
	Lesson   *lesson.Lesson
	Programs []Checked // the lesson's own first, then the variants in their order
}

// Checked is one of its programs.
type Checked struct {
	Variant  string // "" is the lesson's own
	Trace    *tracer.Trace
	Document view.Document
	Claims   []Judged
	troubles []trouble // what is wrong besides claims
	lesson   *lesson.Lesson
}

// trouble is what is wrong, with how to mend it, and a text of the lesson's
// files that stands where it is to be mended.
type trouble struct {
	near, text string
	or         string // another such text, where near stands nowhere
}

// Judged is a claim and what the run says of it.
type Judged struct {
	Claim   tracer.Claim
	Keep    bool // of the Concept Snapshot, else a Key Moment
	Finding tracer.Finding
}

// Holds tells whether the verdict is the one the author expects. A claim that a
// run of the lesson cannot support is not proven, so it does not hold.
func (j Judged) Holds() bool { return j.Finding.Verdict == j.Claim.Expect }

// String names the sentence, both verdicts, and the rows.
func (j Judged) String() string {
	return "claim " + j.Claim.ID + ": " + j.verdicts()
}

func (j Judged) verdicts() string {
	text := fmt.Sprintf("expected %s, this run says %s: %s", j.Claim.Expect, j.Finding.Verdict, j.Claim.Sentence)
	if rows := view.Cited(view.Rows(j.Finding)); rows != "" {
		text += " (" + rows + ")"
	}
	return text
}

// Failures are all that does not hold. sources is the folder scenarios of a
// clone, which tells files and lines; nil where there is none.
func (c Checked) Failures(sources fs.FS) []Complaint {
	var all []trouble
	for _, j := range c.Claims {
		if !j.Holds() {
			all = append(all, trouble{near: j.Claim.ID, text: "claim " + j.Claim.ID + " does not hold, correct its Sentence, Expect or Check: " + j.verdicts()})
		}
	}
	var out []Complaint
	for _, t := range append(all, c.troubles...) {
		file, line := locate(sources, c.lesson, t.near)
		if line == 0 && t.or != "" {
			file, line = locate(sources, c.lesson, t.or)
		}
		out = append(out, Complaint{c.lesson.ID, file, line, ProgramName(c.lesson.ID, c.Variant) + ": " + t.text})
	}
	return out
}

// Check runs a lesson and its variants and holds each to its claims, its ledger
// and its quiz. A variant that runs beside the lesson as a twin is judged by
// that run: it is the same program in a lab of its own. o says how to run, not
// what: Variant, Set and Faults are the lesson's.
func Check(ctx context.Context, l *lesson.Lesson, o Options) (Result, error) {
	o.Variant, o.Set, o.Faults = "", nil, nil
	variants := []string{""}
	for _, v := range l.Variants {
		if !v.Twin {
			variants = append(variants, v.Name)
		}
	}
	traces, err := recordEach(ctx, l, o, variants)
	if err != nil {
		return Result{}, err
	}
	out := Result{Lesson: l, Programs: []Checked{hold(l, traces[""])}}
	for _, twin := range traces[""].Twins {
		traces[twin.Header.Variant] = twin
	}
	for _, v := range l.Variants {
		t := traces[v.Name]
		if t == nil {
			return Result{}, fmt.Errorf("lesson %s: its twin %s was not run", l.ID, v.Name)
		}
		out.Programs = append(out.Programs, hold(l, t))
	}
	return out, nil
}

// recordEach records variants of a lesson side by side.
func recordEach(ctx context.Context, l *lesson.Lesson, o Options, variants []string) (map[string]*tracer.Trace, error) {
	traces, err := SideBySide(len(variants), len(variants), func(i int) (*tracer.Trace, error) {
		o := o
		o.Variant = variants[i]
		t, err := Record(ctx, l, o)
		if err != nil {
			return nil, fmt.Errorf("scenarios/%s: run %s: %w", Folder(l.ID), ProgramName(l.ID, o.Variant), err)
		}
		return t, nil
	})
	out := map[string]*tracer.Trace{}
	for i, v := range variants {
		out[v] = traces[i]
	}
	return out, err
}

// hold holds one run to what its lesson says.
func hold(l *lesson.Lesson, t *tracer.Trace) Checked {
	runs := tracer.NewRuns(t)
	brought := brings(l, runs)
	c := Checked{
		Variant: t.Header.Variant, Trace: t, Document: view.Build(runs, brought),
		Claims: judge(brought, runs), lesson: l,
	}
	for _, b := range breaches(runs) {
		c.trouble("", "%s: no program can do that, so report it", b)
	}
	content, _ := l.Of(t.Header.Variant)
	switch partial := t.Header.Partial; {
	case partial != "" && !content.Hangs:
		c.trouble(content.Program.File, "the record is not whole: %s: mend the program or, where it is meant not to end, say Hangs", partial)
	case partial == "" && content.Hangs:
		c.trouble("Hangs:", "the lesson says that the program hangs, and it ended by itself: take out Hangs")
	}
	for _, why := range brought.Left {
		c.unasked(why)
	}
	return c
}

// unasked: a question of the lesson's own has its id in the lesson's files, one
// of a kind of package quiz has not.
func (c *Checked) unasked(why string) {
	near := ""
	if m := askedID.FindStringSubmatch(why); m != nil {
		near = m[1]
	}
	c.troubles = append(c.troubles, trouble{near: near, or: "Quiz:", text: fmt.Sprintf("not asked in the quiz: %s: change the question, or take it out of Quiz", why)})
}

// askedID is a question's id in quiz.Build's reason for leaving it out.
var askedID = regexp.MustCompile(`^question \d+ \(([^)]+)\)`)

func (c *Checked) trouble(near, format string, args ...any) {
	c.troubles = append(c.troubles, trouble{near: near, text: fmt.Sprintf(format, args...)})
}

// judge holds the sentences of a page against its runs.
func judge(l view.Lesson, runs *tracer.Runs) []Judged {
	var out []Judged
	for i, c := range slices.Concat(l.Claims, l.Snapshot) {
		out = append(out, Judged{Claim: c, Keep: i >= len(l.Claims), Finding: c.Judge(runs)})
	}
	return out
}

// breaches are what the run's ledger cannot account for.
func breaches(runs *tracer.Runs) []string {
	var out []string
	for _, b := range runs.Main.Ledger().Breaches {
		out = append(out, "the ledger does not balance: "+b)
	}
	return out
}
