package schedules

import (
	"context"
	"errors"
	"fmt"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// followed is the holds that go on with another deal, because theirs was merged into it: one
// for each deal that goes on, the strictest. Merges that an older version took in stay as they
// were answered.
func (r *Rescorer) followed(ctx context.Context, deals []signals.Deal) ([]store.Verdict, error) {
	asOf := r.Clock()
	policy, err := r.Policies.At(ctx, asOf)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	var verdicts []store.Verdict
	places := make(map[string]int) // of the deals that go on, in verdicts
	for _, deal := range deals {
		if deal.MergedInto == "" || deal.MergedSince.IsZero() {
			continue
		}
		verdict, found, err := r.follow(ctx, deal, func(m scorer.Merge, into []scorer.Decision) (*scorer.Decision, bool) {
			return m.Follow(into, policy, asOf)
		})
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		place, twice := places[verdict.DealID]
		if !twice {
			places[verdict.DealID] = len(verdicts)
			verdicts = append(verdicts, verdict)
		} else if verdicts[place].Decision.State == scorer.FreezeProposed {
			verdicts[place] = verdict
		}
	}
	return verdicts, nil
}

// follow is the hold of one merged deal on the one that goes on. Where it was merged over
// others that took it along, or on which a person decided, it is those that it goes on with.
func (r *Rescorer) follow(ctx context.Context, deal signals.Deal, step func(scorer.Merge, []scorer.Decision) (*scorer.Decision, bool)) (store.Verdict, bool, error) {
	decisions, err := r.decisions(ctx, deal.ID)
	if err != nil || len(decisions) == 0 {
		return store.Verdict{}, false, err
	}
	chain, err := r.mergedInto(ctx, deal)
	if err != nil || len(chain) == 0 {
		return store.Verdict{}, false, err
	}
	merge := scorer.Merge{From: deal.ID, At: deal.MergedSince, Decisions: decisions}
	for i, into := range chain {
		own, err := r.decisions(ctx, into.ID)
		if err != nil {
			return store.Verdict{}, false, err
		}
		if i < len(chain)-1 {
			if merge.Settled(own) {
				return store.Verdict{}, false, nil
			}
			if into.MergedSince.After(merge.At) {
				merge.At = into.MergedSince
			}
			continue
		}
		merge.Into = into.ID
		d, found := step(merge, own)
		verdict := store.Verdict{DealID: into.ID, Decision: d}
		if len(own) > 0 {
			verdict.After = own[len(own)-1].Seq
		}
		return verdict, found, nil
	}
	return store.Verdict{}, false, nil
}

// leftBehind is the deals that a deal went on as until its newest version undid that: what
// they are held for on its account ends.
func (r *Rescorer) leftBehind(ctx context.Context, id string) ([]signals.Deal, error) {
	deal, known, err := r.deal(ctx, id)
	if err != nil || !known {
		return nil, err
	}
	was, err := r.AllDeals.Get(ctx, id, deal.RecordedAt.Add(-1))
	if errors.Is(err, store.ErrNotFound) || err == nil && (was.MergedInto == "" || was.MergedInto == deal.MergedInto) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what deal %s was before: %w", id, err)
	}
	return r.mergedInto(ctx, was)
}
