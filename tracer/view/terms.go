package view

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Terms are the words of the page that a newcomer may not know.
type Terms struct {
	Heading
	Items []Term
}

// Term is a word of the field.
type Term struct {
	Name   string   // batch
	Forms  []string // further forms in which sentences have it: batches
	Text   string   // what it is, in a sentence or two
	Source string   // where that is documented
	Lesson string   // id of the lesson that shows it
}

// Link is a stretch of a cell's text that leads to a term of the page.
type Link struct {
	From, To int // bytes of the text
	Term     string
}

// form is a way in which a text has a term.
type form struct {
	text string
	term int
}

// formsOf are the forms of all terms, the longest first: "delivery report"
// before "report".
func formsOf(all []Term) []form {
	var out []form
	for i, t := range all {
		for _, f := range append([]string{t.Name}, t.Forms...) {
			out = append(out, form{f, i})
		}
	}
	slices.SortStableFunc(out, func(a, b form) int { return len(b.text) - len(a.text) })
	return out
}

// linkTerms links the first use of each term in the document's sentences, and
// returns the terms that it uses, linked or not, in the order of all.
func linkTerms(d *Document, all []Term) []Term {
	forms := formsOf(all)
	linked, used := make([]bool, len(all)), make([]bool, len(all))
	sentences(d.Blocks, func(c *Cell) {
		for _, f := range forms {
			if linked[f.term] {
				continue
			}
			if from := wordIn(c.Text, f.text, c.Links); from >= 0 {
				linked[f.term], used[f.term] = true, true
				c.Links = append(c.Links, Link{from, from + len(f.text), all[f.term].Name})
			}
		}
		slices.SortFunc(c.Links, func(a, b Link) int { return a.From - b.From })
	})
	for _, text := range otherTexts(d) {
		var taken []Link
		for _, f := range forms {
			if from := wordIn(text, f.text, taken); from >= 0 {
				used[f.term] = true
				taken = append(taken, Link{From: from, To: from + len(f.text)})
			}
		}
	}
	var out []Term
	for i, t := range all {
		if used[i] {
			out = append(out, t)
		}
	}
	return out
}

// otherTexts are what a reader meets besides the sentences that are linked:
// questions, what was changed, and the transcript.
func otherTexts(d *Document) []string {
	var out []string
	for _, f := range d.Facts {
		out = append(out, f.Text)
	}
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case Moments:
			for _, m := range b.Items {
				out = append(out, m.Question)
			}
		case Prose:
			for _, cells := range b.Paragraphs {
				for _, c := range cells {
					out = append(out, c.Text)
				}
			}
		}
	}
	return out
}

// sentences visits the sentences of moments and lists, in reading order.
func sentences(blocks []Block, visit func(*Cell)) {
	for _, b := range blocks {
		switch b := b.(type) {
		case Moments:
			for i := range b.Items {
				for j := range b.Items[i].Answer {
					visit(&b.Items[i].Answer[j])
				}
			}
		case List:
			for i := range b.Items {
				visit(&b.Items[i])
			}
		}
	}
}

// wordIn is where the words stand in the text as words of their own, outside
// the links; -1 where they do not. Case is as written, but for the first
// letter of a sentence.
func wordIn(text, words string, taken []Link) int {
	for at := 0; at < len(text); {
		i := strings.Index(strings.ToLower(text[at:]), strings.ToLower(words))
		if i < 0 || len(strings.ToLower(text)) != len(text) { // folding moved the bytes
			return -1
		}
		from, to := at+i, at+i+len(words)
		same := text[from:to] == words || text[from+1:to] == words[1:] && from == 0
		free := !slices.ContainsFunc(taken, func(l Link) bool { return from < l.To && to > l.From })
		if same && free && !partOfWord(text, from, to) {
			return from
		}
		at = to
	}
	return -1
}

// partOfWord tells whether the word goes on before or after: linger in
// linger.ms, ack in acks.
func partOfWord(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, n := utf8.DecodeRuneInString(text[to:])
	if inWord(before) || before == '.' || before == '_' || before == '-' {
		return true
	}
	if inWord(after) || after == '_' || after == '(' {
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[min(to+n, len(text)):])
	return (after == '.' || after == '-') && inWord(next)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
