package crawler

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"dealvitals/clocks"
	"dealvitals/signals"
)

// listener notes what sites say of the time.
type listener struct {
	mu    sync.Mutex
	said  []time.Time
	from  []string
	bound clocks.Bound
}

func (l *listener) Heard(_, from string, at time.Time, bound clocks.Bound) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said, l.from, l.bound = append(l.said, at.UTC()), append(l.from, from), bound
}

func TestTheTimeThatSitesSayIsTold(t *testing.T) {
	heard := &listener{}
	w := newWorld(t, Settings{Times: heard})
	s := w.site()
	s.handle("/jobs", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Date", "Tue, 24 Nov 2026 01:00:00 GMT")
		rw.Header().Set("Age", "3600")
	})
	s.handle("/robots.txt", func(rw http.ResponseWriter, _ *http.Request) { rw.Header().Set("Date", "yesterday") })
	w.crawl(signals.Target{URL: s.URL + "/jobs"})
	if len(heard.said) != 1 || !heard.said[0].Equal(time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)) || !strings.HasPrefix(heard.from[0], "127.0.0.1:") || heard.bound != clocks.Exact {
		t.Errorf("told %v from %v", heard.said, heard.from)
	}
}

func TestACertificateThatExpiredBoundsTheTime(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		name        string
		from, until time.Time
		want        clocks.Bound
		said        time.Time
	}{
		{"expired", now.AddDate(0, -3, 0), now.AddDate(0, -1, 0), clocks.NotLater, now.AddDate(0, -1, 0)},
		{"not valid yet", now.AddDate(0, 1, 0), now.AddDate(0, 3, 0), clocks.NotEarlier, now.AddDate(0, 1, 0)},
	} {
		heard := &listener{}
		w := newWorld(t, Settings{Times: heard})
		w.watch.pass(now.Sub(w.watch.now()))
		server := httptest.NewUnstartedServer(http.NotFoundHandler())
		server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate(t, c.from, c.until)}}
		server.Config.ErrorLog = log.New(io.Discard, "", 0)
		server.StartTLS()
		r := w.crawl(signals.Target{URL: server.URL + "/jobs"})
		server.Close()
		if r.Run.Outcome != signals.OutcomeUnreachable || len(heard.said) == 0 || heard.bound != c.want || !heard.said[0].Equal(c.said.UTC().Truncate(time.Second)) {
			t.Errorf("%s: told %v, bound %d; run %+v", c.name, heard.said, heard.bound, r.Run)
		}
	}
}

// certificate is one of 127.0.0.1 that nobody signed.
func certificate(t *testing.T, from, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: from, NotAfter: until, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
