package tracer

// Format is the name and version a trace file begins with. A reader refuses a
// newer version; within a version, fields are only added.
const Format = "kstep-trace/1"

// Trace is the record of one run of one program: plain, append-only facts.
// Everything that is shown later is a function of it.
type Trace struct {
	Format string      `json:"format"` // always the constant Format
	Header TraceHeader `json:"header"`
	Events []Event     `json:"events"`
	Twins  []*Trace    `json:"twins,omitempty"` // the same lesson's program with one thing changed, run beside it
}

// TraceHeader says what ran, on what.
type TraceHeader struct {
	Format   string    `json:"format"`
	Lesson   string    `json:"lesson"`            // id of the scenario
	Variant  string    `json:"variant,omitempty"` // named variant of its program
	Title    string    `json:"title,omitempty"`
	Program  Program   `json:"program"`
	Versions Versions  `json:"versions"`
	Brokers  int       `json:"brokers"`            // nodes of the cluster
	Cluster  string    `json:"cluster"`            // embedded, or how it was reached
	Settings []Setting `json:"settings,omitempty"` // changes of the client configuration by --set
	Faults   []string  `json:"faults,omitempty"`   // what the lab was told to do to the run, in the words of --fault
	Without  string    `json:"without,omitempty"`  // what the lab left out of the program, in the words of --without: line:28, or a setting's key
	Partial  string    `json:"partial,omitempty"`  // why the record is not whole: time limit, killed, record full
	Topics   []Seed    `json:"topics,omitempty"`   // topics that were there before the program started
}

// Program is the source that ran.
type Program struct {
	File   string `json:"file"`   // base name
	Source string `json:"source"` // the very text that was compiled

	Command string `json:"command,omitempty"` // the command that ran it, where it is the reader's own and no program of the lesson
}

// Versions are of everything whose behaviour a trace shows.
type Versions struct {
	Kstep      string `json:"kstep"`
	Client     string `json:"client"`     // confluent-kafka-go
	Librdkafka string `json:"librdkafka"` //
	Broker     string `json:"broker"`     // kfake, or what the cluster says of itself
}

// Setting is one change of the client configuration.
type Setting struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Seed is a topic made before the program started.
type Seed struct {
	Topic      string `json:"topic"`
	Partitions int    `json:"partitions"`
}
