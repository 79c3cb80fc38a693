package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"dealvitals/config"
	"dealvitals/schedules"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

func newServe(e *env) *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve the API and the dashboard, crawl and score on schedule",
		Long: `Serves the API and the dashboard, crawls targets at their times, and scores deals. On
SIGTERM or Ctrl-C runs in progress end or are handed back; the next start takes them up.`,
		Example: "  dealvitals keys create --role admin --name me\n  dealvitals serve --contact ops@example.com",
		Args:    cobra.NoArgs,
	}
	crawlFlags(c)
	c.Flags().String("listen", config.Default().Server.Listen, "address to serve on")
	c.RunE = func(c *cobra.Command, _ []string) error {
		e.spareMemory()
		return e.inAnyStore(c, func(a *app) error {
			return a.serve(c.Context(), serving{scheduled: true, started: func(address string) {
				fmt.Fprintf(e.Err, "serving on %s/ — sign in with a key of role admin or sales_ops (dealvitals keys create)\n", address)
			}})
		})
	}
	return c
}

// warnOfContact says that targets will not be crawled because nobody could be asked about it.
func (a *app) warnOfContact(ctx context.Context) error {
	if a.cfg.Crawler.Contact != "" {
		return nil
	}
	targets, err := a.db.Targets.List(ctx, time.Time{}, "", 1)
	if err != nil || len(targets) == 0 {
		return err
	}
	a.logger.WarnContext(ctx, "no site outside this machine is crawled until crawler.contact (--contact) says where site owners reach you")
	return nil
}

// serving is how the program is served.
type serving struct {
	scheduled bool                 // crawl and score on schedule
	started   func(address string) // called when the address answers
}

// serve answers until ctx ends.
func (a *app) serve(ctx context.Context, s serving) error {
	if err := a.warnOfSecrets(ctx); err != nil {
		return err
	}
	if err := a.warnOfContact(ctx); err != nil {
		return err
	}
	if s.scheduled {
		if err := a.askTime(ctx); err != nil {
			return err
		}
	}
	a.removeEvidence(ctx)
	scheduler, err := schedules.NewScheduler(schedules.Settings{
		Crawl: a.cfg.Schedules.Crawl, Rescore: a.cfg.Schedules.Rescore,
		Jitter: a.cfg.Schedules.Jitter, Places: a.places(),
	}, a.runner, a.db.Targets, a.db.Runs, a.db.Marks)
	if err != nil {
		return &usageError{err}
	}
	if !s.scheduled {
		scheduler.OnDemandOnly()
	}
	a.effects.Scheduler = scheduler
	registry := prometheus.NewRegistry()
	deliverer, err := a.deliverer(registry)
	if err != nil {
		return err
	}
	handler, err := a.handler(scheduler, registry)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", a.cfg.Server.Listen)
	if err != nil {
		return fmt.Errorf("listening on %s (another address: --listen): %w", a.cfg.Server.Listen, err)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	s.started("http://" + listener.Addr().String())
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return scheduler.Run(ctx) })
	group.Go(func() error { return a.watchClock(ctx) })
	if a.cfg.Webhooks.Send {
		group.Go(func() error { return deliverer.Run(ctx) })
	}
	if s.scheduled {
		group.Go(func() error { return a.purgeDaily(ctx) })
		group.Go(func() error { return a.tellAlarmsHourly(ctx) })
		group.Go(func() error { return a.removeEvidenceDaily(ctx) })
	}
	group.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serving: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.cfg.Server.ShutdownWait)
		defer cancel()
		return server.Shutdown(wait)
	})
	return group.Wait()
}
