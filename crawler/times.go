package crawler

import (
	"crypto/x509"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"dealvitals/clocks"
)

// Times is told what the site of an address says of the time; from is what answered.
type Times interface {
	Heard(address, from string, at time.Time, bound clocks.Bound)
}

// tellTime tells the time that an answer states: when it was made, and for how long it lay
// in a cache since (RFC 9110 §6.6.1, RFC 9111 §5.1).
func (t *transport) tellTime(u *url.URL, from string, h http.Header) {
	if t.settings.Times == nil {
		return
	}
	at, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	if age, err := strconv.ParseUint(h.Get("Age"), 10, 31); err == nil {
		at = at.Add(time.Duration(age) * time.Second)
	}
	if t.settings.Proxy != "" {
		from = "" // it is the proxy
	}
	t.settings.Times.Heard(u.String(), from, at, clocks.Exact)
}

// tellTrust tells what a certificate says of the time that is not valid by the clock.
func (t *transport) tellTrust(u *url.URL, err error) {
	var invalid x509.CertificateInvalidError
	if t.settings.Times == nil || !errors.As(err, &invalid) || invalid.Reason != x509.Expired || invalid.Cert == nil {
		return
	}
	cert := invalid.Cert
	if t.waiting.now().Before(cert.NotBefore) {
		t.settings.Times.Heard(u.String(), "", cert.NotBefore, clocks.NotEarlier)
		return
	}
	t.settings.Times.Heard(u.String(), "", cert.NotAfter, clocks.NotLater)
}
