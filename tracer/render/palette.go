package render

// palette.go turns tones into terminal colours. It is built once from a
// decision the caller took and never looks at the process, its streams or
// fatih/color's global.

import (
	"fmt"
	"strings"

	"github.com/fatih/color"

	"kstep/tracer/view"
)

// ColorChoice is what a user said about colour.
type ColorChoice string

// The choices. Auto leaves it to the stream and the environment.
const (
	ColorAuto   ColorChoice = "auto"
	ColorAlways ColorChoice = "always"
	ColorNever  ColorChoice = "never"
)

// ParseColorChoice reads a choice as a user types it.
func ParseColorChoice(s string) (ColorChoice, error) {
	switch c := ColorChoice(s); c {
	case ColorAuto, ColorAlways, ColorNever:
		return c, nil
	}
	return "", fmt.Errorf("color %q: choose auto, always or never", s)
}

// On decides whether a stream is coloured. FORCE_COLOR, NO_COLOR (both: set and
// not empty) and TERM=dumb count only where the choice is auto, in that order.
func (c ColorChoice) On(terminal bool, getenv func(string) string) bool {
	switch c {
	case ColorAlways:
		return true
	case ColorNever:
		return false
	}
	if v := getenv("FORCE_COLOR"); v != "" && v != "0" {
		return true
	}
	return terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"
}

// style is how a run of text is weighed.
type style struct {
	tone view.Tone
	bold bool
}

var heading = style{tone: view.Strong}

// Palette colours text. The zero Palette leaves it as it is.
type Palette struct {
	styles map[style]*color.Color
}

// NewPalette makes a palette that colours, or one that does not.
func NewPalette(on bool) Palette {
	if !on {
		return Palette{}
	}
	p := Palette{styles: map[style]*color.Color{}}
	for tone, attrs := range map[view.Tone][]color.Attribute{
		view.Plain:   nil,
		view.Good:    {color.FgGreen},
		view.Bad:     {color.FgRed},
		view.Caution: {color.FgYellow},
		view.Quiet:   {color.Faint},
		view.Strong:  {color.Bold},
	} {
		if len(attrs) > 0 {
			p.styles[style{tone: tone}] = painter(attrs)
		}
		p.styles[style{tone: tone, bold: true}] = painter(bolder(tone, attrs))
	}
	return p
}

// bolder adds weight; what is quiet gives up its faintness for it, because the
// two cancel each other on most terminals.
func bolder(tone view.Tone, attrs []color.Attribute) []color.Attribute {
	if tone == view.Quiet || tone == view.Strong {
		return []color.Attribute{color.Bold}
	}
	return append([]color.Attribute{color.Bold}, attrs...)
}

func painter(attrs []color.Attribute) *color.Color {
	c := color.New(attrs...)
	c.EnableColor() // the decision was taken; NO_COLOR was looked at, or overruled, by the caller
	return c
}

// Tone gives a text its tone, line by line.
func (p Palette) Tone(t view.Tone, s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = p.paint(style{tone: t}, lines[i])
	}
	return strings.Join(lines, "\n")
}

// paint writes s in a style. s must not hold a line feed.
func (p Palette) paint(st style, s string) string {
	c, ok := p.styles[st]
	if !ok || s == "" {
		return s
	}
	return c.Sprint(s)
}

// line writes a wrapped line.
func (p Palette) line(l textLine) string {
	out := ""
	for _, r := range l {
		out += p.paint(r.style, r.text)
	}
	return out
}
