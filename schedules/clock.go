package schedules

import (
	"context"
	"time"

	"github.com/robfig/cron/v3"
)

const (
	// clockLook is how often the scheduler looks whether the clock was set, or the machine
	// slept.
	clockLook = time.Minute
	// clockSet is by how much the clock and a count of time that nobody sets must part.
	clockSet = 30 * time.Second
)

// clockwork tells when the clock was set.
type clockwork struct {
	clock   func() time.Time
	elapsed func() time.Duration // by the machine's count of time, which nobody sets
	ahead   time.Duration        // of the clock's own time before elapsed, when it was looked at last
}

func newClockwork(clock func() time.Time, elapsed func() time.Duration) *clockwork {
	c := &clockwork{clock: clock, elapsed: elapsed}
	c.ahead = c.difference()
	return c
}

func (c *clockwork) difference() time.Duration {
	return time.Duration(c.clock().UnixNano()) - c.elapsed()
}

// wasSet tells whether the clock was set since it was asked last.
func (c *clockwork) wasSet() bool {
	before := c.ahead
	c.ahead = c.difference()
	return (c.ahead - before).Abs() > clockSet
}

// sinceNow counts time from now on.
func sinceNow() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}

// watchClock makes the cron table anew whenever the clock was set: it wakes at times that
// it reckoned by the old one, which may be years from now.
func (s *Scheduler) watchClock(ctx context.Context) {
	watch := newClockwork(s.clock, sinceNow())
	for pause(ctx, clockLook) {
		if !watch.wasSet() {
			continue
		}
		s.logger.WarnContext(ctx, "the machine's clock was set, or the machine slept; every schedule is reckoned again")
		if err := s.reckonAgain(ctx); err != nil && ctx.Err() == nil {
			s.logger.ErrorContext(ctx, "schedules could not be reckoned again", "problem", err)
		}
	}
}

// reckonAgain makes the cron table anew, and starts what was missed. To take ten thousand
// entries out of the old one by one takes seconds.
func (s *Scheduler) reckonAgain(ctx context.Context) error {
	s.mu.Lock()
	old := s.cron.Stop()
	s.running.Go(func() { <-old.Done() }) // a re-score under way
	s.cron = cron.New()
	clear(s.entries)
	s.cron.Schedule(s.rescore, cron.FuncJob(func() { s.rescoreAll(ctx) }))
	s.mu.Unlock()
	err := s.Reload(ctx)
	s.startCron(ctx)
	return err
}

// startCron starts the cron table, unless the program is ending.
func (s *Scheduler) startCron(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if ctx.Err() == nil {
		s.cron.Start()
	}
}

// stopCron stops the cron table and waits for what it started.
func (s *Scheduler) stopCron() {
	s.mu.Lock()
	stopped := s.cron.Stop()
	s.mu.Unlock()
	<-stopped.Done()
}
