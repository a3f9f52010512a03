package wire

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The words that docs/faults.md shows are words that are understood.
func TestDocumentedFaults(t *testing.T) {
	text, err := os.ReadFile("../../docs/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)`").FindAllStringSubmatch(string(text), -1) {
		n++
		f, err := ParseFault(row[1])
		if err != nil {
			t.Errorf("%q: %v", row[1], err)
			continue
		}
		if again, err := ParseFault(f.String()); err != nil || again != f {
			t.Errorf("%q is %q, which is read as another fault (%v)", row[1], f, err)
		}
	}
	for _, act := range []Act{Lose, Delay, Hold, Pass, Answer, Down, Move} {
		if !strings.Contains(string(text), "| `"+string(act)+" ") {
			t.Errorf("docs/faults.md does not show %s", act)
		}
	}
	if n < 6 {
		t.Errorf("docs/faults.md shows %d faults; its table is broken", n)
	}
}
