package tracer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Without says what the lab leaves out of a run of a program that is otherwise
// the same: the calls of one line, or one setting. The zero value leaves
// nothing out.
type Without struct {
	Line    int    // of the program's source, 0: none
	Setting string // a key of the configuration its producers are made with, "": none
}

// linePrefix begins the words of a line; no setting of a client begins so.
const linePrefix = "line:"

// ParseWithout reads the words of --without and of a trace's header: line:28,
// or a setting's key.
func ParseWithout(words string) (Without, error) {
	digits, isLine := strings.CutPrefix(words, linePrefix)
	switch {
	case isLine:
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 {
			return Without{}, fmt.Errorf("%q names no line; give line:N, N counted from 1", words)
		}
		return Without{Line: n}, nil
	case words == "" || strings.ContainsAny(words, " =\t\n"):
		return Without{}, fmt.Errorf("%q is neither line:N nor the key of a setting", words)
	}
	return Without{Setting: words}, nil
}

// String is what ParseWithout reads; empty where nothing is left out.
func (w Without) String() string {
	if w.Line > 0 {
		return linePrefix + strconv.Itoa(w.Line)
	}
	return w.Setting
}

// Twin is the name of a run that leaves this out, as rows of it are cited:
// without-line-28, without-linger.ms.
func (w Without) Twin() string {
	if w.Line > 0 {
		return "without-line-" + strconv.Itoa(w.Line)
	}
	return "without-" + w.Setting
}

// Removable are the calls of a producer that can be left out of a program: it
// can go on with what the lab answers in their place, which is no error and
// nothing done. Making a producer is none of them, and neither are calls that
// only look.
func Removable(call string) bool { return slices.Contains(removable, call) }

var removable = []string{
	"Produce", "Flush", "Close", "Purge", "GetMetadata",
	"InitTransactions", "BeginTransaction", "SendOffsetsToTransaction", "CommitTransaction", "AbortTransaction",
}

// Necessary tells of a setting that cannot be left out: without an address the
// client has nobody to talk to, and the lab replaces it anyway.
func Necessary(setting string) bool {
	return setting == "bootstrap.servers" || setting == "metadata.broker.list"
}
