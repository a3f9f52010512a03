package scenarios

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"kstep/quiz"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/view"
)

// The question bank as a whole: every question of every lesson and variant.

// recorded are the lessons, each checked once, whoever asks first.
var recorded = map[string]func() (Result, error){}

func init() {
	for _, l := range All() {
		recorded[l.ID] = sync.OnceValues(func() (Result, error) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			return Check(ctx, l, Options{})
		})
	}
}

// recordedLesson is a lesson of the curriculum as kstep check runs it.
func recordedLesson(t *testing.T, l *lesson.Lesson) Result {
	t.Helper()
	r, err := recorded[l.ID]()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// recordedBank is the whole bank, recorded side by side.
func recordedBank(t *testing.T) []Result {
	t.Helper()
	var wg sync.WaitGroup
	free := make(chan bool, 3)
	for _, l := range Taught() {
		wg.Go(func() {
			free <- true
			recorded[l.ID]()
			<-free
		})
	}
	wg.Wait()
	var out []Result
	for _, l := range Taught() {
		out = append(out, recordedLesson(t, l))
	}
	return out
}

// asked are the questions of the bank as they are asked.
func asked(bank []Result) []quiz.Question {
	var out []quiz.Question
	for _, r := range bank {
		for _, p := range r.Programs {
			for _, b := range p.Document.Blocks {
				if q, ok := b.(view.Quiz); ok {
					out = append(out, q.Questions...)
				}
			}
		}
	}
	return out
}

// mostHits is how often a guesser may be right, of 100: chance, and five more.
const mostHits = 30

// Whoever guesses by something that the options show is right about as often as
// by chance.
func TestNoGuesserWinsTheBank(t *testing.T) {
	t.Parallel()
	bank := recordedBank(t)
	guess(t, "as it is asked", asked(bank), quiz.Guessers())
	// The order of options and the choice of wrong ones follow from a seed. Over
	// several of them nothing gives itself away that one seed may have hidden.
	var many []quiz.Question
	for seed := range 8 {
		for _, r := range bank {
			for _, p := range r.Programs {
				c, _ := r.Lesson.Of(p.Variant)
				qs, _ := quiz.Build(tracer.NewRuns(p.Trace), fmt.Sprintf("%s, again %d", ProgramName(r.Lesson.ID, p.Variant), seed), c.Quiz...)
				many = append(many, qs...)
			}
		}
	}
	guess(t, "over eight seeds", many, quiz.Guessers())
}

func guess(t *testing.T, how string, qs []quiz.Question, guessers []quiz.Guesser) {
	t.Helper()
	if len(qs) < 120 {
		t.Errorf("the bank has %d questions %s", len(qs), how)
	}
	for _, g := range guessers {
		hits := 0
		for _, q := range qs {
			if g.Guess(q) == q.Key() {
				hits++
			}
		}
		rate := 100 * float64(hits) / float64(max(1, len(qs)))
		t.Logf("%-30s right in %4.1f %% of %d questions %s", g.Name, rate, len(qs), how)
		if rate > mostHits {
			t.Errorf("choosing the %s option is right in %.1f %% of %d questions %s; at most %d: reword options whose key it finds",
				g.Name, rate, len(qs), how, mostHits)
		}
	}
}

// Every wrong option is a misconception of the catalogue, and every entry of the
// catalogue is one that some question of the bank can offer.
func TestCatalogueIsUsed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, r := range recordedBank(t) {
		for _, p := range r.Programs {
			c, _ := r.Lesson.Of(p.Variant)
			for _, maker := range c.Quiz {
				q, err := maker(tracer.NewRuns(p.Trace))
				if err != nil {
					t.Errorf("%s: %v", ProgramName(r.Lesson.ID, p.Variant), err)
				}
				for _, o := range q.Options {
					if _, ok := o.Misconception(); ok == o.Correct {
						t.Errorf("%s, question %s: option %q stands for %q", ProgramName(r.Lesson.ID, p.Variant), q.ID, o.Text, o.Belief)
					}
					used[o.Belief] = true
				}
			}
		}
	}
	for _, m := range quiz.Misconceptions() {
		if !used[m.ID] {
			t.Errorf("no question of the bank has the misconception %s", m.ID)
		}
	}
	if n := len(quiz.Misconceptions()); n < 60 {
		t.Errorf("%d misconceptions", n)
	}
}

// A question has its options from makers that leave a choice; whatever is
// chosen, a question never shows one misconception twice.
func TestOptionsDiffer(t *testing.T) {
	t.Parallel()
	for _, q := range asked(recordedBank(t)) {
		var beliefs []string
		for _, o := range q.Options {
			beliefs = append(beliefs, o.Belief)
		}
		slices.Sort(beliefs)
		if len(slices.Compact(beliefs)) != len(q.Options) {
			t.Errorf("%s: %q", q.ID, beliefs)
		}
	}
}

// What a wrong option is taken for fits the run: an error that the broker has
// answered is not a broken connection, and where nothing was lost, nobody who
// expects a failure thinks of losses.
func TestBeliefsFitTheRun(t *testing.T) {
	t.Parallel()
	found := map[string]string{}
	for _, r := range recordedBank(t) {
		for _, p := range r.Programs {
			c, _ := r.Lesson.Of(p.Variant)
			for _, maker := range c.Quiz {
				q, _ := maker(tracer.NewRuns(p.Trace))
				for _, o := range q.Options {
					found[ProgramName(r.Lesson.ID, p.Variant)+", "+q.ID+", "+o.Text] = o.Belief
				}
			}
		}
	}
	for option, want := range map[string]string{
		"reordering, next-event-response-1, A report is put out, and it names an error":        "error-answer-is-final",
		"broker-down-recovery, next-event-fault-1, A report is put out, and it names an error": "in-flight-fails",
		"delivery-report, what-if-passing-error, Given up, and a report says that it failed":   "error-answer-is-final",
		"flush-timeout, what-if-wait, Given up, and a report says that it failed":              "waiting-is-failed",
		"lost-ack, what-if-idempotent, Given up, and a report says that it failed":             "in-flight-fails",
		"exit-without-flush, what-if-close, Given up, and a report says that it failed":        "every-loss-is-reported",
		"acks, next-event-request-1, A report is put out: it has been delivered":               "sent-means-stored",
		"compression, last-offset, 199: as in any batch: it starts anew":                       "offsets-begin-anew",
		"queue-full, calls, 4: one call for each job":                                          "produce-waits-for-room",
		"full-channel, requests-in-all, 3: one for each message and Flush()":                   "flush-asks-the-broker",
	} {
		if got := found[option]; got != want {
			t.Errorf("%s: stands for %q, want %q", option, got, want)
		}
	}
}
