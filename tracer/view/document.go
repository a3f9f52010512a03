package view

import (
	"slices"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// Document is what a reader sees of one run, before anyone decides how it is
// written. Every text in it is raw: a renderer escapes it for its format.
type Document struct {
	ID       string // the lesson's id, first-message
	Title    string
	Position string    // "lesson 1 of 20"; empty outside the curriculum
	Promise  string    // what the reader can tell afterwards; empty outside the curriculum
	Facts    []Fact    // broker, client, program, settings: the line under the title
	Warnings []Cell    // what a reader must know first: a partial trace, a changed setting
	Blocks   []Block   // in reading order
	Next     []Command // what to type next
	Folded   []string  // ids of blocks that a page which can do so shows only when asked
	Whole    bool      // a page that can be stepped through opens with the blocks, which a mode chose, and not with the first step
	AskFirst bool      // what stands after the quiz answers it: whoever can ask does so before showing it
	Home     string    // where the list of all lessons is, as a relative link; empty: nowhere
	Sheet    bool      // it is to be printed and written on: a page lays it out for A4
	Foot     string    // what the page says at its foot of where its cells come from; empty: from recorded runs
}

// Fact is a named property of the run.
type Fact struct{ Name, Text string }

// Command is something to type and why.
type Command struct{ Text, Why string }

// NextBut are the commands but for those of one command of kstep, for a reader
// who has just done that.
func NextBut(next []Command, command string) []Command {
	return slices.DeleteFunc(slices.Clone(next), func(c Command) bool { return strings.HasPrefix(c.Text+" ", command+" ") })
}

// Block is one section. The set is closed: Flow, Code, Table, Moments, Quiz,
// Cards, Sequence, List, Prose, Terms, Bars, Plot, Paper.
type Block interface {
	Head() Heading
}

// Heading names a section. ID is used in anchors and options, Name is what the
// reader sees and what hints and help call it.
type Heading struct{ ID, Name string }

// Head returns h itself, so that embedding it makes a Block.
func (h Heading) Head() Heading { return h }

// Tone says what a text means, so that a renderer can weigh it. A tone never
// carries meaning alone: the words or a sign say the same.
type Tone string

// The tones.
const (
	Plain   Tone = ""
	Good    Tone = "good"    // delivered, confirmed
	Bad     Tone = "bad"     // lost, failed, refuted
	Caution Tone = "caution" // depends, waiting, changed setting
	Quiet   Tone = "quiet"   // less important than what is beside it
	Strong  Tone = "strong"
)

// Cell is a piece of text with its evidence.
type Cell struct {
	Text     string
	Tone     Tone
	Changed  bool         // differs from the row or column before
	Known    tracer.Known // the weakest of its evidence
	Evidence []int        // Seq of the events it was computed from
	Rows     []string     // addresses of rows it points the reader to
	Links    []Link       // words of it that lead to a term, in their order
}

// Flow is a chain of boxes, in order.
type Flow struct {
	Heading
	Nodes []Node
	Notes []Cell
}

// Node is a box of a Flow.
type Node struct {
	Cell
	Lane    tracer.Lane
	Address string // the row it stands for, or ""
}

// Code is source beside the rows it made.
type Code struct {
	Heading
	File  string
	Lines []Line // ascending; a gap in the numbers is lines left out
	Notes []Cell
}

// Line is a line of source.
type Line struct {
	Number int
	Text   string
	Rows   []string // addresses of the rows this line made
}

// Table is rows and columns.
type Table struct {
	Heading
	Columns []string
	Rows    []Row
	Notes   []Cell // under the table
}

// Row is a row of a Table. The first cell is the step's address or the
// variable's name.
type Row struct {
	Address string // "3", "3.4", or "" where rows have none
	Depth   int    // 0 for a call, 1 for what happened meanwhile
	Cells   []Cell // as many as the table has columns
}

// Moments is what a reader should take away: questions with answers, and
// beliefs with what the run shows.
type Moments struct {
	Heading
	Items []Moment
	Notes []Cell
}

// Moment is one claim, held against the run.
type Moment struct {
	ID       string
	Question string // "Why call Flush() after Produce()?", or the belief in quotation marks
	Myth     bool   // Question is a belief, not a question
	Verdict  tracer.Verdict
	Tone     Tone   // of the verdict
	Answer   []Cell // sentences, each with its rows
	Surprise bool   // the verdict is not the one the lesson expects
}

// Quiz is the questions of the lesson. A renderer that cannot ask shows
// prompt and options and keeps the key out of sight.
type Quiz struct {
	Heading
	Intro     string
	Questions []quiz.Question
	Notes     []Cell
}

// Cards are questions to answer from memory. A renderer keeps their backs out
// of sight: folded away, or at the end of the page.
type Cards struct {
	Heading
	Intro string
	Items []Card
	Notes []Cell
}

// Card is a question and, on its back, the answer.
type Card struct {
	ID    string
	Front string
	Back  []Cell
}

// Sequence is who did what to whom, in lanes.
type Sequence struct {
	Heading
	Lanes  []tracer.Lane // left to right
	Arrows []Arrow
	Notes  []Cell
}

// Arrow goes from one lane to another, or stays in one (From == To).
type Arrow struct {
	Cell
	From, To tracer.Lane
	Address  string // the row it belongs to
	Reply    bool   // an answer: drawn dashed
}

// List is short sentences, one idea each.
type List struct {
	Heading
	Items []Cell
	Notes []Cell
}

// Prose is paragraphs of sentences.
type Prose struct {
	Heading
	Paragraphs [][]Cell
	Notes      []Cell
}
