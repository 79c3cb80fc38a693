package cli

import (
	"context"
	"time"
)

const (
	// evidenceLook is how often it is looked whether no run is under way.
	evidenceLook = time.Minute
	// evidencePatience is after how many looks new runs wait for those under way to end.
	evidencePatience = 6 * 60
)

// removeEvidence removes old evidence once, before anything runs.
func (a *app) removeEvidence(ctx context.Context) {
	done, err := a.purgeEvidence(ctx, false, "machine")
	switch {
	case err != nil && ctx.Err() == nil:
		a.logger.ErrorContext(ctx, "old evidence could not be removed", "problem", err)
	case done.Files > 0:
		a.logger.InfoContext(ctx, "old evidence removed", "pages", done.Removed, "files", done.Files, "moved", done.Moved)
	}
}

// removeEvidenceDaily removes old evidence every day between runs, until ctx ends.
func (a *app) removeEvidenceDaily(ctx context.Context) error {
	if a.cfg.Retention.EvidenceDays == 0 {
		return nil
	}
	day, look := time.NewTicker(purgeEvery), time.NewTicker(evidenceLook)
	defer day.Stop()
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-day.C:
		}
		err := a.runner.Turns.Alone(ctx, look.C, evidencePatience, func() error {
			a.removeEvidence(ctx)
			return nil
		})
		if err != nil {
			return nil // the program ends
		}
	}
}
