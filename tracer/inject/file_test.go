package inject

import (
	"errors"
	"strings"
	"testing"
)

const two = `# A page

<!-- other-tool:begin -->
not ours
<!-- other-tool:end -->
<!-- kstep:begin first-message process-table columns=step,result -->
old
<!-- kstep:end -->

- in a list:

  <!-- kstep:begin linger/linger-1000 sequence form=list set=acks=0 fault="lose Produce response 1" -->
  <!-- kstep:end -->
`

func TestParse(t *testing.T) {
	f, err := Parse("a.md", two)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Blocks) != 2 {
		t.Fatalf("found %d blocks", len(f.Blocks))
	}
	a, b := f.Blocks[0], f.Blocks[1]
	if a.Lesson != "first-message" || a.Variant != "" || a.Block != "process-table" || strings.Join(a.Columns, "+") != "step+result" || a.Line != 6 || f.Content(0) != "old\n" {
		t.Errorf("the first block: %+v, holds %q", a, f.Content(0))
	}
	if b.Lesson != "linger" || b.Variant != "linger-1000" || b.Form != "list" || b.Set[0] != "acks=0" || b.Faults[0] != "lose Produce response 1" || f.Content(1) != "" {
		t.Errorf("the second block: %+v, holds %q", b, f.Content(1))
	}
	if r := b.Run(); r == a.Run() || List(r.Faults)[0] != b.Faults[0] {
		t.Errorf("its run: %+v", r)
	}
}

// Outside the blocks a file stays as it is, whatever is in it; inside, lines end
// and begin as the marker's do.
func TestFill(t *testing.T) {
	for name, text := range map[string]string{
		"plain":         two,
		"windows":       strings.ReplaceAll(two, "\n", "\r\n"),
		"no last line":  strings.TrimRight(two, "\n"),
		"strange bytes": "\xff\x00\x1b[31m\u202e\n" + two + "tail without a newline \xfe",
	} {
		f, err := Parse("a.md", text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := f.Fill([]string{"one\n\nlast\n", "two\n"})
		end := "\n"
		if name == "windows" {
			end = "\r\n"
		}
		want := strings.Replace(text, "old"+end, "one"+end+end+"last"+end, 1)
		want = strings.Replace(want, `response 1" -->`+end, `response 1" -->`+end+"  two"+end, 1)
		if got != want {
			t.Errorf("%s: got\n%q\nwant\n%q", name, got, want)
		}
		again, err := Parse("a.md", got)
		if err != nil {
			t.Fatal(err)
		}
		if twice := again.Fill([]string{"one\n\nlast\n", "two\n"}); twice != got {
			t.Errorf("%s: written twice it is another file:\n%q", name, twice)
		}
		if d := Diff(again, got); d != "" || len(Stale(again, []string{"one\n\nlast\n", "two\n"})) != 0 {
			t.Errorf("%s: what was just written is stale:\n%s", name, d)
		}
		if stale := Stale(again, []string{"one\n\nlast\n", "2\n"}); len(stale) != 1 || stale[0].Lesson != "linger" {
			t.Errorf("%s: stale are %+v", name, stale)
		}
	}
}

// What stands in a code fence is shown to a reader and is no marker.
func TestFences(t *testing.T) {
	for _, text := range []string{
		"```\n<!-- kstep:begin x y -->\n```\n",
		"~~~~ markdown\n<!-- kstep:end -->\n~~~\n<!-- kstep:nonsense -->\n~~~~\n",
		"> ```\n> <!-- kstep:end -->\n> ```\n",
		"text `<!-- kstep:begin` and more\n",
		"```\nnever closed\n<!-- kstep:end -->\n",
		"<!-- a comment about kstep: see kstep:begin -->\n",
	} {
		if f, err := Parse("a.md", text); err != nil || len(f.Blocks) != 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
	f, err := Parse("a.md", "``` not a fence ``` here\n<!-- kstep:begin first-message terms -->\n```go\nx\n```\n<!-- kstep:end -->\n")
	if err != nil || len(f.Blocks) != 1 || f.Content(0) != "```go\nx\n```\n" {
		t.Errorf("a fence inside a block: %v", err)
	}
}

func TestBroken(t *testing.T) {
	const begin = "<!-- kstep:begin first-message process-table -->\n"
	for text, want := range map[string]string{
		"\n" + begin:                                                                                          "a.md:2: the block never ends",
		strings.TrimRight(begin, "\n"):                                                                        "a.md:1: the block never ends",
		"<!-- kstep:end -->\n":                                                                                "a.md:1: kstep:end without a kstep:begin above it",
		begin + begin + "<!-- kstep:end -->":                                                                  "a.md:2: a block begins inside the block of line 1",
		"<!-- kstep:start x y -->\n":                                                                          `a.md:1: there is no marker "kstep:start"`,
		"<!-- kstep:end now -->\n":                                                                            "kstep:end takes nothing more",
		"<!-- kstep:begin first-message process-table\n":                                                      "does not end with --> on its line",
		"<!-- kstep:begin -->\n<!-- kstep:end -->":                                                            "needs a lesson and a block",
		"<!-- kstep:begin first-message table -->\n<!-- kstep:end -->":                                        `no block "table"; the blocks are process-flow,`,
		"<!-- kstep:begin first-message terms columns=a -->\n<!-- kstep:end -->":                              `terms has no option "columns"; it has set, fault`,
		"<!-- kstep:begin first-message sequence form=picture -->\n<!-- kstep:end -->":                        "write form=diagram or form=list",
		"<!-- kstep:begin first-message process-table calls=yes -->\n<!-- kstep:end -->":                      "write calls=only",
		"<!-- kstep:begin first-message process-table set=linger -->\n<!-- kstep:end -->":                     "write set=KEY=VALUE",
		"<!-- kstep:begin first-message process-table columns -->\n<!-- kstep:end -->":                        `"columns" is no option`,
		"<!-- kstep:begin first-message process-table fault=\"lose -->\n<!-- kstep:end -->":                   "quotation mark is not closed",
		"<!-- kstep:begin first-message diff -->\n<!-- kstep:end -->":                                         "says what is changed",
		"<!-- kstep:begin first-message/no-flush diff variant=no-flush -->\n<!-- kstep:end -->":               "names the lesson alone",
		"<!-- kstep:begin a terms x -->\n<!-- kstep:end -->\n<!-- kstep:begin b flow -->\n<!-- kstep:end -->": "a.md:3: there is no block \"flow\"",
	} {
		_, err := Parse("a.md", text)
		var broken *Broken
		if !errors.As(err, &broken) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q:\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(two)
	f.Add("```\n<!-- kstep:end -->\r\n~~~")
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse("a.md", text)
		if err != nil {
			return
		}
		var same []string
		for i := range file.Blocks {
			same = append(same, strings.ReplaceAll(file.Content(i), "\r\n", "\n"))
		}
		outside := func(f *File) string {
			s, at := "", 0
			for _, b := range f.Blocks {
				s += f.Text[at:b.start] + "|"
				at = b.end
			}
			return s + f.Text[at:]
		}
		filled := file.Fill(make([]string, len(file.Blocks)))
		again, err := Parse("a.md", filled)
		if err != nil {
			t.Fatalf("a file that was filled is broken: %v", err)
		}
		if outside(file) != outside(again) {
			t.Errorf("%q and %q differ outside the blocks", text, filled)
		}
	})
}
