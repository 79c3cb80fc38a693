package scorer_test

import (
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

// A customer that no notice ever named may be there under a name that nobody recorded.
func TestACustomerThatWasNeverSeenIsLowOnlyByItsRegisteredName(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)
	end := now.Add(-time.Hour)
	site := signals.TargetHistory{
		Target: signals.Target{ID: "site", Kind: signals.KindTender, Covers: []string{signals.CoversAll}},
		Runs:   []signals.RunSummary{{ID: "r", StartedAt: end, FinishedAt: end, Outcome: signals.OutcomeOK, Complete: true, Items: 50}},
	}
	seen := signals.MatchedNotice{
		Notice: signals.Notice{TargetID: "site", ID: "1", Title: "厂房光伏中标公告", Type: signals.NoticeAward, FirstSeen: end},
		Match:  signals.NoticeMatch{Match: true, Role: signals.RoleWinner, RecordedAt: end},
	}
	tests := map[string]struct {
		name    string
		notices []signals.MatchedNotice
		low     bool
	}{
		"a registered name":           {"云溪华光玻璃股份有限公司", nil, true},
		"a short name":                {"华光玻璃", nil, false},
		"a short name that was seen":  {"华光玻璃", []signals.MatchedNotice{seen}, true},
		"one seen only after the day": {"华光玻璃", []signals.MatchedNotice{later(seen, now)}, false},
	}
	for name, test := range tests {
		h := signals.History{Customer: signals.Customer{ID: "C", Name: test.name}, Tender: signals.TenderHistory{Sources: []signals.TargetHistory{site}, Notices: test.notices}}
		f := scorer.Assess(h, scorer.DefaultPolicy(), now).Evaluation.Factors.Tender
		if low := f.Band != nil && *f.Band == scorer.BandLow; low != test.low || !low && f.Reason != signals.ReasonNeverMatched {
			t.Errorf("%s: %+v, want low %v", name, f, test.low)
		}
	}
}

func later(n signals.MatchedNotice, now time.Time) signals.MatchedNotice {
	n.Match.RecordedAt = now.Add(time.Hour)
	return n
}
