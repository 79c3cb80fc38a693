package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/oklog/ulid/v2"
)

// maxBulk is the most deals that one bulk action takes.
const maxBulk = 1000

// bulkActions are those that many deals can be decided with at once. Disputes are opened
// and answered one by one, for each says something of its own.
func bulkActions() []scorer.Action {
	return []scorer.Action{scorer.ActionRelease, scorer.ActionConfirm, scorer.ActionAssign}
}

// BulkItem is a deal of a bulk action, with the number of the newest decision that the
// preview showed: a deal that changed since is left as it is.
type BulkItem struct {
	DealID string `json:"deal_id"`
	After  uint64 `json:"after"`
}

// BulkChange is what a bulk action would do to a deal.
type BulkChange struct {
	BulkItem
	Name        string             `json:"name"`
	Owner       string             `json:"owner"`
	Amount      string             `json:"amount"`
	Currency    string             `json:"currency"`
	State       scorer.FreezeState `json:"state"`
	Reviewer    string             `json:"reviewer"`
	NewState    scorer.FreezeState `json:"new_state"`
	NewReviewer string             `json:"new_reviewer"`
	EndsDispute bool               `json:"ends_dispute"`
	Until       *time.Time         `json:"until"` // when the new state ends by itself
	Refused     *BulkRefusal       `json:"refused"`
}

// BulkRefusal is why a deal is left as it is.
type BulkRefusal struct {
	Code   string `json:"code"` // not_found, stale, or a scorer.Problem
	Detail string `json:"detail"`
}

// The codes of a refusal that say nothing of the deal's state.
const (
	RefusedNotFound = "not_found"
	RefusedStale    = "stale"
)

// BulkPreview is what a bulk action would do to each deal.
type BulkPreview struct {
	Items    []BulkChange `json:"items"`
	Possible int          `json:"possible"` // of the items, those that would be decided
}

// BulkResult is what a bulk action did.
type BulkResult struct {
	Bulk    string        `json:"bulk"` // names the action in each of its decisions
	Done    int           `json:"done"`
	Refused int           `json:"refused"`
	Items   []BulkOutcome `json:"items"`
}

// BulkOutcome is what became of one deal.
type BulkOutcome struct {
	DealID   string           `json:"deal_id"`
	Decision *scorer.Decision `json:"decision"`
	Refused  *BulkRefusal     `json:"refused"`
}

// BulkIDs lists the deals that a bulk action by filter takes: those of the list of flagged
// deals.
func (d *Desk) BulkIDs(ctx context.Context, f Filter) ([]string, error) {
	hits, _, err := d.hits(ctx, f, d.Clock())
	if err != nil {
		return nil, err
	}
	if len(hits) > maxBulk {
		return nil, invalidBulk("/filter", fmt.Sprintf("it lets %d deals through: narrow it to %d at most", len(hits), maxBulk))
	}
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.DealID
	}
	slices.Sort(ids)
	return ids, nil
}

func invalidBulk(pointer, detail string) error {
	return &InvalidError{What: "the bulk action", Faults: []Fault{{Pointer: pointer, Detail: detail}}}
}

// PreviewBulk tells what a bulk action would do to each deal. Nothing is written.
func (d *Desk) PreviewBulk(ctx context.Context, r scorer.Request, ids []string, actor string) (BulkPreview, error) {
	if err := checkBulk(r, ids); err != nil {
		return BulkPreview{}, err
	}
	now := d.Clock()
	policy, err := d.Policies.At(ctx, now)
	if err != nil {
		return BulkPreview{}, fmt.Errorf("reading the policy: %w", err)
	}
	preview := BulkPreview{Items: make([]BulkChange, len(ids))}
	for i, id := range ids {
		deal, decisions, err := d.decidable(ctx, id, now)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return BulkPreview{}, err
		}
		var decision *scorer.Decision
		if err == nil {
			decision, err = d.decisionOn(ctx, deal, decisions, r, actor, policy, now)
		}
		preview.Items[i] = bulkChange(id, deal, decisions, decision, now)
		if err != nil {
			if preview.Items[i].Refused = refusalOf(err); preview.Items[i].Refused == nil {
				return BulkPreview{}, err
			}
		}
		if preview.Items[i].Refused == nil {
			preview.Possible++
		}
	}
	return preview, nil
}

// checkBulk refuses an action that makes no sense whatever the deals are.
func checkBulk(r scorer.Request, ids []string) error {
	if !slices.Contains(bulkActions(), r.Action) {
		return invalidBulk("/action", "many deals can be released, confirmed or assigned at once")
	}
	if len(ids) > maxBulk {
		return invalidBulk("/ids", fmt.Sprintf("there are %d deals: %d at most", len(ids), maxBulk))
	}
	seen := make(map[string]bool)
	for _, id := range ids {
		if seen[id] {
			return invalidBulk("/ids", "deal "+id+" stands there twice")
		}
		seen[id] = true
	}
	return nil
}

// decidable reads what a decision on a deal is made upon.
func (d *Desk) decidable(ctx context.Context, id string, now time.Time) (signals.Deal, []scorer.Decision, error) {
	deal, err := d.Deals.Get(ctx, id, now)
	if err != nil {
		return deal, nil, fmt.Errorf("reading deal %s: %w", id, err)
	}
	decisions, err := d.Verdicts.Decisions(ctx, id, now)
	if err != nil {
		return deal, nil, fmt.Errorf("reading the decisions on deal %s: %w", id, err)
	}
	return deal, decisions, nil
}

// bulkChange shows what a decision does to a deal, nil where it is refused.
func bulkChange(id string, deal signals.Deal, decisions []scorer.Decision, decision *scorer.Decision, now time.Time) BulkChange {
	view := scorer.StateAt(decisions, now)
	change := BulkChange{
		BulkItem: BulkItem{DealID: id, After: NewestSeq(decisions)},
		Name:     deal.Name, Owner: deal.Owner, Amount: deal.Amount.String(), Currency: deal.Currency, State: view.State,
	}
	if len(decisions) > 0 {
		change.Reviewer = decisions[len(decisions)-1].Reviewer
	}
	if decision == nil {
		change.NewState, change.NewReviewer = change.State, change.Reviewer
		return change
	}
	change.NewState, change.NewReviewer, change.Until = decision.State, decision.Reviewer, decision.Until
	change.EndsDispute = view.Disputed && !decision.Disputed
	return change
}

// refusalOf says why a decision on a deal was not taken, nil for a failure of ours.
func refusalOf(err error) *BulkRefusal {
	var action *scorer.ActionError
	var stale *StaleError
	switch {
	case errors.As(err, &action):
		return &BulkRefusal{Code: string(action.Reason), Detail: action.Error()}
	case errors.As(err, &stale):
		return &BulkRefusal{Code: RefusedStale, Detail: stale.Error()}
	case errors.Is(err, store.ErrNotFound):
		return &BulkRefusal{Code: RefusedNotFound, Detail: "there is no such deal"}
	}
	return nil
}

// bulkID names a bulk action.
func bulkID(at time.Time) (string, error) {
	id, err := ulid.New(ulid.Timestamp(at), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("naming a bulk action: %w", err)
	}
	return id.String(), nil
}
