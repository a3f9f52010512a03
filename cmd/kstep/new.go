package main

// kstep new: a lesson that runs, and what is to be filled in.

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/scenarios/scaffold"
)

func newNew(s *streams) *cobra.Command {
	var after string
	cmd := &cobra.Command{
		Use:               "new LESSON-ID",
		Short:             "Write a new lesson that runs already, in a clone of kstep",
		Long:              "Write a new lesson into a clone of kstep: a program, a variant of it, claims and\nquestions. It runs already; what is to be filled in is marked TODO, and is\nlisted at the end.",
		Example:           "  kstep new send-twice\n  kstep new send-twice --after linger",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0:
				return errors.New("name the new lesson: lower-case words with - between them, such as send-twice")
			case len(args) > 1:
				return fmt.Errorf("one lesson at a time: %q is one too many", args[1])
			}
			return writeLesson(s, args[0], after)
		},
	}
	cmd.Flags().StringVar(&after, "after", "", "the `LESSON-ID` it comes after in teaching order, whose level it gets (default: the last)")
	_ = cmd.RegisterFlagCompletionFunc("after", completeLessons)
	return cmd
}

// writeLesson writes a new lesson, or nothing.
func writeLesson(s *streams, id, after string) error {
	top, err := cloneAt(".")
	if err != nil {
		return err
	}
	if top == "" {
		return errors.New("this folder is in no clone of kstep; change to one, a lesson is a part of kstep")
	}
	lessons := filepath.Join(top, "scenarios")
	unlock, err := lockFolder(lessons) // two at once would each leave the other out of the list
	if err != nil {
		return err
	}
	defer unlock()
	plan, err := scaffold.New(os.DirFS(lessons), id, after)
	if err != nil {
		return err
	}
	if err := put(plan, lessons, filepath.Join(lessons, scaffold.List)); err != nil {
		return err
	}
	return writeOut(s.Out, "what is to be filled in", []byte(toFillIn(plan, os.DirFS(lessons), s.width(0))))
}

// put writes the folder under another name and gives it its own when all is in
// it; the list of lessons comes last. Where one fails, nothing stays.
func put(plan *scaffold.Plan, lessons, list string) (err error) {
	temp := filepath.Join(lessons, fmt.Sprintf(".kstep-%016x", rand.Uint64())) // Go passes over such a folder
	if err := os.Mkdir(temp, 0o777); err != nil {
		return fmt.Errorf("make scenarios/%s: %w", plan.Folder, reason(err))
	}
	made := temp
	defer func() {
		if err != nil {
			os.RemoveAll(made)
		}
	}()
	for _, f := range plan.Files {
		if err := os.WriteFile(filepath.Join(temp, f.Name), f.Data, 0o666); err != nil {
			return fmt.Errorf("write scenarios/%s/%s: %w", plan.Folder, f.Name, reason(err))
		}
	}
	folder := filepath.Join(lessons, plan.Folder)
	if err := os.Rename(temp, folder); err != nil {
		return fmt.Errorf("make scenarios/%s: %w", plan.Folder, reason(err))
	}
	made = folder
	return pages{{file: list, data: plan.List}}.write()
}

// toFillIn is what was written, each place to fill in, and what to type next.
func toFillIn(plan *scaffold.Plan, lessons fs.FS, width int) string {
	var b strings.Builder
	r := checkReport{b: &b, width: width}
	r.line("", fmt.Sprintf("Written: scenarios/%s, and its place in scenarios/scenarios.go, after %s (%s).", plan.Folder, plan.After, plan.Level))
	b.WriteString("It is a draft: it runs, no list counts it, and no progress is kept of it.\n\nTo fill in:\n")
	for _, p := range scenarios.Places(lessons, plan.Folder) {
		r.line(fmt.Sprintf("  scenarios/%s:%d: ", p.File, p.Line), p.Name+": "+p.Text)
	}
	b.WriteString("\nTo type next:\n")
	check := "go run ./cmd/kstep check " + plan.ID
	often := check + " --runs 20"
	for _, next := range [][2]string{
		{"go run ./cmd/kstep run " + plan.ID, "look at its page"},
		{check, "what is still to do"},
		{often, "hold it against 20 runs"},
	} {
		r.line(fmt.Sprintf("  %-*s  ", len(often), next[0]), next[1])
	}
	return b.String()
}
