package web

import (
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

func TestASparklineTellsNoNumberFromNought(t *testing.T) {
	at := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	run := func(items int, o signals.Outcome, complete bool) signals.Run {
		return signals.Run{FinishedAt: at, Items: items, Outcome: o, Complete: complete}
	}
	svg := string(sparkline("en", []signals.Run{
		run(5, signals.OutcomeOK, false), run(0, signals.OutcomeBlocked, false), run(10, signals.OutcomeOK, true), run(0, signals.OutcomeEmpty, true), {},
	}))
	if strings.Count(svg, "<rect") != 3 || strings.Count(svg, "<circle") != 1 || strings.Count(svg, `class="part"`) != 1 || !strings.Contains(svg, "items of the last 4 runs, at most 10") {
		t.Errorf("drawn as %s", svg)
	}
	if sparkline("zh", nil) != "" {
		t.Error("nothing is drawn")
	}
}

func TestManyAlertsAreCountedNotListed(t *testing.T) {
	page := targetsPage{Alarmed: 70, Alerts: make([]alertRow, 50)}
	if page.More() != 20 || (targetsPage{}).More() != 0 {
		t.Errorf("%d and %d more", page.More(), (targetsPage{}).More())
	}
}
