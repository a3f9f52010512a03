package main

// The command line: which commands there are, and what is said where one is
// typed wrongly.

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how wide help is written, its texts and its flags.
const helpWidth = 80

// What cobra has once for all commands of a process; tests make several at once.
func init() {
	cobra.EnableCommandSorting = false // the order in which commands are added is meant
	cobra.AddTemplateFunc("wrapped", func(f *pflag.FlagSet) string { return f.FlagUsagesWrapped(helpWidth) })
}

// newRoot is the command with its subcommands, in groups, in the order a learner
// meets them.
func newRoot(s *streams) *cobra.Command {
	root := &cobra.Command{
		Use:           "kstep",
		Short:         "Step through what a Kafka producer really does",
		Long:          "kstep runs a real Kafka producer against a broker of its own, records every\nstep, and turns the record into a lesson.",
		Version:       versions().Kstep,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return greet(cmd.Context(), s) },
	}
	root.SetFlagErrorFunc(flagError)
	group := func(id, title string, commands ...*cobra.Command) {
		root.AddGroup(&cobra.Group{ID: id, Title: title + ":"})
		for _, c := range commands {
			c.GroupID = id
		}
		root.AddCommand(commands...)
	}
	group("learn", "Learn", newList(s), newRun(s), newWalk(s), newQuiz(s), newNext(s), newReview(s), newProgress(s), newReset(s))
	group("closer", "Look closer", newModes(s), newDiff(s), newShow(s), newExport(s), newServe(s))
	group("workshop", "In a workshop", newWorksheet(s), newReport(s))
	group("write", "Write documents and lessons", newDocs(s), newCheck(s), newNew(s))
	group("kstep", "About kstep", newVersion(s))
	root.SetCompletionCommandGroupID("kstep")
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), "Flags.FlagUsages", "Flags | wrapped"))
	root.SetHelpCommand(newHelp())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() == "completion" { // cobra's own
			c.Args = knownCommand
			c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
	}
	return root
}

// knownCommand refuses a word that stands where a command should.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("there is no command %q; the nearest is %q (%s --help lists them)",
		args[0], nearest(args[0], names(cmd)), cmd.CommandPath())
}

// names are the commands under cmd that a user may type.
func names(cmd *cobra.Command) []string {
	var out []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			out = append(out, c.Name())
		}
	}
	return out
}

// newHelp is cobra's help command, but for a word that is no command: that is
// an error here.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:     "help [command]",
		GroupID: "kstep",
		Short:   "Help about any command",
		RunE: func(cmd *cobra.Command, args []string) error {
			at, rest, err := cmd.Root().Find(args)
			if at == nil || err != nil || len(rest) > 0 {
				if at == nil {
					at = cmd.Root()
				}
				if len(rest) == 0 {
					rest = args
				}
				return knownCommand(at, rest)
			}
			at.InitDefaultHelpFlag()
			at.InitDefaultVersionFlag()
			return at.Help()
		},
	}
}

// flagError says in kstep's own words what is wrong with a flag, and which one
// was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return fmt.Errorf("--%s %q: give %s", f.Name, invalid.GetValue(), kindOf(f))
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return fmt.Errorf("%s has no flag -%s (%s --help lists them)", cmd.CommandPath(), unknown.GetSpecifiedName(), cmd.CommandPath())
	case errors.As(err, &unknown):
		var flags []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, f.Name) })
		name := unknown.GetSpecifiedName()
		return fmt.Errorf("%s has no flag --%s; the nearest is --%s", cmd.CommandPath(), name, nearest(name, flags))
	}
	return err
}

// kindOf is what a flag takes, in words.
func kindOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int":
		return "a whole number"
	case "duration":
		return "a time with its unit, for example 30s"
	case "bool":
		return "true or false"
	}
	return "a " + f.Value.Type()
}
