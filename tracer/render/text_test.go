package render

import (
	"strings"
	"testing"
	"unicode/utf8"

	"kstep/tracer/render/internal/specimen"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Produce(my_topic)", "Produce(my_topic)"},
		{"empty", "", ""},
		{"deliberate break", "a\nb", "a\nb"},
		{"tab and return", "a\tb\rc", `a\tb\rc`},
		{"escape sequence", "\x1b[31m", `\x1b[31m`},
		{"nul and del", "\x00\x7f", `\x00\x7f`},
		{"c1 as utf-8", "\u0085\u009b", `\u0085\u009b`},
		{"invalid utf-8", "a\xff\xfeb\x9b", `a\xff\xfeb\x9b`},
		{"bidi", "\u202a\u202e\u2066\u2069\u200e\u200f\u061c", `\u202a\u202e\u2066\u2069\u200e\u200f\u061c`},
		{"zero width", "a\u200b\u200d\ufeff\u2060b", `a\u200b\u200d\ufeff\u2060b`},
		{"separators", "\u2028\u2029\u00a0\u3000", `\u2028\u2029\u00a0\u3000`},
		{"blank letters", "\u3164\u2800\u115f", `\u3164\u2800\u115f`},
		{"tags and variation selectors", "\U000e0041\U000e0100", `\U000e0041\U000e0100`},
		{"private use", "\ue000", `\ue000`},
		{"replacement character itself", "\ufffd", "\ufffd"},
		{"other scripts", "漢字 é e\u0301 🙂", "漢字 é e\u0301 🙂"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCleanShortens(t *testing.T) {
	long := Clean(strings.Repeat("a", 1<<20))
	if !strings.HasPrefix(long, `"aaaa`) || !strings.HasSuffix(long, `aaaa…" (1,048,576 bytes)`) {
		t.Errorf("not shortened as it should be: %.20q … %q", long, long[len(long)-40:])
	}
	if n := utf8.RuneCountInString(long); n > CellLimit+1 {
		t.Errorf("%d runes, want at most %d", n, CellLimit+1)
	}
	if got, want := CleanTo(strings.Repeat("漢", 100), 40), `"`+strings.Repeat("漢", 26)+`…" (300 bytes)`; got != want {
		t.Errorf("CleanTo = %q, want %q", got, want)
	}
	if got := CleanTo(strings.Repeat("\x00", 100), 40); strings.Contains(strings.TrimSuffix(got, `…" (100 bytes)`)+"|", `\x0|`) {
		t.Errorf("an escape was cut in two: %q", got)
	}
	if exact := strings.Repeat("a", CellLimit); Clean(exact) != exact {
		t.Error("a text of exactly the limit was shortened")
	}
}

func TestCleanLine(t *testing.T) {
	if got, want := CleanLine("a\nb"), `a\nb`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzClean(f *testing.F) {
	for _, a := range specimen.Attacks {
		f.Add(a)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) {
			t.Fatalf("Clean(%q) = %q is not UTF-8", s, got)
		}
		for _, r := range got {
			if r != '\n' && r != utf8.RuneError && !visible(r) {
				t.Fatalf("Clean(%q) = %q shows %U", s, got, r)
			}
		}
		if n := utf8.RuneCountInString(got); n > CellLimit+1 {
			t.Fatalf("Clean made %d runes of %d bytes", n, len(s))
		}
		if again := Clean(got); utf8.RuneCountInString(got) <= CellLimit && again != got {
			t.Fatalf("Clean twice: %q, once: %q", again, got)
		}
	})
}
