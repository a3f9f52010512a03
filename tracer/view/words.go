package view

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kstep/tracer"
)

// count is "1 message", "2 messages", "1,000,000 messages".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "ch") {
		return number(n) + " " + noun + "es"
	}
	if strings.HasSuffix(noun, "y") {
		return number(n) + " " + strings.TrimSuffix(noun, "y") + "ies"
	}
	return number(n) + " " + noun + "s"
}

// number writes thousands apart.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// cell is a text with the evidence of a row.
func cell(r *tracer.Row, text string) Cell {
	c := Cell{Text: text, Known: tracer.Observed}
	if r != nil {
		c.Known, c.Evidence = r.Known(), seqs(r)
	}
	return c
}

// maxEvidence is how many events a cell names; a run of a million calls has
// the same shape all through.
const maxEvidence = 20

func seqs(r *tracer.Row) []int {
	var out []int
	for _, e := range r.Evidence[:min(len(r.Evidence), maxEvidence)] {
		out = append(out, e.Seq)
	}
	slices.Sort(out)
	return out
}

// action is a call as the program wrote it: name and the arguments that
// matter.
func action(r *tracer.Row) string {
	c := r.Event.Call
	if c.Name == "Produce" && c.Message != nil {
		return produce(c, r.Count)
	}
	var args []string
	for _, a := range c.Args {
		text := shorten(a.Text, a.Size)
		if strings.HasPrefix(c.Name, "New") {
			text = a.Name + "=" + text // a constructor's arguments are its configuration
		}
		args = append(args, text)
	}
	return times(c.Name+"("+strings.Join(args, ", ")+")", r.Count)
}

// times is "Produce(...) x 1,000".
func times(s string, n int) string {
	if n > 1 {
		return s + " x " + number(n)
	}
	return s
}

func produce(c *tracer.Call, n int) string {
	m := c.Message
	if n > 1 {
		return times("Produce("+m.Topic+", ...)", n)
	}
	return "Produce(" + m.Topic + ", key " + payload(m.Key) + ", value " + payload(m.Value) + ")"
}

// payload is a key or value as text; nil is not the same as empty.
func payload(p *tracer.Payload) string {
	if p == nil {
		return "nil"
	}
	return shorten(p.Text, p.Size)
}

// maxPayload is how many runes of a key, a value or an argument are shown.
const maxPayload = 40

// shorten keeps the beginning of a long value and says how long it is.
func shorten(s string, size int) string {
	runes := []rune(s)
	if size <= 0 {
		size = len(s)
	}
	if len(runes) > maxPayload {
		return string(runes[:maxPayload]) + "... (" + number(size) + " bytes)"
	}
	if size > len(s) {
		return s + "... (" + number(size) + " bytes)"
	}
	return s
}

// errorText is an error as the client words it.
func errorText(e *tracer.Error) string {
	if e.Text == "" {
		return e.Name
	}
	return e.Text
}

// name is a call's name with its brackets, as the program's reader knows it.
func name(c *tracer.Call) string { return c.Name + "()" }

// where is "line 9".
func where(r *tracer.Row) string {
	if n := r.Line(); n > 0 {
		return "line " + strconv.Itoa(n)
	}
	return ""
}

// records are how many records the row's frames carry, all together, and in
// how many bytes.
func records(r *tracer.Row) (n, bytes int) {
	for _, e := range r.Evidence {
		if e.Frame == nil {
			continue
		}
		bytes += e.Frame.Bytes
		for _, b := range e.Frame.Batches {
			n += b.Records
		}
	}
	return n, bytes
}

// carried is what a row's requests carry: "1 record", in a run with faults with
// its message, as the ledger counts them: "1 record (#2)".
func carried(r *tracer.Row) string {
	n, _ := records(r)
	text := count(n, "record")
	if len(r.Messages) == 0 {
		return text
	}
	var numbers []string
	for _, m := range r.Messages {
		numbers = append(numbers, "#"+strconv.Itoa(m))
	}
	return text + " (" + strings.Join(numbers, ", ") + ")"
}

// marked is what an idempotent producer's request is known by: ", epoch 0,
// sequence 2"; nothing of others, and of several requests.
func marked(r *tracer.Row) string {
	f := r.Event.Frame
	if r.Count > 1 || f == nil || len(f.Batches) != 1 || f.Batches[0].ProducerID < 0 {
		return ""
	}
	return fmt.Sprintf(", epoch %d, sequence %d", f.Batches[0].Epoch, f.Batches[0].Sequence)
}

// answer is what a Produce response says, in words: where the records went, or
// the error.
func answer(r *tracer.Row) (string, Tone) {
	if r.Count > 1 {
		return tally(r)
	}
	for _, b := range r.Event.Frame.Batches {
		if b.Error != "" {
			return "error " + b.Error, Bad
		}
		return place(b.Topic, b.Partition, b.BaseOffset), Good
	}
	return "no partition answered", Caution
}

// place is "my_topic[0] at offset 0".
func place(topic string, partition int32, offset int64) string {
	if offset < 0 {
		return fmt.Sprintf("%s[%d], no offset told", topic, partition)
	}
	return fmt.Sprintf("%s[%d] at offset %d", topic, partition, offset)
}

// tally counts the answers of several responses by what they say.
func tally(r *tracer.Row) (string, Tone) {
	ok, errs := 0, map[string]int{}
	for _, e := range r.Evidence {
		if e.Frame == nil {
			continue
		}
		for _, b := range e.Frame.Batches {
			if b.Error == "" {
				ok++
			} else {
				errs[b.Error]++
			}
		}
	}
	text, tone := number(ok)+" without error", Good
	names := make([]string, 0, len(errs))
	for n := range errs {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		text, tone = text+", "+number(errs[n])+" "+n, Bad
	}
	return text, tone
}

// reports is how many delivery reports the row's events count, and the words
// for what they say.
func reports(r *tracer.Row) (int, string, Tone) {
	n := 0
	for _, e := range r.Evidence {
		if e.Client != nil {
			n += e.Client.Count
		}
	}
	switch r.Event.Kind {
	case tracer.Delivered:
		return n, "delivered", Good
	case tracer.TimedOut:
		return n, "failed: message.timeout.ms is over", Bad
	case tracer.Purged:
		return n, "purged", Bad
	}
	return n, "failed", Bad
}

// ending is how the process ended, in words.
func ending(e *tracer.Exit) string {
	switch {
	case e == nil:
		return "the record ends before the process does"
	case e.ByLab:
		return "kstep ended the process"
	case e.Signal != "":
		return "the process was ended by a signal: " + e.Signal
	}
	return "exit code " + strconv.Itoa(e.Code)
}
