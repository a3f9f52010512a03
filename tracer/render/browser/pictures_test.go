package browser

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "write the README's pictures anew, into docs/pictures")

// largestPicture is how many bytes a picture of the README may have.
const largestPicture = 300_000

// TestPictures makes the README's pictures from runs of the command: one of what
// a terminal shows, one of the player. Their pixels are compared with nothing,
// as fonts differ between machines; that they can be made is what is tested.
func TestPictures(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds and runs the command")
	}
	b := blank(t)
	dir := t.TempDir()
	kstep := filepath.Join(dir, "kstep")
	command(t, "go", "build", "-o", kstep, "kstep/cmd/kstep")
	to := dir
	if *update {
		to = filepath.Join("..", "..", "..", "docs", "pictures")
	}

	args := []string{"run", "lost-ack", "--quiz=off"}
	out := string(command(t, kstep, append(args, "--color=always", "--width=80")...))
	terminal := filepath.Join(dir, "terminal.html")
	page := terminalPage(t, "kstep "+strings.Join(args, " "), section(t, out, "PROCESS TABLE"))
	if err := os.WriteFile(terminal, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	var data []byte
	b.run(chromedp.EmulateViewport(900, 600, chromedp.EmulateScale(1.25)),
		chromedp.Navigate(fileURL(terminal)), chromedp.Screenshot("#terminal", &data, chromedp.ByQuery))
	picture(t, filepath.Join(to, "terminal.png"), data)

	lesson := filepath.Join(dir, "lost-ack.html")
	command(t, kstep, "run", "lost-ack", "--quiz=off", "-o", lesson)
	var at string
	light := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: "light"}, {Name: "prefers-reduced-motion", Value: "reduce"}})
	b.run(light, chromedp.EmulateViewport(1200, 960),
		chromedp.Navigate(fileURL(lesson)+"#step=3.7"), chromedp.Evaluate(where, &at), chromedp.CaptureScreenshot(&data))
	if !strings.HasPrefix(at, "stop ") || strings.HasPrefix(at, "stop 0 ") {
		t.Errorf("the player is at %q, not at the step that is asked for", at)
	}
	picture(t, filepath.Join(to, "player.png"), data)
	b.settled()
}

// section is a section of a coloured page, from its heading to the next.
func section(t *testing.T, page, heading string) string {
	t.Helper()
	title := regexp.MustCompile(`(?m)^\x1b\[1m[A-Z]{2}[A-Z ]+\x1b\[22m`)
	all := title.FindAllStringIndex(page, -1)
	for i, at := range all {
		if strings.Contains(page[at[0]:at[1]], heading) {
			end := len(page)
			if i+1 < len(all) {
				end = all[i+1][0]
			}
			return strings.TrimRight(page[at[0]:end], "\n")
		}
	}
	t.Fatalf("the page has no section %s", heading)
	return ""
}

// picture keeps one that is a picture and not too large.
func picture(t *testing.T, name string, data []byte) {
	t.Helper()
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width < 600 || c.Height < 400 {
		t.Fatalf("%s: %d x %d, %v", name, c.Width, c.Height, err)
	}
	if len(data) > largestPicture {
		t.Errorf("%s has %d bytes, at most %d are wanted", name, len(data), largestPicture)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// terminalStyle looks like a terminal. Its classes are named by the codes.
const terminalStyle = `body{margin:0;background:#fff}
#terminal{display:inline-block;background:#16181d;color:#d7dae0;border-radius:8px;padding:14px 20px 18px;font:15px/1.35 "DejaVu Sans Mono",monospace;white-space:pre}
.typed{color:#8fb8ff}.b{font-weight:bold;color:#fff}.f{color:#9298a3}
.c31{color:#ff8f87}.c32{color:#8fd694}.c33{color:#f2c66d}.c34{color:#8fb8ff}.c35{color:#d9a6f2}.c36{color:#7fd6d6}`

// terminalPage is text with colour codes as a page with a terminal on it, under
// the command that printed it.
func terminalPage(t *testing.T, typed, text string) string {
	t.Helper()
	return fmt.Sprintf("<!doctype html><meta charset=utf-8><title>kstep</title><style>%s</style><div id=terminal><span class=typed>$ %s</span>\n\n%s</div>",
		terminalStyle, html.EscapeString(typed), colored(t, text))
}

var colorCode = regexp.MustCompile(`\x1b\[([0-9]*)m`)

// colored makes spans of colour codes: bold, faint and a foreground.
func colored(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	bold, faint, tone := false, false, ""
	write := func(s string) {
		classes := tone
		if bold {
			classes += " b"
		}
		if faint {
			classes += " f"
		}
		if s = html.EscapeString(s); s != "" && classes != "" {
			s = `<span class="` + strings.TrimSpace(classes) + `">` + s + `</span>`
		}
		b.WriteString(s)
	}
	from := 0
	for _, m := range colorCode.FindAllStringSubmatchIndex(text, -1) {
		write(text[from:m[0]])
		from = m[1]
		switch code := text[m[2]:m[3]]; code {
		case "", "0":
			bold, faint, tone = false, false, ""
		case "1":
			bold = true
		case "2":
			faint = true
		case "22":
			bold, faint = false, false
		case "39":
			tone = ""
		case "31", "32", "33", "34", "35", "36":
			tone = "c" + code
		default:
			t.Fatalf("the picture has no colour for the code %s; add it to terminalStyle", code)
		}
	}
	write(text[from:])
	if rest := b.String(); strings.Contains(rest, "\x1b") {
		t.Fatal("the picture has a code that is no colour")
	}
	return b.String()
}
