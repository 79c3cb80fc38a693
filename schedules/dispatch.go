package schedules

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/store"
)

// longestNap is after how long a target that waits is looked at again: its quiet hours may
// have been changed, its host may be there again, or the clock may have been set.
const longestNap = 10 * time.Minute

// resumed is the trigger of a run that was cut off.
const resumed = "resumed"

// fire plans a run whose planned time has come, or which was missed.
func (s *Scheduler) fire(targetID, trigger string) {
	s.plan(start{target: targetID, trigger: trigger, planned: s.clock()}, Jitter(targetID, s.settings.Jitter))
}

// plan enters a run that begins after a while, when it has not to wait any longer and a
// place is free.
func (s *Scheduler) plan(start start, wait time.Duration) {
	start.at = time.Now().Add(wait)
	s.agenda.add(start)
	tell(s.changed)
}

// dispatch begins runs at their times, as many at a time as there are places, until ctx
// ends. It is one goroutine however many targets wait.
func (s *Scheduler) dispatch(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.changed:
		case <-timer.C:
		}
		due, next := s.agenda.due(time.Now())
		for _, start := range due {
			s.lineUp(ctx, start)
		}
		for job := s.lines.take(); job != nil; job = s.lines.take() {
			s.running.Go(func() {
				defer func() { s.lines.leave(job); tell(s.changed) }()
				s.report(ctx, job.target, job.Work(ctx))
			})
		}
		if !next.IsZero() {
			timer.Reset(time.Until(next))
		}
	}
}

// lineUp lets a start wait for a place, in the line of its site.
func (s *Scheduler) lineUp(ctx context.Context, start start) {
	target, err := s.runner.Targets.Get(ctx, start.target, time.Time{})
	if errors.Is(err, store.ErrNotFound) {
		s.agenda.begun(start.target)
		s.report(ctx, start.target, s.runner.close(ctx, start.cut))
		return
	}
	s.lines.join(&Job{URL: target.URL, target: start.target, Work: func(ctx context.Context) error { return s.begin(ctx, start) }}, false)
}

// begin makes a run that has a place, unless its target is paused, rests or has to wait.
func (s *Scheduler) begin(ctx context.Context, start start) error {
	s.agenda.begun(start.target)
	wait, ready := s.ready(ctx, start)
	switch {
	case ready:
		return s.planned(ctx, start.target, start.trigger, start.planned)
	case wait > 0:
		s.plan(start, wait)
		return nil
	}
	return s.runner.close(ctx, start.cut)
}

// ready tells whether a run is to be made now, else after how long it is to be looked at
// again; never where that is nought. A target of which nothing can be told is crawled: the
// run will say what is wrong.
func (s *Scheduler) ready(ctx context.Context, start start) (again time.Duration, ready bool) {
	target, err := s.runner.Targets.Get(ctx, start.target, time.Time{})
	if err != nil {
		return 0, true
	}
	if target.Paused || start.trigger != resumed && s.rests(ctx, target) {
		return 0, false
	}
	wait, waits, err := s.runner.waits(ctx, target)
	if err != nil {
		s.logger.ErrorContext(ctx, "cannot tell whether a target has to wait", "target", target.ID, "problem", err)
	}
	if !waits {
		return 0, true
	}
	s.logger.InfoContext(ctx, "target waits", "target", target.ID, "reason", wait.Reason, "until", wait.Until)
	return min(max(wait.Until.Sub(s.clock()), time.Second), longestNap), false
}

// planned does a run that was due. Its time is noted only when the run is in the
// journal: a program that ends before that finds the time missed when it starts again.
func (s *Scheduler) planned(ctx context.Context, targetID, trigger string, due time.Time) error {
	run, target, err := s.runner.begin(ctx, targetID, trigger)
	if err != nil {
		return err
	}
	if err := s.marks.SetDue(ctx, targetID, due); err != nil {
		return s.runner.giveBack(ctx, run, fmt.Errorf("noting that target %s was started: %w", targetID, err))
	}
	_, err = s.runner.finish(ctx, target, run)
	return err
}

// report logs how a run failed. That a context ended is no failure.
func (s *Scheduler) report(ctx context.Context, targetID string, err error) {
	var inProgress *store.RunInProgressError
	switch {
	case err == nil, ctx.Err() != nil:
	case errors.As(err, &inProgress):
		s.logger.InfoContext(ctx, "target is being crawled already", "target", targetID)
	default:
		s.logger.ErrorContext(ctx, "run failed", "target", targetID, "problem", err)
	}
}
