package desk

import (
	"context"
	"fmt"

	"dealvitals/signals"
	"dealvitals/store"
)

// Alarms are the alerts that other systems are to be told of: those that no run tells of by
// itself.
func (d *Desk) Alarms(ctx context.Context) ([]store.Alarm, error) {
	alerts, err := d.Alerts(ctx)
	if err != nil {
		return nil, err
	}
	var alarms []store.Alarm
	for _, a := range alerts {
		kind := store.AlertEvent(a.Alert.Kind)
		if kind == "" {
			continue
		}
		report, err := d.reportOf(ctx, a)
		if err != nil {
			return nil, err
		}
		alarm := store.Alarm{Type: kind, Of: a.Since, Report: report}
		if a.Measured != nil {
			alarm.Of = *a.Measured // whenever it goes stale by the policy of the day
		}
		alarms = append(alarms, alarm)
	}
	return alarms, nil
}

// reportOf is what an event tells of a target that there is an alert of.
func (d *Desk) reportOf(ctx context.Context, a TargetAlert) (store.TargetReport, error) {
	since := a.Since
	report := store.TargetReport{
		TargetID: a.TargetID, Kind: a.Kind, CustomerID: a.CustomerID, URL: a.URL, State: a.State, Outcome: a.Outcome,
		Since: &since, Runs: a.Runs, StaleAt: a.StaleAt, Measured: a.Measured,
	}
	runs, err := d.Runs.List(ctx, a.TargetID, "", 5)
	if err != nil {
		return report, fmt.Errorf("reading the runs of target %s: %w", a.TargetID, err)
	}
	for _, r := range runs {
		if r.Outcome != signals.Outcome("") && !r.FinishedAt.IsZero() { // neither under way nor given up
			report.RunID, report.Items, report.Problem, report.FinishedAt = r.ID, r.Items, r.Problem, r.FinishedAt
			break
		}
	}
	return report, nil
}
