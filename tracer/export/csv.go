package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"kstep/tracer/render"
	"kstep/tracer/view"
)

// CSV writes a table as RFC 4180 CSV, its columns' names first. A cell that a
// spreadsheet would take for a formula gets an apostrophe before it.
func CSV(w io.Writer, t view.Table) error {
	c := csv.NewWriter(w)
	if err := c.Write(safe(t.Columns)); err != nil {
		return fmt.Errorf("write %s as CSV: %w", t.Name, err)
	}
	for _, r := range t.Rows {
		texts := make([]string, len(t.Columns))
		for i := range min(len(texts), len(r.Cells)) {
			texts[i] = r.Cells[i].Text
		}
		if err := c.Write(safe(texts)); err != nil {
			return fmt.Errorf("write %s as CSV: %w", t.Name, err)
		}
	}
	c.Flush()
	return c.Error()
}

func safe(texts []string) []string {
	out := make([]string, len(texts))
	for i, s := range texts {
		s = render.Clean(s)
		if s != "-" && s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
			s = "'" + s
		}
		out[i] = s
	}
	return out
}
