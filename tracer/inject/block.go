package inject

import (
	"fmt"
	"strings"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// What belongs in a block.

// Source is what a block is made from: the page of its run or, for a diff, of
// the comparison.
type Source struct {
	Document view.Document
	Varies   []view.Varying // what of the page is another in every run
}

// doNotEdit is the first line of every block.
const doNotEdit = "<!-- made by kstep docs write from a run; what is changed by hand here is found by kstep docs check -->\n"

// Content is the Markdown of a block. The error says why the run does not have
// what the marker asks for.
func Content(s Spec, from Source) (string, error) {
	blocks, err := asked(s, from.Document)
	if err != nil {
		return "", err
	}
	out := []string{doNotEdit}
	for _, b := range blocks {
		if !s.Varying {
			var ok bool
			if b, ok = view.Masked(b, from.Varies); !ok {
				return "", fmt.Errorf("%s of %s varies from run to run; with varying=shown it is taken as the run has it", s.Block, s.Lesson)
			}
		}
		if b, err = s.choose(b); err != nil {
			return "", err
		}
		if s.Block == diffBlock && len(blocks) > 1 {
			out = append(out, "**"+render.CleanLine(b.Head().Name)+"**\n")
		}
		out = append(out, render.MarkdownFragment(b, render.Fragment{Form: s.Form}))
	}
	return strings.Join(out, "\n"), nil
}

// asked are the blocks of the page that the marker means.
func asked(s Spec, d view.Document) ([]view.Block, error) {
	if s.Block == diffBlock {
		return d.Blocks, nil
	}
	var has []string
	for _, b := range d.Blocks {
		if b.Head().ID == s.Block {
			return []view.Block{b}, nil
		}
		if kindOf(b.Head().ID) != nil {
			has = append(has, b.Head().ID)
		}
	}
	return nil, fmt.Errorf("the page of this run has no %s; it has %s", s.Block, strings.Join(has, ", "))
}
