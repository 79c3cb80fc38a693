package scorer_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

var now = time.Date(2026, 11, 24, 12, 0, 0, 0, signals.Shanghai)

// The numbers that the default policy reads as low, mid and high.
var levels = map[string]map[signals.Factor]float64{
	"low":  {signals.FactorHiring: 0, signals.FactorTender: 0, signals.FactorWeChat: 1},
	"mid":  {signals.FactorHiring: 3, signals.FactorTender: 1, signals.FactorWeChat: 3},
	"high": {signals.FactorHiring: 8, signals.FactorTender: 3, signals.FactorWeChat: 9},
}

// measures is three measures by their levels; "?" is unknown, ">" before one a lower bound.
func measures(hiring, tender, wechat string) map[signals.Factor]signals.Measure {
	of := func(f signals.Factor, level string) signals.Measure {
		m := signals.Measure{Factor: f, Status: signals.StatusOK, Reason: signals.Reason{Code: signals.ReasonMeasured}}
		if level == "?" {
			m.Status, m.Reason.Code = signals.StatusUnknown, "blocked"
			return m
		}
		if level[0] == '>' {
			m.AtLeast, m.Reason.Code, level = true, signals.ReasonPartial, level[1:]
		}
		value := levels[level][f]
		m.Value = &value
		return m
	}
	return map[signals.Factor]signals.Measure{
		signals.FactorHiring: of(signals.FactorHiring, hiring), signals.FactorTender: of(signals.FactorTender, tender), signals.FactorWeChat: of(signals.FactorWeChat, wechat),
	}
}

func TestDiagnoses(t *testing.T) {
	tests := []struct {
		hiring, tender, wechat string
		want                   scorer.Diagnosis
	}{
		{"high", "high", "low", scorer.ColdRelationship},
		{"high", "low", "high", scorer.TalkWithoutPurchase},
		{"low", "high", "high", scorer.ShrinkingBuyer},
		{"high", "high", "high", scorer.Healthy},
		{"high", "mid", "high", scorer.Healthy},
		{"low", "low", "low", scorer.Dormant},
		{"low", "mid", "low", scorer.Dormant},
		{"low", "high", "low", scorer.Mixed},
		{"mid", "mid", "mid", scorer.Mixed},
		{"high", "mid", "low", scorer.Mixed},
		{"high", "high", "?", scorer.Unknown},
		{">low", "high", "high", scorer.Unknown},
		{">mid", "high", "low", scorer.Unknown},
		{">high", "high", "low", scorer.ColdRelationship},
		{"?", "?", "?", scorer.Unknown},
	}
	p := scorer.DefaultPolicy()
	for _, tt := range tests {
		e := scorer.Evaluate("D", measures(tt.hiring, tt.tender, tt.wechat), p, now)
		flagged := slices.Contains(scorer.Patterns(), tt.want)
		if e.Diagnosis != tt.want || e.Freezes != flagged || e.Flagged != flagged {
			t.Errorf("%s %s %s: %s, freezes %v; want %s, %v", tt.hiring, tt.tender, tt.wechat, e.Diagnosis, e.Freezes, tt.want, flagged)
		}
		for _, f := range signals.Factors() {
			if s := e.Factors.Of(f); (s.Status == signals.StatusOK) != (s.Score != nil) || (s.Score != nil) != (s.Band != nil) || (s.Score != nil) != (s.Value != nil) {
				t.Errorf("%s %s %s: %s is %+v", tt.hiring, tt.tender, tt.wechat, f, s)
			}
		}
	}
}

func TestWhatFadedUnseenIsNotLow(t *testing.T) {
	p := scorer.DefaultPolicy()
	for level, want := range map[string]scorer.Diagnosis{"low": scorer.ColdRelationship, "mid": scorer.Unknown, "high": scorer.Unknown} {
		three := measures("high", "high", "low")
		m := three[signals.FactorWeChat]
		then := levels[level][signals.FactorWeChat]
		m.Then = &then
		three[signals.FactorWeChat] = m
		e := scorer.Evaluate("D", three, p, now)
		if e.Diagnosis != want || want == scorer.Unknown && e.Factors.WeChat.Reason != signals.ReasonFadedUnseen {
			t.Errorf("low now, %s at the newest sync: %s (%s), want %s", level, e.Diagnosis, e.Factors.WeChat.Reason, want)
		}
	}
}

func TestHealthIsTheWeightedMeanOfWhatIsMeasured(t *testing.T) {
	p := scorer.DefaultPolicy()
	tender := p.Factors[signals.FactorTender]
	tender.Weight = 3
	p.Factors[signals.FactorTender] = tender
	e := scorer.Evaluate("D", measures("low", "mid", "?"), p, now) // 0 and 35
	if e.Health == nil || *e.Health != 26.25 || e.Coverage != 0.8 {
		t.Errorf("health %v, coverage %v; want 26.25 of 0.8", e.Health, e.Coverage)
	}
	if e := scorer.Evaluate("D", measures("?", "?", "?"), p, now); e.Health != nil || e.Coverage != 0 {
		t.Errorf("health %v, coverage %v; want none", e.Health, e.Coverage)
	}
}

// history is what is known of a deal that hires and buys, with a cold contact.
func history(jobs, messages int) signals.History {
	at := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	run := func(days int) signals.RunSummary {
		return signals.RunSummary{StartedAt: at(days), FinishedAt: at(days), Outcome: signals.OutcomeOK, Complete: true, AllDated: true, Items: jobs}
	}
	h := signals.History{
		Deal:     signals.Deal{ID: "D-1", CustomerID: "C-1", Name: "MES 二期", Owner: "li", Amount: decimal.New(12, 5), Currency: "CNY", Contacts: []string{"k"}},
		Customer: signals.Customer{ID: "C-1", Name: "华新制造有限公司"},
	}
	site := signals.TargetHistory{Target: signals.Target{ID: "T", Kind: signals.KindHiring}}
	sites := signals.TargetHistory{Target: signals.Target{ID: "S", Kind: signals.KindTender}}
	for d := 120; d >= 0; d -= 2 {
		site.Runs, sites.Runs = append(site.Runs, run(d)), append(sites.Runs, run(d))
	}
	for i := range jobs {
		day := signals.DateOf(at(i % 60))
		site.Postings = append(site.Postings, signals.Posting{
			TargetID: "T", ID: fmt.Sprint(i), Title: fmt.Sprint("工程师", i), Posted: &day, Basis: signals.DatePublished, Evidence: fmt.Sprint("p", i),
			Seen: []signals.Span{{First: day.Start(), Last: at(0)}},
		})
	}
	h.Hiring.Targets = []signals.TargetHistory{site}
	h.Tender.Sources = []signals.TargetHistory{sites}
	for i := range 6 {
		day := signals.DateOf(at(10 + 10*i))
		h.Tender.Notices = append(h.Tender.Notices, signals.MatchedNotice{
			Notice: signals.Notice{TargetID: "S", ID: fmt.Sprint(i), Title: fmt.Sprintf("第%d车间MES系统采购项目公开招标公告", i), Type: signals.NoticeTender, Published: &day, ProjectNo: fmt.Sprintf("HX-2026-%03d", i), Evidence: fmt.Sprint("n", i), FirstSeen: day.Start(), LastSeen: day.Start()},
			Match:  signals.NoticeMatch{TargetID: "S", NoticeID: fmt.Sprint(i), CustomerID: "C-1", Match: true, Role: signals.RoleBuyer, Confidence: 1},
		})
	}
	h.WeChat = signals.WeChatHistory{
		Contacts: []signals.Contact{{ID: "k"}}, Coverage: []signals.Coverage{{ContactID: "k", From: at(100), To: now}},
	}
	for i := range messages {
		h.WeChat.Interactions = append(h.WeChat.Interactions, signals.Interaction{
			ID: fmt.Sprint(i), Source: "s", Time: now.Add(-time.Duration(i) * 5 * time.Hour), ContactID: "k", Direction: []signals.Direction{signals.DirectionIn, signals.DirectionOut}[i%2], Kind: "text", Length: 12,
		})
	}
	return h
}

func TestAssessGivesTheSameBytesEveryTime(t *testing.T) {
	h, p := history(40, 140), scorer.DefaultPolicy()
	first := ""
	for range 20 {
		a := scorer.Assess(h, p, now)
		body, err := json.Marshal([]any{a.Evaluation, a.Measures, a.Evidence(), scorer.Explain(a, h, p, "zh")})
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(body)
		}
		if string(body) != first {
			t.Fatalf("two answers to one question:\n%s\n%s", first, body)
		}
	}
}

func TestEvidenceIsThePagesOfWhatCounts(t *testing.T) {
	a := scorer.Assess(history(40, 0), scorer.DefaultPolicy(), now)
	hashes := a.Evidence()
	if a.Evaluation.Diagnosis != scorer.ColdRelationship || len(hashes) == 0 || !slices.IsSorted(hashes) || slices.Contains(hashes, "p35") || !slices.Contains(hashes, "p3") {
		t.Errorf("%s, evidence %v", a.Evaluation.Diagnosis, hashes)
	}
}

func BenchmarkAssess(b *testing.B) {
	h, p := history(60, 140), scorer.DefaultPolicy()
	for b.Loop() {
		scorer.Assess(h, p, now)
	}
}

// BenchmarkHundredThousandDeals is a whole re-score: assess and decide.
func BenchmarkHundredThousandDeals(b *testing.B) {
	h, p := history(30, 60), scorer.DefaultPolicy()
	for b.Loop() {
		for range 100_000 {
			a := scorer.Assess(h, p, now)
			scorer.Decide(nil, []scorer.Evaluation{a.Evaluation}, scorer.Turn{}, p, now)
		}
	}
}
