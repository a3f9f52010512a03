package quiz

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"kstep/tracer"
)

// What every question must fulfil before anyone sees it.

const (
	optionCount = 4
	hintCount   = 3
	// longestTimes is how many times as long as the shortest option the
	// longest may be, in tenths: beyond that, length begins to tell.
	longestTimes = 17
)

// Check tells what is wrong with a question by itself, nil where nothing is.
func Check(q Question) error {
	switch {
	case q.ID == "":
		return errors.New("it has no id")
	case strings.TrimSpace(q.Prompt) == "":
		return errors.New("it has no prompt")
	case len(q.Options) != optionCount:
		return fmt.Errorf("it has %d options, not %d", len(q.Options), optionCount)
	case len(q.Reread) == 0:
		return errors.New("it names no row to read again")
	}
	if err := checkOptions(q); err != nil {
		return err
	}
	return checkHints(q)
}

func checkOptions(q Question) error {
	keys, seen, beliefs := 0, map[string]bool{}, map[string]bool{}
	for i, o := range q.Options {
		text := plain(o.Text)
		switch {
		case text == "":
			return fmt.Errorf("option %d has no text", i+1)
		case seen[text]:
			return fmt.Errorf("two options say %q", o.Text)
		case strings.TrimSpace(o.Feedback) == "":
			return fmt.Errorf("option %q has no feedback", o.Text)
		case len(o.Rows) == 0:
			return fmt.Errorf("option %q names no row", o.Text)
		case o.Correct && o.Belief != "":
			return fmt.Errorf("option %q is the key and yet a misconception", o.Text)
		case !o.Correct && (o.Belief == "" || beliefs[o.Belief]):
			return fmt.Errorf("option %q stands for no misconception of its own", o.Text)
		case !o.Correct && byID[o.Belief] == nil:
			return fmt.Errorf("option %q stands for %q, which is not in the catalogue: add it to quiz/catalogue*.go with the thread it comes from", o.Text, o.Belief)
		}
		seen[text], beliefs[o.Belief] = true, true
		if o.Correct {
			keys++
		}
	}
	if keys != 1 {
		return fmt.Errorf("it has %d keys, not 1", keys)
	}
	if lengthTells(q) {
		short, long := lengths(q)
		return fmt.Errorf("its options are of %d to %d characters: length gives something away", short, long)
	}
	return nil
}

// lengthTells tells whether the options differ too much in length.
func lengthTells(q Question) bool {
	short, long := lengths(q)
	return long*10 > short*longestTimes
}

// lengths are those of the shortest and the longest option, in characters.
func lengths(q Question) (short, long int) {
	for i, o := range q.Options {
		n := utf8.RuneCountInString(o.Text)
		if i == 0 || n < short {
			short = n
		}
		long = max(long, n)
	}
	return short, long
}

func checkHints(q Question) error {
	if len(q.Hints) != hintCount {
		return fmt.Errorf("it has %d hints, not %d", len(q.Hints), hintCount)
	}
	key := plain(q.Options[q.Key()].Text)
	for i, h := range q.Hints {
		switch {
		case strings.TrimSpace(h) == "":
			return fmt.Errorf("hint %d is empty", i+1)
		case strings.Contains(plain(h), key):
			return fmt.Errorf("hint %d holds the key", i+1)
		}
	}
	return nil
}

// plain folds case and space, so that a comparison sees words only.
func plain(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// check is Check, and that every row a question names is there.
func check(q Question, runs *tracer.Runs) error {
	if err := Check(q); err != nil {
		return err
	}
	named := slices.Clone(q.Reread)
	for _, o := range q.Options {
		named = append(named, o.Rows...)
	}
	for _, a := range named {
		if !exists(runs, a) {
			return fmt.Errorf("it names row %q, which the run does not have", a)
		}
	}
	return nil
}

// exists finds an address: "3.2", or "no-flush 3" for a row of a twin.
func exists(runs *tracer.Runs, address string) bool {
	if i := strings.LastIndexByte(address, ' '); i >= 0 {
		return runs.Twin(address[:i]).At(address[i+1:]) != nil
	}
	return runs.Main.At(address) != nil
}
