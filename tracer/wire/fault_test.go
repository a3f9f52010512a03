package wire

import (
	"strings"
	"testing"
	"time"

	"kstep/tracer"
)

var (
	faultProduce1 = Frames{API: "Produce", First: 1, Last: 1}
	faultFlush    = Condition{Call: "Flush", M: 1}
)

func TestParseFault(t *testing.T) {
	response := func(f Frames) Frames { f.Response = true; return f }
	for words, want := range map[string]struct {
		Fault
		canonical string // where it is not the words
	}{
		"lose Produce response 1":                          {Fault{Act: Lose, At: response(faultProduce1)}, ""},
		"  LOSE\tproduce  Response 1 ":                     {Fault{Act: Lose, At: response(faultProduce1)}, "lose Produce response 1"},
		"lose Metadata request every":                      {Fault{Act: Lose, At: Frames{API: "Metadata", First: 1, Last: Every}}, ""},
		"lose Produce request 2-3 of a.b_c-D":              {Fault{Act: Lose, At: Frames{API: "Produce", First: 2, Last: 3, Of: Part{"a.b_c-D", AllPartitions}}}, ""},
		"lose Produce request 2-2 of t[12]":                {Fault{Act: Lose, At: Frames{API: "Produce", First: 2, Last: 2, Of: Part{"t", 12}}}, "lose Produce request 2 of t[12]"},
		"lose Metadata request 1 of t":                     {Fault{Act: Lose, At: Frames{API: "Metadata", First: 1, Last: 1, Of: Part{"t", AllPartitions}}}, ""},
		"delay produce request 1 by 1500ms":                {Fault{Act: Delay, At: faultProduce1, By: 1500 * time.Millisecond}, "delay Produce request 1 by 1.5s"},
		"hold Produce request 1 until flush called 1":      {Fault{Act: Hold, At: faultProduce1, Until: faultFlush}, "hold Produce request 1 until Flush called"},
		"pass Metadata response 1 of t AFTER flush called": {Fault{Act: Pass, At: Frames{API: "Metadata", Response: true, First: 1, Last: 1, Of: Part{Topic: "t", Partition: AllPartitions}}, Until: faultFlush}, "pass Metadata response 1 of t after Flush called"},
		"hold Produce request 1 until Produce returned 3":  {Fault{Act: Hold, At: faultProduce1, Until: Condition{Call: "Produce", Returned: true, M: 3}}, ""},
		"hold EndTxn response 1 until Produce request 3 of t": {Fault{Act: Hold, At: Frames{API: "EndTxn", Response: true, First: 1, Last: 1},
			Until: Condition{M: 3, Frame: Frames{API: "Produce", First: 3, Last: 3, Of: Part{"t", AllPartitions}}}}, ""},
		"hold Produce request 1 until metadata response": {Fault{Act: Hold, At: faultProduce1,
			Until: Condition{M: 1, Frame: Frames{API: "Metadata", Response: true, First: 1, Last: 1}}}, "hold Produce request 1 until Metadata response 1"},
		"answer Produce request 1-2 with not_leader_or_follower": {Fault{Act: Answer, At: Frames{API: "Produce", First: 1, Last: 2}, Error: "NOT_LEADER_OR_FOLLOWER"},
			"answer Produce request 1-2 with NOT_LEADER_OR_FOLLOWER"},
		"answer InitProducerID request 1 with CLUSTER_AUTHORIZATION_FAILED":    {Fault{Act: Answer, At: Frames{API: "InitProducerID", First: 1, Last: 1}, Error: "CLUSTER_AUTHORIZATION_FAILED"}, ""},
		"answer Produce request 1 with NOT_ENOUGH_REPLICAS after Flush called": {Fault{Act: Answer, At: faultProduce1, Error: "NOT_ENOUGH_REPLICAS", Until: faultFlush}, ""},
		"down from start":                                {Fault{Act: Down, Node: AllNodes}, ""},
		"down from start until Flush called":             {Fault{Act: Down, Node: AllNodes, Until: faultFlush}, ""},
		"down node 1 at Produce request 1":               {Fault{Act: Down, Node: 1, At: faultProduce1}, ""},
		"down at Produce response 1 until Flush called":  {Fault{Act: Down, Node: AllNodes, At: response(faultProduce1), Until: faultFlush}, ""},
		"move leader of t[0] to 2 at Produce response 1": {Fault{Act: Move, Leader: Part{"t", 0}, Node: 2, At: response(faultProduce1)}, ""},
		"lose Produce request 1 of until":                {Fault{Act: Lose, At: Frames{API: "Produce", First: 1, Last: 1, Of: Part{"until", AllPartitions}}}, ""},
	} {
		got, err := ParseFault(words)
		if err != nil || got != want.Fault {
			t.Errorf("%s: %+v, %v", words, got, err)
			continue
		}
		if want.canonical == "" {
			want.canonical = words
		}
		if got.String() != want.canonical {
			t.Errorf("%s: written %q, want %q", words, got.String(), want.canonical)
		}
		if again, err := ParseFault(got.String()); err != nil || again != got {
			t.Errorf("%s: its words make %+v, %v", words, again, err)
		}
	}
}

func TestParseFaultErrors(t *testing.T) {
	for words, want := range map[string]string{
		"":                                                                     `it ends where "lose" or "delay" or "hold" or "pass" or "answer" or "down" or "move" should be`,
		"lost Produce response 1":                                              `"lost" is not what a fault does; the nearest is "lose"`,
		"lose Prodcue response 1":                                              `"Prodcue" is not a request of the protocol; the nearest is "Produce"`,
		"lose Produce":                                                         `it ends where "request" or "response" should be`,
		"lose Produce answer 1":                                                `"answer" is not request or response; the nearest is`,
		"lose Produce response":                                                `write 1, 2, 1-3 or every`,
		"lose Produce response 0":                                              `"0" does not say which one; write 1, 2, 1-3 or every`,
		"lose Produce response 3-1":                                            `"3-1" does not say which one`,
		"lose Produce response all":                                            `"all" does not say which one`,
		"lose Produce response 01":                                             `"01" does not say which one`,
		"lose Produce response 1 x":                                            `"x" is one word too many`,
		"lose Produce response 1 of":                                           `"" is no topic's name`,
		"lose Produce response 1 of a/b":                                       `letters, digits, '.', '_' and '-'`,
		"lose Produce response 1 of t[x]":                                      `"t[x]" is not a partition; write t[0]`,
		"lose Produce response 1 of t[1":                                       `"t[1" is not a partition`,
		"lose Metadata request 1 of t[0]":                                      `Metadata is of a topic, not of a partition; write "of t"`,
		"lose EndTxn request 1 of t":                                           `"of t" goes with Produce and Metadata only`,
		"delay Produce request 1":                                              `it ends where "by" should be`,
		"delay Produce request 1 by":                                           `"" is not a time with its unit; write 200ms or 2s`,
		"delay Produce request 1 by 0s":                                        `"0s" is not a time`,
		"delay Produce request 1 by 10":                                        `"10" is not a time`,
		"pass Produce request 1":                                               `it ends where "after" should be`,
		"hold Produce request 1":                                               `it ends where "until" should be`,
		"hold Produce request 1 until":                                         `it ends where "called" or "returned" or "request" or "response" should be`,
		"hold Produce request 1 until Flush":                                   `it ends where "called"`,
		"hold Produce request 1 until Flsh called":                             `"Flsh" is not a call of the producer; the nearest is "Flush"`,
		"hold Produce request 1 until Metadata returned":                       `Metadata is a request, not a call; write "Metadata request"`,
		"hold Produce request 1 until Flush called 0":                          `"0" does not say which one; write 1, 2, 3 ...`,
		"hold Produce request 1 until Flush called 1-2":                        `"1-2" does not say which one`,
		"hold Produce request 1 until Flush called of t":                       `"of" is one word too many`,
		"answer Produce response 1 with NOT_ENOUGH_REPLICAS":                   `an answer is given to a request; write "Produce request 1"`,
		"answer Produce request 1 with NOT_ENOUGH_REPLICA":                     `the nearest is "NOT_ENOUGH_REPLICAS"`,
		"answer Produce request 1 with NOT_LEADER_FOR_PARTITION":               `the nearest is "NOT_LEADER_OR_FOLLOWER"`,
		"answer Fetch request 1 with":                                          `it ends where an error of the protocol should be`,
		"answer ListOffsets request 1 with NONE":                               `the response to ListOffsets has no error of its own`,
		"answer Produce request 1 with NOT_ENOUGH_REPLICAS until Flush called": `"until" is not what follows; the nearest is "after"`,
		"down":                              `it ends where "at" or "from" should be`,
		"down node":                         `"" is not a node; write 0, 1, 2 ...`,
		"down node one from start":          `"one" is not a node`,
		"down node -1 from start":           `"-1" is not a node`,
		"down from begin":                   `"begin" is not the start; the nearest is "start"`,
		"down from start unti Flush called": `"unti" is not what follows; the nearest is "until"`,
		"move leader of t to 1 at Produce request 1": `"t" has no partition; write t[0]`,
		"move leader of t[0] at Produce request 1":   `"at" is not what follows; the nearest is "to"`,
		strings.Repeat("lose ", 100):                 `it is too long`,
	} {
		f, err := ParseFault(words)
		if err == nil || !strings.Contains(err.Error(), want) || f != (Fault{}) {
			t.Errorf("%s:\n%+v, %v, want %s", words, f, err, want)
		} else if strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%s: the error is not one clean line: %q", words, err)
		}
	}
}

// Frames match by what they are, and by topic and partition.
func TestFramesMatch(t *testing.T) {
	produce := &tracer.Frame{API: "Produce", Batches: []tracer.Batch{{Topic: "t", Partition: 1}, {Topic: "u", Partition: 0}}}
	metadata := &tracer.Frame{API: "Metadata", Topics: []tracer.Topic{{Name: "t"}}}
	for words, want := range map[string]bool{
		"Produce request 1":          true,
		"Produce response 1":         false,
		"Metadata request 1":         false,
		"Produce request every of t": true,
		"Produce request 1 of t[1]":  true,
		"Produce request 1 of t[0]":  false,
		"Produce request 1 of u[0]":  true,
		"Produce request 1 of v":     false,
	} {
		f, err := ParseFault("lose " + words)
		if err != nil || f.At.match(produce, false) != want {
			t.Errorf("%s: %v, want %v (%v)", words, !want, want, err)
		}
	}
	f, _ := ParseFault("lose Metadata response 1 of t")
	if !f.At.match(metadata, true) || f.At.match(produce, true) || (Frames{}).match(&tracer.Frame{}, false) {
		t.Error("the topic of Metadata does not match as it should")
	}
}

// What ends a frame's way happens last, and once.
func TestFaultsAtOneFrame(t *testing.T) {
	var list []Fault
	for _, words := range []string{
		"answer Produce request 1 with NOT_ENOUGH_REPLICAS", "lose Produce request 1", "move leader of t[0] to 1 at Produce request 1",
		"delay Produce request 1 by 1s", "hold Produce request 2 until Flush called", "hold Produce request 1 until Flush called",
	} {
		f, err := ParseFault(words)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	s := newFaults(NewTap(func(tracer.Event) {}), Faults{List: list})
	acts := func() (out []string) {
		for _, r := range s.at(&tracer.Frame{API: "Produce"}, false) {
			out = append(out, string(r.Act))
		}
		return out
	}
	if got := strings.Join(acts(), " "); got != "delay hold move answer" {
		t.Errorf("at the first request: %s", got)
	}
	if got := strings.Join(acts(), " "); got != "hold" {
		t.Errorf("at the second request: %s", got)
	}
}

func FuzzParseFault(f *testing.F) {
	for _, words := range []string{
		"lose Produce response 1", "delay Produce request 1-3 of t[0] by 1h2m3.5s", "hold Produce request every until Flush called 2",
		"answer Produce request 1 with NOT_ENOUGH_REPLICAS after Produce request 3 of t", "down node 1 at EndTxn request 1 until EndTxn returned",
		"down from start", "move leader of t[0] to 1 at Produce response 1", "hold x 1 until of",
	} {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		got, err := ParseFault(words)
		if err != nil {
			if got != (Fault{}) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q: %+v, %q", words, got, err)
			}
			return
		}
		again, err := ParseFault(got.String())
		if err != nil || again != got || again.String() != got.String() {
			t.Errorf("%q: %q makes %+v, %v", words, got, again, err)
		}
	})
}
