// A tapped connection to which faults may happen.

package wire

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"kstep/tracer"
)

// faultyConn is a tapped connection to which faults may happen. Unlike conn it
// takes requests in when they come, whether or not the broker reads them, so
// that a fault sees a request when the client has sent it; and the broker's
// Write never waits, so that a held answer does not keep the broker from its
// next request. What is held waits here, in order.
type faultyConn struct {
	*conn
	faults *faults
	node   int32

	work     sync.Mutex         // one frame is looked at at a time, so that faults happen in one order
	requests []*passage         // to the broker, oldest first
	answers  []*passage         // from the broker, oldest first
	instead  map[int32]*passage // answers of kstep's own, by the request's correlation id
	ready    [][]byte           // requests the broker may read
	ended    bool               // the client sends nothing more

	wake    chan struct{} // there may be something for Read
	cutting chan struct{} // closed when the connection is cut
	gone    chan struct{} // closed when the client has closed it, or the broker
	goneOne sync.Once
	dead    atomic.Bool // the broker is down, or has closed it: what it had not read, it never reads

	ending sync.Mutex
	doomed bool // it is about to be cut, or was
	shut   bool // the broker has closed it
	writer *writer
}

func newFaultyConn(c *conn, s *faults, node int32) *faultyConn {
	f := &faultyConn{
		conn: c, faults: s, node: node, instead: map[int32]*passage{},
		wake: make(chan struct{}, 1), cutting: make(chan struct{}), gone: make(chan struct{}),
	}
	f.writer = newWriter(c.Conn)
	return f
}

// open records that the connection was opened and lets frames pass; it is false
// where the broker went down meanwhile.
func (c *faultyConn) open() bool {
	c.put(c.decoder.Event(tracer.ConnectionOpened))
	if !c.faults.add(c) {
		c.conn.Close()
		return false
	}
	go c.writer.run(c.cutting)
	go c.receiving()
	return true
}

// receiving takes in what the client sends, to its end.
func (c *faultyConn) receiving() {
	for {
		err := c.conn.receive()
		frame := bytes.Clone(c.conn.ready)
		c.conn.ready = nil
		switch {
		case c.isCut():
			c.drain()
			return
		case err != nil:
			c.clientEnds()
			return
		case len(frame) > 0:
			c.sent(frame)
		}
	}
}

// clientEnds: the client sends nothing more. What it had sent still passes, but
// for what is held.
func (c *faultyConn) clientEnds() {
	c.work.Lock()
	c.ended = true
	c.work.Unlock()
	c.goneOne.Do(func() { close(c.gone) })
	c.nudge()
}

// nudge wakes Read.
func (c *faultyConn) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// Read hands the broker the next bytes of the requests that may pass.
func (c *faultyConn) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for {
		n, err := c.read(p)
		if n > 0 || err != nil {
			return n, err
		}
		<-c.wake
	}
}

func (c *faultyConn) read(p []byte) (int, error) {
	c.work.Lock()
	defer c.work.Unlock()
	if c.dead.Load() {
		return 0, io.EOF
	}
	if len(c.ready) > 0 {
		n := copy(p, c.ready[0])
		if c.ready[0] = c.ready[0][n:]; len(c.ready[0]) == 0 {
			c.ready = c.ready[1:]
		}
		return n, nil
	}
	if c.isCut() || c.ended && len(c.requests) == 0 {
		return 0, io.EOF
	}
	return 0, nil
}

// Write takes the broker's bytes. It does not wait for what is held, and like a
// write to a connection that is broken it does not fail when it is cut.
func (c *faultyConn) Write(p []byte) (int, error) {
	c.work.Lock()
	defer c.work.Unlock()
	if c.raw {
		c.writer.add(bytes.Clone(p))
		return len(p), nil
	}
	c.out.add(p)
	for {
		frame, err := c.out.next()
		switch {
		case err != nil:
			rest := bytes.Clone(c.out.rest())
			c.put(c.decoder.Undecoded(rest, err.Error()+"; responses are not followed from here on"))
			c.raw, c.out = true, stream{}
			c.writer.add(rest)
			return len(p), nil
		case frame == nil:
			c.passAnswers()
			return len(p), nil
		}
		c.answers = append(c.answers, &passage{bytes: bytes.Clone(frame)})
	}
}

func (c *faultyConn) isCut() bool { return isClosed(c.cutting) }

// isGone tells whether the client, or the broker, has closed the connection.
func (c *faultyConn) isGone() bool { return isClosed(c.gone) }

// cut breaks the connection, and records what did it.
func (c *faultyConn) cut(why tracer.Event) {
	if c.doom() {
		c.tap.put(stamped(why))
		c.sever(false)
	}
}

// doom records the connection's end, before the client can know of it. It is
// false where it had ended.
func (c *faultyConn) doom() bool {
	c.ending.Lock()
	defer c.ending.Unlock()
	c.doomed = c.doomed || !c.shut && c.put(c.decoder.Event(tracer.ConnectionClosed))
	return c.doomed
}

// sever breaks a connection that is doomed. What had passed before still
// arrives, as far as the other side is there to read it: dead says that the
// broker is not.
func (c *faultyConn) sever(dead bool) {
	c.dead.Store(dead)
	close(c.cutting) // the writer ends the connection when it has written all
	c.goneOne.Do(func() { close(c.gone) })
	c.faults.remove(c)
	c.nudge()
}

// linger is how long a client may take to close its side of a connection that
// was cut.
const linger = time.Second

// drain reads what a client sends on a connection that was cut until it closes
// it too: to close it with bytes unread would reset it, and a reset takes what
// was written before from the client (RFC 1122, 4.2.2.13).
func (c *faultyConn) drain() {
	_ = c.Conn.SetReadDeadline(time.Now().Add(linger))
	_, _ = io.Copy(io.Discard, c.Conn)
	c.Conn.Close()
}

// Close ends the connection from the broker's side.
func (c *faultyConn) Close() error {
	c.ending.Lock()
	doomed, again := c.doomed, c.shut
	c.shut = true
	c.ending.Unlock()
	if again {
		return net.ErrClosed
	}
	c.dead.Store(true)
	c.goneOne.Do(func() { close(c.gone) })
	c.nudge()
	c.faults.remove(c)
	var err error
	if !doomed { // else it is cut, and the client has its time to see it
		err = c.conn.Close()
		c.writer.end()
	}
	c.over.Do(c.tap.closed)
	return err
}

// SetDeadline is not supported.
func (c *faultyConn) SetDeadline(time.Time) error { return os.ErrNoDeadline }

// SetReadDeadline is not supported: what reads from the client is not Read.
func (c *faultyConn) SetReadDeadline(time.Time) error { return os.ErrNoDeadline }

// SetWriteDeadline has nothing to do: Write never waits.
func (c *faultyConn) SetWriteDeadline(time.Time) error { return nil }
