package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"sync"

	"dealvitals/store"

	"github.com/labstack/echo/v4"
)

// Replies remembers what requests with an Idempotency-Key were answered.
type Replies interface {
	Get(ctx context.Context, key string) (store.Reply, bool, error)
	Put(ctx context.Context, key string, reply store.Reply) error
}

// replayed marks an answer that was given before.
const replayed = "Idempotency-Replayed"

// once lets one request of a key through at a time; the others wait for its answer.
type once struct {
	mu   sync.Mutex
	busy map[string]chan struct{}
}

// enter waits until nobody else is in with this key. Leave must be called afterwards.
func (o *once) enter(ctx context.Context, key string) (leave func(), err error) {
	for {
		o.mu.Lock()
		other, taken := o.busy[key]
		if !taken {
			mine := make(chan struct{})
			o.busy[key] = mine
			o.mu.Unlock()
			return func() { o.leave(key, mine) }, nil
		}
		o.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-other:
		}
	}
}

func (o *once) leave(key string, mine chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.busy, key)
	close(mine)
}

// idempotent answers a request that came before with the answer that it got then. Only
// answers to requests that did something are kept: a refused one changed nothing.
func (s *server) idempotent(o operation) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		if !o.idempotent() {
			return next
		}
		return func(c echo.Context) error {
			given := c.Request().Header.Get("Idempotency-Key")
			if given == "" {
				return next(c)
			}
			ctx := c.Request().Context()
			key := callerOf(ctx).KeyID + "\n" + o.id + "\n" + given
			leave, err := s.once.enter(ctx, key)
			if err != nil {
				return err
			}
			defer leave()
			return s.answerOnce(c, key, next)
		}
	}
}

func (s *server) answerOnce(c echo.Context, key string, next echo.HandlerFunc) error {
	ctx := c.Request().Context()
	hash, err := requestHash(c.Request())
	if err != nil {
		return err
	}
	known, found, err := s.Replies.Get(ctx, key)
	if err != nil {
		return fmt.Errorf("looking an Idempotency-Key up: %w", err)
	}
	if found && known.RequestHash != hash {
		return &reusedKeyError{}
	}
	if found {
		return replay(c, known)
	}
	recorded := &recorder{ResponseWriter: c.Response().Writer}
	c.Response().Writer = recorded
	if err := next(c); err != nil {
		return err
	}
	reply := recorded.reply(c.Response(), hash)
	reply.At = s.Clock()
	if reply.Status < 300 {
		// The work is done and told. That it could not be remembered must not make it look failed.
		if err := s.Replies.Put(context.WithoutCancel(ctx), key, reply); err != nil {
			s.Logger.ErrorContext(ctx, "an answer could not be remembered for its Idempotency-Key", "request", requestID(c), "problem", err)
		}
	}
	return nil
}

// requestHash tells requests apart. It reads the body and puts it back.
func requestHash(r *http.Request) (string, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return "", err
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	h := sha256.New()
	fmt.Fprintf(h, "%s %s\n%s\n%s\n", r.Method, r.URL.RequestURI(), r.Header.Get(echo.HeaderContentType), r.Header.Get("If-Match"))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil)), nil
}

func replay(c echo.Context, known store.Reply) error {
	for name, value := range known.Header {
		c.Response().Header().Set(name, value)
	}
	c.Response().Header().Set(replayed, "true")
	if len(known.Body) == 0 {
		return c.NoContent(known.Status)
	}
	return c.Blob(known.Status, known.Header[echo.HeaderContentType], known.Body)
}

// recorder keeps a copy of a response body.
type recorder struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (r *recorder) Write(p []byte) (int, error) {
	r.body.Write(p)
	return r.ResponseWriter.Write(p)
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) reply(response *echo.Response, hash string) store.Reply {
	reply := store.Reply{Status: response.Status, Header: make(map[string]string), Body: r.body.Bytes(), RequestHash: hash}
	for _, name := range []string{echo.HeaderContentType, "ETag", echo.HeaderLocation} {
		if value := response.Header().Get(name); value != "" {
			reply.Header[name] = value
		}
	}
	return reply
}
