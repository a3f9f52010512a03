package wire

import (
	"net"
	"sync/atomic"
	"testing"

	"kstep/tracer"
)

// While a broker is down nobody else gets its port: a client that tries it again
// would find a stranger there.
func TestPortOfADownBrokerIsNobodys(t *testing.T) {
	var called atomic.Bool
	tap := NewTap((&witness{}).record)
	tap.Inject(Faults{Nodes: 1, Called: func(string, int, bool) (int64, bool) { return tracer.Now(), called.Load() },
		List: faultList(t, "down from start until Flush called")})
	t.Cleanup(tap.Seal)
	l := listen(t, tap)
	if !refused(l) {
		t.Fatal("the broker is not down")
	}
	if stranger, err := net.Listen("tcp", l.Addr().String()); err == nil {
		stranger.Close()
		t.Error("another listener got the port of the broker that is down")
	}
	called.Store(true)
	faultUntil(t, func() bool { return !refused(l) })
}
