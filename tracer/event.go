package tracer

// Lane says who acted. The lanes run at once; order inside one lane is fact,
// order across lanes is fact only where one event caused the other (see
// Order).
type Lane string

// The lanes of a trace.
const (
	Application Lane = "application" // the traced program: its calls and what it printed
	Client      Lane = "client"      // librdkafka, as far as its own log tells
	Wire        Lane = "wire"        // frames on the TCP connections, seen by the tap
	Broker      Lane = "broker"      // the broker's log, read back after the program ended
	Lab         Lane = "lab"         // what kstep itself did to the run
)

// Kind says what happened, in the field's own words.
type Kind string

// Kinds of the application lane.
const (
	Called   Kind = "called"   // a call began; Call holds name and arguments
	Returned Kind = "returned" // a call returned; Call holds everything. A run of like calls is one event with Call.Count > 1
	Printed  Kind = "printed"  // the program wrote a line to stdout or stderr; Text holds it
	MainDone Kind = "main returned"
)

// Kinds of the client lane: librdkafka's log lines, put into words.
const (
	BrokerState    Kind = "broker state"      // Client.From -> Client.To
	TopicKnown     Kind = "topic known"       // metadata arrived: Client.Topic, Client.Count partitions
	Partitioned    Kind = "partitioned"       // Client.Count messages of Client.Topic were given a partition
	Batched        Kind = "batched"           // a batch of Client.Count messages was built for Client.Topic[Client.Partition]
	RequestSent    Kind = "request sent"      // Client.API, Client.Correlation
	ResponseRead   Kind = "response received" // Client.API, Client.Correlation
	Delivered      Kind = "delivered"         // the client handed Client.Count delivery reports to its report queue, without error
	Failed         Kind = "failed"            // the same, with the error in Text
	TimedOut       Kind = "timed out"         // message.timeout.ms passed for Client.Count messages
	Purged         Kind = "purged"            // messages were removed by Purge or an abort
	Retried        Kind = "retried"           // a request is tried again
	ClientLogged   Kind = "logged"            // any other line of the client
	TerminatedWith Kind = "terminated with"   // the client was destroyed with Client.Count messages in queue or in flight
)

// Kinds of the wire lane.
const (
	ConnectionOpened Kind = "connection opened"
	ConnectionClosed Kind = "connection closed"
	Request          Kind = "request"
	Response         Kind = "response"
	Undecoded        Kind = "undecoded frame" // passed through unharmed; Frame.Bytes is its size
)

// Kinds of the broker lane.
const (
	Logged    Kind = "record in log" // one record, or a run of records, read back from a partition
	Watermark Kind = "watermark"     // low and high watermark of a partition after the run
)

// Kinds of the lab lane.
const (
	Started         Kind = "program started"
	AddressReplaced Kind = "address replaced" // bootstrap.servers of the program -> the lab's broker
	SettingChanged  Kind = "setting changed"  // --set on the command line
	Noted           Kind = "noted"            // something a reader of the trace must know, in Text
	Thinned         Kind = "thinned"          // Count events of a lane were not kept; Text says which
	Faulted         Kind = "fault"            // kstep did to the run what a network or a broker may do; Text says what, Frame to which frame
	LeftOut         Kind = "left out"         // a call or a setting of the program that kstep did not hand on (TraceHeader.Without); Text names it, Call is the call
	TimeLimit       Kind = "time limit"       // the program passed its time limit and was ended
	Exited          Kind = "exited"           // the process ended: Exit holds code or signal
)

// Known says how an event, and so every cell made from it, is known.
type Known string

// The four ways of knowing, strongest first.
const (
	Observed   Known = "observed"   // seen by the wrapper, the tap, or read from the broker's log
	Reported   Known = "reported"   // the client's own log says so
	Inferred   Known = "inferred"   // follows from other events
	Documented Known = "documented" // only the manual says so
)

// Event is one fact of a run, copied when it was captured. It never points
// into the client. Only the detail that fits the kind is set.
type Event struct {
	Seq    int     `json:"seq"`              // 1, 2, 3 ... in the trace's order; evidence is named by it
	At     int64   `json:"at"`               // ns since the run began, CLOCK_MONOTONIC for every lane
	Lane   Lane    `json:"lane"`             //
	Kind   Kind    `json:"kind"`             //
	Known  Known   `json:"known"`            //
	Call   *Call   `json:"call,omitempty"`   // application lane, and LeftOut: what the program called
	Client *Log    `json:"client,omitempty"` // client lane
	Frame  *Frame  `json:"frame,omitempty"`  // wire lane
	Record *Record `json:"record,omitempty"` // broker lane
	Exit   *Exit   `json:"exit,omitempty"`   // Exited
	Count  int     `json:"count,omitempty"`  // how many facts this event stands for, where that is not 1
	Text   string  `json:"text,omitempty"`   // words of the program, the client or kstep
	Stream string  `json:"stream,omitempty"` // Printed: stdout or stderr
}

// Site is where in the program's source a call was made.
type Site struct {
	File string `json:"file"` // base name, as in the program that is shown
	Line int    `json:"line"` // 1-based
	Func string `json:"func,omitempty"`
}

// Call is a call of the client's API by the program.
type Call struct {
	ID       int      `json:"id"`                 // the same in Called and Returned; 1, 2, 3 ... in the program's order
	Name     string   `json:"name"`               // NewProducer, Produce, Flush, Close ...
	Producer int      `json:"producer,omitempty"` // which producer of the program, 1 for the first; 0 for package functions
	Site     *Site    `json:"site,omitempty"`
	Args     []Value  `json:"args,omitempty"`
	Results  []Value  `json:"results,omitempty"` // in order; an error result that was nil is {Name:"error", Text:"nil"}
	Error    *Error   `json:"error,omitempty"`   // the error result, where it was not nil
	Began    int64    `json:"began"`             // ns since the run began, when the call (of a run: the first call) began
	Before   *Queues  `json:"before,omitempty"`  // the producer's queues just before the call
	After    *Queues  `json:"after,omitempty"`   // and just after it
	Message  *Message `json:"message,omitempty"` // Produce: the message; of a run: the first one
	Count    int      `json:"count,omitempty"`   // of a run of like calls from one line: how many, where not 1
	Bytes    int64    `json:"bytes,omitempty"`   // of a run: key and value bytes of all its messages
	Printed  int64    `json:"printed,omitempty"` // bytes the process had written to standard output when the event was recorded (of a Produce: before the call)
	Guarded  bool     `json:"guarded,omitempty"` // the wrapper answered in the closed client's stead: the real call would have crashed or hung
}

// N is the number of calls the event stands for, at least 1.
func (c *Call) N() int { return max(1, c.Count) }

// Value is an argument or a result, as text.
type Value struct {
	Name string `json:"name"`
	Text string `json:"text"`           // shortened where it is long
	Size int    `json:"size,omitempty"` // bytes of the whole value, where Text is only its beginning
}

// Error is an error of the client, copied.
type Error struct {
	Code      int    `json:"code"` // rd_kafka_resp_err_t; negative: the client's own
	Name      string `json:"name"` // as the client's Code().String() gives it
	Text      string `json:"text"`
	Fatal     bool   `json:"fatal,omitempty"`
	Retriable bool   `json:"retriable,omitempty"`
}

// Queues is Producer.Len() split into the three queues it adds up
// (confluent-kafka-go v2.15.0 kafka/producer.go:359), and what waits in
// delivery channels, which Len() does not count.
type Queues struct {
	Channel int  `json:"channel"`           // len(ProduceChannel())
	Events  int  `json:"events"`            // len(Events()): reports and other events nobody has read
	Client  int  `json:"client"`            // the rest: librdkafka's own queues (rd_kafka_outq_len)
	Reports int  `json:"reports,omitempty"` // unread delivery reports in the delivery channels the program passed to Produce
	Closed  bool `json:"closed,omitempty"`  // the producer was closed, so it was not asked
}

// Len is what Producer.Len() returns.
func (q Queues) Len() int { return q.Channel + q.Events + q.Client }

// Message is a message as the program handed it to the client.
type Message struct {
	Number    int      `json:"number"` // 1, 2, 3 ... in the order the calls of Produce returned without error; 0 for a refused one
	Topic     string   `json:"topic"`
	Partition int32    `json:"partition"`           // as asked for; -1: the client chooses
	Key       *Payload `json:"key,omitempty"`       // nil: no key
	Value     *Payload `json:"value,omitempty"`     // nil: no value
	Headers   []Header `json:"headers,omitempty"`   //
	Timestamp int64    `json:"timestamp,omitempty"` // ms since the epoch, 0 where the program set none
	CRC       uint32   `json:"crc"`                 // Castagnoli CRC over key and value; joins it to the record in the broker's log
}

// Payload is the beginning of a key or value and its whole size.
type Payload struct {
	Text string `json:"text"` // the first bytes, invalid UTF-8 replaced
	Size int    `json:"size"` // bytes of the whole
}

// Header is a message header.
type Header struct {
	Key   string  `json:"key"`
	Value Payload `json:"value"`
}

// Log is one line of the client's own log, taken apart.
type Log struct {
	Level       int    `json:"level"` // syslog level, 7 is debug
	Tag         string `json:"tag"`   // librdkafka's "facility": STATE, METADATA, PRODUCE, SEND ...
	Name        string `json:"name"`  // the client instance, rdkafka#producer-1
	Thread      string `json:"thread,omitempty"`
	Broker      string `json:"broker,omitempty"` // bootstrap, or the node's id
	Topic       string `json:"topic,omitempty"`
	Partition   int32  `json:"partition,omitempty"`
	Count       int    `json:"count,omitempty"` // messages, partitions: as the kind says
	Bytes       int    `json:"bytes,omitempty"`
	FirstID     int64  `json:"firstId,omitempty"` // MsgId of the batch's first message
	API         string `json:"api,omitempty"`
	Version     int16  `json:"version,omitempty"`
	Correlation int32  `json:"correlation,omitempty"`
	From        string `json:"from,omitempty"`
	To          string `json:"to,omitempty"`
}

// Frame is a request or response on a connection, or the connection itself.
type Frame struct {
	Connection      int     `json:"connection"` // 1, 2, 3 ... in the order they were opened
	Node            int32   `json:"node"`       // the broker's node id
	API             string  `json:"api,omitempty"`
	Key             int16   `json:"key"`
	Version         int16   `json:"version"`
	Correlation     int32   `json:"correlation"`
	Bytes           int     `json:"bytes"`              // whole frame, its 4-byte length included
	ClientID        string  `json:"clientId,omitempty"` //
	Acks            *int16  `json:"acks,omitempty"`     // Produce request: -1, 0 or 1
	TransactionalID string  `json:"transactionalId,omitempty"`
	Batches         []Batch `json:"batches,omitempty"` // Produce: one a partition
	Topics          []Topic `json:"topics,omitempty"`  // Metadata: asked for, or answered
	Brokers         int     `json:"brokers,omitempty"` // Metadata response: how many brokers it names
	Epoch           *int16  `json:"epoch,omitempty"`   // InitProducerID response: the producer's epoch
	Commit          *bool   `json:"commit,omitempty"`  // EndTxn request: commit, or abort
	Error           string  `json:"error,omitempty"`   // the response's own error, by its name in the protocol
	Reason          string  `json:"reason,omitempty"`  // why it could not be decoded
}

// Batch is the part of a Produce request or response that concerns one
// partition.
type Batch struct {
	Topic         string   `json:"topic"`
	Partition     int32    `json:"partition"`
	Records       int      `json:"records,omitempty"`
	Bytes         int      `json:"bytes,omitempty"` // the record batch as sent
	Codec         string   `json:"codec,omitempty"` // none, gzip, snappy, lz4, zstd
	ProducerID    int64    `json:"producerId"`      // -1: not idempotent
	Epoch         int16    `json:"epoch"`
	Sequence      int32    `json:"sequence"`
	Transactional bool     `json:"transactional,omitempty"`
	BaseOffset    int64    `json:"baseOffset"` // response without error: the offset the broker gave the first record; else -1
	Error         string   `json:"error,omitempty"`
	CRCs          []uint32 `json:"crcs,omitempty"` // request: CRC of key and value of its first records; see Message.CRC
}

// Topic is a topic in a Metadata request or response.
type Topic struct {
	Name       string `json:"name"`
	Partitions int    `json:"partitions,omitempty"`
	Leader     int32  `json:"leader,omitempty"` // node id of partition 0's leader
	Error      string `json:"error,omitempty"`
}

// Record is a record of the broker's log, or a run of records with following
// offsets that hold messages with following numbers. For Watermark, Offset is
// the low and High the high watermark.
type Record struct {
	Topic     string   `json:"topic"`
	Partition int32    `json:"partition"`
	Offset    int64    `json:"offset"`
	High      int64    `json:"high,omitempty"`
	Key       *Payload `json:"key,omitempty"`
	Value     *Payload `json:"value,omitempty"`
	CRC       uint32   `json:"crc,omitempty"`
	Message   int      `json:"message,omitempty"` // the message it holds, joined by topic, CRC and order; 0: none of this program's
	Control   bool     `json:"control,omitempty"` // a transaction marker, not a message
	Aborted   bool     `json:"aborted,omitempty"` // of a transaction that was not committed: a read_committed reader did not get it, a read_uncommitted one did
	Count     int      `json:"count,omitempty"`   // of a run: how many, where not 1
}

// Exit says how the program's process ended.
type Exit struct {
	Code   int    `json:"code"`             // exit code; -1 where a signal ended it
	Signal string `json:"signal,omitempty"` // killed, segmentation fault ...
	ByLab  bool   `json:"byLab,omitempty"`  // kstep ended it (time limit or interrupt)
}
