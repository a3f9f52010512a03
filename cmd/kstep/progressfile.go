package main

// Progress that goes from one machine to another.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	kept "kstep/quiz/progress"
	"kstep/scenarios"
)

func newProgressExport(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:     "export [FILE]",
		Short:   "Write the progress to a file, or to standard output",
		Example: "  kstep progress export mine.json",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("one file at a time: %q is one too many", args[1])
			}
			_, p, _, err := s.progressOn()
			if err != nil {
				return err
			}
			if len(args) == 0 || args[0] == "-" {
				return writeOut(s.Out, "the progress", p.Encode())
			}
			return pages{{file: args[0], data: p.Encode()}}.write()
		},
	}
}

func newProgressImport(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:     "import FILE",
		Short:   "Add an exported progress to what is kept; - is standard input",
		Long:    "Add an exported progress to the one that is kept: nothing that is kept is lost,\nand nothing is there twice, however often it is imported. - is standard input.",
		Example: "  kstep progress import mine.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("name one file that kstep progress export has written, or - for standard input")
			}
			return importProgress(cmd.Context(), s, args[0])
		},
	}
}

func importProgress(ctx context.Context, s *streams, file string) error {
	store, err := s.store()
	if err != nil {
		return err
	}
	theirs, err := readProgress(ctx, s, file)
	if err != nil {
		return err
	}
	added := 0
	err = store.Update(func(p *kept.Progress) error {
		added = p.Merge(theirs)
		return nil
	})
	if err != nil {
		return err
	}
	return writeOut(s.Out, "what was done", fmt.Appendf(nil, "Imported %s: %s.\n", clean(file), counted(added, "new answer")))
}

// readProgress reads a file that export has written.
func readProgress(ctx context.Context, s *streams, file string) (*kept.Progress, error) {
	r, name := s.In, "standard input"
	if file != "-" {
		f, err := os.Open(file)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s (kstep progress export FILE makes one)", file)
		}
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", file, reason(err))
		}
		defer f.Close()
		r, name = f, file
	}
	data, err := untilDone(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(r, kept.MaxSize+1)) })
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, reason(err))
	}
	p, err := kept.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

// strangers are the lessons that are kept and that this kstep does not have.
func strangers(p *kept.Progress) []string {
	ids := map[string]bool{}
	for id := range p.Lessons {
		ids[id] = true
	}
	for _, a := range p.Answers {
		ids[a.Lesson] = true
	}
	for _, l := range scenarios.All() {
		delete(ids, l.ID)
	}
	return slices.Sorted(maps.Keys(ids))
}
