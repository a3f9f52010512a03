package browser

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// mostPages is how many pages of A4 a worksheet or its key may have.
const mostPages = 2

// TestWorksheetsPrint: the worksheet of every lesson, and its key, print on two
// pages of A4. The lessons need the client, so the command makes the sheets.
func TestWorksheetsPrint(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs every lesson")
	}
	b := blank(t)
	dir := t.TempDir()
	kstep := filepath.Join(dir, "kstep")
	command(t, "go", "build", "-o", kstep, "kstep/cmd/kstep")
	var lessons []struct{ ID string }
	if err := json.Unmarshal(command(t, kstep, "list", "--format", "json"), &lessons); err != nil || len(lessons) < 20 {
		t.Fatalf("%d lessons, %v", len(lessons), err)
	}
	for _, l := range lessons {
		trace := filepath.Join(dir, l.ID+".json")
		command(t, kstep, "run", l.ID, "--quiz=off", "-o", trace)
		for name, flags := range map[string][]string{l.ID + "-sheet": nil, l.ID + "-key": {"--key"}} {
			file := filepath.Join(dir, name+".html")
			command(t, kstep, append([]string{"worksheet", trace, "-o", file}, flags...)...)
			pdf := func(data *[]byte) chromedp.Action {
				return chromedp.ActionFunc(func(ctx context.Context) (err error) {
					*data, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
					return err
				})
			}
			var data []byte
			b.run(chromedp.Navigate(fileURL(file)), pdf(&data))
			if n := len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(data, -1)); n < 1 || n > mostPages {
				t.Errorf("%s: %d pages, at most %d are wanted", name, n, mostPages)
			}
			if !regexp.MustCompile(`/MediaBox \[0 0 59[45][.0-9]* 84[12]`).Match(data) {
				t.Errorf("%s: the paper is not A4", name)
			}
			b.shot(name+".pdf", pdf)
		}
	}
}

func command(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	c := exec.Command(name, args...)
	out, err := c.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 && args[0] == "run" {
		return out // what a run shows is another test's; its trace is there
	}
	if err != nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return out
}
