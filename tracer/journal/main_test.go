package journal

import (
	"os"
	"path/filepath"
	"testing"

	"kstep/tracer"
)

// ends are the ways in which a child of the tests ends, by name.
var ends = map[string]func(){}

const endEnv = "KSTEP_TEST_END"

func TestMain(m *testing.M) {
	if end := ends[os.Getenv(endEnv)]; end != nil {
		end()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// open makes a journal and its writer.
func open(t testing.TB, limit int64) (*os.File, *Writer) {
	t.Helper()
	f, err := CreateLimit(limit)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	w, err := Open(f)
	if err != nil {
		t.Fatal(err)
	}
	return f, w
}

func mustRead(t testing.TB, f *os.File) *Record {
	t.Helper()
	r, err := Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// returned is the event of a call.
func returned(id int, name string) *tracer.Event {
	return &tracer.Event{At: 20, Lane: tracer.Application, Kind: tracer.Returned, Known: tracer.Observed, Call: &tracer.Call{ID: id, Name: name, Began: 10}}
}

// ordinary is a journal as a file on disk, as where there is no memfd.
func ordinary(t testing.TB, limit int64) *os.File {
	t.Helper()
	memory, err := CreateLimit(limit)
	if err != nil {
		t.Fatal(err)
	}
	defer memory.Close()
	f, err := os.Create(filepath.Join(t.TempDir(), "journal"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	head := make([]byte, headerSize)
	memory.ReadAt(head, 0)
	f.WriteAt(head, 0)
	if err := f.Truncate(limit); err != nil {
		t.Fatal(err)
	}
	return f
}
