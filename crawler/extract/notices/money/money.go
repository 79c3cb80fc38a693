// Package money reads the amounts that notices state: 元, 万元 and 亿元, amounts whose unit
// stands in the head of their column, amounts in Chinese capitals (大写), ranges, and
// numbers that a word processor split by blanks. What is no total (unit prices, rates,
// discounts) is no amount, and neither is zero: sites write 0 where they do not know.
package money

import (
	"strings"

	"dealvitals/crawler/extract/pattern"

	"github.com/shopspring/decimal"
	"golang.org/x/text/width"
)

// Amount is a sum in whole units of its currency.
type Amount struct {
	Value    decimal.Decimal
	Currency string // ISO 4217; "" where the text names none
}

// Unit is what one of a number stands for, where the number's label or column says it.
type Unit int

const (
	Unknown Unit = iota // no unit is said
	One                 // 元
	Wan                 // 万元: ten thousand
	Yi                  // 亿元: a hundred million
	Rate                // 元/吨, %, 折: no total can be had
)

// codes are what currencies are called behind an amount.
const codes = `usd|eur|euros?|gbp|rmb|cny|hkd|jpy|inr|aud|nzd|cad|sgd|chf|sek|nok|dkk|pln|czk|huf|ron|brl|mxn|clp|cop|zar|krw|twd|uah|rub|aed|sar|kes|ngn|php|idr|myr|thb|vnd|kr|kč|zł|dollars?|pounds?`

// number is digits with or without thousands separators, and what follows it.
var number = pattern.New(`(-?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(亿|百万|万|千|(?i:\s?(?:million|billion|thousand|crores?|lakhs?|mio|mrd|mn|bn)\b)|m\b|k\b)?(?:人民币)?(元|圆|块|美元|欧元|港元|港币|日元|英镑|원|円|\s?[€£]|(?i:\s?(?:` + codes + `)\b))?(整)?(%|％|‰|/[^\d\s\)）]|每[^\d\s个]|／|∕|折|个百分点)?`)

// splitDigits are digits that a word processor set in runs of their own: "221 . 533".
var splitDigits = pattern.New(`(\d)\s+([.,])\s*(\d)|(\d)([.,])\s+(\d)`)

// rateLabel names what is never a total.
var rateLabel = pattern.New(`费率|下浮|折扣|降点|百分比|优惠率|利率|比例|单价|元[/∕／每](?:[^批项包次套年]|年度?\b|$)|(?i)\b(rate|percent|per (unit|hour|day|item))\b`)

// Parse reads the first amount in text. unit is what its label or column says.
func Parse(text string, unit Unit) (Amount, bool) {
	if unit == Rate {
		return Amount{}, false
	}
	text = tidy(text)
	found, ok := firstNumber(text, unit)
	if !ok {
		value, upper := capital(text)
		if !upper || !value.IsPositive() {
			return Amount{}, false
		}
		return Amount{Value: value, Currency: currencyOf(text)}, true
	}
	return Amount{Value: found, Currency: currencyOf(text)}, true
}

// UnitOf is the unit that a label or column head states: "中标金额(万元)".
func UnitOf(label string) Unit {
	label = tidy(label)
	switch {
	case rateLabel.MatchString(label):
		return Rate
	case strings.Contains(label, "亿元"):
		return Yi
	case strings.Contains(label, "万元") || strings.Contains(label, "万圆") || strings.Contains(label, "(万)"):
		return Wan
	case strings.Contains(label, "元") && !strings.Contains(label, "单元"):
		return One
	}
	return Unknown
}

func tidy(text string) string {
	text = width.Fold.String(text)
	text = strings.NewReplacer("，", ",", "￥", "¥", "﹒", ".", "·", ".", "萬", "万", "億", "亿").Replace(text)
	text = continental(text)
	for range 2 {
		text = splitDigits.ReplaceAllString(text, "$1$4$2$5$3$6")
	}
	text = bracketed.ReplaceAllString(text, "$1$2")
	return unblank.ReplaceAllString(text, "$1$2$3$4")
}

// spaced are thousands that blanks or apostrophes part, continentals those that full stops
// part: 1 283 000 GBP, CHF 1'283'000.00, 1.283.000,50 €.
var (
	spaced       = pattern.New(`(?:^|[^\d.,])\d{1,3}(?:[ \x{a0}\x{202f}\x{2009}'’]\d{3})+(?:[.,]\d{1,2})?(?:[^\d.,]|$)`)
	comma        = pattern.New(`(^|[^\d.,])(\d+),(\d{1,2})(\s?(?:(?i:mio|mrd|mill|mili|eur\b)|€))`)
	continentals = pattern.New(`(?:^|[^\d.,])(?:\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,})(?:[^\d.,]|$)`)
)

// continental writes amounts as English does, where they can be read in one way only.
func continental(text string) string {
	text = continentals.ReplaceAllStringFunc(text, func(s string) string {
		return strings.NewReplacer(".", "", ",", ".").Replace(s)
	})
	text = comma.ReplaceAllString(text, "$1$2.$3$4")
	return spaced.ReplaceAllStringFunc(text, func(s string) string {
		bare := strings.Trim(s, " \u00a0\u202f\u2009'’")
		before, after, _ := strings.Cut(s, bare)
		return before + strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "\u2009", "", "'", "", "’", "", ",", ".").Replace(bare) + after
	})
}

// bracketed is a unit in brackets behind its number: "120.5（万元）".
var bracketed = pattern.New(`(\d)\s*\(((?:亿|万)?元)\)`)

// unblank joins a number with the unit behind it and the sign before it.
var unblank = pattern.New(`(\d)\s+([亿百万千元圆%])|([¥$€£])\s+(\d)`)

// firstNumber is the first number of text that can be an amount. Numbers with a money
// unit or sign behind or before them go before bare ones.
func firstNumber(text string, unit Unit) (decimal.Decimal, bool) {
	var bare decimal.Decimal
	hasBare := false
	matches := number.FindAllStringSubmatchIndex(text, 64)
	for i, m := range matches {
		if negative(text, m) || m[12] >= 0 || glued(text, m) {
			continue
		}
		value, err := decimal.NewFromString(strings.ReplaceAll(text[m[4]:m[5]], ",", ""))
		if err != nil || !value.IsPositive() || value.Exponent() < -12 || len(value.String()) > 20 {
			continue
		}
		scale, said := scaleOf(group(text, m, 6), group(text, m, 8))
		if said {
			return upperEnd(text, matches, i, value.Mul(scale)), true
		}
		if signed(text, m[0]) {
			if group(text, m, 6) != "" {
				return value.Mul(scale), true // £5 thousand
			}
			return value.Mul(factor(unit, value)), true
		}
		if !hasBare && !dateLike(text, m) {
			bare, hasBare = value, true
		}
	}
	if !hasBare || (unit == Unknown && !onlyNumber(text)) {
		return decimal.Decimal{}, false
	}
	return bare.Mul(factor(unit, bare)), true
}

// negative tells a minus before a number from the dash of a range.
func negative(text string, m []int) bool {
	if m[2] == m[3] || m[0] == 0 {
		return m[2] < m[3]
	}
	before := text[m[0]-1]
	return (before < '0' || before > '9') && before < 0x80
}

// upperEnd is the end of a range "100-200万元": what the buyer is ready to pay.
func upperEnd(text string, matches [][]int, i int, value decimal.Decimal) decimal.Decimal {
	if i+1 >= len(matches) {
		return value
	}
	next := matches[i+1]
	between := strings.TrimSpace(text[matches[i][1]:next[4]])
	if between != "-" && between != "~" && between != "至" && between != "到" && between != "—" && between != "--" && between != "——" {
		return value
	}
	upper, err := decimal.NewFromString(strings.ReplaceAll(text[next[4]:next[5]], ",", ""))
	scale, said := scaleOf(group(text, next, 6), group(text, next, 8))
	if err != nil || !said || upper.Mul(scale).LessThan(value) {
		return value
	}
	return upper.Mul(scale)
}

// scaleOf tells the unit behind a number; said is false where nothing says money.
func scaleOf(magnitude, currency string) (scale decimal.Decimal, said bool) {
	switch strings.ToLower(strings.TrimSpace(magnitude)) {
	case "亿":
		return decimal.New(1, 8), true
	case "百万", "million", "m", "mio", "mn":
		return decimal.New(1, 6), true
	case "万":
		return decimal.New(1, 4), true
	case "billion", "bn", "mrd":
		return decimal.New(1, 9), true
	case "crore", "crores":
		return decimal.New(1, 7), true
	case "lakh", "lakhs":
		return decimal.New(1, 5), true
	case "千", "k", "thousand":
		return decimal.New(1, 3), currency != "" || magnitude == "k"
	}
	return decimal.New(1, 0), currency != ""
}

// implausibleWan is the number of 万 above which a column head "万元" is taken for a slip:
// ten billion yuan in one notice. Clerks fill yuan into such columns.
var implausibleWan = decimal.New(1, 6)

func factor(unit Unit, value decimal.Decimal) decimal.Decimal {
	switch unit {
	case Wan:
		if value.GreaterThanOrEqual(implausibleWan) {
			return decimal.New(1, 0)
		}
		return decimal.New(1, 4)
	case Yi:
		return decimal.New(1, 8)
	}
	return decimal.New(1, 0)
}

func group(text string, m []int, i int) string {
	if m[i] < 0 {
		return ""
	}
	return text[m[i]:m[i+1]]
}

// glued tells a number that is part of a word: a code such as "ZB2026" or "A12".
func glued(text string, m []int) bool {
	if m[0] > 0 {
		c := text[m[0]-1]
		if c == '.' || c == '_' || c == '#' || (c|0x20 >= 'a' && c|0x20 <= 'z' && !currencyWord.MatchString(text[max(0, m[0]-4):m[0]])) {
			return true
		}
	}
	if m[1] < len(text) {
		c := text[m[1]] | 0x20
		return c >= 'a' && c <= 'z' && !currencyWord.MatchString(text[m[1]:min(len(text), m[1]+4)])
	}
	return false
}

var currencyWord = pattern.New(`(?i)^(rmb|cny|usd|eur|gbp|hkd|jpy|inr|aud|cad)|(rmb|cny|usd|eur|gbp|hkd|jpy|inr|rs|aud|cad|chf|nzd|sgd|sek|nok|dkk)$`)

// signed tells whether a sign of money stands before the number.
func signed(text string, at int) bool {
	before := strings.TrimRight(text[max(0, at-12):at], " :")
	for _, sign := range []string{"¥", "$", "€", "£", "₹", "RMB", "rmb", "CNY", "人民币", "USD", "EUR", "GBP", "INR", "Rs.", "Rs", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "AUD", "NZD", "CAD", "SGD", "BRL", "ZAR", "HKD", "JPY", "KRW", "TWD", "kr"} {
		if strings.HasSuffix(before, sign) {
			return true
		}
	}
	return false
}

// dateLike tells the parts of dates, clock times and telephone numbers.
func dateLike(text string, m []int) bool {
	rest := text[m[1]:]
	for _, next := range []string{"年", "月", "日", ":", "-", "/", "号", "包", "个", "台", "套", "批", "项", "人", "天", "家"} {
		if strings.HasPrefix(rest, next) {
			return true
		}
	}
	return false
}

// onlyNumber tells a text that is nothing but a number and its sign.
func onlyNumber(text string) bool {
	return len(strings.Trim(text, "0123456789.,-¥$€£ \t")) == 0
}

func currencyOf(text string) string {
	for _, c := range currencies {
		if strings.Contains(text, c.word) {
			return c.code
		}
	}
	return ""
}

// currencies in the order in which they are looked for: 港元 before 元.
var currencies = []struct{ word, code string }{
	{"美元", "USD"}, {"美金", "USD"}, {"USD", "USD"}, {"US$", "USD"}, {"欧元", "EUR"}, {"EUR", "EUR"}, {"€", "EUR"},
	{"港元", "HKD"}, {"港币", "HKD"}, {"HKD", "HKD"}, {"日元", "JPY"}, {"JPY", "JPY"}, {"英镑", "GBP"}, {"GBP", "GBP"}, {"£", "GBP"},
	{"CHF", "CHF"}, {"SEK", "SEK"}, {"NOK", "NOK"}, {"DKK", "DKK"}, {"PLN", "PLN"}, {"zł", "PLN"}, {"CZK", "CZK"}, {"Kč", "CZK"}, {"AUD", "AUD"}, {"A$", "AUD"}, {"NZD", "NZD"}, {"NZ$", "NZD"},
	{"CAD", "CAD"}, {"C$", "CAD"}, {"SGD", "SGD"}, {"S$", "SGD"}, {"HK$", "HKD"}, {"BRL", "BRL"}, {"R$", "BRL"}, {"ZAR", "ZAR"}, {"KRW", "KRW"}, {"원", "KRW"}, {"TWD", "TWD"}, {"NT$", "TWD"}, {"新臺幣", "TWD"}, {"新台幣", "TWD"}, {"円", "JPY"},
	{"INR", "INR"}, {"₹", "INR"}, {"Rs.", "INR"}, {"澳门元", "MOP"}, {"澳元", "AUD"}, {"¥", "CNY"}, {"元", "CNY"}, {"RMB", "CNY"}, {"$", "USD"},
}
