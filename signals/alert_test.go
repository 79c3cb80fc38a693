package signals

import (
	"slices"
	"testing"
	"time"
)

func TestAlertsTellWhatCostsMeasures(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	run := func(daysAgo int, outcome Outcome, items int) RunSummary {
		at := now.AddDate(0, 0, -daysAgo)
		return RunSummary{StartedAt: at, FinishedAt: at, Outcome: outcome, Complete: outcome.Measurement(), Items: items}
	}
	drifted := run(0, OutcomeNotRelevant, 0)
	drifted.Drifted = true
	ofList := func(list string, r RunSummary) RunSummary {
		r.List = list
		return r
	}
	hiring := Target{ID: "t", Kind: KindHiring}
	for name, c := range map[string]struct {
		target Target
		runs   []RunSummary
		want   []AlertKind
	}{
		"never crawled":          {hiring, nil, nil},
		"all well":               {hiring, []RunSummary{run(1, OutcomeOK, 5), run(0, OutcomeOK, 5)}, nil},
		"failed twice":           {hiring, []RunSummary{run(2, OutcomeOK, 5), run(1, OutcomeUnreachable, 0), run(0, OutcomeUnreachable, 0)}, nil},
		"failed three times":     {hiring, []RunSummary{run(3, OutcomeOK, 5), run(2, OutcomeUnreachable, 0), run(1, OutcomeLoop, 0), run(0, OutcomeUnreachable, 0)}, []AlertKind{AlertFailing}},
		"blocked once":           {hiring, []RunSummary{run(1, OutcomeOK, 5), run(0, OutcomeBlocked, 0)}, []AlertKind{AlertBlocked}},
		"drifted":                {hiring, []RunSummary{run(1, OutcomeOK, 5), drifted}, []AlertKind{AlertDrift}},
		"fell to a few":          {hiring, []RunSummary{run(2, OutcomeOK, 50), run(1, OutcomeOK, 3)}, []AlertKind{AlertDrift}},
		"fell to nothing":        {hiring, []RunSummary{run(2, OutcomeOK, 50), run(1, OutcomeEmpty, 0)}, []AlertKind{AlertDrift}},
		"another list by now":    {Target{ID: "t", Kind: KindHiring, URL: "https://example.com/new"}, []RunSummary{ofList("old", run(1, OutcomeOK, 5)), ofList("old", drifted)}, nil},
		"stale in two days":      {hiring, []RunSummary{run(5, OutcomeOK, 5)}, []AlertKind{AlertStaleSoon}},
		"stale in three days":    {hiring, []RunSummary{run(4, OutcomeOK, 5)}, nil},
		"stale":                  {hiring, []RunSummary{run(8, OutcomeOK, 5), run(0, OutcomeUnreachable, 0)}, []AlertKind{AlertStale}},
		"stale and kept out":     {hiring, []RunSummary{run(9, OutcomeOK, 5), run(0, OutcomeLogin, 0)}, []AlertKind{AlertBlocked, AlertStale}},
		"paused":                 {Target{ID: "t", Kind: KindHiring, Paused: true}, []RunSummary{run(9, OutcomeBlocked, 0)}, nil},
		"a run that is not over": {hiring, []RunSummary{run(1, OutcomeOK, 5), run(-1, OutcomeBlocked, 0)}, nil},
	} {
		var got []AlertKind
		for _, a := range AlertsOf(c.target, c.runs, 7, now) {
			got = append(got, a.Kind)
			if a.TargetID != "t" || a.Since.IsZero() || a.Since.After(now) {
				t.Errorf("%s: %+v", name, a)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
