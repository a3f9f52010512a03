package settings

// What was refused and why.

import "strconv"

// maxShown is how many bytes of a key from outside an error line shows.
const maxShown = 100

// Error is one setting that was refused.
type Error struct {
	Key     string // as it was given
	Value   string // as it was given; a password stands here in full, so show Error() instead
	Nearest string // the setting that may have been meant, where Key is none; or ""
	Reason  string // why the setting or its value is refused, in the client's words or kstep's; "" where there is no such setting
}

// Unknown reports whether there is no setting of that name.
func (e *Error) Unknown() bool { return e.Reason == "" }

// Error is one line without the value.
func (e *Error) Error() string {
	key := e.Key
	if len(key) > maxShown {
		key = key[:maxShown] + "…"
	}
	switch {
	case !e.Unknown():
		return "setting " + key + ": " + e.Reason
	case e.Nearest != "":
		return "no setting " + strconv.Quote(key) + "; the nearest is " + strconv.Quote(e.Nearest)
	}
	return "no setting " + strconv.Quote(key)
}
