package main

// The README's list of lessons is what kstep list prints.

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var listBlock = regexp.MustCompile("(?s)<!-- kstep list -->\n```\n(.*?)```\n")

// taught are the lessons that are listed and no drafts: who writes a lesson has
// the README to care for when it is done.
func taught(t *testing.T) []listed {
	t.Helper()
	all, err := chosen(nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(l listed) bool { return l.Draft })
}

func TestReadmeListsTheLessons(t *testing.T) {
	const readme = "../../README.md"
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	at := listBlock.FindSubmatchIndex(text)
	if at == nil {
		t.Fatal("the README has no block after <!-- kstep list -->")
	}
	var out strings.Builder
	lines(&out, taught(t), 80)
	if *update {
		text = append(append(append([]byte(nil), text[:at[2]]...), out.String()...), text[at[3]:]...)
		if err := os.WriteFile(readme, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(text[at[2]:at[3]]), out.String()); d != "" {
		t.Errorf("the README's list is out of date; run go test ./cmd/kstep -run Readme -update\n%s", d)
	}
}
