package signals

import "time"

// AlertKind is what an administrator should look at.
type AlertKind string

const (
	AlertDrift     AlertKind = "drift"      // it gave items before and gives none, or far fewer, now
	AlertBlocked   AlertKind = "blocked"    // the site keeps us out: captcha, login, robots.txt
	AlertFailing   AlertKind = "failing"    // several runs in a row are no measurement
	AlertStaleSoon AlertKind = "stale_soon" // measures go stale within days unless a run succeeds
	AlertStale     AlertKind = "stale"      // they are stale
)

// AlertKinds lists every kind, the most urgent first.
func AlertKinds() []AlertKind {
	return []AlertKind{AlertDrift, AlertBlocked, AlertStale, AlertFailing, AlertStaleSoon}
}

// Alert is something about a target that costs measures, or soon will.
type Alert struct {
	Kind     AlertKind  `json:"kind"`
	TargetID string     `json:"target_id"`
	Since    time.Time  `json:"since"`              // when it began
	Runs     int        `json:"runs,omitempty"`     // in a row that ended so
	Outcome  Outcome    `json:"outcome,omitempty"`  // of the newest run
	StaleAt  *time.Time `json:"stale_at,omitempty"` // when the measures go, or went, stale
	Measured *time.Time `json:"measured,omitempty"` // the newest complete run
}

const (
	// failedRuns is how many runs in a row that are no measurement are told.
	failedRuns = 3
	// staleSoon is how long before measures go stale it is told.
	staleSoon = 2 * 24 * time.Hour
)

// AlertsOf tells what is wrong with a target at an instant, from its finished runs, oldest
// first. A target that is paused is meant to rest.
func AlertsOf(t Target, runs []RunSummary, staleAfterDays int, asOf time.Time) []Alert {
	runs = ofThisList(t, finishedBy(runs, asOf))
	if t.Paused || len(runs) == 0 {
		return nil
	}
	newest := runs[len(runs)-1]
	first := Alert{TargetID: t.ID, Since: newest.FinishedAt, Outcome: newest.Outcome}
	for i := len(runs) - 1; i >= 0 && failing(t.Kind, runs[i]); i-- {
		first.Since, first.Runs = runs[i].FinishedAt, first.Runs+1
	}
	fell, short := openFall(t, runs, days(warmingDays), collapsed)
	var alerts []Alert
	switch {
	case driftedSince(runs):
		first.Kind = AlertDrift
		alerts = append(alerts, first)
	case t.Kind == KindHiring && short:
		first.Kind, first.Since = AlertDrift, fell.at
		alerts = append(alerts, first)
	case newest.Outcome == OutcomeBlocked || newest.Outcome == OutcomeLogin || newest.Outcome == OutcomeRobotsDenied:
		first.Kind = AlertBlocked
		alerts = append(alerts, first)
	case first.Runs >= failedRuns:
		first.Kind = AlertFailing
		alerts = append(alerts, first)
	}
	return append(alerts, staleness(t, runs, staleAfterDays, asOf)...)
}

// staleness tells of measures that are stale or soon will be.
func staleness(t Target, runs []RunSummary, staleAfterDays int, asOf time.Time) []Alert {
	last, found := newestComplete(runs)
	if !found {
		return nil
	}
	measured, at := last.FinishedAt, last.FinishedAt.Add(days(staleAfterDays))
	alert := Alert{Kind: AlertStaleSoon, TargetID: t.ID, Since: at.Add(-staleSoon), StaleAt: &at, Measured: &measured}
	switch {
	case asOf.After(at):
		alert.Kind, alert.Since = AlertStale, at
	case asOf.Before(alert.Since):
		return nil
	}
	return []Alert{alert}
}
