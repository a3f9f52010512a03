package render

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kstep/tracer/render/internal/specimen"
)

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		name  string
		in    string
		limit int
		want  []string
	}{
		{"fits", "a b", 10, []string{"a b"}},
		{"empty", "", 10, []string{""}},
		{"at spaces", "one two three", 8, []string{"one two", "three"}},
		{"exactly", "one two", 7, []string{"one two"}},
		{"long token", "abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"long token after a mark", "broker-1.example:9092", 12, []string{"broker-1.", "example:9092"}},
		{"long token after a word", "see abcdefghij", 6, []string{"see", "abcdef", "ghij"}},
		{"deliberate breaks", "a\n\nb", 10, []string{"a", "", "b"}},
		{"indentation kept", "  a b", 4, []string{"  a", "b"}},
		{"no trailing space", "a   \nb ", 10, []string{"a", "b"}},
		{"wide", "漢字かな", 5, []string{"漢字", "かな"}},
		{"wide never halved", "a漢字", 2, []string{"a", "漢", "字"}},
		{"wide after words", "ab 漢字", 5, []string{"ab 漢", "字"}},
		{"combining stays with its base", "e\u0301e\u0301e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
		{"glue", "a b" + glue + "c", 4, []string{"a", "b c"}},
		{"glue gives way last", "abcdef" + glue + "(r)", 8, []string{"abcdef", "(r)"}},
		{"an empty pair of parentheses is one sign", "AbortTransaction()", 12, []string{"Abort", "Transaction", "()"}},
		{"narrower than a character", "漢", 0, []string{"漢"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, wrap(c.in, c.limit)); diff != "" {
				t.Errorf("wrap(%q, %d): -want +got\n%s", c.in, c.limit, diff)
			}
		})
	}
}

func TestUnbroken(t *testing.T) {
	for in, want := range map[string]string{
		"queued: 0 -> 1":       "queued: 0" + glue + "->" + glue + "1",
		"Produce request ->":   "Produce request" + glue + "->",
		"a: 0 -> 1\nb: 1 -> 2": "a: 0" + glue + "->" + glue + "1\nb: 1" + glue + "->" + glue + "2",
		"no arrow here":        "no arrow here",
		"<- response":          "<- response",
	} {
		if got := unbroken(in); got != want {
			t.Errorf("unbroken(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrapKeepsStyles(t *testing.T) {
	bold := style{bold: true}
	got := wrapRuns([]run{{"one two", bold}, {" three", style{}}}, 6)
	want := []textLine{{{"one", bold}}, {{"two", bold}}, {{"three", style{}}}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(run{}, style{})); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func FuzzWrap(f *testing.F) {
	for i, a := range specimen.Attacks {
		f.Add(a, i%90)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		s = Clean(s)
		limit %= 300
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		lines := wrap(s, limit)
		for _, l := range lines {
			if width(l) > max(2, limit) {
				t.Fatalf("wrap(%q, %d): %q is %d wide", s, limit, l, width(l))
			}
			if strings.HasSuffix(l, " ") {
				t.Fatalf("wrap(%q, %d): %q ends in a space", s, limit, l)
			}
		}
		if got := strings.Join(lines, ""); squeeze(got) != squeeze(s) {
			t.Fatalf("wrap(%q, %d) lost text: %q", s, limit, got)
		}
	})
}
