package webhooks

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"dealvitals/crawler/guard"
	"dealvitals/signals"
	"dealvitals/store"
)

const (
	// requestTimeout is the longest time for one request (specification: 15 to 30 s).
	requestTimeout = 15 * time.Second
	// maxAnswer is the most bytes of an answer that are read: a robot's answer is short, and
	// nothing else is of use.
	maxAnswer = 16 << 10
	// maxAnswerHeader bounds an answer's headers, in bytes.
	maxAnswerHeader = 64 << 10
)

// Sealer keeps secrets unreadable in the store.
type Sealer interface {
	Seal(purpose, secret string) (string, error)
	Open(purpose, sealed string) (string, error)
}

// Sender makes single requests.
type Sender struct {
	timeout   time.Duration
	sealer    Sealer
	dashboard string
	version   string
	clock     func() time.Time
	guard     *guard.Guard
	client    *http.Client
	speakers  map[store.EndpointKind]speaker
	limiter   *limiter
}

// SenderSettings are how endpoints are reached.
type SenderSettings struct {
	Guard     guard.Rules
	Sealer    Sealer
	Dashboard string // address of the dashboard, for links in robots' messages; "" = no links
	Version   string // of the program
	Clock     func() time.Time
	Timeout   time.Duration // longest time for one request; 0 = 15 s, as the specification advises
}

// NewSender makes a sender. Close ends its connections.
func NewSender(s SenderSettings) (*Sender, error) {
	g := guard.New(s.Guard)
	transport := &http.Transport{
		DialContext:            g.Dial,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    guard.ConnectTimeout,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true,
		MaxResponseHeaderBytes: maxAnswerHeader,
		MaxIdleConnsPerHost:    workers,
		IdleConnTimeout:        30 * time.Second,
	}
	if s.Guard.Proxy != "" {
		proxy, err := url.Parse(s.Guard.Proxy)
		if err != nil {
			return nil, fmt.Errorf("the setting webhooks.proxy is no address such as http://proxy.example:3128")
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	if s.Timeout <= 0 {
		s.Timeout = requestTimeout
	}
	return &Sender{
		timeout: s.Timeout, sealer: s.Sealer, dashboard: s.Dashboard, version: s.Version, clock: s.Clock, guard: g,
		client: &http.Client{
			Transport: transport,
			// A redirect is the endpoint's answer: what is signed for one address goes to no other.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		speakers: speakers(), limiter: newLimiter(),
	}, nil
}

// Close ends idle connections.
func (s *Sender) Close() { s.client.CloseIdleConnections() }

// open makes the channel to an endpoint: its secrets can be read now.
func (s *Sender) open(e store.Endpoint) (channel, error) {
	c := channel{endpoint: e, address: e.URL, dashboard: s.dashboard, version: s.version}
	if e.Sealed != "" {
		var err error
		if c.address, err = s.sealer.Open(addressPurpose(e.ID), e.Sealed); err != nil {
			return c, err
		}
	}
	now := s.clock()
	for _, key := range e.Keys {
		if !key.Until.IsZero() && !key.Until.After(now) {
			continue
		}
		secret, err := s.sealer.Open(keyPurpose(e.ID, c.address), key.Sealed)
		if err != nil {
			return c, err
		}
		c.secrets, c.keys = append(c.secrets, secret), append(c.keys, key)
	}
	return c, nil
}

// wait is how long a message through a channel has to wait for its robot's rate; 0 takes
// the place.
func (s *Sender) wait(c channel) time.Duration {
	return s.limiter.take(c.address, s.speakers[c.endpoint.Kind].rates, s.clock())
}

// send makes one request, and tells what came of it. It fails only where no request could
// be made at all.
func (s *Sender) send(ctx context.Context, c channel, events []store.Event) (answer, error) {
	speaker, known := s.speakers[c.endpoint.Kind]
	if !known {
		return answer{}, fmt.Errorf("endpoint %s is of the kind %q, which this version does not know", c.endpoint.ID, c.endpoint.Kind)
	}
	ctx, cancel := context.WithTimeout(ctx, s.timeout)
	defer cancel()
	request, err := speaker.request(ctx, c, events, s.clock())
	if err != nil {
		return answer{}, err
	}
	if err := s.guard.URL(request.URL); err != nil {
		return answer{problem: err.Error()}, nil
	}
	response, err := s.client.Do(request)
	if err != nil {
		return answer{problem: s.failure(err)}, nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	a := speaker.read(response, body, s.clock())
	if err != nil && !a.ok {
		a.problem += "; the answer broke off: " + s.failure(err)
	}
	return a, nil
}

// failure says why there was no answer, without the address, which may hold a key.
func (s *Sender) failure(err error) string {
	var refused *guard.RefusedError
	var outer *url.Error
	var timeout net.Error
	var dns *net.DNSError
	switch {
	case errors.As(err, &refused):
		return refused.Problem
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("no answer within %v", s.timeout)
	case errors.As(err, &dns):
		return "the host name " + dns.Name + " cannot be resolved"
	case errors.As(err, &outer):
		return "the connection failed: " + outer.Err.Error()
	}
	return err.Error()
}

// attempt makes one request for deliveries of one lane and says what that means for them.
func (s *Sender) attempt(ctx context.Context, c channel, deliveries []store.Delivery, events []store.Event) (store.Result, answer, error) {
	started := s.clock()
	a, err := s.send(ctx, c, events)
	if err != nil {
		return store.Result{}, a, err
	}
	now := s.clock()
	result := store.Result{Lane: deliveries[0].Lane, Attempt: attemptOf(events, a, started, now)}
	for _, d := range deliveries {
		result.Seqs = append(result.Seqs, d.Seq)
	}
	if a.ok {
		return result, a, nil
	}
	result.Next = now
	if a.gone {
		return result, a, nil // the endpoint is paused; it begins with these when it is resumed
	}
	failed := deliveries[0].Attempts + 1
	next, again := nextAttempt(events[0].ID, failed, a.wait, now)
	result.Next = next
	if !again {
		// Those that came later and were told of in the same message go on.
		result.Attempt.End, result.GiveUp, result.Next = store.Dead, failed, now.Add(pauses()[0])
	}
	return result, a, nil
}

func attemptOf(events []store.Event, a answer, started, ended time.Time) store.Attempt {
	attempt := store.Attempt{
		At: started, Took: signals.Duration(ended.Sub(started)), EventID: events[0].ID, Type: events[0].Type, Subject: events[0].Subject, Seq: events[0].Seq,
		Events: len(events), End: store.Delivered, Status: a.status, Problem: a.problem,
	}
	if !a.ok {
		attempt.End = store.Failed
	}
	return attempt
}

// LogValue keeps a channel's secrets out of every log.
func (c channel) LogValue() slog.Value { return slog.StringValue(c.endpoint.ID) }
