package cli

import (
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
)

func TestAListOfRecheckedHoldsTellsWhatToDo(t *testing.T) {
	at := time.Date(2026, 11, 20, 4, 0, 0, 0, time.UTC)
	then := &scorer.Explanation{AsOf: at, Summary: "采购 低", Factors: []scorer.FactorExplanation{{Sentence: "采购：近 90 天相关采购项目 0 个，判为低。"}}}
	today := &scorer.Explanation{AsOf: at, Summary: "采购 未知", Factors: []scorer.FactorExplanation{{Sentence: "采购：未知，没有已知会公布该客户采购的网站。"}}}
	r := desk.Recheck{Held: 3, Same: 2, Changed: []desk.RecheckedHold{{
		DealID: "D-1", DealName: "MES", CustomerName: "云溪", Owner: "李雷", Amount: "900", Currency: "CNY", DecidedOn: "D-0",
		Freeze: scorer.FreezeView{State: scorer.FreezeFrozen, Since: &at, Disputed: true}, PersonDecided: true, Why: desk.RecheckDoubtful, Then: then, Today: today,
	}}}
	tests := map[string]struct {
		recheck desk.Recheck
		lang    string
		says    []string
	}{
		"in Chinese":      {r, "zh", []string{"D-1  MES · 云溪 · 李雷 · 900 CNY", "有异议", "人工决定维持", "D-0", "并非三项都已测得", "当时", "判为低", "按现行规则", "未知，没有已知", "3 个，其中 1 个", "下一步：由人工逐一复核"}},
		"in English":      {r, "en", []string{"disputed", "a person decided that it stays", "not all three factors were measured", "3 deals are held: 1 would not be held so", "Next: a person reviews each"}},
		"none of them":    {desk.Recheck{Held: 3, Same: 3}, "en", []string{"3 deals are held, each as today's rules would hold it", "Next: nothing"}},
		"无一不同":            {desk.Recheck{Held: 3, Same: 3}, "zh", []string{"结论均不变", "下一步：无"}},
		"nothing is kept": {desk.Recheck{Held: 1, Changed: []desk.RecheckedHold{{DealID: "D", Why: desk.RecheckNotKept}}}, "en", []string{"not kept any more"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			if err := printRecheck(&out, test.recheck, test.lang); err != nil {
				t.Fatal(err)
			}
			for _, want := range test.says {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%q is not told in\n%s", want, out.String())
				}
			}
		})
	}
}
