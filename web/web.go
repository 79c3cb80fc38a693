// Package web is the dashboard: pages for the people who review flagged deals, rendered
// on the server, in Chinese first. It shows what package desk answers and changes nothing
// but by what the API changes it by: decisions, locks, matches, contacts' ids, endpoints, drafts
// of policies.
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
	"slices"
	"strings"
	"time"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/webhooks"
	"dealvitals/wecom/collect"
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

// Notices is the review of doubtful matches.
type Notices interface {
	ToReview(ctx context.Context, after string, limit int) ([]store.Pending, error)
	Judge(ctx context.Context, m signals.NoticeMatch, at time.Time) (signals.NoticeMatch, error)
}

// Unmapped tells which ids of WeCom belong to nobody who is known.
type Unmapped interface {
	Unmapped(ctx context.Context) ([]collect.Unmapped, error)
}

// Deps is all that the dashboard is made of. Every field must be set.
type Deps struct {
	Desk     *desk.Desk
	Keys     api.KeyFinder
	Evidence Evidence
	Bodies   Bodies
	Reads    api.ReadLog
	Notices  Notices
	WeCom    Unmapped
	Contacts api.Records[signals.Contact]
	DealsOf  api.DealsOfContact
	Effects  api.Effects
	Policies api.Policies
	Runner   api.Runner
	Webhooks *webhooks.Admin
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
	mux.HandleFunc("GET /{$}", w.inside(w.home, append(reviewers(), payees()...)))
	for route, page := range w.reviewerPages() {
		mux.HandleFunc(route, w.inside(page, reviewers()))
	}
	for route, page := range w.adminPages() {
		mux.HandleFunc(route, w.inside(page, admins()))
	}
	for route, page := range w.payeePages() {
		mux.HandleFunc(route, w.inside(page, payees()))
	}
	mux.HandleFunc("/", w.inside(w.nothing, append(reviewers(), payees()...)))
	return w.secure(http.NewCrossOriginProtection().Handler(mux)), nil
}

// pageFunc answers a request of somebody who has logged in.
type pageFunc func(http.ResponseWriter, *http.Request) error

// reviewerPages are those for sales operations and administrators.
func (w *dashboard) reviewerPages() map[string]pageFunc {
	return map[string]pageFunc{
		"GET /deals/{id}":            w.deal,
		"POST /deals/{id}/decisions": w.decide,
		"POST /bulk":                 w.bulkPreview,
		"POST /bulk/run":             w.bulkRun,
		"GET /targets":               w.targets,
		"GET /targets/{id}":          w.target,
		"GET /data":                  w.data,
		"GET /backtest":              w.backtest,
		"POST /backtest":             w.backtestDraft,
		"GET /evidence/{hash}":       w.evidence,
		"GET /periods":               w.periods,
		"GET /periods/{id}":          w.period,
		"GET /periods/{id}/export":   w.exportPeriod,
		"GET /matches":               w.matches,
		"POST /matches":              w.judge,
		"GET /wecom":                 w.unmapped,
		"POST /wecom":                w.mapContact,
	}
}

// adminPages are those for administrators.
func (w *dashboard) adminPages() map[string]pageFunc {
	return map[string]pageFunc{
		"POST /periods/{id}/lock":          w.lockPeriod,
		"POST /targets/{id}":               w.changeTarget,
		"GET /policies":                    w.policies,
		"POST /policies":                   w.draftPolicy,
		"GET /policies/{id}":               w.policyDraft,
		"GET /policies/versions/{version}": w.policyVersion,
		"POST /policies/{id}":              w.endDraft,
		"GET /webhooks":                    w.endpoints,
		"POST /webhooks":                   w.createEndpoint,
		"GET /webhooks/{id}":               w.endpoint,
		"POST /webhooks/{id}":              w.changeEndpoint,
	}
}

// payeePages are those with which one person sees their own deals.
func (w *dashboard) payeePages() map[string]pageFunc {
	return map[string]pageFunc{
		"GET /me":                            w.myDeals,
		"GET /me/deals/{id}":                 w.myDeal,
		"POST /me/deals/{id}/dispute":        w.myDispute,
		"GET /me/deals/{id}/evidence/{hash}": w.myEvidence,
	}
}

// home is the first page of whoever comes.
func (w *dashboard) home(rw http.ResponseWriter, r *http.Request) error {
	if slices.Contains(payees(), callerOf(r).Role) {
		http.Redirect(rw, r, "/me", http.StatusSeeOther)
		return nil
	}
	return w.deals(rw, r)
}

// parsePages reads every page with the frame around it.
func parsePages() (map[string]*template.Template, error) {
	names, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return nil, err
	}
	pages := make(map[string]*template.Template)
	common := functions()
	for _, name := range names {
		page, err := template.New("frame.html").Funcs(common).Funcs(backtestFunctions()).Funcs(endpointFunctions()).ParseFS(pageFiles, "pages/frame.html", "pages/parts.html", name)
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
		if overTLS(r) {
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
