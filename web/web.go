// Package web is the dashboard: pages for the people who review flagged deals, rendered
// on the server, in Chinese first. It shows what package desk answers and changes nothing
// but by desk.Decide.
package web

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/signals"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed assets/style.css
var style []byte

// Evidence finds captured pages.
type Evidence interface {
	Evidence(ctx context.Context, hash string) (signals.Evidence, error)
}

// Bodies reads captured pages.
type Bodies interface {
	Body(ctx context.Context, e signals.Evidence) ([]byte, error)
}

// Deps is all that the dashboard is made of. Every field must be set.
type Deps struct {
	Desk     *desk.Desk
	Keys     api.KeyFinder
	Evidence Evidence
	Bodies   Bodies
	Reads    api.ReadLog
	Clock    func() time.Time
	Logger   *slog.Logger
}

// dashboard serves the pages.
type dashboard struct {
	Deps
	pages    map[string]*template.Template
	sessions *sessions
	styleURL string
}

// New makes the handler of the dashboard.
func New(d Deps) (http.Handler, error) {
	pages, err := parsePages()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(style)
	w := &dashboard{Deps: d, pages: pages, sessions: newSessions(d.Clock), styleURL: "/assets/style.css?v=" + hex.EncodeToString(sum[:6])}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /assets/style.css", serveStyle)
	mux.HandleFunc("GET /login", w.showLogin)
	mux.HandleFunc("POST /login", w.login)
	mux.HandleFunc("POST /logout", w.logout)
	mux.HandleFunc("GET /{$}", w.inside(w.deals))
	mux.HandleFunc("GET /deals/{id}", w.inside(w.deal))
	mux.HandleFunc("POST /deals/{id}/decisions", w.inside(w.decide))
	mux.HandleFunc("GET /targets", w.inside(w.targets))
	mux.HandleFunc("GET /data", w.inside(w.data))
	mux.HandleFunc("GET /backtest", w.inside(w.backtest))
	mux.HandleFunc("POST /backtest", w.inside(w.backtestDraft))
	mux.HandleFunc("GET /evidence/{hash}", w.inside(w.evidence))
	mux.HandleFunc("/", w.inside(w.nothing))
	return w.secure(http.NewCrossOriginProtection().Handler(mux)), nil
}

// parsePages reads every page with the frame around it.
func parsePages() (map[string]*template.Template, error) {
	names, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return nil, err
	}
	pages := make(map[string]*template.Template)
	for _, name := range names {
		page, err := template.New("frame.html").Funcs(functions()).Funcs(backtestFunctions()).ParseFS(pageFiles, "pages/frame.html", "pages/parts.html", name)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		pages[strings.TrimSuffix(strings.TrimPrefix(name, "pages/"), ".html")] = page
	}
	return pages, nil
}

// secure lets pages load nothing but our own style sheet: no script, nothing from elsewhere.
func (w *dashboard) secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		h := rw.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(rw, r)
	})
}

func serveStyle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	// A client that went away is nobody to tell.
	_, _ = w.Write(style)
}
