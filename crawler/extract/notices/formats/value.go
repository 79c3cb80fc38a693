package formats

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/signals"
)

type object = map[string]any

// at follows a path of keys through objects; in a list it goes on in the first element.
func at(v any, path ...string) any {
	for _, key := range path {
		if list, ok := v.([]any); ok {
			if len(list) == 0 {
				return nil
			}
			v = list[0]
		}
		o, ok := v.(object)
		if !ok {
			return nil
		}
		v = o[key]
	}
	return v
}

// text is a value as people read it: of an object its name, of a language map the notice's
// language or English, of a list its first element.
func text(v any) string {
	switch x := v.(type) {
	case string:
		return strings.TrimSpace(x)
	case json.Number:
		return x.String()
	case []any:
		if len(x) > 0 {
			return text(x[0])
		}
	case object:
		for _, key := range []string{"name", "title", "label", "text", "value", "eng", "en", "zh", "officialName", "legalName", "unitName"} {
			if s := text(x[key]); s != "" {
				return s
			}
		}
	}
	return ""
}

// str is text at a path.
func str(v any, path ...string) string { return text(at(v, path...)) }

// list is the list at a path; a single object counts as a list of one.
func list(v any, path ...string) []any {
	switch x := at(v, path...).(type) {
	case []any:
		return x
	case object:
		return []any{x}
	}
	return nil
}

// midnight is how Shanghai's midnight is written in UTC: a day that an interface made of a
// date without a time.
const midnight = "T16:00:00"

// day reads a date in any of the forms of interfaces: ISO 8601 with any tail, epoch seconds
// or milliseconds, 20260529, 4/23/2026, 2026年6月2日. A date with a zone is the day as it is
// written there.
func day(v any, at time.Time) *signals.Date {
	switch x := v.(type) {
	case json.Number:
		return epoch(x.String())
	case []any:
		if len(x) > 0 {
			return day(x[0], at)
		}
	case object:
		return day(firstValue(x, "$date", "date", "value", "time"), at)
	case string:
		return dayOf(strings.TrimSpace(x), at)
	}
	return nil
}

func dayOf(s string, at time.Time) *signals.Date {
	if s == "" {
		return nil
	}
	if len(s) >= 10 {
		if d, err := signals.ParseDate(s[:10]); err == nil {
			if strings.HasPrefix(s[10:], midnight) && strings.HasSuffix(s, "Z") {
				d = d.AddDays(1)
			}
			return plausible(d)
		}
	}
	if d := epoch(s); d != nil {
		return d
	}
	order := dates.DayFirst
	if strings.Contains(s, "/") {
		order = dates.MonthFirst
	}
	found, ok := dates.ParseIn(s, at, order)
	if !ok {
		return nil
	}
	return plausible(found.Date)
}

// epoch reads seconds or milliseconds since 1970, and days written as 20260529.
func epoch(s string) *signals.Date {
	if strings.Trim(s, "0123456789") != "" {
		return nil
	}
	switch len(s) {
	case 8, 14:
		d, err := signals.ParseDate(s[:4] + "-" + s[4:6] + "-" + s[6:8])
		if err != nil {
			return nil
		}
		return plausible(d)
	case 10, 13:
		n, err := json.Number(s[:10]).Int64()
		if err != nil {
			return nil
		}
		return plausible(signals.DateOf(time.Unix(n, 0).In(signals.Shanghai)))
	}
	return nil
}

// plausible leaves out days that no notice can have.
func plausible(d signals.Date) *signals.Date {
	if d.Year < 1990 || d.Year > 2100 {
		return nil
	}
	return &d
}

// amount reads a sum: a number, a text with a unit, or an object of amount and currency. 0
// and 1 stand for "unknown" in open data.
func amount(v any, unit money.Unit, currency string) (money.Amount, bool) {
	switch x := v.(type) {
	case json.Number:
		d, err := decimal.NewFromString(x.String())
		if err != nil || d.Cmp(decimal.New(1, 0)) <= 0 || d.Exponent() > 20 {
			return money.Amount{}, false
		}
		return scaled(d, unit, currency), true
	case string:
		return amountOf(x, unit, currency)
	case []any:
		if len(x) > 0 {
			return amount(x[0], unit, currency)
		}
	case object:
		c := firstOf(str(x, "currency"), str(x, "money_currency"), str(x, "currencyCode"), str(x, "currencyID"), currency)
		u := unit
		if s := firstOf(str(x, "money_unit"), str(x, "unit")); s != "" {
			u = money.UnitOf(s)
		}
		return amount(firstValue(x, "amount", "money_amount", "value", "amountNet", "total"), u, isoCurrency(c))
	}
	return money.Amount{}, false
}

func amountOf(s string, unit money.Unit, currency string) (money.Amount, bool) {
	if d, err := decimal.NewFromString(strings.ReplaceAll(strings.TrimSpace(s), ",", "")); err == nil {
		return amount(json.Number(d.String()), unit, currency)
	}
	a, ok := money.Parse(s, unit)
	if !ok || a.Value.Cmp(decimal.New(1, 0)) <= 0 {
		return money.Amount{}, false
	}
	if a.Currency == "" {
		a.Currency = currency
	}
	return a, true
}

func scaled(d decimal.Decimal, unit money.Unit, currency string) money.Amount {
	switch unit {
	case money.Wan:
		d = d.Mul(decimal.New(1, 4))
	case money.Yi:
		d = d.Mul(decimal.New(1, 8))
	}
	return money.Amount{Value: d, Currency: currency}
}

// isoCurrency names 人民币 and the like as ISO 4217 does.
func isoCurrency(c string) string {
	switch c {
	case "人民币", "元", "RMB", "￥", "¥":
		return "CNY"
	case "美元":
		return "USD"
	case "欧元":
		return "EUR"
	}
	return c
}

func firstValue(o object, keys ...string) any {
	for _, k := range keys {
		if v, ok := o[k]; ok && v != nil && v != "" {
			return v
		}
	}
	return nil
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// whole is a count, nil where the value is none.
func whole(v any) *int {
	n, err := json.Number(text(v)).Int64()
	if err != nil || n < 0 || n > 1_000_000_000 {
		return nil
	}
	i := int(n)
	return &i
}

// setAmount puts an amount into a notice where there is one.
func setAmount(n *signals.Notice, a money.Amount, ok bool) {
	if !ok || !a.Value.IsPositive() {
		return
	}
	v := a.Value
	n.Amount, n.Currency = &v, a.Currency
}

// add puts a name into a list of names once.
func add(names []string, name string) []string {
	name = strings.TrimSpace(name)
	if name == "" {
		return names
	}
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}

// shorten keeps a summary within the 2000 characters of signals.Notice.
func shorten(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) > 2000 {
		r = r[:2000]
	}
	return string(r)
}
