package clientlog

// Wording that is the same in every run, so that a message can be shown.

import (
	"regexp"
	"strings"
)

// varying are the parts of a message that differ from run to run, and what is
// shown instead. A rule is tried only where the message holds its hint: most
// messages hold none.
var varying = []struct {
	hint string
	find *regexp.Regexp
	show string
}{
	{"PID{Id:", regexp.MustCompile(`PID\{Id:-?\d+,Epoch:(-?\d+)\}`), "PID{epoch $1}"},
	{"0x", regexp.MustCompile(`0x[0-9a-f]{6,}`), "0x…"},
	{"socket ", regexp.MustCompile(`\bwith socket \d+`), "with a socket"},
	{"(id ", regexp.MustCompile(`\(id \S+\)`), "(id …)"},
	{" id from ", regexp.MustCompile(` id from \S+ to \S+`), " id"},
	{"ms", regexp.MustCompile(`\b(rtt|after|suppressed for) \d+(\.\d+)?ms`), "$1 …ms"},
	{"ms ago", regexp.MustCompile(`-?\d+ms ago`), "…ms ago"},
	{" refcnt", regexp.MustCompile(`\b\d+ refcnt`), "… refcnt"},
	{" identical error", regexp.MustCompile(`\b\d+ identical error`), "… identical error"},
}

// address is a host with a port, with what the client puts before (protocol,
// address family) and after (node id). A source position of the client's own
// (rd_kafka_topic_new0:489) has the same form and is kept.
var address = regexp.MustCompile(`(?:[a-z_]+://)?(?:ipv[46]#)?(?:\[[0-9A-Fa-f:.%]+\]|\b[A-Za-z0-9][A-Za-z0-9._-]*|\B):\d{1,5}\b(/bootstrap\b|/internal\b|/\d+\b)?`)

func words(s string) string {
	s = strings.TrimSpace(s) // what belongs to a longer report is indented
	for _, v := range varying {
		if strings.Contains(s, v.hint) {
			s = v.find.ReplaceAllString(s, v.show)
		}
	}
	if !hasPort(s) {
		return s
	}
	s = address.ReplaceAllStringFunc(s, func(a string) string {
		if strings.HasPrefix(a, "rd_") {
			return a
		}
		_, role, found := strings.Cut(a[strings.LastIndexByte(a, ':'):], "/")
		switch {
		case !found && strings.HasPrefix(a, ":"):
			return a
		case !found:
			return "the broker's address"
		case digits(role) == len(role):
			return "broker " + role
		}
		return "the " + role + " broker"
	})
	return strings.ReplaceAll(s, "broker broker ", "broker ")
}

// hasPort: a colon with a digit right after it.
func hasPort(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == ':' && s[i+1] >= '0' && s[i+1] <= '9' {
			return true
		}
	}
	return false
}

// clean makes text of bytes: what is no UTF-8, and NUL, becomes U+FFFD.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "\uFFFD")
	}
	return s
}
