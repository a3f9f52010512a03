package view

import (
	"slices"
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Mode recall: what is to be remembered, asked without the page.

// fromMemory is the quiz with nothing before it to look at.
func (b *blocks) fromMemory() (Block, bool) {
	block, ok := b.quiz()
	q, _ := block.(Quiz)
	if !ok {
		return b.nothingAsked(), true
	}
	q.Questions = slices.Clone(q.Questions)
	for i := range q.Questions {
		q.Questions[i].Hints = nil // they say where on the page to look
	}
	q.Intro = count(len(q.Questions), "question") + " from memory, without the program and its tables."
	if slices.ContainsFunc(q.Questions, namesRow) {
		q.Intro += " A row that a question names is one of the " + quiz.SectionTable + "."
	}
	return q, true
}

// namesRow tells whether a question or one of its options tells two calls apart
// by their rows.
func namesRow(q quiz.Question) bool {
	return strings.Contains(q.Prompt, "(row ") || slices.ContainsFunc(q.Options, func(o quiz.Option) bool { return strings.Contains(o.Text, "(row ") })
}

// momentCards ask the Key Moments: a question, or a belief to judge.
func (b *blocks) momentCards() (Block, bool) {
	block, _ := b.moments()
	m, _ := block.(Moments)
	cards := Cards{Heading: m.Heading, Intro: "Answer each before you look.", Notes: m.Notes}
	for i, item := range m.Items {
		c := Card{ID: item.ID, Front: item.Question, Back: item.Answer}
		if c.ID == "" {
			c.ID = strconv.Itoa(i + 1)
		}
		if item.Myth {
			c.Front = "True or not? " + item.Question
		}
		if item.Myth || item.Verdict != tracer.Confirmed {
			verdict := Cell{Text: upper(string(item.Verdict)) + ".", Tone: item.Tone, Known: tracer.Inferred}
			c.Back = append([]Cell{verdict}, c.Back...)
		}
		cards.Items = append(cards.Items, c)
	}
	return cards, len(cards.Items) > 0
}

// termCards ask the terms that the lesson's sentences use.
func (b *blocks) termCards() (Block, bool) {
	var d Document
	for _, make := range []maker{one((*blocks).moments), one((*blocks).conceptSnapshot)} {
		d.Blocks = append(d.Blocks, make(b)...)
	}
	cards := Cards{Heading: Heading{"terms", quiz.SectionTerms}, Intro: "Say what each is before you look."}
	for _, t := range linkTerms(&d, b.lesson.Terms) {
		source := t.Source
		if t.Lesson != "" {
			source = strings.TrimSuffix("lesson "+t.Lesson+" shows it; "+source, "; ")
		}
		cards.Items = append(cards.Items, Card{ID: t.Name, Front: t.Name, Back: []Cell{reason(tracer.Reason{Text: t.Text, Source: source})}})
	}
	return cards, len(cards.Items) > 0
}

// afterRecall leads to the page whose rows the answers name, and to later days.
func (b *blocks) afterRecall() []Command {
	var out []Command
	if len(b.lesson.Quiz) > 0 {
		out = append(out, b.askMe(), Command{"kstep review", "asks such questions again on later days, of other runs"})
	}
	if b.known() {
		out = append(out, Command{"kstep run " + b.command(), "the page whose rows the answers name"})
	}
	return out
}
