// Where a frame of a stream begins and ends.

package wire

import (
	"encoding/binary"
	"fmt"
	"io"
)

// MaxFrame is the largest length of a frame that is collected, in bytes. It
// is the largest length a broker accepts by its defaults (Kafka documentation,
// socket.request.max.bytes: 104857600).
const MaxFrame = 100 << 20

const lengthSize = 4 // a frame begins with its length, which does not count itself

// frameSize is the size of the whole frame that b begins with, its length
// included; 0 where it is not all there yet. A length that no frame has is an
// error: the stream cannot be followed after it.
func frameSize(b []byte) (int, error) {
	if len(b) < lengthSize {
		return 0, nil
	}
	n := int32(binary.BigEndian.Uint32(b))
	if n < 0 || n > MaxFrame {
		return 0, badLength(b, n)
	}
	if size := lengthSize + int(n); len(b) >= size {
		return size, nil
	}
	return 0, nil
}

// badLength says what a length that cannot be one probably is. A TLS record
// begins with its type and the major version 3 (RFC 8446, 5.1).
func badLength(head []byte, n int32) error {
	switch {
	case head[0] == 22 && head[1] == 3:
		return fmt.Errorf("a TLS handshake where a Kafka frame should begin (bytes %d %d %d): this side does not speak TLS", head[0], head[1], head[2])
	case head[0] == 21 && head[1] == 3:
		return fmt.Errorf("a TLS alert where a Kafka frame should begin (bytes %d %d %d): the other side expects TLS", head[0], head[1], head[2])
	}
	return fmt.Errorf("its length says %d bytes; a frame has 0 to %d", n, MaxFrame)
}

const (
	firstBuffer = 32 << 10
	leastRead   = 4 << 10
)

// stream collects one direction of a connection into frames. Its buffer is
// used again for the next frames, and grows with what has come in, never with
// what a length claims.
type stream struct {
	buf []byte
	at  int // of buf, what was handed out as frames
}

// rest is what has come in and is not part of a whole frame that was handed
// out.
func (s *stream) rest() []byte { return s.buf[s.at:] }

// next is the next whole frame, nil where it is not all there yet. It is valid
// until the next add or fill.
func (s *stream) next() ([]byte, error) {
	n, err := frameSize(s.rest())
	if n == 0 || err != nil {
		return nil, err
	}
	frame := s.buf[s.at : s.at+n]
	s.at += n
	return frame, nil
}

// add takes the next bytes of the stream.
func (s *stream) add(p []byte) {
	if len(p) == 0 {
		return
	}
	s.room(len(p))
	s.buf = append(s.buf, p...)
}

// fill takes the next bytes of the stream from one Read of r.
func (s *stream) fill(r io.Reader) (int, error) {
	s.room(leastRead)
	n, err := r.Read(s.buf[len(s.buf):cap(s.buf)])
	s.buf = s.buf[:len(s.buf)+n]
	return n, err
}

// room makes place for n more bytes: where frames were that are done with, or
// by doubling.
func (s *stream) room(n int) {
	if s.at == len(s.buf) {
		s.buf, s.at = s.buf[:0], 0
	}
	if cap(s.buf)-len(s.buf) >= n {
		return
	}
	rest := s.rest()
	to := s.buf[:0]
	if need := len(rest) + n; need > cap(s.buf) || s.at == 0 {
		to = make([]byte, 0, max(firstBuffer, 2*len(rest), need))
	}
	s.buf, s.at = append(to, rest...), 0
}
