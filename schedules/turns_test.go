package schedules

import (
	"context"
	"errors"
	"testing"
	"time"

	"dealvitals/crawler"
	"dealvitals/signals"
)

func TestEvidenceIsRemovedBetweenRunsOnly(t *testing.T) {
	o := newOffice(t)
	turns := &Turns{}
	o.runner.Turns = turns
	ticks, removed := make(chan time.Time), make(chan error, 1)
	under := true
	o.crawler["T1"] = func(ctx context.Context, run signals.Run) (crawler.Result, error) {
		go func() {
			removed <- turns.Alone(ctx, ticks, 100, func() error {
				if under {
					t.Error("evidence is removed during a run")
				}
				return nil
			})
		}()
		ticks <- time.Time{} // it found the run, and looks again
		ticks <- time.Time{}
		result, err := shows(o.clock.Now, "会计")(ctx, run)
		under = false
		return result, err
	}
	_, err := o.runner.Run(t.Context(), "T1", "manual")
	must(t, err)
	for {
		select {
		case ticks <- time.Time{}:
		case err := <-removed:
			must(t, err)
			return
		}
	}
}

func TestRemovalThatFindsNoGapMakesOne(t *testing.T) {
	turns := &Turns{}
	end := turns.Take()
	ticks, removed := make(chan time.Time), make(chan error, 1)
	go func() { removed <- turns.Alone(t.Context(), ticks, 1, func() error { return nil }) }()
	ticks <- time.Time{}
	end()
	must(t, <-removed)
}

func TestRemovalEndsWithTheProgram(t *testing.T) {
	turns := &Turns{}
	defer turns.Take()()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := turns.Alone(ctx, nil, 1, func() error { t.Error("it worked"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
