package detail

import (
	"strings"

	"github.com/shopspring/decimal"

	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// award is who won, for how much.
type award struct {
	winners []string
	total   money.Amount
	lots    []string // names of the packages in result tables
	failed  bool     // a package or the whole purchase came to nothing
}

// win is one winner of one package.
type win struct {
	names  []string
	amount money.Amount
	lot    string
}

// failure are the words of a purchase that came to nothing.
var failure = pattern.New(`废标|流标|无供应商报价|无人报价|不足三家|不足3家|未达三家|少于三家|采购失败|招标失败|无有效(?:投标|报价)|无效标|终止采购|流采|重新(?:采购|招标)|作流标处理|采购活动终止`)

// award reads the result. t is the type so far: the supplier of a contract is its winner,
// and all who are admitted to a framework are.
func (r *reader) award(t signals.NoticeType) award {
	a := award{failed: failure.MatchString(r.text) || r.failureInTables()}
	if t == signals.NoticeTender || t == signals.NoticeIntention || t == signals.NoticeInquiry || t == signals.NoticePrequalification {
		return a
	}
	wins := r.winsInTables()
	if len(wins) == 0 {
		wins = r.winsInFacts(t)
	}
	if len(wins) == 0 {
		wins = r.winsInText()
	}
	for _, w := range wins {
		for _, name := range w.names {
			if !contains(a.winners, name) {
				a.winners = append(a.winners, name)
			}
		}
		if w.lot != "" {
			a.lots = append(a.lots, w.lot)
		}
	}
	a.total = r.awardTotal(wins)
	return a
}

// awardTotal is the stated total, else the sum over the winners, else the stated amounts.
func (r *reader) awardTotal(wins []win) money.Amount {
	if total, ok := r.statedTotal(); ok {
		return total
	}
	if total := sumOf(wins); total.Value.IsPositive() {
		return total
	}
	return r.statedAwards()
}

// statedTotal is the first 总中标金额 that is not zero: sites write 0 where they do not know.
func (r *reader) statedTotal() (money.Amount, bool) {
	for i := range r.sheet.Facts {
		f := &r.sheet.Facts[i]
		if r.roles[i] != label.AwardTotal || f.Lot != "" {
			continue
		}
		if a, ok := money.Parse(f.Value, money.UnitOf(f.Label)); ok {
			return a, true
		}
	}
	return money.Amount{}, false
}

// sumOf adds the amounts of the packages up. Where a winner of several has no amount, the
// sum is not known.
func sumOf(wins []win) money.Amount {
	total := money.Amount{Value: decimal.Zero}
	for _, w := range wins {
		if !w.amount.Value.IsPositive() {
			return money.Amount{}
		}
		total = money.Amount{Value: total.Value.Add(w.amount.Value), Currency: w.amount.Currency}
	}
	return total
}

// statedAwards adds up the amounts that lines state, one of each package.
func (r *reader) statedAwards() money.Amount {
	byLot := map[string]money.Amount{}
	var order []string
	for i := range r.sheet.Facts {
		f := &r.sheet.Facts[i]
		if (r.roles[i] != label.Award && r.roles[i] != label.AwardTotal) || label.Losers(f.Section) || second.MatchString(f.Section) {
			continue
		}
		a, ok := r.amountOf(i)
		if _, known := byLot[f.Lot]; !ok || known {
			continue
		}
		byLot[f.Lot] = a
		order = append(order, f.Lot)
	}
	if len(order) > 1 && order[0] == "" {
		return byLot[""]
	}
	total, _ := sum(order, byLot)
	return total
}

// second are the places behind the first.
var second = pattern.New(`第[二三四五六七八九2-9](?:名|位|中标|成交|中选|候选|备选|入围)|(?:第二|第三|第四|第五)$|备选|排名第?[二三2-9]`)

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (r *reader) failureInTables() bool {
	for i := range r.sheet.Tables {
		t := &r.sheet.Tables[i]
		if failedTable(t) {
			return true
		}
		for _, row := range t.Rows {
			if failure.MatchString(strings.Join(row, " ")) {
				return true
			}
		}
	}
	return false
}

func failedTable(t *sheet.Table) bool {
	return strings.Contains(strings.Join(t.Head, " "), "废标") || strings.Contains(strings.Join(t.Head, " "), "流标")
}
