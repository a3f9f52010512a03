package wire

import (
	"encoding/binary"
	"fmt"
)

// MaxFrame is the largest frame that is kept in memory, in bytes without its
// length. The client's own limit for a message is 1,000,000,000 bytes
// (librdkafka CONFIGURATION.md, message.max.bytes), but the broker's default
// is 1 MiB and no lesson comes near.
const MaxFrame = 100 << 20

// splitter collects a stream into frames, each with its 4-byte length.
type splitter struct {
	buf []byte
}

// add takes the next bytes of the stream.
func (s *splitter) add(p []byte) { s.buf = append(s.buf, p...) }

// next is the next whole frame, nil where it is not all there yet. The frame
// is valid until the next add. A length that no frame has is an error; the
// stream cannot be followed after it.
func (s *splitter) next() ([]byte, error) {
	if len(s.buf) < 4 {
		return nil, nil
	}
	n := int32(binary.BigEndian.Uint32(s.buf))
	if n < 0 || n > MaxFrame {
		return nil, badLength(s.buf[:4], n)
	}
	if len(s.buf) < 4+int(n) {
		return nil, nil
	}
	frame := s.buf[:4+n]
	s.buf = s.buf[4+n:]
	return frame, nil
}

// badLength says what a length that cannot be one probably is.
func badLength(head []byte, n int32) error {
	switch {
	case head[0] == 0x16 && head[1] == 0x03:
		return fmt.Errorf("the client speaks TLS to a listener without it")
	case head[0] == 0x15 && head[1] == 0x03:
		return fmt.Errorf("the other side speaks TLS")
	}
	return fmt.Errorf("the length %d is none of a Kafka frame", n)
}
