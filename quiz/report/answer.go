package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
)

// One answer, a line of a file of answers.

// Format is what a line says it is. A line of a later version is refused.
const (
	Format  = family + "1"
	family  = "kstep-answers/"
	version = 1
)

// Answer is what somebody answered to one question, whole in itself: files can
// be joined, split and sorted. docs/answers.md describes it.
type Answer struct {
	Format   string       `json:"format"`            // kstep-answers/1
	Session  string       `json:"session"`           // random, one a quiz that was taken
	Taker    string       `json:"taker,omitempty"`   // the label given with --as; nobody has to give one
	Date     string       `json:"date"`              // the day, 2006-01-02, where it was answered; no time of day is kept
	Lesson   string       `json:"lesson"`            // first-message
	Variant  string       `json:"variant,omitempty"` // of the lesson
	Question string       `json:"question"`          // the question's id
	Kind     quiz.Kind    `json:"kind"`              // of the question
	Prompt   string       `json:"prompt"`            // as it was asked
	Options  []Choice     `json:"options"`           // sorted by their text: a letter is another option with another seed
	First    *Choice      `json:"first,omitempty"`   // the first vote, before any feedback; none: skipped, or unreadable
	Revote   *Choice      `json:"revote,omitempty"`  // the vote after a discussion, still before any feedback
	Second   *Choice      `json:"second,omitempty"`  // the second try, after the feedback
	Outcome  quiz.Outcome `json:"outcome"`           // how the question was settled
	Hints    int          `json:"hints"`             // shown before it was settled
	Unread   bool         `json:"unread,omitempty"`  // the first answer was none of the options
}

// Choice is an option by what it says, not by its letter.
type Choice struct {
	Text   string `json:"text"`
	Belief string `json:"belief,omitempty"` // the misconception it stands for; empty for the right one
	Right  bool   `json:"right,omitempty"`
}

// Where says where an answer comes from.
type Where struct {
	Session, Taker, Date string
	Lesson, Variant      string
}

// New is the answer that a question's result is.
func New(w Where, q quiz.Question, r quiz.Result) Answer {
	a := Answer{
		Format: Format, Session: w.Session, Taker: w.Taker, Date: w.Date, Lesson: w.Lesson, Variant: w.Variant,
		Question: q.ID, Kind: q.Kind, Prompt: q.Prompt, Outcome: r.Outcome, Hints: r.Hints,
		First: choice(q, r.Chosen), Revote: choice(q, r.Revote), Second: choice(q, r.Second),
	}
	a.Unread = a.First == nil && r.Warning != ""
	for i := range q.Options {
		a.Options = append(a.Options, *choice(q, i))
	}
	slices.SortFunc(a.Options, func(x, y Choice) int { return cmp.Compare(x.Text, y.Text) })
	return a
}

func choice(q quiz.Question, i int) *Choice {
	if i < 0 || i >= len(q.Options) {
		return nil
	}
	o := q.Options[i]
	return &Choice{o.Text, o.Belief, o.Correct}
}

// Line is the answer as a line with its line feed: JSON that is safe to print.
func (a Answer) Line() ([]byte, error) {
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(a); err != nil {
		return nil, fmt.Errorf("write the answer to %s: %w", a.Question, err)
	}
	return tracer.Inert(b.Bytes()), nil
}

// ErrNewer is of a line that a later kstep wrote.
var ErrNewer = errors.New("a later format")

// Parse reads a line. The error says in a few words why it cannot be used; it is
// ErrNewer where a later kstep wrote it.
func Parse(line []byte) (Answer, error) {
	var a Answer
	if err := json.Unmarshal(line, &a); err != nil {
		return a, whyNot(line, err)
	}
	if err := known(a.Format); err != nil {
		return a, err
	}
	return a, a.check()
}

// whyNot says why a line is not an answer: a later format may have other fields.
func whyNot(line []byte, err error) error {
	var head struct {
		Format string `json:"format"`
	}
	if json.Unmarshal(line, &head) == nil && head.Format != "" {
		if newer := known(head.Format); newer != nil {
			return newer
		}
	}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return errors.New("not JSON")
	}
	return errors.New("not an answer")
}

func known(format string) error {
	n, err := strconv.Atoi(strings.TrimPrefix(format, family))
	switch {
	case !strings.HasPrefix(format, family) || err != nil || n < 1:
		return errors.New("not an answer")
	case n > version:
		return fmt.Errorf("%w: %s%d, and this kstep reads up to %s", ErrNewer, family, n, Format)
	}
	return nil
}

// maxOptions is more than any question has.
const maxOptions = 20

// check tells whether the answer is one: of a question, by somebody, to options
// that are there.
func (a *Answer) check() error {
	switch {
	case a.Session == "" || a.Lesson == "" || a.Question == "":
		return errors.New("names no session, lesson or question")
	case len(a.Options) < 2 || len(a.Options) > maxOptions:
		return fmt.Errorf("has %d options", len(a.Options))
	case !slices.Contains([]quiz.Outcome{quiz.Right, quiz.RightSecond, quiz.Wrong, quiz.Skipped}, a.Outcome):
		return errors.New("has no outcome that a question can have")
	case a.Hints < 0:
		return errors.New("counts no hints")
	}
	keys, seen := 0, map[string]bool{}
	for _, o := range a.Options {
		if seen[o.Text] {
			return errors.New("has an option twice")
		}
		seen[o.Text] = true
		if o.Right {
			keys++
		}
	}
	if keys != 1 {
		return fmt.Errorf("has %d right options", keys)
	}
	for _, c := range []*Choice{a.First, a.Revote, a.Second} {
		if c != nil && !slices.Contains(a.Options, *c) {
			return errors.New("chooses what is no option")
		}
	}
	return nil
}

// right tells whether the first vote was.
func (a *Answer) right() bool { return a.First != nil && a.First.Right }

// answered tells whether there was a first answer at all: a vote, or one that
// nobody could read.
func (a *Answer) answered() bool { return a.First != nil || a.Unread }
