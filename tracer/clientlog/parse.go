package clientlog

// One line of the client, taken apart.

import (
	"strings"

	"kstep/tracer"
)

// maxText is how many bytes of a message an event keeps. The client itself
// writes at most 2048 (librdkafka v2.15.0 src/rdkafka.c, rd_kafka_log0); more
// can only be a program that imitates it.
const maxText = 4096

// Parse reads one line of librdkafka's log into an event of the client lane.
// It reports false where the line does not begin as the client's lines do. At
// is left 0: the caller says when the line was read. It is pure and safe for
// concurrent use.
//
// Client.Broker is "bootstrap", the node's id, or the client's own word for a
// connection with a role ("TxnCoordinator"); it is empty where the line names
// none. Client.Bytes of a RequestSent counts the whole frame, of a
// ResponseRead the frame less its 8 bytes of length and correlation id. Text is
// the message in words that are the same in every run.
func Parse(line string) (tracer.Event, bool) {
	line = strings.TrimRight(line, "\r\n")
	h, ok := header(line)
	if !ok {
		return tracer.Event{}, false
	}
	message := clean(h.message)
	if len(message) > maxText {
		message = strings.ToValidUTF8(message[:maxText], "") + "…"
	}
	log := &tracer.Log{Level: h.level, Tag: h.tag, Name: clean(h.name)}
	thread, message := cutThread(message)
	log.Thread = threadWords(thread)
	broker, message := cutBroker(message)
	log.Broker = brokerWord(broker)
	e := tracer.Event{Lane: tracer.Client, Known: tracer.Reported, Client: log}
	e.Kind = kind(message, broker == internalBroker, log)
	e.Text = words(message)
	return e, true
}

// parts are the fields of a line before its message is read.
type parts struct {
	level              int
	tag, name, message string
}

// header takes a line apart that begins "%7|1795485045.837|TAG|name| ".
func header(s string) (parts, bool) {
	var p parts
	if len(s) < 3 || s[0] != '%' || s[1] < '0' || s[1] > '7' || s[2] != '|' {
		return p, false
	}
	p.level = int(s[1] - '0')
	n := stampLen(s[3:])
	if n == 0 {
		return p, false
	}
	s = s[3+n:]
	tag, s, ok := strings.Cut(s, "|")
	if !ok || !isTag(tag) {
		return p, false
	}
	p.tag = tag
	// A client.id may hold a bar; the thread's name tells where it ends.
	if name, message, found := strings.Cut(s, "| [thrd:"); found {
		p.name, p.message = name, "[thrd:"+message
		return p, true
	}
	p.name, p.message, ok = strings.Cut(s, "| ")
	return p, ok
}

// stampLen is the length of "1795485045.837|" at the beginning of s, or 0.
func stampLen(s string) int {
	i := digits(s)
	if i == 0 || i > 20 || i >= len(s) || s[i] != '.' {
		return 0
	}
	n := digits(s[i+1:])
	end := i + 1 + n
	if n != 3 || end >= len(s) || s[end] != '|' {
		return 0
	}
	return end + 1
}

func digits(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return i
}

// isTag: the client's tags are short words in capitals.
func isTag(s string) bool {
	if s == "" || len(s) > 32 {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// cutThread takes "[thrd:NAME]: " off a message; log.thread.name=false leaves
// it out.
func cutThread(s string) (thread, rest string) {
	if t, ok := strings.CutPrefix(s, "[thrd:"); ok {
		if name, rest, found := strings.Cut(t, "]: "); found {
			return name, rest
		}
	}
	return "", s
}

// internalBroker is the client's name for the object that serves its internal
// operations; there is no broker behind it.
const internalBroker = ":0/internal"

// cutBroker takes "NAME: " off a message where NAME is a broker's. A topic's
// name cannot be taken for one: it holds no slash.
func cutBroker(s string) (broker, rest string) {
	name, rest, found := strings.Cut(s, ": ")
	if found && !strings.Contains(name, " ") && brokerWord(name) != "" || name == internalBroker {
		return name, rest
	}
	return "", s
}

// brokerWord is the part of a broker's name that is the same in every run:
// the ports of "127.0.0.1:19092/0" differ, its node id does not.
func brokerWord(name string) string {
	if name == "TxnCoordinator" || name == "GroupCoordinator" {
		return name
	}
	i := strings.LastIndexByte(name, '/')
	if i < 0 {
		return ""
	}
	id := name[i+1:]
	switch {
	case id == "bootstrap":
		return id
	case id == "" || digits(id) != len(id):
		return ""
	case name[:i] == "TxnCoordinator" || name[:i] == "GroupCoordinator":
		return name[:i]
	}
	return id
}

// threadWords names a thread without its broker's address.
func threadWords(name string) string {
	if name == internalBroker {
		return "internal"
	}
	switch w := brokerWord(name); {
	case w == "":
		return name
	case digits(w) == len(w):
		return "broker " + w
	default:
		return w
	}
}
