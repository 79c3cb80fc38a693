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

	place Place // in the list that the row was read for
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

func (c *Counts) add(e scorer.Evaluation, freeze scorer.FreezeView, closed bool, now time.Time) {
	c.Deals++
	c.held(freeze, now, 1)
	if e.Diagnosis == scorer.Unknown && !closed {
		c.Missing++
	}
}

// held counts how a deal is held; n is -1 for one that is out of play after all.
func (c *Counts) held(freeze scorer.FreezeView, now time.Time, n int) {
	if freeze.State == scorer.FreezeFrozen {
		c.Frozen += n
	}
	if freeze.State == scorer.FreezeProposed {
		c.Proposed += n
	}
	if freeze.Disputed {
		c.Disputed += n
	}
	if freeze.Overdue(now) {
		c.Overdue += n
	}
}

// Page lists deals by their newest score: at most limit of them, those behind after.
func (d *Desk) Page(ctx context.Context, f Filter, order Order, after *Place, limit int) (List, error) {
	rows, list, err := d.rows(ctx, f)
	if err != nil {
		return List{}, err
	}
	list.Total = len(rows)
	for i := range rows {
		rows[i].place = order.place(rows[i])
	}
	slices.SortFunc(rows, func(a, b Row) int { return order.compare(a.place, b.place) })
	if after != nil {
		behind := func(r Row, place Place) int { return order.compare(r.place, place) }
		start, found := slices.BinarySearchFunc(rows, *after, behind)
		if found {
			start++
		}
		rows = rows[start:]
	}
	if len(rows) > limit {
		rows = rows[:limit]
		list.Next = &rows[limit-1].place
	}
	list.Rows = rows
	return list, d.nameCustomers(ctx, rows)
}

// rows reads every deal of a scope that passes a filter.
func (d *Desk) rows(ctx context.Context, f Filter) ([]Row, List, error) {
	now := d.Clock()
	var rows []Row
	var counts Counts
	owners, regions := make(map[string]bool), make(map[string]bool)
	closed, err := d.Deals.Closed(ctx)
	if err != nil {
		return nil, List{}, fmt.Errorf("reading which deals are closed: %w", err)
	}
	err = d.Verdicts.Newest(ctx, func(e scorer.Evaluation, newest *scorer.Decision) error {
		freeze := freezeOf(newest, now)
		counts.add(e, freeze, closed[e.DealID], now)
		if !f.inScope(e, freeze) || f.Scope == ScopeMissing && closed[e.DealID] {
			return nil
		}
		deal, err := d.Deals.Get(ctx, e.DealID, time.Time{})
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading deal %s: %w", e.DealID, err)
		}
		if outOfPlay(deal) {
			counts.held(freeze, now, -1)
		}
		if f.closedOut(deal, freeze) {
			return nil
		}
		owners[deal.Owner], regions[deal.Region] = true, true
		if f.passes(deal, e, freeze) {
			rows = append(rows, rowOf(deal, e, freeze, now))
		}
		return nil
	})
	if err != nil {
		return nil, List{}, fmt.Errorf("reading the newest scores: %w", err)
	}
	return rows, List{Owners: sorted(owners), Regions: sorted(regions), Counts: counts}, nil
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
func outOfPlay(deal signals.Deal) bool {
	return deal.Standing() == signals.DealLost || deal.Standing() == signals.DealMerged
}

// closedOut tells whether a deal does not belong in a list any more because it is closed:
// nobody fills gaps in its data, and a pattern that is over needs nobody. A deal that was
// won keeps its place while its commission is held.
func (f Filter) closedOut(deal signals.Deal, freeze scorer.FreezeView) bool {
	switch {
	case f.Scope == ScopeAll || !deal.Closed():
		return false
	case f.Scope == ScopeMissing || outOfPlay(deal):
		return true
	}
	return freeze.State == scorer.FreezeClear && !freeze.Disputed
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

func (f Filter) inScope(e scorer.Evaluation, freeze scorer.FreezeView) bool {
	switch f.Scope {
	case ScopeAll:
		return true
	case ScopeMissing:
		return e.Diagnosis == scorer.Unknown
	}
	return e.Flagged || freeze.State != scorer.FreezeClear || freeze.Disputed
}

func (f Filter) passes(deal signals.Deal, e scorer.Evaluation, freeze scorer.FreezeView) bool {
	return wanted(f.Owner, deal.Owner) && wanted(f.Team, deal.Team) &&
		wanted(f.Region, deal.Region) && wanted(f.ProductLine, deal.ProductLine) &&
		wanted(f.Diagnosis, e.Diagnosis) && wanted(f.State, freeze.State) && (!f.Disputed || freeze.Disputed) &&
		(f.MinAmount == nil || deal.Amount.GreaterThanOrEqual(*f.MinAmount)) &&
		(f.MaxAmount == nil || deal.Amount.LessThanOrEqual(*f.MaxAmount))
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
