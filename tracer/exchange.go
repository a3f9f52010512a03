package tracer

// Requests other than Produce that a message's way depends on: the producer id
// of an idempotent or transactional producer, and the steps of a transaction.

// exchanges are the requests that have rows of their own.
var exchanges = map[string]bool{
	"InitProducerID": true, "AddPartitionsToTxn": true, "AddOffsetsToTxn": true, "TxnOffsetCommit": true, "EndTxn": true,
}

// waitsFor are the calls that return only when the exchange is over, so that
// its row stands under them; elsewhere it stands before the next Produce
// request, which needed it.
var waitsFor = map[string]string{
	"InitProducerID": "InitTransactions", "AddOffsetsToTxn": "SendOffsetsToTransaction", "TxnOffsetCommit": "SendOffsetsToTransaction",
}

// exchange takes one request or response of such an exchange.
func (b *builder) exchange(e *Event) {
	if b.asked == nil {
		b.asked = map[flight]*Event{}
	}
	key := flight{e.Frame.Connection, int(e.Frame.Correlation)}
	if e.Kind == Request {
		b.asked[key] = e
		return
	}
	x := []*Event{e}
	if q := b.asked[key]; q != nil {
		x = []*Event{q, e}
		delete(b.asked, key)
	}
	b.exchanged = append(b.exchanged, x)
	if api := e.Frame.API; api == "EndTxn" || b.inside(waitsFor[api]) {
		b.exchangeRows()
	}
}

// inside tells whether the program is in a call by that name.
func (b *builder) inside(call string) bool {
	for i := len(b.rows) - 1; i >= 0 && call != ""; i-- {
		if r := &b.rows[i]; r.Unfinished && r.Event.Call.Name == call {
			return true
		}
	}
	return false
}

// exchangeRows makes the rows of the exchanges that are over. One that is
// repeated right away, because the broker asked for it, is the same row.
func (b *builder) exchangeRows() {
	if len(b.exchanged) > 0 {
		b.hinderedRows()
	}
	for _, x := range b.exchanged {
		last := x[len(x)-1]
		if r := b.lastUnder(); r != nil && r.Kind == RowExchange && r.Event.Frame.API == last.Frame.API {
			r.Count++
			r.Event, r.Evidence = last, append(r.Evidence, x...)
			continue
		}
		after := b.last
		after.Epoch = b.fold.given
		b.sub(RowExchange, after, x...)
		b.lastUnder().Event = last
	}
	b.exchanged = nil
}

// lastUnder is the last row under the call that began last, nil where there is
// none.
func (b *builder) lastUnder() *Row {
	if len(b.under) == 0 {
		return nil
	}
	rows := b.under[len(b.under)-1]
	if len(rows) == 0 {
		return nil
	}
	return &rows[len(rows)-1]
}
