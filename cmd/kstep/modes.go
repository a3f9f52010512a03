package main

// The modes: what kstep modes says of them, and the flag --mode that run and
// show share.

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/tracer/view"
)

func newModes(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "modes",
		Short: "Explain the modes: views of one run",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			return writeOut(s.Out, "the modes", []byte(modesText(s.width(0))))
		},
	}
}

// modesText explains every mode: what it is for, what it shows, when to take it.
func modesText(width int) string {
	var b strings.Builder
	writeWrapped(&b, "A mode is a view of one run. All are made from the same trace, so what one shows none of the others denies.", 0, width)
	wide := 0
	for _, m := range view.Modes() {
		wide = max(wide, len(m.Name))
	}
	for _, m := range view.Modes() {
		fmt.Fprintf(&b, "\n%-*s  %s\n", wide, m.Name, m.Idea)
		writeWrapped(&b, "Shows "+m.Shows, wide+2, width)
		writeWrapped(&b, m.When, wide+2, width)
	}
	first := scenarios.All()[0].ID
	fmt.Fprintf(&b, "\nTake one: kstep run %s --mode %s\nOf a recorded trace: kstep show FILE --mode %s\n", first, view.ModeDeep, view.ModeDeep)
	return b.String()
}

// modeNames are the values of --mode.
func modeNames() []string {
	var out []string
	for _, m := range view.Modes() {
		out = append(out, m.Name)
	}
	return out
}

// modeFlag registers --mode.
func modeFlag(cmd *cobra.Command, mode *string) {
	cmd.Flags().StringVar(mode, "mode", view.ModeVisual, "the view of the run: "+strings.Join(modeNames(), ", ")+" (kstep modes explains them); json is the trace, the same in each")
	_ = cmd.RegisterFlagCompletionFunc("mode", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var out []string
		for _, m := range view.Modes() {
			out = append(out, m.Name+"\t"+m.Idea)
		}
		return out, cobra.ShellCompDirectiveNoFileComp
	})
}
