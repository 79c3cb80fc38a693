package schedules

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"dealvitals/crawler"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/oklog/ulid/v2"
)

// Crawler crawls one target.
type Crawler interface {
	Run(ctx context.Context, t signals.Target, run signals.Run) (crawler.Result, error)
}

// TargetReader reads targets.
type TargetReader interface {
	Get(ctx context.Context, id string, asOf time.Time) (signals.Target, error)
}

// RunLog keeps runs: a journal of those in progress, and what the finished ones brought.
type RunLog interface {
	Begin(ctx context.Context, run signals.Run) error
	Commit(ctx context.Context, c store.RunCommit) (store.Committed, error)
	Abandon(ctx context.Context, runID, why string) error
	Summaries(ctx context.Context, targetID string, asOf time.Time) ([]signals.RunSummary, error)
}

// DealsOfCustomers finds the deals that a change to a customer touches.
type DealsOfCustomers interface {
	ByCustomer(ctx context.Context, customerID string, asOf time.Time) ([]signals.Deal, error)
}

// Runner takes one target from crawl to decision: crawl, match, commit, re-score.
type Runner struct {
	Targets  TargetReader
	Runs     RunLog
	Deals    DealsOfCustomers
	Crawler  Crawler
	Matching *Matching
	Rescorer *Rescorer
	Clock    func() time.Time
	Logger   *slog.Logger

	// Rests tells whether a target is left alone at its planned times because nothing
	// changes on it; nil says that none is.
	Rests func(ctx context.Context, t signals.Target) (signals.Wait, bool, error)

	// Turns keeps runs apart from the removal of old evidence; nil where none is removed.
	Turns *Turns

	unclosed sync.Map // ids of failed and cut runs that are still in the journal, with why

	// Waits tells whether a target has to wait, and until when; nil says that none has.
	Waits func(ctx context.Context, t signals.Target) (signals.Wait, bool, error)
}

func (r *Runner) waits(ctx context.Context, t signals.Target) (signals.Wait, bool, error) {
	if r.Waits == nil {
		return signals.Wait{}, false, nil
	}
	return r.Waits(ctx, t)
}

// Run crawls a target now. The run that it returns is finished and stored; a site that
// cannot be read is told by its Outcome, not by an error. An error means that nothing of
// the run was kept: the target is unknown, a run of it is in progress
// (store.RunInProgressError), the context ended, or the store failed.
func (r *Runner) Run(ctx context.Context, targetID, trigger string) (signals.Run, error) {
	run, target, err := r.begin(ctx, targetID, trigger)
	if err != nil {
		return signals.Run{}, err
	}
	return r.finish(ctx, target, run)
}

func (r *Runner) begin(ctx context.Context, targetID, trigger string) (signals.Run, signals.Target, error) {
	target, err := r.Targets.Get(ctx, targetID, time.Time{})
	if err != nil {
		return signals.Run{}, target, fmt.Errorf("reading target %s: %w", targetID, err)
	}
	now := r.Clock()
	run := signals.Run{
		ID:        ulid.MustNew(ulid.Timestamp(now), ulid.DefaultEntropy()).String(),
		TargetID:  targetID,
		Trigger:   trigger,
		StartedAt: now,
	}
	if err := r.enter(ctx, run); err != nil {
		return signals.Run{}, target, fmt.Errorf("starting a run of target %s: %w", targetID, err)
	}
	return run, target, nil
}

// enter writes a run into the journal. A run that stands there though it failed could not
// be closed then, because the disk was full or the clock wrong: it is now.
func (r *Runner) enter(ctx context.Context, run signals.Run) error {
	err := r.Runs.Begin(ctx, run)
	var other *store.RunInProgressError
	if !errors.As(err, &other) {
		return err
	}
	if _, left := r.unclosed.Load(other.RunID); !left {
		return err
	}
	if err := r.close(ctx, other.RunID); err != nil {
		return err
	}
	return r.Runs.Begin(ctx, run)
}

// close ends a run that is still in the journal; "" is none.
func (r *Runner) close(ctx context.Context, runID string) error {
	why, left := r.unclosed.Load(runID)
	if !left {
		return nil
	}
	if err := r.Runs.Abandon(ctx, runID, fmt.Sprint(why)); err != nil {
		return fmt.Errorf("closing run %s: %w", runID, err)
	}
	r.unclosed.Delete(runID)
	return nil
}

// PanicError is a panic in a run. It ends that run only.
type PanicError struct {
	Value any
	Stack string
}

func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// finish does all that follows the journal entry. A run that is cut off by the end of
// its context stays in the journal: the next start of the program takes it up again.
func (r *Runner) finish(ctx context.Context, target signals.Target, run signals.Run) (finished signals.Run, err error) {
	defer func() {
		if p := recover(); p != nil {
			cause := &PanicError{Value: p, Stack: string(debug.Stack())}
			r.Logger.ErrorContext(ctx, "a run panicked", "target", target.ID, "run", run.ID, "panic", p, "stack", cause.Stack)
			err = r.giveBack(ctx, run, cause)
		}
	}()
	committed, finished, err := r.crawl(ctx, target, run)
	if err != nil {
		return run, r.giveBack(ctx, run, err)
	}
	return finished, r.rescore(ctx, target, finished, committed)
}

// crawl does a run and keeps it. Where its pages lie must not change meanwhile.
func (r *Runner) crawl(ctx context.Context, target signals.Target, run signals.Run) (store.Committed, signals.Run, error) {
	if r.Turns != nil {
		defer r.Turns.Take()()
	}
	result, err := r.Crawler.Run(ctx, target, run)
	if err != nil {
		return store.Committed{}, run, fmt.Errorf("crawling target %s: %w", target.ID, err)
	}
	committed, finished, err := r.commit(ctx, target, result)
	if err != nil {
		return committed, finished, fmt.Errorf("keeping run %s of target %s: %w", run.ID, target.ID, err)
	}
	return committed, finished, nil
}

// rescore scores the deals that a run touches.
func (r *Runner) rescore(ctx context.Context, target signals.Target, finished signals.Run, committed store.Committed) error {
	r.Logger.InfoContext(ctx, "run finished", "target", target.ID, "run", finished.ID, "outcome", finished.Outcome,
		"complete", finished.Complete, "pages", len(finished.Pages), "items", finished.Items, "new", finished.New)
	deals, err := r.touched(ctx, target, committed)
	if err != nil {
		return fmt.Errorf("finding the deals that run %s touches: %w", finished.ID, err)
	}
	if _, err := r.Rescorer.Deals(ctx, deals); err != nil {
		return fmt.Errorf("scoring the deals that run %s touches: %w", finished.ID, err)
	}
	return nil
}

// giveBack ends a run that failed. A run whose context ended stays journaled; any other
// is closed, so that the target can be crawled again.
func (r *Runner) giveBack(ctx context.Context, run signals.Run, cause error) error {
	if ctx.Err() != nil {
		return cause
	}
	if err := r.Runs.Abandon(ctx, run.ID, cause.Error()); err != nil {
		r.unclosed.Store(run.ID, cause.Error())
		return errors.Join(cause, fmt.Errorf("closing run %s: %w", run.ID, err))
	}
	return cause
}

func (r *Runner) commit(ctx context.Context, target signals.Target, result crawler.Result) (store.Committed, signals.Run, error) {
	run := result.Run
	earlier, err := r.Runs.Summaries(ctx, target.ID, run.FinishedAt)
	if err != nil {
		return store.Committed{}, run, err
	}
	run.Drifted = signals.Drifted(earlier, run)
	defer r.Matching.steady()()
	matches, err := r.Matching.Of(ctx, result.Notices, run.FinishedAt)
	if err != nil {
		return store.Committed{}, run, err
	}
	committed, err := r.Runs.Commit(ctx, store.RunCommit{
		Run: run, Postings: result.Postings, Notices: result.Notices, Sighted: result.Sighted,
		Evidence: result.Evidence, Pages: result.Pages, Matches: matches,
		Unread: result.Unread, DetailsRead: result.DetailsRead, Searched: result.Searched, At: run.FinishedAt,
	})
	if err != nil {
		return committed, run, err
	}
	run.New = len(committed.NewPostings) + len(committed.NewNotices)
	return committed, run, nil
}

// touched lists the deals whose measures a run may have moved. A hiring run says
// something about its customer even when it brought nothing new, for its status does.
func (r *Runner) touched(ctx context.Context, target signals.Target, committed store.Committed) ([]string, error) {
	customers := committed.Customers
	if target.CustomerID != "" {
		customers = append(customers, target.CustomerID)
	}
	return dealsOf(ctx, r.Deals, customers)
}

func dealsOf(ctx context.Context, deals DealsOfCustomers, customers []string) ([]string, error) {
	var ids []string
	seen := make(map[string]bool)
	for _, customer := range customers {
		if seen[customer] {
			continue
		}
		seen[customer] = true
		found, err := deals.ByCustomer(ctx, customer, time.Time{})
		if err != nil {
			return nil, err
		}
		for _, d := range found {
			ids = append(ids, d.ID)
		}
	}
	return ids, nil
}
