package inject

import (
	"fmt"
	"slices"
	"strings"
)

// Which blocks there are, and which options each takes.

// Options are what a marker may say besides the block. The zero value of each
// is its default.
type Options struct {
	Set     []string // client settings laid over the program's own, KEY=VALUE
	Faults  []string // what happens to the run, in the words of --fault
	Against string   // of a diff: the variant that is held against the lesson
	Columns []string // of a table: these columns, in this order
	Rows    []string // of a table: rows by address ("3", "3.2", "3-5") or name
	Items   []string // of key moments and quiz: these, by id
	Calls   bool     // of a table: only the rows of calls
	NoNotes bool     // without the lines under the block
	Varying bool     // cells that differ from run to run are shown as this run has them
	Form    string   // of a flow or a sequence: diagram or list; empty: both
}

// Option is an option a reader can type.
type Option struct{ Name, Value, Does string }

// Kind is a block that a marker can ask for.
type Kind struct {
	Name    string // process-table
	Shows   string // what it is, in one line
	Options []string
}

const diffBlock = "diff"

// Blocks are all kinds, in the order of a lesson's page.
var Blocks = []Kind{
	{"process-flow", "the way of the message, as a diagram and as a line of text", []string{"form"}},
	{"execution-sample", "the program's source, with the rows each line made", nil},
	{"process-table", "a row a call, and under it what happened meanwhile", []string{"columns", "rows", "calls"}},
	{"status-tracker", "each variable at the start, after each call, and at the end", []string{"columns", "rows"}},
	{"message-ledger", "what became of every message", []string{"columns", "rows"}},
	{"sequence", "who did what to whom, as a diagram and as a list", []string{"form"}},
	{"key-moments", "what is claimed of the run, with verdicts and rows", []string{"items"}},
	{"visual-quiz", "the questions, each with hints and answer folded away", []string{"items"}},
	{"concept-snapshot", "what to keep, a sentence an idea", nil},
	{"full-transcript", "the run told row by row", nil},
	{"sources", "where people stumble over this, and what the manual says", nil},
	{"terms", "the words of the field that the page uses, explained", nil},
	{diffBlock, "what differs between the lesson and the lesson with a change", []string{"variant"}},
}

// common are the options of every block.
var common = []string{"set", "fault", "notes", "varying"}

// Every are all options, with what they do.
var Every = []Option{
	{"set", "KEY=VALUE", "run with this client setting; repeatable"},
	{"fault", `"WORDS"`, "make this happen to the run, in the words of --fault; repeatable"},
	{"variant", "NAME", "the variant that is held against the lesson"},
	{"columns", "a,b,...", "only these columns, in this order; the beginning of a word of the name is enough"},
	{"rows", "1,3.2,4-6", "only these rows, by address or, in a table without addresses, by name"},
	{"calls", "only", "only the rows of the program's calls"},
	{"items", "id,...", "only these, by the id that kstep check and kstep run --format json show"},
	{"form", "diagram|list", "only one of the two forms"},
	{"notes", "no", "without the lines under the block"},
	{"varying", "shown", "cells that differ from run to run are shown as this run has them, not as \"varies\""},
}

func kindOf(name string) *Kind {
	for i := range Blocks {
		if Blocks[i].Name == name {
			return &Blocks[i]
		}
	}
	return nil
}

func blockNames() []string {
	var out []string
	for _, k := range Blocks {
		out = append(out, k.Name)
	}
	return out
}

// Takes are the names of all options of a kind, its own first.
func (k Kind) Takes() []string { return append(slices.Clone(k.Options), common...) }

// set takes one option.
func (o *Options) set(kind *Kind, name, value string) error {
	if !slices.Contains(kind.Takes(), name) {
		return fmt.Errorf("%s has no option %q; it has %s", kind.Name, name, strings.Join(kind.Takes(), ", "))
	}
	switch name {
	case "set":
		if key, _, ok := strings.Cut(value, "="); !ok || key == "" {
			return fmt.Errorf("set=%s: write set=KEY=VALUE", value)
		}
		o.Set = append(o.Set, value)
	case "fault":
		o.Faults = append(o.Faults, value)
	case "variant":
		o.Against = value
	case "columns":
		o.Columns = strings.Split(value, ",")
	case "rows":
		o.Rows = strings.Split(value, ",")
	case "items":
		o.Items = strings.Split(value, ",")
	case "calls":
		return one(name, value, "only", &o.Calls)
	case "notes":
		return one(name, value, "no", &o.NoNotes)
	case "varying":
		return one(name, value, "shown", &o.Varying)
	case "form":
		if value != "diagram" && value != "list" {
			return fmt.Errorf("form=%s: write form=diagram or form=list", value)
		}
		o.Form = value
	}
	return nil
}

// one is an option with one value.
func one(name, value, want string, to *bool) error {
	if value != want {
		return fmt.Errorf("%s=%s: write %s=%s, or leave it out", name, value, name, want)
	}
	*to = true
	return nil
}
