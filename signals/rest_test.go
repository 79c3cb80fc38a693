package signals_test

import (
	"testing"
	"time"

	"dealvitals/signals"

	"pgregory.net/rapid"
)

func TestRestNeverLetsAMeasureGoStale(t *testing.T) {
	newest := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		stale := rapid.IntRange(1, 60).Draw(t, "stale after days")
		same := time.Duration(rapid.IntRange(0, 3*365*24).Draw(t, "hours without a change")) * time.Hour
		every := time.Duration(rapid.IntRange(1, 60*24).Draw(t, "hours between planned times")) * time.Hour
		rest, ok := signals.RestOf(newest.Add(-same), newest, stale)
		if !ok {
			return
		}
		until, ok := rest.Until(func(at time.Time) time.Time { return at.Truncate(every).Add(every) })
		if ok && (until.After(newest.Add(time.Duration(stale)*12*time.Hour)) || until.Before(newest)) {
			t.Fatalf("it rests until %v, its measure is stale %d days after %v", until, stale, newest)
		}
	})
}

func TestRestBeginsAfterTwoWeeks(t *testing.T) {
	newest := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		days  int
		hours float64 // 0 = no rest
	}{{1, 0}, {13, 0}, {14, 33.6}, {20, 48}, {35, 84}, {700, 84}} {
		rest, ok := signals.RestOf(newest.AddDate(0, 0, -c.days), newest, 7)
		if ok != (c.hours > 0) || rest.Least.Hours() != c.hours {
			t.Errorf("after %d days: %v hours, %t; want %v", c.days, rest.Least.Hours(), ok, c.hours)
		}
	}
}
