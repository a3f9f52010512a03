package inject

import (
	"fmt"
	"strings"
)

// The blocks of one file.

// File is a Markdown file and the blocks in it.
type File struct {
	Name   string
	Text   string
	Blocks []Block
}

// Block is a block in a file: its marker, and where its content stands.
type Block struct {
	Spec
	Marker  string // the begin marker's line, without what is around it
	Line    int    // of the begin marker, from 1
	start   int    // of the content, in bytes
	end     int
	indent  string // before the marker, and so before every line of the content
	newline string // "\n" or "\r\n", as the marker's line ends
}

// Broken are the markers of a file that cannot be understood. The message has a
// line for each, as file:line: what is wrong.
type Broken struct{ Lines []string }

func (b *Broken) Error() string { return strings.Join(b.Lines, "\n") }

// Parse finds the blocks of a file. The error is a *Broken; whatever stands in
// a code fence is no marker.
func Parse(name, text string) (*File, error) {
	f := &File{Name: name, Text: text}
	var broken Broken
	fail := func(line int, format string, args ...any) {
		broken.Lines = append(broken.Lines, fmt.Sprintf("%s:%d: %s", name, line, fmt.Sprintf(format, args...)))
	}
	var open *Block
	fence := ""
	at := 0
	for n, line := range strings.SplitAfter(text, "\n") {
		n++
		begin := at
		at += len(line)
		bare := strings.TrimRight(line, "\r\n")
		if fence = fenced(fence, bare); fence != "" {
			continue
		}
		kind, rest, err := markerOf(bare)
		switch {
		case err != nil:
			fail(n, "%s", err)
		case kind == beginMarker && open != nil:
			fail(n, "a block begins inside the block of line %d; end that one with %s %s %s first", open.Line, opening, endTag, closing)
		case kind == beginMarker:
			spec, err := parseSpec(rest)
			if err != nil {
				fail(n, "%s", err)
			}
			open = &Block{Spec: spec, Marker: strings.TrimSpace(bare), Line: n, start: at, newline: "\n"}
			open.indent = bare[:len(bare)-len(strings.TrimLeft(bare, " \t"))]
			if strings.HasSuffix(line, "\r\n") {
				open.newline = "\r\n"
			}
			if !strings.HasSuffix(line, "\n") {
				fail(n, "the block never ends; write %s %s %s under it", opening, endTag, closing)
				open = nil
			}
		case kind == endMarker && open == nil:
			fail(n, "%s without a %s above it", endTag, beginTag)
		case kind == endMarker:
			open.end = begin
			f.Blocks = append(f.Blocks, *open)
			open = nil
		}
	}
	if open != nil {
		fail(open.Line, "the block never ends; write %s %s %s under it", opening, endTag, closing)
	}
	if len(broken.Lines) > 0 {
		return nil, &broken
	}
	return f, nil
}

// fenced is the fence that is open after a line: its characters, or "". Inside
// a block of kstep's own the fences are balanced.
func fenced(open, line string) string {
	text := strings.TrimLeft(line, " \t>")
	run := text[:len(text)-len(strings.TrimLeft(text, "`"))]
	if run == "" {
		run = text[:len(text)-len(strings.TrimLeft(text, "~"))]
	}
	if len(run) < 3 {
		return open
	}
	switch rest := strings.TrimSpace(text[len(run):]); {
	case open == "" && run[0] == '`' && strings.Contains(rest, "`"):
		return "" // code in a line of text
	case open == "":
		return run
	case run[0] == open[0] && len(run) >= len(open) && rest == "":
		return ""
	}
	return open
}

// Content is what stands in block i now.
func (f *File) Content(i int) string { return f.Text[f.Blocks[i].start:f.Blocks[i].end] }

// Fill is the file with new contents, one a block, in their order. What is
// outside the blocks stays as it is, byte for byte.
func (f *File) Fill(contents []string) string {
	var out strings.Builder
	at := 0
	for i, b := range f.Blocks {
		out.WriteString(f.Text[at:b.start])
		out.WriteString(b.lay(contents[i]))
		at = b.end
	}
	out.WriteString(f.Text[at:])
	return out.String()
}

// lay puts a content into the block's own lines: indented as its marker is,
// ended as its marker's line is.
func (b Block) lay(content string) string {
	var out strings.Builder
	for line := range strings.Lines(content) {
		line = strings.TrimRight(line, "\n")
		if line != "" {
			out.WriteString(b.indent + line)
		}
		out.WriteString(b.newline)
	}
	return out.String()
}
