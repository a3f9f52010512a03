package clientlog

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kstep/tracer"
)

const (
	debugLine = "%7|1795485045.837|WAKEUP|rdkafka#producer-1| [thrd:app]: Wake-up: flushing"
	warnLine  = "%4|1795485045.837|TERMINATE|rdkafka#producer-1| [thrd:app]: Producer terminating with 3 messages (15 bytes) still in queue or transit"
)

func TestSplitter(t *testing.T) {
	for name, c := range map[string]struct {
		in      string
		program []string
		client  int
	}{
		"empty":              {"", nil, 0},
		"program only":       {"a\n\nb\n", []string{"a", "", "b"}, 0},
		"unfinished":         {"a\nb", []string{"a", "b"}, 0},
		"client only":        {debugLine + "\n", nil, 1},
		"client unfinished":  {debugLine, nil, 1},
		"both":               {"a\n" + debugLine + "\nb\n", []string{"a", "b"}, 1},
		"level 4":            {warnLine + "\n", []string{warnLine}, 1},
		"glued":              {"a line " + debugLine + "\ngoes on\n", []string{"a line goes on"}, 1},
		"glued twice":        {"a " + debugLine + "\nb " + debugLine + "\nc\n", []string{"a b c"}, 2},
		"glued, empty end":   {"a" + debugLine + "\n\nb\n", []string{"a", "b"}, 1},
		"glued, never ended": {"a " + debugLine + "\n", []string{"a "}, 1},
		"percent":            {"100%7|x%" + debugLine + "\n", []string{"100%7|x%"}, 1},
		"crlf":               {"a\r\n" + debugLine + "\r\nb\r\n", []string{"a", "b"}, 1},
		"nul":                {"a\x00b\n", []string{"a\uFFFDb"}, 0},
		"invalid":            {"a\xff\xfeb\n", []string{"a\uFFFDb"}, 0},
	} {
		for _, size := range []int{1, 2, 7, 1 << 20} {
			h := feed(t, []byte(c.in), size, false)
			if !slices.Equal(h.program, c.program) || len(h.client) != c.client {
				t.Errorf("%s in chunks of %d: program %q, client %d lines", name, size, h.program, len(h.client))
			}
		}
	}
}

func feed(t testing.TB, in []byte, size int, debug bool) *heard {
	h := &heard{}
	s := h.splitter()
	s.Debug = debug
	for chunk := range slices.Chunk(in, size) {
		chunk = bytes.Clone(chunk) // a reader's buffer is used again
		if n, err := s.Write(chunk); n != len(chunk) || err != nil {
			t.Fatal(n, err)
		}
		clear(chunk)
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Write([]byte("x")); !errors.Is(err, os.ErrClosed) {
		t.Fatalf("write after close: %v", err)
	}
	return h
}

func TestSplitterDebug(t *testing.T) {
	h := feed(t, []byte(debugLine+"\n"), 10, true)
	if len(h.client) != 1 || !slices.Equal(h.program, []string{debugLine}) {
		t.Errorf("client %d, program %q", len(h.client), h.program)
	}
}

func TestSplitterLongLines(t *testing.T) {
	const over = 100_000
	long := strings.Repeat("x", MaxLine+over)
	note := fmt.Sprintf(" … (%d bytes more)", over)
	for name, c := range map[string]struct {
		in      string
		program []string
		client  int
	}{
		"program":           {long + "\nb\n", []string{long[:MaxLine] + note, "b"}, 0},
		"program with glue": {long + debugLine + "\nb\n", []string{long[:MaxLine] + fmt.Sprintf(" … (%d bytes more)", over+1)}, 1},
		"client":            {debugLine + long + "\nb\n", []string{"b"}, 1},
	} {
		for _, size := range []int{1000, 70_000, 4 << 20} {
			h := feed(t, []byte(c.in), size, false)
			if !slices.Equal(h.program, c.program) || len(h.client) != c.client {
				t.Errorf("%s in chunks of %d: program %d lines, client %d", name, size, len(h.program), len(h.client))
			}
		}
	}
}

// A line without an end must not grow what is held.
func TestSplitterMemory(t *testing.T) {
	s := NewSplitter(func(string) {}, func(string, tracer.Event) {})
	for _, chunk := range []string{strings.Repeat("%7|1.000|", 5000), strings.Repeat("y", 50_000)} {
		for range 200 {
			if _, err := s.Write([]byte(chunk)); err != nil {
				t.Fatal(err)
			}
			if n := cap(s.line) + cap(s.begun); n > 3*MaxLine {
				t.Fatalf("holds %d bytes", n)
			}
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// However the stream is cut, the lines are the same.
func FuzzSplitter(f *testing.F) {
	f.Add([]byte("a "+debugLine+"\nb\r\n"+warnLine+"\n\x00\xff"), 3)
	f.Add([]byte("%7|%7|1.000|A|"+debugLine), 1)
	f.Add(bytes.Repeat([]byte("%7|1.000|A|"), 7000), 100)
	f.Fuzz(func(t *testing.T, in []byte, size int) {
		if size < 1 {
			return
		}
		whole, pieces := feed(t, in, max(1, len(in)), false), feed(t, in, size, false)
		if !slices.Equal(whole.both, pieces.both) {
			t.Fatalf("in one piece %q, in pieces %q", whole.both, pieces.both)
		}
		for _, l := range whole.program {
			if strings.Contains(l, "\n") || l != strings.ToValidUTF8(l, "") {
				t.Fatalf("program line %q", l)
			}
		}
	})
}

func BenchmarkSplitter(b *testing.B) {
	data, err := os.ReadFile("testdata/plain.log")
	if err != nil {
		b.Fatal(err)
	}
	lines := bytes.Count(data, []byte("\n"))
	s := NewSplitter(func(string) {}, func(string, tracer.Event) {})
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Write(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(lines*b.N)/b.Elapsed().Seconds(), "lines/s")
}
