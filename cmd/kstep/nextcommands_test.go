package main

// The commands that pages tell a reader to type next.

import (
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer/view"
)

// untypable tells why kstep would not take a command; it is empty where it would.
func untypable(line string) string {
	if !strings.HasPrefix(line, "kstep ") {
		return "it does not begin with kstep"
	}
	if why := exists(line); why != "" {
		return why
	}
	cmd, rest, _ := newRoot(&streams{Getenv: func(string) string { return "" }}).Find(shellWords(line)[1:])
	_ = cmd.ParseFlags(rest) // exists has seen that it can
	args := cmd.Flags().Args()
	if mode := textOf(cmd, "mode"); mode != "" {
		if _, ok := view.FindMode(mode); !ok {
			return "no mode " + mode
		}
	}
	if !strings.Contains(cmd.Use, "LESSON") || len(args) == 0 {
		return ""
	}
	r := lessonRun{variant: textOf(cmd, "variant"), without: textOf(cmd, "without"), set: textsOf(cmd, "set"), faults: textsOf(cmd, "fault")}
	if _, _, err := r.find(args); err != nil {
		return err.Error()
	}
	return ""
}

func textOf(cmd *cobra.Command, flag string) string {
	text, _ := cmd.Flags().GetString(flag)
	return text
}

func textsOf(cmd *cobra.Command, flag string) []string {
	if f := cmd.Flags().Lookup(flag); f != nil {
		if values, ok := f.Value.(pflag.SliceValue); ok {
			return values.GetSlice()
		}
	}
	return nil
}

func TestUntypable(t *testing.T) {
	for line, want := range map[string]string{
		"kstep run first-message":                               "",
		"kstep run first-message --set linger.ms=0 --mode deep": "",
		"kstep diff linger --fault 'lose Produce response 1'":   "",
		"kstep review":                                             "",
		"go run ./mine":                                            "does not begin with kstep",
		"kstep rum first-message":                                  "no such command",
		"kstep run first-mesage":                                   "no lesson first-mesage",
		"kstep run first-message --varian no-flush":                "--varian",
		"kstep run first-message --variant flushless":              "no variant flushless",
		"kstep run first-message --set linger=0":                   "linger",
		"kstep run first-message --fault 'lose the first message'": "lose the first message",
		"kstep run first-message --mode depp":                      "depp",
		"kstep run first-message --without acks":                   "acks",
		"kstep run first-message linger":                           "one too many",
	} {
		if got := untypable(line); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// What a lesson, a variant or a thing to try tells a reader to type can be typed.
func TestLessonsNextCommandsExist(t *testing.T) {
	seen := 0
	for _, l := range scenarios.All() {
		of := map[string]lesson.Content{l.ID: l.Content}
		for _, v := range l.Variants {
			of[scenarios.ProgramName(l.ID, v.Name)] = v.Content
		}
		for name, c := range of {
			for _, next := range c.Next {
				seen++
				if why := untypable(next.Text); why != "" {
					t.Errorf("scenarios/%s: %s says in Next %q: %s", scenarios.Folder(l.ID), name, next.Text, why)
				}
			}
		}
	}
	if seen < 50 {
		t.Errorf("looked at %d commands only", seen)
	}
}

// What the modes' pages tell a reader to type can be typed: under Next, and in
// the table of what to change.
func TestModesNextCommandsExist(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"first-message", "reordering"} { // settings, and faults
		l, _ := scenarios.Find(id)
		trace, err := scenarios.Record(t.Context(), l, scenarios.Options{Timeout: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range view.Modes() {
			d := scenarios.DocumentIn(trace, m)
			var all []string
			for _, next := range d.Next {
				all = append(all, next.Text)
			}
			for _, b := range d.Blocks {
				if table, ok := b.(view.Table); ok && table.ID == "what-to-change" {
					for _, r := range table.Rows {
						all = append(all, r.Cells[1].Text)
					}
				}
			}
			for _, line := range all {
				if why := untypable(line); why != "" {
					t.Errorf("%s, mode %s: %s: %s", id, m.Name, line, why)
				}
			}
		}
	}
}
