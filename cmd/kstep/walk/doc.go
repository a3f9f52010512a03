// Package walk steps through a run: full screen on a terminal, or as text that
// reads as sentences. Both show the same walk (view.Walk), ask the same
// questions before the same stops, and keep the same predictions.
//
//	predict.go  what is asked, answered and kept; no terminal
//	words.go    a prediction beside what the run shows, as sentences
//	model.go    the state of the screen
//	update.go   what a key does to it
//	keys.go     the keys, for update, footer and help alike
//	view.go     the screen of a model, and how it is divided
//	panes.go    the parts of a screen: code, table, tracker, lanes
//	story.go    the part that tells, asks and compares; start, end and help
//	run.go      the program on a real terminal
//	plain.go    the same as linear text
package walk
