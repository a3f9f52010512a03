package walk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// Text is where and how a walk is told as linear text.
type Text struct {
	In          io.Reader // answers, one a line; nil: nothing is asked
	Interactive bool      // somebody sits at In: what cannot be read is asked again
	Out         io.Writer
	Width       int // columns; 0: render.DefaultWidth
	Answered    Answered
}

// Plain tells w from start to end, without a sign that must be seen to be
// understood. Each question is asked before the step that answers it where there
// is somebody to answer, else it is told with the run's answer. The error is
// ctx's or that of a write; an input that is over is none.
func Plain(ctx context.Context, w *view.Walk, t Text) error {
	if t.Width <= 0 {
		t.Width = render.DefaultWidth
	}
	p := &teller{walk: w, made: newPredictions(w, t.Answered), out: t.Out, l: render.NewLayout(t.Width, render.Palette{}), interactive: t.Interactive}
	if t.In != nil {
		in := quiz.NewLines(t.In)
		defer in.Stop()
		p.in = in
	}
	err := p.tell(ctx)
	if errors.Is(err, errLeft) {
		p.say("You left before the end.")
		p.say(p.made.tally(p.at))
		err = p.err
	}
	return err
}

// errLeft ends the telling because somebody wants that.
var errLeft = errors.New("left")

// teller tells a walk. Its first write error is kept and ends it.
type teller struct {
	walk        *view.Walk
	made        predictions
	in          *quiz.Lines // nil: nobody answers any more
	interactive bool
	at          int // the last stop that was told
	out         io.Writer
	l           render.Layout
	err         error
}

func (p *teller) write(s string) {
	if p.err == nil {
		if _, err := io.WriteString(p.out, s); err != nil {
			p.err = fmt.Errorf("write the walk: %w", err)
		}
	}
}

// say writes a paragraph of sentences.
func (p *teller) say(texts ...string) {
	var cells []view.Cell
	for _, t := range texts {
		cells = append(cells, view.Cell{Text: t})
	}
	p.cells(cells...)
}

func (p *teller) cells(cells ...view.Cell) {
	for i := range cells {
		cells[i].Text = strings.ReplaceAll(cells[i].Text, "\n", ", ")
	}
	p.lines(p.l.Sentences("", cells...))
}

func (p *teller) lines(lines []string) {
	for _, line := range lines {
		p.write(strings.TrimRight(line, " ") + "\n")
	}
}

func (p *teller) tell(ctx context.Context) error {
	p.head()
	for i := range p.walk.Stops {
		for _, q := range p.walk.Stops[i].Ask {
			if err := p.ask(ctx, q); err != nil {
				return err
			}
		}
		if i > 0 {
			p.stop(i)
			p.at = i
		}
		if err := errors.Join(ctx.Err(), p.err); err != nil {
			return err
		}
	}
	return p.err
}

// head is what is to be known before the first step.
func (p *teller) head() {
	w := p.walk
	title := "Lesson " + w.ID
	if w.Position == "" {
		title = "The run of " + w.ID
	}
	if w.ID == "" {
		title = "A recorded run"
	}
	if w.Title != "" {
		title += ": " + w.Title
	}
	p.say(sentence(title))
	if w.Position != "" {
		p.say(sentence("This is " + w.Position))
	}
	if w.Promise != "" {
		p.say(w.Promise)
	}
	for _, c := range w.Warnings {
		p.cells(c)
	}
	for _, f := range w.Facts {
		p.say(sentence(upper(f.Name) + ": " + f.Text))
	}
	if len(w.Code.Lines) > 0 {
		p.write("\n")
		p.say("The program is " + w.Code.File + ". Each line begins with its number.")
		for _, lines := range p.l.Source(w.Code) {
			p.lines(lines)
		}
	}
	for _, c := range w.Code.Notes {
		c.Text = sentence(c.Text)
		p.cells(c)
	}
}

// sentence ends a text with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".?!:") {
		return s
	}
	return s + "."
}

// stop tells one stop: what happened, what changed, what was predicted of it,
// and what is to be taken away.
func (p *teller) stop(at int) {
	s := &p.walk.Stops[at]
	p.write("\n")
	if s.Kind == view.StopEnd {
		p.end(at)
		return
	}
	p.say(append([]string{upper(place(p.walk, at)) + ".", sentence(s.Told.Text)}, told(s)...)...)
	for i := range p.made.gates {
		if p.made.shown(i) == at {
			p.settle(i)
		}
	}
	for _, n := range s.Moments {
		p.moment(n, at)
	}
}

// told is what the row says besides the sentence: the state, what changed in
// the Status Tracker, and how it is known.
func told(s *view.Stop) []string {
	var out []string
	var changes []string
	for _, v := range s.Tracker {
		switch {
		case !v.Changed:
		case v.Was == "-":
			changes = append(changes, v.Name+" is "+v.Text)
		default:
			changes = append(changes, v.Name+" goes from "+v.Was+" to "+v.Text)
		}
	}
	var state []string
	if len(s.Cells) > 2 {
		for line := range strings.SplitSeq(s.Cells[2].Text, "\n") {
			if line != "" && !strings.Contains(line, "->") {
				state = append(state, line)
			}
		}
	}
	if len(state) > 0 {
		out = append(out, sentence(quiz.ColumnState+": "+strings.Join(state, "; ")))
	}
	if len(changes) > 0 {
		out = append(out, sentence(quiz.SectionTracker+": "+strings.Join(changes, "; ")))
	}
	if s.Told.Known == tracer.Reported {
		out = append(out, "Only the client's own log reports this.")
	}
	return out
}

// settle tells a question's answer, beside the prediction where there was one.
func (p *teller) settle(i int) {
	cells := []view.Cell{{Text: upper(p.made.asked(i)) + "."}}
	if p.made.results[i] != nil {
		cells = append(cells, p.made.predicted(i))
	}
	shows := p.made.observed(i)
	if p.made.results[i] == nil { // nobody answered: question and answer are one paragraph
		p.cells(append(cells, shows...)...)
		return
	}
	p.cells(cells...)
	for _, c := range shows {
		p.cells(c)
	}
}

func (p *teller) moment(n, at int) {
	c := p.walk.Moments[n]
	if c.Shown > at {
		return // told where it can be told whole
	}
	cells := []view.Cell{{Text: "Key Moment. " + momentTitle(c)}, {Text: upper(render.Verdict(c.Moment)) + "."}}
	p.cells(append(cells, c.Answer...)...)
}

// end is what is told when all was seen.
func (p *teller) end(at int) {
	p.say("The record ends here.")
	p.cells(p.walk.Notes...)
	for i := range p.made.gates {
		if p.made.shown(i) == at {
			p.settle(i)
		}
	}
	for n, c := range p.walk.Moments {
		if c.Shown == at {
			p.moment(n, at)
		}
	}
	for _, c := range p.walk.Next {
		p.say("Next: "+c.Text+".", sentence(upper(c.Why)))
	}
	if s := p.made.score(); s.Count(quiz.NotAnswered) < s.Total() {
		p.write("\n")
		p.say(p.made.tally(at))
		for i := range p.made.gates {
			p.say(fmt.Sprintf("Question %d: %s.", i+1, outcome(p.made.results[i])))
		}
	}
}

// ask asks a question, or tells it where nobody answers.
func (p *teller) ask(ctx context.Context, i int) error {
	q := p.made.gates[i].Question
	p.write("\n")
	p.say(upper(p.made.asked(i))+", before it is shown.", q.Prompt)
	for j, o := range q.Options {
		p.lines(p.l.Sentences("  "+quiz.Letter(j)+": ", view.Cell{Text: o.Text}))
	}
	for p.in != nil && p.made.results[i] == nil && p.err == nil {
		p.write("Answer a-d, h hint, s skip, q quit > ")
		line, err := p.in.Next(ctx)
		switch {
		case errors.Is(err, io.EOF):
			p.write("\n")
			p.in = nil
			return p.err
		case err != nil && ctx.Err() != nil:
			p.write("\n")
			return ctx.Err()
		case err != nil:
			return fmt.Errorf("read an answer: %w", err)
		}
		if !p.interactive {
			p.write(render.Cut(render.CleanLine(strings.TrimSpace(line)), maxInput) + "\n")
		}
		if err := p.take(i, line); err != nil {
			return err
		}
	}
	return p.err
}

// take does what a line asks for.
func (p *teller) take(i int, line string) error {
	q := p.made.gates[i].Question
	switch reply, option := quiz.Understand(line, len(q.Options)); reply {
	case quiz.Chosen:
		p.made.answer(i, option)
	case quiz.Skip:
		p.made.answer(i, -1)
	case quiz.Quit:
		return errLeft
	case quiz.Hint:
		if text := p.made.hint(i); text != "" {
			p.say(fmt.Sprintf("Hint %d of %d: %s", p.made.hints[i], len(q.Hints), text))
		} else {
			p.say("There are no more hints.")
		}
	default:
		if p.interactive {
			p.say("That is none of the answers.")
			return nil
		}
		p.say("That is none of the answers; the question is skipped.")
		p.made.answer(i, -1)
	}
	return nil
}
