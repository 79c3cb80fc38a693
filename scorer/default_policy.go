package scorer

import "dealvitals/signals"

// Modes of a freeze.
const (
	ModeAutomatic = "automatic" // freeze at once, and tell
	ModePropose   = "propose"   // a person confirms each hold
)

// What an unanswered dispute can lead to.
const (
	OverdueNone    = "none"    // it is shown first, and nothing else
	OverdueRelease = "release" // a freeze that no person confirmed ends
)

// DefaultDisputeDays is the deadline of disputes where a policy names none. Good
// commission programmes answer within two working days; five calendar days leave room for
// a weekend and for looking at the pages.
const DefaultDisputeDays = 5

// What a payment setting can say.
const (
	PaymentPay  = "pay"
	PaymentHold = "hold"
)

// DefaultPolicy is version 1, which each new store begins with. A company is expected to
// put its own in its place.
//
//   - hiring: 2 new jobs in 30 days are the upper end of low, 5 are high, 15 the top. A
//     page crawled daily may fail for a week before it is stale.
//   - tender: one related project in 90 days is mid, two are high. Tender sites are slower,
//     and a week without a complete run is where the newest notices begin to lack.
//   - wechat: the heat is about the number of days on which both sides talked, a day two
//     weeks ago weighing half. 2 is the upper end of low, 6 is high.
//   - freeze: automatic, at the first evaluation that shows a pattern, for freezing late
//     pays out what cannot be had back, and a release takes two. At most 90 days.
//   - payment: a deal that nobody knows is held, for nothing vouches for it. A deal with
//     missing or stale data is paid: money is not held back on what was not measured.
//   - dispute: answered within five days; one that is not is shown first, and nothing else.
func DefaultPolicy() Policy {
	return Policy{
		Version: 1,
		Comment: "default",
		Factors: map[signals.Factor]FactorPolicy{
			signals.FactorHiring: {
				WindowDays: 30, StaleAfterDays: 7, High: 60, Low: 30, Weight: 1,
				Curve: []Point{{0, 0}, {2, 30}, {5, 60}, {15, 100}},
			},
			signals.FactorTender: {
				WindowDays: 90, StaleAfterDays: 7, High: 60, Low: 30, Weight: 1,
				Curve: []Point{{0, 0}, {1, 35}, {2, 60}, {5, 100}},
			},
			signals.FactorWeChat: {
				WindowDays: 30, StaleAfterDays: 7, High: 60, Low: 30, Weight: 1,
				Curve: []Point{{0, 0}, {2, 30}, {6, 60}, {15, 100}},
			},
		},
		Patterns: map[Diagnosis]PatternPolicy{
			ColdRelationship:    {Flag: true, Freeze: true},
			TalkWithoutPurchase: {Flag: true, Freeze: true},
			ShrinkingBuyer:      {Flag: true, Freeze: true},
		},
		Freeze: FreezePolicy{
			Mode: ModeAutomatic, Confirmations: 1, ReleaseAfter: 2, MaxDays: 90, ReviewDays: 7, Reviewer: "sales-ops",
		},
		Payment: PaymentPolicy{UnknownDeal: PaymentHold, StaleData: PaymentPay},
		Dispute: DisputePolicy{Days: DefaultDisputeDays, Overdue: OverdueNone},
		WeChat: signals.WeChatRules{
			HalfLifeDays: 14, DailyCap: 20, MaxLift: 0.3, MinCoverage: 0.8, Keywords: defaultKeywords(),
		},
	}
}

func defaultKeywords() []signals.KeywordGroup {
	return []signals.KeywordGroup{
		{Name: "price", Weight: 1, Words: []string{"价格", "报价", "预算", "折扣", "优惠", "成本", "price", "quote", "budget"}},
		{Name: "contract", Weight: 1.5, Words: []string{"合同", "付款", "发票", "法务", "盖章", "签约", "条款", "审批", "contract", "invoice", "PO"}},
		{Name: "technical", Weight: 1, Words: []string{"方案", "技术", "接口", "部署", "测试", "需求", "调研", "验收", "上线", "demo", "POC"}},
		{Name: "purchase", Weight: 1.5, Words: []string{"采购", "招标", "投标", "立项", "评审", "中标", "tender"}},
		{Name: "objection", Weight: 0.5, Words: []string{"太贵", "竞品", "对手", "延期", "再说", "考虑"}},
	}
}
