package render

// player.go makes the data of the player: a walk as plain texts, cleaned, for
// player.js, which only lays them out.

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/view"
)

//go:embed player.js
var playerScript string

//go:embed player.css
var playerStyle string

// MaxStops is how many stops of a walk the player has; the page below it has
// every row.
const MaxStops = 2000

// Player writes d as HTML does, and above it the walk as stops to be stepped
// through. Without JavaScript the page is the one that HTML writes. It loads
// nothing and runs only the script in it.
func Player(w io.Writer, d view.Document, walk view.Walk) error {
	data, err := playerJSON(walk)
	if err != nil {
		return fmt.Errorf("write the walk as JSON: %w", err)
	}
	p := newPage(d)
	p.Player = &htmlPlayer{Data: template.JS(data), Script: template.JS(playerScript), Lanes: len(walk.Lanes), Whole: d.Whole}
	style := styleOf(d) + playerStyle
	p.Style = template.CSS(style)
	p.Policy = policy(style, playerScript)
	return pageTemplate.Execute(w, p)
}

// htmlPlayer is what the template needs besides the document.
type htmlPlayer struct {
	Data   template.JS // JSON, in which <, > and & are escaped
	Script template.JS
	Lanes  int
	Whole  bool // it opens as the page, see view.Document
}

// The shapes that player.js reads.
type (
	playerWalk struct {
		ID        string           `json:"id"`
		Title     string           `json:"title"`
		File      string           `json:"file,omitempty"`
		Code      []playerLine     `json:"code,omitempty"`
		Columns   []string         `json:"columns"`
		Lanes     []string         `json:"lanes"`
		Stops     []playerStop     `json:"stops"`
		Moments   []playerMoment   `json:"moments"`
		Questions []playerQuestion `json:"questions"`
		Notes     []string         `json:"notes,omitempty"`
		Left      int              `json:"left,omitempty"` // stops that are not in it
	}
	playerLine struct {
		N int    `json:"n"`
		T string `json:"t"`
	}
	playerCell struct {
		T       string `json:"t"`
		Tone    string `json:"tone,omitempty"`
		Changed bool   `json:"changed,omitempty"`
		Known   string `json:"known,omitempty"` // in words, where it is not observed
	}
	playerStop struct {
		ID      string          `json:"id"`
		Kind    string          `json:"kind"`
		Address string          `json:"address,omitempty"`
		Depth   int             `json:"depth,omitempty"`
		Cells   []playerCell    `json:"cells,omitempty"`
		Line    int             `json:"line,omitempty"`
		Tracker []playerTracked `json:"tracker,omitempty"`
		Arrows  []playerArrow   `json:"arrows,omitempty"`
		Told    string          `json:"told"`
		Moments []int           `json:"moments,omitempty"`
		Ask     []int           `json:"ask,omitempty"`
	}
	playerTracked struct {
		Name string `json:"name"`
		Text string `json:"text"`
		Was  string `json:"was,omitempty"` // where it changed
	}
	playerArrow struct {
		From  int    `json:"from"`
		To    int    `json:"to"`
		Text  string `json:"text"`
		Reply bool   `json:"reply,omitempty"`
	}
	playerMoment struct {
		Question string   `json:"question"`
		Myth     bool     `json:"myth,omitempty"`
		Verdict  string   `json:"verdict"`
		Tone     string   `json:"tone,omitempty"`
		Answer   []string `json:"answer"`
		Shown    int      `json:"shown"`
	}
	playerQuestion struct {
		ID      string         `json:"id"`
		Prompt  string         `json:"prompt"`
		Options []playerOption `json:"options"`
		Hints   []string       `json:"hints"`
		Ask     int            `json:"ask"`
	}
	playerOption struct {
		Text     string `json:"text"`
		Correct  bool   `json:"correct,omitempty"`
		Feedback string `json:"feedback"`
		Rows     string `json:"rows,omitempty"`
		Shown    int    `json:"shown"`
	}
)

func playerJSON(w view.Walk) ([]byte, error) {
	out := playerWalk{
		ID: CleanLine(w.ID), Title: CleanLine(w.Title), File: CleanLine(w.Code.File),
		Columns: cleanLines(w.Columns), Moments: []playerMoment{}, Questions: []playerQuestion{},
	}
	for i, text := range sourceLines(w.Code) {
		out.Code = append(out.Code, playerLine{w.Code.Lines[i].Number, text})
	}
	for _, l := range w.Lanes {
		out.Lanes = append(out.Lanes, CleanLine(string(l)))
	}
	for i := range w.Stops {
		if i >= MaxStops {
			out.Left = len(w.Stops) - MaxStops
			break
		}
		out.Stops = append(out.Stops, stopData(&w.Stops[i], w.Lanes))
	}
	last := len(out.Stops) - 1
	for _, m := range w.Moments {
		out.Moments = append(out.Moments, momentData(m, last))
	}
	for _, g := range w.Questions {
		out.Questions = append(out.Questions, questionData(g, last))
	}
	for _, n := range w.Notes {
		out.Notes = append(out.Notes, CleanLine(n.Text))
	}
	var b bytes.Buffer
	err := json.NewEncoder(&b).Encode(out) // it escapes what could end the element it stands in
	return bytes.TrimSpace(b.Bytes()), err
}

func cleanLines(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		out[i] = CleanLine(s)
	}
	return out
}

func stopData(s *view.Stop, lanes []tracer.Lane) playerStop {
	out := playerStop{
		ID: anchor(s.ID), Kind: string(s.Kind), Address: CleanLine(s.Address), Depth: min(max(s.Depth, 0), 3), Line: s.Line,
		Told: CleanLine(s.Told.Text), Moments: s.Moments, Ask: s.Ask,
	}
	for _, c := range s.Cells {
		out.Cells = append(out.Cells, cellData(c))
	}
	for _, v := range s.Tracker {
		t := playerTracked{Name: CleanLine(v.Name), Text: CleanLine(v.Text)}
		if v.Changed {
			t.Was = CleanLine(v.Was)
		}
		out.Tracker = append(out.Tracker, t)
	}
	for _, a := range s.Arrows {
		out.Arrows = append(out.Arrows, playerArrow{laneIndex(lanes, a.From), laneIndex(lanes, a.To), CleanLine(a.Text), a.Reply})
	}
	return out
}

func laneIndex(lanes []tracer.Lane, l tracer.Lane) int {
	for i, x := range lanes {
		if x == l {
			return i
		}
	}
	return 0
}

func cellData(c view.Cell) playerCell {
	out := playerCell{T: Clean(c.Text), Tone: toneClass(c.Tone), Changed: c.Changed}
	if k := rank(c.Known); k > 0 {
		out.Known = ways[k-1].words
	}
	return out
}

func momentData(m view.CitedMoment, last int) playerMoment {
	out := playerMoment{Question: CleanLine(m.Question), Myth: m.Myth, Verdict: verdict(m.Moment), Tone: toneClass(m.Tone), Answer: []string{}, Shown: min(m.Shown, last)}
	for _, c := range m.Answer {
		out.Answer = append(out.Answer, cited(c))
	}
	return out
}

func questionData(g view.Gate, last int) playerQuestion {
	out := playerQuestion{ID: g.Question.ID, Prompt: CleanLine(g.Question.Prompt), Hints: cleanLines(g.Question.Hints), Ask: min(g.Ask, last)}
	for i, o := range g.Question.Options {
		shown := last
		if i < len(g.Shown) {
			shown = min(g.Shown[i], last)
		}
		out.Options = append(out.Options, playerOption{
			Text: quiz.Letter(i) + ") " + CleanLine(o.Text), Correct: o.Correct, Feedback: CleanLine(o.Feedback),
			Rows: rowWords(o.Rows, CleanLine), Shown: shown,
		})
	}
	return out
}

// cited is a sentence with the rows it points to, in words.
func cited(c view.Cell) string {
	text := CleanLine(c.Text)
	if rows := rowWords(c.Rows, CleanLine); rows != "" {
		text += " (" + rows + ")"
	}
	return text
}
