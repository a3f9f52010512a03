package serve

import (
	"fmt"
	"net/url"
	"slices"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/lab"
)

// What may be changed: lists, never free text. A setting of the client can load
// a library or read a file, and whoever reaches the page would choose which.

// setting is a setting with the values a visitor may choose.
type setting struct {
	Key    string
	Values []string
}

var settings = []setting{
	{"linger.ms", []string{"0", "5", "100", "1000"}},
	{"acks", []string{"0", "1", "all"}},
	{"enable.idempotence", []string{"true", "false"}},
	{"compression.type", []string{"none", "gzip", "lz4", "zstd"}},
	{"batch.num.messages", []string{"1", "2", "10000"}},
	{"max.in.flight.requests.per.connection", []string{"1", "5"}},
	{"queue.buffering.max.messages", []string{"1", "3", "100000"}},
	{"message.timeout.ms", []string{"500", "2000", "300000"}},
	{"retries", []string{"0", "3"}},
}

// faults are in the words of --fault (docs/faults.md).
var faults = []string{
	"lose Produce request 1",
	"lose Produce response 1",
	"delay Produce response 1 by 300ms",
	"hold Metadata response 1 until Flush called",
	"answer Produce request 1 with NOT_LEADER_OR_FOLLOWER",
	"answer Produce request 1 with MESSAGE_TOO_LARGE",
	"down at Produce request 1 until Flush called",
}

// choice is what a visitor asked for.
type choice struct {
	lesson  *lesson.Lesson
	variant string
	set     []tracer.Setting
	faults  []string
}

// chosen reads a form. Whatever is not in the lists is an error.
func chosen(form url.Values) (choice, error) {
	var c choice
	if c.lesson, _ = scenarios.Find(form.Get("lesson")); c.lesson == nil {
		return c, fmt.Errorf("there is no such lesson")
	}
	c.variant = form.Get("variant")
	if _, ok := c.lesson.Of(c.variant); !ok {
		return c, fmt.Errorf("the lesson has no such variant")
	}
	for _, s := range settings {
		v := form.Get(s.Key)
		if v == "" {
			continue
		}
		if !slices.Contains(s.Values, v) {
			return c, fmt.Errorf("%s has other values to choose from", s.Key)
		}
		c.set = append(c.set, tracer.Setting{Key: s.Key, Value: v})
	}
	if f := form.Get("fault"); f != "" {
		if !slices.Contains(faults, f) {
			return c, fmt.Errorf("there is no such fault to choose")
		}
		c.faults = append(c.faults, f)
	}
	if err := lab.CheckFaults(c.faults, max(1, c.lesson.Brokers)); err != nil {
		return c, fmt.Errorf("this lesson cannot have that fault: %w", err)
	}
	return c, nil
}

// String names the choice in one line.
func (c choice) String() string {
	out := scenarios.ProgramName(c.lesson.ID, c.variant)
	for _, s := range c.set {
		out += ", " + s.Key + "=" + s.Value
	}
	for _, f := range c.faults {
		out += ", " + f
	}
	return out
}
