package tracer

import "testing"

func TestShownSetting(t *testing.T) {
	for _, c := range [][3]string{
		{"linger.ms", "5", "5"},
		{"sasl.password", "p", Redacted},
		{"SASL.Password", "p", Redacted},
		{"ssl.key.pem", "p", Redacted},
		{"sasl.oauthbearer.client.secret", "p", Redacted},
		{"https.proxy", "http://bob:pw@proxy:80", "http://" + Redacted},
		{"https.proxy", "http://proxy:80", "http://proxy:80"},
	} {
		if got := ShownSetting(c[0], c[1]); got != c[2] {
			t.Errorf("%s=%s is shown as %s, want %s", c[0], c[1], got, c[2])
		}
	}
}
