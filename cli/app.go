package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"dealvitals/clocks"
	"dealvitals/config"
	"dealvitals/crawler"
	"dealvitals/evidence"
	"dealvitals/imports"
	"dealvitals/schedules"
	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store/bolt"
	"dealvitals/webhooks"
	"dealvitals/wecom/collect"
)

// lockWait is how long a command waits for another one to let go of the file.
const lockWait = 2 * time.Second

// app is the program wired together on one store.
type app struct {
	cfg      config.Config
	logger   *slog.Logger
	clock    func() time.Time
	db       *bolt.DB
	archive  *evidence.Archive
	crawler  *crawler.Crawler
	times    *clocks.Watch
	pages    *pageTeller
	runner   *schedules.Runner
	rescorer *schedules.Rescorer
	effects  *schedules.Effects
	importer *imports.Importer
	wecom    *collect.Collector
	keys     *secrets.Keyring // nil where there is no key
	sender   *webhooks.Sender
	hooks    *webhooks.Admin
}

// newApp wires the program. Everything that it makes is ended by close.
func newApp(cfg config.Config, logger *slog.Logger, clock func() time.Time, o bolt.Options) (*app, error) {
	o.Clock = clock
	keys, err := secrets.Load(cfg.Secrets.Key, cfg.Secrets.KeyFile)
	if err != nil {
		return nil, &usageError{err}
	}
	o.Secrets = keys
	times := clocks.NewWatch(clock, bolt.SinceBoot())
	o.ClockDoubt = doubtOf(times)
	db, err := openSealed(cfg.DB, o, logger)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	archive, err := evidence.Open(evidenceFolder(cfg.DB), evidence.Options{})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the evidence beside %s: %w", cfg.DB, err), db.Close())
	}
	settings := crawlerSettings(cfg.Crawler, keys)
	var pages pageTeller
	settings.Progress = pages.tell
	settings.Ledger, settings.Circuits, settings.Times = db.HostDays(), db.Circuits(), times
	engine, err := crawler.New(settings, db.Runs, archive, clock, logger)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("starting the crawler: %w", err), archive.Close(), db.Close())
	}
	a := &app{cfg: cfg, logger: logger, clock: clock, db: db, archive: archive, crawler: engine, times: times, pages: &pages, keys: keys}
	if err := a.wireWebhooks(); err != nil {
		return nil, errors.Join(err, archive.Close(), db.Close())
	}
	a.wire()
	return a, nil
}

// wire connects the parts that need each other.
func (a *app) wire() {
	matching := &schedules.Matching{Customers: a.db.Customers, Notices: a.db.Notices}
	a.rescorer = &schedules.Rescorer{
		Histories: a.db.Histories, Policies: a.db.Policies, Verdicts: a.db.Verdicts, AllDeals: a.db.Deals,
		Matching: matching, Clock: a.clock, Logger: a.logger,
	}
	a.runner = &schedules.Runner{
		Targets: a.db.Targets, Runs: a.db.Runs, Deals: a.db.Deals, Crawler: a.crawler,
		Matching: matching, Rescorer: a.rescorer, Clock: a.clock, Logger: a.logger, Waits: a.crawler.Waits,
		Turns: &schedules.Turns{},
	}
	resting := &schedules.Resting{Runs: a.db.Runs, Policies: a.db.Policies, Crawl: a.cfg.Schedules.Crawl, Clock: a.clock}
	a.runner.Rests = resting.Of
	a.effects = &schedules.Effects{Matching: matching, Rescorer: a.rescorer, Deals: a.db.Deals, Clock: a.clock}
	a.wecom = &collect.Collector{
		Log: a.db.Interactions, Memory: a.db.WeComState(), Days: a.db.WeComState(), Policies: a.db.Policies, Contacts: a.db.Contacts, Deals: a.db.Deals, Clock: a.clock,
	}
	a.importer = &imports.Importer{
		Customers: a.db.Customers, Deals: a.db.Deals, Contacts: a.db.Contacts, Targets: a.db.Targets,
		Interactions: a.db.Interactions, Outcomes: a.db.Outcomes, Policies: a.db.Policies, CheckSchedule: checkSchedule, Clock: a.clock,
	}
}

// close ends all that newApp started. What fails then can only be logged: everything
// acknowledged is on disk already.
func (a *app) close() {
	a.sender.Close()
	if err := errors.Join(a.archive.Close(), a.db.Close()); err != nil {
		a.logger.Error("closing the store", "problem", err)
	}
}

// afterImport does what an import calls for: matching, scoring, schedules.
func (a *app) afterImport(ctx context.Context, r imports.Report) error {
	return errors.Join(
		a.effects.CustomersChanged(ctx, r.CustomersChanged),
		a.effects.DealsChanged(ctx, r.DealsChanged),
	)
}

// evidenceFolder is where the captured pages of a store lie.
func evidenceFolder(db string) string { return db + ".evidence" }

// crawlerSettings turns checked settings into the crawler's.
func crawlerSettings(c config.Crawler, keys *secrets.Keyring) crawler.Settings {
	return crawler.Settings{
		Contact: c.Contact, AllowNetworks: prefixes(c.AllowNetworks), AllowHosts: c.AllowHosts, AllowPorts: c.AllowPorts,
		Delay: c.Delay, Concurrency: c.Concurrency, MaxCrawlDelay: c.MaxCrawlDelay,
		PageTimeout: c.PageTimeout, RunTimeout: c.RunTimeout, MaxBody: c.MaxBody,
		MaxPages: c.MaxPages, MaxDetails: c.MaxDetails, Retries: c.Retries, Proxy: c.Proxy, Version: version, Secrets: keys,
		HostsPerAddress: c.HostsPerAddress, CircuitFailures: c.CircuitFailures, HostBudget: c.HostBudget,
	}
}

// Preview fetches a page now and says what it yields, as probe does. Nothing is kept.
func (a *app) Preview(ctx context.Context, kind signals.Kind, url string, reading signals.Reading) (json.RawMessage, error) {
	probe, err := probeURL(ctx, a.crawler, kind, url, reading)
	if err != nil {
		return nil, err
	}
	return json.Marshal(probe)
}

// prefixes reads networks that config.Load has found good.
func prefixes(texts []string) []netip.Prefix {
	networks := make([]netip.Prefix, 0, len(texts))
	for _, text := range texts {
		networks = append(networks, netip.MustParsePrefix(text))
	}
	return networks
}
