package main

import "fmt"

// greet is what kstep alone says: what it is and what to type next.
func greet(s *streams) error {
	_, err := fmt.Fprint(s.Out, `kstep runs a real Kafka producer, records every step, and shows what happened.

  kstep run first-message    the first lesson: Produce(), then Flush()
  kstep list                 all lessons, in teaching order
  kstep --help               everything else

No broker, no account and no network are needed: kstep brings its own.
`)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}
