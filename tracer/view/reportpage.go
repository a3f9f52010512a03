package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kstep/quiz"
	"kstep/quiz/report"
)

// The page of a report on recorded answers.

// ReportPage is what a set of answers says, for a reader.
func ReportPage(r *report.Report) Document {
	d := Document{
		ID:    "report",
		Title: "What the answers say",
		Facts: []Fact{
			{"answers", number(r.Answers)}, {"questions", number(len(r.Items))},
			{"quizzes taken", number(r.Sessions)}, {"takers", number(r.Takers)}, {"files", number(r.Files)},
		},
		Foot: "Every figure was computed from the recorded answers; docs/answers.md says how.",
	}
	if r.Again > 0 {
		d.Warnings = append(d.Warnings, Cell{Text: count(r.Again, "answer") + " stood in more than one place and " + isAre(r.Again) + " counted once.", Tone: Quiet})
	}
	if n := len(r.Left); n > 0 {
		d.Warnings = append(d.Warnings, Cell{Text: count(n, "line") + " could not be read as answers and " + isAre(n) + " left out.", Tone: Caution})
	}
	d.Blocks = []Block{nextTable(r), difficulty(r)}
	if plot, ok := discrimination(r); ok {
		d.Blocks = append(d.Blocks, plot)
	}
	d.Blocks = append(d.Blocks, itemTable(r))
	if votedTwice(r) {
		d.Blocks = append(d.Blocks, gainTable(r))
	}
	if len(r.Beliefs) > 0 {
		d.Blocks = append(d.Blocks, beliefTable(r))
	}
	d.Blocks = append(d.Blocks, optionTable(r))
	return d
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// nextTable is what to take up first.
func nextTable(r *report.Report) Table {
	t := Table{Heading: Heading{"discuss-next", quiz.ReportNext}, Columns: []string{"Item", "Question", "Know it now", "What to do, and why"}}
	for _, s := range r.Next {
		tone := Plain
		if s.Advice == report.Discuss {
			tone = Strong
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: strconv.Itoa(s.Number)}, {Text: s.Name()}, {Text: s.Now.String()}, {Text: string(s.Advice) + ": " + s.Why, Tone: tone},
		}})
	}
	t.Notes = []Cell{{Text: "Peer instruction advises to discuss what 30 to 70 in a hundred know: with fewer there is hardly anybody to learn it from, with more hardly anybody to tell.", Tone: Quiet}}
	return t
}

// difficulty is a bar an item.
func difficulty(r *report.Report) Bars {
	b := Bars{Heading: Heading{"difficulty", quiz.ReportDifficulty}, Low: 30, High: 70, Band: "between the two marks, 30 and 70%, a discussion is of most use"}
	for _, i := range r.Items {
		low, high := i.Difficulty().Range()
		b.Items = append(b.Items, Bar{Label: strconv.Itoa(i.Number), Percent: i.Difficulty().Percent(), From: low, To: high, Text: i.Difficulty().String()})
	}
	b.Notes = []Cell{{Text: "Right at the first vote. Whoever skipped is not counted. The range is where the share of everybody like those who answered lies, 19 times of 20.", Tone: Quiet}}
	return b
}

// discrimination is the items by difficulty and discrimination, where it is
// known of any. Items in the same place are one point.
func discrimination(r *report.Report) (Plot, bool) {
	p := Plot{
		Heading: Heading{"discrimination", quiz.ReportDiscrimination},
		X:       Axis{"right at the first vote, %", 0, 100, []float64{0, 30, 50, 70, 100}},
		Y:       Axis{"discrimination", -1, 1, []float64{-1, -0.5, 0, 0.5, 1}},
		Notes:   []Cell{{Text: "Discrimination is the correlation of being right at an item with the share right of one's other items. Below 0 those who know the rest are wrong here: look at the question's words, and at what they believe.", Tone: Quiet}},
	}
	at := map[string]int{}
	for _, i := range r.Items {
		if !i.Discrimination.Known {
			continue
		}
		x, y := i.Difficulty().Percent(), i.Discrimination.Value
		place := fmt.Sprintf("%.0f %.2f", x, y)
		if n, ok := at[place]; ok {
			p.Points[n].Label += "," + strconv.Itoa(i.Number)
			continue
		}
		at[place] = len(p.Points)
		p.Points = append(p.Points, Point{strconv.Itoa(i.Number), x, y})
	}
	return p, len(p.Points) > 0
}

// itemTable is the figures of each item.
func itemTable(r *report.Report) Table {
	t := Table{Heading: Heading{"items", quiz.ReportItems}, Columns: []string{"Item", "Question", "Right at first", "Discrimination", "Commonest misconception"}}
	for _, i := range r.Items {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: strconv.Itoa(i.Number)}, {Text: i.Name()}, {Text: firstVotes(i)}, {Text: i.Discrimination.String()}, {Text: commonest(i)},
		}})
	}
	return t
}

func votedTwice(r *report.Report) bool {
	return slices.ContainsFunc(r.Items, func(i *report.Item) bool { return i.Gain.Both > 0 })
}

// firstVotes is the difficulty, and who gave no answer or asked for a hint.
func firstVotes(i *report.Item) string {
	out := i.Difficulty().String()
	for _, p := range []struct {
		n    int
		what string
	}{{i.Unread, "unreadable"}, {i.Skipped, "skipped"}, {i.Hinted, "with a hint"}} {
		if p.n > 0 {
			out += "\n" + number(p.n) + " " + p.what
		}
	}
	return out
}

// commonest is the misconception that most chose, and how many.
func commonest(i *report.Item) string {
	m := i.Misconception()
	if m == nil {
		return "-"
	}
	return fmt.Sprintf("%s (%d of %d)", report.Words(m.Belief), m.First, i.Answered)
}

// gainTable is what the discussions changed.
func gainTable(r *report.Report) Table {
	t := Table{Heading: Heading{"after-discussion", quiz.ReportRevotes}, Columns: []string{"Item", "First vote", "Second vote", "Gain", "Won", "Lost"}}
	for _, i := range r.Items {
		g := i.Gain
		if g.Both == 0 {
			continue
		}
		before, after := report.Share{N: g.First, Of: g.Both}, report.Share{N: g.Revote, Of: g.Both}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Text: strconv.Itoa(i.Number)}, {Text: before.String()}, {Text: after.String()},
			{Text: g.Points()}, {Text: number(g.Won)}, {Text: number(g.Lost)},
		}})
	}
	t.Notes = []Cell{{Text: "Of those who voted twice: right before and after the discussion, how many came to the right answer, and how many left it.", Tone: Quiet}}
	return t
}

// beliefTable is the misconceptions, the commonest first.
func beliefTable(r *report.Report) Table {
	t := Table{Heading: Heading{"misconceptions", quiz.ReportMisconceptions}, Columns: []string{"Misconception", "Chosen", "Items", "Others have shown it in"}}
	for _, b := range r.Beliefs {
		var items []string
		for _, n := range b.Items {
			items = append(items, strconv.Itoa(n))
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: report.Words(b.Belief)}, {Text: report.Share{N: b.Chosen, Of: b.Of}.String()}, {Text: strings.Join(items, ", ")}, {Text: report.Thread(b.Belief), Tone: Quiet}}})
	}
	t.Notes = []Cell{{Text: "Chosen at the first vote, of all first answers to the items that offer it.", Tone: Quiet}}
	return t
}

// optionTable is who chose what: the question, and under it its options, those
// that most chose first.
func optionTable(r *report.Report) Table {
	voted := votedTwice(r)
	t := Table{Heading: Heading{"options", quiz.ReportOptions}, Columns: []string{"Item", "Option", "First vote"}}
	if voted {
		t.Columns = append(t.Columns, "Second vote")
	}
	t.Columns = append(t.Columns, "Stands for")
	add := func(depth int, first, text, votes, second, belief string, tone Tone) {
		cells := []Cell{{Text: first}, {Text: text, Tone: tone}, {Text: votes}}
		if voted {
			cells = append(cells, Cell{Text: second})
		}
		t.Rows = append(t.Rows, Row{Depth: depth, Cells: append(cells, Cell{Text: belief})})
	}
	for _, i := range r.Items {
		add(0, strconv.Itoa(i.Number), i.Prompt, "", "", "", Strong)
		for _, o := range byVotes(i.Options) {
			belief, tone := report.Words(o.Belief), Plain
			if o.Right {
				belief, tone = "the right answer", Good
			}
			add(1, "", o.Text, number(o.First), number(o.Revote), belief, tone)
		}
	}
	return t
}

func byVotes(options []report.Option) []report.Option {
	out := slices.Clone(options)
	slices.SortStableFunc(out, func(a, b report.Option) int { return b.First - a.First })
	return out
}
