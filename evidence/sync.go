package evidence

import (
	"context"
	"errors"
	"fmt"

	"dealvitals/signals"
)

// Sync returns when everything that was kept before the call is on disk. It fails with
// LostError where the disk did not take it, or took not what Keep returned as kept.
func (a *Archive) Sync(ctx context.Context, kept []signals.Evidence) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	a.syncing.Lock()
	defer a.syncing.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	if f := a.file; f != nil && f.synced < f.size {
		if err := a.syncFile(f); err != nil {
			return fmt.Errorf("writing evidence to disk: %w", err)
		}
	}
	for _, ev := range kept {
		if certain, doubtful := a.doubtful[ev.File]; doubtful && ev.Offset+ev.Length > certain {
			return &LostError{ev.File, errors.New("it failed before")}
		}
	}
	return nil
}

// syncFile writes a file to disk. Others may write to it meanwhile.
func (a *Archive) syncFile(f *file) error {
	size := f.size
	f.users.Add(1)
	a.mu.Unlock()
	err := f.sync()
	f.users.Done()
	a.mu.Lock()
	if err != nil {
		return a.abandon(f, err)
	}
	f.synced = max(f.synced, size)
	return nil
}

// abandon ends a file that the disk did not take whole, and says so. Nobody is told any more
// that a body lies where it may not.
func (a *Archive) abandon(f *file, cause error) error {
	lost := &LostError{f.name, cause}
	if _, already := a.doubtful[f.name]; already {
		return lost
	}
	a.doubtful[f.name] = f.synced
	if a.file == f {
		a.file = nil
	}
	a.known.forget(func(p place, _ string) bool { return p.file == f.name && p.offset+p.length > f.synced })
	return errors.Join(lost, f.cut())
}

// finish seals a file. One that cannot be finished, because the disk is full, is opened
// again by the next write.
func (a *Archive) finish(f *file) error {
	a.file = nil
	err := f.seal()
	if err != nil && f.broken != nil {
		return a.abandon(f, err)
	}
	return err
}

// rotate finishes the present file and begins the next one.
func (a *Archive) rotate() error {
	if err := a.finish(a.file); err != nil {
		return err
	}
	return a.create()
}

// Close finishes the present file and writes its index. It may be called twice.
func (a *Archive) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	if a.file == nil {
		return nil
	}
	f := a.file
	if err := a.finish(f); err != nil {
		return fmt.Errorf("finishing the evidence file %s: %w", f.name, err)
	}
	return nil
}
