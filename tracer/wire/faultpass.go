// Frames on their way through a connection to which faults may happen.

package wire

import (
	"slices"
	"time"

	"kstep/tracer"
)

// passage is a frame on its way, with what has still to happen to it.
type passage struct {
	bytes   []byte
	event   tracer.Event
	todo    []*rule
	after   *rule         // it waits for the rule's condition, and is told when that is met: an answer of kstep's own, or a frame that is passed
	asked   *tracer.Frame // the request that such an answer answers, or the frame
	begun   bool          // it was its turn
	blocked bool          // by the rule that happened last
}

// sent takes a request in that the client has sent.
func (c *faultyConn) sent(frame []byte) {
	c.work.Lock()
	defer c.work.Unlock()
	p := &passage{bytes: frame, event: c.last, begun: true}
	if p.event.Kind == tracer.Request {
		p.todo = c.faults.at(p.event.Frame, false)
	}
	c.requests = append(c.requests, p)
	c.passRequests()
}

// passRequests lets requests pass until one is blocked.
func (c *faultyConn) passRequests() {
	for len(c.requests) > 0 && !c.isCut() && c.happen(c.requests[0]) {
		p := c.requests[0]
		c.requests = c.requests[1:]
		if p.bytes != nil {
			c.ready = append(c.ready, p.bytes)
		}
	}
	c.passAnswers()
	c.nudge()
}

// passAnswers lets answers pass, kstep's own in their place between the
// broker's, until one is blocked.
func (c *faultyConn) passAnswers() {
	for !c.isCut() {
		if n, ok := c.decoder.queue.first(); ok && c.instead[n] != nil && (len(c.answers) == 0 || !c.answers[0].begun) {
			c.answers = slices.Insert(c.answers, 0, c.instead[n])
			delete(c.instead, n)
		}
		if len(c.answers) == 0 {
			return
		}
		p := c.answers[0]
		if !p.begun {
			p.begun = true
			p.event = c.decoder.Response(p.bytes)
			if p.event.Kind == tracer.Response && !c.isGone() { // what nobody waits for any more is no answer
				p.todo = c.faults.at(p.event.Frame, true)
			}
		}
		if !c.happen(p) {
			return
		}
		c.answers = c.answers[1:]
		if c.put(p.event) {
			c.writer.add(p.bytes)
		}
	}
}

// happen does to a frame what has still to happen to it. It is false where the
// frame does not pass, now or ever.
func (c *faultyConn) happen(p *passage) bool {
	if r := p.after; r != nil && !p.blocked {
		if !c.faults.isOver() {
			c.block(p, r)
		}
		if p.blocked {
			return false
		}
		p.after = nil
		tell := func() bool { // now: what it waited for comes before it in every record
			return c.put(faulted(p.asked, happened(&r.Fault, p.asked)))
		}
		switch {
		case r.Act != Pass:
			tell()
		case !c.isGone():
			c.faults.passes(r, tell)
		}
	}
	for !p.blocked && len(p.todo) > 0 {
		r := p.todo[0]
		p.todo = p.todo[1:]
		f := p.event.Frame
		switch r.Act {
		case Hold:
			if _, met := c.faults.isMet(r); !met { // else there is nothing to wait for, and it does not happen
				c.put(faulted(f, happened(&r.Fault, f)))
				c.block(p, r)
			}
		case Pass:
			p.after, p.asked = r, f
			return c.happen(p)
		case Delay:
			p.blocked = true
			c.put(faulted(f, happened(&r.Fault, f)))
			time.AfterFunc(r.By, func() { c.release(p, true) })
		case Move:
			c.faults.move(r, f)
		case Lose:
			c.cut(faulted(f, happened(&r.Fault, f)))
			return false
		case Down:
			c.faults.goDown(r, f, c)
			return false
		case Answer:
			if acks := f.Acks; acks != nil && *acks == 0 {
				c.cut(faulted(f, happened(&r.Fault, f)))
				return false
			}
			c.answer(p, r)
		}
	}
	return !p.blocked
}

// answer answers a request in the broker's place, and keeps it from the
// broker. One with acks=0 wants no answer: a broker that cannot do it closes
// the connection, which is all the client learns
// (KafkaApis.handleProduceRequest in Kafka's own source).
func (c *faultyConn) answer(p *passage, r *rule) {
	f := p.event.Frame
	b, err := answerFrame(p.bytes, errorCodes()[r.Error])
	if err != nil {
		c.put(noted("kstep cannot answer the " + f.API + " request in the broker's place: " + err.Error()))
		return
	}
	own := &passage{bytes: b}
	if r.Until == (Condition{}) {
		c.put(faulted(f, happened(&r.Fault, f)))
	} else { // told when it is given
		own.after, own.asked = r, f
	}
	c.instead[f.Correlation] = own
	p.bytes = nil
}

// block keeps a frame where it is until the rule's condition is met.
func (c *faultyConn) block(p *passage, r *rule) {
	if _, met := c.faults.isMet(r); met {
		return
	}
	p.blocked = true
	go func() {
		_, met := c.faults.wait(r, c.gone)
		c.release(p, met)
	}()
}

// release lets a frame go on that was blocked. A held one whose wait was ended
// goes nowhere, and what is behind it neither.
func (c *faultyConn) release(p *passage, met bool) {
	c.work.Lock()
	defer c.work.Unlock()
	p.blocked = false
	if !met && !c.faults.isOver() {
		c.drop(p)
	}
	c.passRequests()
}

// drop takes a frame and what is behind it off its way.
func (c *faultyConn) drop(p *passage) {
	if len(c.requests) > 0 && c.requests[0] == p {
		c.requests = nil
	}
	if len(c.answers) > 0 && c.answers[0] == p {
		c.answers = nil
	}
}
