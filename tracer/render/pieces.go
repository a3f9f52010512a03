package render

import "strings"

// Where a line of a page may be broken.

// htmlPiece is a piece of a line. A browser may begin a new line before a piece
// that is a Break, and keeps one that is Whole together where it can.
type htmlPiece struct {
	Text  string
	Break bool
	Whole bool
	Href  string // the term it leads to
}

// lines are a text's lines in pieces.
func lines(text string) (out [][]htmlPiece) {
	for _, l := range strings.Split(unbroken(Clean(text)), "\n") {
		out = append(out, pieces(l))
	}
	return out
}

// longWord is the length from which a word is given places to break at. Left to
// itself a browser breaks such a word anywhere.
const longWord = 20

func pieces(line string) (out []htmlPiece) {
	add := func(text string) { // to the piece before, where a line may begin at a space only
		if n := len(out); n > 0 && !out[n-1].Whole {
			out[n-1].Text += text
			return
		}
		out = append(out, htmlPiece{Text: text})
	}
	for word := range strings.SplitAfterSeq(line, " ") {
		bare := strings.TrimSuffix(word, " ")
		switch {
		case strings.Contains(bare, glue):
			out = append(out, htmlPiece{Text: bare, Whole: true})
			if bare != word {
				add(" ")
			}
		case len(bare) > longWord:
			from, start := 0, len(bare)-len(strings.TrimLeft(bare, "(")) // no line ends with what opens the word
			for i := start + 1; i < len(bare); i++ {
				if breakable(bare[i-1]) && !breakable(bare[i]) {
					out = append(out, htmlPiece{Text: bare[from:i], Break: from > 0})
					from = i
				}
			}
			out = append(out, htmlPiece{Text: word[from:], Break: from > 0})
		default:
			add(word)
		}
	}
	return out
}

// breakable reports whether a long word may go on in the next line after c.
func breakable(c byte) bool { return strings.IndexByte("(/,.:;=&?", c) >= 0 }
