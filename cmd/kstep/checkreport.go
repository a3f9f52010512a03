package main

// What kstep check prints: a line a sentence, and a line a lesson.

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"kstep/quiz"
	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/view"
)

// checkReport writes to a terminal of a width.
type checkReport struct {
	b     io.Writer
	width int
}

// write is the whole report; runs is 0 where nobody asked for a certificate.
func (r checkReport) write(all []*scenarios.Certificate, runs int, took time.Duration) {
	if runs == 0 {
		for _, c := range all {
			r.sentences(c)
		}
	}
	for _, c := range all {
		r.swayed(c)
		for _, f := range c.Failures {
			text := f.Text
			if runs > 0 {
				text += fmt.Sprintf(" [in %d of %d runs]", f.Runs, c.Runs)
			}
			r.line("  FAILS  ", text)
		}
		for _, x := range c.Content {
			r.line("  FAILS  ", x.String())
		}
	}
	for _, c := range all {
		r.line(fmt.Sprintf("%-16s ", clean(c.Lesson.ID)), summary(c, runs))
	}
	if runs > 0 {
		if len(all) > 1 {
			r.line(fmt.Sprintf("%-16s ", "all"), total(all))
		}
		fmt.Fprintf(r.b, "took %.1f s\n", took.Seconds())
	}
}

// line writes words into the width, the second and later lines under where the
// first one's words begin.
func (r checkReport) line(label, words string) {
	at := utf8.RuneCountInString(label)
	indent := strings.Repeat(" ", min(at, 20))
	io.WriteString(r.b, label)
	for i, w := range strings.Fields(clean(words)) {
		n := utf8.RuneCountInString(w)
		switch {
		case i == 0:
		case at+1+n > r.width:
			io.WriteString(r.b, "\n"+indent)
			at = len(indent)
		default:
			io.WriteString(r.b, " ")
			at++
		}
		io.WriteString(r.b, w)
		at += n
	}
	io.WriteString(r.b, "\n")
}

// sentences are the claims of a lesson and its variants, with their verdicts.
func (r checkReport) sentences(c *scenarios.Certificate) {
	for _, p := range c.Programs {
		fmt.Fprintln(r.b, clean(scenarios.ProgramName(c.Lesson.ID, p.Variant)))
		for i, j := range p.Claims {
			if i == 0 && !j.Keep || i > 0 && j.Keep && !p.Claims[i-1].Keep {
				fmt.Fprintln(r.b, "  "+sectionOf(j))
			}
			r.sentence(j)
		}
		fmt.Fprintln(r.b)
	}
}

func sectionOf(j scenarios.Judged) string {
	if j.Keep {
		return quiz.SectionSnapshot
	}
	return quiz.SectionMoments
}

func (r checkReport) sentence(j scenarios.Judged) {
	text := j.Claim.Sentence
	if rows := view.Cited(view.Rows(j.Finding)); rows != "" {
		text += " (" + rows + ")"
	}
	if j.Finding.Verdict == tracer.Depends {
		for _, b := range j.Finding.Because {
			text += " " + b.Text
		}
	}
	if !j.Holds() {
		text = "(expected " + string(j.Claim.Expect) + ") " + text
	}
	r.line(fmt.Sprintf("    %-12s ", j.Finding.Verdict), text)
}

// swayed are the cells that were not the same in all runs.
func (r checkReport) swayed(c *scenarios.Certificate) {
	for _, s := range c.Cells {
		text := scenarios.ProgramName(c.Lesson.ID, s.Variant) + ": " + swayed(s)
		if s.Declared != "" {
			text += "; declared: " + s.Declared
		}
		r.line(fmt.Sprintf("  %-10s ", s.Steadiness), text)
	}
}

// swayed is a cell with the texts that were seen in it and how often.
func swayed(s scenarios.Sway) string {
	var seen []string
	for _, t := range s.Texts {
		text := "not there"
		if t.There {
			text = fmt.Sprintf("%q", strings.ReplaceAll(t.Text, "\n", " / "))
		}
		seen = append(seen, fmt.Sprintf("%s in %d", text, t.Runs))
	}
	return placeOf(s.Place) + " is " + strings.Join(seen, ", ")
}

func placeOf(p view.Place) string {
	out := []string{p.Block}
	if p.Row != "" {
		out = append(out, "row "+p.Row)
	}
	if p.Column != "" {
		out = append(out, "column "+p.Column)
	}
	return strings.Join(out, ", ")
}

func summary(c *scenarios.Certificate, runs int) string {
	if runs == 0 {
		return fmt.Sprintf("%d programs, %d of %d sentences hold", len(c.Programs), c.Held, c.Claims)
	}
	return fmt.Sprintf("%d runs of %d programs, %d of %d sentences held; cells: %d invariant, %d order-only, %d varying%s",
		c.Runs, len(c.Programs), c.Held, c.Claims, c.Invariant, c.OrderOnly, c.Varying, declared(c))
}

// declared says how many of the cells that varied may do so.
func declared(c *scenarios.Certificate) string {
	if n := len(c.Cells) - len(c.Undeclared()); n > 0 {
		return fmt.Sprintf(" (%d declared)", n)
	}
	return ""
}

func total(all []*scenarios.Certificate) string {
	sum := scenarios.Certificate{}
	sound := 0
	for _, c := range all {
		if c.Sound() {
			sound++
		}
		sum.Runs, sum.Claims, sum.Held = sum.Runs+c.Runs, sum.Claims+c.Claims, sum.Held+c.Held
		sum.Invariant, sum.OrderOnly, sum.Varying = sum.Invariant+c.Invariant, sum.OrderOnly+c.OrderOnly, sum.Varying+c.Varying
	}
	return fmt.Sprintf("%d of %d lessons sound, %d runs, %d of %d sentences held; cells: %d invariant, %d order-only, %d varying",
		sound, len(all), sum.Runs, sum.Held, sum.Claims, sum.Invariant, sum.OrderOnly, sum.Varying)
}
