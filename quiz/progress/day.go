package progress

import (
	"fmt"
	"time"
)

// Day is a day of the learner's own calendar, 2026-01-31. Days compare as
// their texts do; the empty one is none.
type Day string

// DayOf is the day of a moment, in the moment's own time zone.
func DayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// ParseDay reads a day.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || DayOf(t) != Day(s) {
		return "", fmt.Errorf("%q is no day; write it as 2026-01-31", s)
	}
	return Day(s), nil
}

// Plus is the day n days later. Of what is no day it is the same.
func (d Day) Plus(n int) Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return DayOf(t.AddDate(0, 0, n))
}
