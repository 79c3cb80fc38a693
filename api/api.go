// Package api is the JSON API of api/openapi.yaml: who may call, whether what they send
// fits the description, and how answers and errors are written. What a question means is
// decided in package desk.
package api

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/webhooks"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
)

// Records is one kind of record that people edit.
type Records[T any] interface {
	Get(ctx context.Context, id string, asOf time.Time) (T, error)
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]T, error)
	PutIf(ctx context.Context, record T, was time.Time, actor string, at time.Time) (T, error)
}

// DealsOfContact finds the deals that a contact is a key person of.
type DealsOfContact interface {
	ByContact(ctx context.Context, contactID string, asOf time.Time) ([]signals.Deal, error)
}

// Runs reads runs and the pages they captured.
type Runs interface {
	Get(ctx context.Context, runID string) (signals.Run, error)
	List(ctx context.Context, targetID, before string, limit int) ([]signals.Run, error)
	Evidence(ctx context.Context, hash string) (signals.Evidence, error)
}

// Notices is the review of doubtful matches.
type Notices interface {
	ToReview(ctx context.Context, after string, limit int) ([]store.Pending, error)
	Judge(ctx context.Context, m signals.NoticeMatch, at time.Time) (signals.NoticeMatch, error)
}

// Policies reads and publishes policies.
type Policies interface {
	List(ctx context.Context) ([]scorer.Policy, error)
	Get(ctx context.Context, version int) (scorer.Policy, error)
	Publish(ctx context.Context, p scorer.Policy, was int, actor string, at time.Time) (scorer.Policy, error)

	Draft(ctx context.Context, p scorer.Policy, was int, actor string, at time.Time) (store.PolicyDraft, error)
	Drafts(ctx context.Context) ([]store.PolicyDraft, error)
	GetDraft(ctx context.Context, id string) (store.PolicyDraft, error)
	PublishDraft(ctx context.Context, id, actor string, at time.Time) (scorer.Policy, error)
	WithdrawDraft(ctx context.Context, id, actor string, at time.Time) error
}

// DecisionLog is the numbered log of all decisions.
type DecisionLog interface {
	Log(ctx context.Context, after uint64, limit int) ([]scorer.Decision, error)
}

// KeyFinder finds a key by the hash of its secret.
type KeyFinder interface {
	ByHash(ctx context.Context, hash string) (store.Key, error)
}

// Keys keeps keys.
type Keys interface {
	KeyFinder
	Add(ctx context.Context, key store.Key) error
	List(ctx context.Context) ([]store.Key, error)
	Revoke(ctx context.Context, id string, at time.Time, actor string) error
}

// Importer imports tables. A table with bad rows is a *desk.BadTableError.
type Importer interface {
	Import(ctx context.Context, kind string, table io.Reader, o desk.ImportOptions) (desk.ImportReport, error)
}

// Effects does what has to follow a change: notices are matched again, deals re-scored or
// counted, the schedule brought in step.
type Effects interface {
	CustomersChanged(ctx context.Context, ids []string) error
	DealsChanged(ctx context.Context, ids []string) error
	TargetsChanged(ctx context.Context) error
	PolicyPublished(ctx context.Context) error
}

// Runner crawls a target now.
type Runner interface {
	RunNow(ctx context.Context, targetID string) (runID string, err error)
}

// Previewer fetches one page and tells what it yields, as `dealvitals probe` prints it. A
// page that cannot be read is no error: its outcome says so.
type Previewer interface {
	Preview(ctx context.Context, kind signals.Kind, url string, reading signals.Reading) (desk.Preview, error)
}

// Bodies reads captured pages.
type Bodies interface {
	Body(ctx context.Context, e signals.Evidence) ([]byte, error)
}

// Deps is all that the API is made of. Every field must be set, save Metrics.
type Deps struct {
	Desk           *desk.Desk
	Intake         *desk.Intake
	Customers      Records[signals.Customer]
	Contacts       Records[signals.Contact]
	Deals          Records[signals.Deal]
	Targets        Records[signals.Target]
	DealsOfContact DealsOfContact
	Runs           Runs
	Notices        Notices
	Policies       Policies
	Log            DecisionLog
	Keys           Keys
	Replies        Replies
	Importer       Importer
	WeCom          WeCom
	Reads          ReadLog
	Effects        Effects
	Runner         Runner
	Previewer      Previewer
	Bodies         Bodies
	Backup         Backup
	Receipts       Signer
	Webhooks       *webhooks.Admin
	Ready          func(ctx context.Context) error
	Clock          func() time.Time
	Logger         *slog.Logger

	// Metrics is what /metrics shows, for others to add to; nil makes one.
	Metrics *prometheus.Registry
}

// server answers the operations of the description.
type server struct {
	Deps
	metrics *metrics
	once    once
}

// New makes the handler of the API.
func New(d Deps) (http.Handler, error) {
	registry := d.Metrics
	if registry == nil {
		registry = prometheus.NewRegistry()
	}
	m, err := newMetrics(registry)
	if err != nil {
		return nil, fmt.Errorf("setting up metrics: %w", err)
	}
	s := &server{Deps: d, metrics: m, once: once{busy: make(map[string]chan struct{})}}
	described, err := operations()
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.JSONSerializer = strictJSON{}
	e.HTTPErrorHandler = s.writeProblem
	e.Pre(nameRequest, secure, s.tell, recovered)
	return routable(e), s.route(e, described)
}

// route enters every operation of the description, and nothing else that a key opens.
func (s *server) route(e *echo.Echo, described map[string]operation) error {
	guards := make(map[string][]echo.MiddlewareFunc)
	for id, o := range described {
		guards[id] = []echo.MiddlewareFunc{s.authorize(o), s.validate(o), s.idempotent(o)}
	}
	gen.RegisterHandlersWithOptions(e, gen.NewStrictHandler(s, nil), gen.RegisterHandlersOptions{OperationMiddlewares: guards})
	byHand := s.service()
	maps.Copy(byHand, s.weCom())
	maps.Copy(byHand, s.pictures())
	for id, handler := range byHand {
		o, ok := described[id]
		if !ok {
			return fmt.Errorf("openapi.yaml does not describe %s", id)
		}
		e.Add(o.route.Method, o.echoPath(), handler, guards[id]...)
	}
	s.docs(e)
	return complete(e, described)
}

// complete fails where the description and the routes are not the same: an operation
// without a route would be a lie, a route without an operation would be open to all.
func complete(e *echo.Echo, described map[string]operation) error {
	routed := make(map[string]bool)
	for _, r := range e.Routes() {
		routed[r.Method+" "+r.Path] = true
	}
	for id, o := range described {
		route := o.route.Method + " " + o.echoPath()
		if !routed[route] {
			return fmt.Errorf("operation %s has no handler", id)
		}
		delete(routed, route)
	}
	delete(routed, "GET "+docsPath)
	delete(routed, "GET "+docsPath+"/*")
	for route := range routed {
		return fmt.Errorf("route %s is not in openapi.yaml", route)
	}
	return nil
}

// follow does what has to follow a change that is stored already, even when the caller has
// gone away. The change cannot be undone, so a failure is told to the administrator, not to
// the caller; the daily re-score heals it.
func (s *server) follow(ctx context.Context, what string, do func(context.Context) error) {
	ctx = context.WithoutCancel(ctx)
	if err := do(ctx); err != nil {
		s.Logger.ErrorContext(ctx, "a change is stored but what follows it failed", "change", what, "problem", err)
	}
}
