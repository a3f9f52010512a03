// The door of a traced process: its writer and the lab's wishes.

package journal

import (
	"encoding/json"
	"os"
	"sync"
)

// environment is the name of the variable by which the lab tells a process
// that it is traced, and how.
const environment = "KSTEP_LAB"

// Setup is what the lab asks of the program's process.
type Setup struct {
	Journal   int               `json:"journal"`         // the inherited descriptor of the journal's file
	Bootstrap string            `json:"bootstrap"`       // host:port,host:port of the lab's brokers, in place of the program's
	Set       map[string]string `json:"set,omitempty"`   // client settings to change
	Debug     string            `json:"debug,omitempty"` // contexts of the client's log (librdkafka's "debug"); empty: none
	LeaveOut  *LeaveOut         `json:"leaveOut,omitempty"`
}

// LeaveOut is what the program's process is to leave out: the calls of one line
// of its source, or one setting of its producers.
type LeaveOut struct {
	File    string `json:"file,omitempty"` // base name, as tracer.Site has it
	Line    int    `json:"line,omitempty"`
	Setting string `json:"setting,omitempty"`
}

// Program is a traced process as the lab sees it. Writer is nil where the
// journal could not be opened: the program then runs unrecorded, and the
// reader is told why (Record.Trouble).
type Program struct {
	Setup  Setup
	Writer *Writer
}

// Environ is the setup as an entry of a process's environment, "name=value".
func Environ(s Setup) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic("journal: a setup is plain data: " + err.Error())
	}
	return environment + "=" + string(text)
}

// program reads the environment once and takes the variable out of it, so that
// the program's own children are not traced into the same file.
var program = sync.OnceValue(func() *Program {
	text, ok := os.LookupEnv(environment)
	if !ok {
		return nil
	}
	os.Unsetenv(environment)
	var s Setup
	if err := json.Unmarshal([]byte(text), &s); err != nil || s.Journal <= 2 {
		return nil
	}
	p := &Program{Setup: s}
	f, err := private(s.Journal)
	if err == nil {
		if p.Writer, err = Open(f); err != nil {
			leave(f, err)
		}
	}
	return p
})

// leave writes into the file why nothing else will come: the program must not
// fail for it, and its stderr is the program's.
func leave(f *os.File, why error) {
	text := why.Error()
	f.WriteAt([]byte(text[:min(len(text), troubleAt-1)]), atTrouble)
}

// Process is this process's setup and writer, nil when no lab started it. The
// first call reads the environment and removes the variable. Safe for
// concurrent use.
func Process() *Program { return program() }
