package wire

import (
	"net"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// keptPort is a socket that is bound and does not listen. It keeps the number
// of a port while nobody listens there: the system hands it to nobody else, and
// refuses connections to it. On Linux a listener may be bound beside it, as
// both have SO_REUSEADDR (socket(7)).
type keptPort int

// keepPort keeps the port of an address, which may be 0 for any, and returns
// the address with its number.
func keepPort(network, address string) (keptPort, string, error) {
	a, err := net.ResolveTCPAddr(network, address)
	if err != nil {
		return -1, "", err
	}
	ip4 := a.IP.To4()
	if ip4 == nil {
		return -1, address, nil // the port is not kept; down still refuses
	}
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return -1, "", &net.OpError{Op: "listen", Net: network, Addr: a, Err: err}
	}
	fail := func(err error) (keptPort, string, error) {
		unix.Close(fd)
		return -1, "", &net.OpError{Op: "listen", Net: network, Addr: a, Err: err}
	}
	if err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1); err != nil {
		return fail(err)
	}
	at := &unix.SockaddrInet4{Port: a.Port}
	copy(at.Addr[:], ip4)
	if err := unix.Bind(fd, at); err != nil {
		return fail(err)
	}
	name, err := unix.Getsockname(fd)
	if err != nil {
		return fail(err)
	}
	bound, ok := name.(*unix.SockaddrInet4)
	if !ok {
		return fail(syscall.EAFNOSUPPORT)
	}
	a.Port = bound.Port
	return keptPort(fd), a.String(), nil
}

// share lets a listener be bound beside it, or lets nobody. While nobody listens,
// the system would otherwise hand the number to whoever asks for any port with
// SO_REUSEADDR, as every Go listener does; a client would then meet a stranger.
func (p keptPort) share(yes bool) error {
	if p < 0 {
		return nil
	}
	n := 0
	if yes {
		n = 1
	}
	return os.NewSyscallError("setsockopt", unix.SetsockoptInt(int(p), unix.SOL_SOCKET, unix.SO_REUSEADDR, n))
}

// Close gives the number back.
func (p keptPort) Close() {
	if p >= 0 {
		unix.Close(int(p))
	}
}
