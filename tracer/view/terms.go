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

// linkTerms links the first use of each term in the blocks' sentences, and
// returns the terms that were used, in the order of all.
func linkTerms(blocks []Block, all []Term) []Term {
	type form struct {
		text string
		term int
	}
	var forms []form
	for i, t := range all {
		for _, f := range append([]string{t.Name}, t.Forms...) {
			forms = append(forms, form{f, i})
		}
	}
	slices.SortStableFunc(forms, func(a, b form) int { return len(b.text) - len(a.text) }) // "delivery report" before "report"
	used := make([]bool, len(all))
	sentences(blocks, func(c *Cell) {
		for _, f := range forms {
			if used[f.term] {
				continue
			}
			if from := wordIn(c.Text, f.text, c.Links); from >= 0 {
				used[f.term] = true
				c.Links = append(c.Links, Link{from, from + len(f.text), all[f.term].Name})
			}
		}
		slices.SortFunc(c.Links, func(a, b Link) int { return a.From - b.From })
	})
	var out []Term
	for i, t := range all {
		if used[i] {
			out = append(out, t)
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
	if inWord(before) || before == '.' || before == '_' {
		return true
	}
	if inWord(after) || after == '_' || after == '(' {
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[min(to+n, len(text)):])
	return (after == '.' || after == '-') && inWord(next)
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
