package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// The format is Python Tutor's (OnlinePythonTutor, v3/docs/opt-trace-format.md):
// a program's code and a list of execution points, each with the line that is
// about to run, the variables, and what was printed so far.

type tutorTrace struct {
	Code  string       `json:"code"`
	Trace []tutorPoint `json:"trace"`
}

type tutorPoint struct {
	Line           int               `json:"line"`
	Event          string            `json:"event"`
	Func           string            `json:"func_name"`
	Globals        map[string]string `json:"globals"`
	OrderedGlobals []string          `json:"ordered_globals"`
	Stack          []struct{}        `json:"stack_to_render"`
	Heap           struct{}          `json:"heap"`
	Stdout         string            `json:"stdout"`
}

// PythonTutor writes a walk so that Python Tutor's viewer steps through it: the
// variables are those of the Status Tracker, and what each step tells stands
// where that viewer shows what was printed. source is the whole program.
func PythonTutor(w io.Writer, walk view.Walk, source string) error {
	out := tutorTrace{Code: clean(source), Trace: []tutorPoint{}}
	line, told := 1, ""
	for i := range walk.Stops {
		s := &walk.Stops[i]
		if s.Line > 0 {
			line = s.Line
		}
		told += render.CleanLine(s.Told.Text) + "\n"
		p := tutorPoint{Line: line, Event: "step_line", Func: "main", Globals: map[string]string{}, OrderedGlobals: []string{}, Stack: []struct{}{}, Stdout: told}
		if s.Kind == view.StopEnd {
			p.Event = "return"
		}
		for _, v := range s.Tracker {
			name := render.CleanLine(v.Name)
			if _, ok := p.Globals[name]; !ok {
				p.OrderedGlobals = append(p.OrderedGlobals, name)
			}
			p.Globals[name] = render.CleanLine(v.Text)
		}
		out.Trace = append(out.Trace, p)
	}
	if err := json.NewEncoder(w).Encode(out); err != nil {
		return fmt.Errorf("write the walk for Python Tutor: %w", err)
	}
	return nil
}

// clean keeps the lines of a source, and makes each safe to show.
func clean(source string) string {
	lines := strings.Split(strings.ReplaceAll(source, "\t", "    "), "\n")
	for i, l := range lines {
		lines[i] = render.CleanLine(strings.TrimRight(l, "\r"))
	}
	return strings.Join(lines, "\n")
}
