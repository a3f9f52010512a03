// Is no program that kstep can see into.
package main

import "fmt"

func main() { fmt.Println("hello") }
