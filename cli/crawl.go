package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"dealvitals/schedules"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/spf13/cobra"
)

func newCrawl(e *env) *cobra.Command {
	var kind, format, items string
	var pages bool
	c := &cobra.Command{
		Use:   "crawl [TARGET…]",
		Short: "Crawl targets now: those named, else all that are not paused",
		Long: `Crawl targets now, keep what they show, and score the deals that it touches.

Sites on this machine or in a private network are refused unless you allow their
network, for example with --allow-network 127.0.0.0/8.`,
		Example: "  dealvitals crawl --contact ops@example.com\n  dealvitals crawl huaxin-jobs ccgp --format json",
	}
	crawlFlags(c)
	formatFlag(c, &format)
	c.Flags().StringVar(&items, "items", "", "file to write each posting and notice to that is read, one JSON line an item")
	c.Flags().BoolVar(&pages, "pages", false, "say how far each run is, page by page, and which page is next")
	c.Flags().StringVar(&kind, "kind", "", "only hiring or only tender targets")
	c.RunE = func(c *cobra.Command, ids []string) error {
		defer e.spareMemoryOfCrawl()()
		return e.inStore(c, func(a *app) error {
			targets, err := a.pick(c.Context(), ids, signals.Kind(kind))
			if err != nil {
				return err
			}
			if len(targets) == 0 {
				return errors.New("there is nothing to crawl: add targets with `dealvitals import targets FILE`")
			}
			if targets, err = a.withoutWaiting(c.Context(), targets, e.Err); err != nil {
				return err
			}
			if err := a.closeCutRuns(c.Context()); err != nil {
				return err
			}
			progress := e.Err
			if pages {
				a.pages.begin(e.Err)
				progress = a.pages
			}
			runs, err := a.crawlInto(c.Context(), items, targets, progress)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"runs": runs})
			}
			return printRuns(e.Out, runs)
		})
	}
	return c
}

// pick reads the targets named, or all of a kind that are not paused.
func (a *app) pick(ctx context.Context, ids []string, kind signals.Kind) ([]signals.Target, error) {
	if kind != "" && kind != signals.KindHiring && kind != signals.KindTender {
		return nil, &usageError{fmt.Errorf("--kind %s: there are hiring and tender", kind)}
	}
	if len(ids) > 0 {
		return a.targetsNamed(ctx, ids)
	}
	all, err := everything(ctx, a.db.Targets.List, func(t signals.Target) string { return t.ID })
	if err != nil {
		return nil, fmt.Errorf("listing targets: %w", err)
	}
	var picked []signals.Target
	for _, t := range all {
		if !t.Paused && (kind == "" || t.Kind == kind) {
			picked = append(picked, t)
		}
	}
	return picked, nil
}

// withoutWaiting leaves out the targets that have to wait, and says so.
func (a *app) withoutWaiting(ctx context.Context, targets []signals.Target, told io.Writer) ([]signals.Target, error) {
	var ready []signals.Target
	for _, t := range targets {
		wait, waits, err := a.crawler.Waits(ctx, t)
		if err != nil {
			return nil, err
		}
		if !waits {
			ready = append(ready, t)
			continue
		}
		if _, err := fmt.Fprintf(told, "left out: %s\n", &store.TargetWaitsError{TargetID: t.ID, Wait: wait}); err != nil {
			return nil, err
		}
	}
	return ready, nil
}

func (a *app) targetsNamed(ctx context.Context, ids []string) ([]signals.Target, error) {
	var targets []signals.Target
	for _, id := range ids {
		t, err := a.db.Targets.Get(ctx, id, time.Time{})
		if err != nil {
			return nil, noTarget(fmt.Errorf("target %s: %w", id, err))
		}
		targets = append(targets, t)
	}
	return targets, nil
}

// closeCutRuns ends the runs that a killed program left open. The store is held by this
// process alone, so nobody is at work on them.
func (a *app) closeCutRuns(ctx context.Context) error {
	cut, err := a.db.Runs.Unfinished(ctx)
	if err != nil {
		return fmt.Errorf("looking for runs that were cut off: %w", err)
	}
	for _, run := range cut {
		if err := a.db.Runs.Abandon(ctx, run.ID, "the program ended during the run"); err != nil {
			return fmt.Errorf("closing run %s that was cut off: %w", run.ID, err)
		}
	}
	return nil
}

// crawlInto crawls, and writes the items to a file where one is named.
func (a *app) crawlInto(ctx context.Context, file string, targets []signals.Target, progress io.Writer) ([]signals.Run, error) {
	if file == "" {
		return a.crawlAll(ctx, targets, "manual", progress)
	}
	items, err := newItemFile(a.runner.Crawler, file)
	if err != nil {
		return nil, err
	}
	a.runner.Crawler = items
	runs, err := a.crawlAll(ctx, targets, "manual", progress)
	return runs, errors.Join(err, items.close())
}

// crawlAll runs targets side by side and says on progress how each went. The runs come
// back in the order of the targets.
func (a *app) crawlAll(ctx context.Context, targets []signals.Target, trigger string, progress io.Writer) ([]signals.Run, error) {
	runs := make([]signals.Run, len(targets))
	var mu sync.Mutex
	done := 0
	jobs := make([]schedules.Job, len(targets))
	for i, t := range targets {
		jobs[i] = schedules.Job{URL: t.URL, Work: func(ctx context.Context) error {
			run, err := a.runner.Run(ctx, t.ID, trigger)
			if err != nil {
				return err
			}
			runs[i] = run
			mu.Lock()
			defer mu.Unlock()
			done++
			_, err = fmt.Fprintf(progress, "[%d/%d] %s\n", done, len(targets), runLine(run))
			return err
		}}
	}
	return runs, a.places().Do(ctx, jobs)
}

// places shares out how many runs are under way at a time.
func (a *app) places() schedules.Places {
	return schedules.PlacesOf(a.cfg.Schedules.Workers, a.cfg.Crawler.Concurrency)
}

// runLine says in one line how a run went.
func runLine(r signals.Run) string {
	line := fmt.Sprintf("%s: %s, %d pages, %d items, %d new", r.TargetID, r.Outcome, len(r.Pages), r.Items, r.New)
	if r.Drifted {
		line += ", DRIFTED: it gave items before"
	}
	if !r.Complete && r.Outcome.Measurement() {
		line += ", not complete"
		if r.Truncated != "" {
			line += " (" + r.Truncated + ")"
		}
	}
	if r.Problem != "" {
		line += ": " + r.Problem
	}
	return line
}

func printRuns(w io.Writer, runs []signals.Run) error {
	t := newTable("target 目标", "outcome 结果", "complete 完整", "pages 页", "items 条", "new 新", "extractor 抽取器")
	for _, r := range runs {
		outcome := string(r.Outcome)
		if r.Drifted {
			outcome += " (drifted)"
		}
		t.add(r.TargetID, outcome, yesNo(r.Complete), len(r.Pages), r.Items, r.New, r.Extractor)
	}
	if err := t.print(w); err != nil {
		return err
	}
	failed := 0
	for _, r := range runs {
		if !r.Outcome.Measurement() || r.Drifted {
			failed++
		}
	}
	next := "dealvitals score"
	if failed > 0 {
		next = fmt.Sprintf("dealvitals targets list tells what to do about %s; then dealvitals score", counted(failed, "target that gave no data", "targets that gave no data"))
	}
	_, err := fmt.Fprintln(w, "\nNext:", next)
	return err
}
