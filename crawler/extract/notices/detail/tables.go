package detail

import (
	"strings"

	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/pattern"
)

// columns are where a result table keeps what is needed, -1 where it does not.
type columns struct {
	name, amount, place, lot, result int
	explicit                         bool // the column's head says that its names have won
	candidates                       bool // … that they are candidates
}

var (
	winnerHead    = pattern.New(`(?:中标|成交|中选|入围|定标|供货|签约).{0,8}(?:人|单位|供应商|公司|企业|商|机构|方)(?:全?名称|单位名称)?$|^(?:中标|成交|中选)(?:结果)?$|^(?:中标|成交)(?:\(成交\))?(?:供应商|人)(?:名称)?`)
	candidateHead = pattern.New(`候选`)
	nameHead      = pattern.New(`^(?:供应商|投标人|投标单位|投标供应商|响应供应商|响应人|应答人|报价人|报价单位|单位|公司|企业|厂商|候选人|参选人|竞标人|比选申请人|申请人|受让方|服务商|承包人|乙方|机构|投标企业|供应商\(投标人\)|法人)(?:全?名称|单位名称)?$|(?i)^(?:supplier|vendor|awardee|contractor|bidder|winner)s?(?: name)?$`)
	plainNameHead = pattern.New(`^名称$`)
	amountHead    = pattern.New(`(?:中标|成交|中选|合同|签约|入围).{0,6}(?:金额|价|额)|(?i)^(?:award|contract)(?:ed)? (?:amount|value|price)`)
	awardHead     = pattern.New(`^(?:中标|成交|中选)`)
	priceHead     = pattern.New(`报价|^金额|总价|总金额|投标价|价格|最终价|评标价|^投标总?金额`)
	noPriceHead   = pattern.New(`单价|得分|评分|价格分|报价分|报价得分|预算|限价|控制价|服务费|代理费|保证金|扣除|地址`)
	placeHead     = pattern.New(`排序|排名|名次|推荐顺序|推荐名次|顺位|^顺序$|^排列$|推荐意见|^候选(?:人)?排|^中标候选人$|^候选人$`)
	lotHead       = pattern.New(`^(?:分?包|标段|标项|采购包|合同包|包件|包组|分标|标的|标包|品目|分包)(?:编?号|名称|内容)?$|^(?:项目|采购内容|采购项目|标的)名称$|分包内容`)
	resultHead    = pattern.New(`是否(?:中标|成交|推荐)|(?:评审|评标|采购|推荐)结果|^结果$|^备注$`)
	loserTable    = pattern.New(`未中标|未成交|落标|原因|否决|资格审查|符合性|^评委|业绩|甲方|^规格|^型号|^品牌|质疑|社会保险|职称`)
	firstPlace    = pattern.New(`^(?:推荐)?(?:排名)?第?[一1](?:名|位)?(?:(?:中标|成交|中选)?(?:\(成交\))?(?:候选)?(?:人|单位|供应商|服务商)?)?$|第[一1](?:名|(?:中标|成交|中选)?(?:候选)|成交|中标)|^(?:是|中标|成交|拟中标|推荐中标)`)
)

// winsInTables reads the winners of result tables.
func (r *reader) winsInTables() []win {
	var explicit, ranked []win
	for i := range r.sheet.Tables {
		t := &r.sheet.Tables[i]
		c, ok := r.columnsOf(t)
		if !ok {
			continue
		}
		wins := rowsWon(t, c)
		if c.explicit {
			explicit = append(explicit, wins...)
			continue
		}
		ranked = append(ranked, wins...)
	}
	if len(explicit) > 0 {
		return settleRows(explicit)
	}
	return settleRows(ranked)
}

// columnsOf finds the columns of a result table; ok is false where it is none.
func (r *reader) columnsOf(t *sheet.Table) (columns, bool) {
	c := columns{name: -1, amount: -1, place: -1, lot: -1, result: -1}
	price, plain := -1, -1
	for j, head := range t.Head {
		head = label.Plain(head)
		switch {
		case loserTable.MatchString(head) && !strings.Contains(head, "中标人"):
			return c, false
		case placeHead.MatchString(head) && c.place < 0:
			c.place = j
		case c.name < 0 && winnerHead.MatchString(head) && !strings.Contains(head, "地址"):
			c.name, c.explicit, c.candidates = j, true, candidateHead.MatchString(head)
		case c.name < 0 && nameHead.MatchString(head):
			c.name = j
		case plainNameHead.MatchString(head):
			plain = j
		case c.amount < 0 && amountHead.MatchString(head) && !noPriceHead.MatchString(head):
			c.amount = j
		case price < 0 && priceHead.MatchString(head) && !noPriceHead.MatchString(head):
			price = j
		case c.lot < 0 && lotHead.MatchString(head):
			c.lot = j
		case c.result < 0 && resultHead.MatchString(head):
			c.result = j
		}
	}
	if c.amount >= 0 && c.place < 0 && c.result < 0 && awardHead.MatchString(label.Plain(t.Head[c.amount])) {
		c.explicit = c.explicit || c.name >= 0 // who stands beside a 成交金额 has won
	}
	if c.amount < 0 {
		c.amount = price
	}
	if c.name < 0 && (c.place >= 0 || label.Heading(t.Section) == label.Winner) {
		c.name = plain
	}
	if c.place >= 0 && c.name < 0 && strings.Contains(label.Plain(t.Head[c.place]), "候选人") {
		c.name, c.place = c.place, -1
		c.explicit, c.candidates = true, true
	}
	if c.name < 0 || label.Losers(t.Section) {
		return c, false
	}
	if c.place < 0 {
		c.place = placed(t)
	}
	if c.candidates && c.place < 0 {
		c.place = numbered(t)
	}
	return c, c.explicit || c.place >= 0 || c.result >= 0 || (label.Heading(t.Section) == label.Winner && c.amount >= 0)
}

// rankCell is a bidder's place.
var rankCell = pattern.New(`^(?:推荐)?第[一二三四五六1-6](?:名|位|(?:中标|成交|中选)?(?:候选)(?:人|单位|供应商)?)$`)

// placed is the column whose cells are places though its head says nothing, -1 where there
// is none.
func placed(t *sheet.Table) int {
	for j := range t.Head {
		places := 0
		for _, row := range t.Rows {
			if j < len(row) && rankCell.MatchString(sheet.Label(row[j])) {
				places++
			}
		}
		if places > 0 && places*2 >= len(t.Rows) {
			return j
		}
	}
	return -1
}

// numbered is the column of 序号, which ranks candidates.
func numbered(t *sheet.Table) int {
	for j, head := range t.Head {
		if head == "序号" || head == "序" {
			return j
		}
	}
	return -1
}

// rowsWon are the rows of a result table that tell of a winner.
func rowsWon(t *sheet.Table, c columns) []win {
	var wins []win
	unit := money.Unknown
	if c.amount >= 0 {
		unit = money.UnitOf(t.Head[c.amount])
	}
	framework := strings.Contains(t.Section, "入围") || strings.Contains(t.Head[c.name], "入围")
	for _, row := range t.Rows {
		if c.name >= len(row) || (!framework && !c.won(row)) {
			continue
		}
		names := winnerNames(row[c.name], false)
		if len(names) == 0 {
			continue
		}
		w := win{names: names, lot: t.Lot}
		if c.amount >= 0 && c.amount < len(row) {
			if a, ok := money.Parse(row[c.amount], unitIn(t, row, unit)); ok {
				w.amount = a
			}
		}
		if c.lot >= 0 && c.lot < len(row) && row[c.lot] != "" {
			w.lot = row[c.lot]
		}
		wins = append(wins, w)
	}
	return wins
}

// unitIn is the unit of a row's amount: of the column's head, else of a column of its own.
func unitIn(t *sheet.Table, row []string, unit money.Unit) money.Unit {
	if unit != money.Unknown {
		return unit
	}
	for j, head := range t.Head {
		if (head == "单位" || head == "金额单位" || head == "报价单位") && j < len(row) {
			return money.UnitOf(row[j])
		}
	}
	return unit
}

// won tells whether a row's bidder is the winner.
func (c columns) won(row []string) bool {
	if c.place >= 0 && c.place < len(row) {
		place := sheet.Label(strings.ReplaceAll(row[c.place], "\n", ""))
		if place == "" {
			place = strings.TrimSpace(row[c.place])
		}
		return firstPlace.MatchString(place)
	}
	if c.result >= 0 && c.result < len(row) && !c.explicit {
		return wonResult.MatchString(row[c.result]) && !strings.Contains(row[c.result], "未中")
	}
	return true
}

var wonResult = pattern.New(`中标|成交|第一|中选|^是$|入围`)

// settleRows leaves out rows that repeat: the same winner, package and amount.
func settleRows(wins []win) []win {
	var out []win
	for _, w := range wins {
		repeated := false
		for _, o := range out {
			if strings.Join(o.names, "|") == strings.Join(w.names, "|") && o.lot == w.lot && (o.amount.Value.Equal(w.amount.Value) || !w.amount.Value.IsPositive()) {
				repeated = true
			}
		}
		if !repeated {
			out = append(out, w)
		}
	}
	return out
}

// partyIn reads a party out of the first row of a table that has a column for it.
func (r *reader) partyIn(want label.Role) string {
	for i := range r.sheet.Tables {
		t := &r.sheet.Tables[i]
		for j, head := range t.Head {
			if label.Of(head) != want {
				continue
			}
			for _, row := range t.Rows {
				if j < len(row) {
					if name := party.Clean(row[j]); name != "" {
						return name
					}
				}
			}
		}
	}
	return ""
}
