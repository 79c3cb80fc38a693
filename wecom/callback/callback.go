// Package callback is the address to which WeCom sends its events. It has no API key: what
// comes in is signed and encrypted (path/90968).
package callback

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"dealvitals/wecom"
)

// Path is where the callback is served.
const Path = "/wecom/callback"

const (
	window  = 5 * time.Minute
	memory  = 100_000 // signatures that are remembered within it
	maxBody = 1 << 20
)

// Listener learns what events say.
type Listener interface {
	Tell(ctx context.Context, e wecom.Event) error
}

// Handler answers WeCom's servers.
type Handler struct {
	crypto   *wecom.Crypto
	guard    *wecom.Guard
	listener Listener
	logger   *slog.Logger
}

// New makes the handler of one callback.
func New(crypto *wecom.Crypto, listener Listener, clock func() time.Time, logger *slog.Logger) *Handler {
	return &Handler{crypto: crypto, guard: wecom.NewGuard(window, memory, clock), listener: listener, logger: logger}
}

// ServeHTTP answers the check of the address (GET) and events (POST). Whoever is refused
// is not told why.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	answer, err := h.answer(w, r)
	if err == nil {
		h.write(w, r, http.StatusOK, answer)
		return
	}
	status := statusOf(err)
	h.logger.WarnContext(r.Context(), "a WeCom callback was refused", "status", status, "problem", err)
	h.write(w, r, status, []byte(http.StatusText(status)))
}

func (h *Handler) write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		h.logger.DebugContext(r.Context(), "the answer to a WeCom callback was not taken", "problem", err)
	}
}

var errMethod = errors.New("a callback is a GET or a POST")

func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, wecom.ErrEnvelope):
		return http.StatusBadRequest
	case errors.Is(err, wecom.ErrSignature), errors.Is(err, wecom.ErrCipher), errors.Is(err, wecom.ErrReceiver),
		errors.Is(err, wecom.ErrStale), errors.Is(err, wecom.ErrReplayed):
		return http.StatusForbidden
	}
	return http.StatusInternalServerError
}

func (h *Handler) answer(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	query := r.URL.Query()
	switch r.Method {
	case http.MethodGet:
		return h.open(query, query.Get("echostr"))
	case http.MethodPost:
		return nil, h.event(r.Context(), query, http.MaxBytesReader(w, r.Body, maxBody))
	}
	return nil, errMethod
}

// open decrypts what is signed, of now, and did not come before.
func (h *Handler) open(query url.Values, encrypted string) ([]byte, error) {
	signature, stamp := query.Get("msg_signature"), query.Get("timestamp")
	message, err := h.crypto.Open(signature, stamp, query.Get("nonce"), encrypted)
	if err != nil {
		return nil, err
	}
	return message, h.guard.Claim(signature, stamp)
}

// event takes an event in. One that could not be kept may come again.
func (h *Handler) event(ctx context.Context, query url.Values, body io.Reader) error {
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	envelope, err := wecom.ReadEnvelope(raw)
	if err != nil {
		return err
	}
	message, err := h.open(query, envelope.Encrypt)
	if err != nil {
		return err
	}
	event, err := wecom.ReadEvent(message)
	if err != nil {
		return err
	}
	if err := h.listener.Tell(ctx, event); err != nil {
		h.guard.Release(query.Get("msg_signature"))
		return err
	}
	return nil
}
