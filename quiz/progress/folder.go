package progress

import (
	"errors"
	"fmt"
	"path/filepath"
)

// FileName is the name of the progress file in its folder.
const FileName = "progress.json"

// ErrOff says that the learner wants nothing kept.
var ErrOff = errors.New("KSTEP_STATE=off keeps no progress; unset it, or set it to a folder")

// Folder is where progress is kept: $KSTEP_STATE, else kstep in $XDG_STATE_HOME,
// else .local/state/kstep in $HOME. It makes no folder. The error is ErrOff
// where $KSTEP_STATE is "off".
func Folder(getenv func(string) string) (string, error) {
	switch state := getenv("KSTEP_STATE"); state {
	case "":
	case "off":
		return "", ErrOff
	default:
		folder, err := filepath.Abs(state)
		if err != nil {
			return "", fmt.Errorf("KSTEP_STATE=%s: %w", state, err)
		}
		return folder, nil
	}
	// The rule of XDG: a path that is not absolute is ignored.
	if state := getenv("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, "kstep"), nil
	}
	if home := getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "state", "kstep"), nil
	}
	return "", errors.New("there is no HOME to keep progress in; set KSTEP_STATE to a folder")
}
