package schedules

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"github.com/robfig/cron/v3"
)

// Marks remembers the last planned time of each schedule that was started, so that a
// time missed while the program was down is caught up once.
type Marks interface {
	Due(ctx context.Context, id string) (time.Time, bool, error)
	SetDue(ctx context.Context, id string, due time.Time) error
}

// Targets lists what is to be crawled.
type Targets interface {
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Target, error)
}

// Journal tells which runs were cut off.
type Journal interface {
	Unfinished(ctx context.Context) ([]signals.Run, error)
	Abandon(ctx context.Context, runID, why string) error
}

// Settings is when things happen.
type Settings struct {
	Crawl   string        // cron of targets without a schedule of their own
	Rescore string        // cron of the re-score of all deals
	Jitter  time.Duration // runs that fall due together start spread over this
	Workers int           // runs at the same time
}

// Scheduler starts runs and re-scores at their times, one run of a target at a time.
type Scheduler struct {
	settings Settings
	rescore  cron.Schedule
	runner   *Runner
	targets  Targets
	journal  Journal
	marks    Marks
	clock    func() time.Time
	logger   *slog.Logger

	onDemand bool // nothing is started by itself
	cron     *cron.Cron
	slots    chan struct{} // one for each run that may be under way
	running  sync.WaitGroup

	mu      sync.Mutex
	ctx     context.Context // of Run; nil before and after it
	entries map[string]entry
	// rescoring is the place of the re-score in the cron table.
	rescoring cron.EntryID

	startMu  sync.Mutex      // taken while mu may be held, never the other way round
	starting map[string]bool // targets whose run is about to start, or waits
}

// NewScheduler makes a scheduler. It fails where a cron line of the settings is wrong.
func NewScheduler(s Settings, runner *Runner, targets Targets, journal Journal, marks Marks) (*Scheduler, error) {
	if _, err := ParseSchedule(s.Crawl); err != nil {
		return nil, fmt.Errorf("the setting schedules.crawl: %w", err)
	}
	rescore, err := ParseSchedule(s.Rescore)
	if err != nil {
		return nil, fmt.Errorf("the setting schedules.rescore: %w", err)
	}
	return &Scheduler{
		settings: s, rescore: rescore, runner: runner, targets: targets, journal: journal, marks: marks,
		clock: runner.Clock, logger: runner.Logger,
		cron:    cron.New(),
		slots:   make(chan struct{}, s.Workers),
		entries: make(map[string]entry), starting: make(map[string]bool),
	}, nil
}

// OnDemandOnly makes a scheduler that starts nothing by itself: no cron, no re-score, only
// RunNow. It must be called before Run.
func (s *Scheduler) OnDemandOnly() { s.onDemand = true }

// Run works until ctx ends, then waits for the runs under way to end or hand back.
func (s *Scheduler) Run(ctx context.Context) error {
	s.setContext(ctx)
	defer s.running.Wait()
	defer s.takeNoMore() // before the wait: nothing new starts after it
	if s.onDemand {
		<-ctx.Done()
		return nil
	}
	if err := errors.Join(s.takeUp(ctx), s.Reload(ctx)); err != nil {
		if ctx.Err() != nil {
			return nil // told to end while it started
		}
		return err
	}
	s.mu.Lock()
	s.rescoring = s.cron.Schedule(s.rescore, cron.FuncJob(func() { s.rescoreAll(ctx) }))
	s.mu.Unlock()
	s.cron.Start()
	s.running.Go(func() { s.watchClock(ctx) })
	// What a run brought just before the program ended may not be scored yet, and windows
	// have moved while it was down.
	s.running.Go(func() { s.rescoreAll(ctx) })
	<-ctx.Done()
	<-s.cron.Stop().Done()
	return nil
}

func (s *Scheduler) setContext(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ctx = ctx
}

func (s *Scheduler) takeNoMore() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ctx = nil
}

// takeUp starts again the runs that a crash or a stop cut off.
func (s *Scheduler) takeUp(ctx context.Context) error {
	cut, err := s.journal.Unfinished(ctx)
	if err != nil {
		return fmt.Errorf("looking for runs that were cut off: %w", err)
	}
	for _, run := range cut {
		if err := s.journal.Abandon(ctx, run.ID, "the program ended during the run; it is taken up again"); err != nil {
			return fmt.Errorf("closing run %s that was cut off: %w", run.ID, err)
		}
		s.logger.WarnContext(ctx, "taking up a run that was cut off", "target", run.TargetID, "run", run.ID)
		s.start(ctx, run.TargetID, "resumed", 0)
	}
	return nil
}

// fire starts a run whose planned time has come.
func (s *Scheduler) fire(ctx context.Context, targetID, trigger string) {
	if s.rests(ctx, targetID) {
		return
	}
	s.start(ctx, targetID, trigger, Jitter(targetID, s.settings.Jitter))
}

// start runs a target in its own goroutine: after wait, when it need not wait any longer,
// and when a slot is free. Its end is waited for by Run.
func (s *Scheduler) start(ctx context.Context, targetID, trigger string, wait time.Duration) {
	if !s.beginStart(targetID) {
		return // the run that waits will be the one
	}
	planned := s.clock()
	s.running.Go(func() {
		ready := pause(ctx, wait) && s.patient(ctx, targetID)
		s.endStart(targetID)
		if ready {
			s.inSlot(ctx, targetID, func() error { return s.planned(ctx, targetID, trigger, planned) })
		}
	})
}

func (s *Scheduler) beginStart(targetID string) bool {
	s.startMu.Lock()
	defer s.startMu.Unlock()
	if s.starting[targetID] {
		return false
	}
	s.starting[targetID] = true
	return true
}

func (s *Scheduler) endStart(targetID string) {
	s.startMu.Lock()
	defer s.startMu.Unlock()
	delete(s.starting, targetID)
}

// pause waits for a while; false where ctx ended meanwhile.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// longestNap is after how long a target that waits is looked at again: its quiet hours may
// have been changed, its host may be there again, or the clock may have been set.
const longestNap = 10 * time.Minute

// patient waits while a target has to wait. It tells whether the target is to be crawled
// then: it may have been paused meanwhile.
func (s *Scheduler) patient(ctx context.Context, targetID string) bool {
	for {
		target, err := s.runner.Targets.Get(ctx, targetID, time.Time{})
		if err != nil {
			return ctx.Err() == nil // the start of the run will say what is wrong
		}
		wait, waits, err := s.runner.waits(ctx, target)
		if err != nil {
			s.logger.ErrorContext(ctx, "cannot tell whether a target has to wait", "target", targetID, "problem", err)
		}
		if target.Paused || !waits {
			return !target.Paused
		}
		s.logger.InfoContext(ctx, "target waits", "target", targetID, "reason", wait.Reason, "until", wait.Until)
		if !pause(ctx, min(max(wait.Until.Sub(s.clock()), time.Second), longestNap)) {
			return false
		}
	}
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

// inSlot does a run's work when one of the worker slots is free.
func (s *Scheduler) inSlot(ctx context.Context, targetID string, work func() error) {
	select {
	case <-ctx.Done():
		return
	case s.slots <- struct{}{}:
	}
	defer func() { <-s.slots }()
	err := work()
	var inProgress *store.RunInProgressError
	switch {
	case err == nil, ctx.Err() != nil:
	case errors.As(err, &inProgress):
		s.logger.InfoContext(ctx, "target is being crawled already", "target", targetID)
	default:
		s.logger.ErrorContext(ctx, "run failed", "target", targetID, "problem", err)
	}
}

func (s *Scheduler) rescoreAll(ctx context.Context) {
	done, err := s.runner.Rescorer.All(ctx)
	if err != nil && ctx.Err() == nil {
		s.logger.ErrorContext(ctx, "re-score of all deals failed", "problem", err)
		return
	}
	s.logger.InfoContext(ctx, "all deals scored again", "deals", done.Deals, "decisions", len(done.Decisions))
}
