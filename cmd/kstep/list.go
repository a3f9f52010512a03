package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
)

// listed is a lesson as list --format json writes it, for tools.
type listed struct {
	Number   int       `json:"number"` // its place in teaching order, from 1; of a draft 0
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Promise  string    `json:"promise"`
	Level    string    `json:"level"`
	Needs    []string  `json:"needs,omitempty"`
	Minutes  int       `json:"minutes"`
	Draft    bool      `json:"draft,omitempty"`
	Variants []variant `json:"variants,omitempty"`
}

type variant struct {
	Name    string `json:"name"`
	Promise string `json:"promise"`
}

func newList(s *streams) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:               "list [LESSON]",
		Short:             "List the lessons in teaching order, or what one lesson has",
		ValidArgsFunction: completeLessons,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("--format", format, listFormats); err != nil {
				return err
			}
			lessons, err := chosen(args)
			if err != nil {
				return err
			}
			return list(s, format, lessons, len(args) == 1)
		},
	}
	cmd.Flags().StringVar(&format, "format", "terminal", "terminal or json")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(listFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

var listFormats = []string{"terminal", "json"}

// chosen are the lessons that are named, or all.
func chosen(args []string) ([]listed, error) {
	var out []listed
	for _, l := range scenarios.All() {
		if len(args) == 0 || l.ID == args[0] {
			_, n := scenarios.Find(l.ID)
			out = append(out, jsonOf(n, l))
		}
	}
	switch {
	case len(args) > 1:
		return nil, fmt.Errorf("one lesson at a time: %q is one too many", args[1])
	case len(out) == 0:
		return nil, unknownLesson(args[0])
	}
	return out, nil
}

func list(s *streams, format string, lessons []listed, one bool) error {
	var b strings.Builder
	switch {
	case format == "json":
		e := json.NewEncoder(&b)
		e.SetIndent("", "  ")
		if err := e.Encode(lessons); err != nil {
			return fmt.Errorf("write the list: %w", err)
		}
	case one:
		detail(&b, lessons[0], s.width(0))
	default:
		lines(&b, lessons, s.width(0))
	}
	if _, err := fmt.Fprint(s.Out, b.String()); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}

// lines is one line a lesson, under the level it has.
func lines(b *strings.Builder, lessons []listed, width int) {
	id, level := 0, ""
	for _, l := range lessons {
		id = max(id, len(l.ID))
	}
	for _, l := range lessons {
		if l.Level != level {
			level = l.Level
			b.WriteString(level + "\n")
		}
		number, title := fmt.Sprint(l.Number), l.Title
		if l.Draft {
			number, title = "-", "(draft) "+l.Title
		}
		line := fmt.Sprintf("%3s  %-*s  %s", number, id, l.ID, title)
		if r := []rune(line); len(r) > width {
			line = string(r[:width-3]) + "..."
		}
		b.WriteString(line + "\n")
	}
	first := lessons[0].ID
	b.WriteString("\nStart one: kstep run " + first + "\nStep through it: kstep walk " + first + "\nIts variants: kstep list " + first + "\nGo on where you were: kstep next\n")
}

// detail is all about one lesson.
func detail(b *strings.Builder, l listed, width int) {
	fmt.Fprintf(b, "%s  %s\n", l.ID, l.Title)
	writeWrapped(b, l.Promise, 2, width)
	number := fmt.Sprintf("lesson %d", l.Number)
	if l.Draft {
		number = "a draft"
	}
	fmt.Fprintf(b, "  %s, %s, about %d minutes\n", number, l.Level, l.Minutes)
	if len(l.Needs) > 0 {
		writeWrapped(b, "builds on "+strings.Join(l.Needs, ", "), 2, width)
	}
	fmt.Fprintf(b, "\n  kstep run %s\n  kstep walk %s\n", l.ID, l.ID)
	for _, v := range l.Variants {
		fmt.Fprintf(b, "  kstep run %s --variant %s\n", l.ID, v.Name)
		writeWrapped(b, v.Promise, 6, width)
	}
}

// writeWrapped writes words into lines of at most width columns.
func writeWrapped(b *strings.Builder, words string, indent, width int) {
	at := 0
	for i, word := range strings.Fields(words) {
		switch n := utf8.RuneCountInString(word); {
		case i == 0:
			at, _ = fmt.Fprintf(b, "%*s%s", indent, "", word)
		case at+1+n > width:
			b.WriteByte('\n')
			at, _ = fmt.Fprintf(b, "%*s%s", indent, "", word)
		default:
			b.WriteString(" " + word)
			at += 1 + n
		}
	}
	b.WriteByte('\n')
}

func jsonOf(number int, l *lesson.Lesson) listed {
	out := listed{Number: number, ID: l.ID, Title: l.Title, Promise: l.Promise, Level: l.Level, Needs: l.Needs, Minutes: l.Minutes, Draft: l.Draft}
	for _, v := range l.Variants {
		out.Variants = append(out.Variants, variant{v.Name, v.Promise})
	}
	return out
}

// noArgs refuses arguments in one line.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no argument, but was given %q", cmd.CommandPath(), args[0])
	}
	return nil
}
