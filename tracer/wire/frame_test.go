// Streams are cut into frames wherever their bytes are cut, and hold no more
// than what has come in.

package wire

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// sizes of frames, small ones and some around the sizes of the buffers.
func frames(bodies ...int) [][]byte {
	var out [][]byte
	for i, n := range bodies {
		out = append(out, framed(bytes.Repeat([]byte{byte(i + 1)}, n)))
	}
	return out
}

// drain takes all whole frames out of a stream, copied.
func drain(t testing.TB, s *stream) (out [][]byte) {
	t.Helper()
	for {
		f, err := s.next()
		if err != nil {
			t.Fatal(err)
		}
		if f == nil {
			return out
		}
		out = append(out, bytes.Clone(f))
	}
}

func equal(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }

func TestStreamIsCutAtEveryByte(t *testing.T) {
	want := frames(3, 0, 1, 20, 8)
	whole := slices.Concat(want...)
	for cut := range len(whole) + 1 {
		var s stream
		s.add(whole[:cut])
		got := drain(t, &s)
		s.add(whole[cut:])
		got = append(got, drain(t, &s)...)
		if !equal(want, got) {
			t.Errorf("cut at %d: frames %q", cut, got)
		}
		if len(s.rest()) != 0 {
			t.Errorf("cut at %d: %d bytes are left over", cut, len(s.rest()))
		}
	}
}

func TestStreamReadsHoweverBytesCome(t *testing.T) {
	want := frames(3, leastRead-lengthSize, 0, firstBuffer-lengthSize, firstBuffer, 1, 3*firstBuffer, 7)
	whole := slices.Concat(want...)
	for name, r := range map[string]io.Reader{
		"at once":        bytes.NewReader(whole),
		"byte by byte":   iotest.OneByteReader(bytes.NewReader(whole)),
		"half of it":     iotest.HalfReader(bytes.NewReader(whole)),
		"data and error": iotest.DataErrReader(bytes.NewReader(whole)),
	} {
		var s stream
		var got [][]byte
		for {
			_, err := s.fill(r)
			got = append(got, drain(t, &s)...)
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if !equal(want, got) {
			t.Errorf("%s: the %d frames are not those that were sent", name, len(got))
		}
	}
}

// Many frames in one read are one pass over the buffer: none is copied.
func TestManyFramesInOneRead(t *testing.T) {
	want := frames(slices.Repeat([]int{12}, 1000)...)
	var s stream
	s.add(slices.Concat(want...))
	before := &s.buf[0]
	if got := drain(t, &s); !equal(want, got) {
		t.Errorf("the %d frames are not those that were sent", len(got))
	}
	if before != &s.buf[0] {
		t.Error("the frames were copied")
	}
}

// The buffer is used again once its frames are done with.
func TestBufferIsReused(t *testing.T) {
	var s stream
	frame := framed(make([]byte, 100))
	for range 10 * firstBuffer / len(frame) {
		s.add(frame)
		drain(t, &s)
	}
	if cap(s.buf) != firstBuffer {
		t.Errorf("the buffer grew to %d bytes", cap(s.buf))
	}
}

// What a frame claims to hold is no reason to allocate it.
func TestClaimIsNotAllocated(t *testing.T) {
	claim := append(binary.BigEndian.AppendUint32(nil, MaxFrame), "few bytes"...)
	for name, take := range map[string]func(*stream){
		"added": func(s *stream) { s.add(claim) },
		"read": func(s *stream) {
			r := iotest.OneByteReader(bytes.NewReader(claim))
			for range claim {
				s.fill(r)
			}
		},
	} {
		var s stream
		grown := allocated(func() {
			take(&s)
			if f, err := s.next(); f != nil || err != nil {
				t.Errorf("%s: frame %q, error %v before the frame is whole", name, f, err)
			}
		})
		if grown > 4*firstBuffer {
			t.Errorf("%s: %d bytes came in, %d were allocated", name, len(claim), grown)
		}
	}
}

// The buffer stays in proportion to what has come in.
func TestBufferGrowsWithWhatComesIn(t *testing.T) {
	var s stream
	const size = 4 << 20
	r := bytes.NewReader(framed(make([]byte, size)))
	for in := 0; in < lengthSize+size; {
		n, err := s.fill(r)
		if err != nil {
			t.Fatal(err)
		}
		if in += n; cap(s.buf) > max(firstBuffer, 2*in) {
			t.Fatalf("%d bytes came in, the buffer has %d", in, cap(s.buf))
		}
	}
	if f, _ := s.next(); len(f) != lengthSize+size {
		t.Errorf("a frame of %d bytes", len(f))
	}
}

func TestFrameSize(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		size  int
		error string
	}{
		"nothing":            {"", 0, ""},
		"part of the length": {"\x00\x00\x00", 0, ""},
		"empty":              {"\x00\x00\x00\x00", 4, ""},
		"empty, and more":    {"\x00\x00\x00\x00\x00", 4, ""},
		"not whole":          {"\x00\x00\x00\x02a", 0, ""},
		"whole":              {"\x00\x00\x00\x02ab", 6, ""},
		"and more":           {"\x00\x00\x00\x02abc", 6, ""},
		"largest":            {"\x06\x40\x00\x00", 0, ""},
		"too large":          {"\x06\x40\x00\x01", 0, "its length says 104857601 bytes; a frame has 0 to 104857600"},
		"negative":           {"\xff\xff\xff\xff", 0, "its length says -1 bytes; a frame has 0 to 104857600"},
		"TLS hello":          {"\x16\x03\x01\x02\x00\x01", 0, "a TLS handshake where a Kafka frame should begin (bytes 22 3 1): this side does not speak TLS"},
		"TLS 1.2 hello":      {"\x16\x03\x03\x00\x7a", 0, "a TLS handshake where a Kafka frame should begin (bytes 22 3 3): this side does not speak TLS"},
		"TLS alert":          {"\x15\x03\x03\x00\x02\x02\x46", 0, "a TLS alert where a Kafka frame should begin (bytes 21 3 3): the other side expects TLS"},
		"HTTP":               {"GET / HTTP/1.1", 0, "its length says 1195725856 bytes; a frame has 0 to 104857600"},
	} {
		size, err := frameSize([]byte(c.in))
		if size != c.size || c.error == "" && err != nil || c.error != "" && (err == nil || err.Error() != c.error) {
			t.Errorf("%s: size %d, error %v", name, size, err)
		}
		if err == nil {
			continue
		}
		s := stream{}
		s.add([]byte(c.in))
		for range 2 { // the stream stays where it could not be followed
			if f, again := s.next(); f != nil || again == nil || again.Error() != err.Error() || !bytes.Equal(s.rest(), []byte(c.in)) {
				t.Errorf("%s: the stream gives %q, %v, and %q is left", name, f, again, s.rest())
			}
		}
	}
}

// A length that is wrong does not take the frames before it along.
func TestFramesBeforeGarbagePass(t *testing.T) {
	var s stream
	good := frames(5)[0]
	s.add(append(bytes.Clone(good), "\xff\xff\xff\xff"...))
	if f, err := s.next(); err != nil || !bytes.Equal(f, good) {
		t.Fatalf("%q, %v", f, err)
	}
	if _, err := s.next(); err == nil || !strings.Contains(err.Error(), "-1 bytes") {
		t.Errorf("error %v", err)
	}
}
