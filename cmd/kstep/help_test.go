package main

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Help fits a terminal of 80 columns, and every command stands in a group.
func TestHelpFits(t *testing.T) {
	s := &streams{Getenv: os.Getenv}
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		var out bytes.Buffer
		c.SetOut(&out)
		if err := c.Help(); err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(out.String(), "\n") {
			if len([]rune(line)) > helpWidth && !strings.HasPrefix(line, "  kstep ") { // an example is one line
				t.Errorf("%s --help: %d columns: %s", c.CommandPath(), len([]rune(line)), line)
			}
		}
		if strings.Contains(out.String(), "Additional Commands") {
			t.Errorf("%s --help has commands without a group:\n%s", c.CommandPath(), out.String())
		}
		for _, sub := range c.Commands() {
			if sub.Name() != "completion" { // cobra's words
				visit(sub)
			}
		}
	}
	visit(newRoot(s))
}
