package tracer

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Write writes a trace as one JSON document, an event a line, so that a person
// can read it and a line tool can search it.
func Write(w io.Writer, t *Trace) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := writeTrace(b, t, ""); err != nil {
		return fmt.Errorf("write trace: %w", err)
	}
	b.WriteByte('\n')
	if err := b.Flush(); err != nil {
		return fmt.Errorf("write trace: %w", err)
	}
	return nil
}

func writeTrace(b *bufio.Writer, t *Trace, indent string) error {
	head, err := json.Marshal(t.Header)
	if err != nil {
		return err
	}
	fmt.Fprintf(b, "{%q:%q,\n%s\"header\":%s,\n%s\"events\":[", "format", Format, indent, Inert(head), indent)
	for i := range t.Events {
		line, err := json.Marshal(&t.Events[i])
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n" + indent + " ")
		b.Write(Inert(line))
	}
	b.WriteString("]")
	if len(t.Twins) > 0 {
		b.WriteString(",\n" + indent + "\"twins\":[")
		for i, twin := range t.Twins {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString("\n" + indent + " ")
			if err := writeTrace(b, twin, indent+" "); err != nil {
				return err
			}
		}
		b.WriteString("]")
	}
	return b.WriteByte('}')
}
