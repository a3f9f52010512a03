package serve

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer/render"
)

//go:embed pages.html.tmpl
var pagesText string

//go:embed pages.css
var pagesStyle string

//go:embed wait.js
var waitScript string

var pagesTemplate = template.Must(template.New("pages").Parse(pagesText))

// pagesPolicy lets a browser load nothing but what this server has.
var pagesPolicy = "default-src 'none'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; style-src " +
	hash(pagesStyle) + "; script-src " + hash(waitScript)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// page is what the templates ask for.
type page struct {
	Title    string
	Trouble  string
	Lessons  []*lesson.Lesson
	Lesson   *lesson.Lesson
	Settings []setting
	Faults   []string
	Chosen   map[string]string
	Run      string // id
	Choice   string
	State    state
	Compare  string // the run before, where there is a comparison
	Limit    int    // seconds that a run may take
	Style    template.CSS
	Script   template.JS
}

// show writes one of the templates.
func show(w http.ResponseWriter, status int, name string, p page) {
	p.Style, p.Script = template.CSS(pagesStyle), template.JS(waitScript)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", pagesPolicy)
	w.WriteHeader(status)
	_ = pagesTemplate.ExecuteTemplate(w, name, p) // who does not read it has left
}

func trouble(w http.ResponseWriter, status int, text string) {
	show(w, status, "trouble", page{Title: "kstep", Trouble: text})
}

func (s *Server) index(w http.ResponseWriter, r *http.Request) {
	visitor(w, r)
	show(w, http.StatusOK, "index", page{Title: "kstep: lessons", Lessons: scenarios.Taught()})
}

func (s *Server) lesson(w http.ResponseWriter, r *http.Request) {
	visitor(w, r)
	l, _ := scenarios.Find(r.PathValue("id"))
	if l == nil {
		trouble(w, http.StatusNotFound, "there is no such lesson")
		return
	}
	show(w, http.StatusOK, "lesson", page{Title: l.Title, Lesson: l, Settings: settings, Faults: faults, Chosen: map[string]string{}})
}

// result is where a run is waited for and, when it is done, looked at.
func (s *Server) result(w http.ResponseWriter, r *http.Request) {
	x := s.mine(w, r)
	if x == nil {
		return
	}
	p := page{Title: x.choice.lesson.Title, Lesson: x.choice.lesson, Run: x.id, Choice: x.choice.String(), State: s.stateOf(x), Limit: int(Limit.Seconds()), Settings: settings, Faults: faults}
	p.Chosen = map[string]string{"variant": x.choice.variant}
	for _, v := range x.choice.set {
		p.Chosen[v.Key] = v.Value
	}
	for _, f := range x.choice.faults {
		p.Chosen["fault"] = f
	}
	x.mu.Lock()
	p.Trouble = render.CleanLine(x.trouble)
	if x.diff != nil {
		p.Compare = x.before.String()
	}
	x.mu.Unlock()
	name := "wait"
	if p.State.Done {
		name = "run"
	}
	show(w, http.StatusOK, name, p)
}
