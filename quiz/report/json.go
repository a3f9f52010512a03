package report

import "kstep/quiz"

// The report for tools.

// JSON is the report's figures as they are written as JSON.
type JSON struct {
	Format   string       `json:"format"` // kstep-report/1
	Files    int          `json:"files"`
	Sessions int          `json:"sessions"`
	Takers   int          `json:"takers"`
	Answers  int          `json:"answers"`
	LeftOut  []string     `json:"left_out,omitempty"` // file:line (why)
	Again    int          `json:"again,omitempty"`    // answers found twice, counted once
	Items    []ItemJSON   `json:"items"`
	Next     []int        `json:"next"` // numbers of items, what to take up first at the head
	Beliefs  []BeliefJSON `json:"beliefs"`
}

// ItemJSON is one item.
type ItemJSON struct {
	Number         int          `json:"number"`
	Lesson         string       `json:"lesson"`
	Variant        string       `json:"variant,omitempty"`
	Question       string       `json:"question"`
	Kind           quiz.Kind    `json:"kind"`
	Prompt         string       `json:"prompt"`
	Answered       int          `json:"answered"`
	Right          int          `json:"right"` // at the first vote
	Range          [2]float64   `json:"range"` // of the difficulty, in percent
	Discrimination *float64     `json:"discrimination"`
	Why            string       `json:"why,omitempty"` // there is no discrimination
	Skipped        int          `json:"skipped"`
	Hinted         int          `json:"hinted"`
	Votes          GainJSON     `json:"votes"`
	Advice         Advice       `json:"advice"`
	Options        []OptionJSON `json:"options"`
}

// GainJSON is what a discussion changed.
type GainJSON struct {
	Both   int `json:"both"`
	First  int `json:"first"`
	Revote int `json:"revote"`
	Won    int `json:"won"`
	Lost   int `json:"lost"`
}

// OptionJSON is who chose an option.
type OptionJSON struct {
	Text   string `json:"text"`
	Belief string `json:"belief,omitempty"`
	Right  bool   `json:"right,omitempty"`
	First  int    `json:"first"`
	Revote int    `json:"revote"`
}

// BeliefJSON is a misconception.
type BeliefJSON struct {
	Belief string `json:"belief"` // as the options of the items have it
	Says   string `json:"says"`
	Thread string `json:"thread,omitempty"` // where others have shown it
	Chosen int    `json:"chosen"`
	Of     int    `json:"of"`
	Items  []int  `json:"items"`
}

// JSON is the report for tools.
func (r *Report) JSON() JSON {
	out := JSON{Format: "kstep-report/1", Files: r.Files, Sessions: r.Sessions, Takers: r.Takers, Answers: r.Answers, Again: r.Again, Beliefs: []BeliefJSON{}}
	for _, l := range r.Left {
		out.LeftOut = append(out.LeftOut, l.String())
	}
	advice := map[int]Advice{}
	for _, s := range r.Next {
		out.Next = append(out.Next, s.Number)
		advice[s.Number] = s.Advice
	}
	for _, i := range r.Items {
		low, high := i.Difficulty().Range()
		j := ItemJSON{
			Number: i.Number, Lesson: i.Lesson, Variant: i.Variant, Question: i.Question, Kind: i.Kind, Prompt: i.Prompt,
			Answered: i.Answered, Right: i.Right, Range: [2]float64{low, high}, Why: i.Discrimination.Why, Skipped: i.Skipped, Hinted: i.Hinted,
			Votes: GainJSON(i.Gain), Advice: advice[i.Number],
		}
		if i.Discrimination.Known {
			j.Discrimination = &i.Discrimination.Value
		}
		for _, o := range i.Options {
			j.Options = append(j.Options, OptionJSON{o.Text, o.Belief, o.Right, o.First, o.Revote})
		}
		out.Items = append(out.Items, j)
	}
	for _, b := range r.Beliefs {
		out.Beliefs = append(out.Beliefs, BeliefJSON{b.Belief, Words(b.Belief), Thread(b.Belief), b.Chosen, b.Of, b.Items})
	}
	return out
}
