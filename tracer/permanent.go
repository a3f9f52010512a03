package tracer

// permanentErrors are the Produce requests after whose error the client gave their
// messages up, where its own lines tell: the n-th error of a partition is what
// its n-th line about an error speaks of (librdkafka v2.15.0,
// src/rdkafka_request.c, rd_kafka_handle_Produce_error). Where the numbers of
// both differ, none is told.
func permanentErrors(events []Event) map[flight]bool {
	errors, ends := map[part][]flight{}, map[part][]bool{}
	for i := range events {
		e := &events[i]
		switch {
		case e.Lane == Wire && e.Kind == Response && e.Frame != nil && e.Frame.API == "Produce":
			for _, b := range e.Frame.Batches {
				if b.Error != "" {
					p := part{b.Topic, b.Partition}
					errors[p] = append(errors[p], flight{e.Frame.Connection, int(e.Frame.Correlation)})
				}
			}
		case e.Lane == Client && e.Client != nil && (e.Kind == Failed || e.Kind == Retried):
			p := part{e.Client.Topic, e.Client.Partition}
			ends[p] = append(ends[p], e.Kind == Failed)
		}
	}
	out := map[flight]bool{}
	for p, at := range errors {
		if len(at) != len(ends[p]) {
			continue
		}
		for i, f := range at {
			if ends[p][i] {
				out[f] = true
			}
		}
	}
	return out
}
