package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"dealvitals/api"
	"dealvitals/store"
)

const (
	sessionCookie = "dealvitals_session"
	sessionLength = 12 * time.Hour
	sessionIdle   = 2 * time.Hour
)

// session is a person who has logged in. It holds no secret, only the key's hash, by
// which each request finds out whether the key still holds.
type session struct {
	keyHash string
	started time.Time
	seen    time.Time
}

// sessions are kept in memory: after a restart people log in again.
type sessions struct {
	clock func() time.Time
	mu    sync.Mutex
	open  map[string]session
}

func newSessions(clock func() time.Time) *sessions {
	return &sessions{clock: clock, open: make(map[string]session)}
}

// start opens a session and returns its random id. Those that ended are swept out here.
func (s *sessions) start(keyHash string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	for id, old := range s.open {
		if old.ended(now) {
			delete(s.open, id)
		}
	}
	id := rand.Text()
	s.open[id] = session{keyHash: keyHash, started: now, seen: now}
	return id
}

// find returns the hash of the key that a session was opened with.
func (s *sessions) find(id string) (keyHash string, found bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	current, found := s.open[id]
	if !found || current.ended(now) {
		delete(s.open, id)
		return "", false
	}
	current.seen = now
	s.open[id] = current
	return current.keyHash, true
}

func (s *sessions) end(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, id)
}

func (s session) ended(now time.Time) bool {
	return now.Sub(s.started) > sessionLength || now.Sub(s.seen) > sessionIdle
}

// errLoggedOut says that a request belongs to no open session.
var errLoggedOut = errors.New("not logged in")

// whoever finds who a request's session belongs to. A key that was revoked ends it.
func (w *dashboard) whoever(r *http.Request) (api.Caller, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return api.Caller{}, errLoggedOut
	}
	hash, found := w.sessions.find(cookie.Value)
	if !found {
		return api.Caller{}, errLoggedOut
	}
	key, err := w.Keys.ByHash(r.Context(), hash)
	if errors.Is(err, store.ErrNotFound) || err == nil && !key.RevokedAt.IsZero() {
		w.sessions.end(cookie.Value)
		return api.Caller{}, errLoggedOut
	}
	if err != nil {
		return api.Caller{}, err
	}
	return api.Caller{KeyID: key.ID, Name: key.Name, Role: api.Role(key.Role), Subject: key.Subject}, nil
}

// overTLS tells whether the browser speaks TLS: with us, or with the proxy in front. Anybody
// may send the header; all that it does is to keep their own cookies to TLS.
func overTLS(r *http.Request) bool {
	return r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

func setSession(w http.ResponseWriter, r *http.Request, id string) {
	http.SetCookie(w, &http.Cookie{
		Name: sessionCookie, Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: overTLS(r), MaxAge: int(sessionLength / time.Second),
	})
}

func dropSession(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{
		Name: sessionCookie, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: overTLS(r), MaxAge: -1,
	})
}

type callerKey struct{}

func withCaller(r *http.Request, c api.Caller) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
}

func callerOf(r *http.Request) api.Caller {
	caller, _ := r.Context().Value(callerKey{}).(api.Caller)
	return caller
}
