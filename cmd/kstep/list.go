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
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Promise  string    `json:"promise"`
	Level    string    `json:"level"`
	Minutes  int       `json:"minutes"`
	Variants []variant `json:"variants,omitempty"`
}

type variant struct {
	Name    string `json:"name"`
	Promise string `json:"promise"`
}

func newList(s *streams) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the lessons in teaching order",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			if err := oneOf("--format", format, []string{"terminal", "json"}); err != nil {
				return err
			}
			return list(s, format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "terminal", "terminal or json")
	return cmd
}

func list(s *streams, format string) error {
	lessons := scenarios.All()
	var b strings.Builder
	if format == "json" {
		out := make([]listed, 0, len(lessons))
		for _, l := range lessons {
			out = append(out, jsonOf(l))
		}
		e := json.NewEncoder(&b)
		e.SetIndent("", "  ")
		if err := e.Encode(out); err != nil {
			return fmt.Errorf("write the list: %w", err)
		}
	} else {
		for i, l := range lessons {
			fmt.Fprintf(&b, "%2d  %-16s %s\n", i+1, l.ID, l.Title)
			fmt.Fprintf(&b, "    %-16s %s, about %d minutes\n", "", l.Level, l.Minutes)
			for _, v := range l.Variants {
				writeWrapped(&b, "--variant "+v.Name+": "+v.Promise, listIndent, s.width(0))
			}
		}
		b.WriteString("\nStart one: kstep run " + lessons[0].ID + "\n")
	}
	if _, err := fmt.Fprint(s.Out, b.String()); err != nil {
		return fmt.Errorf("write the list: %w", err)
	}
	return nil
}

// listIndent is where the titles of the list begin.
const listIndent = 21

// writeWrapped writes words into lines of at most width columns, the second
// and later ones further in.
func writeWrapped(b *strings.Builder, words string, indent, width int) {
	at := 0
	for i, word := range strings.Fields(words) {
		switch n := utf8.RuneCountInString(word); {
		case i == 0:
			at, _ = fmt.Fprintf(b, "%*s%s", indent, "", word)
		case at+1+n > width:
			b.WriteByte('\n')
			at, _ = fmt.Fprintf(b, "%*s%s", indent+2, "", word)
		default:
			b.WriteString(" " + word)
			at += 1 + n
		}
	}
	b.WriteByte('\n')
}

func jsonOf(l *lesson.Lesson) listed {
	out := listed{ID: l.ID, Title: l.Title, Promise: l.Promise, Level: l.Level, Minutes: l.Minutes}
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
