package api

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"
)

// requestIDHeader names a request in its answer and in the log. It is always ours: a
// caller cannot write into the log by it.
const requestIDHeader = "X-Request-Id"

func requestID(c echo.Context) string { return c.Response().Header().Get(requestIDHeader) }

// nameRequest gives each request its id.
func nameRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set(requestIDHeader, rand.Text())
		return next(c)
	}
}

// routable makes Echo route on the escaped path, so that an id may hold a slash or a
// percent sign, and lets HEAD be answered as GET is: net/http leaves the body out.
func routable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := r.WithContext(r.Context())
		address := *r.URL
		address.RawPath = r.URL.EscapedPath()
		own.URL = &address
		if r.Method == http.MethodHead {
			own.Method = http.MethodGet
		}
		next.ServeHTTP(w, own)
	})
}

// secure tells browsers to do nothing with answers but show them.
func secure(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if c.Request().TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}

// tell logs and counts every request. It holds no query, header or body, so no secret
// and no message.
func (s *server) tell(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			s.logFailure(c, err)
			c.Error(err)
		}
		took := time.Since(start)
		r := c.Request()
		s.metrics.observe(c.Path(), r.Method, c.Response().Status, took)
		caller := callerOf(r.Context())
		s.Logger.InfoContext(r.Context(), "request",
			"request", requestID(c), "method", r.Method, "path", r.URL.Path, "status", c.Response().Status,
			"took", took, "bytes", c.Response().Size, "key", caller.KeyID, "name", caller.Name, "from", peer(r))
		return nil
	}
}

// logFailure keeps the cause of what is answered with "the server failed".
func (s *server) logFailure(c echo.Context, err error) {
	kind, _, _ := problemOf(err)
	if kind.status < http.StatusInternalServerError || c.Request().Context().Err() != nil {
		return
	}
	attributes := []any{"request", requestID(c), "problem", err}
	var panicked *panicError
	if errors.As(err, &panicked) {
		attributes = append(attributes, slog.String("stack", string(panicked.stack)))
	}
	s.Logger.ErrorContext(c.Request().Context(), "a request failed", attributes...)
}

// peer is the address that the connection comes from. X-Forwarded-For is not asked: who
// calls can write into it what they like.
func peer(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// recovered makes a panic in a handler end that request only.
func recovered(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			switch p := recover(); p {
			case nil:
			case http.ErrAbortHandler:
				panic(p)
			default:
				err = &panicError{value: p, stack: debug.Stack()}
			}
		}()
		return next(c)
	}
}
