package view

import (
	"slices"
	"strings"

	"kstep/tracer"
)

// Rows are the addresses that a finding cites, each once, in order.
func Rows(f tracer.Finding) []string {
	var out []string
	for _, r := range f.Because {
		for _, a := range r.Rows {
			if !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}

// Cited is "row 2", "rows 2, 3.4"; "" where there are none.
func Cited(rows []string) string {
	switch len(rows) {
	case 0:
		return ""
	case 1:
		return "row " + rows[0]
	}
	return "rows " + strings.Join(rows, ", ")
}
