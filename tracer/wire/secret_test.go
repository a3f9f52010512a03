// Nothing of a secret is recorded, not even its size.

package wire

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twmb/franz-go/pkg/kmsg"

	"kstep/tracer"
)

// secrets are requests and responses that carry this secret.
func secrets(s string) map[string]struct {
	req  kmsg.Request
	resp kmsg.Response
} {
	raw := []byte(s)
	return map[string]struct {
		req  kmsg.Request
		resp kmsg.Response
	}{
		"SaslAuthenticate": {&kmsg.SASLAuthenticateRequest{SASLAuthBytes: raw}, &kmsg.SASLAuthenticateResponse{SASLAuthBytes: raw, ErrorMessage: &s, ErrorCode: 58}},
		"AlterUserScramCredentials": {&kmsg.AlterUserSCRAMCredentialsRequest{Upsertions: []kmsg.AlterUserSCRAMCredentialsRequestUpsertion{{Name: "u", SaltedPassword: raw, Salt: raw}}},
			&kmsg.AlterUserSCRAMCredentialsResponse{Results: []kmsg.AlterUserSCRAMCredentialsResponseResult{{User: "u", ErrorMessage: &s}}}},
		"AlterConfigs": {&kmsg.AlterConfigsRequest{Resources: []kmsg.AlterConfigsRequestResource{{Configs: []kmsg.AlterConfigsRequestResourceConfig{{Name: "ssl.key.password", Value: &s}}}}},
			&kmsg.AlterConfigsResponse{Resources: []kmsg.AlterConfigsResponseResource{{ErrorMessage: &s}}}},
		"IncrementalAlterConfigs": {&kmsg.IncrementalAlterConfigsRequest{Resources: []kmsg.IncrementalAlterConfigsRequestResource{{Configs: []kmsg.IncrementalAlterConfigsRequestResourceConfig{{Name: "ssl.key.password", Value: &s}}}}},
			&kmsg.IncrementalAlterConfigsResponse{Resources: []kmsg.IncrementalAlterConfigsResponseResource{{ErrorMessage: &s}}}},
		"CreateDelegationToken": {&kmsg.CreateDelegationTokenRequest{Renewers: []kmsg.CreateDelegationTokenRequestRenewer{{PrincipalName: s}}},
			&kmsg.CreateDelegationTokenResponse{TokenID: s, HMAC: raw}},
	}
}

// Two secrets of different length give the same events: nothing can be told
// from them. A secret is one whatever becomes of the frame.
func TestSecrets(t *testing.T) {
	const short, long = "pw", "a much longer password"
	for name, c := range secrets(short) {
		for version := range c.req.MaxVersion() + 2 { // one that kstep does not know, too
			short, long := secretEvents(c.req, c.resp, version), secretEvents(secrets(long)[name].req, secrets(long)[name].resp, version)
			if d := cmp.Diff(short, long); d != "" {
				t.Errorf("%s v%d: the events tell secrets apart:\n%s", name, version, d)
			}
			want := []tracer.Kind{tracer.Request, tracer.Response, tracer.Undecoded, tracer.Request}
			for i, e := range short {
				if e.Kind != want[i] || e.Frame.Bytes != 0 || strings.Contains(string(asJSON(t, e)), "pw") {
					t.Errorf("%s v%d: %s", name, version, asJSON(t, e))
				}
			}
		}
	}
}

// secretEvents are a request, its response, a request that was cut, and one
// whose body is not what it should be.
func secretEvents(req kmsg.Request, resp kmsg.Response, version int16) []tracer.Event {
	d := NewDecoder(1, 0, nil)
	frame := ask(req, version, 5)
	out := []tracer.Event{d.Request(frame), d.Response(answer(resp, version, 5)), d.Undecoded(frame[:len(frame)-1], "cut")}
	return append(out, d.Request(framed(frame[lengthSize:len(frame)-1])))
}

// After SaslHandshake v0, frames are tokens without a header. The handshake
// itself, and its answer, are shown.
func TestTokensWithoutHeader(t *testing.T) {
	events := func(token string) []tracer.Event {
		d := NewDecoder(1, 0, nil)
		return []tracer.Event{
			d.Request(ask(&kmsg.SASLHandshakeRequest{Mechanism: "PLAIN"}, 0, 5)),
			d.Response(answer(&kmsg.SASLHandshakeResponse{SupportedMechanisms: []string{"PLAIN"}}, 0, 5)),
			d.Request(framed([]byte(token))),
			d.Response(framed([]byte(token))),
			d.Response(framed(nil)), // PLAIN is answered so
			d.Undecoded([]byte(token), "cut"),
		}
	}
	short := events("\x00u\x00p")
	if d := cmp.Diff(short, events("\x00user\x00a much longer password")); d != "" {
		t.Errorf("the events tell tokens apart:\n%s", d)
	}
	for i, e := range short {
		switch {
		case i < 2 && (e.Kind == tracer.Undecoded || e.Frame.API != "SASLHandshake" || e.Frame.Bytes == 0),
			i >= 2 && (e.Kind != tracer.Undecoded || e.Frame.Bytes != 0),
			i >= 2 && i < 5 && e.Frame.Reason != maybeToken:
			t.Errorf("event %d: %s", i, asJSON(t, e))
		}
	}
}

// After v1, tokens come in SaslAuthenticate, and the connection goes on.
func TestHandshakeV1(t *testing.T) {
	d := NewDecoder(1, 0, nil)
	d.Request(ask(&kmsg.SASLHandshakeRequest{Mechanism: "PLAIN"}, 1, 5))
	d.Response(answer(&kmsg.SASLHandshakeResponse{}, 1, 5))
	if e := d.Request(ask(&kmsg.MetadataRequest{}, 9, 6)); e.Kind != tracer.Request {
		t.Errorf("%s", asJSON(t, e))
	}
}
