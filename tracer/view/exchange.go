package view

import (
	"strconv"
	"strings"

	"kstep/tracer"
)

// exchange is what the client asks for with a request other than Produce.
func exchange(r *tracer.Row) string {
	asked := r.Evidence[0].Frame
	switch asked.API {
	case "InitProducerID":
		return "client asks for a producer id"
	case "AddPartitionsToTxn":
		return "client adds " + addedTopics(r) + " to the transaction"
	case "AddOffsetsToTxn":
		return "client adds a group's offsets to the transaction"
	case "TxnOffsetCommit":
		return "client writes the group's offsets"
	case "EndTxn":
		if asked.Commit != nil && !*asked.Commit {
			return "client asks to abort"
		}
		return "client asks to commit"
	}
	return asked.API
}

// exchanged is what the broker answered, the last time where it was asked again.
func exchanged(r *tracer.Row) (string, Tone) {
	last := r.Event.Frame
	switch {
	case r.Event.Kind != tracer.Response:
		return "no answer", Caution
	case last.Error != "":
		return "error " + last.Error, Bad
	case last.Epoch != nil:
		return "a producer id, epoch " + strconv.Itoa(int(*last.Epoch)), Good
	}
	return "done", Good
}

func addedTopics(r *tracer.Row) string {
	var names []string
	seen := map[string]bool{}
	for _, e := range r.Evidence {
		for _, t := range e.Frame.Topics {
			if !seen[t.Name] {
				seen[t.Name] = true
				names = append(names, t.Name)
			}
		}
	}
	if len(names) == 0 {
		return "partitions"
	}
	return strings.Join(names, ", ")
}
