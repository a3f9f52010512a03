package report

import (
	"fmt"
	"math"
	"strings"

	"kstep/quiz"
)

// The answers to one question, counted.

// Item is one question of one lesson as it was asked. The same question in
// another run, with other numbers in it, is another item.
type Item struct {
	Number   int // from 1, in the order in which the files have them
	Lesson   string
	Variant  string
	Question string
	Kind     quiz.Kind
	Prompt   string
	Options  []Option // sorted by text

	Answered int // with a first answer; those who skipped are not in it
	Right    int // of them at the first vote
	Unread   int // of them with an answer that was none of the options
	Skipped  int
	Hinted   int // answers before which somebody asked for a hint

	Discrimination Discrimination
	Gain           Gain

	answers []Answer
}

// Option is an option and how many chose it.
type Option struct {
	Choice
	First  int // at the first vote
	Revote int // after the discussion
}

// Gain is what a discussion changed, of those who voted before and after it.
type Gain struct {
	Both   int
	First  int // right before
	Revote int // right after
	Won    int // wrong before, right after
	Lost   int // right before, wrong after
}

// Name is the item in a few words: "first-message what-if-no-flush".
func (i *Item) Name() string {
	if i.Variant != "" {
		return i.Lesson + "/" + i.Variant + " " + i.Question
	}
	return i.Lesson + " " + i.Question
}

// Difficulty is the share that was right at the first vote.
func (i *Item) Difficulty() Share { return Share{i.Right, i.Answered} }

// Misconception is the wrong option that most chose at the first vote, the first
// by its words where several have as many; nil where nobody chose one.
func (i *Item) Misconception() *Option {
	var most *Option
	for n := range i.Options {
		if o := &i.Options[n]; !o.Right && o.First > 0 && (most == nil || o.First > most.First) {
			most = o
		}
	}
	return most
}

// Words are what a page says for a belief that an answer holds: the misconception
// in its words. Of an answer file of another kstep the catalogue may not have it;
// then it is its ID.
func Words(belief string) string {
	if m, ok := quiz.FindMisconception(belief); ok {
		return m.Says
	}
	return belief
}

// Thread is where others have shown a belief, empty where the catalogue does not
// have it.
func Thread(belief string) string {
	m, _ := quiz.FindMisconception(belief)
	return m.Thread
}

// identity is an item's, the same for every order of its options.
func identity(a *Answer) string {
	parts := []string{a.Lesson, a.Variant, a.Question, a.Prompt}
	for _, o := range a.Options {
		parts = append(parts, o.Text)
		if o.Right {
			parts = append(parts, "right")
		}
	}
	return strings.Join(parts, "\x00")
}

// items are the answers by question.
func items(all []Answer) []*Item {
	var out []*Item
	at := map[string]*Item{}
	for _, a := range all {
		key := identity(&a)
		i := at[key]
		if i == nil {
			i = &Item{Number: len(out) + 1, Lesson: a.Lesson, Variant: a.Variant, Question: a.Question, Kind: a.Kind, Prompt: a.Prompt}
			for _, o := range a.Options {
				i.Options = append(i.Options, Option{Choice: o})
			}
			at[key] = i
			out = append(out, i)
		}
		i.count(a)
	}
	return out
}

func (i *Item) count(a Answer) {
	i.answers = append(i.answers, a)
	if a.Hints > 0 {
		i.Hinted++
	}
	switch {
	case !a.answered():
		i.Skipped++
	default:
		i.Answered++
	}
	if a.Unread {
		i.Unread++
	}
	if a.right() {
		i.Right++
	}
	for n := range i.Options {
		if o := &i.Options[n]; a.First != nil && a.First.Text == o.Text {
			o.First++
		}
		if o := &i.Options[n]; a.Revote != nil && a.Revote.Text == o.Text {
			o.Revote++
		}
	}
	if a.First != nil && a.Revote != nil {
		i.Gain.count(a.First.Right, a.Revote.Right)
	}
}

// Points is by how many percent points more were right after the discussion; a
// count where there are too few votes for a percent.
func (g Gain) Points() string {
	points, unit := g.Revote-g.First, fmt.Sprintf("of %d", g.Both)
	if g.Both >= fewest {
		before, after := Share{g.First, g.Both}, Share{g.Revote, g.Both}
		points, unit = int(math.Round(after.Percent()-before.Percent())), "points"
	}
	if points == 0 {
		return "none"
	}
	return fmt.Sprintf("%+d %s", points, unit)
}

func (g *Gain) count(first, revote bool) {
	g.Both++
	if first {
		g.First++
	}
	if revote {
		g.Revote++
	}
	switch {
	case !first && revote:
		g.Won++
	case first && !revote:
		g.Lost++
	}
}
