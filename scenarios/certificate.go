package scenarios

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"kstep/scenarios/lesson"
	"kstep/tracer/view"
)

// Certificate is what several runs of a lesson have in common: which of its
// sentences held in all of them, and which cells of its pages were the same.
type Certificate struct {
	Result    // of the first run that came to its end
	Runs      int
	Claims    int         // sentences of all programs
	Held      int         // those that held in every run
	Failures  []Count     // what did not hold, and in how many runs
	Content   []Complaint // what the linter says; nil where nobody asked it
	Invariant int         // cells of all pages, by how steady they were
	OrderOnly int
	Varying   int
	Cells     []Sway // the order-only and varying ones
}

// Count is a line and in how many runs it was so.
type Count struct {
	Text string `json:"text"`
	Runs int    `json:"runs"`
}

// Sway is a cell that was not the same in all runs.
type Sway struct {
	Variant string `json:"variant,omitempty"`
	view.Tallied
	Declared string `json:"declared,omitempty"` // why it may be so, as the lesson says; "": it may not
}

// Sound tells whether the lesson passes: every sentence held, no cell varied
// that the lesson does not declare, and the linter has nothing to say.
func (c *Certificate) Sound() bool {
	return len(c.Failures) == 0 && len(c.Undeclared()) == 0 && len(c.Content) == 0
}

// Undeclared are the cells that were not the same and of which the lesson does
// not say so.
func (c *Certificate) Undeclared() []Sway {
	var out []Sway
	for _, s := range c.Cells {
		if s.Declared == "" {
			out = append(out, s)
		}
	}
	return out
}

// Certifying says how lessons are checked.
type Certifying struct {
	Options
	Runs     int    // of each lesson
	Parallel int    // runs of lessons at once
	Done     func() // told after each run of a lesson, from any goroutine; may be nil
	Sources  fs.FS  // the folder scenarios of a clone, to name files and lines; nil: there is none
}

// Certify checks each lesson several times. An error is kstep's own or ctx's,
// and ends it.
func Certify(ctx context.Context, lessons []*lesson.Lesson, o Certifying) ([]*Certificate, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	all := make([]*gathering, len(lessons))
	for i, l := range lessons {
		all[i] = newGathering(l)
	}
	jobs := make(chan *gathering)
	var wg sync.WaitGroup
	for range max(1, o.Parallel) {
		wg.Go(func() {
			for g := range jobs {
				if err := g.run(ctx, o); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	deal(ctx, jobs, all, o.Runs)
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	out := make([]*Certificate, len(all))
	for i, g := range all {
		out[i] = g.certificate()
	}
	return out, nil
}

// deal hands out the first run of every lesson, then the second: what is wrong
// with a lesson shows early, and its runs meet different neighbours.
func deal(ctx context.Context, jobs chan<- *gathering, all []*gathering, runs int) {
	defer close(jobs)
	for range max(1, runs) {
		for _, g := range all {
			select {
			case jobs <- g:
			case <-ctx.Done():
				return
			}
		}
	}
}

// gathering takes the runs of a lesson in, from several goroutines.
type gathering struct {
	lesson   *lesson.Lesson
	mu       sync.Mutex
	first    *Result
	runs     int
	tallies  map[string]*view.Tally // by variant
	claims   map[string]bool        // variant and claim: held in every run
	failures map[string]int
}

func newGathering(l *lesson.Lesson) *gathering {
	return &gathering{lesson: l, tallies: map[string]*view.Tally{}, claims: map[string]bool{}, failures: map[string]int{}}
}

func (g *gathering) run(ctx context.Context, o Certifying) error {
	r, err := Check(ctx, g.lesson, o.Options)
	if err != nil {
		return err
	}
	cells := make([][]view.Addressed, len(r.Programs))
	for i, p := range r.Programs {
		cells[i] = view.Cells(withoutTwins(p.Document))
	}
	g.mu.Lock()
	g.take(r, cells, o.Sources)
	g.mu.Unlock()
	if o.Done != nil {
		o.Done()
	}
	return nil
}

// withoutTwins is the page without the tables of its twins: each is the Process
// Table of a variant's page, and counted there.
func withoutTwins(d view.Document) view.Document {
	d.Blocks = slices.DeleteFunc(slices.Clone(d.Blocks), func(b view.Block) bool {
		return strings.HasPrefix(b.Head().ID, view.TwinTable(""))
	})
	return d
}

func (g *gathering) take(r Result, cells [][]view.Addressed, sources fs.FS) {
	if g.first == nil {
		g.first = &r
	}
	g.runs++
	for i, p := range r.Programs {
		if g.tallies[p.Variant] == nil {
			g.tallies[p.Variant] = &view.Tally{}
		}
		g.tallies[p.Variant].Add(cells[i])
		name := ProgramName(g.lesson.ID, p.Variant)
		for _, j := range p.Claims {
			key := name + " " + j.Claim.ID
			held, known := g.claims[key]
			g.claims[key] = j.Holds() && (held || !known)
		}
		for _, f := range p.Failures(sources) {
			g.failures[f.String()]++
		}
	}
}

func (g *gathering) certificate() *Certificate {
	c := &Certificate{Result: *g.first, Runs: g.runs, Claims: len(g.claims)}
	for _, held := range g.claims {
		if held {
			c.Held++
		}
	}
	for _, text := range slices.Sorted(maps.Keys(g.failures)) {
		c.Failures = append(c.Failures, Count{text, g.failures[text]})
	}
	for _, p := range c.Programs {
		c.sway(p.Variant, g.tallies[p.Variant])
	}
	return c
}

// sway sorts the cells of a program's page by how steady they were.
func (c *Certificate) sway(variant string, t *view.Tally) {
	declared := varies(c.Lesson, variant)
	for _, cell := range t.Cells() {
		switch cell.Steadiness {
		case view.Invariant:
			c.Invariant++
			continue
		case view.OrderOnly:
			c.OrderOnly++
		default:
			c.Varying++
		}
		s := Sway{Variant: variant, Tallied: cell}
		if i := slices.IndexFunc(declared, func(v lesson.Varying) bool { return v.Covers(cell.Place) }); i >= 0 {
			s.Declared = declared[i].Why
		}
		c.Cells = append(c.Cells, s)
	}
}
