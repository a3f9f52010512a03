package progress

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"kstep/quiz"
)

const sample = `{
  "format": "kstep-progress/1",
  "current": "linger",
  "lessons": {
    "first-message": {"seen":"2026-01-30","finished":"2026-01-31","at":"who-acts-batched"},
    "linger": {"seen":"2026-01-31"}
  },
  "answers": [
    {"id":"0001-9f2ac1d4","day":"2026-01-30","lesson":"first-message","question":"state-after-produce","kind":"state after","outcome":"right"},
    {"id":"0001-00000001","day":"2026-01-31","lesson":"first-message","variant":"no-flush","question":"state-after-produce","kind":"state after","outcome":"wrong","belief":"\"Produce() sends.\" <&>","review":"linger.ms=0"}
  ]
}
`

// The file is a text to read: it comes back as it was.
func TestFile(t *testing.T) {
	p, err := Decode([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(p.Encode()); got != sample {
		t.Errorf("it comes back as\n%s", got)
	}
	empty := (&Progress{}).Encode()
	if p, err = Decode(empty); err != nil || !p.Empty() {
		t.Errorf("a newcomer's: %+v, %v", p, err)
	}
}

// The page on the file shows one that can be read, and the figures of the rules.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/progress.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(page), "```json\n")
	example, _, _ := strings.Cut(after, "```")
	if p, err := Decode([]byte(example)); err != nil || string(p.Encode()) != example {
		t.Errorf("the example: %v", err)
	}
	for _, words := range []string{
		fmt.Sprintf("Of a question the last %d answers are kept", PerQuestion),
		fmt.Sprintf("asks at most %d questions a day", PerDay),
		fmt.Sprintf("due %d day later", Spacing[0]),
		fmt.Sprintf("to %d, %d and %d days", Spacing[1], Spacing[2], Spacing[3]),
	} {
		if !strings.Contains(strings.Join(strings.Fields(string(page)), " "), words) {
			t.Errorf("it does not say %q", words)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"no JSON":           "progress",
		"a list":            "[]",
		"null":              "null",
		"no format":         "{}",
		"another format":    `{"format":"kstep-trace/1"}`,
		"cut":               sample[:len(sample)-20],
		"two":               sample + sample,
		"an unknown field":  strings.Replace(sample, `"current"`, `"mood": "good", "current"`, 1),
		"no day":            strings.Replace(sample, `"day":"2026-01-31"`, `"day":"yesterday"`, 1),
		"no such day":       strings.Replace(sample, `"seen":"2026-01-31"`, `"seen":"2026-01-32"`, 1),
		"finished on a lie": strings.Replace(sample, `"finished":"2026-01-31"`, `"finished":"1"`, 1),
		"no such outcome":   strings.Replace(sample, `"outcome":"wrong"`, `"outcome":"so so"`, 1),
		"not answered":      strings.Replace(sample, `"outcome":"wrong"`, `"outcome":"not answered"`, 1),
		"no id":             strings.Replace(sample, `"id":"0001-9f2ac1d4"`, `"id":""`, 1),
		"no lesson id":      strings.Replace(sample, `"linger": {`, `"": {`, 1),
		"another shape":     strings.Replace(sample, `"answers": [`, `"answers": [7,`, 1),
		"too large":         sample + strings.Repeat(" ", MaxSize),
	} {
		if p, err := Decode([]byte(text)); !errors.Is(err, ErrBroken) || errors.Is(err, ErrNewer) {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
}

// Whatever a file holds, it is read as progress that comes back the same, or
// refused.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(sample))
	f.Add((&Progress{}).Encode())
	f.Add([]byte(`{"format":"kstep-progress/2"}`))
	f.Add([]byte(`{"format":"kstep-progress/1","lessons":null,"answers":[{"id":"a","day":"9999-12-31","lesson":"\ud800","question":"\u0000","outcome":"skipped"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Decode(data)
		if err != nil {
			if errors.Is(err, ErrBroken) == errors.Is(err, ErrNewer) {
				t.Errorf("neither broken nor newer, or both: %v", err)
			}
			return
		}
		text := p.Encode()
		again, err := Decode(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if !bytes.Equal(text, again.Encode()) {
			t.Errorf("it came back as another\n%s\n%s", text, again.Encode())
		}
		again.Merge(p)
		if !bytes.Equal(text, again.Encode()) {
			t.Errorf("merged with itself it is another\n%s\n%s", text, again.Encode())
		}
		p.Due("2026-01-31")
		p.Answer(Answer{Day: "2026-01-31", Lesson: "a", Question: "q", Outcome: quiz.Right})
	})
}
