package main

// What may be varied of a lesson, so that its questions are asked of another
// run.

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"kstep/scenarios/lesson"
	"kstep/tracer"
)

// variation is one thing that is changed about a lesson: its variant, a setting
// or a fault. The zero value is the lesson's own run.
type variation struct {
	variant string
	set     []tracer.Setting
	faults  []string
}

// String is what is changed, as the reader sees it.
func (v variation) String() string {
	switch {
	case v.variant != "":
		return "variant " + v.variant
	case len(v.set) > 0:
		return v.set[0].Key + "=" + v.set[0].Value
	case len(v.faults) > 0:
		return "fault: " + v.faults[0]
	}
	return ""
}

// flags are what kstep run needs to run the same.
func (v variation) flags() string {
	switch {
	case v.variant != "":
		return " --variant " + v.variant
	case len(v.set) > 0:
		return " --set " + v.set[0].Key + "=" + v.set[0].Value
	case len(v.faults) > 0:
		return " --fault '" + v.faults[0] + "'"
	}
	return ""
}

// Settings and faults that change what a run shows, and not what a program is
// for. None of them makes a program fail by itself.
var (
	variedSettings = []tracer.Setting{
		{Key: "linger.ms", Value: "0"}, {Key: "linger.ms", Value: "200"}, {Key: "linger.ms", Value: "1000"},
		{Key: "acks", Value: "0"}, {Key: "acks", Value: "1"}, {Key: "acks", Value: "all"},
		{Key: "enable.idempotence", Value: "true"},
		{Key: "compression.type", Value: "gzip"}, {Key: "compression.type", Value: "zstd"},
		{Key: "batch.size", Value: "200"}, {Key: "batch.num.messages", Value: "1"}, {Key: "batch.num.messages", Value: "2"},
	}
	variedFaults = []string{
		"delay Produce response 1 by 300ms",
		"delay Metadata response 1 by 300ms",
		"answer Produce request 1 with NOT_LEADER_OR_FOLLOWER", // the client sends it again
	}
)

// variations are all that may be varied of a lesson's own run, in an order that
// the seed decides; but for its twins, which run beside it anyway.
func variations(l *lesson.Lesson, own *tracer.Run, seed string) []variation {
	var out []variation
	for _, v := range l.Variants {
		if !v.Hangs && !v.Twin {
			out = append(out, variation{variant: v.Name})
		}
	}
	for _, s := range variedSettings {
		if !decided(l, own, s) {
			out = append(out, variation{set: []tracer.Setting{s}})
		}
	}
	for _, f := range variedFaults {
		out = append(out, variation{faults: []string{f}})
	}
	h := fnv.New64a()
	h.Write([]byte(seed))
	rand.New(rand.NewPCG(h.Sum64(), 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// decided tells whether a setting would vary nothing: the lesson lays its own
// over it, or the run has it already.
func decided(l *lesson.Lesson, own *tracer.Run, s tracer.Setting) bool {
	return slices.ContainsFunc(l.Set, func(of tracer.Setting) bool { return of.Key == s.Key }) ||
		strings.Trim(lesson.Setting(own, s.Key), `"`) == s.Value
}
