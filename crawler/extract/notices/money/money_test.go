package money

import (
	"testing"

	"github.com/shopspring/decimal"
)

func TestAmountsAreReadAsWritten(t *testing.T) {
	rows := []struct {
		text, label, want string // want "" = no amount
	}{
		{"￥375.000000万元（人民币）", "", "3750000"},
		{"3750000", "预算金额（元）", "3750000"},
		{"84.8651万元（大写：捌拾肆万捌仟陆佰伍拾壹元整）", "", "848651"},
		{"人民币 伍拾叁万玖仟贰佰壹拾壹元（￥539211.00元）", "", "539211"},
		{"伍拾叁万玖仟贰佰壹拾壹元整", "", "539211"},
		{"壹佰贰拾万零叁佰元伍角整", "", "1200300.5"},
		{"￥0.000000 万元（人民币）", "", ""},
		{"0", "中标金额(元)", ""},
		{"47.6000", "中标价（万元）", "476000"},
		{"￥1,283,000.00", "金额（元）", "1283000"},
		{"221 . 533", "中标金额（万元）", "2215330"},
		{"61048.9万元", "", "610489000"},
		{"1.2亿元", "", "120000000"},
		{"100万元-200万元", "", "2000000"},
		{"29.86", "投标单价（元/亩）", ""},
		{"29.86元/亩", "", ""},
		{"5.02%", "中标降点数", ""},
		{"下浮率12.5%", "", ""},
		{"95折", "", ""},
		{"每天300元/人", "", ""},
		{"2026年6月2日", "", ""},
		{"1283000.00", "中标金额（万元）", "1283000"},
		{"详见附件", "", ""},
		{"", "预算金额（元）", ""},
		{"USD 1,200,000.00", "", "1200000"},
		{"４５．６万元", "", "456000"},
		{"9.955 万元（人民币）", "", "99550"},
		{"项目编号ZB2026001", "", ""},
		{"1727000元", "", "1727000"},
		{"7253492.00", "", "7253492"},
		{"人民币8 万元", "", "80000"},
		{"100-200万元", "", "2000000"},
		{"-5万元", "", ""},
		{"£1.283 million", "", "1283000"},
		{"1,283,000 GBP", "", "1283000"},
		{"1 283 000 GBP", "", "1283000"},
		{"1.283.000,50 €", "", "1283000.5"},
		{"€ 1.283.000", "", "1283000"},
		{"CHF 1'283'000.00", "", "1283000"},
		{"2,5 Mio. EUR", "", "2500000"},
		{"Rs. 12.5 crore", "", "125000000"},
		{"USD 5 thousand", "", "5000"},
		{"1.283 kg", "", ""},
		{"1,25,00,000.00", "Estimated Contract Value (INR)", "12500000"},
	}
	for _, row := range rows {
		got, ok := Parse(row.text, UnitOf(row.label))
		if row.want == "" {
			if ok {
				t.Errorf("%q (%s) is read as %s, want none", row.text, row.label, got.Value)
			}
			continue
		}
		if !ok || !got.Value.Equal(decimal.RequireFromString(row.want)) {
			t.Errorf("%q (%s) is read as %s %v, want %s", row.text, row.label, got.Value, ok, row.want)
		}
	}
}

func TestCurrencyIsTheOneThatTheTextNames(t *testing.T) {
	for text, want := range map[string]string{"12万美元": "USD", "12万元": "CNY", "港币3万元": "HKD", "€ 1,200": "EUR"} {
		if got, ok := Parse(text, Unknown); !ok || got.Currency != want {
			t.Errorf("%q is in %q, want %s", text, got.Currency, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"￥375.000000万元", "伍拾叁万玖仟贰佰壹拾壹元", "221 . 533", "100-200万元"} {
		f.Add(s, 0)
	}
	f.Fuzz(func(t *testing.T, text string, unit int) {
		got, ok := Parse(text, Unit(unit))
		if ok && !got.Value.IsPositive() {
			t.Errorf("%q gives %s", text, got.Value)
		}
	})
}
