package progress

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"kstep/quiz"
)

// Format is the name and version a progress file says. A file of another
// version is not read: what is kept is never rewritten by a kstep that does not
// know all of it.
const Format = formatName + "1"

const formatName = "kstep-progress/"

// MaxSize is how large a progress file may be, in bytes.
const MaxSize = 16 << 20

// Errors of a progress file.
var (
	ErrNewer  = errors.New("it was written by a newer kstep")         // its version is not Format's
	ErrBroken = errors.New("this is no progress that kstep can read") // it cannot be read, or not all of it is understood
)

// file is how progress stands in its file.
type file struct {
	Format  string            `json:"format"`
	Current string            `json:"current,omitempty"`
	Lessons map[string]Lesson `json:"lessons"`
	Answers []Answer          `json:"answers"`
}

// Decode reads progress. The error wraps ErrNewer or ErrBroken.
func Decode(data []byte) (*Progress, error) {
	if len(data) > MaxSize {
		return nil, fmt.Errorf("it is larger than %d MiB: %w", MaxSize>>20, ErrBroken)
	}
	if err := checkFormat(data); err != nil {
		return nil, err
	}
	var f file
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields() // a field that is not understood would be lost at the next write
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("%w: something follows its end", ErrBroken)
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrBroken, err)
	}
	p := &Progress{Current: f.Current, Lessons: f.Lessons, Answers: f.Answers}
	p.tidy()
	return p, nil
}

// checkFormat looks at nothing but the version.
func checkFormat(data []byte) error {
	var head struct {
		Format string `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("%w: %w", ErrBroken, err)
	}
	if head.Format == Format {
		return nil
	}
	if strings.HasPrefix(head.Format, formatName) {
		return fmt.Errorf("%w, in format %q, and is left as it is; this kstep reads %q", ErrNewer, head.Format, Format)
	}
	return fmt.Errorf("%w: its format is %q, not %q", ErrBroken, head.Format, Format)
}

var outcomes = []quiz.Outcome{quiz.Right, quiz.RightSecond, quiz.Wrong, quiz.Skipped}

func (f *file) check() error {
	for id, l := range f.Lessons {
		if id == "" {
			return errors.New("a lesson has no id")
		}
		if _, err := ParseDay(string(l.Seen)); err != nil {
			return fmt.Errorf("lesson %q, seen: %w", id, err)
		}
		if l.Finished != "" {
			if _, err := ParseDay(string(l.Finished)); err != nil {
				return fmt.Errorf("lesson %q, finished: %w", id, err)
			}
		}
	}
	for i, a := range f.Answers {
		if a.ID == "" || a.Lesson == "" || a.Question == "" {
			return fmt.Errorf("answer %d has no id, lesson or question", i+1)
		}
		if _, err := ParseDay(string(a.Day)); err != nil {
			return fmt.Errorf("answer %d: %w", i+1, err)
		}
		if !slices.Contains(outcomes, a.Outcome) {
			return fmt.Errorf("answer %d: there is no outcome %q", i+1, a.Outcome)
		}
	}
	return nil
}

// Encode writes progress as a text to read: a line a lesson, a line an answer.
func (p *Progress) Encode() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\n  \"format\": %s,\n  \"current\": %s,\n  \"lessons\": {", line(Format), line(p.Current))
	between := "\n    "
	for _, id := range slices.Sorted(maps.Keys(p.Lessons)) {
		fmt.Fprintf(&b, "%s%s: %s", between, line(id), line(p.Lessons[id]))
		between = ",\n    "
	}
	b.WriteString("\n  },\n  \"answers\": [")
	between = "\n    "
	for _, a := range p.Answers {
		fmt.Fprintf(&b, "%s%s", between, line(a))
		between = ",\n    "
	}
	b.WriteString("\n  ]\n}\n")
	return b.Bytes()
}

// line is a value as JSON. Those of a progress can all be written.
func line(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // a programming error: no type above has anything else
	}
	return bytes.TrimSpace(b.Bytes())
}
