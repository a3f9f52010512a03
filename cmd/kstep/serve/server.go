package serve

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"kstep/scenarios"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// Options say how to serve. The zero value of a field means its default.
type Options struct {
	Workers  int                       // runs at once, default 1
	Open     bool                      // the listener is for other interfaces than loopback: a code is needed
	Versions tracer.Versions           // of what runs, for the traces
	Outcome  func(*tracer.Trace) error // what a run does not bear out; nil: nothing is held against it
	Started  func(pid int)             // told of every program; for tests
}

// Limit is how long one program may run.
const Limit = 20 * time.Second

// Server serves lessons on one listener.
type Server struct {
	options Options
	queue   *queue
	shelf   *shelf
	guard   *guard
}

// New makes a server for a listener's address.
func New(addr net.Addr, o Options) (*Server, error) {
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return nil, fmt.Errorf("serve on %s: %w", addr, err)
	}
	if o.Workers < 1 {
		o.Workers = 1
	}
	s := &Server{options: o, queue: newQueue(), shelf: &shelf{runs: map[string]*run{}}}
	s.guard = &guard{port: port, open: o.Open, next: s.routes()}
	if o.Open {
		s.guard.code = secret(10)
	}
	return s, nil
}

// Code is what visitors must type, empty where none is needed.
func (s *Server) Code() string { return s.guard.code }

// Serve answers until ctx ends. When it returns, no program of its runs is left
// and the listener is closed.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	var workers sync.WaitGroup
	ctx, cancel := context.WithCancel(ctx)
	defer func() {
		cancel()
		workers.Wait()
	}()
	for range s.options.Workers {
		workers.Go(func() {
			for j := s.queue.take(ctx); j != nil; j = s.queue.take(ctx) {
				j.run(ctx)
			}
		})
	}
	server := &http.Server{
		Handler: s.guard, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	soon, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer stop()
	if err := server.Shutdown(soon); err != nil {
		server.Close()
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	mux.HandleFunc("GET /lesson/{id}", s.lesson)
	mux.HandleFunc("POST /run", s.submit)
	mux.HandleFunc("GET /run/{id}", s.result)
	mux.HandleFunc("GET /run/{id}/state", s.state)
	mux.HandleFunc("GET /run/{id}/page", s.document)
	mux.HandleFunc("GET /run/{id}/compare", s.document)
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		trouble(w, http.StatusNotFound, "there is no such page")
	})
	return mux
}

// submit puts a run into the queue.
func (s *Server) submit(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		trouble(w, http.StatusBadRequest, "the form cannot be read")
		return
	}
	c, err := chosen(r.PostForm)
	if err != nil {
		show(w, http.StatusBadRequest, "trouble", page{Title: "kstep", Trouble: err.Error(), Lesson: c.lesson})
		return
	}
	x := &run{id: secret(visitorLetters), visitor: visitor(w, r), choice: c, asked: time.Now()}
	x.job = &job{visitor: x.visitor, run: func(ctx context.Context) { s.perform(ctx, x) }}
	s.shelf.put(x) // before it can be done
	if err := s.queue.add(x.job); err != nil {
		s.shelf.remove(x)
		w.Header().Set("Retry-After", "5")
		trouble(w, http.StatusServiceUnavailable, err.Error())
		return
	}
	http.Redirect(w, r, "/run/"+x.id, http.StatusSeeOther)
}

// perform runs a lesson for a visitor and keeps its page.
func (s *Server) perform(ctx context.Context, x *run) {
	x.mu.Lock()
	x.started = time.Now()
	x.mu.Unlock()
	t, err := scenarios.Record(ctx, x.choice.lesson, scenarios.Options{
		Variant: x.choice.variant, Set: x.choice.set, Faults: x.choice.faults, Limit: Limit, Versions: s.options.Versions, Started: s.options.Started,
	})
	var page, diff, trace []byte
	var about string
	before := s.shelf.previous(x)
	if err == nil {
		if s.options.Outcome != nil {
			if wrong := s.options.Outcome(t); wrong != nil {
				about = wrong.Error()
			}
		}
		page, diff, err = pagesOf(t, x, before)
	}
	if err == nil {
		trace, err = packed(func(w io.Writer) error { return tracer.Write(w, t) })
	}
	x.mu.Lock()
	x.done, x.page, x.diff, x.trace, x.trouble = true, page, diff, trace, about
	if before != nil {
		x.before = before.choice
	}
	if err != nil {
		x.failed = err.Error()
	}
	x.mu.Unlock()
	s.shelf.fits(x)
}

// pagesOf are the player's page of a run and what differs from the one before.
func pagesOf(t *tracer.Trace, x, before *run) (page, diff []byte, err error) {
	runs := tracer.NewRuns(t)
	l := scenarios.Lesson(runs)
	page, err = packed(func(w io.Writer) error { return render.Player(w, view.Build(runs, l), view.NewWalk(runs, l)) })
	if err != nil || before == nil {
		return page, nil, err
	}
	before.mu.Lock()
	old := before.trace
	before.mu.Unlock()
	z, err := gzip.NewReader(bytes.NewReader(old))
	if err != nil {
		return nil, nil, fmt.Errorf("unpack the run before: %w", err)
	}
	then, err := tracer.Read(z)
	if err != nil {
		return nil, nil, fmt.Errorf("read the run before: %w", err)
	}
	c := scenarios.CompareTraces(x.choice.lesson, before.choice.String()+" (before)", then, x.choice.String(), t)
	diff, err = packed(func(w io.Writer) error { return render.HTML(w, c.Document()) })
	return page, diff, err
}

func packed(write func(io.Writer) error) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := write(z); err != nil {
		return nil, err
	}
	err := z.Close()
	return b.Bytes(), err
}

// mine is the run that a path names, where it is the visitor's own.
func (s *Server) mine(w http.ResponseWriter, r *http.Request) *run {
	x := s.shelf.find(r.PathValue("id"))
	if x == nil || x.visitor != visitor(w, r) {
		trouble(w, http.StatusNotFound, "this run is not kept any more, or it is somebody else's; run the lesson again")
		return nil
	}
	return x
}

func (s *Server) stateOf(x *run) state {
	before := max(0, s.queue.before(x.job))
	x.mu.Lock()
	defer x.mu.Unlock()
	out := state{Done: x.done, Started: !x.started.IsZero(), Before: before, Failed: x.failed}
	if out.Started {
		out.Seconds = int(time.Since(x.started).Seconds())
	}
	return out
}

func (s *Server) state(w http.ResponseWriter, r *http.Request) {
	if x := s.mine(w, r); x != nil {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(s.stateOf(x)) // who does not read it has left
	}
}

// document is the page of a run, or the comparison, as the renderer wrote it.
func (s *Server) document(w http.ResponseWriter, r *http.Request) {
	x := s.mine(w, r)
	if x == nil {
		return
	}
	x.mu.Lock()
	data := x.page
	if strings.HasSuffix(r.URL.Path, "/compare") {
		data = x.diff
	}
	x.mu.Unlock()
	if data == nil {
		trouble(w, http.StatusNotFound, "there is nothing to show here yet")
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "frame-ancestors 'self'") // the rest is in the page
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		_, _ = w.Write(data)
		return
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		_, _ = io.Copy(w, z)
	}
}
