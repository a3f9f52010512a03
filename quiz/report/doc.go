// Package report makes statistics of recorded answers: how hard each question
// is, how well it tells apart who knows the rest, which misconceptions are
// common, what a discussion changed, and which question to discuss next. It is
// pure: it reads lines and computes; files are opened elsewhere.
//
//	answer.go  one answer, a line of a file of answers
//	read.go    lines into answers, and what was left out
//	item.go    the answers to one question, counted
//	stats.go   shares with their range, discrimination
//	next.go    which question to discuss next, and why
//	report.go  all of it
//	json.go    the same for tools
package report
