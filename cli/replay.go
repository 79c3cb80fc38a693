package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/spf13/cobra"
)

func newReplay(e *env) *cobra.Command {
	var since, format string
	c := &cobra.Command{
		Use:   "replay [TARGET…]",
		Short: "Read captured pages again with today's extractors, and show what would change",
		Long: `Takes the pages that runs captured, reads them again as this version of the program
would, and compares outcome and number of records with what was stored then. Nothing is
requested from any site, and nothing is written.`,
		Example: "  dealvitals replay --since 2026-10-01\n  dealvitals replay huaxin-jobs --format json",
	}
	formatFlag(c, &format)
	c.Flags().StringVar(&since, "since", "", "runs that ended at this instant or later (default: all)")
	c.RunE = func(c *cobra.Command, ids []string) error {
		var from time.Time
		if since != "" {
			var err error
			if from, err = parseSince(since); err != nil {
				return err
			}
		}
		return e.inStore(c, func(a *app) error {
			report, err := a.replay(c.Context(), ids, from, e.Err)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, report)
			}
			return report.print(e.Out)
		})
	}
	return c
}

// parseSince reads RFC 3339, or a day, which means its first instant in Shanghai.
func parseSince(text string) (time.Time, error) {
	if day, err := signals.ParseDate(text); err == nil {
		return day.Start(), nil
	}
	return parseInstant(text)
}

// replayReport is what a replay found.
type replayReport struct {
	Pages   int           `json:"pages"`
	Same    int           `json:"same"`
	Missing int           `json:"missing"` // pages whose evidence is not kept any more
	Changed []replayedRow `json:"changed"`
}

// replayedRow is a page that would be read otherwise today.
type replayedRow struct {
	TargetID string          `json:"target_id"`
	RunID    string          `json:"run_id"`
	URL      string          `json:"url"`
	Evidence string          `json:"evidence"`
	Was      signals.Outcome `json:"was"`
	WasItems int             `json:"was_items"`
	Now      signals.Outcome `json:"now"`
	NowItems int             `json:"now_items"`
}

// replayRuns is how many runs are read from the store at a time.
const replayRuns = 100

func (a *app) replay(ctx context.Context, ids []string, since time.Time, progress io.Writer) (replayReport, error) {
	report := replayReport{Changed: []replayedRow{}}
	targets, err := a.replayTargets(ctx, ids)
	if err != nil {
		return report, err
	}
	for i, t := range targets {
		if err := a.replayTarget(ctx, t, since, &report); err != nil {
			return report, fmt.Errorf("replaying target %s: %w", t.ID, err)
		}
		fmt.Fprintf(progress, "[%d/%d] %s: %d pages read so far, %d differ\n", i+1, len(targets), t.ID, report.Pages, len(report.Changed))
	}
	return report, nil
}

// replayTargets reads the targets named, or all, the paused too.
func (a *app) replayTargets(ctx context.Context, ids []string) ([]signals.Target, error) {
	if len(ids) > 0 {
		return a.targetsNamed(ctx, ids)
	}
	return everything(ctx, a.db.Targets.List, func(t signals.Target) string { return t.ID })
}

func (a *app) replayTarget(ctx context.Context, t signals.Target, since time.Time, report *replayReport) error {
	for before := ""; ; {
		runs, err := a.db.Runs.List(ctx, t.ID, before, replayRuns)
		if err != nil {
			return err
		}
		for _, run := range runs {
			if run.FinishedAt.IsZero() {
				continue
			}
			if run.FinishedAt.Before(since) {
				return nil
			}
			if err := a.replayRun(ctx, t, run, report); err != nil {
				return err
			}
		}
		if len(runs) < replayRuns {
			return nil
		}
		before = runs[len(runs)-1].ID
	}
}

func (a *app) replayRun(ctx context.Context, t signals.Target, run signals.Run, report *replayReport) error {
	for _, page := range run.Pages {
		if page.Evidence == "" || page.Unchanged {
			continue
		}
		captured, err := a.captured(ctx, page)
		if errors.Is(err, store.ErrNotFound) {
			report.Missing++
			continue
		}
		if err != nil {
			return err
		}
		report.Pages++
		result := extract.Read(captured, t.Kind, t.Reading)
		items := len(result.Postings) + len(result.Notices)
		if result.Outcome == page.Outcome && items == page.Items {
			report.Same++
			continue
		}
		report.Changed = append(report.Changed, replayedRow{
			TargetID: t.ID, RunID: run.ID, URL: page.URL, Evidence: page.Evidence,
			Was: page.Outcome, WasItems: page.Items, Now: result.Outcome, NowItems: items,
		})
	}
	return nil
}

// captured is a page as it was when a run read it.
func (a *app) captured(ctx context.Context, page signals.RunPage) (extract.Page, error) {
	kept, err := a.db.Runs.Evidence(ctx, page.Evidence)
	if err != nil {
		return extract.Page{}, err
	}
	body, err := a.archive.Body(ctx, kept)
	if err != nil {
		return extract.Page{}, fmt.Errorf("reading the captured page %s: %w", page.Evidence, err)
	}
	return extract.Page{URL: page.URL, ContentType: kept.ContentType, StatusCode: page.StatusCode, Body: body, At: kept.CapturedAt}, nil
}

func (r replayReport) print(w io.Writer) error {
	if len(r.Changed) > 0 {
		t := newTable("target 目标", "page 网页", "was 当时", "now 现在", "evidence 证据")
		for _, c := range r.Changed {
			t.add(c.TargetID, c.URL, fmt.Sprintf("%s, %d", c.Was, c.WasItems), fmt.Sprintf("%s, %d", c.Now, c.NowItems), c.Evidence[:12])
		}
		if err := t.print(w); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%d pages read again: %d as they were read then, %d otherwise; %d are not kept any more. Nothing was written.\n", r.Pages, r.Same, len(r.Changed), r.Missing)
	return err
}
