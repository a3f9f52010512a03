package tracer

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode"
)

// A trace file can be printed as it is: nothing in it is obeyed by a terminal,
// and what is read from it is what was written.
func TestWriteIsInert(t *testing.T) {
	var all []rune
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			all = append(all, r)
		}
	}
	text := "é " + string(all) + " 世"
	in := &Trace{Format: Format, Header: TraceHeader{Title: text}, Events: []Event{{Seq: 1, Lane: Lab, Kind: Started, Text: text}}}
	var b bytes.Buffer
	if err := Write(&b, in); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			t.Errorf("%U is written as it is", r)
		}
	}
	out, err := Read(&b)
	if err != nil {
		t.Fatal(err)
	}
	if out.Header.Title != text || out.Events[0].Text != text {
		t.Error("what is read is not what was written")
	}
}

func FuzzInert(f *testing.F) {
	f.Add("a\u009b\u202e\U000e0041\x7f")
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var a, b string
		if json.Unmarshal(want, &a) != nil || json.Unmarshal(Inert(want), &b) != nil || a != b {
			t.Errorf("%q became %q", a, b)
		}
	})
}
