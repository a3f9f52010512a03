package view

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func links(c Cell) []string {
	var out []string
	for _, l := range c.Links {
		out = append(out, c.Text[l.From:l.To]+" -> "+l.Term)
	}
	return out
}

// The first use of a term in the page's sentences is linked, as a word of its
// own; longer terms come before the words they are made of.
func TestLinkTerms(t *testing.T) {
	all := []Term{
		{Name: "acks"}, {Name: "batch", Forms: []string{"batches"}}, {Name: "batch.size"}, {Name: "delivery report"},
		{Name: "Events()"}, {Name: "key", Forms: []string{"keys"}}, {Name: "linger.ms"}, {Name: "report", Forms: []string{"reports"}},
	}
	blocks := []Block{
		Moments{Items: []Moment{{Answer: []Cell{
			{Text: "Batches wait for linger.ms, one batch at a time. A delivery report is a report."},
			{Text: "A batch again, and await-batch, key1, monkeys, keyed, batch_x and batch.sizes are none."},
		}}}},
		List{Items: []Cell{{Text: "batch.size ends a batch; Events() hands out reports for each key."}, {Text: "ACKS is another word."}, {}}},
		Prose{Paragraphs: [][]Cell{{{Text: "acks is told of here, and not linked."}}}},
	}
	var used []string
	for _, x := range linkTerms(&Document{Blocks: blocks}, all) {
		used = append(used, x.Name)
	}
	if d := cmp.Diff([]string{"acks", "batch", "batch.size", "delivery report", "Events()", "key", "linger.ms", "report"}, used); d != "" {
		t.Error(d)
	}
	answer, items := blocks[0].(Moments).Items[0].Answer, blocks[1].(List).Items
	for i, want := range [][]string{{"Batches -> batch", "linger.ms -> linger.ms", "delivery report -> delivery report", "report -> report"}, nil} {
		if d := cmp.Diff(want, links(answer[i])); d != "" {
			t.Errorf("answer %d: %s", i, d)
		}
	}
	if d := cmp.Diff([]string{"batch.size -> batch.size", "Events() -> Events()", "key -> key"}, links(items[0])); d != "" {
		t.Error(d)
	}
	if n := len(blocks[2].(Prose).Paragraphs[0][0].Links); n != 0 {
		t.Errorf("%d links in the transcript", n)
	}
	if len(items[1].Links) != 0 {
		t.Errorf("another word is linked: %v", links(items[1]))
	}
}

// Text that folding makes longer or shorter is left alone, and none panics.
func FuzzWordIn(f *testing.F) {
	f.Add("a batch", "batch")
	f.Add("İ batch ẞ", "batch")
	f.Add("", "x")
	f.Fuzz(func(t *testing.T, text, word string) {
		if word == "" {
			return
		}
		if i := wordIn(text, word, nil); i >= 0 && i+len(word) > len(text) {
			t.Errorf("%q in %q at %d", word, text, i)
		}
	})
}
