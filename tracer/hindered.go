package tracer

// Faults at the requests that connecting and learning are made of. When those
// are sent is an accident of a run, as long as no call waits for what they
// bring: their faults stand where connecting stands, before the next request
// that needed it, or where a call that waited comes back without it.

// hinders tells whether a fault is at such a request.
func hinders(e *Event) bool {
	return e.Kind == Faulted && e.Frame != nil && e.Frame.API != "Produce" && (e.Frame.API == "InitProducerID" || !exchanges[e.Frame.API])
}

// waiting are the calls that wait for the broker.
var waiting = map[string]bool{
	"Flush": true, "Close": true, "GetMetadata": true, "InitTransactions": true,
	"SendOffsetsToTransaction": true, "CommitTransaction": true, "AbortTransaction": true,
}

// hinderedRows makes the rows of the faults that have none yet.
func (b *builder) hinderedRows() {
	if len(b.rows) == 0 {
		return
	}
	for _, e := range b.hindered {
		b.sub(RowFault, b.last.clone(), e)
	}
	b.hindered = nil
}
