package main

// Traces that somebody made to do harm: whatever stands in their fields is
// shown as text, in every format, or refused in one line.

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"kstep/tracer"
	"kstep/tracer/view"
)

// hostile is everything at once that a format could obey. The first part is
// for terminals, the second for Markdown, the third for HTML.
const hostile = "\x1b]0;evil\x07\x1b[2J\u009b2J\u202eevil\u200b\x00\r\n" +
	"|evil|`evil`|```\n~~~\n\n# evil\n\n![evil](http://evil.example/x.png) [evil](javascript:evil()) <http://evil.example>\n\n| evil | evil |\n|---|---|\n" +
	"</pre></code></style><script>evil()</script><img src=x onerror=evil()>\" onmouseover=\"evil()' style='evil'"

func TestHostileText(t *testing.T) {
	t.Parallel()
	good := filled(t, recorded(t))
	b := newBaseline(t, good)
	names := kinds(parsed(t, good), reflect.String)
	if len(names) < 50 {
		t.Fatalf("only these fields are there: %v", names)
	}
	text := func(s string) func(reflect.Value) { return func(v reflect.Value) { v.SetString(s) } }
	for _, name := range names {
		b.holds(t, name, with(t, good, math.MaxInt, text(hostile), name))
		if raced() {
			continue // sixty megabytes are a minute's work for the race detector, and nothing here is concurrent
		}
		b.holds(t, name+", 1 MB", with(t, good, 1, text(strings.Repeat("evil|<b> ", 1<<20/9)), name))
	}
	b.holds(t, "all at once", with(t, good, math.MaxInt, text(hostile), free(names)...))
}

// free are the fields that may hold anything. Lane, kind and the names of calls
// decide what an event is: without them it says nothing.
func free(names []string) []string {
	words := []string{"Event.Lane", "Event.Kind", "Event.Known", "Event.Stream", "Call.Name", "Frame.API"}
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(words, name) })
}

// Numbers that no run has are shown or refused, and cost nothing.
func TestHostileNumbers(t *testing.T) {
	good := filled(t, recorded(t))
	b := newBaseline(t, good)
	for _, name := range kinds(parsed(t, good), reflect.Int, reflect.Int16, reflect.Int32, reflect.Int64) {
		for _, n := range []int64{-1, 1_000_000, 1_000_000_000, math.MaxInt64, math.MinInt64} {
			data := with(t, good, math.MaxInt, func(v reflect.Value) {
				bits := v.Type().Bits()
				v.SetInt(max(min(n, 1<<(bits-1)-1), -1<<(bits-1)))
			}, name)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			b.holds(t, fmt.Sprint(name, " = ", n), data)
			runtime.ReadMemStats(&after)
			if used := after.TotalAlloc - before.TotalAlloc; used > 200<<20 {
				t.Errorf("%s = %d: %d MB were allocated", name, n, used>>20)
			}
		}
	}
}

// The whole command, on the worst of them.
func TestShowHostileTrace(t *testing.T) {
	t.Parallel()
	good := filled(t, recorded(t))
	b := newBaseline(t, good)
	data := with(t, good, math.MaxInt, func(v reflect.Value) { v.SetString(hostile) }, free(kinds(parsed(t, good), reflect.String))...)
	for format, want := range shown(t, "the worst", data) {
		args := []string{"show", "-", "--format", format}
		if format == "coloured" {
			args = []string{"show", "-", "--color", "always"}
		}
		code, stdout, stderr := piped(t, bytes.NewReader(data), args...)
		if code != exitOK || stderr != "" || stdout != want {
			t.Errorf("%s: exit code %d, stderr %q, as it was rendered: %t", format, code, stderr, stdout == want)
		}
	}
	b.holds(t, "the worst", data)
}

// In every mode, one field after the other and all at once: a mode has blocks
// that others have not.
func TestHostileModes(t *testing.T) {
	t.Parallel()
	good := filled(t, recorded(t))
	text := func(v reflect.Value) { v.SetString(hostile) }
	names := kinds(parsed(t, good), reflect.String)
	for _, mode := range modeNames() {
		if mode == view.ModeVisual {
			continue // TestHostileText
		}
		b := newBaseline(t, good)
		b.mode = mode
		b.holds(t, mode+": all at once", with(t, good, math.MaxInt, text, free(names)...))
		if testing.Short() || raced() {
			continue
		}
		for _, name := range names {
			b.holds(t, mode+": "+name, with(t, good, math.MaxInt, text, name))
		}
		if mode != view.ModeDeep && mode != "perf" {
			continue // the numbers of these are those of TestHostileNumbers
		}
		for _, name := range kinds(parsed(t, good), reflect.Int, reflect.Int16, reflect.Int32, reflect.Int64) {
			for _, n := range []int64{math.MaxInt64, math.MinInt64} {
				b.holds(t, fmt.Sprint(mode, ": ", name, " = ", n), with(t, good, math.MaxInt, func(v reflect.Value) {
					bits := v.Type().Bits()
					v.SetInt(max(min(n, 1<<(bits-1)-1), -1<<(bits-1)))
				}, name))
			}
		}
	}
}

// baseline is what a page may hold besides text: what that of a good trace has.
type baseline struct {
	mode string
	tags map[string]bool // of the HTML, without their attributes' values
	raw  map[string]bool // the HTML that is in the Markdown
}

func newBaseline(t *testing.T, good []byte) *baseline {
	t.Helper()
	b := &baseline{mode: view.ModeVisual, tags: map[string]bool{}, raw: map[string]bool{}}
	for _, mode := range modeNames() {
		pages := shownIn(t, mode, "a good trace", good)
		for _, tag := range tagsOf(pages["html"]) {
			b.tags[tag] = true
		}
		for _, raw := range rawHTML(t, "a good trace", pages["markdown"]) {
			b.raw[raw] = true
		}
	}
	if !b.tags["</table>"] || b.tags["</script>"] || !b.raw["</a>"] {
		t.Fatalf("the page of a good trace has the tags %v, and in Markdown %v", b.tags, b.raw)
	}
	return b
}

// looks are the formats, and what the terminal's is with colours.
var looks = append([]string{"coloured"}, formats...)

// shown are the pages of a trace by their looks, as show writes them; none
// where it is refused.
func shown(t *testing.T, name string, data []byte) map[string]string {
	t.Helper()
	return shownIn(t, view.ModeVisual, name, data)
}

// shownIn are the pages of a mode.
func shownIn(t *testing.T, mode, name string, data []byte) map[string]string {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: show panics: %v", name, r)
		}
	}()
	pages := map[string]string{}
	tr, err := tracer.Read(bytes.NewReader(data))
	if err != nil {
		if why := notOneLine("kstep: " + oneLine(err.Error()) + "\n"); why != "" {
			t.Errorf("%s: refused with an error that %s: %v", name, why, err)
		}
		return pages
	}
	s := &streams{Getenv: func(string) string { return "" }}
	d := (&page{mode: mode}).document(tr)
	for _, look := range looks {
		page, err := (&page{width: 80}).render(s, tr, d, look, look == "coloured")
		if err != nil {
			t.Errorf("%s: %s: %v", name, look, err)
		}
		pages[look] = string(page)
	}
	return pages
}

// holds: in no format does anything of the trace do anything.
func (b *baseline) holds(t *testing.T, name string, data []byte) {
	t.Helper()
	for look, page := range shownIn(t, b.mode, name, data) {
		clear := page
		switch look {
		case "coloured":
			clear = colored.ReplaceAllString(page, "")
		case "terminal":
			for _, line := range strings.Split(page, "\n") {
				if n := utf8.RuneCountInString(line); n > 80 {
					t.Errorf("%s: a line has %d columns: %.100s", name, n, line)
					break
				}
			}
		case "html":
			for _, tag := range tagsOf(page) {
				if !b.tags[tag] {
					t.Errorf("%s: the HTML has the tag %.200s", name, tag)
				}
			}
		case "markdown":
			b.holdsMarkdown(t, name, page)
		case "json":
			if !bytes.Equal([]byte(page), data) {
				t.Errorf("%s: the JSON is another one", name)
			}
		}
		if why := unprintable(clear); why != "" {
			t.Errorf("%s: %s: the page %s", name, look, why)
		}
	}
}

var (
	tag       = regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)
	attribute = regexp.MustCompile(`="[^"]*"`)
	anchor    = regexp.MustCompile(`^<a id="[A-Za-z0-9.-]+">$`) // where a link to a row leads
)

// tagsOf are the tags of a page, with the names of their attributes.
func tagsOf(page string) []string {
	var out []string
	for _, s := range tag.FindAllString(page, -1) {
		out = append(out, attribute.ReplaceAllString(s, ""))
	}
	return out
}

var gfm = goldmark.New(goldmark.WithExtensions(extension.GFM))

// holdsMarkdown: every row of a table has the columns of its header, and there
// is no HTML, link, image or heading of the trace's making.
func (b *baseline) holdsMarkdown(t *testing.T, name, page string) {
	t.Helper()
	columns, fenced := 0, false
	for i, line := range strings.Split(page, "\n") {
		fenced = fenced != strings.HasPrefix(strings.TrimLeft(line, " "), "```")
		if fenced || !strings.HasPrefix(line, "|") {
			columns = 0
			continue
		}
		n := strings.Count(strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\|`, ""), "|")
		if columns == 0 {
			columns = n
		}
		if n != columns {
			t.Errorf("%s: Markdown: line %d has %d columns, its table %d: %.200s", name, i+1, n, columns, line)
		}
	}
	for _, raw := range rawHTML(t, name, page) {
		if !b.raw[raw] && !anchor.MatchString(raw) {
			t.Errorf("%s: Markdown: HTML %.200q", name, raw)
		}
	}
}

// rawHTML is the HTML in a page of Markdown. Where a link, an image or a
// heading is of the trace's making, the page is no good.
func rawHTML(t *testing.T, name, page string) []string {
	t.Helper()
	source := []byte(page)
	var out []string
	err := ast.Walk(gfm.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			out = append(out, string(n.Lines().Value(source)))
		case *ast.RawHTML:
			out = append(out, string(n.Segments.Value(source)))
		case *ast.Image, *ast.AutoLink:
			t.Errorf("%s: Markdown: a %s", name, n.Kind())
		case *ast.Link:
			if !strings.HasPrefix(string(n.Destination), "#") {
				t.Errorf("%s: Markdown: a link to %.100s", name, n.Destination)
			}
		case *ast.Heading:
			if h := string(n.Lines().Value(source)); h == "evil" {
				t.Errorf("%s: Markdown: a heading of the trace's making", name)
			}
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
