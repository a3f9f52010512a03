package tracer

// Verdict is what a run says of a claim.
type Verdict string

// The verdicts. Depends means that the claim holds under some settings or
// timings and not under others; Because says on what. Unsupported means that
// the run has no evidence either way (a partial trace, a missing twin).
const (
	Confirmed   Verdict = "confirmed"
	Refuted     Verdict = "refuted"
	Depends     Verdict = "depends"
	Unsupported Verdict = "unsupported"
)

// Claim is a sentence and the predicate that holds it against the run. A myth
// is a claim that people believe and a run is expected to refute.
type Claim struct {
	ID       string
	Question string // what the reader asks: "Why call Flush() after Produce()?"; for a myth, empty
	Sentence string // the claim itself, a plain statement
	Myth     bool
	Expect   Verdict // what the lesson's author expects; anything else is a surprise and fails the run
	Check    func(*Runs) Finding
}

// Finding is the outcome of a claim on one run.
type Finding struct {
	Verdict Verdict
	Because []Reason // what the run shows, each with the rows that prove it
}

// Reason is one sentence computed from the run, and its evidence.
type Reason struct {
	Text string
	Rows []string // addresses; a row of a twin is written "no-flush 3"
	// Source is the citation of a documented sentence, empty for one that the
	// run shows.
	Source string
}

// Runs is the run a lesson is about and its twins: the same program with one
// thing changed, run beside it.
type Runs struct {
	Main  *Run
	Twins map[string]*Run // by the variant's name
}

// Run is a trace with its rows, computed once.
type Run struct {
	Trace *Trace
	Rows  []Row
}

// NewRun folds a trace into its rows.
func NewRun(t *Trace) *Run { return &Run{Trace: t, Rows: Rows(t)} }

// NewRuns folds a trace and the twins it carries.
func NewRuns(t *Trace) *Runs {
	r := &Runs{Main: NewRun(t), Twins: map[string]*Run{}}
	for _, twin := range t.Twins {
		r.Twins[twin.Header.Variant] = NewRun(twin)
	}
	return r
}

// Judge holds a claim against the runs. A twin that the claim needs and that is
// not there makes it Unsupported, never a panic: Check sees a nil *Run and its
// helpers answer for it.
func (c Claim) Judge(r *Runs) Finding { return c.Check(r) }

// Surprise tells whether the finding is another than the author expects. A
// claim that a partial trace cannot support is no surprise: the partial trace
// is reported by itself.
func (c Claim) Surprise(f Finding) bool {
	return f.Verdict != c.Expect && f.Verdict != Unsupported
}
