package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// TargetAlert is something about a target that costs measures, or soon will.
type TargetAlert struct {
	signals.Alert
	CustomerID string       `json:"customer_id,omitempty"`
	URL        string       `json:"url"`
	Problem    string       `json:"problem,omitempty"` // what the newest run says
	Kind       signals.Kind `json:"target_kind"`

	State signals.TargetState `json:"state"`
}

// Alerts lists what an administrator should look at now: the most urgent kind first, in
// each kind what began first.
func (d *Desk) Alerts(ctx context.Context) ([]TargetAlert, error) {
	now := d.Clock()
	policy, err := d.Policies.At(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	alerts := []TargetAlert{}
	for after := ""; ; {
		targets, err := d.Targets.List(ctx, time.Time{}, after, 1000)
		if err != nil {
			return nil, fmt.Errorf("listing targets: %w", err)
		}
		if len(targets) == 0 {
			break
		}
		for _, t := range targets {
			staleAfterDays, err := d.staleAfter(ctx, t, policy)
			if err != nil {
				return nil, err
			}
			found, err := d.alertsOf(ctx, t, staleAfterDays, now)
			if err != nil {
				return nil, err
			}
			alerts = append(alerts, found...)
		}
		after = targets[len(targets)-1].ID
	}
	kinds := signals.AlertKinds()
	slices.SortStableFunc(alerts, func(a, b TargetAlert) int {
		if a.Alert.Kind != b.Alert.Kind {
			return slices.Index(kinds, a.Alert.Kind) - slices.Index(kinds, b.Alert.Kind)
		}
		return a.Since.Compare(b.Since)
	})
	return alerts, nil
}

// staleAfter is after how many days a target's newest complete run is too old for one of the
// deals that it measures: by their segments, where they are a customer's open ones.
func (d *Desk) staleAfter(ctx context.Context, t signals.Target, policy scorer.Policy) (int, error) {
	factor := signals.FactorHiring
	if t.Kind == signals.KindTender {
		factor = signals.FactorTender
	}
	if t.CustomerID == "" {
		return policy.LeastStaleAfterDays(factor), nil
	}
	customer, err := d.Customers.Get(ctx, t.CustomerID, time.Time{})
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return 0, fmt.Errorf("reading the customer of target %s: %w", t.ID, err)
	}
	deals, err := d.Deals.ByCustomer(ctx, t.CustomerID, time.Time{})
	if err != nil {
		return 0, fmt.Errorf("reading the deals of target %s: %w", t.ID, err)
	}
	least := 0
	for _, deal := range deals {
		if days := policy.For(deal, customer).Factors[factor].StaleAfterDays; !deal.Closed() && (least == 0 || days < least) {
			least = days
		}
	}
	if least == 0 {
		least = policy.In("").Factors[factor].StaleAfterDays
	}
	return least, nil
}

func (d *Desk) alertsOf(ctx context.Context, t signals.Target, staleAfterDays int, now time.Time) ([]TargetAlert, error) {
	runs, err := d.Runs.Summaries(ctx, t.ID, now)
	if err != nil {
		return nil, fmt.Errorf("reading the runs of target %s: %w", t.ID, err)
	}
	found := signals.AlertsOf(t, runs, staleAfterDays, now)
	if len(found) == 0 {
		return nil, nil
	}
	newest, err := d.Runs.List(ctx, t.ID, "", 1)
	if err != nil {
		return nil, fmt.Errorf("reading the newest run of target %s: %w", t.ID, err)
	}
	state := signals.StateOf(t, runs, now)
	alerts := make([]TargetAlert, len(found))
	for i, a := range found {
		alerts[i] = TargetAlert{Alert: a, CustomerID: t.CustomerID, URL: t.URL, Kind: t.Kind, State: state}
		if len(newest) > 0 {
			alerts[i].Problem = newest[0].Problem
		}
	}
	return alerts, nil
}
