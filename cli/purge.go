package cli

import (
	"context"
	"fmt"
	"time"

	"dealvitals/store"
)

// purgeEvery is how often serve drops what is too old.
const purgeEvery = 24 * time.Hour

type purged struct {
	store.Purged
	unmapped int
}

// purge drops what is older than the settings allow, or only counts it.
func (a *app) purge(ctx context.Context, dry bool, actor string) (purged, error) {
	var done purged
	now, keep := a.clock(), a.cfg.Retention
	kinds, err := keep.Kinds()
	if err != nil {
		return done, err
	}
	cut := store.Retention{Before: now.AddDate(0, 0, -keep.InteractionDays), Kinds: make(map[string]time.Time)}
	for kind, days := range kinds {
		cut.Kinds[kind] = now.AddDate(0, 0, -days)
	}
	if done.Purged, err = a.db.People().Purge(ctx, cut, dry, actor, now); err != nil {
		return done, fmt.Errorf("dropping old interactions: %w", err)
	}
	if done.unmapped, err = a.wecom.DropUnmapped(ctx, now.AddDate(0, 0, -keep.UnmappedDays), dry); err != nil {
		return done, fmt.Errorf("dropping old ids: %w", err)
	}
	return done, nil
}

// purgeDaily purges at once and then every day until ctx ends. A failure is told; the next
// day tries again.
func (a *app) purgeDaily(ctx context.Context) error {
	ticker := time.NewTicker(purgeEvery)
	defer ticker.Stop()
	for {
		done, err := a.purge(ctx, false, "machine")
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			a.logger.ErrorContext(ctx, "what is too old could not be dropped", "problem", err)
		case done != purged{}:
			a.logger.InfoContext(ctx, "dropped what is too old", "interactions", done.Interactions, "coverage", done.Coverage, "ids", done.unmapped)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}
