// What can be done to a run: one fault, and its words.

package wire

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Fault is one thing that is done to a run. Its words are
//
//	lose FRAME                            a request never reaches the broker, or the broker's answer
//	                                      never the client, and the connection is cut
//	delay FRAME by DURATION
//	hold FRAME until CONDITION
//	pass FRAME after CONDITION            the same, told when it passes, and told where there was nothing to
//	                                      wait for: for an order that must be the same in every run
//	answer API request N [OF] with ERROR [after CONDITION]
//	                                      in the broker's place, which never sees the request
//	down [node K] from start [until CONDITION]
//	down [node K] at FRAME [until CONDITION]
//	                                      the brokers are gone: connections are cut, new ones refused
//	move leader of TOPIC[PARTITION] to K at FRAME
//
// where
//
//	FRAME      API request|response N [OF]
//	API        Produce, Metadata, InitProducerID, EndTxn ... (kmsg.NameForKey)
//	N          1, 2, 1-3 or every: counted over all connections, of those that match
//	OF         of TOPIC, or of TOPIC[PARTITION]; of Produce, and of Metadata by topic
//	CONDITION  CALL called|returned [M], or API request|response [M] [OF]; M is 1 where it is left out
//	CALL       a method of the program's producer: Flush, Produce, Purge ...
//	ERROR      an error of the protocol by its name, NOT_ENOUGH_REPLICAS
//
// in any case of letters. A request is counted when the client has sent it, a
// response when it is its turn to be sent to the client; where it is passed after
// a condition, when it passes. What is held or
// delayed holds up what follows it on its connection in the same direction, and
// nothing else. Where several faults meet at a frame, it is first held, passed
// and delayed, then leaders move, then the first of lose, answer and down happens.
// A call of Produce is recorded when it returns: called is returned there.
//
// A request with batches of several partitions is lost or answered as a whole;
// librdkafka sends one a request.
//
// Faults are equal if they do the same.
type Fault struct {
	Act    Act
	At     Frames        // the frames it happens to, or at which it happens; zero: from the start
	Until  Condition     // Hold, Down: when it ends, zero: never; Pass: when it passes; Answer: when the answer is sent, zero: at once
	By     time.Duration // Delay
	Error  string        // Answer
	Node   int32         // Down: which, or AllNodes; Move: the new leader
	Leader Part          // Move: of which partition
}

// Act is what a fault does.
type Act string

// The acts, by their first word.
const (
	Lose   Act = "lose"
	Delay  Act = "delay"
	Hold   Act = "hold"
	Pass   Act = "pass"
	Answer Act = "answer"
	Down   Act = "down"
	Move   Act = "move"
)

// AllNodes as a fault's node is every broker of the cluster.
const AllNodes int32 = -1

// Frames says which requests or responses are meant.
type Frames struct {
	API         string // as kmsg.NameForKey gives it; empty: none
	Response    bool
	First, Last int // of those that match, counted from 1; Last is Every where there is no last one
	Of          Part
}

// Every as the last ordinal has no frame after it.
const Every = math.MaxInt32

// Part is a topic's partition, or with AllPartitions all of a topic's. The
// zero value is any topic.
type Part struct {
	Topic     string
	Partition int32
}

// AllPartitions as a part's partition is every one of the topic.
const AllPartitions int32 = -1

// Condition is what a fault waits for: a call of the program, or a frame.
type Condition struct {
	Call     string // as the program's record has it; empty: Frame
	Returned bool   // the call has returned, not only begun
	M        int    // how often, at least
	Frame    Frames // First and Last are M
}

// String is the fault in its words, from which ParseFault makes it again.
func (f Fault) String() string {
	s := string(f.Act)
	switch f.Act {
	case Delay:
		return s + " " + f.At.String() + " by " + f.By.String()
	case Answer:
		s += " " + f.At.String() + " with " + f.Error
		if f.Until != (Condition{}) {
			s += " after " + f.Until.String()
		}
		return s
	case Move:
		return s + " leader of " + f.Leader.String() + " to " + strconv.Itoa(int(f.Node)) + " at " + f.At.String()
	case Down:
		if f.Node != AllNodes {
			s += " node " + strconv.Itoa(int(f.Node))
		}
		if f.At.API == "" {
			s += " from start"
		} else {
			s += " at " + f.At.String()
		}
	default:
		s += " " + f.At.String()
	}
	switch {
	case f.Act == Pass:
		s += " after " + f.Until.String()
	case f.Until != (Condition{}):
		s += " until " + f.Until.String()
	}
	return s
}

func (f Frames) String() string {
	s := f.API + " " + direction(f.Response) + " "
	switch {
	case f.Last == Every && f.First == 1:
		s += "every"
	case f.First == f.Last:
		s += strconv.Itoa(f.First)
	default:
		s += fmt.Sprintf("%d-%d", f.First, f.Last)
	}
	if f.Of.Topic != "" {
		s += " of " + f.Of.String()
	}
	return s
}

func direction(response bool) string {
	if response {
		return "response"
	}
	return "request"
}

func (p Part) String() string {
	if p.Partition == AllPartitions {
		return p.Topic
	}
	return p.Topic + "[" + strconv.Itoa(int(p.Partition)) + "]"
}

func (c Condition) String() string {
	if c.Call == "" {
		return c.Frame.String()
	}
	s := c.Call + " called"
	if c.Returned {
		s = c.Call + " returned"
	}
	if c.M > 1 {
		s += " " + strconv.Itoa(c.M)
	}
	return s
}

// nearest is the choice that differs least from what was typed, the first of
// equals; "" where there is no choice. Case does not count.
func nearest(typed string, choices []string) string {
	const longest = 64 // nobody types more
	typed = strings.ToLower(typed[:min(len(typed), longest)])
	best, least := "", math.MaxInt
	for _, c := range choices {
		if d := distance(typed, strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is how many bytes must be put in, taken out or changed to make one
// word of the other (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
