package desk

import (
	"cmp"
	"slices"

	"dealvitals/scorer"
)

// UsedInPay is where the codes of pay_reason stand.
const UsedInPay = "pay"

// ReasonCodes is every code that an answer of the program can give as a reason.
type ReasonCodes struct {
	Items []scorer.Reason `json:"items"`
}

// ListReasonCodes lists them with their texts, sorted by code.
func ListReasonCodes() ReasonCodes {
	list := append(scorer.Reasons(), payReasons()...)
	slices.SortStableFunc(list, func(a, b scorer.Reason) int { return cmp.Compare(a.Code, b.Code) })
	return ReasonCodes{Items: list}
}

// payReasons say what pay comes from.
func payReasons() []scorer.Reason {
	used := []string{UsedInPay}
	return []scorer.Reason{
		{Code: PayClear, UsedIn: used, ZH: "没有冻结，可以发放", EN: "nothing holds it"},
		{Code: PayFrozen, UsedIn: used, ZH: "提成已冻结，暂缓发放", EN: "the commission is frozen"},
		{Code: PayStaleData, UsedIn: used, ZH: "数据缺失或过期，按公司的设置处理", EN: "data is missing or stale, so the company's setting applies"},
		{Code: PayUnknown, UsedIn: used, ZH: "没有这个商机，按公司的设置处理", EN: "there is no such deal, so the company's setting applies"},
		{Code: PayDealLost, UsedIn: used, ZH: "商机已输单，没有提成", EN: "the deal was lost, so there is no commission"},
	}
}

// PayReasonText says a code of pay_reason in zh or en.
func PayReasonText(code, lang string) string {
	for _, r := range payReasons() {
		if r.Code == code && lang == scorer.LangZH {
			return r.ZH
		}
		if r.Code == code {
			return r.EN
		}
	}
	return code
}
