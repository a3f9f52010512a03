package main

// kstep docs: blocks of lessons in Markdown files.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kstep/tracer/inject"
)

func newDocs(s *streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "docs",
		Short: "Keep tables of lessons in Markdown files, and keep them fresh",
		Long: "Keep blocks of lessons in Markdown files: between two comments, kstep writes\n" +
			"what a run shows, and checks later that it still does.\n\n" +
			"  <!-- kstep:begin first-message process-table columns=step,action,result -->\n" +
			"  <!-- kstep:end -->\n\n" +
			"kstep docs blocks lists the blocks and their options.",
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newDocsWrite(s), newDocsCheck(s), newDocsBlocks(s), newDocsSite(s))
	return cmd
}

// docsOptions are the flags that write and check share.
type docsOptions struct {
	traces   []string
	stdout   bool
	parallel int
}

func (o *docsOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringArrayVar(&o.traces, "trace", nil, "take the blocks from this recorded trace `FILE` instead of fresh runs; repeatable")
	parallelFlag(cmd, &o.parallel, "runs at once")
}

func newDocsWrite(s *streams) *cobra.Command {
	var o docsOptions
	cmd := &cobra.Command{
		Use:     "write [PATH...]",
		Short:   "Fill the blocks of Markdown files; folders are searched",
		Example: "  kstep docs write\n  kstep docs write README.md docs\n  kstep docs write README.md --stdout\n  kstep docs write README.md --trace first.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkParallel(cmd, &o.parallel); err != nil {
				return err
			}
			return docsWrite(cmd.Context(), s, o, args)
		},
	}
	o.flags(cmd)
	cmd.Flags().BoolVar(&o.stdout, "stdout", false, "print the one file that is named, filled, and write nothing")
	return cmd
}

func newDocsCheck(s *streams) *cobra.Command {
	var o docsOptions
	cmd := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Say which blocks are stale, with the difference; write nothing",
		Long: "Compare the blocks of Markdown files with what runs show now, and write nothing.\n" +
			"Exit code 0: all are fresh. 1: some are stale; the difference is printed, and\n" +
			"the command that mends it. 2: a marker is broken, or kstep was used wrongly.",
		Example: "  kstep docs check\n  kstep docs check README.md",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkParallel(cmd, &o.parallel); err != nil {
				return err
			}
			return docsCheck(cmd.Context(), s, o, args)
		},
	}
	o.flags(cmd)
	return cmd
}

func newDocsBlocks(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "blocks",
		Short: "List the blocks that a marker can ask for, and their options",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := noArgs(cmd, args); err != nil {
				return err
			}
			return writeOut(s.Out, "the list", []byte(docsBlocks(s.width(0))))
		},
	}
}

// docsBlocks is the list of blocks and options.
func docsBlocks(width int) string {
	var b strings.Builder
	b.WriteString("<!-- kstep:begin LESSON[/VARIANT] BLOCK [OPTION=VALUE ...] -->\n<!-- kstep:end -->\n\nBLOCK is one of\n")
	for _, k := range inject.Blocks {
		fmt.Fprintf(&b, "  %s\n", k.Name)
		writeWrapped(&b, k.Shows, 6, width)
		writeWrapped(&b, "options: "+strings.Join(k.Takes(), ", "), 6, width)
	}
	b.WriteString("\nOPTION is one of\n")
	for _, o := range inject.Every {
		fmt.Fprintf(&b, "  %s=%s\n", o.Name, o.Value)
		writeWrapped(&b, o.Does, 6, width)
	}
	b.WriteString("\nA value with spaces stands between double quotes.\n")
	return b.String()
}

// filledFile is a file with the contents that belong in its blocks.
type filledFile struct {
	*inject.File
	contents []string
	text     string // of the whole file
}

// fillBlocks finds the blocks of the files, makes the runs they need, and fills them.
func fillBlocks(ctx context.Context, s *streams, o docsOptions, paths []string) ([]filledFile, error) {
	files, err := markdownFiles(paths)
	if err != nil {
		return nil, err
	}
	sources, err := newSources(ctx, s, o, files)
	if err != nil {
		return nil, err
	}
	var out []filledFile
	var broken []string
	for _, f := range files {
		x := filledFile{File: f}
		for _, b := range f.Blocks {
			text, err := sources.content(b.Spec)
			if err != nil {
				broken = append(broken, fmt.Sprintf("%s:%d: %v", f.Name, b.Line, err))
			}
			x.contents = append(x.contents, text)
		}
		if len(broken) == 0 {
			x.text = f.Fill(x.contents)
		}
		out = append(out, x)
	}
	if len(broken) > 0 {
		return nil, errors.New(strings.Join(broken, "; "))
	}
	return out, nil
}

func docsWrite(ctx context.Context, s *streams, o docsOptions, paths []string) error {
	if o.stdout && len(paths) != 1 {
		return errors.New("--stdout prints one file: name it")
	}
	if !o.stdout {
		if err := writable(paths); err != nil {
			return err
		}
	}
	all, err := fillBlocks(ctx, s, o, paths)
	if err != nil {
		return err
	}
	if o.stdout {
		if len(all) != 1 {
			return fmt.Errorf("--stdout prints one file, and %s is a folder", paths[0])
		}
		return writeOut(s.Out, "the file", []byte(all[0].text))
	}
	var changed pages
	var report bytes.Buffer
	for _, f := range all {
		stale := inject.Stale(f.File, f.contents)
		if len(stale) > 0 {
			changed = append(changed, written{file: f.Name, data: []byte(f.text)})
		}
		fmt.Fprintf(&report, "%s: %s\n", clean(f.Name), tallyBlocks(len(f.Blocks), len(stale), "written"))
	}
	if err := changed.write(); err != nil {
		return err
	}
	return writeOut(s.Out, "the report", report.Bytes())
}

// tallyBlocks is "3 blocks, 1 written", or that all were fresh.
func tallyBlocks(n, stale int, what string) string {
	blocks := fmt.Sprintf("%d blocks", n)
	if n == 1 {
		blocks = "1 block"
	}
	if stale == 0 {
		return blocks + ", fresh"
	}
	return fmt.Sprintf("%s, %d %s", blocks, stale, what)
}

func docsCheck(ctx context.Context, s *streams, o docsOptions, paths []string) error {
	all, err := fillBlocks(ctx, s, o, paths)
	if err != nil {
		return err
	}
	var report bytes.Buffer
	var mend []string
	for _, f := range all {
		stale := inject.Stale(f.File, f.contents)
		for _, b := range stale {
			fmt.Fprintf(&report, "%s:%d: stale: %s\n", clean(f.Name), b.Line, clean(b.Marker))
		}
		if len(stale) == 0 {
			fmt.Fprintf(&report, "%s: %s\n", clean(f.Name), tallyBlocks(len(f.Blocks), 0, ""))
			continue
		}
		for line := range strings.Lines(inject.Diff(f.File, f.text)) {
			report.WriteString(clean(strings.TrimRight(line, "\n")) + "\n")
		}
		mend = append(mend, shellWord(f.Name))
	}
	if len(mend) == 0 {
		return writeOut(s.Out, "the report", report.Bytes())
	}
	command := "kstep docs write " + strings.Join(mend, " ")
	for _, t := range o.traces {
		command += " --trace " + shellWord(t)
	}
	fmt.Fprintf(&report, "\nTo mend it: %s\n", command)
	if err := writeOut(s.Out, "the report", report.Bytes()); err != nil {
		return err
	}
	return failure{"blocks are stale; mend them with: " + command}
}

// shellWord is a file's name as it can be typed.
func shellWord(name string) string {
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./") == "" {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
}
