// Package export writes a run for other people's tools: the trace as
// OpenTelemetry spans (otlp.go), a walk as the JSON that Python Tutor's viewer
// reads (pythontutor.go), tables as CSV (csv.go), and flow and sequence as SVG
// (svg.go). Mermaid is written by tracer/render, which draws with it, too.
package export
