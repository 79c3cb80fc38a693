package signals_test

import (
	"strings"
	"testing"

	"dealvitals/signals"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func amountOf(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// shares reads "60 40" as payees P1 and P2.
func shares(text string) []signals.Payee {
	var payees []signals.Payee
	for i, share := range strings.Fields(text) {
		payees = append(payees, signals.Payee{ID: "P" + string(rune('1'+i)), Share: amountOf(share)})
	}
	return payees
}

func TestSplitGivesEachPayeeWholeUnits(t *testing.T) {
	for _, tt := range []struct{ amount, currency, shares, want string }{
		{"1000000", "CNY", "60 40", "600000.00 400000.00"},
		{"100", "CNY", "33.333333 33.333333 33.333334", "33.33 33.33 33.34"},
		{"0.01", "CNY", "50 50", "0.01 0.00"},
		{"0.05", "CNY", "34 33 33", "0.02 0.02 0.01"},
		{"1000", "JPY", "33.3 33.3 33.4", "333 333 334"},
		{"1000.001", "KWD", "50 50", "500.001 500.000"},
		{"100", "CNY", "30", "30.00"},
		{"100.123456", "CNY", "50 50", "50.061728 50.061728"},
		{"0", "CNY", "50 50", "0.00 0.00"},
	} {
		var got []string
		for _, part := range signals.Split(amountOf(tt.amount), tt.currency, shares(tt.shares)) {
			got = append(got, part.Amount.StringFixed(max(0, -part.Amount.Exponent())))
		}
		if text := strings.Join(got, " "); text != tt.want {
			t.Errorf("%s %s by %s is %s, want %s", tt.amount, tt.currency, tt.shares, text, tt.want)
		}
	}
}

func TestSplitLosesAndMakesNoMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := decimal.New(rapid.Int64Range(0, 1e15).Draw(t, "amount"), -int32(rapid.IntRange(0, 4).Draw(t, "decimals")))
		var payees []signals.Payee
		left := int64(100_000_000)
		for i := range rapid.IntRange(1, 8).Draw(t, "payees") {
			share := rapid.Int64Range(1, max(1, left/2)).Draw(t, "share")
			if left -= share; left < 0 {
				break
			}
			payees = append(payees, signals.Payee{ID: string(rune('a' + i)), Share: decimal.New(share, -6)})
		}
		if rapid.Bool().Draw(t, "whole") && left > 0 {
			payees = append(payees, signals.Payee{ID: "rest", Share: decimal.New(left, -6)})
			left = 0
		}
		if fault := signals.CheckPayees(payees); fault != "" {
			t.Fatal(fault)
		}
		sum, unit := decimal.Decimal{}, decimal.New(1, -max(2, -amount.Exponent()))
		for _, part := range signals.Split(amount, "CNY", payees) {
			exact := amount.Mul(part.Share).Shift(-2)
			if part.Amount.Sub(exact).Abs().GreaterThanOrEqual(unit) {
				t.Fatalf("%s gets %s of exactly %s", part.ID, part.Amount, exact)
			}
			sum = sum.Add(part.Amount)
		}
		want := amount.Mul(decimal.New(100_000_000-left, -6)).Shift(-2)
		if sum.Sub(want).Abs().GreaterThan(unit.Div(decimal.NewFromInt(2))) || left == 0 && !sum.Equal(amount) {
			t.Fatalf("the parts of %s add up to %s, want %s", amount, sum, want)
		}
	})
}

func TestPayeesThatCannotBePaidAreRefused(t *testing.T) {
	for what, payees := range map[string][]signals.Payee{
		"more than all": shares("60 41"), "nothing": shares("0"), "less than nothing": shares("-1"), "more than one": shares("101"),
		"twice": {{ID: "a", Share: amountOf("1")}, {ID: "a", Share: amountOf("1")}}, "nobody": {{Share: amountOf("1")}}, "crumbs": shares("0.0000001"),
	} {
		if signals.CheckPayees(payees) == "" {
			t.Errorf("%s was taken", what)
		}
	}
}

func TestADealStandsWhereItsCRMSays(t *testing.T) {
	for _, tt := range []struct {
		deal signals.Deal
		want signals.DealStatus
	}{
		{signals.Deal{}, signals.DealOpen},
		{signals.Deal{Stage: "赢单"}, signals.DealOpen}, // only an import reads stages
		{signals.Deal{Status: signals.DealWon}, signals.DealWon},
		{signals.Deal{Status: signals.DealWon, MergedInto: "D2"}, signals.DealMerged},
		{signals.Deal{Ended: signals.ResultWon}, signals.DealWon},
		{signals.Deal{Ended: signals.ResultLost}, signals.DealLost},
		{signals.Deal{Ended: signals.ResultCancelled}, signals.DealLost},
		{signals.Deal{Ended: signals.ResultLost, Status: signals.DealOpen}, signals.DealOpen},
		{signals.Deal{Ended: signals.ResultLost, Status: signals.DealWon}, signals.DealWon},
		{signals.Deal{Ended: signals.ResultLost, MergedInto: "D2"}, signals.DealMerged},
	} {
		if got := tt.deal.Standing(); got != tt.want || tt.deal.Closed() != (tt.want != signals.DealOpen) {
			t.Errorf("%+v is %s", tt.deal, got)
		}
	}
	for stage, want := range map[string]signals.DealStatus{"赢单": signals.DealWon, "Closed Won": signals.DealWon, "已輸單": signals.DealLost, "Closed-Lost": signals.DealLost, "赢单概率评估": "", "签约": "", "方案": ""} {
		if got := signals.StatusOfStage(stage); got != want {
			t.Errorf("stage %s is %q", stage, got)
		}
	}
}
