package schedules

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/evidence"
	"dealvitals/signals"
	"dealvitals/store"
)

// EvidenceFiles is where captured pages lie.
type EvidenceFiles interface {
	Finished(ctx context.Context) ([]evidence.Finished, error)
	Move(ctx context.Context, ev signals.Evidence) (signals.Evidence, error)
	Sync(ctx context.Context, kept []signals.Evidence) error
	Remove(ctx context.Context, name string) error
}

// EvidenceRecords knows what rests on captured pages.
type EvidenceRecords interface {
	Referred(ctx context.Context) (map[string]bool, error)
	Evidence(ctx context.Context, hash string) (signals.Evidence, error)
	MoveEvidence(ctx context.Context, file string, moved []signals.Evidence, removed []string, actor string, at time.Time) error
}

// Retention removes captured pages for their age on which nothing rests: no posting, no
// notice, no decision, and no page that is known. It must not work while targets are
// crawled (Turns): a run may meet an old page again.
//
// It may be killed at any moment: pages that are kept are on disk in their new place
// before the store says so, and the old file goes last.
type Retention struct {
	Files   EvidenceFiles
	Records EvidenceRecords
	Clock   func() time.Time
}

// EvidencePurged counts what was removed, or would be.
type EvidencePurged struct {
	Files   int   // that are gone
	Bytes   int64 // that they took
	Removed int   // pages
	Moved   int   // pages that were kept, and are in another file now
}

// Purge removes pages of files whose last capture is before an instant. With dry it only
// counts.
func (r *Retention) Purge(ctx context.Context, before time.Time, dry bool, actor string) (EvidencePurged, error) {
	var done EvidencePurged
	files, err := r.Files.Finished(ctx)
	if err != nil {
		return done, fmt.Errorf("listing the evidence: %w", err)
	}
	referred, err := r.Records.Referred(ctx)
	if err != nil {
		return done, err
	}
	for _, f := range files {
		if !f.Newest.Before(before) {
			continue
		}
		kept, removed, err := r.sort(ctx, f, referred)
		if err != nil {
			return done, err
		}
		if len(removed) == 0 && len(kept) > 0 {
			continue // nothing to gain
		}
		if !dry {
			if err := r.replace(ctx, f, kept, removed, actor); err != nil {
				return done, fmt.Errorf("removing old evidence in %s: %w", f.Name, err)
			}
		}
		done.Files, done.Bytes = done.Files+1, done.Bytes+f.Size
		done.Removed, done.Moved = done.Removed+len(removed), done.Moved+len(kept)
	}
	return done, nil
}

// sort tells the pages of a file that are to be kept from those to be removed. A copy that
// the store does not point at is neither.
func (r *Retention) sort(ctx context.Context, f evidence.Finished, referred map[string]bool) (kept []signals.Evidence, removed []string, err error) {
	for _, h := range f.Holdings {
		ev, err := r.Records.Evidence(ctx, h.Hash)
		switch {
		case errors.Is(err, store.ErrNotFound) && referred[h.Hash]:
			return nil, nil, fmt.Errorf("evidence %s is needed, but the store does not know where it is", h.Hash)
		case errors.Is(err, store.ErrNotFound):
			continue // its run was given up
		case err != nil:
			return nil, nil, err
		case ev.File != f.Name || ev.Offset != h.Offset:
			continue
		case referred[h.Hash]:
			kept = append(kept, ev)
		default:
			removed = append(removed, h.Hash)
		}
	}
	return kept, removed, nil
}

func (r *Retention) replace(ctx context.Context, f evidence.Finished, kept []signals.Evidence, removed []string, actor string) error {
	for i := range kept {
		moved, err := r.Files.Move(ctx, kept[i])
		if err != nil {
			return err
		}
		kept[i] = moved
	}
	if err := r.Files.Sync(ctx, kept); err != nil {
		return err
	}
	if err := r.Records.MoveEvidence(ctx, f.Name, kept, removed, actor, r.Clock()); err != nil {
		return err
	}
	return r.Files.Remove(ctx, f.Name)
}
