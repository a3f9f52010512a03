package walk

import "slices"

// action is what a key asks for.
type action int

const (
	none action = iota
	forward
	back
	first
	last
	nextMoment
	lastMoment
	jump
	search
	nextMatch
	lastMatch
	up
	down
	pageUp
	pageDown
	help
	quit
	hint
	skip
)

// key is a binding: what it is called in the footer and in the help, and the
// names under which bubbletea knows it. Keys for reading and keys for a question
// are two lists, so that b can be an answer.
type key struct {
	action action
	names  []string
	shown  string // how help writes the keys
	short  string // in the footer; empty: not there
	words  string // what help says it does
}

var reading = []key{
	{forward, []string{"right", "space", "n", "enter"}, "right, space, n, Enter", "right next", "one step forward; a question that comes before it is asked first"},
	{back, []string{"left", "p", "b", "backspace"}, "left, p, b", "left back", "one step back"},
	{nextMoment, []string{"m"}, "m", "m moment", "forward to the next Key Moment, asking what comes before it"},
	{lastMoment, []string{"M"}, "M", "", "back to the Key Moment before"},
	{jump, []string{"g"}, "g", "g step", "jump to a step: type its address, such as 3.2, or 3r for the return of call 3"},
	{search, []string{"/"}, "/", "/ search", "jump to the next step whose texts have the words"},
	{nextMatch, []string{"."}, ".", "", "the next step that has them"},
	{lastMatch, []string{","}, ",", "", "the step before that has them"},
	{first, []string{"home", "<", "0"}, "Home, <", "", "to the start"},
	{last, []string{"end", ">", "G"}, "End, >", "", "to the end"},
	{up, []string{"up", "k"}, "up, k", "", "scroll the text up"},
	{down, []string{"down", "j"}, "down, j", "", "scroll it down"},
	{pageUp, []string{"pgup"}, "Page Up", "", "scroll it up by a page"},
	{pageDown, []string{"pgdown"}, "Page Down", "", "scroll it down by a page"},
	{help, []string{"?", "f1"}, "?", "? help", "these keys"},
	{quit, []string{"q", "esc"}, "q, Esc", "q quit", "leave; the predictions are listed afterwards"},
}

var asking = []key{
	{none, nil, "a b c d", "a-d predict", "choose an answer"},
	{hint, []string{"h"}, "h", "h hint", "show a hint, one more each time"},
	{skip, []string{"s"}, "s", "s skip", "go on without a prediction"},
	{back, []string{"left", "backspace"}, "left", "left back", "leave the question open and stay"},
	{up, []string{"up", "k"}, "up, k", "", "scroll the question up"},
	{down, []string{"down", "j"}, "down, j", "", "scroll it down"},
	{pageUp, []string{"pgup"}, "Page Up", "", "scroll it up by a page"},
	{pageDown, []string{"pgdown"}, "Page Down", "", "scroll it down by a page"},
	{help, []string{"?", "f1"}, "?", "? help", "these keys"},
	{quit, []string{"q", "esc"}, "q, Esc", "q quit", "leave"},
}

// bound is what a key asks for in a list.
func bound(keys []key, name string) action {
	for _, k := range keys {
		if slices.Contains(k.names, name) {
			return k.action
		}
	}
	return none
}

// footer are the short names of a list, in order.
func footer(keys []key) []string {
	var out []string
	for _, k := range keys {
		if k.short != "" {
			out = append(out, k.short)
		}
	}
	return out
}
