package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"dealvitals/crawler/guard"
	"dealvitals/signals"
)

// PageError is a page that could not be had. Outcome is none of the measurements.
type PageError struct {
	URL     string
	Outcome signals.Outcome
	Problem string // what went wrong, for people
	Err     error  // what told of it; may be nil

	again    bool // another attempt may succeed
	answered bool // a connection was made before it failed
}

func (e *PageError) Error() string {
	if e.URL == "" {
		return e.Problem
	}
	return e.URL + ": " + e.Problem
}

func (e *PageError) Unwrap() error { return e.Err }

func refused(problem string, args ...any) *PageError {
	return &PageError{Outcome: signals.OutcomeUnsafe, Problem: fmt.Sprintf(problem, args...)}
}

func tooLarge(problem string, args ...any) *PageError {
	return &PageError{Outcome: signals.OutcomeTooLarge, Problem: fmt.Sprintf(problem, args...)}
}

func looping(problem string, args ...any) *PageError {
	return &PageError{Outcome: signals.OutcomeLoop, Problem: fmt.Sprintf(problem, args...)}
}

func denied(problem string, args ...any) *PageError {
	return &PageError{Outcome: signals.OutcomeRobotsDenied, Problem: fmt.Sprintf(problem, args...)}
}

func closed(problem string, args ...any) *PageError {
	return &PageError{Outcome: signals.OutcomeLogin, Problem: fmt.Sprintf(problem, args...)}
}

func broken(err error, problem string, args ...any) *PageError {
	return &PageError{Outcome: signals.OutcomeUnreachable, Problem: fmt.Sprintf(problem, args...), Err: err}
}

// failure says what a failed attempt means. An error of the caller's own context comes
// back as it is: it says nothing about the site.
func failure(ctx context.Context, err error, patience time.Duration) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var page *PageError
	if errors.As(err, &page) {
		return page
	}
	var no *guard.RefusedError
	if errors.As(err, &no) {
		return judged(no)
	}
	if errors.Is(err, context.DeadlineExceeded) || isTimeout(err) {
		return broken(err, "it did not answer in full within %v", patience)
	}
	if problem, ok := trustProblem(err); ok {
		return broken(err, "its TLS certificate cannot be trusted: %s", problem)
	}
	var dns *net.DNSError
	if errors.As(err, &dns) {
		p := broken(err, "the host name %s cannot be resolved", dns.Name)
		p.again = dns.IsTemporary && !dns.IsNotFound
		return p
	}
	// net/http has no typed error for this, neither for HTTP/1 nor for HTTP/2.
	if text := err.Error(); strings.Contains(text, "response headers exceeded") || strings.Contains(text, "header list larger") {
		return tooLarge("its headers are larger than %d KiB", maxHeader>>10)
	}
	p := broken(err, "the connection failed: %s", plain(err))
	p.again = true
	return p
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

func trustProblem(err error) (string, bool) {
	var verification *tls.CertificateVerificationError
	if errors.As(err, &verification) {
		return verification.Err.Error(), true
	}
	var unknown x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	if errors.As(err, &unknown) || errors.As(err, &host) || errors.As(err, &invalid) {
		return plain(err), true
	}
	return "", false
}

// plain is the innermost part of an error's text: what the operating system or the
// protocol said, without the addresses that are shown beside it anyway.
func plain(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
