package collect_test

import (
	"fmt"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/wecom/collect"
)

// TestAFedDealIsMeasuredAndAGapIsNeverLow follows a deal through 60 days of daily pulls with
// different troubles, and asks what the factor says.
func TestAFedDealIsMeasuredAndAGapIsNeverLow(t *testing.T) {
	tests := []struct {
		name   string
		pull   func(day int) []any // what the bridge sends on a day, nil = it is down
		status signals.Status
		reason string
	}{
		{"pulled every day", func(int) []any { return []any{} }, signals.StatusOK, signals.ReasonMeasured},
		{"down for four days, the archive reaches back", func(day int) []any {
			if day > 50 && day < 55 {
				return nil
			}
			return []any{}
		}, signals.StatusOK, signals.ReasonMeasured},
		{"down for twenty days", func(day int) []any {
			if day > 35 && day < 55 {
				return nil
			}
			return []any{}
		}, signals.StatusUnknown, signals.ReasonNotCovered},
		{"down since ten days", func(day int) []any {
			if day > 50 {
				return nil
			}
			return []any{}
		}, signals.StatusStale, signals.ReasonSyncStale},
		{"the sales person left the archive a month ago", func(day int) []any {
			if day == 30 {
				return []any{object{"control": "members", "permitted": []string{"hanmeimei"}}}
			}
			return []any{}
		}, signals.StatusStale, signals.ReasonSyncStale},
	}
	policy := scorer.DefaultPolicy()
	rules := policy.WeChat
	rules.WindowDays, rules.StaleAfterDays = policy.Factors[signals.FactorWeChat].WindowDays, policy.Factors[signals.FactorWeChat].StaleAfterDays
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			start := today.AddDate(0, 0, -60)
			w.now = start
			w.take(collect.Archive, page(), members(), consent("lilei", "Agree", start), pulled(w.now))
			for day := 1; day <= 60; day++ {
				w.now = start.AddDate(0, 0, day)
				lines := tt.pull(day)
				if lines == nil {
					continue
				}
				for n, from := range []string{"lilei", buyer} {
					to := []string{buyer, "lilei"}[n]
					m := said(day*10+n, from, to, "合同的付款条件请再确认")
					m["msgtime"] = w.now.Add(time.Duration(n-10) * time.Minute).UnixMilli()
					lines = append(lines, m)
				}
				w.take(collect.Archive, append(append([]any{page()}, lines...), pulled(w.now))...)
			}
			w.now = today
			m := signals.MeasureWeChat(w.history("D1"), rules, today)
			if m.Status != tt.status || m.Reason.Code != tt.reason {
				t.Errorf("%s (%s), want %s (%s)", m.Status, m.Reason.Code, tt.status, tt.reason)
			}
			if m.Status == signals.StatusOK && (m.Value == nil || *m.Value < 6) {
				t.Errorf("daily talk is %v", fmt.Sprint(m.Value))
			}
			if other := signals.MeasureWeChat(w.history("D2"), rules, today); other.Status != signals.StatusUnknown {
				t.Errorf("the deal of somebody outside the archive is %s", other.Status)
			}
		})
	}
}
