package inject

import (
	"fmt"
	"strings"
)

// The two comments around a block, and what stands in the first.

const (
	opening  = "<!--"
	closing  = "-->"
	prefix   = "kstep:"
	beginTag = prefix + "begin"
	endTag   = prefix + "end"
)

// Spec is what a begin marker asks for.
type Spec struct {
	Lesson  string // first-message
	Variant string // no-flush, of first-message/no-flush; empty: the lesson's own program
	Block   string // process-table: one of Blocks
	Options
}

// Run names the run a block is made from: blocks with the same name share one.
func (s Spec) Run() Run {
	return Run{Lesson: s.Lesson, Variant: s.Variant, Set: strings.Join(s.Set, "\x00"), Faults: strings.Join(s.Faults, "\x00")}
}

// Run is a run that some block needs. It is comparable.
type Run struct{ Lesson, Variant, Set, Faults string }

// List splits settings or faults of a Run.
func List(joined string) []string {
	if joined == "" {
		return nil
	}
	return strings.Split(joined, "\x00")
}

// marker is a line that may be one of the two comments.
type marker int

const (
	noMarker marker = iota
	beginMarker
	endMarker
)

// markerOf tells what a line is. A comment that begins with kstep: and is
// neither is an error: a marker that is mistyped must not be passed over.
func markerOf(line string) (marker, string, error) {
	text := strings.TrimSpace(line)
	inner, ok := strings.CutPrefix(text, opening)
	if !ok {
		return noMarker, "", nil
	}
	inner = strings.TrimSpace(inner)
	if !strings.HasPrefix(inner, prefix) {
		return noMarker, "", nil
	}
	inner, ok = strings.CutSuffix(inner, closing)
	if !ok {
		return noMarker, "", fmt.Errorf("the marker does not end with %s on its line", closing)
	}
	tag, rest, _ := strings.Cut(strings.TrimSpace(inner), " ")
	switch rest = strings.TrimSpace(rest); tag {
	case beginTag:
		return beginMarker, rest, nil
	case endTag:
		if rest != "" {
			return noMarker, "", fmt.Errorf("%s takes nothing more, but has %q", endTag, rest)
		}
		return endMarker, "", nil
	}
	return noMarker, "", fmt.Errorf("there is no marker %q; write %s or %s", tag, beginTag, endTag)
}

// parseSpec understands what follows kstep:begin.
func parseSpec(text string) (Spec, error) {
	fields, err := split(text)
	if err != nil {
		return Spec{}, err
	}
	if len(fields) < 2 {
		return Spec{}, fmt.Errorf("%s needs a lesson and a block, for example: %s first-message process-table", beginTag, beginTag)
	}
	var s Spec
	s.Lesson, s.Variant, _ = strings.Cut(fields[0], "/")
	s.Block = fields[1]
	kind := kindOf(s.Block)
	if kind == nil {
		return Spec{}, fmt.Errorf("there is no block %q; the blocks are %s", s.Block, strings.Join(blockNames(), ", "))
	}
	for _, f := range fields[2:] {
		name, value, ok := strings.Cut(f, "=")
		if !ok || value == "" {
			return Spec{}, fmt.Errorf("%q is no option; write name=value", f)
		}
		if err := s.set(kind, name, value); err != nil {
			return Spec{}, err
		}
	}
	if s.Block == diffBlock && s.Variant != "" {
		return Spec{}, fmt.Errorf("a %s names the lesson alone, and what is changed as variant=, set= or fault=", diffBlock)
	}
	if s.Block == diffBlock && s.Against == "" && len(s.Set)+len(s.Faults) == 0 {
		return Spec{}, fmt.Errorf("a %s says what is changed: variant=NAME, set=KEY=VALUE or fault=\"WORDS\"", diffBlock)
	}
	return s, nil
}

// split cuts a text at its spaces, but for those between double quotes.
func split(text string) ([]string, error) {
	var out []string
	var field strings.Builder
	quoted, some := false, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted, some = !quoted, true
		case (r == ' ' || r == '\t') && !quoted:
			if some {
				out = append(out, field.String())
			}
			field.Reset()
			some = false
		default:
			field.WriteRune(r)
			some = true
		}
	}
	if quoted {
		return nil, fmt.Errorf("a quotation mark is not closed")
	}
	if some {
		out = append(out, field.String())
	}
	return out, nil
}
