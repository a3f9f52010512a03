package site

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"kstep/tracer"
)

// client stands for the wrapper: a method asks where it was called from.
type client struct{ table *Table }

//go:noinline
func (c *client) Call(got *uint32) { *got, _ = c.table.ID(PC()) }

type caller interface{ Call(*uint32) }

type embeds struct{ *client }

type embedsLater struct {
	name string
	*client
}

func here(skip int) int {
	_, _, line, _ := runtime.Caller(1 + skip)
	return line
}

// Every way of calling a method is found at the line where the program says so.
func TestID(t *testing.T) {
	var sites []tracer.Site
	table := &Table{Wrapper: "kstep/tracer/site.(*client).", Number: func(s tracer.Site) (uint32, bool) {
		sites = append(sites, s)
		return uint32(len(sites)), true
	}}
	c := &client{table}
	ways := map[string]func(id *uint32) (line int){
		"direct":                         func(id *uint32) int { c.Call(id); return here(0) },
		"interface":                      func(id *uint32) int { var i caller = c; i.Call(id); return here(0) },
		"embedded":                       func(id *uint32) int { embeds{c}.Call(id); return here(0) },
		"embedded, through an interface": func(id *uint32) int { var i caller = embeds{c}; i.Call(id); return here(0) },
		"embedded behind a field, through an interface": func(id *uint32) int {
			var i caller = &embedsLater{"x", c}
			i.Call(id)
			return here(0) - 1
		},
		"embedded behind a field by value, through an interface": func(id *uint32) int {
			var i caller = embedsLater{"x", c}
			i.Call(id)
			return here(0) - 1
		},
		"method value":            func(id *uint32) int { f := c.Call; f(id); return here(0) },
		"method value, kept":      func(id *uint32) int { return run(c.Call, id) },
		"method expression":       func(id *uint32) int { (*client).Call(c, id); return here(0) },
		"deferred":                func(id *uint32) int { defer c.Call(id); return here(0) },
		"deferred, through value": func(id *uint32) int { f := c.Call; defer f(id); return here(0) },
		"go": func(id *uint32) int {
			var wg sync.WaitGroup
			wg.Add(1)
			w := waits{c, &wg}
			go w.Call(id)
			line := here(0) - 1
			wg.Wait()
			return line
		},
		"inlined": func(id *uint32) int { return inlined(c, id) },
	}
	for name, way := range ways {
		for range 2 { // learned, and known
			var id uint32
			line := way(&id)
			if id == 0 || int(id) > len(sites) {
				t.Errorf("%s: no place, id %d", name, id)
				continue
			}
			if s := sites[id-1]; s.Line != line || s.File != "table_test.go" {
				t.Errorf("%s: %+v, want line %d", name, s, line)
			}
		}
	}
}

// waits is a wrapper of its own, so that go calls a method directly.
type waits struct {
	*client
	done *sync.WaitGroup
}

//go:noinline
func (w waits) Call(id *uint32) {
	*id, _ = w.table.ID(PC())
	w.done.Done()
}

//go:noinline
func run(f func(*uint32), id *uint32) int { f(id); return here(0) }

func inlined(c *client, id *uint32) int { c.Call(id); return here(0) }

// Many goroutines ask for many lines.
func TestConcurrent(t *testing.T) {
	var mu sync.Mutex
	numbers := map[tracer.Site]uint32{}
	table := &Table{Wrapper: "kstep/tracer/site.(*client).", Number: func(s tracer.Site) (uint32, bool) {
		mu.Lock()
		defer mu.Unlock()
		numbers[s] = uint32(len(numbers) + 1)
		return numbers[s], true
	}}
	c := &client{table}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 1000 {
				var a, b, d uint32
				c.Call(&a)
				c.Call(&b)
				f := c.Call
				f(&d)
				if a == 0 || b == 0 || d == 0 || a == b || b == d {
					t.Errorf("places %d %d %d", a, b, d)
					return
				}
			}
		})
	}
	wg.Wait()
	if len(numbers) != 3 {
		t.Errorf("%d places, want 3: %v", len(numbers), numbers)
	}
}

func TestFuncName(t *testing.T) {
	for name, want := range map[string]string{
		"main.main":                      "main.main",
		"main.main.gowrap1":              "main.main",
		"main.main.func1.deferwrap12":    "main.main.func1",
		"kstep/scenarios/first.Program":  "first.Program",
		"main.gowrapper":                 "main.gowrapper",
		"example.org/x/y.(*Sender).Send": "y.(*Sender).Send",
	} {
		if got := funcName(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestSite(t *testing.T) {
	table := &Table{Wrapper: "kstep/tracer/site.(*client)."}
	if s := table.Site(0); s != nil {
		t.Errorf("no address is at %v", s)
	}
	s := where(table)
	if s == nil || s.Func != "site.TestSite" {
		t.Errorf("found %v", s)
	}
	if fmt.Sprint(where(table)) == "" {
		t.Error("nothing the second time")
	}
}

//go:noinline
func where(t *Table) *tracer.Site { return t.Site(PC()) }

func BenchmarkID(b *testing.B) {
	c := &client{&Table{Number: func(tracer.Site) (uint32, bool) { return 1, true }}}
	var id uint32
	for b.Loop() {
		c.Call(&id)
	}
}
