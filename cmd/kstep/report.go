package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kstep/quiz/report"
	"kstep/tracer/view"
)

func newReport(s *streams) *cobra.Command {
	var p page
	var r *report.Report
	p.csv = func(w io.Writer) error { return reportCSV(w, r) }
	cmd := &cobra.Command{
		Use:   "report FILE...",
		Short: "Say of recorded answers what to discuss next",
		Long: "Read the answers that kstep quiz --record kept, and show for each question how\n" +
			"hard it was, how well it tells apart who knows the rest, what was believed, what\n" +
			"a discussion changed, and which question to discuss next. docs/answers.md\n" +
			"describes the files and the figures.",
		Example: "  kstep quiz first-message --record table3.jsonl\n  kstep report table*.jsonl\n  kstep report table*.jsonl -o report.html -o report.csv",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := p.check(cmd); err != nil {
				return err
			}
			var err error
			if r, err = readReport(cmd.Context(), s, args); err != nil {
				return err
			}
			return p.writeAs(s, content{Document: view.ReportPage(r), json: func(w io.Writer) error { return reportJSON(w, r) }})
		},
	}
	p.flags(cmd)
	cmd.Flags().Lookup("format").Usage = "terminal, markdown, html, csv or json; default: by the file's suffix, else terminal"
	cmd.Flags().Lookup("output").Usage = "write to `FILE` instead of the terminal; repeatable, format from the suffix (.txt .md .html .csv .json)"
	return cmd
}

// readReport reads all files, and says on one line what of them was left out.
func readReport(ctx context.Context, s *streams, files []string) (*report.Report, error) {
	if len(files) == 0 {
		return nil, errors.New("name the files of answers, or - for standard input (kstep quiz first-message --record FILE makes one)")
	}
	a, err := untilDone(ctx, func() (*report.Answers, error) {
		a := &report.Answers{}
		for _, file := range files {
			if err := readAnswers(s, a, file); err != nil {
				return nil, err
			}
		}
		return a, nil
	})
	if err != nil {
		return nil, err
	}
	left := leftOut(a.Left)
	if len(a.All) == 0 {
		if left != "" {
			left = ": " + left
		}
		return nil, fmt.Errorf("there is no answer in %s%s (kstep quiz first-message --record FILE keeps them)", filesIn(files), left)
	}
	if left != "" {
		fmt.Fprintln(s.Err, "kstep: "+oneLine(left))
	}
	return report.Make(a), nil
}

func filesIn(files []string) string {
	if len(files) == 1 {
		return files[0]
	}
	return fmt.Sprintf("%d files", len(files))
}

func readAnswers(s *streams, a *report.Answers, file string) error {
	if file == "-" {
		return a.Read("standard input", s.In)
	}
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", file)
	}
	if err != nil {
		return fmt.Errorf("open %s: %w", file, reason(err))
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; name the files in it, for example %s/*.jsonl", file, strings.TrimSuffix(file, "/"))
	}
	return a.Read(file, f)
}

// fewNamed is how many lines are named before the rest is counted.
const fewNamed = 3

func leftOut(all []report.Left) string {
	if len(all) == 0 {
		return ""
	}
	var names []string
	for i, l := range all {
		if i == fewNamed {
			names = append(names, fmt.Sprintf("and %d more", len(all)-i))
			break
		}
		names = append(names, l.String())
	}
	what := "1 line is no answer and is left out"
	if len(all) > 1 {
		what = fmt.Sprintf("%d lines are no answers and are left out", len(all))
	}
	return what + ": " + strings.Join(names, ", ")
}

// reportCSV is a row an item, for a spreadsheet.
func reportCSV(w io.Writer, r *report.Report) error {
	c := csv.NewWriter(w)
	rows := [][]string{{
		"item", "lesson", "variant", "question", "kind", "answered", "right_first", "difficulty", "difficulty_low", "difficulty_high",
		"discrimination", "discrimination_of", "skipped", "hinted", "votes_twice", "right_before", "right_after", "won", "lost",
		"commonest_misconception", "misconception", "thread", "chosen", "advice", "why", "prompt",
	}}
	advice := map[int]report.Step{}
	for _, n := range r.Next {
		advice[n.Number] = n
	}
	for _, i := range r.Items {
		low, high := i.Difficulty().Range()
		discrimination, belief, chosen := "", "", ""
		if i.Discrimination.Known {
			discrimination = strconv.FormatFloat(i.Discrimination.Value, 'f', 4, 64)
		}
		if m := i.Misconception(); m != nil {
			belief, chosen = m.Belief, strconv.Itoa(m.First)
		}
		difficulty := ""
		if i.Answered > 0 {
			difficulty = hundredths(i.Difficulty().Percent())
		}
		rows = append(rows, []string{
			strconv.Itoa(i.Number), i.Lesson, i.Variant, i.Question, string(i.Kind), strconv.Itoa(i.Answered), strconv.Itoa(i.Right), difficulty, hundredths(low), hundredths(high),
			discrimination, strconv.Itoa(i.Discrimination.Of), strconv.Itoa(i.Skipped), strconv.Itoa(i.Hinted), strconv.Itoa(i.Gain.Both), strconv.Itoa(i.Gain.First), strconv.Itoa(i.Gain.Revote), strconv.Itoa(i.Gain.Won), strconv.Itoa(i.Gain.Lost),
			report.Words(belief), belief, report.Thread(belief), chosen, string(advice[i.Number].Advice), advice[i.Number].Why, i.Prompt,
		})
	}
	for _, row := range rows {
		for n := range row {
			row[n] = cellOf(row[n])
		}
	}
	if err := c.WriteAll(rows); err != nil {
		return fmt.Errorf("write the CSV: %w", err)
	}
	return nil
}

// hundredths is a share of a hundred as a share of one.
func hundredths(percent float64) string { return strconv.FormatFloat(percent/100, 'f', 4, 64) }

// cellOf is a text as a cell that a spreadsheet shows and does not compute.
func cellOf(text string) string {
	text = strings.ReplaceAll(clean(text), "\n", `\n`)
	if _, err := strconv.ParseFloat(text, 64); err == nil {
		return text
	}
	if text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
		return "'" + text
	}
	return text
}

// reportJSON is the figures for tools.
func reportJSON(w io.Writer, r *report.Report) error { return writeJSON(w, r.JSON()) }
