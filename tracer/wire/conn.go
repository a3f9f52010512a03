package wire

import (
	"io"
	"net"
	"sync"

	"kstep/tracer"
)

// conn is a tapped connection as the broker sees it: Read gives it requests,
// Write takes its responses. Both pass whole frames, recorded before they pass.
type conn struct {
	net.Conn
	tap     *Tap
	decoder *Decoder
	once    sync.Once

	in    splitter
	ready []byte // of a whole request frame, what the broker has not read yet
	chunk [16 << 10]byte

	wmu sync.Mutex
	out splitter
}

// Read hands the broker the next bytes of a whole request frame. It is for one
// goroutine.
func (c *conn) Read(p []byte) (int, error) {
	for len(c.ready) == 0 {
		frame, err := c.in.next()
		if err != nil {
			return 0, c.refuse(err)
		}
		if frame != nil {
			c.tap.put(c.decoder.Request(frame))
			c.ready = frame
			break
		}
		n, err := c.Conn.Read(c.chunk[:])
		if n > 0 {
			c.in.add(c.chunk[:n])
			continue
		}
		if err != nil {
			return 0, err
		}
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// refuse ends a connection whose stream cannot be followed: a length that no
// frame has. The broker would allocate what it claims.
func (c *conn) refuse(why error) error {
	c.tap.put(undecoded(c.decoder.frame(0), why.Error()))
	c.Conn.Close()
	return io.EOF
}

// Write takes the broker's bytes and passes on whole response frames. What is
// not a whole frame yet waits for the rest.
func (c *conn) Write(p []byte) (int, error) {
	c.wmu.Lock()
	defer c.wmu.Unlock()
	c.out.add(p)
	for {
		frame, err := c.out.next()
		if err != nil {
			return 0, c.refuse(err)
		}
		if frame == nil {
			return len(p), nil
		}
		c.tap.put(c.decoder.Response(frame))
		if _, err := c.Conn.Write(frame); err != nil {
			return 0, err
		}
	}
}

// Close ends the connection; the first call is recorded.
func (c *conn) Close() error {
	err := c.Conn.Close()
	c.once.Do(func() {
		c.tap.put(event(tracer.ConnectionClosed, c.decoder.frame(0)))
		c.tap.closed()
	})
	return err
}
