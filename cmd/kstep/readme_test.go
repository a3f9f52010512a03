package main

// The README's list of lessons is what kstep list prints.

import (
	"bytes"
	"os"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var listBlock = regexp.MustCompile("(?s)<!-- kstep list -->\n```\n(.*?)```\n")

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
	var out bytes.Buffer
	if code := run([]string{"list"}, &streams{In: &bytes.Buffer{}, Out: &out, Err: &out, Getenv: func(string) string { return "" }}); code != exitOK {
		t.Fatalf("kstep list ended with %d: %s", code, out.String())
	}
	if *update {
		text = append(append(append([]byte(nil), text[:at[2]]...), out.Bytes()...), text[at[3]:]...)
		if err := os.WriteFile(readme, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(string(text[at[2]:at[3]]), out.String()); d != "" {
		t.Errorf("the README's list is out of date; run go test ./cmd/kstep -run Readme -update\n%s", d)
	}
}
