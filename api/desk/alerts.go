package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"
)

// TargetAlert is something about a target that costs measures, or soon will.
type TargetAlert struct {
	signals.Alert
	CustomerID string       `json:"customer_id,omitempty"`
	URL        string       `json:"url"`
	Problem    string       `json:"problem,omitempty"` // what the newest run says
	Kind       signals.Kind `json:"target_kind"`
}

// Alerts lists what an administrator should look at now: the most urgent kind first, in
// each kind what began first.
func (d *Desk) Alerts(ctx context.Context) ([]TargetAlert, error) {
	now := d.Clock()
	policy, err := d.Policies.At(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("reading the policy: %w", err)
	}
	staleAfter := map[signals.Kind]int{
		signals.KindHiring: policy.Factors[signals.FactorHiring].StaleAfterDays,
		signals.KindTender: policy.Factors[signals.FactorTender].StaleAfterDays,
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
			found, err := d.alertsOf(ctx, t, staleAfter[t.Kind], now)
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
	alerts := make([]TargetAlert, len(found))
	for i, a := range found {
		alerts[i] = TargetAlert{Alert: a, CustomerID: t.CustomerID, URL: t.URL, Kind: t.Kind}
		if len(newest) > 0 {
			alerts[i].Problem = newest[0].Problem
		}
	}
	return alerts, nil
}
