package settings

// The setting somebody may have meant.

import "strings"

// nearest is the setting that takes the fewest changes to key, if those are
// few, or the shortest that begins with key; "" if there is none. Settings
// that would be refused are not offered.
func nearest(key string) string {
	if len(key) > maxShown {
		return ""
	}
	key = strings.NewReplacer("_", ".", "-", ".").Replace(strings.ToLower(key))
	best, least := "", max(2, len(key)/3)+1
	begins := ""
	for _, name := range names() {
		if owned[name] != "" {
			continue
		}
		if d := distance(key, name); d < least {
			best, least = name, d
		}
		if key != "" && strings.HasPrefix(name, key) && (begins == "" || len(name) < len(begins)) {
			begins = name
		}
	}
	if best != "" {
		return best
	}
	return begins
}

// distance is how many bytes must be added, removed, replaced or swapped with
// their neighbour to make b of a.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
