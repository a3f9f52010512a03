// A tapped connection.

package wire

import (
	"errors"
	"io"
	"net"
	"os"
	"sync"

	"kstep/tracer"
)

// conn is a tapped connection as the broker sees it: Read gives it requests,
// Write takes its responses. Both pass whole frames, recorded before they
// pass. As with any net.Conn, methods may be called at once; Read is for one
// goroutine at a time.
type conn struct {
	net.Conn
	tap     *Tap
	decoder *Decoder

	in    stream
	ready []byte       // of a whole request frame, what the broker has not read yet
	last  tracer.Event // of that frame

	writing sync.Mutex
	out     stream
	raw     bool // responses can no longer be followed, and pass as they come

	mu     sync.Mutex // orders the events of the two directions
	closed bool

	over sync.Once // tells the tap that the connection is no longer open
}

// put stamps an event and hands it over, one at a time, and none after the
// connection's end. It tells whether the connection was open.
func (c *conn) put(e tracer.Event) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.closed = e.Kind == tracer.ConnectionClosed
	e.At = tracer.Now()
	c.tap.put(e)
	return true
}

// Read hands the broker the next bytes of a whole request frame.
func (c *conn) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(c.ready) == 0 {
		if err := c.receive(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// receive passes the next request, if it is whole by now, or waits for more of
// it.
func (c *conn) receive() error {
	frame, err := c.in.next()
	if err != nil {
		return c.refuse(c.decoder.Undecoded(c.in.rest(), err.Error()))
	}
	if frame != nil {
		return c.request(frame)
	}
	n, err := c.in.fill(c.Conn)
	switch {
	case n > 0 || err == nil:
		return nil // an error comes again
	case errors.Is(err, os.ErrDeadlineExceeded):
		return err // and the connection goes on
	}
	if cut := c.in.rest(); len(cut) > 0 {
		c.last = c.decoder.Undecoded(cut, "the connection ended inside it")
		c.put(c.last)
		c.in, c.ready = stream{}, cut
		return nil
	}
	return err
}

// request passes one whole request to the broker.
func (c *conn) request(frame []byte) error {
	e := c.decoder.Request(frame)
	if unknownAPI(frame) {
		return c.refuse(e)
	}
	c.put(e)
	c.ready, c.last = frame, e
	return nil
}

// refuse ends the connection in the broker's place, which the embedded one
// cannot be trusted to do: it would allocate what a length claims, and panic
// at an unknown API key. A Kafka broker closes the connection in both cases.
// What came in behind the frame is dropped with it.
func (c *conn) refuse(e tracer.Event) error {
	e.Frame.Reason += "; the connection is closed"
	c.put(e)
	c.in = stream{}
	c.Close()
	return io.EOF
}

// Write takes the broker's bytes and passes on whole response frames. What is
// not a whole frame yet waits for the rest, and is lost where that never
// comes.
func (c *conn) Write(p []byte) (int, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	if c.raw {
		return c.Conn.Write(p)
	}
	rest, err := c.direct(p)
	if err != nil {
		return 0, err
	}
	c.out.add(rest)
	for {
		frame, err := c.out.next()
		switch {
		case err != nil:
			return len(p), c.unfollowed(err)
		case frame == nil:
			return len(p), nil
		}
		if err := c.response(frame); err != nil {
			return 0, err
		}
	}
}

// unfollowed gives up on the responses of the connection: they pass as they
// come.
func (c *conn) unfollowed(why error) error {
	rest := c.out.rest()
	c.put(c.decoder.Undecoded(rest, why.Error()+"; responses are not followed from here on"))
	c.raw, c.out = true, stream{}
	_, err := c.Conn.Write(rest)
	return err
}

// direct passes the whole frames that p begins with, without copying them,
// where no earlier bytes wait. It returns the rest.
func (c *conn) direct(p []byte) (rest []byte, err error) {
	for len(c.out.rest()) == 0 {
		n, err := frameSize(p)
		if n == 0 || err != nil {
			break // Write meets the error again
		}
		if err := c.response(p[:n]); err != nil {
			return nil, err
		}
		p = p[n:]
	}
	return p, nil
}

// response passes one whole response to the client.
func (c *conn) response(frame []byte) error {
	c.put(c.decoder.Response(frame))
	_, err := c.Conn.Write(frame)
	return err
}

// Close ends the connection; the first call is recorded, before the client can
// know of it.
func (c *conn) Close() error {
	first := c.put(c.decoder.Event(tracer.ConnectionClosed))
	err := c.Conn.Close()
	if first {
		c.over.Do(c.tap.closed)
	}
	return err
}
