package main

// kstep docs site: all lessons as pages, with an index and the glossary.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kstep/scenarios"
	"kstep/scenarios/lesson"
	"kstep/tracer"
	"kstep/tracer/render"
	"kstep/tracer/view"
)

// siteOptions are the flags of kstep docs site.
type siteOptions struct {
	format   string
	parallel int
}

var siteFormats = []string{"html", "markdown"}

func newDocsSite(s *streams) *cobra.Command {
	var o siteOptions
	cmd := &cobra.Command{
		Use:     "site DIR",
		Short:   "Write all lessons as pages, with an index and the glossary",
		Long:    "Run every lesson and write its page, an index and the glossary into a folder.\nHTML pages have the player and ask for nothing from elsewhere.",
		Example: "  kstep docs site public\n  kstep docs site docs/lessons --format markdown",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("--format", o.format, siteFormats); err != nil {
				return err
			}
			if len(args) != 1 {
				return errors.New("name one folder to write the pages into")
			}
			if err := checkParallel(cmd, &o.parallel); err != nil {
				return err
			}
			return writeSite(cmd.Context(), s, o, args[0])
		},
	}
	cmd.Flags().StringVar(&o.format, "format", "html", "html or markdown")
	parallelFlag(cmd, &o.parallel, "lessons that run at once")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(siteFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// writeSite runs all lessons and writes all pages, or none.
func writeSite(ctx context.Context, s *streams, o siteOptions, dir string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; name a folder", dir)
	}
	site, err := makeSite(ctx, s, o)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("make the folder %s: %w", dir, reason(err))
	}
	left, err := site.leftovers(dir)
	if err != nil {
		return err
	}
	for i := range site.pages {
		site.pages[i].file = filepath.Join(dir, site.pages[i].file)
	}
	if err := site.pages.write(); err != nil {
		return err
	}
	for _, name := range left {
		fmt.Fprintf(s.Err, "kstep: %s is no page of this site; remove it if its lesson is gone\n", clean(filepath.Join(dir, name)))
	}
	return writeOut(s.Out, "the report", fmt.Appendf(nil, "%s: %d pages\n", clean(dir), len(site.pages)))
}

// makeSite runs all lessons and makes all pages; it writes no file.
func makeSite(ctx context.Context, s *streams, o siteOptions) (site, error) {
	out := site{markdown: o.format == "markdown"}
	lessons := scenarios.Taught()
	traces, err := recordLessons(ctx, s, lessons, o.parallel)
	if err != nil {
		return out, err
	}
	for i, t := range traces {
		if err := outcome(t); err != nil {
			return out, failure{fmt.Sprintf("the run of %s is no source for a page: %v", lessons[i].ID, err)}
		}
	}
	return out, out.make(lessons, traces)
}

// recordLessons runs lessons side by side, at most parallel at once.
func recordLessons(ctx context.Context, s *streams, lessons []*lesson.Lesson, parallel int) ([]*tracer.Trace, error) {
	step, stop := counter(s, "running the lessons", len(lessons))
	defer stop()
	return scenarios.SideBySide(len(lessons), parallel, func(i int) (*tracer.Trace, error) {
		defer step()
		return scenarios.Record(ctx, lessons[i], scenarios.Options{Versions: versions()})
	})
}

// madeByKstep tells whoever opens a page in an editor where it comes from.
const madeByKstep = "<!-- Written by kstep docs site from a run. It is written anew; what is changed here by hand is lost. -->\n\n"

// site is the pages of a site under way.
type site struct {
	markdown bool
	pages    pages
}

// leftovers are the files of a folder that look like pages and are none of this
// site: a lesson that has another name now leaves its old page behind. They are
// named and kept, as they may be somebody's own.
func (x *site) leftovers(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read the folder %s: %w", dir, reason(err))
	}
	var out []string
	for _, e := range entries {
		made := slices.ContainsFunc(x.pages, func(p written) bool { return p.file == e.Name() })
		if !made && !e.IsDir() && filepath.Ext(e.Name()) == filepath.Ext(x.home()) {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

func (x *site) make(lessons []*lesson.Lesson, traces []*tracer.Trace) error {
	index := view.Index{Title: "kstep: what a Kafka producer really does", Intro: "Every page was computed from a recorded run of the program it shows."}
	for i, l := range lessons {
		level := strings.ToUpper(l.Level[:1]) + l.Level[1:]
		if n := len(index.Groups); n == 0 || index.Groups[n-1].Name != level {
			index.Groups = append(index.Groups, view.IndexGroup{Name: level})
		}
		g := &index.Groups[len(index.Groups)-1]
		g.Entries = append(g.Entries, view.IndexEntry{Href: x.name(l.ID), Title: l.Title, About: l.Promise})
		if err := x.lesson(l.ID, traces[i]); err != nil {
			return err
		}
	}
	index.Groups = append(index.Groups, view.IndexGroup{Name: "Words", Entries: []view.IndexEntry{{Href: x.name("glossary"), Title: "Glossary", About: "the words of the field, and settings, as the lessons use them"}}})
	if err := x.add("glossary", func(w io.Writer) error { return x.document(w, glossary(x.home()), nil) }); err != nil {
		return err
	}
	return x.add(x.indexName(), func(w io.Writer) error {
		if x.markdown {
			return render.IndexMarkdown(w, index)
		}
		return render.IndexHTML(w, index)
	})
}

func (x *site) lesson(id string, t *tracer.Trace) error {
	return x.add(id, func(w io.Writer) error {
		runs := tracer.NewRuns(t)
		l := scenarios.Lesson(runs)
		d := view.Build(runs, l)
		d.Home = x.home()
		walk := view.NewWalk(runs, l)
		return x.document(w, d, &walk)
	})
}

// document writes a page, in HTML with the player where there is a walk.
func (x *site) document(w io.Writer, d view.Document, walk *view.Walk) error {
	switch {
	case x.markdown:
		return render.Markdown(w, d)
	case walk != nil:
		return render.Player(w, d, *walk)
	}
	return render.HTML(w, d)
}

func (x *site) add(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if x.markdown {
		b.WriteString(madeByKstep) // on an HTML page a comment before the doctype would only puzzle
	}
	if err := write(&b); err != nil {
		return fmt.Errorf("write the page %s: %w", name, err)
	}
	x.pages = append(x.pages, written{file: x.name(name), data: b.Bytes()})
	return nil
}

func (x *site) name(id string) string {
	if x.markdown {
		return id + ".md"
	}
	return id + ".html"
}

func (x *site) indexName() string {
	if x.markdown {
		return "README" // what a folder shows on a code host
	}
	return "index"
}

func (x *site) home() string { return x.name(x.indexName()) }

// glossary is the page of all terms.
func glossary(home string) view.Document {
	return view.Document{ID: "glossary", Title: "Glossary", Home: home, Blocks: []view.Block{
		view.Terms{Heading: view.Heading{ID: "terms", Name: "Terms"}, Items: scenarios.Glossary()},
	}}
}
