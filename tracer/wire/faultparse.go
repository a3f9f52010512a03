// The words of a fault into a fault.

package wire

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const maxFaultWords = 400 // bytes; no fault needs a third of it

// ParseFault reads the words of a fault (see Fault). An error is one line that
// says which word is wrong and which ones fit.
func ParseFault(words string) (Fault, error) {
	if len(words) > maxFaultWords {
		return Fault{}, fmt.Errorf("fault %q...: it is too long", words[:40])
	}
	p := &faultParser{words: strings.Fields(words)}
	f := p.fault()
	if w := p.next(); p.err == nil && w != "" {
		p.err = fmt.Errorf("%q is one word too many", w)
	}
	if p.err != nil {
		return Fault{}, fmt.Errorf("fault %q: %w", strings.Join(p.words, " "), p.err)
	}
	return f, nil
}

// faultParser reads word by word. After an error it reads nothing more.
type faultParser struct {
	words []string
	at    int
	err   error
}

// peek is the next word, empty at the end and after an error.
func (p *faultParser) peek() string {
	if p.at >= len(p.words) || p.err != nil {
		return ""
	}
	return p.words[p.at]
}

func (p *faultParser) next() string {
	w := p.peek()
	p.at++
	return w
}

// fail keeps the first error.
func (p *faultParser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// one reads a word that must be one of the choices, in any case of letters.
func (p *faultParser) one(what string, choices ...string) string {
	w := p.next()
	for _, c := range choices {
		if strings.EqualFold(w, c) {
			return c
		}
	}
	const few = 7
	switch {
	case w == "" && len(choices) > few:
		p.fail("it ends where %s should be", what)
	case w == "":
		p.fail("it ends where %s should be", strings.Join(quoted(choices), " or "))
	default:
		p.fail("%q is not %s; the nearest is %q", w, what, nearest(w, choices))
	}
	return ""
}

func quoted(words []string) []string {
	var out []string
	for _, w := range words {
		out = append(out, strconv.Quote(w))
	}
	return out
}

// has reads the next word if it is w.
func (p *faultParser) has(w string) bool {
	if !strings.EqualFold(p.peek(), w) {
		return false
	}
	p.at++
	return true
}

func (p *faultParser) fault() Fault {
	f := Fault{Act: Act(p.one("what a fault does", string(Lose), string(Delay), string(Hold), string(Pass), string(Answer), string(Down), string(Move)))}
	switch f.Act {
	case Lose:
		f.At = p.frames()
	case Delay:
		f.At = p.frames()
		p.one("what follows", "by")
		f.By = p.duration()
	case Hold:
		f.At = p.frames()
		p.one("what follows", "until")
		f.Until = p.condition()
	case Pass:
		f.At = p.frames()
		p.one("what follows", "after")
		f.Until = p.condition()
	case Answer:
		f.At = p.answered()
		p.one("what follows", "with")
		f.Error = p.one("an error of the protocol", errorNames()...)
		if p.peek() != "" {
			p.one("what follows", "after")
			f.Until = p.condition()
		}
	case Down:
		p.down(&f)
	case Move:
		p.one("what moves", "leader")
		p.one("what follows", "of")
		if f.Leader = p.part(); f.Leader.Partition == AllPartitions {
			p.fail("%q has no partition; write %s[0]", f.Leader.Topic, f.Leader.Topic)
		}
		p.one("what follows", "to")
		f.Node = p.node()
		p.one("what follows", "at")
		f.At = p.frames()
	}
	return f
}

// down reads what follows the word of its name.
func (p *faultParser) down(f *Fault) {
	f.Node = AllNodes
	if p.has("node") {
		f.Node = p.node()
	}
	if p.one("when it goes down", "at", "from") == "from" {
		p.one("the start", "start")
	} else {
		f.At = p.frames()
	}
	if p.peek() != "" {
		p.one("what follows", "until")
		f.Until = p.condition()
	}
}

// frames reads API request|response N [OF].
func (p *faultParser) frames() Frames {
	f := Frames{API: p.one("a request of the protocol", apis()...)}
	f.Response = p.one("request or response", "request", "response") == "response"
	f.First, f.Last = p.ordinals()
	p.of(&f)
	return f
}

// answered reads the frames that kstep can answer itself.
func (p *faultParser) answered() Frames {
	f := p.frames()
	if p.err == nil && f.Response {
		p.fail("an answer is given to a request; write %q", strings.Replace(f.String(), "response", "request", 1))
	}
	if p.err == nil && !answerable(f.API) {
		p.fail("the response to %s has no error of its own", f.API)
	}
	return f
}

func (p *faultParser) of(f *Frames) {
	if !p.has("of") {
		return
	}
	f.Of = p.part()
	switch {
	case f.API == "Produce" || f.API == "Metadata" && f.Of.Partition == AllPartitions:
	case f.API == "Metadata":
		p.fail("Metadata is of a topic, not of a partition; write %q", "of "+f.Of.Topic)
	default:
		p.fail("%q goes with Produce and Metadata only", "of "+f.Of.String())
	}
}

// condition reads CALL called|returned [M] or API request|response [M] [OF].
func (p *faultParser) condition() Condition {
	first := p.peek()
	p.at++
	verb := p.one("what happens", "called", "returned", "request", "response")
	p.at -= 2
	switch verb {
	case "":
		return Condition{}
	case "request", "response":
		f := Frames{API: p.one("a request of the protocol", apis()...), Response: verb == "response"}
		p.at++
		f.First = p.times()
		f.Last = f.First
		p.of(&f)
		return Condition{M: f.First, Frame: f}
	}
	c := Condition{Call: p.one("a call of the producer", calls...), Returned: verb == "returned"}
	if p.err != nil && slices.Contains(apis(), first) {
		p.err = fmt.Errorf("%s is a request, not a call; write %q", first, first+" request")
	}
	p.at++
	c.M = p.times()
	return c
}

// ordinals reads N.
func (p *faultParser) ordinals() (first, last int) {
	w := p.next()
	if strings.EqualFold(w, "every") {
		return 1, Every
	}
	from, to, ranged := strings.Cut(w, "-")
	first, ok := ordinal(from)
	last = first
	if ok && ranged {
		last, ok = ordinal(to)
	}
	if !ok || last < first {
		p.ordinal(w, "1, 2, 1-3 or every")
		return 1, 1
	}
	return first, last
}

// times reads M, which may be left out.
func (p *faultParser) times() int {
	w := p.peek()
	if w == "" || strings.EqualFold(w, "of") {
		return 1
	}
	p.at++
	n, ok := ordinal(w)
	if !ok {
		p.ordinal(w, "1, 2, 3 ...")
		return 1
	}
	return n
}

func (p *faultParser) ordinal(w, valid string) {
	if w == "" {
		p.fail("it ends where it should say which one; write %s", valid)
	}
	p.fail("%q does not say which one; write %s", w, valid)
}

func ordinal(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n < Every && strconv.Itoa(n) == s
}

func (p *faultParser) node() int32 {
	const most = 1000
	w := p.next()
	n, err := strconv.Atoi(w)
	if err != nil || n < 0 || n > most {
		p.fail("%q is not a node; write 0, 1, 2 ...", w)
		return 0
	}
	return int32(n)
}

func (p *faultParser) duration() time.Duration {
	w := p.next()
	d, err := time.ParseDuration(w)
	if err != nil || d <= 0 {
		p.fail("%q is not a time with its unit; write 200ms or 2s", w)
		return 1
	}
	return d
}

// part reads TOPIC or TOPIC[PARTITION].
func (p *faultParser) part() Part {
	w := p.next()
	part := Part{Topic: w, Partition: AllPartitions}
	if topic, rest, ok := strings.Cut(w, "["); ok {
		number, closed := strings.CutSuffix(rest, "]")
		n, err := strconv.ParseInt(number, 10, 32)
		if err != nil || n < 0 || !closed {
			p.fail("%q is not a partition; write %s[0]", w, topic)
		}
		part = Part{topic, int32(n)}
	}
	if err := validTopic(part.Topic); err != nil {
		p.fail("%q %w", part.Topic, err)
	}
	return part
}
