package render

import (
	"testing"

	"github.com/fatih/color"

	"kstep/tracer/view"
)

func TestColorChoice(t *testing.T) {
	env := func(m map[string]string) func(string) string { return func(k string) string { return m[k] } }
	for _, c := range []struct {
		choice   ColorChoice
		terminal bool
		env      map[string]string
		want     bool
	}{
		{ColorAuto, true, nil, true},
		{ColorAuto, false, nil, false},
		{ColorAuto, true, map[string]string{"NO_COLOR": "1"}, false},
		{ColorAuto, true, map[string]string{"NO_COLOR": ""}, true},
		{ColorAuto, true, map[string]string{"TERM": "dumb"}, false},
		{ColorAlways, false, map[string]string{"NO_COLOR": "1"}, true},
		{ColorNever, true, nil, false},
	} {
		if got := c.choice.On(c.terminal, env(c.env)); got != c.want {
			t.Errorf("%s, terminal %v, %v: %v", c.choice, c.terminal, c.env, got)
		}
	}
	if _, err := ParseColorChoice("sometimes"); err == nil {
		t.Error("sometimes was taken")
	}
	if c, err := ParseColorChoice("never"); err != nil || c != ColorNever {
		t.Errorf("never: %q, %v", c, err)
	}
}

// TestPaletteIgnoresTheGlobal: fatih/color decides for the whole process by
// its first look at stdout; a palette belongs to one writer.
func TestPaletteIgnoresTheGlobal(t *testing.T) {
	was := color.NoColor
	defer func() { color.NoColor = was }()
	for _, global := range []bool{true, false} {
		color.NoColor = global
		if got := NewPalette(true).paint(style{tone: view.Good}, "x"); got == "x" {
			t.Errorf("global %v: not coloured", global)
		}
		if got := NewPalette(false).paint(style{tone: view.Good}, "x"); got != "x" {
			t.Errorf("global %v: coloured: %q", global, got)
		}
		if color.NoColor != global {
			t.Error("the global was changed")
		}
	}
	if got := NewPalette(true).paint(style{tone: "unknown"}, "100%d"); got != "100%d" {
		t.Errorf("unknown tone: %q", got)
	}
}
