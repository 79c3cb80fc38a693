package detail

import (
	"strings"

	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// winsInFacts reads winners from labels and values.
func (r *reader) winsInFacts(t signals.NoticeType) []win {
	var wins []win
	for i := range r.sheet.Facts {
		f := &r.sheet.Facts[i]
		if !r.winnerFact(i, t) || label.Losers(f.Section) {
			continue
		}
		names := winnerNames(f.Value, r.roles[i] == label.Candidates)
		if len(names) == 0 {
			continue
		}
		wins = append(wins, win{names: names, amount: r.amountAfter(i), lot: f.Lot})
	}
	if len(wins) == 0 && t == signals.NoticeAward {
		wins = r.soleSupplier()
	}
	return settleWins(wins)
}

// soleSupplier is the winner of a result that names one supplier and calls it no more than that.
func (r *reader) soleSupplier() []win {
	var found []win
	for i := range r.sheet.Facts {
		f := &r.sheet.Facts[i]
		if r.roles[i] != label.Supplier && r.roles[i] != label.Seller || label.Losers(f.Section) || complaint.MatchString(f.Section) {
			continue
		}
		names := winnerNames(f.Value, false)
		if len(names) == 0 {
			continue
		}
		found = append(found, win{names: names, amount: r.amountAfter(i), lot: f.Lot})
	}
	if found = settleWins(found); len(found) > 1 {
		return nil
	}
	return found
}

func (r *reader) winnerFact(i int, t signals.NoticeType) bool {
	switch r.roles[i] {
	case label.Winner, label.Candidates:
		return true
	case label.Seller:
		return t == signals.NoticeContract
	case label.Supplier:
		return t == signals.NoticeContract
	}
	return false
}

// winnerNames are the names in a value; of candidates only the first.
func winnerNames(value string, candidates bool) []string {
	if candidates {
		value = firstCandidate(value)
	}
	names := party.Split(leadingName(value))
	var out []string
	for _, name := range names {
		if !rolePhrase.MatchString(name) && (party.Organisation(name) || personal(value, names)) {
			out = append(out, name)
		}
	}
	if candidates && len(out) > 1 {
		return out[:1]
	}
	return out
}

// addressed is a name that its address follows in the same value.
var addressed = pattern.New(`^\s*([\p{Han}A-Za-z0-9（）()·]{4,40}?(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|厂|研究院|设计院|事务所|经营部|中心))[\s，,、]+(?:地址|[\p{Han}]{2,12}(?:省|市|区|县|路|街|道|镇|乡|号|州|旗))`)

// leadingName cuts the address behind a name.
func leadingName(value string) string {
	if m := addressed.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	return value
}

// rolePhrase are texts that are no names though they end as names do.
var rolePhrase = pattern.New(`^(?:第[一二三四五六]|中标|成交|候选|名称|地址|推荐|综合|报价|评标|招标|采购人|采购单位|公告|公示)|候选人$|供应商$|中标人$|通知书`)

// personal accepts a name that does not end as names of organisations do: brands, persons.
func personal(value string, names []string) bool {
	return len(names) == 1 && len([]rune(value)) <= 30 && !strings.ContainsAny(value, "。，；0123456789")
}

// firstCandidate cuts "1、甲公司 2、乙公司" and "第一名：甲公司；第二名：…" behind the first.
func firstCandidate(value string) string {
	if loc := nextCandidate.FindStringIndex(value); loc != nil && loc[0] > 0 {
		return value[:loc[0]]
	}
	return value
}

var nextCandidate = pattern.New(`[\s；;，,、]*(?:第[二2](?:名|中标|成交|候选)|[（(]?[2二][、.．)）]|\n)`)

// amountAfter is the amount that belongs to the winner of fact i: the first that is stated
// before the next winner, or just before this one.
func (r *reader) amountAfter(i int) money.Amount {
	for j := i + 1; j < len(r.sheet.Facts) && j < i+14; j++ {
		f := &r.sheet.Facts[j]
		if r.roles[j] == label.Winner || r.roles[j] == label.Candidates || f.Lot != r.sheet.Facts[i].Lot || second.MatchString(f.Label) {
			break
		}
		if r.roles[j] == label.Award || r.roles[j] == label.AwardTotal {
			if a, ok := r.amountOf(j); ok {
				return a
			}
		}
	}
	if a, ok := inlineAmount(r.sheet.Facts[i].Value); ok {
		return a
	}
	if i > 0 && r.roles[i-1] == label.Award && (i < 2 || r.roles[i-2] != label.Winner) {
		if a, ok := money.Parse(r.sheet.Facts[i-1].Value, money.UnitOf(r.sheet.Facts[i-1].Label)); ok {
			return a
		}
	}
	return money.Amount{}
}

// amountOf is the amount of a value, summed up where it states one for each package: "第1包：
// 12.5万元；第2包：8万元".
func (r *reader) amountOf(i int) (money.Amount, bool) {
	f := &r.sheet.Facts[i]
	unit := r.unitOf(i)
	parts := strings.FieldsFunc(f.Value, func(r rune) bool { return r == '；' || r == ';' || r == '\n' })
	total := money.Amount{}
	for _, part := range parts {
		if !packagePart.MatchString(part) {
			return money.Parse(f.Value, unit)
		}
		if a, ok := money.Parse(packagePart.ReplaceAllString(part, ""), unit); ok {
			total = money.Amount{Value: total.Value.Add(a.Value), Currency: a.Currency}
		}
	}
	return total, total.Value.IsPositive()
}

// unitOf is the unit of fact i: of its label, else of a label of its own behind it.
func (r *reader) unitOf(i int) money.Unit {
	unit := money.UnitOf(r.sheet.Facts[i].Label)
	for j := i + 1; unit == money.Unknown && j < len(r.sheet.Facts) && j <= i+2; j++ {
		if strings.HasSuffix(r.sheet.Facts[j].Label, "单位") && len(r.sheet.Facts[j].Value) <= 12 {
			unit = money.UnitOf(r.sheet.Facts[j].Value)
		}
	}
	return unit
}

// packagePart is the name of a package before its amount.
var packagePart = pattern.New(`^\s*(?:第\s*[\d一二三四五六七八九十]{1,3}\s*(?:包|标段|标项)|(?:包|标段|标项|分包)\s*[\d一二三四五六七八九十A-Z]{1,3}|[\d一二三四五六七八九十A-Z]{1,3}\s*(?:包|标段|标项))\s*[:：]?`)

// inline is an amount behind a winner in the same value.
var inline = pattern.New(`(?:中标|成交|投标|最终)?(?:金额|报价|价格|价|总价)[（(]?[^：:）)]{0,8}[）)]?\s*[:：为]\s*([^，。；]{2,60})`)

func inlineAmount(value string) (money.Amount, bool) {
	m := inline.FindStringSubmatch(value)
	if m == nil {
		if addressed.MatchString(value) {
			return money.Parse(value[strings.LastIndexAny(value, " ，,、\n")+1:], money.Unknown)
		}
		return money.Amount{}, false
	}
	return money.Parse(m[1], money.UnitOf(m[0]))
}

// settleWins keeps one of each winner in each package: notices repeat the result in their
// head and in their text, and the one with an amount says more.
func settleWins(wins []win) []win {
	var out []win
	for _, w := range wins {
		if i := sameWin(out, w); i >= 0 {
			if !out[i].amount.Value.IsPositive() {
				out[i].amount = w.amount
			}
			continue
		}
		out = append(out, w)
	}
	return out
}

func sameWin(wins []win, w win) int {
	for i := range wins {
		if strings.Join(wins[i].names, "|") != strings.Join(w.names, "|") {
			continue
		}
		if wins[i].lot == w.lot || wins[i].lot == "" || w.lot == "" {
			return i
		}
	}
	return -1
}

// winsInText reads running sentences.
func (r *reader) winsInText() []win {
	for _, re := range winnerSentences {
		m := re.FindStringSubmatch(r.text)
		if m == nil {
			continue
		}
		if name := party.Clean(m[1]); party.Organisation(name) {
			a, _ := inlineAmount(r.text[strings.Index(r.text, m[0]):min(len(r.text), strings.Index(r.text, m[0])+len(m[0])+200)])
			return []win{{names: []string{name}, amount: a}}
		}
	}
	return nil
}

// orgName is a name inside of a sentence.
const orgName = `([\p{Han}A-Za-z0-9（）()·\-]{4,50}?(?:公司|集团|厂|院|所|中心|大学|学校|店|部|社|合作社|事务所|经营部|行))`

var winnerSentences = []*pattern.Pattern{
	pattern.New(`(?:中标|成交|中选)(?:候选)?(?:人|单位|供应商|方)(?:名称)?(?:是|为|确定为)\s*[:：]?\s*` + orgName),
	pattern.New(`(?:确定|推荐|评定|选定)\s*` + orgName + `\s*(?:为|作为)(?:本项目|该项目|本次采购)?(?:的)?(?:第一)?(?:中标|成交|中选)`),
	pattern.New(`由\s*` + orgName + `\s*(?:中标|成交|承接|中选)`),
}
