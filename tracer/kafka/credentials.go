//go:build cgo

// Credentials, which are never recorded.

package kafka

import (
	"kstep/tracer"
	"kstep/tracer/site"
)

// SetOAuthBearerToken gives the client a token for SASL/OAUTHBEARER.
//
//go:noinline
func (p *Producer) SetOAuthBearerToken(oauthBearerToken OAuthBearerToken) error {
	t := p.trace
	if t == nil {
		return p.Producer.SetOAuthBearerToken(oauthBearerToken)
	}
	c := t.begin(site.PC(), "SetOAuthBearerToken", tracer.Value{Name: "oauthBearerToken", Text: redacted})
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.SetOAuthBearerToken(oauthBearerToken))
}

// SetOAuthBearerTokenFailure tells the client why there is no token. The text
// may come from an identity provider, so it is not recorded either.
//
//go:noinline
func (p *Producer) SetOAuthBearerTokenFailure(errstr string) error {
	t := p.trace
	if t == nil {
		return p.Producer.SetOAuthBearerTokenFailure(errstr)
	}
	c := t.begin(site.PC(), "SetOAuthBearerTokenFailure", tracer.Value{Name: "errstr", Text: redacted})
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.SetOAuthBearerTokenFailure(errstr))
}

// SetSaslCredentials gives the client a user and a password for SASL PLAIN or
// SCRAM.
//
//go:noinline
func (p *Producer) SetSaslCredentials(username, password string) error {
	t := p.trace
	if t == nil {
		return p.Producer.SetSaslCredentials(username, password)
	}
	c := t.begin(site.PC(), "SetSaslCredentials", tracer.Value{Name: "username", Text: redacted}, tracer.Value{Name: "password", Text: redacted})
	if !t.enter() {
		return c.fail(errClosed)
	}
	defer t.leave()
	return c.fail(p.Producer.SetSaslCredentials(username, password))
}
