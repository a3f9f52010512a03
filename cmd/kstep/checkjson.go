package main

// What kstep check says to tools. Nothing in it is a figure of a clock.

import (
	"kstep/scenarios"
	"kstep/tracer"
)

// checkFormat is the name and version of the JSON; within a version, fields are
// only added.
const checkFormat = "kstep-check/1"

type checkedAll struct {
	Format  string          `json:"format"`
	Sound   bool            `json:"sound"` // nothing failed
	Lessons []checkedLesson `json:"lessons"`
}

type checkedLesson struct {
	Lesson   string            `json:"lesson"`
	Sound    bool              `json:"sound"`
	Runs     int               `json:"runs"`
	Claims   int               `json:"claims"`
	Held     int               `json:"held"` // in every run
	Failures []scenarios.Count `json:"failures"`
	Content  []string          `json:"content,omitempty"` // what the linter says
	Programs []checkedProgram  `json:"programs"`          // of the first run
	Cells    *checkedCells     `json:"cells,omitempty"`
}

// checkedCells are there where runs were compared.
type checkedCells struct {
	Invariant int              `json:"invariant"`
	OrderOnly int              `json:"orderOnly"`
	Varying   int              `json:"varying"`
	Named     []scenarios.Sway `json:"named"` // the order-only and varying ones
}

type checkedProgram struct {
	Variant string         `json:"variant,omitempty"`
	Program string         `json:"program"`
	Claims  []checkedClaim `json:"claims"`
}

type checkedClaim struct {
	ID       string          `json:"id"`
	Section  string          `json:"section"`
	Belief   bool            `json:"belief,omitempty"` // a run is expected to refute it
	Sentence string          `json:"sentence"`
	Verdict  tracer.Verdict  `json:"verdict"`
	Expected tracer.Verdict  `json:"expected"`
	Holds    bool            `json:"holds"`
	Because  []checkedReason `json:"because"`
}

type checkedReason struct {
	Text   string   `json:"text,omitempty"`
	Rows   []string `json:"rows,omitempty"`
	Source string   `json:"source,omitempty"`
}

func checkJSON(all []*scenarios.Certificate) checkedAll {
	out := checkedAll{Format: checkFormat, Sound: true, Lessons: []checkedLesson{}}
	for _, c := range all {
		l := checkedLesson{
			Lesson: c.Lesson.ID, Sound: c.Sound(), Runs: c.Runs, Claims: c.Claims, Held: c.Held,
			Failures: append([]scenarios.Count{}, c.Failures...),
		}
		for _, x := range c.Content {
			l.Content = append(l.Content, x.String())
		}
		for _, p := range c.Programs {
			l.Programs = append(l.Programs, programJSON(p))
		}
		if c.Runs > 1 {
			l.Cells = &checkedCells{c.Invariant, c.OrderOnly, c.Varying, append([]scenarios.Sway{}, c.Cells...)}
		}
		out.Sound = out.Sound && l.Sound
		out.Lessons = append(out.Lessons, l)
	}
	return out
}

func programJSON(p scenarios.Checked) checkedProgram {
	out := checkedProgram{Variant: p.Variant, Program: p.Trace.Header.Program.File}
	for _, j := range p.Claims {
		c := checkedClaim{
			ID: j.Claim.ID, Section: sectionOf(j), Belief: j.Claim.Myth, Sentence: j.Claim.Sentence,
			Verdict: j.Finding.Verdict, Expected: j.Claim.Expect, Holds: j.Holds(), Because: []checkedReason{},
		}
		for _, b := range j.Finding.Because {
			c.Because = append(c.Because, checkedReason{b.Text, b.Rows, b.Source})
		}
		out.Claims = append(out.Claims, c)
	}
	return out
}
