package progress

// The tests' own binary is also the second process.

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"kstep/quiz"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv("PROGRESS_TEST_FOLDER"); folder != "" {
		n, _ := strconv.Atoi(os.Getenv("PROGRESS_TEST_ANSWERS"))
		os.Exit(answers(folder, os.Getenv("PROGRESS_TEST_LESSON"), n))
	}
	os.Exit(m.Run())
}

// answers adds n answers, each to a question of its own, and says so each time
// one is kept.
func answers(folder, lesson string, n int) int {
	s := &Store{Folder: folder}
	for i := range n {
		err := s.Update(func(p *Progress) error {
			p.Visit(lesson, fmt.Sprint(i), "2026-01-31")
			p.Answer(answer(lesson, fmt.Sprint("q", i), "2026-01-31", quiz.Wrong))
			return nil
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(i)
	}
	return 0
}

// other is a process that adds answers.
func other(t *testing.T, folder, lesson string, n int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "PROGRESS_TEST_FOLDER="+folder, "PROGRESS_TEST_LESSON="+lesson, "PROGRESS_TEST_ANSWERS="+strconv.Itoa(n),
		"GORACE=atexit_sleep_ms=0 halt_on_error=1")
	cmd.Stderr = os.Stderr
	return cmd
}

func answer(lesson, question string, day Day, o quiz.Outcome) Answer {
	return Answer{Day: day, Lesson: lesson, Question: question, Kind: "kind", Outcome: o}
}

func load(t *testing.T, folder string) *Progress {
	t.Helper()
	p, err := (&Store{Folder: folder, Tell: func(s string) { t.Error(s) }}).Load()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// names are what is in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}
