package render

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kstep/tracer/render/internal/specimen"
	"kstep/tracer/view"
)

// element is a start tag of a page.
type element struct {
	name  string
	attrs map[string]string
}

func writeHTML(t *testing.T, d view.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements reads a page as a lenient XML parser does, which is enough to see
// every tag and attribute a text could have made.
func elements(t *testing.T, page string) []element {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(page))
	dec.Strict, dec.AutoClose, dec.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var out []element
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("the page cannot be read: %v", err)
		}
		if start, ok := tok.(xml.StartElement); ok {
			e := element{start.Name.Local, map[string]string{}}
			for _, a := range start.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			out = append(out, e)
		}
	}
}

var (
	allowedElements = strings.Fields(`html head meta title style body header main footer nav section article div figure figcaption
		h1 h2 h3 p ul ol li dl dt dd a b br wbr code span abbr table caption thead tbody tr th td fieldset legend input label details summary
		svg line rect circle text`)
	allowedAttributes = strings.Fields(`lang charset http-equiv content tabindex name id class href title role scope aria-label aria-labelledby aria-hidden
		data-known data-events data-label type value for viewBox x x1 x2 y y1 y2 dx dy cx cy r width height text-anchor`)
)

func TestHTMLHoldsOnlyItsOwnElements(t *testing.T) {
	for name, d := range map[string]view.Document{"sample": specimen.Lesson(), "hostile": specimen.Hostile(), "flood": specimen.Everywhere(specimen.Flood)} {
		t.Run(name, func(t *testing.T) {
			ids := map[string]bool{}
			var targets []string
			all := elements(t, writeHTML(t, d))
			for _, e := range all {
				if !slices.Contains(allowedElements, e.name) {
					t.Errorf("element %s", e.name)
				}
				for k, v := range e.attrs {
					if !slices.Contains(allowedAttributes, k) {
						t.Errorf("attribute %s=%q of %s", k, v, e.name)
					}
				}
				if h, ok := e.attrs["href"]; ok {
					if !strings.HasPrefix(h, "#") {
						t.Errorf("link to %q", h)
					}
					targets = append(targets, strings.TrimPrefix(h, "#"))
				}
				for _, k := range []string{"for", "aria-labelledby"} {
					if v, ok := e.attrs[k]; ok {
						targets = append(targets, v)
					}
				}
				if id, ok := e.attrs["id"]; ok {
					if ids[id] {
						t.Errorf("id %q stands twice", id)
					}
					ids[id] = true
				}
			}
			for _, target := range targets {
				if !ids[target] {
					t.Errorf("nothing has the id %q", target)
				}
			}
		})
	}
}

func TestHTMLHeadingsAreInOrder(t *testing.T) {
	last := 0
	for _, e := range elements(t, writeHTML(t, specimen.Lesson())) {
		if len(e.name) == 2 && e.name[0] == 'h' && e.name[1] >= '1' && e.name[1] <= '6' {
			level := int(e.name[1] - '0')
			if level > last+1 {
				t.Errorf("h%d after h%d", level, last)
			}
			last = level
		}
	}
}

func TestHTMLAsksForNothing(t *testing.T) {
	page := writeHTML(t, specimen.Lesson())
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)[1]
	sum := sha256.Sum256([]byte(style))
	if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(unentity(page), want) {
		t.Errorf("the policy does not allow the style: want %s", want)
	}
	if !strings.Contains(page, "default-src &#39;none&#39;") {
		t.Error("the policy does not begin with nothing")
	}
	for _, bad := range []string{"url(", "@import", "http:", "https:", "<script", "src=", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func unentity(s string) string {
	return strings.NewReplacer("&#43;", "+", "&#39;", "'", "&#34;", `"`).Replace(s)
}

func TestHTMLEvidence(t *testing.T) {
	page := writeHTML(t, specimen.Lesson())
	for _, want := range []string{
		`id="step=3.2"`, `href="#step=3.2"`, `data-known="reported"`, `data-events="3 4"`,
		`title="reported by the client&#39;s own log; event 11"`, `title="observed in this run; events 3, 4"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}

func TestPieces(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"a producer, no error":     "a producer, no error",
		"queued in client: 0 -> 1": "queued in client: [0 -> 1]",
		"0 -> 1 of 2 ->":           "[0 -> 1] of [2 ->]",
		"NewProducer(bootstrap.servers=localhost:9092)": "NewProducer(|bootstrap.|servers=|localhost:|9092)",
		"(redpanda-data/redpanda issue)":                "(redpanda-data/|redpanda issue)",
		"see https://x.example/a/bb, then":              "see https://|x.|example/|a/|bb, then",
	} {
		var b strings.Builder
		for _, p := range pieces(unbroken(in)) {
			text := strings.ReplaceAll(p.Text, glue, " ")
			if p.Break {
				text = "|" + text
			}
			if p.Whole {
				text = "[" + text + "]"
			}
			b.WriteString(text)
		}
		if b.String() != want {
			t.Errorf("%q: %q, want %q", in, b.String(), want)
		}
	}
}

func TestHTMLShowsNoControls(t *testing.T) {
	for _, r := range writeHTML(t, specimen.Hostile()) {
		if r != '\n' && string(r) != glue && !visible(r) {
			t.Fatalf("the page holds %U", r)
		}
	}
}

// TestContrast: each colour of the style sheet is readable on both of its
// grounds, light and dark (WCAG AA for text).
func TestContrast(t *testing.T) {
	for i, scheme := range regexp.MustCompile(`(?s)--paper:.*?\}`).FindAllString(styleCSS, 2) {
		colors := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(scheme, -1) {
			colors[m[1]] = m[2]
		}
		for _, ground := range []string{"paper", "card", "changed", "target"} {
			for _, ink := range []string{"ink", "soft", "accent", "good", "bad", "caution"} {
				if c := contrast(t, colors[ink], colors[ground]); c < 4.5 {
					t.Errorf("scheme %d: %s on %s is %.2f", i, ink, ground, c)
				}
			}
		}
	}
}
