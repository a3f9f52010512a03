package view

import (
	"fmt"
	"strings"
	"testing"

	"kstep/quiz"
	"kstep/quiz/report"
)

// A page says what is believed in words, never by its ID, and names the thread
// once: in the table of the misconceptions.
func TestReportSaysMisconceptionsInWords(t *testing.T) {
	q := quiz.Question{ID: "q", Prompt: "What?", Options: []quiz.Option{{Text: "key", Correct: true}, {Text: "error", Belief: "produce-sends"}, {Text: "another", Belief: "newproducer-connects"}}}
	a := &report.Answers{}
	for i := range 6 {
		w := report.Where{Session: fmt.Sprint(i), Lesson: "l", Date: "2006-01-02"}
		a.All = append(a.All, report.New(w, q, quiz.Result{Outcome: quiz.Wrong, Chosen: 1, Second: -1, Revote: 2}))
	}
	believed, _ := quiz.FindMisconception("produce-sends")
	in := map[string]string{}
	for _, b := range ReportPage(report.Make(a)).Blocks {
		t, ok := b.(Table)
		if !ok {
			continue
		}
		for _, r := range t.Rows {
			for _, c := range r.Cells {
				in[t.Name] += c.Text + "\n"
			}
		}
	}
	for name, text := range in {
		if strings.Contains(text, "produce-sends") || strings.Contains(text, "newproducer-connects") {
			t.Errorf("%s has an ID:\n%s", name, text)
		}
		if has := strings.Contains(text, believed.Thread); has != (name == quiz.ReportMisconceptions) {
			t.Errorf("%s: the thread is there: %t", name, has)
		}
	}
	for _, name := range []string{quiz.ReportItems, quiz.ReportMisconceptions, quiz.ReportOptions} {
		if believed.Says == "" || !strings.Contains(in[name], believed.Says) {
			t.Errorf("%s does not say %q:\n%s", name, believed.Says, in[name])
		}
	}
}
