// Command kstep runs a real Kafka producer, records everything that happens to
// each message, and turns the record into a lesson. See docs/architecture.md.
package main

import (
	"os"

	"kstep/scenarios"
	"kstep/tracer/lab"
)

func main() {
	lab.RunIfChild(scenarios.Program) // does not return where this process is a lesson's program
	os.Exit(run(os.Args[1:], system()))
}
