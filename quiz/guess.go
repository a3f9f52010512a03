package quiz

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Guessing without reading the run: what the options alone give away. Build
// chooses options so that it gives away little; tests hold the bank to it.

// Guesser chooses an option by something that anyone can see: the one with the
// most of it, of several the first.
type Guesser struct {
	Name string
	most func(q Question, i int) int
}

// Guess is the index of the option that the guesser chooses.
func (g Guesser) Guess(q Question) int {
	at := 0
	for i := range q.Options {
		if g.most(q, i) > g.most(q, at) {
			at = i
		}
	}
	return at
}

// Guessers are the simple ones. None may be right more often than chance has it,
// give or take.
func Guessers() []Guesser {
	return []Guesser{
		{"first", func(_ Question, i int) int { return -i }},
		{"last", func(_ Question, i int) int { return i }},
		{"longest", runes},
		{"shortest", func(q Question, i int) int { return -runes(q, i) }},
		{"second longest", func(q Question, i int) int { return rankIs(q, i, 1) }},
		{"second shortest", func(q Question, i int) int { return rankIs(q, i, optionCount-2) }},
		{"most words of the prompt", ofPrompt},
		{"most words of the first hint", ofFirstHint},
		{"most words of all hints", ofHints},
		{"most specific", specificness},
		{"least like the others", func(q Question, i int) int { return -likeOthers(q, i) }},
		{"most like the others", likeOthers},
	}
}

// marks are what anyone can see of an option and compare with the others.
var marks = []func(q Question, i int) int{runes, ofPrompt, ofFirstHint, ofHints, specificness, likeOthers}

func ofPrompt(q Question, i int) int     { return shared(q.Options[i].Text, q.Prompt) }
func ofFirstHint(q Question, i int) int  { return shared(q.Options[i].Text, q.Hints[0]) }
func ofHints(q Question, i int) int      { return shared(q.Options[i].Text, strings.Join(q.Hints, " ")) }
func specificness(q Question, i int) int { return specific(q.Options[i].Text) }

func runes(q Question, i int) int { return utf8.RuneCountInString(q.Options[i].Text) }

// rank is how many options are longer than option i; of two that are as long,
// the first counts as the longer.
func rank(q Question, i int) int {
	n := 0
	for j := range q.Options {
		if runes(q, j) > runes(q, i) || runes(q, j) == runes(q, i) && j < i {
			n++
		}
	}
	return n
}

func rankIs(q Question, i, want int) int {
	if rank(q, i) == want {
		return 1
	}
	return 0
}

// likeOthers is how much of an option's words the others have, too.
func likeOthers(q Question, i int) int {
	n, own := 0, len(words(q.Options[i].Text))
	for j, o := range q.Options {
		if j != i {
			n += 1000 * shared(q.Options[i].Text, o.Text) / max(1, own+len(words(o.Text)))
		}
	}
	return n
}

// specific counts digits, names of code, and words that are capitalised or
// quoted; the first word of a text is capitalised in any case.
func specific(text string) int {
	n := 0
	for i, w := range strings.Fields(text) {
		n += strings.Count(strings.Map(func(r rune) rune {
			if unicode.IsDigit(r) {
				return '0'
			}
			return -1
		}, w), "0")
		inner := strings.Trim(w, ".,:;?'\"")
		switch first, _ := utf8.DecodeRuneInString(inner); {
		case strings.ContainsAny(inner, "()=_.'\""), strings.ContainsAny(w, "\""):
			n++
		case i > 0 && unicode.IsUpper(first):
			n++
		}
	}
	return n
}

// shared counts the different words that two texts have in common.
func shared(a, b string) int {
	in := map[string]bool{}
	for _, w := range words(b) {
		in[w] = true
	}
	n := 0
	for _, w := range words(a) {
		if in[w] {
			n++
			in[w] = false
		}
	}
	return n
}

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" .,:;?()'\"", r) })
}
