package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"dealvitals/api"
	"dealvitals/config"
	"dealvitals/demo"
	"dealvitals/imports"
	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store/bolt"

	"github.com/spf13/cobra"
)

// demoOptions is what the demo was asked for.
type demoOptions struct {
	once   bool
	format string
}

func newDemo(e *env) *cobra.Command {
	var o demoOptions
	c := &cobra.Command{
		Use:   "demo",
		Short: "See the whole program at work on an invented world, without internet",
		Long: `Starts web sites on this machine that look like real ones, imports 15 customers and 40
deals, crawls the sites twice, a month of the world's time apart, scores the deals, prints
them, and serves the API and the dashboard. Everything is kept in a temporary folder and
removed at the end, unless --db names a file.`,
		Example: "  dealvitals demo\n  dealvitals demo --once --format json",
		Args:    cobra.NoArgs,
	}
	c.Flags().BoolVar(&o.once, "once", false, "end after the table")
	c.Flags().String("listen", config.Default().Server.Listen, "where to serve the API and the dashboard")
	formatFlag(c, &o.format)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.demo(c, o)
	}
	return c
}

// demo runs the world in a folder of its own.
func (e *env) demo(c *cobra.Command, o demoOptions) (err error) {
	cfg, err := e.settings(c)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "dealvitals-demo-")
	if err != nil {
		return fmt.Errorf("making a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if !c.Flags().Changed("db") {
		cfg.DB = filepath.Join(folder, "demo.db")
	} else if _, err := os.Stat(cfg.DB); err == nil {
		return &usageError{fmt.Errorf("%s is there already: the demo needs a store of its own, name a new file with --db", cfg.DB)}
	}
	if !o.once {
		if cfg.Server.Listen, err = demoAddress(cfg.Server.Listen, c.Flags().Changed("listen")); err != nil {
			return err
		}
	}
	world, err := demo.Start(time.Now().Truncate(time.Second))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, world.Close(context.WithoutCancel(c.Context()))) }()
	return e.liveThrough(c, demoConfig(cfg, c.Flags().Changed("log-level")), world, o)
}

// demoAddress finds out before the world is crawled whether the address can be served on.
// Where nobody asked for it and another program has it, any free port will do.
func demoAddress(address string, asked bool) (string, error) {
	listener, err := net.Listen("tcp", address)
	switch {
	case err == nil:
		return address, listener.Close()
	case asked:
		return "", fmt.Errorf("listening on %s (another address: --listen): %w", address, err)
	}
	return "127.0.0.1:0", nil
}

// demoConfig is the configuration for loopback sites of our own, which may be asked as
// fast as they answer.
func demoConfig(cfg config.Config, logAsked bool) config.Config {
	cfg.Crawler.Contact = "demo@dealvitals.example"
	cfg.Crawler.AllowNetworks = []string{"127.0.0.0/8"}
	cfg.Crawler.Delay = 0
	cfg.Crawler.Concurrency = 4
	cfg.Crawler.Retries = 0
	cfg.Crawler.PageTimeout = 10 * time.Second
	cfg.Schedules.Jitter = 0
	if !logAsked {
		cfg.Log.Level = "error"
	}
	return cfg
}

func (e *env) liveThrough(c *cobra.Command, cfg config.Config, world *demo.World, o demoOptions) error {
	ctx := c.Context()
	a, err := newApp(cfg, newLogger(e.Err, cfg.Log), world.Now, bolt.Options{LockWait: lockWait})
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.playDemo(ctx, world, e.Err); err != nil {
		return err
	}
	report, err := a.demoReport(ctx)
	if err != nil {
		return err
	}
	if err := report.print(e.Out, o.format); err != nil {
		return err
	}
	if o.once {
		return nil
	}
	return a.serveDemo(ctx, e.Err)
}

// playDemo lives through the world's month.
func (a *app) playDemo(ctx context.Context, world *demo.World, progress io.Writer) error {
	fmt.Fprintf(progress, "1/4 importing customers, contacts, deals and targets, as of %s\n", day(world.Now()))
	for _, table := range world.Tables() {
		if err := a.importDemo(ctx, table, imports.Options{}); err != nil {
			return err
		}
	}
	fmt.Fprintf(progress, "2/4 first crawl, on %s: what is there now is the baseline\n", day(world.Now()))
	if err := a.crawlDemo(ctx, progress); err != nil {
		return err
	}
	if err := world.MoveOn(ctx); err != nil {
		return fmt.Errorf("moving the demo world on: %w", err)
	}
	fmt.Fprintf(progress, "3/4 a month later, on %s: importing chat logs (their text is counted and dropped), second crawl\n", day(world.Now()))
	messages, from := world.Messages()
	now := world.Now()
	if err := a.importDemo(ctx, messages, imports.Options{CoversFrom: &from, CoversTo: &now}); err != nil {
		return err
	}
	if err := a.crawlDemo(ctx, progress); err != nil {
		return err
	}
	fmt.Fprintln(progress, "4/4 scoring")
	_, err := a.rescorer.All(ctx)
	return err
}

func (a *app) importDemo(ctx context.Context, table demo.Table, o imports.Options) error {
	o.At, o.Actor = a.clock(), "demo"
	report, err := a.importer.Import(ctx, table.Kind, bytes.NewReader(table.CSV), o)
	if err != nil {
		return fmt.Errorf("importing the demo's %s: %w", table.Kind, err)
	}
	return a.afterImport(ctx, report)
}

func (a *app) crawlDemo(ctx context.Context, progress io.Writer) error {
	targets, err := a.pick(ctx, nil, "")
	if err != nil {
		return err
	}
	_, err = a.crawlAll(ctx, targets, "manual", progress)
	return err
}

// demoReport is the demo's answer (DESIGN §5).
type demoReport struct {
	Deals   []scorer.Health `json:"deals"`
	Targets []targetLine    `json:"targets"`
}

// targetLine is how a target stands.
type targetLine struct {
	ID         string              `json:"id"`
	CustomerID string              `json:"customer_id"`
	Kind       signals.Kind        `json:"kind"`
	URL        string              `json:"url"`
	Outcome    signals.Outcome     `json:"outcome"`
	State      signals.TargetState `json:"state"`
	Items      int                 `json:"items"`
	FinishedAt time.Time           `json:"finished_at"`
}

func (a *app) demoReport(ctx context.Context) (demoReport, error) {
	now := a.clock()
	healths, err := a.healths(ctx, nil, now)
	if err != nil {
		return demoReport{}, err
	}
	report := demoReport{Deals: healths}
	targets, err := everything(ctx, a.db.Targets.List, func(t signals.Target) string { return t.ID })
	if err != nil {
		return report, fmt.Errorf("listing targets: %w", err)
	}
	for _, t := range targets {
		runs, err := a.db.Runs.Summaries(ctx, t.ID, now)
		if err != nil {
			return report, fmt.Errorf("reading the runs of target %s: %w", t.ID, err)
		}
		line := targetLine{ID: t.ID, CustomerID: t.CustomerID, Kind: t.Kind, URL: t.URL, State: signals.StateOf(t, runs, now)}
		if len(runs) > 0 {
			last := runs[len(runs)-1]
			line.Outcome, line.Items, line.FinishedAt = last.Outcome, last.Items, last.FinishedAt
		}
		report.Targets = append(report.Targets, line)
	}
	return report, nil
}

func (r demoReport) print(w io.Writer, format string) error {
	if format == formatJSON {
		return printJSON(w, r)
	}
	if err := printDeals(w, r.Deals); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(w, "\nTargets 采集目标:"); err != nil {
		return err
	}
	t := newTable("target 目标", "kind 类型", "outcome 结果", "state 状态", "items 条", "url 网址")
	for _, line := range r.Targets {
		t.add(line.ID, line.Kind, line.Outcome, line.State, line.Items, line.URL)
	}
	return t.print(w)
}

// serveDemo serves the demo's store until the program is told to end.
func (a *app) serveDemo(ctx context.Context, messages io.Writer) error {
	key, secret, err := api.NewKey("demo", "admin", a.clock())
	if err != nil {
		return err
	}
	if err := a.db.Keys.Add(ctx, key); err != nil {
		return fmt.Errorf("keeping the demo's key: %w", err)
	}
	return a.serve(ctx, serving{started: func(address string) {
		fmt.Fprintf(messages, "\nDashboard: %s/  key: %s\n", address, secret)
		fmt.Fprintf(messages, "Ask as a commission system does:\n  curl -H 'Authorization: Bearer %s' %s/v1/deals/D-1002/freeze\nAPI: %s/docs   End with Ctrl-C\n", secret, address, address)
	}})
}

func day(t time.Time) string { return signals.DateOf(t.In(signals.Shanghai)).String() }
