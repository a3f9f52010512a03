package quiz

import (
	"slices"

	"kstep/tracer"
)

// The way of a message, row by row, by cause: Produce, batch, request, answer,
// report. What two batches do at the same time has no order of its own, so a
// step is looked for among the rows of the same batch only.

// spot is a partition of a topic.
type spot struct {
	topic     string
	partition int32
}

// spots are the partitions that a row is about; of a call, of a fault and of
// the end none.
func spots(r *tracer.Row) []spot {
	var out []spot
	switch r.Kind {
	case tracer.RowBatched, tracer.RowReport:
		for _, e := range r.Evidence {
			if e.Client != nil {
				out = append(out, spot{e.Client.Topic, e.Client.Partition})
			}
		}
	case tracer.RowRequest, tracer.RowResponse:
		if r.Event.Frame != nil {
			for _, b := range r.Event.Frame.Batches {
				out = append(out, spot{b.Topic, b.Partition})
			}
		}
	}
	return out
}

// meet tells whether two rows are about one partition.
func meet(a, b *tracer.Row) bool {
	return slices.ContainsFunc(spots(a), func(s spot) bool { return slices.Contains(spots(b), s) })
}

// sameExchange tells whether two rows are about one request of one connection.
func sameExchange(a, b *tracer.Row) bool {
	x, y := a.Event.Frame, b.Event.Frame
	return x != nil && y != nil && x.API == "Produce" && y.API == "Produce" && x.Connection == y.Connection && x.Correlation == y.Correlation
}

// following is the first row below r that fits, nil where there is none.
func following(run *tracer.Run, r *tracer.Row, fits func(*tracer.Row) bool) *tracer.Row {
	below := false
	for i := range run.Rows {
		w := &run.Rows[i]
		if below && fits(w) {
			return w
		}
		below = below || w == r
	}
	return nil
}

// nextOnWay is the row that follows r by cause on the way of r's messages; nil
// where the run does not show one, or where r is no row of such a way.
func nextOnWay(run *tracer.Run, r *tracer.Row) *tracer.Row {
	kinds := func(of ...tracer.RowKind) func(*tracer.Row) bool {
		return func(w *tracer.Row) bool { return slices.Contains(of, w.Kind) && meet(r, w) }
	}
	var next *tracer.Row
	switch r.Kind {
	case tracer.RowBatched:
		next = following(run, r, kinds(tracer.RowRequest))
	case tracer.RowRequest:
		next = afterRequest(run, r)
	case tracer.RowResponse:
		request := requestOf(run, r)
		switch {
		case request == nil:
			return nil
		case refusal(r) != "" && r.After.Answered <= r.Before.Answered:
			next = retry(run, r, request) // an error that passes
		default:
			next = following(run, r, kinds(tracer.RowReport))
		}
	case tracer.RowFault:
		request := requestOf(run, r)
		if request == nil {
			return nil // done to something else
		}
		if next = answerBelow(run, r); next == nil {
			next = retry(run, r, request)
		}
	}
	if next == nil && lostAtEnd(run, r) {
		next = run.End()
	}
	return next
}

// lostAtEnd tells whether nothing happens to the messages of a row any more
// before they are lost with the process.
func lostAtEnd(run *tracer.Run, r *tracer.Row) bool {
	end := run.End()
	if end == nil || end.After.Lost == 0 || end.After.Lost != r.After.Undelivered() {
		return false
	}
	return following(run, r, func(w *tracer.Row) bool { return len(spots(w)) > 0 }) == nil
}

// afterRequest is a request's answer; where none comes, what was done to it;
// where none is asked for, the report.
func afterRequest(run *tracer.Run, r *tracer.Row) *tracer.Row {
	if unheard(r) {
		return following(run, r, func(w *tracer.Row) bool { return w.Kind == tracer.RowReport && meet(r, w) })
	}
	if answer := answerBelow(run, r); answer != nil {
		return answer
	}
	return following(run, r, func(w *tracer.Row) bool { return w.Kind == tracer.RowFault && sameExchange(r, w) })
}

// answerBelow is the answer to the request that a row is about.
func answerBelow(run *tracer.Run, r *tracer.Row) *tracer.Row {
	return following(run, r, func(w *tracer.Row) bool { return w.Kind == tracer.RowResponse && sameExchange(r, w) })
}

// requestOf is the request that an answer or a fault is about.
func requestOf(run *tracer.Run, r *tracer.Row) *tracer.Row {
	for _, w := range run.Of(tracer.RowRequest) {
		if w.Count == 1 && sameExchange(r, w) {
			return w
		}
	}
	return nil
}

// retry is what the client does about a request that came to nothing: the batch
// it builds again of the same messages, or the report of its failure. Where
// other batches are under way, the messages must tell which one it is.
func retry(run *tracer.Run, r, request *tracer.Row) *tracer.Row {
	carriesSame := func(w *tracer.Row) bool { return w.Kind == tracer.RowRequest && sameLoad(w, request) }
	if again := following(run, r, carriesSame); again != nil {
		var built *tracer.Row
		for _, w := range run.Of(tracer.RowBatched) {
			if above(run, w, again) && meet(w, again) {
				built = w
			}
		}
		if built != nil && above(run, r, built) {
			return built
		}
		return again
	}
	if load := request.Event.Frame.Batches; r.After.Undelivered() != records(load) {
		return nil
	}
	return following(run, r, func(w *tracer.Row) bool {
		return (w.Kind == tracer.RowBatched || w.Kind == tracer.RowReport) && meet(request, w)
	})
}

// sameLoad tells whether two requests carry the same messages: by their numbers,
// where the run has them, else by what is in them.
func sameLoad(a, b *tracer.Row) bool {
	if len(a.Messages) > 0 && len(b.Messages) > 0 {
		return slices.ContainsFunc(a.Messages, func(m int) bool { return slices.Contains(b.Messages, m) })
	}
	x, y := a.Event.Frame.Batches, b.Event.Frame.Batches
	return len(x) == 1 && len(y) == 1 && len(x[0].CRCs) > 0 && meet(a, b) && slices.Equal(x[0].CRCs, y[0].CRCs)
}

// records is how many records batches hold.
func records(batches []tracer.Batch) int {
	n := 0
	for _, b := range batches {
		n += b.Records
	}
	return n
}

// above tells whether a row stands above another.
func above(run *tracer.Run, a, b *tracer.Row) bool {
	return a == b || following(run, a, func(w *tracer.Row) bool { return w == b }) != nil
}

// unheard tells whether a request asks for no answer.
func unheard(r *tracer.Row) bool {
	f := r.Event.Frame
	return f != nil && f.Acks != nil && *f.Acks == 0
}

// refusal is the first error of a row's answer, empty where it has none.
func refusal(r *tracer.Row) string {
	if r.Kind != tracer.RowResponse || r.Event.Frame == nil {
		return ""
	}
	for _, b := range r.Event.Frame.Batches {
		if b.Error != "" {
			return b.Error
		}
	}
	return ""
}
