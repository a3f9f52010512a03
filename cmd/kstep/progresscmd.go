package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	kept "kstep/quiz/progress"
	"kstep/quiz/report"
	"kstep/scenarios"
)

func newProgress(s *streams) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "progress",
		Short: "Show what is done, the score of each lesson, and what is weak",
		Long: "Show what is done, the score of each lesson, and what is weak. Progress is one\n" +
			"file on this machine: in $KSTEP_STATE, else in $XDG_STATE_HOME/kstep, else in\n" +
			"~/.local/state/kstep. KSTEP_STATE=off keeps nothing.",
		Example: "  kstep progress\n  kstep progress export mine.json\n  kstep progress import mine.json",
		Args:    knownCommand,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, listFormats); err != nil {
				return err
			}
			_, p, day, err := s.progressOn()
			if err != nil {
				return err
			}
			done := standing(p, day)
			if format == "json" {
				return writeJSON(s.Out, done)
			}
			return writeOut(s.Out, "the progress", []byte(done.text(s.width(0))))
		},
	}
	cmd.Flags().StringVar(&format, "format", "terminal", "terminal or json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(listFormats, cobra.ShellCompDirectiveNoFileComp))
	cmd.AddCommand(newProgressExport(s), newProgressImport(s))
	return cmd
}

// stands is where a learner stands, as progress --format json writes it.
type stands struct {
	Today    kept.Day       `json:"today"`
	Current  string         `json:"current,omitempty"` // the lesson the learner is at
	Next     string         `json:"next,omitempty"`    // the lesson kstep next runs; empty: all are finished
	Finished int            `json:"finished"`          // lessons
	Lessons  []lessonStands `json:"lessons"`           // all of them, in teaching order
	Weak     []weakStands   `json:"weak"`              // what is due first before the others
	Left     int            `json:"left"`              // questions that kstep review still asks today
	Unknown  []string       `json:"unknown,omitempty"` // lessons that are kept and that this kstep does not have
}

type lessonStands struct {
	Number   int      `json:"number"`
	ID       string   `json:"id"`
	Level    string   `json:"level"`
	Seen     kept.Day `json:"seen,omitempty"`
	Finished kept.Day `json:"finished,omitempty"`
	At       string   `json:"at,omitempty"`
	Asked    int      `json:"asked"` // questions settled at least once
	Right    int      `json:"right"` // of those, once right at the first try
}

type weakStands struct {
	Lesson   string   `json:"lesson"`
	Question string   `json:"question"`
	Due      kept.Day `json:"due"`
	Missed   int      `json:"missed"` // days
	Asked    int      `json:"asked"`  // days
	Belief   string   `json:"belief,omitempty"`
}

func standing(p *kept.Progress, day kept.Day) stands {
	out := stands{Today: day, Current: p.Current, Next: p.Next(steps()), Lessons: []lessonStands{}, Weak: []weakStands{}}
	for i, l := range scenarios.Taught() {
		of, score := p.Lessons[l.ID], p.Score(l.ID)
		if of.Finished != "" {
			out.Finished++
		}
		out.Lessons = append(out.Lessons, lessonStands{
			Number: i + 1, ID: l.ID, Level: l.Level, Seen: of.Seen, Finished: of.Finished, At: of.At, Asked: score.Asked, Right: score.Right,
		})
	}
	for _, w := range known(p.Weak()) {
		out.Weak = append(out.Weak, weakStands{w.Lesson, w.Question, w.Due, w.Missed, w.Asked, w.Belief})
	}
	out.Left = min(len(due(p, day)), p.Left(day))
	out.Unknown = strangers(p)
	return out
}

// text is the same to read.
func (d stands) text(width int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Finished: %d of %d lessons. ", d.Finished, len(d.Lessons))
	switch {
	case d.Next == "":
		b.WriteString("There is no next one.\n")
	case d.Next == d.Current:
		fmt.Fprintf(&b, "You are at %s; kstep next goes on.\n", d.Next)
	default:
		fmt.Fprintf(&b, "kstep next goes on with %s.\n", d.Next)
	}
	id, level := 0, ""
	for _, l := range d.Lessons {
		id = max(id, len(l.ID))
	}
	for _, l := range d.Lessons {
		if l.Level != level {
			level = l.Level
			b.WriteString(level + "\n")
		}
		b.WriteString(strings.TrimRight(fmt.Sprintf("%3d  %-*s  %s", l.Number, id, l.ID, l.words()), " ") + "\n")
	}
	d.weak(&b, width)
	if len(d.Unknown) > 0 {
		b.WriteString("\n")
		writeWrapped(&b, "Kept as well, of lessons that this kstep does not have: "+clean(strings.Join(d.Unknown, ", ")), 0, width)
	}
	return b.String()
}

// words are how a lesson stands.
func (l lessonStands) words() string {
	score := ""
	if l.Asked > 0 {
		score = fmt.Sprintf("%d of %d right", l.Right, l.Asked)
	}
	switch {
	case l.Finished != "":
		return "finished " + string(l.Finished) + "  " + score
	case l.Seen != "":
		return "begun    " + string(l.Seen) + "  " + score
	}
	return ""
}

// weak is what was missed, when it is asked again, and what was believed.
func (d stands) weak(b *strings.Builder, width int) {
	if len(d.Weak) == 0 {
		return
	}
	b.WriteString("\nWeak: missed, and not yet recalled often enough\n")
	for _, w := range d.Weak {
		when := "due " + string(w.Due)
		if w.Due <= d.Today {
			when = "due"
		}
		writeWrapped(b, fmt.Sprintf("%s, %s: missed on %d of %s, %s", w.Lesson, clean(w.Question), w.Missed, counted(w.Asked, "day"), when), 2, width)
		if w.Belief != "" {
			writeWrapped(b, "believed: "+clean(report.Words(w.Belief)), 6, width)
		}
	}
	if d.Left > 0 {
		fmt.Fprintf(b, "kstep review asks %s today.\n", counted(d.Left, "question"))
	}
}
