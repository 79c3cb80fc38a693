package imports

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

// outcomeReader reads what became of deals.
type outcomeReader struct {
	deals DealTable
	today signals.Date
}

func (f *outcomeReader) read(ctx context.Context, r *row) (signals.DealOutcome, error) {
	o := signals.DealOutcome{DealID: r.needed("deal_id"), Reason: r.cell("reason")}
	deal, err := f.deals.Get(ctx, o.DealID, time.Time{})
	switch {
	case o.DealID == "":
	case errors.Is(err, store.ErrNotFound):
		r.problem("deal_id", fmt.Sprintf("there is no deal %s: import deals first, or correct the id", o.DealID))
	case err != nil:
		return o, err
	}
	o.Result = resultOf(r)
	o.ClosedAt = f.closed(r, o.Result)
	o.FinalAmount, o.Currency = finalAmount(r, deal.Currency)
	if o.Result != "" && !o.Result.Won() && o.FinalAmount != nil && o.FinalAmount.IsPositive() {
		r.warning("final_amount", "a deal that was not won brought nothing: this amount is kept but not counted")
	}
	return o, nil
}

// resultOf reads how a deal ended, in the words of common CRMs.
func resultOf(r *row) signals.Result {
	text := r.needed("result")
	result, known := parseResult(text)
	switch {
	case known || text == "":
		return result
	case slices.Contains([]string{"reopened", "重新打开", "重开", "撤销"}, strings.ToLower(text)):
		return signals.ResultReopened
	}
	r.problem("result", fmt.Sprintf("%q is no result: write 赢单 (won), 输单 (lost) or 取消 (cancelled), or 重新打开 (reopened) to take an earlier one back, and leave out deals that are still open", text))
	return ""
}

func parseResult(text string) (signals.Result, bool) {
	switch strings.ToLower(text) {
	case "won", "win", "closed won", "赢单", "赢", "成交", "已成交", "中标", "签约", "已签约":
		return signals.ResultWon, true
	case "lost", "lose", "loss", "closed lost", "输单", "输", "丢单", "失败", "未中标":
		return signals.ResultLost, true
	case "cancelled", "canceled", "abandoned", "取消", "项目取消", "终止", "搁置", "放弃":
		return signals.ResultCancelled, true
	}
	return "", false
}

// closed reads on which day a deal ended. One that was opened again was so today, unless the
// table says otherwise.
func (f *outcomeReader) closed(r *row, result signals.Result) signals.Date {
	if result == signals.ResultReopened && r.cell("closed_at") == "" {
		return f.today
	}
	text := r.needed("closed_at")
	if text == "" {
		return signals.Date{}
	}
	day, err := parseDate(text)
	if err != nil {
		r.problem("closed_at", fmt.Sprintf("%q is no day: %v", text, err))
	} else if f.today.Before(day) {
		r.problem("closed_at", fmt.Sprintf("%s has not come yet: a deal that is still open has no outcome", day))
	}
	return day
}

// finalAmount reads what was signed, in the deal's currency where none is said.
func finalAmount(r *row, currency string) (*decimal.Decimal, string) {
	text := r.cell("final_amount")
	if text == "" {
		return nil, ""
	}
	amount, err := parseAmount(text, max(r.heading.wan["final_amount"], 1))
	if err != nil {
		r.problem("final_amount", fmt.Sprintf("%q is no amount: %v", text, err))
		return nil, ""
	}
	if amount.IsNegative() {
		r.problem("final_amount", "an amount must not be negative")
	}
	if said := r.cell("currency"); said != "" || currency == "" {
		currency = currencyOf(said)
	}
	if !signals.IsCurrency(currency) {
		r.problem("currency", fmt.Sprintf("%q is no currency: write its ISO 4217 code, such as CNY", r.cell("currency")))
	}
	return &amount, currency
}
