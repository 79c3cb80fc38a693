package schedules

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"dealvitals/signals"

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
}

// Settings is when things happen.
type Settings struct {
	Crawl   string        // cron of targets without a schedule of their own
	Rescore string        // cron of the re-score of all deals
	Jitter  time.Duration // runs that fall due together start spread over this
	Places  Places        // runs at the same time
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
	agenda   *agenda
	lines    *lines
	changed  chan struct{} // has a token when a run was planned, lined up or ended
	running  sync.WaitGroup

	mu      sync.Mutex
	ctx     context.Context // of Run; nil before and after it
	cron    *cron.Cron
	entries map[string]entry
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
		cron:   cron.New(),
		agenda: newAgenda(), lines: newLines(s.Places), changed: make(chan struct{}, 1),
		entries: make(map[string]entry),
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
	s.running.Go(func() { s.dispatch(ctx) })
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
	s.cron.Schedule(s.rescore, cron.FuncJob(func() { s.rescoreAll(ctx) }))
	s.startCron(ctx)
	s.running.Go(func() { s.watchClock(ctx) })
	// What a run brought just before the program ended may not be scored yet, and windows
	// have moved while it was down.
	s.running.Go(func() { s.rescoreAll(ctx) })
	<-ctx.Done()
	s.stopCron()
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

// resumeAgain is how long after its start a run is taken up that was cut off a second time:
// a program that is started again and again must not ask its sites each time.
const resumeAgain = 10 * time.Minute

// takeUp starts again the runs that a crash or a stop cut off. They stay in the journal
// until then.
func (s *Scheduler) takeUp(ctx context.Context) error {
	cut, err := s.journal.Unfinished(ctx)
	if err != nil {
		return fmt.Errorf("looking for runs that were cut off: %w", err)
	}
	now := s.clock()
	for _, run := range cut {
		wait := time.Duration(0)
		if run.Trigger == resumed {
			wait = min(max(run.StartedAt.Add(resumeAgain).Sub(now), 0), resumeAgain)
		}
		s.runner.unclosed.Store(run.ID, "the program ended during the run; it is taken up again")
		s.logger.WarnContext(ctx, "taking up a run that was cut off", "target", run.TargetID, "run", run.ID, "in", wait)
		s.plan(start{target: run.TargetID, trigger: resumed, planned: now, cut: run.ID}, wait)
	}
	return nil
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

func (s *Scheduler) rescoreAll(ctx context.Context) {
	done, err := s.runner.Rescorer.All(ctx)
	if err != nil && ctx.Err() == nil {
		s.logger.ErrorContext(ctx, "re-score of all deals failed", "problem", err)
		return
	}
	s.logger.InfoContext(ctx, "all deals scored again", "deals", done.Deals, "decisions", len(done.Decisions))
}
