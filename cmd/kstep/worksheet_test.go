package main

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"

	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/view"
)

// A worksheet of a trace that somebody made to do harm is a sheet of text, or is
// refused in words.
func TestWorksheetOfHostileTrace(t *testing.T) {
	good := filled(t, recorded(t))
	b := newBaseline(t, good)
	names := kinds(parsed(t, good), reflect.String)
	attacks := map[string][]byte{"all at once": with(t, good, math.MaxInt, func(v reflect.Value) { v.SetString(hostile) }, free(names)...)}
	for _, name := range names {
		attacks[name] = with(t, good, math.MaxInt, func(v reflect.Value) { v.SetString(hostile) }, name)
	}
	for _, name := range kinds(parsed(t, good), reflect.Int, reflect.Int32, reflect.Int64) {
		attacks[name] = with(t, good, math.MaxInt, func(v reflect.Value) { v.SetInt(-1) }, name)
	}
	sheets := 0
	for name, data := range attacks {
		trace, err := tracer.Read(bytes.NewReader(data))
		if err != nil {
			continue // refused before there is anything to make a sheet of
		}
		runs := tracer.NewRuns(trace)
		for _, key := range []bool{false, true} {
			d, err := view.Worksheet(runs, scenarios.Lesson(runs), view.SheetOptions{Seed: hostile, Blanks: 40, Key: key})
			if err != nil {
				continue
			}
			sheets++
			var p page
			for _, format := range []string{"terminal", "markdown", "html"} {
				out, err := p.renderAs(&streams{}, content{Document: d}, format, false)
				if err != nil {
					t.Fatal(err)
				}
				if why := unprintable(string(out)); why != "" {
					t.Errorf("%s: %s: the page %s", name, format, why)
				}
				switch {
				case format == "markdown":
					b.holdsMarkdown(t, name, string(out))
				case format == "html" && (strings.Contains(string(out), "<script") || strings.Contains(string(out), "<img")):
					t.Errorf("%s: the HTML obeys it", name)
				}
			}
		}
	}
	if sheets < 50 {
		t.Errorf("only %d sheets", sheets)
	}
}
