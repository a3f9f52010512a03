package view

import (
	"slices"

	"kstep/quiz"
	"kstep/tracer"
)

// TwinTable is the id of a twin's block.
func TwinTable(variant string) string { return "twin-" + variant }

// twins are the tables of the runs beside this one that claims and questions
// cite, so that a reader can look at every row that is cited.
func (b *blocks) twins() []Block {
	return b.twinTables(func(name string) bool { return b.lesson.Twins == nil || slices.Contains(b.lesson.Twins, name) })
}

// allTwins are the tables of all runs beside this one.
func (b *blocks) allTwins() []Block { return b.twinTables(func(string) bool { return true }) }

func (b *blocks) twinTables(shows func(name string) bool) []Block {
	var out []Block
	for _, t := range b.run.Trace.Twins {
		name := t.Header.Variant
		run := b.runs.Twin(name)
		if run == nil || len(run.Rows) == 0 || !shows(name) {
			continue
		}
		twin := blocks{runs: &tracer.Runs{Main: run}, run: run, ledger: run.Ledger()}
		table := twin.table(Heading{TwinTable(name), quiz.SectionTwin + ": " + name}, name+" ")
		if t.Header.Partial != "" {
			table.Notes = append(table.Notes, Cell{Text: "The record is not whole: " + t.Header.Partial + ".", Tone: Bad})
		}
		out = append(out, table)
	}
	return out
}
