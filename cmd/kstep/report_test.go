package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"kstep/quiz"
	"kstep/quiz/report"
)

const takers = 30

// the four items and who is right at their first vote: half, 9 of 30, 24 of 30,
// and 9 of 30 who are those that know the least of the rest.
var rightAtFirst = []func(k int) bool{
	func(k int) bool { return k < 15 },
	func(k int) bool { return k < 9 },
	func(k int) bool { return k < 24 },
	func(k int) bool { return k >= 21 },
}

func fourItems() []quiz.Question {
	var out []quiz.Question
	for i := range rightAtFirst {
		q := quiz.Question{ID: fmt.Sprintf("item-%d", i+1), Kind: "made up", Prompt: fmt.Sprintf("What of %d?", i+1), Hints: []string{"look", "compare", "the rule"}}
		for j, text := range []string{"the key", "the first error", "the second error", "the third error"} {
			o := quiz.Option{Text: fmt.Sprintf("%s of %d", text, i+1), Correct: j == 0, Feedback: "because", Rows: []string{"1"}}
			if j > 0 {
				o.Belief = fmt.Sprintf("%d is believed", j)
			}
			q.Options = append(q.Options, o)
		}
		out = append(out, q)
	}
	return out
}

// letterOf is where an option stands in an order.
func letterOf(q quiz.Question, text string) string {
	for i, o := range q.Options {
		if strings.HasPrefix(o.Text, text) {
			return quiz.Letter(i)
		}
	}
	panic("no option " + text)
}

// answersOf asks the four items as kstep quiz --discuss --record --seed does and
// gives the file. Taker k errs by k's remainder; after the discussion of the first
// item all but the last three who were wrong are right, and one who was right is
// not.
func answersOf(t *testing.T, folder string, k int) string {
	t.Helper()
	a := asking{file: filepath.Join(folder, fmt.Sprintf("%02d.jsonl", k)), seed: fmt.Sprint("seed ", k), discuss: true}
	kept, err := a.open("made-up", "")
	if err != nil {
		t.Fatal(err)
	}
	qs := a.ordered(fourItems())
	var in []string
	for i, q := range qs {
		first := letterOf(q, []string{"the first error", "the second error", "the third error"}[k%3])
		if rightAtFirst[i](k) {
			first = letterOf(q, "the key")
		}
		second := ""
		if i == 0 && k < 27 {
			second = letterOf(q, "the key")
			if k == 0 {
				second = letterOf(q, "the third error")
			}
		}
		in = append(in, first, second)
	}
	s := quiz.Session{In: strings.NewReader(strings.Join(in, "\n") + "\n"), Out: io.Discard, Discuss: a.discuss, Questions: qs, Answered: kept.answered}
	if _, err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := kept.close(); err != nil {
		t.Fatal(err)
	}
	return a.file
}

func thirtyFiles(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	var out []string
	for k := range takers {
		out = append(out, answersOf(t, folder, k))
	}
	return out
}

// typed runs the command and gives what it wrote.
func typed(t *testing.T, want int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	if code := run(args, &streams{In: &bytes.Buffer{}, Out: &out, Err: &err, Getenv: func(string) string { return "" }}); code != want {
		t.Fatalf("kstep %s ended with %d, not %d: %s", args[0], code, want, err.String())
	}
	return out.String(), err.String()
}

func reportOf(t *testing.T, args ...string) (report.JSON, string) {
	t.Helper()
	out, stderr := typed(t, exitOK, append([]string{"report", "--format", "json"}, args...)...)
	var r report.JSON
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	return r, stderr
}

// Thirty files with known answers give the known figures. The discriminations
// were worked out by hand with the other formula of the point-biserial
// correlation, (M1-M0)/s*sqrt(p*q).
func TestReportOfThirtyFiles(t *testing.T) {
	files := thirtyFiles(t)
	r, stderr := reportOf(t, files...)
	if stderr != "" || r.Files != 30 || r.Sessions != 30 || r.Takers != 30 || r.Answers != 120 || len(r.Items) != 4 {
		t.Fatalf("got %+v, %q", r, stderr)
	}
	want := []struct {
		right          int
		discrimination float64
		wrong          [3]int // who chose the first, second and third error
		advice         report.Advice
	}{
		{15, 1 / math.Sqrt(6), [3]int{5, 5, 5}, report.Leave}, // 26 of 30 are right after the discussion
		{9, 2 / math.Sqrt(14), [3]int{7, 7, 7}, report.Discuss},
		{24, 1.0 / 14, [3]int{2, 2, 2}, report.Leave},
		{9, -0.7446687115861393, [3]int{7, 7, 7}, report.Discuss},
	}
	for i, w := range want {
		got := r.Items[i]
		if got.Question != fmt.Sprintf("item-%d", i+1) || got.Answered != 30 || got.Right != w.right || got.Skipped != 0 || got.Advice != w.advice {
			t.Errorf("item %d: %+v", i+1, got)
		}
		if d := got.Discrimination; d == nil || math.Abs(*d-w.discrimination) > 1e-12 {
			t.Errorf("item %d: discrimination %v (%s), want %v", i+1, d, got.Why, w.discrimination)
		}
		chosen := map[string]int{}
		for _, o := range got.Options {
			chosen[o.Text] = o.First
		}
		known := map[string]int{fmt.Sprintf("the key of %d", i+1): w.right}
		for j, name := range []string{"first", "second", "third"} {
			known[fmt.Sprintf("the %s error of %d", name, i+1)] = w.wrong[j]
		}
		if !reflect.DeepEqual(chosen, known) {
			t.Errorf("item %d: chosen %v, want %v", i+1, chosen, known)
		}
	}
	if got, want := r.Items[0].Votes, (report.GainJSON{Both: 30, First: 15, Revote: 26, Won: 12, Lost: 1}); got != want {
		t.Errorf("the discussion: %+v, want %+v", got, want)
	}
	if got, want := r.Items[1].Votes, (report.GainJSON{Both: 30, First: 9, Revote: 9}); got != want {
		t.Errorf("a vote that is kept: %+v, want %+v", got, want)
	}
	if want := []int{2, 4, 3, 1}; !reflect.DeepEqual(r.Next, want) {
		t.Errorf("next are %v, want %v", r.Next, want)
	}
	if b := r.Beliefs; len(b) != 3 || b[0].Chosen != 21 || b[0].Of != 120 || b[0].Belief != "1 is believed" {
		t.Errorf("beliefs: %+v", b)
	}
}

// What stands twice counts once: a file given twice, a joined file, a copy.
func TestReportCountsEachAnswerOnce(t *testing.T) {
	files := thirtyFiles(t)
	once, _ := reportOf(t, files...)
	var all []byte
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data...)
	}
	joined := filepath.Join(t.TempDir(), "joined.jsonl")
	if err := os.WriteFile(joined, all, 0o644); err != nil {
		t.Fatal(err)
	}
	twice, _ := reportOf(t, append([]string{files[3], joined}, files...)...)
	if twice.Again != 124 || twice.Answers != once.Answers {
		t.Errorf("counted %d answers, %d of them again", twice.Answers, twice.Again)
	}
	right := func(r report.JSON) map[string]int {
		out := map[string]int{}
		for _, i := range r.Items {
			out[i.Question] = i.Right
		}
		return out
	}
	if !reflect.DeepEqual(right(once), right(twice)) {
		t.Errorf("%v and %v", right(once), right(twice))
	}
}

func TestReportOfBadLines(t *testing.T) {
	files := thirtyFiles(t)
	good, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := func(text string) string {
		f := filepath.Join(folder, "x.jsonl")
		if err := os.WriteFile(f, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return f
	}
	lines := strings.SplitAfter(string(good), "\n")

	_, stderr := reportOf(t, file("nonsense\n\n"+lines[0]+"{}\n"+lines[1][:len(lines[1])/2]+"\n"+lines[2]+lines[3][:50]))
	if want := "x.jsonl:1 (not JSON)"; !strings.Contains(stderr, "kstep: 4 lines") || !strings.Contains(stderr, want) || strings.Count(stderr, "\n") != 1 {
		t.Errorf("stderr: %q", stderr)
	}
	torn, stderr := reportOf(t, file(string(good)+lines[0][:70]))
	if torn.Answers != 4 || !strings.Contains(stderr, "x.jsonl:5 (not written to its end)") {
		t.Errorf("%d answers of a torn file, %q", torn.Answers, stderr)
	}
	for name, c := range map[string]struct{ text, want string }{
		"nothing":         {"", "there is no answer in"},
		"only nonsense":   {"a\nb\nc\nd\ne\n", "and 2 more"},
		"a later format":  {lines[0] + strings.Replace(lines[1], "kstep-answers/1", "kstep-answers/2", 1), "x.jsonl:2: a later format: kstep-answers/2"},
		"another later":   {`{"format":"kstep-answers/9","options":"now a text"}` + "\n", "a later format"},
		"another format":  {`{"format":"kstep-trace/1"}` + "\n", "not an answer"},
		"two keys":        {strings.ReplaceAll(lines[0], `"belief":"1 is believed"`, `"right":true`), "right options"},
		"no such option":  {strings.Replace(lines[0], `"first":{"text":"`, `"first":{"text":"no `, 1), "chooses what is no option"},
		"an endless line": {strings.Repeat("x", 3<<20), "not written to its end"},
	} {
		out, stderr := typed(t, exitUsage, "report", file(c.text))
		if out != "" || !strings.Contains(stderr, c.want) || notOneLine(stderr) != "" {
			t.Errorf("%s: %q, %q", name, out, stderr)
		}
	}
	for _, args := range [][]string{{"report"}, {"report", folder}, {"report", folder + "/none"}, {"report", files[0], "--format", "yaml"}, {"report", files[0], "-o", folder + "/x.pdf"}} {
		typed(t, exitUsage, args...)
	}
}

// Text that somebody put into a file to do harm is text in every format.
func TestReportOfHostileText(t *testing.T) {
	q := fourItems()[0]
	q.ID, q.Prompt = hostile, hostile
	for i := range q.Options {
		q.Options[i].Text += hostile
		if i > 0 {
			q.Options[i].Belief = fmt.Sprint("=cmd()", i, hostile)
		}
	}
	folder := t.TempDir()
	for k := range 12 {
		a := asking{file: filepath.Join(folder, fmt.Sprint(k)), taker: fmt.Sprint(hostile[:20], k)}
		kept, err := a.open(hostile, hostile)
		if err != nil {
			t.Fatal(err)
		}
		kept.answered(q, quiz.Result{ID: q.ID, Outcome: quiz.Wrong, Chosen: 1 + k%3, Second: -1, Revote: 2})
		if err := kept.close(); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(a.file)
		if why := unprintable(string(data)); err != nil || why != "" {
			t.Fatalf("the file %s, %v", why, err)
		}
	}
	files, _ := filepath.Glob(folder + "/*")
	for _, format := range []string{"terminal", "markdown", "html", "json", "csv"} {
		out, _ := typed(t, exitOK, append([]string{"report", "--format", format}, files...)...)
		if !utf8.ValidString(out) || unprintable(out) != "" {
			t.Errorf("%s %s", format, unprintable(out))
		}
		if !strings.Contains(out, "evil") {
			t.Errorf("%s shows nothing of it", format)
		}
		switch format {
		case "html":
			if strings.Contains(out, "<script") || strings.Contains(out, "<img") || strings.Contains(out, ` style="`) || strings.Contains(out, "<style>evil") {
				t.Error("html obeys it")
			}
		case "markdown":
			if strings.Contains(out, "\n# evil") || strings.Contains(out, "<img") || strings.Contains(out, "<script") {
				t.Error("markdown obeys it")
			}
		case "csv":
			rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
			if err != nil || len(rows) != 2 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			for _, c := range rows[1] {
				if strings.HasPrefix(c, "=") {
					t.Errorf("a spreadsheet would compute %q", c)
				}
			}
		}
	}
}

// The drawings are in the page, and nothing that a policy would have to allow.
func TestReportDrawsItsFigures(t *testing.T) {
	files := thirtyFiles(t)
	out, _ := typed(t, exitOK, append([]string{"report", "--format", "html"}, files...)...)
	for _, want := range []string{"<svg", "<rect class=\"bar\"", "<circle class=\"point\"", "default-src &#39;none&#39;", "15 of 30 (50%)"} {
		if !strings.Contains(out, want) && !strings.Contains(out, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("no %q", want)
		}
	}
	if n := strings.Count(out, "<rect class=\"bar\""); n != 4 {
		t.Errorf("%d bars", n)
	}
}
