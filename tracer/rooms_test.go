package tracer_test

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the table of docs/architecture.md: which rooms of kstep a room
// may import, directly or through others. A room that is not listed may import
// none.
var mayImport = map[string][]string{
	"kstep/tracer":                         {},
	"kstep/tracer/journal":                 {"kstep/tracer"},
	"kstep/tracer/site":                    {"kstep/tracer"},
	"kstep/tracer/kafka":                   {"kstep/tracer", "kstep/tracer/journal", "kstep/tracer/site"},
	"kstep/tracer/kafka/settings":          {},
	"kstep/tracer/clientlog":               {"kstep/tracer"},
	"kstep/tracer/wire":                    {"kstep/tracer"},
	"kstep/tracer/lab":                     {"kstep/tracer", "kstep/tracer/journal", "kstep/tracer/wire", "kstep/tracer/clientlog"},
	"kstep/quiz":                           {"kstep/tracer"},
	"kstep/quiz/report":                    {"kstep/tracer", "kstep/quiz"},
	"kstep/quiz/progress":                  {"kstep/tracer", "kstep/quiz"},
	"kstep/tracer/view":                    {"kstep/tracer", "kstep/quiz", "kstep/quiz/report"},
	"kstep/tracer/render":                  {"kstep/tracer", "kstep/quiz", "kstep/quiz/report", "kstep/tracer/view"},
	"kstep/tracer/inject/docstest":         {},
	"kstep/tracer/inject":                  {"kstep/tracer", "kstep/quiz", "kstep/quiz/report", "kstep/tracer/view", "kstep/tracer/render"},
	"kstep/tracer/export":                  {"kstep/tracer", "kstep/quiz", "kstep/quiz/report", "kstep/tracer/view", "kstep/tracer/render"},
	"kstep/cmd/kstep/walk":                 {"kstep/tracer", "kstep/quiz", "kstep/quiz/report", "kstep/tracer/view", "kstep/tracer/render"},
	"kstep/tracer/render/browser/headless": {}, // for tests
	"kstep/tracer/render/browser":          {}, // tests only; what they import is not asked
}

// noClient are the rooms that must work from a committed trace alone, without
// cgo, client or broker.
var noClient = []string{"kstep/tracer", "kstep/tracer/journal", "kstep/tracer/clientlog", "kstep/quiz", "kstep/quiz/progress", "kstep/quiz/report", "kstep/tracer/view", "kstep/tracer/render", "kstep/tracer/inject", "kstep/tracer/export"}

type listedPackage struct {
	ImportPath string
	Deps       []string
}

func packages(t *testing.T) []listedPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Deps", "kstep/...").Output()
	if err != nil {
		t.Fatalf("list the packages: %v", err)
	}
	var all []listedPackage
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listedPackage
		if err := d.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// The page that people read lists every room.
func TestArchitectureListsTheRooms(t *testing.T) {
	page, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	for room := range mayImport {
		if !strings.Contains(string(page), "\n| `"+strings.TrimPrefix(room, "kstep/")+"` |") {
			t.Errorf("docs/architecture.md does not list %s", room)
		}
	}
}

func TestImportsPointOneWay(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		seen[p.ImportPath] = true
		may, ruled := mayImport[p.ImportPath]
		if !ruled {
			if (strings.HasPrefix(p.ImportPath, "kstep/tracer") || strings.HasPrefix(p.ImportPath, "kstep/quiz")) && !strings.Contains(p.ImportPath, "/internal/") {
				t.Errorf("%s is a room that mayImport and docs/architecture.md do not list", p.ImportPath)
			}
			continue
		}
		for _, d := range p.Deps {
			if strings.HasPrefix(d, "kstep/") && !slices.Contains(may, d) && !strings.HasPrefix(d, p.ImportPath+"/internal/") {
				t.Errorf("%s must not import %s", p.ImportPath, d)
			}
			if slices.Contains(noClient, p.ImportPath) && (d == "runtime/cgo" || strings.HasPrefix(d, "github.com/confluentinc/") || strings.HasPrefix(d, "github.com/twmb/")) {
				t.Errorf("%s must work without the client and without cgo, but imports %s", p.ImportPath, d)
			}
		}
	}
	for room := range mayImport {
		if !seen[room] {
			t.Errorf("mayImport lists %s, which is not there", room)
		}
	}
}
