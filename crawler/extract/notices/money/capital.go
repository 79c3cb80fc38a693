package money

import (
	"strings"

	"dealvitals/crawler/extract/pattern"

	"github.com/shopspring/decimal"
)

// capitalRun is an amount in Chinese capitals, as law asks for on cheques and in contracts
// (票据法 §8): 伍拾叁万玖仟贰佰壹拾壹元整.
var capitalRun = pattern.New(`[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两十拾百佰千仟万亿]{2,40}[元圆](?:整|正)?(?:[零壹贰叁肆伍陆柒捌玖一二三四五六七八九]角(?:整|正)?)?零?(?:[壹贰叁肆伍陆柒捌玖一二三四五六七八九]分)?`)

// capital reads the first amount in Chinese capitals in text, in yuan.
func capital(text string) (decimal.Decimal, bool) {
	run := capitalRun.FindString(strings.ReplaceAll(text, " ", ""))
	if run == "" {
		return decimal.Decimal{}, false
	}
	yuan, rest, _ := cutAny(run, "元圆")
	whole, ok := capitalNumber(yuan)
	if !ok {
		return decimal.Decimal{}, false
	}
	value := decimal.NewFromInt(whole)
	var digit int64
	for _, r := range rest {
		if d, isDigit := capitalDigit(r); isDigit {
			digit = d
			continue
		}
		switch r {
		case '角':
			value = value.Add(decimal.New(digit, -1))
		case '分':
			value = value.Add(decimal.New(digit, -2))
		}
	}
	return value, true
}

func cutAny(s, chars string) (before, after string, found bool) {
	i := strings.IndexAny(s, chars)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len("元"):], true
}

// capitalNumber reads digits and powers of ten up to 千亿.
func capitalNumber(s string) (int64, bool) {
	var total, section, digit int64
	for _, r := range s {
		if d, ok := capitalDigit(r); ok {
			digit = d
			continue
		}
		power := capitalPower(r)
		if power < 10_000 {
			if digit == 0 && power == 10 && section == 0 {
				digit = 1 // 拾万元
			}
			section += digit * power
			digit = 0
			continue
		}
		section += digit
		digit = 0
		if power == 100_000_000 {
			total = (total + section) * power
		} else {
			total += section * power
		}
		section = 0
		if total > 1_000_000_000_000_000 {
			return 0, false
		}
	}
	return total + section + digit, total+section+digit > 0
}

func capitalDigit(r rune) (int64, bool) {
	for i, forms := range []string{"零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"} {
		if strings.ContainsRune(forms, r) {
			return int64(i), true
		}
	}
	return 0, false
}

func capitalPower(r rune) int64 {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 10_000
	}
	return 100_000_000
}
