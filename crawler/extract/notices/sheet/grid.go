package sheet

import (
	"strings"

	"dealvitals/crawler/extract/pattern"
)

// column are the words of column heads.
var column = pattern.New(`序号|名称|金额|单价|数量|规格|型号|品牌|报价|价格|总价|单价|中标价|成交价|供应商|投标人|响应人|中标|成交|候选|中选|排序|排名|名次|顺序|得分|评分|包号|包组|标段|标项|备注|地址|单位|产地|联系|电话|编号|代码|内容|时间|日期|说明|原因|类别|方式|要求|范围|期限|工期|经理|负责人|资质|品目|标的|结果|预算|限价|业绩|评审|证书|标题|公告|地区|区域|来源|采购人|招标人|代理|业主|采购方|招标方|控制价|拦标价|发布于|编码|主体|(?i)\b(no|name|title|bidder|supplier|vendor|amount|price|date|status|description|number|agency|type|value|closing|published|due|ref|reference|id|buyer|purchaser|client|entity|deadline|posted|issued|release|closes|cost|budget)\b`)

// rank are the places of bidders.
var rank = pattern.New(`^(?:推荐)?第?[一二三四五六七八九123456]{1,2}(?:名|位|(?:中标|成交|中选|推荐)?(?:\(成交\))?(?:候选)(?:人|单位|供应商|者)?)$`)

// labelLike tells a cell that can be a label or a column head.
func labelLike(cell string) bool {
	cell = Label(oneLine(cell))
	if cell == "" || long(cell) || !hasLetter(cell) {
		return false
	}
	digits := strings.Count(strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, cell), "0")
	return digits <= 3 && (!organisation.MatchString(cell) || roleOfFirm.MatchString(cell)) && !inFigures.MatchString(cell)
}

// roleOfFirm are labels that end as names of organisations do.
var roleOfFirm = pattern.New(`^(?:招标|采购|咨询|造价)?(?:代理|中标|成交|招标|施工|监理|中选)公司$`)

// organisation are the ends of names that are no labels.
var organisation = pattern.New(`(公司|厂|银行|大学|医院|学校|中学|小学|研究院|研究所|管理局|委员会|事务所)$`)

// headLike tells a cell with the words of a column head.
func headLike(cell string) bool { return labelLike(cell) && column.MatchString(Label(oneLine(cell))) }

// recordsFrom is the number of rows beneath row i that i is the head of, 0 where it is none.
func (g grid) recordsFrom(i int) int {
	head := g[i]
	filled, heads, adjacent := 0, 0, false
	for j, cell := range head {
		if cell == "" {
			continue
		}
		filled++
		if !headLike(cell) {
			continue
		}
		heads++
		if j > 0 && headLike(head[j-1]) && head[j-1] != cell {
			adjacent = true
		}
	}
	if filled < 2 || !adjacent || heads*3 < filled*2 {
		return 0
	}
	n := 0
	for k := i + 1; k < len(g); k++ {
		if !g.under(head, g[k]) {
			break
		}
		n++
	}
	return n
}

// under tells whether row can stand beneath head: about as many cells, not labels beside
// values, not a head itself.
func (g grid) under(head, row []string) bool {
	if len(row) < 2 || len(row) > len(head)+1 || len(row)*2 < len(head) {
		return false
	}
	heads, filled := 0, 0
	for _, cell := range row {
		if cell == "" {
			continue
		}
		filled++
		if headLike(cell) {
			heads++
		}
	}
	if filled == 0 {
		return true
	}
	if filled == 1 {
		return len(row) == len(head)
	}
	return heads*2 <= filled && (len(row) == len(head) || !headLike(row[0]))
}

// ungrouped is row i without the name of its group: 基本信息 beside several rows of labels and
// values.
func (g grid) ungrouped(i int) []string {
	row := g[i]
	if len(row) < 3 || len(row)%2 == 0 || row[0] == "" || !labelLike(row[1]) {
		return row
	}
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(g) && len(g[k]) >= 3 && g[k][0] == row[0] && g[k][1] != row[1] {
			return row[1:]
		}
	}
	return row
}

// turnedFrom is the number of rows from row i on that list bidders as columns: the places of
// the bidders, and labels with a value for each of them. It is 0 where row i has no places.
func (g grid) turnedFrom(i int) int {
	if len(g[i]) < 3 || !labelLike(g[i][0]) || !rank.MatchString(Label(g[i][1])) || !rank.MatchString(Label(g[i][2])) {
		return 0
	}
	n := 1
	for i+n < len(g) && len(g[i+n]) == len(g[i]) && labelLike(g[i+n][0]) && !headLike(g[i+n][2]) {
		n++
	}
	return n
}

// turned gives a table whose records are columns as one whose records are rows: the first
// column has the labels, the first row the places of the bidders.
func (g grid) turned() (grid, bool) {
	if len(g) < 2 || len(g[0]) < 2 {
		return nil, false
	}
	places := 0
	for _, cell := range g[0][1:] {
		if rank.MatchString(Label(cell)) {
			places++
		}
	}
	if places == 0 || places < len(g[0])-2 || rank.MatchString(Label(g[0][0])) {
		return nil, false
	}
	width := len(g[0])
	out := make(grid, width)
	for _, row := range g {
		if !labelLike(row[0]) {
			continue
		}
		for j := range width {
			cell := ""
			if j < len(row) {
				cell = row[j]
			}
			out[j] = append(out[j], cell)
		}
	}
	return out, len(out[0]) >= 2
}
