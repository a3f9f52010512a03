// Package inject keeps blocks of lessons in Markdown files: a table of a run,
// between two comments, that is written by kstep and checked by it.
//
//	<!-- kstep:begin first-message process-table columns=step,action,result -->
//	<!-- kstep:end -->
//
// It finds the blocks (file.go), understands their markers (marker.go,
// options.go), writes what belongs in them (block.go, choose.go), and says what
// is another than it should be (diff.go). It reads no file and runs no program:
// documents are given to it.
package inject
