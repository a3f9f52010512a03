// Does not compile.
package main

import "kstep/tracer/kafka"

func main() {
	p, err := kafka.NewProducer(nil)
	undefined(p)
}
