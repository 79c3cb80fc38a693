package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// ListPeriods lists the locked periods, and those that are open from the newest locked
// one to the present month, newest first. Where none is locked yet, the present month and
// the one before it are open.
func (d *Desk) ListPeriods(ctx context.Context) ([]Period, error) {
	kept, err := d.Periods.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("listing the locked periods: %w", err)
	}
	var periods []Period
	for _, k := range kept {
		p, err := lockedPeriod(k)
		if err != nil {
			return nil, err
		}
		periods = append(periods, p)
	}
	month := firstOfMonth(d.Clock())
	first := month.AddDate(0, -1, 0)
	if len(periods) > 0 {
		first = periods[len(periods)-1].StartsAt.In(signals.Shanghai).AddDate(0, 1, 0)
	}
	for m := first; !m.After(month); m = m.AddDate(0, 1, 0) {
		p, err := openPeriod(m.Format(periodForm))
		if err != nil {
			return nil, err
		}
		periods = append(periods, p)
	}
	slices.Reverse(periods)
	return periods, nil
}

func firstOfMonth(t time.Time) time.Time {
	y, m, _ := t.In(signals.Shanghai).Date()
	return time.Date(y, m, 1, 0, 0, 0, 0, signals.Shanghai)
}

// GetPeriod is one period, locked or open.
func (d *Desk) GetPeriod(ctx context.Context, id string) (Period, error) {
	kept, err := d.Periods.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return openPeriod(id)
	}
	if err != nil {
		return Period{}, fmt.Errorf("reading period %s: %w", id, err)
	}
	return lockedPeriod(kept)
}

// lastLocked is the newest locked period. It fails where that is the one named or a later
// one: nothing can be put before what is closed.
func (d *Desk) lastLocked(ctx context.Context, id string) (store.Period, error) {
	kept, err := d.Periods.List(ctx)
	if err != nil {
		return store.Period{}, fmt.Errorf("listing the locked periods: %w", err)
	}
	if len(kept) == 0 {
		return store.Period{}, nil
	}
	last := kept[len(kept)-1]
	switch {
	case slices.ContainsFunc(kept, func(p store.Period) bool { return p.ID == id }):
		return last, &PeriodClosedError{Period: id, Why: "is locked already"}
	case last.ID > id:
		return last, &PeriodClosedError{Period: id, Why: "was passed over: period " + last.ID + ", which is later, is locked"}
	}
	return last, nil
}

// PeriodLocking is how a period is to be locked.
type PeriodLocking struct {
	CutOff  *time.Time // the period's end where none is given
	DryRun  bool       // say what would be locked, and keep nothing
	Confirm string     // digest that a dry run gave: nothing but what it showed is locked

	MustConfirm bool // refuse a lock without Confirm
}

// LockPeriod fixes every deal's answer as of the cut-off.
func (d *Desk) LockPeriod(ctx context.Context, id string, l PeriodLocking, actor string) (Period, error) {
	draft, err := d.lockable(ctx, id, l.CutOff)
	if err != nil {
		return Period{}, err
	}
	if l.MustConfirm && !l.DryRun && l.Confirm == "" {
		return Period{}, unconfirmedLock()
	}
	draft.LockedBy = actor
	var lines []store.PeriodLine
	var summary Summary
	digest := store.NewPeriodDigest()
	err = d.draft(ctx, draft, "", func(line PeriodLine) error {
		line.Locked = true
		summary.add(line)
		body, err := json.Marshal(line)
		if err != nil {
			return fmt.Errorf("writing deal %s in period %s: %w", line.DealID, id, err)
		}
		digest.Add(body)
		if !l.DryRun {
			lines = append(lines, store.PeriodLine{DealID: line.DealID, Body: body})
		}
		return nil
	})
	if err != nil {
		return Period{}, err
	}
	if l.DryRun {
		return wouldLock(draft, summary, digest.Sum())
	}
	if l.Confirm != "" && l.Confirm != digest.Sum() {
		return Period{}, &StaleError{What: "what would be locked in period " + id}
	}
	if draft.Summary, err = json.Marshal(summary); err != nil {
		return Period{}, fmt.Errorf("writing the summary of period %s: %w", id, err)
	}
	kept, err := d.Periods.Lock(ctx, draft, lines, d.Clock())
	var conflict *store.ConflictError
	if errors.As(err, &conflict) {
		return Period{}, &PeriodClosedError{Period: id, Why: "was not locked, because another lock came first"}
	}
	if err != nil {
		return Period{}, fmt.Errorf("locking period %s: %w", id, err)
	}
	return lockedPeriod(kept)
}

// wouldLock is a period that is open still, with what a lock would fix.
func wouldLock(draft store.Period, summary Summary, digest string) (Period, error) {
	p, err := openPeriod(draft.ID)
	p.Digest = digest
	p.CutOff, p.Previous, p.Summary = &draft.CutOff, draft.Previous, &summary
	return p, err
}

// lockable checks a period and its cut-off.
func (d *Desk) lockable(ctx context.Context, id string, given *time.Time) (store.Period, error) {
	start, err := periodStart(id)
	if err != nil {
		return store.Period{}, err
	}
	end, err := periodEnd(id)
	if err != nil {
		return store.Period{}, err
	}
	last, err := d.lastLocked(ctx, id)
	if err != nil {
		return store.Period{}, err
	}
	if given == nil {
		given = &end
	}
	cutOff, err := d.Instant(given)
	if err != nil {
		return store.Period{}, err
	}
	switch {
	case cutOff.Before(start):
		return store.Period{}, badCutOff("it is before the period begins")
	case !cutOff.After(last.CutOff):
		return store.Period{}, badCutOff("period " + last.ID + " was cut off at " + last.CutOff.Format(time.RFC3339) + ": give a later one")
	}
	return store.Period{ID: id, CutOff: cutOff, Previous: last.ID}, nil
}

func badCutOff(why string) error {
	return &InvalidError{What: "the cut-off", Faults: []Fault{{Pointer: "/cut_off", Detail: why}}}
}

// CheckPeriod answers for each id, in their order, for a commission period: from its lines
// where it is locked, else as of its end.
func (d *Desk) CheckPeriod(ctx context.Context, ids []string, id string) (FreezeAnswers, error) {
	end, err := periodEnd(id)
	if err != nil {
		return FreezeAnswers{}, err
	}
	kept, err := d.Periods.Get(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return d.checkOpen(ctx, ids, id, end)
	}
	if err != nil {
		return FreezeAnswers{}, fmt.Errorf("reading period %s: %w", id, err)
	}
	policy, err := d.Policies.At(ctx, kept.CutOff)
	if err != nil {
		return FreezeAnswers{}, fmt.Errorf("reading the policy: %w", err)
	}
	answers := FreezeAnswers{AsOf: kept.CutOff, Answers: make([]FreezeAnswer, len(ids))}
	for i, dealID := range ids {
		line, err := d.lockedLine(ctx, kept, dealID)
		if errors.Is(err, store.ErrNotFound) {
			answers.Answers[i] = unknownDeal(dealID, policy, kept.CutOff)
			answers.Answers[i].Period, answers.Answers[i].Locked = id, true
			continue
		}
		if err != nil {
			return FreezeAnswers{}, fmt.Errorf("reading deal %s in period %s: %w", dealID, id, err)
		}
		answers.Answers[i] = line.FreezeAnswer
	}
	return answers, nil
}

func (d *Desk) checkOpen(ctx context.Context, ids []string, id string, end time.Time) (FreezeAnswers, error) {
	asOf, err := d.Instant(&end)
	if err != nil {
		return FreezeAnswers{}, err
	}
	answers, err := d.Check(ctx, ids, asOf)
	for i := range answers.Answers {
		answers.Answers[i].Period = id
	}
	return answers, err
}

// unconfirmedLock refuses a payroll system that locks what it has not looked at.
func unconfirmedLock() error {
	return &InvalidError{What: "the lock", Faults: []Fault{{
		Pointer: "/confirm", Detail: "a lock is for ever: send it with dry_run first, look at what it would hold, and send the digest of that answer as confirm",
	}}}
}
