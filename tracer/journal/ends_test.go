//go:build unix

package journal

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// written is how many calls a child records before it ends.
const written = 5000

func init() {
	for name, end := range map[string]func(){
		"exit":  func() { os.Exit(7) },
		"panic": func() { panic("the test's") },
		"segv":  func() { syscall.Kill(os.Getpid(), syscall.SIGSEGV); select {} },
		"kill":  func() { syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} },
		"main":  func() { End() },
	} {
		ends[name] = func() {
			p := Process()
			AtEnd(func() { p.Writer.Event(returned(2, "main hook")) })
			p.Writer.Event(returned(1, "NewProducer"))
			topic, _ := p.Writer.Text("t")
			k := Like{Topic: topic, Key: -1, Value: 3, Channel: -1}
			for i := range written {
				p.Writer.Produce(&k, int64(i), int64(i)+1, uint32(i))
			}
			if os.Getenv(environment) != "" || p.Setup.Bootstrap != "b:1" || p.Setup.Set["linger.ms"] != "5" {
				os.Exit(99)
			}
			end()
		}
	}
}

// A record outlives whatever ends the program, to the last call.
func TestRecordSurvivesAnyEnd(t *testing.T) {
	for name, want := range map[string]string{
		"exit": "exit status 7", "panic": "exit status 2", "segv": "exit status 2", "kill": "signal: killed", "main": "",
	} {
		for _, kind := range []string{"memory", "file"} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				f, err := Create()
				if kind == "file" {
					f, err = ordinary(t, 8<<20), nil
				}
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				cmd := exec.Command(os.Args[0])
				cmd.Env = append(os.Environ(), endEnv+"="+name, Environ(Setup{Journal: 3, Bootstrap: "b:1", Set: map[string]string{"linger.ms": "5"}}))
				cmd.ExtraFiles = []*os.File{f}
				got := ""
				if err := cmd.Run(); err != nil {
					got = err.Error()
				}
				if !strings.HasPrefix(got, want) || want == "" && got != "" {
					t.Fatalf("the child ended with %q, want %q", got, want)
				}
				r := mustRead(t, f)
				events := 2
				if name == "main" {
					events = 3
				}
				if len(r.Messages) != written || len(r.Events) != events || r.Lost+r.Unfinished != 0 || r.Trouble != "" {
					t.Errorf("%d messages, %d events, %d lost, %d unfinished, trouble %q", len(r.Messages), len(r.Events), r.Lost, r.Unfinished, r.Trouble)
				}
				if m := r.Messages[written-1]; m != (Produced{"t", written - 1}) {
					t.Errorf("last message %+v", m)
				}
			})
		}
	}
}

// What cannot be opened is no reason for the program to fail, and the lab is
// told.
func TestTrouble(t *testing.T) {
	f := ordinary(t, 1<<20)
	f.WriteAt([]byte{0xff, 0xff, 0xff, 0xff, 0xff}, atLimit) // more than the file has
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), endEnv+"=trouble", Environ(Setup{Journal: 3}))
	cmd.ExtraFiles = []*os.File{f}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if r := mustRead(t, f); !strings.Contains(r.Trouble, "open journal") {
		t.Errorf("trouble %q", r.Trouble)
	}
}

func init() {
	ends["trouble"] = func() {
		if p := Process(); p == nil || p.Writer != nil {
			os.Exit(9)
		}
		Process().Writer.Event(returned(1, "x")) // keeps nothing, does not fail
	}
}
