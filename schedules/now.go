package schedules

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// ErrNotRunning says that a run cannot be started because the scheduler is not running.
var ErrNotRunning = errors.New("the scheduler is not running: the program is starting or stopping")

// RunNow starts a run of a target without waiting for its time, and returns its id; it is
// the next of its site that gets a place. One that has none when the program ends is taken
// up by the next start, for it is in the journal. It
// fails with store.RunInProgressError while another run of the target is under way, and
// refuses a target that is paused (store.TargetPausedError) or has to wait
// (store.TargetWaitsError).
func (s *Scheduler) RunNow(ctx context.Context, targetID string) (string, error) {
	s.mu.Lock()
	works := s.ctx != nil
	if works {
		s.running.Add(1)
	}
	s.mu.Unlock()
	if !works {
		return "", ErrNotRunning
	}
	defer s.running.Done()
	run, target, err := s.beginNow(ctx, targetID)
	if err != nil {
		return "", err
	}
	s.lines.join(&Job{URL: target.URL, target: targetID, Work: func(ctx context.Context) error {
		_, err := s.runner.finish(ctx, target, run)
		return err
	}}, true)
	tell(s.changed)
	return run.ID, nil
}

func (s *Scheduler) beginNow(ctx context.Context, targetID string) (signals.Run, signals.Target, error) {
	target, err := s.runner.Targets.Get(ctx, targetID, time.Time{})
	if err != nil {
		return signals.Run{}, target, fmt.Errorf("reading target %s: %w", targetID, err)
	}
	if target.Paused {
		return signals.Run{}, target, &store.TargetPausedError{TargetID: targetID}
	}
	wait, waits, err := s.runner.waits(ctx, target)
	if err != nil {
		return signals.Run{}, target, err
	}
	if waits {
		return signals.Run{}, target, &store.TargetWaitsError{TargetID: targetID, Wait: wait}
	}
	return s.runner.begin(ctx, targetID, "manual")
}
