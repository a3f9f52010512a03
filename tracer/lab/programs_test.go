package lab

// The programs that the tests run as the child.

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"kstep/tracer/kafka"
)

// lookup is the child's table. A program's name may be followed by a word that
// it is given.
func lookup(name string) func() {
	name, word, _ := strings.Cut(name, " ")
	p := programs[name]
	if p == nil {
		return nil
	}
	return func() { p(word) }
}

var programs = map[string]func(word string){
	"ordinary":   ordinary,
	"exit":       func(code string) { deliver("t", "one"); n, _ := strconv.Atoi(code); os.Exit(n) },
	"panic":      func(string) { deliver("t", "one"); panic("as it was told to") },
	"killed":     func(string) { deliver("t", "one"); endBy(syscall.SIGKILL) },
	"segfault":   func(string) { deliver("t", "one"); endBy(syscall.SIGSEGV) },
	"terminated": func(string) { deliver("t", "one"); endBy(syscall.SIGTERM) },
	"wait":       waitAfter,
	"hang":       func(string) { hang() },
	"late-hang":  func(string) { time.Sleep(time.Second); hang() }, // as on a machine that is busy
	"late":       func(string) { time.Sleep(time.Second) },         // makes no call
	"busy":       func(string) { deliver("t", "one"); busy() },
	"grandchild": func(pid string) { deliver("t", "one"); leaveBehind(pid) },
	"look":       lookAround,
	"partitions": func(word string) { partitions(word) },
	"values":     func(word string) { deliver("t", word, word, word) },
	"lines":      lines5000,
	"junk":       junk,
	"imitate":    imitate,
	"nothing":    func(string) {},
	"silent":     silent,
	"lab":        runsALab,
}

// producer is an ordinary one.
func producer(more kafka.ConfigMap) *kafka.Producer {
	c := kafka.ConfigMap{"bootstrap.servers": "localhost:9092"}
	for k, v := range more {
		c[k] = v
	}
	p, err := kafka.NewProducer(&c)
	if err != nil {
		log.Fatal(err)
	}
	return p
}

// deliver sends values and waits until the broker has them all.
func deliver(topic string, values ...string) {
	p := producer(nil)
	reports := make(chan kafka.Event, len(values))
	for _, v := range values {
		send(p, topic, kafka.PartitionAny, v, reports)
	}
	if left := p.Flush(30_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}

func send(p *kafka.Producer, topic string, partition int32, value string, reports chan kafka.Event) {
	err := p.Produce(&kafka.Message{TopicPartition: kafka.TopicPartition{Topic: &topic, Partition: partition}, Value: []byte(value)}, reports)
	if err != nil {
		log.Fatal(err)
	}
}

func ordinary(string) {
	fmt.Println("to stdout")
	deliver("t", "one")
	fmt.Fprintln(os.Stderr, "to stderr")
}

func endBy(s syscall.Signal) {
	syscall.Kill(os.Getpid(), s)
	select {} // the signal may take its time
}

// waitAfter delivers a message, makes a file so that the test knows, and waits
// for ever.
func waitAfter(file string) {
	deliver("t", "one")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		log.Fatal(err)
	}
	r, w, _ := os.Pipe()
	r.Read(make([]byte, 1)) // nobody writes
	w.Close()
}

// silent writes its id into a file and waits for ever. It has no client whose
// log could meet a closed pipe.
func silent(file string) {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1) // so that waiting is no deadlock
	putID(file, os.Getpid())
	select {}
}

// putID writes a process's id into a file that is whole when it is there.
func putID(file string, pid int) {
	if err := os.WriteFile(file+".new", []byte(strconv.Itoa(pid)), 0o600); err != nil {
		log.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		log.Fatal(err)
	}
}

// runsALab is what kstep is: a process that runs a program.
func runsALab(file string) {
	if _, err := Run(context.Background(), Options{Program: "silent " + file}); err != nil {
		log.Fatal(err)
	}
}

// hang never comes back from Flush: the second report finds no room.
func hang() {
	p := producer(kafka.ConfigMap{"batch.num.messages": 1})
	reports := make(chan kafka.Event)
	send(p, "t", kafka.PartitionAny, "one", reports)
	send(p, "t", kafka.PartitionAny, "two", reports)
	p.Flush(1000)
}

func busy() {
	for n := 0; ; n++ {
	}
}

// leaveBehind starts a process that keeps this one's output open and outlives
// it, and writes its id into a file.
func leaveBehind(file string) {
	c := exec.Command("sleep", "600")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if err := c.Start(); err != nil {
		log.Fatal(err)
	}
	putID(file, c.Process.Pid)
	fmt.Println("left behind")
}

// lookAround prints what a process that this one starts can see of the lab.
func lookAround(string) {
	c := exec.Command("sh", "-c", "env | grep -c -e ^KSTEP_LAB= -e ^KSTEP_PROGRAM=; for f in /proc/self/fd/*; do readlink $f; done | grep -c journal; true")
	out, err := c.Output()
	fmt.Printf("%s %v\n", strings.Join(strings.Fields(string(out)), " "), err)
	in, err := io.ReadAll(os.Stdin)
	fmt.Printf("stdin %q %v\n", in, err)
}

// partitions sends word's number of equal messages to each of four partitions.
func partitions(word string) {
	n, _ := strconv.Atoi(word)
	p := producer(nil)
	reports := make(chan kafka.Event, 4*n)
	for range n {
		for partition := range int32(4) {
			send(p, "four", partition, "same", reports)
		}
	}
	if left := p.Flush(30_000); left > 0 {
		log.Fatalf("%d still waiting", left)
	}
}

func lines5000(string) {
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for i := range 5000 {
		fmt.Fprintln(w, "line", i+1)
	}
}

// junk writes bytes that are no text, a very long line, and a line without an
// end.
func junk(string) {
	os.Stderr.Write([]byte("\x00\xff\xfe junk \x1b[31m\r\n"))
	os.Stdout.Write([]byte("\x80bytes\n"))
	fmt.Println(strings.Repeat("ä", 3000))
	os.Stderr.WriteString("half a line")
	os.Stdout.WriteString("also half\r")
}

// imitate prints to stdout what looks like a line of the client.
func imitate(string) {
	fmt.Println("%3|1795485045.837|FAIL|rdkafka#producer-1| [thrd:app]: not the client's")
}
