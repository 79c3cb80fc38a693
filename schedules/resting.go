package schedules

import (
	"context"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// RunReader reads the runs of a target.
type RunReader interface {
	Summaries(ctx context.Context, targetID string, asOf time.Time) ([]signals.RunSummary, error)
	List(ctx context.Context, targetID, beforeRun string, limit int) ([]signals.Run, error)
}

// PolicyReader reads the policy that holds at an instant.
type PolicyReader interface {
	At(ctx context.Context, asOf time.Time) (scorer.Policy, error)
}

// Resting tells which targets are left alone at their planned times because nothing changed
// on them for long. It knows no more than the runs, so that the same runs always give the
// same answer.
type Resting struct {
	Runs     RunReader
	Policies PolicyReader
	Crawl    string // the schedule of targets without one of their own
	Clock    func() time.Time
}

// Of tells whether a target rests now, and until which of its planned times.
func (r *Resting) Of(ctx context.Context, t signals.Target) (signals.Wait, bool, error) {
	if t.Always || t.Paused {
		return signals.Wait{}, false, nil
	}
	rest, ok, err := r.rest(ctx, t)
	if err != nil || !ok {
		return signals.Wait{}, false, err
	}
	spec := t.Schedule
	if spec == "" {
		spec = r.Crawl
	}
	schedule, err := ParseSchedule(spec)
	if err != nil {
		return signals.Wait{}, false, err
	}
	until, ok := rest.Until(schedule.Next)
	if !ok || !r.Clock().Before(until) {
		return signals.Wait{}, false, nil
	}
	return signals.Wait{
		Reason: signals.WaitUnchanged, Until: until,
		Why: "unchanged since " + rest.Since.In(signals.Shanghai).Format(time.DateOnly),
	}, true, nil
}

func (r *Resting) rest(ctx context.Context, t signals.Target) (signals.Rest, bool, error) {
	now := r.Clock()
	summaries, err := r.Runs.Summaries(ctx, t.ID, now)
	if err != nil {
		return signals.Rest{}, false, fmt.Errorf("reading the runs of target %s: %w", t.ID, err)
	}
	since, newest, ok := signals.SameSince(t, summaries)
	if !ok {
		return signals.Rest{}, false, nil
	}
	if t.RecordedAt.After(since) { // it was changed by a person
		since = t.RecordedAt
	}
	policy, err := r.Policies.At(ctx, now)
	if err != nil {
		return signals.Rest{}, false, fmt.Errorf("reading the policy: %w", err)
	}
	stale := policy.LeastStaleAfterDays(factorOf(t.Kind))
	if _, ok := signals.RestOf(since, newest, stale); !ok {
		return signals.Rest{}, false, nil
	}
	if since, err = r.newestChange(ctx, t.ID, since); err != nil {
		return signals.Rest{}, false, err
	}
	rest, ok := signals.RestOf(since, newest, stale)
	return rest, ok, nil
}

func factorOf(k signals.Kind) signals.Factor {
	if k == signals.KindTender {
		return signals.FactorTender
	}
	return signals.FactorHiring
}

// newestChange is the end of the newest run since an instant that brought something new; the
// instant itself where none did.
func (r *Resting) newestChange(ctx context.Context, targetID string, since time.Time) (time.Time, error) {
	for before := ""; ; {
		runs, err := r.Runs.List(ctx, targetID, before, 20)
		if err != nil {
			return since, fmt.Errorf("reading the runs of target %s: %w", targetID, err)
		}
		for _, run := range runs {
			if run.StartedAt.Before(since) {
				return since, nil
			}
			if run.New > 0 {
				return run.FinishedAt, nil
			}
			before = run.ID
		}
		if len(runs) == 0 {
			return since, nil
		}
	}
}

// rests tells whether a target whose planned time has come is left alone. One of which that
// cannot be told is crawled.
func (s *Scheduler) rests(ctx context.Context, target signals.Target) bool {
	if s.runner.Rests == nil {
		return false
	}
	wait, rests, err := s.runner.Rests(ctx, target)
	if err != nil {
		s.logger.ErrorContext(ctx, "cannot tell whether a target rests", "target", target.ID, "problem", err)
		return false
	}
	if rests {
		s.logger.InfoContext(ctx, "target rests", "target", target.ID, "reason", wait.Why, "until", wait.Until)
	}
	return rests
}
