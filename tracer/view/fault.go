package view

import (
	"strings"

	"kstep/tracer"
)

// What kstep did to the run on purpose. Its rows say so, so that nobody takes
// it for the client's or the broker's doing.

// faultMaker is who made what a fault's row shows.
const faultMaker = "kstep makes this happen; a network or a broker may do the same"

// fault is a fault's action.
func fault(r *tracer.Row) string {
	if r.Count > 1 {
		return times("kstep: faults", r.Count)
	}
	return "kstep: " + strings.TrimPrefix(r.Event.Text, "kstep ")
}

// faultArrow stays where the frames are.
func faultArrow(r *tracer.Row) Arrow {
	a := arrow(r, tracer.Wire, tracer.Wire, fault(r), false)
	a.Tone = Caution
	return a
}

// faultTold is a fault as a sentence.
func faultTold(r *tracer.Row) string {
	if r.Count > 1 {
		return "kstep intervenes " + number(r.Count) + " times; the first time: " + r.Event.Text + "."
	}
	if strings.HasPrefix(r.Event.Text, "kstep ") {
		return r.Event.Text + "."
	}
	return "kstep intervenes: " + r.Event.Text + "."
}
