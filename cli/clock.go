package cli

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"dealvitals/clocks"
	"dealvitals/crawler"
	"dealvitals/signals"
	"dealvitals/store"
)

const (
	clockLook  = time.Minute    // how often serve looks at the clock
	longSilent = 48 * time.Hour // a store that nothing was written to for longer is told of at the start
	askedSites = 12             // sites that are asked for their time at the start
	askFor     = 30 * time.Second
)

// doubtOf says why sites do not believe the clock.
func doubtOf(times *clocks.Watch) func(now time.Time) error {
	return func(now time.Time) error {
		v := times.Verdict()
		if !v.Wrong {
			return nil
		}
		return &store.ClockError{Now: now, Expected: v.Time.UTC().Truncate(time.Second), Sites: v.Sites, Of: v.Of}
	}
}

// askTime asks some sites for their time before anything is written, by their robots.txt,
// which is asked for anyway: a clock that is ahead when the program starts cannot be told
// from the store. It is not asked for where the newest record is so young that the clock
// cannot be far ahead.
func (a *app) askTime(ctx context.Context) error {
	if last := a.db.LastWritten(); last.IsZero() || a.clock().Sub(last) <= clocks.Far {
		return nil
	}
	addresses, err := a.someSites(ctx)
	if err != nil || len(addresses) < clocks.Least {
		return err
	}
	settings := crawlerSettings(a.cfg.Crawler, a.keys)
	settings.Times, settings.Retries = a.times, 0
	asking, err := crawler.New(settings, nil, nil, a.clock, a.logger)
	if err != nil {
		return fmt.Errorf("asking sites for their time: %w", err)
	}
	defer asking.Close()
	limited, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	var all sync.WaitGroup
	for _, address := range addresses {
		all.Go(func() {
			var page *crawler.PageError
			if err := asking.AskRobots(limited, address); err != nil && !errors.As(err, &page) && limited.Err() == nil {
				a.logger.WarnContext(ctx, "a site could not be asked for its time", "url", address, "problem", err)
			}
		})
	}
	all.Wait()
	v := a.times.Verdict()
	a.logger.InfoContext(ctx, "sites were asked for their time", "asked", len(addresses), "answered", v.Of, "clock_wrong", v.Wrong)
	return nil
}

// someSites are addresses of targets, of as many sites.
func (a *app) someSites(ctx context.Context) ([]string, error) {
	seen := make(map[string]bool)
	var addresses []string
	for after := ""; ; {
		targets, err := a.db.Targets.List(ctx, time.Time{}, after, 1000)
		if err != nil {
			return nil, fmt.Errorf("listing targets: %w", err)
		}
		if len(targets) == 0 {
			return addresses, nil
		}
		for _, t := range targets {
			site, _ := signals.SiteOf(t.URL)
			if site == "" || seen[site] || t.Paused {
				continue
			}
			seen[site] = true
			if addresses = append(addresses, t.URL); len(addresses) == askedSites {
				return addresses, nil
			}
		}
		after = targets[len(targets)-1].ID
	}
}

// watchClock tells loudly, once a minute, while the machine's clock is not to be believed,
// and when it is again.
func (a *app) watchClock(ctx context.Context) error {
	if last := a.db.LastWritten(); !last.IsZero() && a.clock().Sub(last) > longSilent {
		a.logger.WarnContext(ctx, "nothing was written for long; if the machine's clock is ahead, stop the program now", "newest_record", last, "clock", a.clock().UTC())
	}
	ticker := time.NewTicker(clockLook)
	defer ticker.Stop()
	for wrong := false; ; {
		switch err := a.db.ClockTrusted(); {
		case err != nil:
			a.logger.ErrorContext(ctx, "nothing is crawled, decided or stored", "problem", err)
			wrong = true
		case wrong:
			a.logger.WarnContext(ctx, "the machine's clock is right again: work goes on")
			wrong = false
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}
