package render

// cards.go writes questions whose answers stay out of sight: an HTML page folds
// each away, the other formats have them at the end.

import (
	"fmt"
	"strings"

	"kstep/quiz"
	"kstep/tracer/view"
)

// cardsOf are the blocks of cards that have any.
func cardsOf(d view.Document) []view.Cards {
	var out []view.Cards
	for _, b := range d.Blocks {
		if c, ok := b.(view.Cards); ok && len(c.Items) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// answers is the name of the section that has the backs of all cards.
const answers = quiz.SectionAnswers

// numbered is the beginning of a card's line, of the same width for all.
func numbered(i, of int) string {
	return fmt.Sprintf(" %*d. ", len(group(of)), i+1)
}

// cards are the fronts.
func (t terminal) cards(c view.Cards) []string {
	var out []string
	if c.Intro != "" {
		words := Clean(c.Intro) + " The answers stand at the end, under " + strings.ToUpper(answers) + "."
		out = t.paragraph([]run{{words, style{}}}, " ", " ")
	}
	for i, item := range c.Items {
		number := numbered(i, len(c.Items))
		out = append(out, t.paragraph([]run{{CleanLine(item.Front), heading}}, number, strings.Repeat(" ", len(number)))...)
	}
	return append(out, t.notes(c.Notes, &legend{})...)
}

// backs are the answers of all cards of the page, the last of its sections.
func (t terminal) backs(all []view.Cards) []string {
	if len(all) == 0 {
		return nil
	}
	out := []string{"", t.palette.paint(heading, strings.ToUpper(answers))}
	for _, c := range all {
		out = append(out, t.paragraph([]run{{CleanLine(c.Name), heading}}, " ", " ")...)
		for i, item := range c.Items {
			number := numbered(i, len(c.Items))
			space := strings.Repeat(" ", len(number))
			out = append(out, t.paragraph([]run{{CleanLine(item.Front), style{tone: view.Quiet}}}, number, space)...)
			out = append(out, t.paragraph(t.sentences(item.Back), space, space)...)
		}
	}
	return out
}

func (m *markdown) cards(c view.Cards) []string {
	var out []string
	if c.Intro != "" {
		out = append(out, mdText(c.Intro)+" The answers stand at the end, under "+answers+".")
	}
	var fronts []string
	for i, item := range c.Items {
		fronts = append(fronts, fmt.Sprintf("%d. %s", i+1, mdOneLine(item.Front)))
	}
	return append(append(out, strings.Join(fronts, "\n")), m.notes(c.Notes, &legend{})...)
}

func (m *markdown) backs(all []view.Cards) string {
	if len(all) == 0 {
		return ""
	}
	out := []string{"## " + answers}
	for _, c := range all {
		var backs []string
		for i, item := range c.Items {
			backs = append(backs, fmt.Sprintf("%d. %s<br>%s", i+1, mdOneLine(item.Front), m.sentences(item.Back)))
		}
		out = append(out, "### "+mdOneLine(c.Name))
		out = append(out, details("Show them", strings.Join(backs, "\n"))...)
	}
	return "\n" + strings.Join(out, "\n\n") + "\n"
}

type htmlCards struct {
	Intro string
	Items []htmlCard
}

type htmlCard struct {
	ID, Front string
	Back      []htmlText
}

func (p pager) cards(c view.Cards) *htmlCards {
	out := &htmlCards{Intro: CleanLine(c.Intro)}
	for _, item := range c.Items {
		out.Items = append(out.Items, htmlCard{p.id("card-" + item.ID), CleanLine(item.Front), p.texts(item.Back)})
	}
	return out
}
