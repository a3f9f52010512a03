package render

// page.go turns a document into the plain values the HTML template asks for:
// text cleaned, rows resolved to links, marks put into words.

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"kstep/tracer"
	"kstep/tracer/view"
)

// page is the whole file.
type page struct {
	Policy   string
	Style    template.CSS
	Title    string
	ID       string
	Position string
	Home     string
	Promise  string
	Facts    []view.Fact
	Warnings []htmlText
	Groups   [][]section // sections that stand side by side where there is room
	Next     []view.Command
	Player   *htmlPlayer // nil: a page that is only read
	Sheet    bool
	Foot     string
}

// section is a block; exactly one of the pointers is set.
type section struct {
	ID, Name string
	Folded   bool // shown only when asked
	Flow     *htmlFlow
	Code     *htmlCode
	Table    *htmlTable
	Moments  *htmlMoments
	Quiz     *htmlQuiz
	Cards    *htmlCards
	Sequence *htmlSequence
	List     []htmlText
	Prose    [][]htmlText
	Terms    []htmlTerm
	Bars     *htmlBars
	Plot     *htmlPlot
	Paper    []htmlPaper
	Notes    []htmlText
	Legend   []htmlMark
}

// htmlText is a cell.
type htmlText struct {
	Lines    [][]htmlPiece // between them a line break
	Tone     string
	Changed  bool
	Evidence string // how it is known and from which events, in words
	Known    string
	Events   string // "3 4 7"
	Rows     []htmlRow
	Left     int // rows not named
}

// htmlRow is a row's address and the anchor it links to, if it is shown.
type htmlRow struct{ Text, Anchor string }

// htmlMark is a line of a legend.
type htmlMark struct{ Sign, Words string }

// pager builds a page.
type pager struct {
	anchors map[string]bool
	ids     map[string]bool // ids already given
	defined map[string]bool // terms of the document
}

func newPage(d view.Document) page {
	p := pager{anchors: anchors(d), ids: map[string]bool{"top": true, "next": true}, defined: defined(d)}
	style := styleOf(d)
	out := page{
		Policy: policy(style, ""), Style: template.CSS(style),
		Title: CleanLine(d.Title), ID: CleanLine(d.ID), Position: CleanLine(d.Position), Home: home(d), Promise: CleanLine(d.Promise),
		Warnings: p.texts(d.Warnings), Sheet: d.Sheet, Foot: CleanLine(d.Foot),
	}
	if out.Foot == "" {
		out.Foot = "Every cell and every answer was computed from recorded runs. Point at a cell to see how it is known and from which events."
	}
	if out.Title == "" {
		out.Title = out.ID
	}
	for _, f := range d.Facts {
		out.Facts = append(out.Facts, view.Fact{Name: CleanLine(f.Name), Text: CleanLine(f.Text)})
	}
	for _, c := range d.Next {
		out.Next = append(out.Next, view.Command{Text: CleanLine(c.Text), Why: CleanLine(c.Why)})
	}
	for _, b := range d.Blocks {
		s := p.section(b)
		s.Folded = slices.Contains(d.Folded, b.Head().ID)
		if n := len(out.Groups); n > 0 && s.Table != nil && len(out.Groups[n-1]) == 1 && out.Groups[n-1][0].Code != nil {
			out.Groups[n-1] = append(out.Groups[n-1], s) // the code beside the table it made
			continue
		}
		out.Groups = append(out.Groups, []section{s})
	}
	return out
}

func (p pager) section(b view.Block) section {
	s := section{ID: p.id(b.Head().ID), Name: CleanLine(b.Head().Name)}
	switch b := b.(type) {
	case view.Flow:
		s.Flow, s.Notes = p.flow(b), p.texts(b.Notes)
	case view.Code:
		s.Code, s.Notes = p.code(b), p.texts(b.Notes)
	case view.Table:
		s.Table, s.Notes, s.Legend = p.table(b), p.texts(b.Notes), htmlLegend(tableLegend(b))
	case view.Moments:
		s.Moments, s.Notes = p.moments(b), p.texts(b.Notes)
	case view.Quiz:
		s.Quiz, s.Notes = p.quiz(b, s.ID), p.texts(b.Notes)
	case view.Cards:
		s.Cards, s.Notes = p.cards(b), p.texts(b.Notes)
	case view.Sequence:
		s.Sequence, s.Notes = p.sequence(b), p.texts(b.Notes)
		used := &legend{}
		for _, a := range b.Arrows {
			used.use(a.Known)
		}
		s.Legend = htmlLegend(used)
	case view.List:
		s.List, s.Notes = p.texts(b.Items), p.texts(b.Notes)
	case view.Terms:
		s.Terms = p.terms(b)
	case view.Bars:
		s.Bars, s.Notes = p.bars(b), p.texts(b.Notes)
	case view.Plot:
		s.Plot, s.Notes = p.plot(b), p.texts(b.Notes)
	case view.Paper:
		s.Paper, s.Notes = p.paper(b), p.texts(b.Notes)
	case view.Prose:
		for _, cs := range b.Paragraphs {
			s.Prose = append(s.Prose, p.texts(cs))
		}
		s.Notes = p.texts(b.Notes)
	default:
		s.List = []htmlText{{Lines: lines("(this page does not know this block)")}}
	}
	return s
}

// id is an id no other section has.
func (p pager) id(s string) string {
	s = anchor(s)
	if s == "" {
		s = "section"
	}
	for n, base := 2, s; p.ids[s]; n++ {
		s = base + "-" + strconv.Itoa(n)
	}
	p.ids[s] = true
	return s
}

func (p pager) texts(cs []view.Cell) []htmlText {
	var out []htmlText
	for _, c := range cs {
		out = append(out, p.text(c))
	}
	return out
}

func (p pager) text(c view.Cell) htmlText {
	t := htmlText{
		Lines: p.linked(c), Tone: toneClass(c.Tone), Changed: c.Changed,
		Known: CleanLine(string(c.Known)), Evidence: evidence(c), Events: events(c.Evidence, " "),
	}
	t.Rows, t.Left = p.rows(c.Rows)
	return t
}

// linked are a cell's lines in pieces, with its links.
func (p pager) linked(c view.Cell) [][]htmlPiece {
	if len(c.Links) == 0 {
		return lines(c.Text)
	}
	var out [][]htmlPiece
	for _, s := range stretches(c) {
		more := lines(s.text)
		if s.term != "" && p.defined[s.term] {
			more = [][]htmlPiece{{{Text: CleanLine(s.text), Href: termAnchor(s.term)}}}
		}
		if len(out) > 0 {
			out[len(out)-1] = append(out[len(out)-1], more[0]...)
			more = more[1:]
		}
		out = append(out, more...)
	}
	return out
}

func (p pager) rows(addresses []string) (out []htmlRow, left int) {
	show, left := named(addresses)
	for _, a := range show {
		out = append(out, p.row(a))
	}
	return out, left
}

func (p pager) row(address string) htmlRow {
	r := htmlRow{Text: CleanLine(address)}
	if a := anchor(address); p.anchors[a] {
		r.Anchor = a
	}
	return r
}

// toneClass is a tone as a class of the style sheet, empty for what it does
// not know.
func toneClass(t view.Tone) string {
	switch t {
	case view.Good, view.Bad, view.Caution, view.Quiet, view.Strong:
		return string(t)
	}
	return ""
}

// evidence says in words what a cell rests on.
func evidence(c view.Cell) string {
	out := string(c.Known)
	for _, w := range ways {
		if w.known == c.Known {
			out = w.words
		}
	}
	if c.Known == tracer.Observed {
		out = "observed in this run"
	}
	if e := events(c.Evidence, ", "); e != "" {
		word := "event "
		if len(c.Evidence) > 1 {
			word = "events "
		}
		out = strings.TrimPrefix(out+"; "+word+e, "; ")
	}
	return CleanLine(out)
}

// manyEvents is how many event numbers are named before the rest is counted.
const manyEvents = 12

func events(seqs []int, separator string) string {
	var out []string
	for i, n := range seqs {
		if i == manyEvents {
			return strings.Join(out, separator) + fmt.Sprintf(" and %s more", group(len(seqs)-i))
		}
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, separator)
}

func htmlLegend(l *legend) []htmlMark {
	var out []htmlMark
	for _, m := range l.marks() {
		out = append(out, htmlMark{m.sign, m.words})
	}
	return out
}
