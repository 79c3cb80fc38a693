// Package storetest is the conformance suite of stores: what each engine must do, told by
// tests. An engine's own tests call Run with a way to open it.
package storetest

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// Store is an open store, part by part, as the suite uses it.
type Store struct {
	Customers    Records[signals.Customer]
	Deals        Deals
	Contacts     Records[signals.Contact]
	Targets      Records[signals.Target]
	Runs         Runs
	Notices      Notices
	Interactions Interactions
	Histories    Histories
	Policies     Policies
	Verdicts     Verdicts
	Periods      Periods
	Outcomes     Records[signals.DealOutcome]
	Audit        Audit
	Keys         Keys
	Marks        Marks
	Circuits     Circuits
	Replies      Replies
	Events       Events
	Endpoints    Endpoints
	Deliveries   Deliveries
	Whole        Whole
}

// Opener opens the store that is kept at a path, and makes it where there is none.
type Opener func(t *testing.T, path string, clock func() time.Time) Store

// Records keeps versioned records.
type Records[T any] interface {
	Get(ctx context.Context, id string, asOf time.Time) (T, error)
	List(ctx context.Context, asOf time.Time, after string, limit int) ([]T, error)
	Put(ctx context.Context, records []T, actor string, at time.Time) (store.Changes, error)
	PutIf(ctx context.Context, record T, was time.Time, actor string, at time.Time) (T, error)
}

// Deals keeps deals.
type Deals interface {
	Records[signals.Deal]
	ByCustomer(ctx context.Context, customerID string, asOf time.Time) ([]signals.Deal, error)
	ByContact(ctx context.Context, contactID string, asOf time.Time) ([]signals.Deal, error)
}

// Runs keeps runs.
type Runs interface {
	Begin(ctx context.Context, run signals.Run) error
	Commit(ctx context.Context, c store.RunCommit) (store.Committed, error)
	Abandon(ctx context.Context, runID, why string) error
	Unfinished(ctx context.Context) ([]signals.Run, error)
	Get(ctx context.Context, runID string) (signals.Run, error)
	List(ctx context.Context, targetID, before string, limit int) ([]signals.Run, error)
	Summaries(ctx context.Context, targetID string, asOf time.Time) ([]signals.RunSummary, error)
	Page(ctx context.Context, targetID, url string) (signals.PageState, bool, error)
	KnownNotices(ctx context.Context, targetID string, ids []string) (map[string]bool, error)
	Notice(ctx context.Context, targetID, id string) (signals.Notice, error)
	Searches(ctx context.Context, targetID string) ([]signals.Search, error)
	UnreadDetails(ctx context.Context, targetID string) ([]signals.UnreadDetail, error)
	Evidence(ctx context.Context, hash string) (signals.Evidence, error)
}

// Notices keeps notices and matches.
type Notices interface {
	Since(ctx context.Context, from signals.Date, fn func(signals.Notice) error) error
	Get(ctx context.Context, targetID, id string, asOf time.Time) (signals.Notice, error)
	Match(ctx context.Context, at time.Time, matches []signals.NoticeMatch) error
	ToReview(ctx context.Context, after string, limit int) ([]store.Pending, error)
	Judge(ctx context.Context, m signals.NoticeMatch, at time.Time) (signals.NoticeMatch, error)
}

// Interactions keeps messages and calls.
type Interactions interface {
	Add(ctx context.Context, source string, in []signals.Interaction, cov []signals.Coverage, at time.Time) (store.Added, error)
	Cover(ctx context.Context, source string, spans []store.StatedSpan, actor string, at time.Time) (store.Covered, error)
}

// Histories reads what was known.
type Histories interface {
	Deal(ctx context.Context, dealID string, asOf time.Time) (signals.History, error)
	Each(ctx context.Context, dealIDs []string, asOf time.Time, fn func(signals.History) error) error
}

// Policies keeps policies.
type Policies interface {
	At(ctx context.Context, asOf time.Time) (scorer.Policy, error)
	List(ctx context.Context) ([]scorer.Policy, error)
	Get(ctx context.Context, version int) (scorer.Policy, error)
	Publish(ctx context.Context, p scorer.Policy, was int, actor string, at time.Time) (scorer.Policy, error)
	KeepCohorts(ctx context.Context, c scorer.Cohorts, at time.Time) (scorer.Cohorts, error)
	Draft(ctx context.Context, p scorer.Policy, was int, actor string, at time.Time) (store.PolicyDraft, error)
	Drafts(ctx context.Context) ([]store.PolicyDraft, error)
	GetDraft(ctx context.Context, id string) (store.PolicyDraft, error)
	PublishDraft(ctx context.Context, id, actor string, at time.Time) (scorer.Policy, error)
	WithdrawDraft(ctx context.Context, id, actor string, at time.Time) error
}

// Verdicts keeps evaluations and decisions.
type Verdicts interface {
	Decisions(ctx context.Context, dealID string, asOf time.Time) ([]scorer.Decision, error)
	Recent(ctx context.Context, dealID string, n int) ([]scorer.Evaluation, error)
	Latest(ctx context.Context, dealID string, asOf time.Time) (scorer.Evaluation, bool, error)
	Record(ctx context.Context, verdicts []store.Verdict) ([]scorer.Decision, error)
	Log(ctx context.Context, after uint64, limit int) ([]scorer.Decision, error)
	Standings(ctx context.Context) ([]*store.Standing, error)
	Scores(ctx context.Context, dealID string, from, to time.Time) ([]scorer.Evaluation, error)
}

// Periods keeps locked commission periods.
type Periods interface {
	Lock(ctx context.Context, period store.Period, lines []store.PeriodLine, at time.Time) (store.Period, error)
	List(ctx context.Context) ([]store.Period, error)
	Get(ctx context.Context, id string) (store.Period, error)
	Line(ctx context.Context, id, dealID string) (json.RawMessage, error)
	Each(ctx context.Context, id, after string, fn func(body json.RawMessage) error) error
}

// Audit is the audit log.
type Audit interface {
	Verify(ctx context.Context) (int, error)
	Export(ctx context.Context, w io.Writer) error
}

// Keys keeps API keys.
type Keys interface {
	Add(ctx context.Context, k store.Key) error
	List(ctx context.Context) ([]store.Key, error)
	Revoke(ctx context.Context, id string, at time.Time, actor string) error
	ByHash(ctx context.Context, hash string) (store.Key, error)
}

// Marks remembers schedules.
type Marks interface {
	Due(ctx context.Context, id string) (time.Time, bool, error)
	SetDue(ctx context.Context, id string, due time.Time) error
}

// Circuits keeps what is known of hosts in trouble.
type Circuits interface {
	Circuits(ctx context.Context) ([]signals.Circuit, error)
	KeepCircuit(ctx context.Context, c signals.Circuit) error
	DropCircuit(ctx context.Context, host string) error
}

// Replies keeps answers to requests that may come again.
type Replies interface {
	Get(ctx context.Context, key string) (store.Reply, bool, error)
	Put(ctx context.Context, key string, r store.Reply) error
}

// Whole is the store as one thing.
type Whole interface {
	Backup(ctx context.Context, w io.Writer) error
	Ready(ctx context.Context) error
	Close() error
}

// Run runs the whole suite.
func Run(t *testing.T, open Opener) {
	for _, group := range []struct {
		name string
		run  func(*testing.T, Opener)
	}{
		{"records", records}, {"runs", runs}, {"postings", postings}, {"notices", notices},
		{"interactions", interactions}, {"histories", histories}, {"answers stay", answersStay},
		{"policies", policies}, {"cohorts", cohorts}, {"policy drafts", policyDrafts}, {"verdicts", verdicts}, {"lifecycle", lifecycle}, {"periods", periods}, {"outcomes", outcomes}, {"audit", auditLog},
		{"events", events}, {"deliveries", deliveries}, {"small things", smallThings},
		{"whole", whole},
	} {
		t.Run(group.name, func(t *testing.T) { group.run(t, open) })
	}
}

// day0 is when the world of the suite begins.
var day0 = time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)

// day is the instant n days after the beginning.
func day(n int) time.Time { return day0.AddDate(0, 0, n) }

// clock shows a time that tests set.
type clock struct{ now time.Time }

func (c *clock) read() time.Time { return c.now }

// fixture is a new store in a folder of its own.
type fixture struct {
	Store
	t     *testing.T
	open  Opener
	path  string
	clock *clock
}

func newFixture(t *testing.T, open Opener) *fixture {
	t.Helper()
	f := &fixture{t: t, open: open, path: filepath.Join(t.TempDir(), "deals.db"), clock: &clock{now: day0}}
	f.Store = open(t, f.path, f.clock.read)
	t.Cleanup(func() { f.must(f.Whole.Close()) })
	return f
}

// reopen closes the store and opens it again.
func (f *fixture) reopen() {
	f.t.Helper()
	f.must(f.Whole.Close())
	f.Store = f.open(f.t, f.path, f.clock.read)
}

// must ends the test at an error.
func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// ok takes what a call returned. It is the value; an error ends the test.
func ok[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// second is the error of a call whose value does not matter.
func second[T any](_ T, err error) error { return err }

// same tells of a value that is not as wanted. Values are compared as the JSON that other
// programs would see.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := asJSON(t, got), asJSON(t, want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// newFixtureFrom is a store restored from a copy.
func newFixtureFrom(t *testing.T, open Opener, copied []byte) *fixture {
	t.Helper()
	f := &fixture{t: t, open: open, path: filepath.Join(t.TempDir(), "restored.db"), clock: &clock{now: day0}}
	f.must(os.WriteFile(f.path, copied, 0o600))
	f.Store = open(t, f.path, f.clock.read)
	t.Cleanup(func() { f.must(f.Whole.Close()) })
	return f
}
