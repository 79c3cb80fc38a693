package web

import (
	"dealvitals/api/desk"
	"dealvitals/signals"
)

var payWords = map[string]word{desk.Pay: {"发放", "pay"}, desk.Hold: {"暂缓", "hold"}}

var periodStates = map[desk.PeriodState]word{
	desk.PeriodOpen:   {"未锁定", "open"},
	desk.PeriodLocked: {"已锁定", "locked"},
}

var changeWords = map[desk.ChangeKind]word{
	desk.ChangeReleased: {"由暂缓变为发放", "held, then paid"},
	desk.ChangeHeld:     {"由发放变为暂缓", "paid, then held"},
	desk.ChangeNew:      {"新增", "only in the second"},
	desk.ChangeGone:     {"不再出现", "only in the first"},
	desk.ChangeFacts:    {"金额、销售、分成或原因不同", "another amount, owner, split or reason"},
}

var adjustmentWords = map[desk.AdjustmentKind]word{
	desk.AdjustRelease: {"补发", "to be paid now"},
	desk.AdjustHold:    {"追扣", "held now"},
}

// stateTag is a period's state as a tag.
type stateTag struct {
	State desk.PeriodState
	Text  string
}

func periodTag(lang string, p desk.Period) stateTag {
	return stateTag{p.State, periodStates[p.State].in(lang)}
}

// aspectCell is what one period says of a deal, in a comparison.
type aspectCell struct{ Pay, Text, Amount, Why, Owner string }

func aspectOf(lang string, a *desk.PeriodAspect) aspectCell {
	return aspectCell{
		Pay: a.Pay, Text: payWords[a.Pay].in(lang), Amount: money(lang, a.Amount.String(), a.Currency),
		Why: desk.PayReasonText(a.PayReason, lang), Owner: a.Owner,
	}
}

// periodSums is a period's summary with its headings.
type periodSums struct {
	Summary                                                 *desk.Summary
	Deals, Pay, Hold, Lost, Adjustments, Released, Withheld string
}

func sumsOf(lang string, s *desk.Summary) periodSums {
	return periodSums{
		Summary: s, Deals: word{"商机", "deals"}.in(lang), Pay: payWords[desk.Pay].in(lang), Hold: payWords[desk.Hold].in(lang),
		Lost:        dealStatuses[signals.DealLost].in(lang),
		Adjustments: word{"调整", "adjustments"}.in(lang), Released: adjustmentWords[desk.AdjustRelease].in(lang), Withheld: adjustmentWords[desk.AdjustHold].in(lang),
	}
}
