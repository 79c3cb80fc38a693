package store

import (
	"errors"
	"fmt"
	"time"

	"dealvitals/signals"
)

// ErrNotFound says that there is no such record, or that there was none at the instant
// asked for.
var ErrNotFound = errors.New("not found")

// ErrNoSpace says that a write failed whole because there is no room for it on the disk.
var ErrNoSpace = errors.New("there is no room on the disk")

// LockedError says that another process holds the file.
type LockedError struct {
	Path   string
	Holder string // "pid 4711 (dealvitals serve)", "" when unknown
}

func (e *LockedError) Error() string {
	if e.Holder == "" {
		return fmt.Sprintf("%s is in use by another process", e.Path)
	}
	return fmt.Sprintf("%s is in use by %s", e.Path, e.Holder)
}

// NewerFileError says that a newer version of the program wrote the file.
type NewerFileError struct {
	Path       string
	Has, Knows int // schema versions of the file and of this program
}

func (e *NewerFileError) Error() string {
	return fmt.Sprintf("%s was written by a newer dealvitals (schema %d, this one knows up to %d): install the newer version", e.Path, e.Has, e.Knows)
}

// OlderFileError says that a file opened only to read must be brought up to date first.
type OlderFileError struct {
	Path        string
	Has, Wanted int
}

func (e *OlderFileError) Error() string {
	return fmt.Sprintf("%s has schema %d and cannot be read with schema %d: open it once for writing", e.Path, e.Has, e.Wanted)
}

// ConflictError says that the record changed since it was read. Read it again.
type ConflictError struct{ What string }

func (e *ConflictError) Error() string { return e.What + " changed meanwhile" }

// RunInProgressError says that a target is being crawled.
type RunInProgressError struct{ TargetID, RunID string }

func (e *RunInProgressError) Error() string {
	return fmt.Sprintf("run %s of target %s is in progress", e.RunID, e.TargetID)
}

// TargetPausedError says that a target is not crawled because it is paused.
type TargetPausedError struct{ TargetID string }

func (e *TargetPausedError) Error() string { return "target " + e.TargetID + " is paused" }

// TargetWaitsError says that a target is not crawled now.
type TargetWaitsError struct {
	TargetID string
	Wait     signals.Wait
}

func (e *TargetWaitsError) Error() string {
	text := fmt.Sprintf("target %s waits until %s (%s)", e.TargetID, e.Wait.Until.In(signals.Shanghai).Format("2006-01-02 15:04"), e.Wait.Reason)
	if e.Wait.Why != "" {
		text += ": " + e.Wait.Host + ": " + e.Wait.Why
	}
	return text
}

// RunEndedError says that a run cannot go on because it was given up.
type RunEndedError struct{ RunID, Why string }

func (e *RunEndedError) Error() string {
	return fmt.Sprintf("run %s was given up: %s", e.RunID, e.Why)
}

// BrokenAuditError names the first entry of the audit log that is not as it was written.
type BrokenAuditError struct {
	Seq    uint64
	Reason string
}

func (e *BrokenAuditError) Error() string {
	return fmt.Sprintf("the audit log is broken at entry %d: %s", e.Seq, e.Reason)
}

// ClockError says that the machine's clock is not to be believed, so that nothing is
// written, crawled or decided until it is right again.
type ClockError struct {
	Now      time.Time // by the clock
	Newest   time.Time // stamp of the newest that is kept
	Expected time.Time // where the clock leapt ahead, or sites say another time: what it should say; else zero
	Sites    int       // independent sites that say so; 0 where it is not known from sites
	Of       int       // independent sites that said something
}

func (e *ClockError) Error() string {
	const form = time.RFC3339
	if e.Sites > 0 {
		return fmt.Sprintf("the machine's clock says %s, but by %d of %d independent sites it is about %s: set it right, or, where it is right, start the program again", e.Now.Format(form), e.Sites, e.Of, e.Expected.Format(form))
	}
	if e.Expected.IsZero() {
		return fmt.Sprintf("the machine's clock says %s, but the newest record is of %s: set the clock right, or, where it was wrong then, restore a backup from before", e.Now.Format(form), e.Newest.Format(form))
	}
	return fmt.Sprintf("the machine's clock leapt from %s to %s: set it right, or, where it is right now, start the program again", e.Expected.Format(form), e.Now.Format(form))
}

// InvalidError says that a record cannot be kept as it is.
type InvalidError struct{ What, Why string }

func (e *InvalidError) Error() string { return e.What + ": " + e.Why }
