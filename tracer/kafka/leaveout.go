//go:build cgo

// What the lab leaves out of the program, so that a reader can see what it is
// there for: the calls of one line, or one setting. The client is not asked;
// the program gets no error and what stands for nothing (tracer.Removable).

package kafka

import (
	"fmt"

	"kstep/tracer"
	"kstep/tracer/journal"
)

// leavesOut tells whether calls of the line that pc stands for are left out.
// Where none are, which is in every run but those made to show this, it costs a
// load. It must be asked by the goroutine of the call, while that lasts.
func (t *trace) leavesOut(pc uintptr) bool { return t.lab.leaveOut != nil && t.lab.leavesOut(pc) }

func (l *lab) leavesOut(pc uintptr) bool {
	if l.leaveOut.Line == 0 {
		return false
	}
	s := l.sites.Site(pc)
	return s != nil && s.Line == l.leaveOut.Line && s.File == l.leaveOut.File
}

// leftOut records a call that the client was not asked for. It returns nil, the
// error such a call has.
func (t *trace) leftOut(pc uintptr, name string, args ...tracer.Value) error {
	return t.recordLeftOut(tracer.Call{Name: name, Site: t.lab.sites.Site(pc), Args: args})
}

// leftOutProduce is leftOut for Produce. A delivery channel simply gets nothing.
func (t *trace) leftOutProduce(pc uintptr, msg *Message, deliveryChan chan Event) error {
	return t.recordLeftOut(tracer.Call{
		Name: "Produce", Site: t.lab.sites.Site(pc), Message: message(msg),
		Args: []tracer.Value{{Name: "deliveryChan", Text: journal.ChannelText(int(capacity(deliveryChan)))}},
	})
}

func (t *trace) recordLeftOut(c tracer.Call) error {
	l := t.lab
	if !l.left.below(inDetail) {
		l.leftMore.Do(func() {
			l.note(tracer.Noted, fmt.Sprintf("kstep left out more calls of %s(), line %d; the first %d are told one by one", c.Name, c.Site.Line, inDetail))
		})
		return nil
	}
	c.Producer, c.Printed, c.Began = t.number, printed(), tracer.Now()
	l.w.Event(&tracer.Event{
		At: c.Began, Lane: tracer.Lab, Kind: tracer.LeftOut, Known: tracer.Observed,
		Text: fmt.Sprintf("%s(), line %d", c.Name, c.Site.Line), Call: &c,
	})
	return nil
}

// less is the program's configuration without the setting that is left out.
// The program's own map is never changed.
func (l *lab) less(conf *ConfigMap) *ConfigMap {
	if l.leaveOut == nil || conf == nil {
		return conf
	}
	key := l.leaveOut.Setting
	v, ok := (*conf)[key]
	if !ok {
		return conf
	}
	c := clone(*conf)
	delete(c, key)
	l.note(tracer.LeftOut, key+"="+shown(key, v))
	return &c
}
