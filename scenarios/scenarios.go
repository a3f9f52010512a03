// Package scenarios is the curriculum: every lesson, in the order they are
// taught, and the way from a lesson to its trace and its document.
package scenarios

import (
	"slices"

	"kstep/scenarios/acks"
	"kstep/scenarios/brokerdownatstart"
	"kstep/scenarios/brokerdownrecovery"
	"kstep/scenarios/compression"
	"kstep/scenarios/deliveryreport"
	"kstep/scenarios/exitwithoutflush"
	"kstep/scenarios/firstmessage"
	"kstep/scenarios/flushonce"
	"kstep/scenarios/flushoverrideslinger"
	"kstep/scenarios/flushtimeout"
	"kstep/scenarios/fullchannel"
	"kstep/scenarios/headers"
	"kstep/scenarios/keys"
	"kstep/scenarios/lesson"
	"kstep/scenarios/linger"
	"kstep/scenarios/lostack"
	"kstep/scenarios/messagetoolarge"
	"kstep/scenarios/noerrorisnotdelivery"
	"kstep/scenarios/oneproducer"
	"kstep/scenarios/queuefull"
	"kstep/scenarios/reordering"
	"kstep/scenarios/syncproduce"
	"kstep/scenarios/transactions"
	"kstep/scenarios/unknowntopic"
	"kstep/scenarios/unreadevents"
)

// All are the lessons in teaching order, drafts among them.
func All() []*lesson.Lesson {
	return []*lesson.Lesson{
		firstmessage.Lesson(),
		noerrorisnotdelivery.Lesson(),
		exitwithoutflush.Lesson(),
		flushonce.Lesson(),
		deliveryreport.Lesson(),
		syncproduce.Lesson(),
		unreadevents.Lesson(),
		fullchannel.Lesson(),
		linger.Lesson(),
		flushoverrideslinger.Lesson(),
		queuefull.Lesson(),
		flushtimeout.Lesson(),
		brokerdownatstart.Lesson(),
		brokerdownrecovery.Lesson(),
		unknowntopic.Lesson(),
		messagetoolarge.Lesson(),
		keys.Lesson(),
		headers.Lesson(),
		compression.Lesson(),
		acks.Lesson(),
		oneproducer.Lesson(),
		lostack.Lesson(),
		reordering.Lesson(),
		transactions.Lesson(),
	}
}

// Taught are the lessons in teaching order without those that are drafts: the
// curriculum that documents show.
func Taught() []*lesson.Lesson {
	return slices.DeleteFunc(All(), func(l *lesson.Lesson) bool { return l.Draft })
}

// Find is the lesson with an id, and its place in the curriculum counted from
// 1, of a draft 0; nil where there is none.
func Find(id string) (*lesson.Lesson, int) {
	n := 0
	for _, l := range All() {
		if !l.Draft {
			n++
		}
		switch {
		case l.ID != id:
		case l.Draft:
			return l, 0
		default:
			return l, n
		}
	}
	return nil, 0
}

// ProgramName is how a child process is told which program to run.
func ProgramName(id, variant string) string {
	if variant == "" {
		return id
	}
	return id + "/" + variant
}

// Program is the main function of a lesson's program, nil for a name that is
// not known. It is what lab.RunIfChild looks up.
func Program(name string) func() {
	for _, l := range All() {
		if name == l.ID {
			return l.Program.Main
		}
		for _, v := range l.Variants {
			if name == ProgramName(l.ID, v.Name) {
				c, _ := l.Of(v.Name)
				return c.Program.Main
			}
		}
	}
	return nil
}
