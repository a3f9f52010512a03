//go:build !linux

package wire

// keptPort keeps the number of a port while nobody listens there, on Linux;
// here nothing does, and another process could take it meanwhile.
type keptPort struct{}

func keepPort(_, address string) (keptPort, string, error) { return keptPort{}, address, nil }

func (keptPort) share(bool) error { return nil }

// Close gives the number back.
func (keptPort) Close() {}
