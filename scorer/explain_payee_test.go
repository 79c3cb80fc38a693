package scorer_test

import (
	"encoding/json"
	"strings"
	"testing"

	"dealvitals/scorer"
	"dealvitals/signals"
)

func TestAPayeeWhoIsNotTheOwnerReadsNoStatisticsOfTheOwner(t *testing.T) {
	high, low, value, health := scorer.BandHigh, scorer.BandLow, 8.125, 53.375
	secret := scorer.FactorExplanation{
		Factor: signals.FactorWeChat, Name: "互动", Status: signals.StatusOK, Band: &low, Value: &value, Score: &value, Previous: &value,
		Sentence: "热度 8.125", Facts: []scorer.Fact{{Name: "days", Value: "8.125"}}, Signals: []scorer.SignalExplanation{{ID: "K9/2026-11-01"}},
	}
	x := scorer.Explanation{
		Lang: "zh", Health: &health, Summary: "健康度 53.375", Pattern: "两高一低", Freeze: &scorer.FreezeExplanation{Actor: "wang", Note: "K9"},
		Factors: []scorer.FactorExplanation{{Factor: signals.FactorHiring, Band: &high, Sentence: "新增岗位 8 个"}, secret},
		WayOut:  []scorer.Change{{Factor: signals.FactorHiring, Sentence: "招聘"}, {Factor: signals.FactorWeChat, From: 8.125, Sentence: "8.125"}},
	}
	text := func(x scorer.Explanation) string {
		body, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
	other := text(x.ForPayee(false))
	for _, leak := range []string{"8.125", "53.375", "K9", "wang"} {
		if strings.Contains(other, leak) {
			t.Errorf("%s is told: %s", leak, other)
		}
	}
	if !strings.Contains(other, "互动：低。") || !strings.Contains(other, "新增岗位 8 个") || !strings.Contains(other, "两高一低") {
		t.Errorf("it does not say why any more: %s", other)
	}
	if own := text(x.ForPayee(true)); !strings.Contains(own, "8.125") || strings.Contains(own, "wang") {
		t.Errorf("the owner reads %s", own)
	}
	if len(x.WayOut) != 2 || x.Factors[1].Value == nil {
		t.Error("the explanation itself was changed")
	}
}
