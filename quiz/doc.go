// Package quiz asks about a recorded run. Every prompt, key, wrong option,
// hint and feedback is computed from the trace; a run that cannot decide a
// question makes an error, never a guess. The package imports the standard
// library and tracer only.
//
// The way of a question, a file a noun:
//
//	question.go    what a question is
//	stateafter.go  kinds of questions, one a file: whichstep.go, returned.go
//	               (Flush) and returnedproduce.go, whatif.go and outcome.go,
//	               whoacts.go, proves.go, nextevent.go, order.go, findbug.go,
//	               whichholds.go, howmany.go; tried.go, on a change that was run
//	numbers.go     counts that many lessons ask for, made of howmany.go
//	evidence.go    what the kinds ask of a run: the row of a call, the words for counts
//	way.go         the way of a message, row by row, by cause
//	instant.go     moments of a run, and which came first by cause
//	sourcediff.go  where the sources of two programs differ
//	words.go       the words the kinds share, and the names of the lesson's sections
//	misconception.go  what wrong options stand for; the lists are in catalogue*.go
//	build.go       makers into a quiz: options in seeded order, keys spread over a-d
//	choose.go      which wrong options are shown, where there are more than three
//	guess.go       what the options alone give away
//	check.go       what every question must fulfil before it is shown
//	session.go     asking one by one, on a terminal or from a pipe
//	ask.go         one question of a session, from its prompt to its result
//	discuss.go     two votes with a discussion between them; the hints afterwards
//	reorder.go     the options in another order
//	line.go        lines of an input that may never come
//	printer.go     cleaned, wrapped and styled text
//	score.go       results, and grading without asking
package quiz
