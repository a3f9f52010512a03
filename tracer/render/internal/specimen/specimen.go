// Package specimen holds the documents that the tests of render and of the
// browser write: a lesson as a reader meets it, and one that tries to break out
// of every format. Only tests import it.
package specimen

import (
	"fmt"
	"reflect"
	"strings"

	"kstep/quiz"
	"kstep/tracer"
	"kstep/tracer/view"
)

// Told makes a cell with its evidence.
func Told(k tracer.Known, text string, seqs ...int) view.Cell {
	return view.Cell{Text: text, Known: k, Evidence: seqs}
}

func toned(c view.Cell, t view.Tone) view.Cell { c.Tone = t; return c }

// Changed marks a cell as changed.
func Changed(c view.Cell) view.Cell { c.Changed = true; return c }
func pointing(text string, rows ...string) view.Cell {
	return view.Cell{Text: text, Known: tracer.Inferred, Rows: rows}
}

// Lesson is a lesson with every kind of block.
func Lesson() view.Document {
	return view.Document{
		ID: "first-message", Title: "Send one message: Produce(), then Flush()", Position: "lesson 1 of 20",
		Promise: "You can tell where a message is after each call, and what brings it to the broker.",
		Facts: []view.Fact{
			{Name: "broker", Text: "embedded, 1 node"},
			{Name: "client", Text: "confluent-kafka-go v2.15.0 (librdkafka 2.15.0)"},
			{Name: "changed setting", Text: "linger.ms=0"},
		},
		Warnings: []view.Cell{
			toned(Told(tracer.Observed, "Changed for this run: linger.ms=0. The program does not set it; tables, claims and quiz follow this run."), view.Caution),
			toned(Told(tracer.Observed, "The record is not whole: the time limit of 10 s passed. What follows is true of what was recorded."), view.Bad),
		},
		Blocks: []view.Block{
			flow(), code(), process(), tracker(), sequence(),
			moments(), Quiz(), snapshot(), transcript(), terms(),
		},
		Next: []view.Command{
			{Text: "kstep walk first-message", Why: "one row at a time"},
			{Text: "kstep diff first-message --variant no-flush", Why: "what Flush() changes, cell by cell"},
			{Text: "kstep next", Why: "the next lesson"},
		},
	}
}

func flow() view.Flow {
	node := func(lane tracer.Lane, address, text string) view.Node {
		return view.Node{Cell: Told(tracer.Observed, text, 3), Lane: lane, Address: address}
	}
	report := node(tracer.Client, "3.6", "1 delivery report: no error")
	report.Tone = view.Good
	return view.Flow{Heading: view.Heading{ID: "process-flow", Name: "Process Flow"}, Nodes: []view.Node{
		node(tracer.Application, "", "Create config"),
		node(tracer.Application, "1", "NewProducer()"),
		node(tracer.Application, "2", "Produce()"),
		node(tracer.Client, "2", "1 message in the client's queue"),
		node(tracer.Client, "3.1", "client connects, learns the topic"),
		node(tracer.Client, "3.2", "client builds a batch"),
		node(tracer.Wire, "3.3", "Produce request"),
		node(tracer.Wire, "3.4", "broker answers: my_topic[0] at offset 0"),
		report,
		node(tracer.Application, "3", "Flush() returns 0: nothing left"),
		node(tracer.Application, "4", "exit"),
	}}
}

func code() view.Code {
	return view.Code{
		Heading: view.Heading{ID: "execution-sample", Name: "Execution Sample"}, File: "first_message.go",
		Lines: []view.Line{
			{Number: 8, Text: "func main() {"},
			{Number: 9, Text: "\tp, err := kafka.NewProducer(&kafka.ConfigMap{", Rows: []string{"1"}},
			{Number: 10, Text: "\t\t\"bootstrap.servers\": \"localhost:9092\"})"},
			{Number: 11, Text: "\tif err != nil {"},
			{Number: 12, Text: "\t\tlog.Fatal(err)"},
			{Number: 13, Text: "\t}"},
			{Number: 15, Text: "\terr = p.Produce(&kafka.Message{TopicPartition: to, Key: []byte(\"key1\"), Value: []byte(\"hello\")}, nil)", Rows: []string{"2"}},
			{Number: 19, Text: "\tleft := p.Flush(15_000)", Rows: []string{"3"}},
			{Number: 20, Text: "}", Rows: []string{"4"}},
		},
		Notes: []view.Cell{pointing("The broker's address was replaced by the lab's.", "1")},
	}
}

func process() view.Table {
	row := func(address string, cs ...view.Cell) view.Row {
		return view.Row{Address: address, Depth: strings.Count(address, "."), Cells: append([]view.Cell{Told(tracer.Observed, address, 1)}, cs...)}
	}
	o, r, i := tracer.Observed, tracer.Reported, tracer.Inferred
	return view.Table{
		Heading: view.Heading{ID: "process-table", Name: "Process Table"},
		Columns: []string{"Step", "Action", "Internal State", "Result/Output"},
		Rows: []view.Row{
			row("1", Told(o, "NewProducer(...)\nline 9", 1, 2), Told(o, "producer is open\nconnections that carry messages: 0", 2), Told(o, "a producer, no error", 2)),
			row("2", Told(o, "Produce(my_topic, key1, hello)\nline 15", 3, 4), Changed(Told(o, "queued in client: 0 -> 1\nProduce requests on the wire: 0", 4)), Told(o, "no error; nothing sent yet", 4)),
			row("3", Told(o, "Flush(15s)\nline 19", 5), Changed(Told(o, "queued in client: 1 -> 0", 5)), Told(o, "returns 0: nothing left", 20)),
			row("3.1", Told(o, "client connects, learns the topic", 8), Told(o, ""), Told(o, "my_topic has 1 partition", 9)),
			row("3.2", Told(r, "client builds a batch", 11), Changed(Told(r, "batched: 0 -> 1", 11)), Told(r, "1 message for my_topic[0]", 11)),
			row("3.3", Told(o, "Produce request ->", 12), Changed(Told(o, "in flight: 0 -> 1", 12)), Told(o, "1 record, 85 bytes", 12)),
			row("3.4", Told(o, "<- response", 14), Changed(Told(o, "in flight: 1 -> 0", 14)), toned(Told(o, "my_topic[0] at offset 0", 14), view.Good)),
			row("3.5", Told(i, "1 delivery report", 15), Changed(Told(i, "delivered: 0 -> 1", 15)), toned(Told(i, "no error", 15), view.Good)),
			row("4", Told(o, "exit", 21), Told(o, "nothing queued; p was never closed", 21), Told(o, "exit code 0", 21)),
		},
		Notes: []view.Cell{
			toned(Told(o, "1 produced = 1 delivered. The broker's log holds it at offset 0."), view.Good),
			toned(Told(o, "Rows n.m happened while the call above them ran or before the next call. They stand where their cause puts them, not by the clock."), view.Quiet),
		},
	}
}

func tracker() view.Table {
	t := view.Table{Heading: view.Heading{ID: "status-tracker", Name: "Status Tracker"},
		Columns: []string{"Variable", "Start", "After Produce()", "After Flush()", "Final"}}
	for _, v := range [][]string{
		{"p", "-", "open", "open", "open, never closed"},
		{"queued in client", "0", "1", "0", "0"},
		{"in flight", "0", "0", "0", "0"},
		{"delivered", "0", "0", "1", "1"},
		{"p.Len()", "-", "1", "0", "-"},
	} {
		row := view.Row{Cells: []view.Cell{toned(view.Cell{Text: v[0]}, view.Strong)}}
		for i := 1; i < len(v); i++ {
			c := Told(tracer.Observed, v[i], i)
			if v[0] == "delivered" {
				c.Known = tracer.Inferred
			}
			c.Changed = i > 1 && v[i] != v[i-1]
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func sequence() view.Sequence {
	a, c, w := tracer.Application, tracer.Client, tracer.Wire
	arrow := func(from, to tracer.Lane, address, text string, reply bool) view.Arrow {
		return view.Arrow{Cell: Told(tracer.Observed, text, 7), From: from, To: to, Address: address, Reply: reply}
	}
	batch := arrow(c, c, "3.2", "batch: 1 message for my_topic[0]", false)
	batch.Known = tracer.Reported
	answer := arrow(w, c, "3.4", "my_topic[0] at offset 0", true)
	answer.Tone = view.Good
	return view.Sequence{
		Heading: view.Heading{ID: "sequence", Name: "Sequence"}, Lanes: []tracer.Lane{a, c, w},
		Arrows: []view.Arrow{
			arrow(a, c, "1", "NewProducer(...)", false),
			arrow(c, a, "1", "a producer, no error", true),
			arrow(a, c, "2", "Produce(my_topic, key1, hello)", false),
			arrow(c, a, "2", "no error; nothing sent yet", true),
			arrow(a, c, "3", "Flush(15s)", false),
			arrow(c, w, "3.1", "connect, ask for the topic", false),
			arrow(w, c, "3.1", "my_topic has 1 partition, and this sentence is long enough to need a second line", true),
			batch,
			arrow(c, w, "3.3", "Produce request, 1 record", false),
			answer,
			arrow(c, a, "3.5", "1 delivery report: no error", false),
			arrow(c, a, "3", "returns 0: nothing left", true),
			arrow(a, a, "4", "exit: code 0", false),
		},
		Notes: []view.Cell{toned(Told(tracer.Observed, "Times are left out: they differ from run to run."), view.Quiet)},
	}
}

func moments() view.Moments {
	return view.Moments{Heading: view.Heading{ID: "key-moments", Name: "Key Moments"}, Items: []view.Moment{
		{ID: "why-flush", Question: "Why call Flush() after Produce()?", Verdict: tracer.Confirmed, Tone: view.Good, Answer: []view.Cell{
			pointing("Produce() only queues.", "2"),
			pointing("Without Flush() the program reaches its end before the client has sent: 1 produced, 1 lost at exit.", "3", "3.3", "4"),
		}},
		{ID: "flush-sends", Question: "\"flush() is what sends the message\"", Myth: true, Verdict: tracer.Refuted, Tone: view.Bad, Answer: []view.Cell{
			pointing("The client's own thread sends, as soon as linger.ms is over; Flush() waits for it, and sets linger aside.", "3.3"),
			{Text: "With linger.ms=0 the request can leave before Flush() (librdkafka 2.15.0, CONFIGURATION.md)", Known: tracer.Documented},
		}},
		{ID: "before-flush", Question: "Does the request leave before Flush() is called, or only after, and is that the same in every run?", Verdict: tracer.Depends, Tone: view.Caution, Surprise: true, Answer: []view.Cell{
			pointing("It depends on which thread is first.", "3", "3.3"),
		}},
	}}
}

// Quiz is the questions of the lesson.
func Quiz() view.Quiz {
	return view.Quiz{Heading: view.Heading{ID: "visual-quiz", Name: "Visual Quiz"}, Intro: "2 questions. Answer first, then look at the rows.", Questions: []quiz.Question{
		{ID: "q1", Prompt: "Where is the message after Produce() has returned?", Reread: []string{"2", "3.3"},
			Hints: []string{"Look at row 2, Internal State.", "Compare queued in client with Produce requests on the wire.", "What is queued has not left."},
			Options: []quiz.Option{
				{Text: "in the broker's log", Feedback: "The request leaves later.", Rows: []string{"3.3"}},
				{Text: "in the client's queue", Correct: true, Feedback: "queued in client: 0 -> 1, and no request on the wire.", Rows: []string{"2"}},
				{Text: "on the wire", Feedback: "No Produce request was sent yet.", Rows: []string{"2"}},
				{Text: "nowhere: it was refused", Feedback: "Produce() returned no error.", Rows: []string{"2"}},
			}},
		{ID: "q2", Prompt: "Which row shows that the broker has the message?", Reread: []string{"3.4"},
			Hints: []string{"Look for an answer, not for a question."},
			Options: []quiz.Option{
				{Text: "row 3.4", Correct: true, Feedback: "The response names the offset.", Rows: []string{"3.4"}},
				{Text: "row 2", Feedback: "There the message is only queued.", Rows: []string{"2"}},
				{Text: "row 3.3", Feedback: "A request that left may still be lost.", Rows: []string{"3.3"}},
				{Text: "row 4", Feedback: "By then it was there.", Rows: []string{"4"}},
			}},
	}}
}

func snapshot() view.List {
	return view.List{Heading: view.Heading{ID: "concept-snapshot", Name: "Concept Snapshot"}, Items: []view.Cell{
		pointing("Produce() puts a message into the client's queue and returns.", "2"),
		linked(pointing("Flush() waits until every message has its delivery report, or the time is over.", "3", "3.5"), "delivery report"),
		toned(pointing("A message without a report is lost when the process ends (depends in this run).", "4"), view.Caution),
	}}
}

// linked links a term in the cell's text.
func linked(c view.Cell, term string) view.Cell {
	from := strings.Index(c.Text, term)
	c.Links = []view.Link{{From: from, To: from + len(term), Term: term}}
	return c
}

func terms() view.Terms {
	return view.Terms{Heading: view.Heading{ID: "terms", Name: "Terms"}, Items: []view.Term{
		{Name: "broker", Text: "A server of the Kafka cluster.", Lesson: "first-message"},
		{Name: "delivery report", Text: "What the client says of a message in the end.", Source: "librdkafka v2.15.0, INTRODUCTION.md", Lesson: "delivery-report"},
		{Name: "linger.ms", Text: "How long the client waits for more messages before it sends a batch."},
	}}
}

func transcript() view.Prose {
	at := func(address, text string) view.Cell {
		return view.Cell{Text: text, Known: tracer.Observed, Evidence: []int{1}, Rows: []string{address}}
	}
	return view.Prose{Heading: view.Heading{ID: "full-transcript", Name: "Full Transcript"}, Paragraphs: [][]view.Cell{
		{at("1", "Line 9: the program calls NewProducer(...); the result: a producer, no error.")},
		{at("2", "Line 15: the program calls Produce(my_topic, key1, hello); the result: no error; nothing sent yet.")},
		{at("3", "Line 19: the program calls Flush(15s); the result: returns 0: nothing left."),
			at("3.1", "The client connects to the broker and asks for the topic: my_topic has 1 partition."),
			at("3.3", "A Produce request leaves, with 1 record in 85 bytes."),
			at("3.4", "The broker answers: my_topic[0] at offset 0.")},
		{at("4", "The program ends: exit code 0."), {Text: "1 produced = 1 delivered.", Tone: view.Good}},
	}}
}

// Attacks are texts that have broken one format or another.
var Attacks = []string{
	"<script>alert(1)</script>",
	"a|b||c\\|d",
	"```\n# heading\n```",
	"`x` ``y`` *a* __b__ ~~c~~ [l](javascript:alert(1)) ![i](x) <http://x.example>",
	"line\nfeed\r\nand return\ttab",
	"\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b31m",
	"\u202eright to left\u2069 \u200e \u200b \ufeff \u2028 \u00ad",
	"nul\x00byte \x7f \xff\xfe",
	`";#end] --> x{{y}} %%{init: {"theme":"x"}}%% subgraph end`,
	"<!-- comment --> --> ]]> </style></title></textarea><svg onload=alert(1)>",
	"javascript:alert(1)",
	`" onmouseover="alert(1)" x='y`,
	"{{.}} {{template \"x\"}} ${x} $$y$$ {%raw%}",
	"# heading", "- item", "1. item", "> quote", "    code", "| a | b |", "---", "===", "+ plus", "~~~", "&lt;b&gt; &#60; &amp",
	"漢字かな交じり文は空白なしで続くので途中で折り返すしかない 🙂 👨‍👩‍👧 é́́́ ﷽",
	"https://www.example.com/a_very/long/path/without/any/space/" + strings.Repeat("x", 300),
	strings.Repeat("漢", 400), strings.Repeat("a b ", 400), "", " ", "\n", "\n\n\n", "*", "**", "_", "\\", "$", "&", "[0]", "[x]", "[^1]: note", "[a]: http://x.example",
}

// Hostile is a document whose every text is an attack.
func Hostile() view.Document {
	n := 0
	next := func() string { n++; return Attacks[n%len(Attacks)] }
	cell := func() view.Cell {
		return view.Cell{Links: []view.Link{{From: n % 5, To: n%5 + n%7, Term: Attacks[n%len(Attacks)]}}, Text: next(), Tone: view.Tone(next()), Changed: n%3 == 0, Known: tracer.Known([]string{"", "observed", "reported", next()}[n%4]), Evidence: []int{n}, Rows: []string{"2", next()}}
	}
	many := func(count int) (out []view.Cell) {
		for range count {
			out = append(out, cell())
		}
		return out
	}
	lane := func() tracer.Lane {
		return []tracer.Lane{tracer.Application, tracer.Client, tracer.Lane(next()), tracer.Wire}[n%4]
	}
	head := func(i int) view.Heading { return view.Heading{ID: fmt.Sprintf("h%d %s", i, next()), Name: next()} }
	d := view.Document{ID: next(), Title: Attacks[0], Position: next(), Facts: []view.Fact{{Name: next(), Text: next()}, {Name: next(), Text: strings.Repeat("M", 1<<20)}}, Warnings: many(4)}
	flow, seq := view.Flow{Heading: head(0)}, view.Sequence{Heading: head(1), Lanes: []tracer.Lane{tracer.Application, tracer.Client, tracer.Wire, tracer.Lane(Attacks[8])}, Notes: many(3)}
	code, table := view.Code{Heading: head(2), File: next(), Notes: many(2)}, view.Table{Heading: head(3), Columns: []string{next(), next(), next(), next()}, Notes: many(3)}
	tracker := view.Table{Heading: head(4), Columns: []string{next(), next(), next(), next(), next(), next(), next(), next(), next(), next(), next(), next(), next()}}
	for i := range Attacks {
		flow.Nodes = append(flow.Nodes, view.Node{Cell: view.Cell{Text: Attacks[i], Tone: view.Bad}, Lane: lane(), Address: next()})
		seq.Arrows = append(seq.Arrows, view.Arrow{Cell: view.Cell{Text: Attacks[i]}, From: lane(), To: lane(), Address: next(), Reply: i%2 == 0})
		code.Lines = append(code.Lines, view.Line{Number: i * 7, Text: "\t" + Attacks[i], Rows: []string{next(), "2"}})
		table.Rows = append(table.Rows, view.Row{Address: next(), Depth: i % 3, Cells: append([]view.Cell{{Text: Attacks[i]}}, many(3)...)})
		tracker.Rows = append(tracker.Rows, view.Row{Cells: append([]view.Cell{{Text: Attacks[i]}}, many(i%13)...)})
	}
	table.Rows = append(table.Rows, view.Row{Address: "2", Cells: []view.Cell{{Text: "2"}, {Text: strings.Repeat("x", 1<<20)}, {Text: strings.Repeat("\x00", 1<<20)}, {Text: strings.Repeat("漢", 1<<18)}}})
	q := view.Quiz{Heading: head(5), Intro: next()}
	m := view.Moments{Heading: head(6)}
	for range 12 {
		q.Questions = append(q.Questions, quiz.Question{ID: next(), Prompt: next(), Hints: []string{next(), next()}, Reread: []string{"2", next()}, Options: []quiz.Option{
			{Text: next(), Feedback: next(), Rows: []string{next()}}, {Text: next(), Correct: true, Feedback: next()}, {Text: next()}, {Text: next()}}})
		m.Items = append(m.Items, view.Moment{ID: next(), Question: next(), Verdict: tracer.Verdict(next()), Tone: view.Tone(next()), Answer: many(2), Surprise: n%2 == 0})
	}
	d.Blocks = []view.Block{flow, code, table, tracker, seq, m, q, view.List{Heading: head(7), Items: many(30)}, view.Prose{Heading: head(8), Paragraphs: [][]view.Cell{many(10), nil, many(20)}}}
	words := view.Terms{Heading: head(9)}
	for _, a := range Attacks {
		words.Items = append(words.Items, view.Term{Name: a, Text: next(), Source: next(), Lesson: next()})
	}
	cards := view.Cards{Heading: head(10), Intro: next(), Notes: many(2)}
	for _, a := range Attacks {
		cards.Items = append(cards.Items, view.Card{ID: next(), Front: a, Back: many(2)})
	}
	d.Blocks, d.Promise = append(d.Blocks, words, cards), next()
	d.Folded = []string{code.ID, cards.ID}
	d.Next = []view.Command{{Text: next(), Why: next()}, {Text: next()}}
	return d
}

// Everywhere is the lesson with one text in place of every text it has, names,
// addresses and lanes included.
func Everywhere(text string) view.Document {
	d := Lesson()
	d.Blocks = append(d.Blocks, view.Cards{Heading: view.Heading{ID: "cards", Name: "Cards"}, Intro: text, Items: []view.Card{{ID: "a", Front: "b", Back: []view.Cell{{Text: "c"}}}}})
	d.Folded = []string{"cards"}
	replace(reflect.ValueOf(&d).Elem(), text)
	return d
}

func replace(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Slice:
		for i := range v.Len() {
			replace(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			replace(v.Field(i), text)
		}
	case reflect.Interface: // a block: what it holds cannot be set in place
		block := reflect.New(v.Elem().Type()).Elem()
		block.Set(v.Elem())
		replace(block, text)
		v.Set(block)
	}
}

// Flood is what no text may hold, and too much of it.
var Flood = "<script>alert(1)</script>|`\n\x1b[31m\u202e\x00" + strings.Repeat("M", 1<<20)
