package render

import (
	"fmt"
	"io"
	"testing"

	"kstep/tracer"
	"kstep/tracer/render/internal/specimen"
	"kstep/tracer/view"
)

func longTable(n int) view.Document {
	t := view.Table{Heading: view.Heading{ID: "process-table", Name: "Process Table"}, Columns: []string{"Step", "Action", "Internal State", "Result/Output"}}
	for i := 1; i <= n; i++ {
		a := fmt.Sprint(i)
		t.Rows = append(t.Rows, view.Row{Address: a, Cells: []view.Cell{
			specimen.Told(tracer.Observed, a, i), specimen.Told(tracer.Observed, "Produce(my_topic, key1, hello)\nline 15", i),
			specimen.Changed(specimen.Told(tracer.Observed, fmt.Sprintf("queued in client: %d -> %d", i-1, i), i)), specimen.Told(tracer.Observed, "no error; nothing sent yet", i),
		}})
	}
	return view.Document{ID: "long", Title: "Long", Blocks: []view.Block{t}}
}

func BenchmarkLongTable(b *testing.B) {
	d := longTable(10_000)
	for _, name := range []string{"terminal-80.txt", "terminal-80-color.txt", "lesson.md", "lesson.html"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := formats[name](io.Discard, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
