package settings

// key=value from a command line.

import (
	"fmt"
	"strings"
)

// Parse reads the arguments of a repeatable --set key=value. Blanks around the
// key are dropped; the value is taken as it is, may hold further equals signs
// and may be empty. It fails where an equals sign or the key is missing and
// where a key is given twice, and names it. No arguments give an empty map. It
// does not look at what the keys are: see Check.
func Parse(pairs []string) (map[string]string, error) {
	set := make(map[string]string, len(pairs))
	for _, pair := range pairs {
		key, value, found := strings.Cut(pair, "=")
		key = strings.TrimSpace(key)
		if !found {
			return nil, fmt.Errorf("%q is not of the form key=value", pair)
		}
		if key == "" {
			return nil, fmt.Errorf("%q names no setting before the equals sign", pair)
		}
		if _, twice := set[key]; twice {
			return nil, fmt.Errorf("setting %s is given twice", key)
		}
		set[key] = value
	}
	return set, nil
}
