package main

import (
	"io"
	"runtime"
	"testing"
	"time"

	"kstep/scenarios"
)

// BenchmarkDocsSite is what making all lessons anew takes, as a ratio to the
// slowest lesson x (lessons / cores). The project's limit is 1.5. It needs a
// machine that does nothing else:
//
//	go test ./cmd/kstep -run '^$' -bench DocsSite -benchtime 3x
func BenchmarkDocsSite(b *testing.B) {
	s := &streams{Out: io.Discard, Err: io.Discard, Getenv: func(string) string { return "" }}
	lessons := scenarios.Taught()
	slowest := time.Duration(0)
	for _, l := range lessons {
		began := time.Now()
		if _, err := scenarios.Record(b.Context(), l, scenarios.Options{}); err != nil {
			b.Fatal(err)
		}
		slowest = max(slowest, time.Since(began))
	}
	cores := runtime.NumCPU()
	for b.Loop() {
		if err := writeSite(b.Context(), s, siteOptions{format: "html", parallel: min(perCore*cores, maxParallel)}, b.TempDir()); err != nil {
			b.Fatal(err)
		}
	}
	took := b.Elapsed() / time.Duration(b.N)
	may := slowest * time.Duration(len(lessons)) / time.Duration(cores)
	b.ReportMetric(slowest.Seconds(), "slowest-s")
	b.ReportMetric(took.Seconds(), "all-s")
	b.ReportMetric(float64(took)/float64(may), "ratio")
	b.ReportMetric(0, "ns/op")
}
