package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

// Row is a deal with its newest score, as lists show it.
type Row struct {
	Name          string        `json:"name"`
	CustomerName  string        `json:"customer_name"`
	Team          string        `json:"team,omitempty"`
	Region        string        `json:"region,omitempty"`
	ProductLine   string        `json:"product_line,omitempty"`
	Stage         string        `json:"stage,omitempty"`
	ExpectedClose *signals.Date `json:"expected_close,omitempty"`
	Flagged       bool          `json:"flagged"`
	Overdue       bool          `json:"overdue,omitempty"` // disputed, and the deadline for the answer has passed

	Status     signals.DealStatus `json:"status,omitempty"` // won, lost or merged
	MergedInto string             `json:"merged_into,omitempty"`
	Health     scorer.Health      `json:"health"`
}

// Scope says which deals a list is of.
type Scope string

const (
	ScopeFlagged Scope = "flagged" // those with a flagged pattern, or whose freeze is not clear
	ScopeMissing Scope = "missing" // those of which not all three factors are known
	ScopeAll     Scope = "all"     // every deal that was ever scored
)

// Filter narrows a list of deals. Its zero value lets every deal of the scope through.
type Filter struct {
	Scope       Scope
	Owner       string
	Team        string
	Region      string
	ProductLine string
	Diagnosis   scorer.Diagnosis
	State       scorer.FreezeState
	Disputed    bool             // only those
	MinAmount   *decimal.Decimal // in the deal's own currency
	MaxAmount   *decimal.Decimal
}

// List is one page of deals.
type List struct {
	Rows  []Row
	Total int    // on all pages
	Next  *Place // nil on the last page

	// Owners and Regions occur in the scope, before any filter, for people to choose from.
	Owners, Regions []string
	Counts          Counts
}

// Subjects names whose statistics a page shows, for the log of who looked at them.
func (l List) Subjects() string {
	owners := make(map[string]bool)
	for _, row := range l.Rows {
		owners[row.Health.Owner] = true
	}
	return "owners " + strings.Join(sorted(owners), ", ")
}

// Counts is how all deals that were ever scored stand, whatever the scope and filter.
type Counts struct {
	Deals, Frozen, Proposed, Disputed, Overdue int
	Missing                                    int // of those that are open
}

func (c *Counts) add(h hit, now time.Time) {
	c.Deals++
	if !outOfPlay(h.Status) {
		c.held(h.freeze, now)
	}
	if h.Diagnosis == scorer.Unknown && !h.Closed() {
		c.Missing++
	}
}

// held counts how a deal is held.
func (c *Counts) held(freeze scorer.FreezeView, now time.Time) {
	if freeze.State == scorer.FreezeFrozen {
		c.Frozen++
	}
	if freeze.State == scorer.FreezeProposed {
		c.Proposed++
	}
	if freeze.Disputed {
		c.Disputed++
	}
	if freeze.Overdue(now) {
		c.Overdue++
	}
}

// Page lists deals by their newest score: at most limit of them, those behind after. Only
// they are read whole.
func (d *Desk) Page(ctx context.Context, f Filter, order Order, after *Place, limit int) (List, error) {
	now := d.Clock()
	hits, list, err := d.hits(ctx, f, now)
	if err != nil {
		return List{}, err
	}
	list.Total = len(hits)
	for i := range hits {
		hits[i].place = order.place(hits[i], now)
	}
	slices.SortFunc(hits, func(a, b hit) int { return order.compare(a.place, b.place) })
	if after != nil {
		behind := func(h hit, place Place) int { return order.compare(h.place, place) }
		start, found := slices.BinarySearchFunc(hits, *after, behind)
		if found {
			start++
		}
		hits = hits[start:]
	}
	if len(hits) > limit {
		hits = hits[:limit]
		list.Next = &hits[limit-1].place
	}
	for _, h := range hits {
		row, err := d.row(ctx, h.DealID, now)
		if err != nil {
			return List{}, err
		}
		list.Rows = append(list.Rows, row)
	}
	return list, d.nameCustomers(ctx, list.Rows)
}

// hit is a deal that passes a filter.
type hit struct {
	*store.Standing
	freeze scorer.FreezeView
	place  Place // in the list that is asked for
}

// hits finds every deal of a scope that passes a filter.
func (d *Desk) hits(ctx context.Context, f Filter, now time.Time) ([]hit, List, error) {
	standings, err := d.Verdicts.Standings(ctx)
	if err != nil {
		return nil, List{}, fmt.Errorf("reading where the deals stand: %w", err)
	}
	var hits []hit
	var counts Counts
	owners, regions := make(map[string]bool), make(map[string]bool)
	for _, standing := range standings {
		h := hit{Standing: standing, freeze: freezeOf(standing.Decision, now)}
		counts.add(h, now)
		if h.Status == "" || !f.inScope(h) || f.closedOut(h) {
			continue
		}
		owners[h.Owner], regions[h.Region] = true, true
		if f.passes(h) {
			hits = append(hits, h)
		}
	}
	return hits, List{Owners: sorted(owners), Regions: sorted(regions), Counts: counts}, nil
}

// row reads a deal as a list shows it.
func (d *Desk) row(ctx context.Context, id string, now time.Time) (Row, error) {
	deal, err := d.Deals.Get(ctx, id, time.Time{})
	if err != nil {
		return Row{}, fmt.Errorf("reading deal %s: %w", id, err)
	}
	e, _, err := d.Verdicts.Latest(ctx, id, time.Time{})
	if err != nil {
		return Row{}, fmt.Errorf("reading the newest score of deal %s: %w", id, err)
	}
	decisions, err := d.Verdicts.Decisions(ctx, id, time.Time{})
	if err != nil {
		return Row{}, fmt.Errorf("reading the decisions on deal %s: %w", id, err)
	}
	if len(decisions) > 0 {
		decisions = decisions[len(decisions)-1:]
	}
	return rowOf(deal, e, scorer.StateAt(decisions, now), now), nil
}

// freezeOf is the freeze state that a deal's newest decision leaves.
func freezeOf(newest *scorer.Decision, at time.Time) scorer.FreezeView {
	if newest == nil {
		return scorer.StateAt(nil, at)
	}
	return scorer.StateAt([]scorer.Decision{*newest}, at)
}

func rowOf(deal signals.Deal, e scorer.Evaluation, freeze scorer.FreezeView, now time.Time) Row {
	row := Row{
		Name: deal.Name, Team: deal.Team, Region: deal.Region, ProductLine: deal.ProductLine,
		Stage: deal.Stage, ExpectedClose: deal.ExpectedClose, Flagged: e.Flagged,
		Health: scorer.HealthOf(deal, e, freeze), Overdue: freeze.Overdue(now), MergedInto: deal.MergedInto,
	}
	if deal.Closed() {
		row.Status = deal.Standing()
	}
	return row
}

// outOfPlay tells whether there is no commission to hold on a deal: it was lost, or goes
// on under another id.
func outOfPlay(status signals.DealStatus) bool {
	return status == signals.DealLost || status == signals.DealMerged
}

// closedOut tells whether a deal does not belong in a list any more because it is closed:
// nobody fills gaps in its data, and a pattern that is over needs nobody. A deal that was
// won keeps its place while its commission is held.
func (f Filter) closedOut(h hit) bool {
	switch {
	case f.Scope == ScopeAll || !h.Closed():
		return false
	case f.Scope == ScopeMissing || outOfPlay(h.Status):
		return true
	}
	return h.freeze.State == scorer.FreezeClear && !h.freeze.Disputed
}

// nameCustomers fills in the customers' names, for the rows of one page only.
func (d *Desk) nameCustomers(ctx context.Context, rows []Row) error {
	for i := range rows {
		name, err := d.CustomerName(ctx, rows[i].Health.CustomerID)
		if err != nil {
			return err
		}
		rows[i].CustomerName = name
	}
	return nil
}

// CustomerName is a customer's full name, nothing where there is no such customer.
func (d *Desk) CustomerName(ctx context.Context, id string) (string, error) {
	customer, err := d.Customers.Get(ctx, id, time.Time{})
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("reading customer %s: %w", id, err)
	}
	return customer.Name, nil
}

func (f Filter) inScope(h hit) bool {
	switch f.Scope {
	case ScopeAll:
		return true
	case ScopeMissing:
		return h.Diagnosis == scorer.Unknown
	}
	return h.Flagged || h.freeze.State != scorer.FreezeClear || h.freeze.Disputed
}

func (f Filter) passes(h hit) bool {
	return wanted(f.Owner, h.Owner) && wanted(f.Team, h.Team) &&
		wanted(f.Region, h.Region) && wanted(f.ProductLine, h.ProductLine) &&
		wanted(f.Diagnosis, h.Diagnosis) && wanted(f.State, h.freeze.State) && (!f.Disputed || h.freeze.Disputed) &&
		(f.MinAmount == nil || h.Amount.GreaterThanOrEqual(*f.MinAmount)) &&
		(f.MaxAmount == nil || h.Amount.LessThanOrEqual(*f.MaxAmount))
}

func wanted[T ~string](filter, value T) bool { return filter == "" || filter == value }

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for value := range set {
		if value != "" {
			list = append(list, value)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
	})
	return list
}
