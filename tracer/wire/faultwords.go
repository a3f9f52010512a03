// What a learner reads of a fault that happened.

package wire

import (
	"fmt"
	"strconv"

	"kstep/tracer"
)

// faulted is the event of a fault, with the frame it concerns or nil.
func faulted(f *tracer.Frame, text string) tracer.Event {
	return tracer.Event{Lane: tracer.Lab, Kind: tracer.Faulted, Known: tracer.Observed, Text: text, Frame: f}
}

// noted is what a reader of the trace must know.
func noted(text string) tracer.Event {
	return tracer.Event{Lane: tracer.Lab, Kind: tracer.Noted, Known: tracer.Observed, Text: text}
}

// happened says what the fault does to a frame.
func happened(r *Fault, f *tracer.Frame) string {
	what, way := "the "+f.API+" request", " on its way to the broker"
	if r.At.Response {
		what, way = "the broker's answer to the "+f.API+" request", ""
	}
	switch r.Act {
	case Lose:
		return what + " is lost" + way + ", and the connection is cut"
	case Delay:
		return what + " is delayed" + way + " by " + r.By.String()
	case Hold:
		return what + " is held back" + way + " until " + met(r.Until)
	case Pass:
		return what + " is passed on" + way + " only when " + met(r.Until)
	case Answer:
		if f.Acks != nil && *f.Acks == 0 {
			return "kstep refuses " + what + " in the broker's place: with acks=0 there is no answer, and the connection is cut"
		}
		text := "kstep answers " + what + " in the broker's place"
		if r.Until != (Condition{}) {
			text += ", as soon as " + met(r.Until)
		}
		return text + ": " + r.Error
	}
	return r.String()
}

// met is the condition as a sentence.
func met(c Condition) string {
	switch {
	case c.Call == "" && c.Frame.Response:
		return nth(c.M, "answer to a "+c.Frame.API+" request") + " is sent"
	case c.Call == "":
		return nth(c.M, c.Frame.API+" request") + " is sent"
	case c.Returned && c.M == 1:
		return c.Call + "() has returned"
	case c.Returned:
		return nth(c.M, "call of "+c.Call+"()") + " has returned"
	case c.M == 1:
		return c.Call + "() is called"
	}
	return nth(c.M, "call of "+c.Call+"()") + " begins"
}

// nth is "the 3rd Produce request".
func nth(n int, what string) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return "the " + strconv.Itoa(n) + suffix + " " + what
}

// named is the node as a learner knows it: the only broker by its number.
func (s *faults) named(node int32) int32 {
	if node == AllNodes && s.Nodes == 1 {
		return 0
	}
	return node
}

func goesDown(node int32) string {
	if node == AllNodes {
		return "every broker is down: connections are cut, new ones are refused"
	}
	return fmt.Sprintf("broker %d is down: its connections are cut, new ones are refused", node)
}

func comesUp(node int32) string {
	if node == AllNodes {
		return "every broker accepts connections again"
	}
	return fmt.Sprintf("broker %d accepts connections again", node)
}

func moves(p Part, node int32) string {
	return fmt.Sprintf("broker %d becomes the leader of %s", node, p)
}
