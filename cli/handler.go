package cli

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"dealvitals/api"
	"dealvitals/api/desk"
	"dealvitals/schedules"
	"dealvitals/web"
	"dealvitals/wecom"
	"dealvitals/wecom/callback"

	"github.com/prometheus/client_golang/prometheus"
)

// handler is the API and the dashboard, on one address.
func (a *app) handler(scheduler *schedules.Scheduler, registry *prometheus.Registry) (http.Handler, error) {
	counter := a.desk()
	service, err := api.New(api.Deps{
		Desk:      counter,
		Intake:    &desk.Intake{Log: a.db.Interactions, Deals: a.db.Deals, Policies: a.db.Policies, Clock: a.clock},
		Customers: a.db.Customers, Contacts: a.db.Contacts, Deals: a.db.Deals, Targets: a.db.Targets, DealsOfContact: a.db.Deals,
		Runs: a.db.Runs, Notices: a.db.Notices, Policies: a.db.Policies, Log: a.db.Verdicts, Keys: a.db.Keys, Replies: a.db.Replies,
		Importer: a.importer, Effects: a.effects, Runner: onDemand{scheduler}, Previewer: a, Bodies: a.archive,
		WeCom: a.wecom, Reads: a.db.People(), Receipts: newSigner(a.cfg), Ready: a.ready, Clock: a.clock, Logger: a.logger,
		Metrics: registry, Webhooks: a.hooks, Backup: a.writeBackup,
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the API: %w", err)
	}
	dashboard, err := web.New(web.Deps{
		Desk: counter, Keys: a.db.Keys, Evidence: a.db.Runs, Bodies: a.archive, Reads: a.db.People(), Webhooks: a.hooks,
		Notices: a.db.Notices, WeCom: a.wecom, Contacts: a.db.Contacts, DealsOf: a.db.Deals, Effects: a.effects, Runner: onDemand{scheduler}, Policies: a.db.Policies, Clock: a.clock, Logger: a.logger,
	})
	if err != nil {
		return nil, fmt.Errorf("setting up the dashboard: %w", err)
	}
	events, err := a.weComCallback()
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == callback.Path {
			events.ServeHTTP(w, r)
			return
		}
		if servedByAPI(r.URL.Path) {
			service.ServeHTTP(w, r)
			return
		}
		dashboard.ServeHTTP(w, r)
	}), nil
}

// weComCallback is where WeCom sends events, nothing where it is not set up.
func (a *app) weComCallback() (http.Handler, error) {
	w := a.cfg.WeCom
	if !w.Callback() {
		return http.NotFoundHandler(), nil
	}
	crypto, err := wecom.NewCrypto(w.Token, w.EncodingAESKey, w.CorpID)
	if err != nil {
		return nil, &usageError{fmt.Errorf("the setting wecom.encoding_aes_key: %w", err)}
	}
	return callback.New(crypto, a.wecom, a.clock, a.logger), nil
}

// onDemand starts runs for callers of the API.
type onDemand struct{ scheduler *schedules.Scheduler }

// RunNow starts a run. A program that is starting or stopping is for now unavailable.
func (o onDemand) RunNow(ctx context.Context, targetID string) (string, error) {
	id, err := o.scheduler.RunNow(ctx, targetID)
	if errors.Is(err, schedules.ErrNotRunning) {
		return "", fmt.Errorf("%w: %w", api.ErrUnavailable, err)
	}
	return id, err
}

// servedByAPI tells the API's paths from the dashboard's.
func servedByAPI(path string) bool {
	switch path {
	case "/healthz", "/readyz", "/metrics", "/openapi.yaml", "/policy.schema.json", "/docs":
		return true
	}
	return strings.HasPrefix(path, "/v1/") || strings.HasPrefix(path, "/docs/")
}

// checkSchedule says what is wrong with a cron line.
func checkSchedule(spec string) error {
	_, err := schedules.ParseSchedule(spec)
	return err
}
