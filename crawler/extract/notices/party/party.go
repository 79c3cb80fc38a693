// Package party reads the names of buyers, agencies and winners as notices write them: with
// addresses, telephone numbers and roles behind them, several in one cell, or none at all
// ("详见附件").
package party

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dealvitals/crawler/extract/pattern"

	"golang.org/x/text/width"
)

// maxName is the length of the longest name, in characters: joint names of branches reach 60.
const maxName = 70

// behind is what follows a name in the same cell or sentence.
var behind = pattern.New(`\s*[（(]?(?:地\s*址|详细地址|联系(?:人|地址|电话|方式)|电\s*话|传\s*真|邮\s*编|统一社会信用代码|社会信用代码|信用代码|法定代表人|纳税人|中标(?:金额|价)|成交(?:金额|价)|投标(?:报价|总价)|报\s*价|金\s*额|合同金额|大写|得\s*分|综合得分|评审得分|项目(?:经理|负责人)|工期|质量)[)）]?\s*[:：为].*$`)

// roleNote is a role in brackets behind a name: （盖章）, （联合体牵头人）, (成员).
var roleNote = pattern.New(`[（(](?:盖章|公章|章|联合体[^)）]*|牵头[^)）]*|成员[^)）]*|主办方|主体|甲方|乙方|采购人|采购单位|招标人|建设单位|代理机构|招标代理[^)）]*|以下(?:简称|称)[^)）]*|下称[^)）]*|简称[^)）]*|主?中标人?|排名?第?[一1]名?|第[一1]名|小微企业|中小企业|小型企业|微型企业|中型企业|监狱企业|企业|\d{17,18}[0-9A-Z]|[0-9A-Z]{18})[)）]`)

// lead is what stands before a name: a number, a lot, a role.
var lead = pattern.New(`^(?:[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．:：]\s*|第?[\d一二三四五六七八九十A-Z]{1,3}\s*(?:包|标段|标项|分包|品目)\s*[号]?\s*[:：、]?\s*|(?:联合体)?(?:牵头人|牵头单位|成员单位|成员|主体|牵头方|主办方)\s*[:：]\s*|(?:为|系|是)\s*|第[一1](?:名|中标候选人|候选人|成交候选人)\s*[:：]\s*)`)

// nobody are texts that stand where a name should.
var nobody = pattern.New(`^(?:无|/+|-+|—+|\\|空|暂无|详见|见|另见|同上|略|其他|其它|不详|未知|保密|null|none|n/?a|tbd|nan|undefined|招标人|采购人|采购单位|业主|代理机构|招标代理机构|本项目|本公司|我单位|我院|我局|我校|我公司|供应商|投标人|中标人|潜在投标人|[\d\s.,:：%-]+|废标|流标|.*(?:不足三家|不足3家|无供应商|无效投标|采购失败|终止采购|详见附件|见附件|见公告|公告原文|见正文).*)$`)

// Clean is the name that a cell or value states, "" where it states none.
func Clean(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "\n", " "))
	s = behind.ReplaceAllString(s, "")
	s = roleNote.ReplaceAllString(s, "")
	for range 3 {
		t := lead.ReplaceAllString(s, "")
		if t == s || utf8.RuneCountInString(t) < 2 {
			break
		}
		s = t
	}
	if i := strings.IndexAny(s, "，。；;！？|"); i > 0 && han(s) {
		s = s[:i]
	}
	s = unspace(s)
	s = strings.Trim(s, " \t\u00a0\u3000:：、,.。;；*\"“”'‘’|_")
	s = balance(s)
	if !named(s) {
		return ""
	}
	return s
}

// Split is the names in a cell that may hold several: of a consortium, of several lots.
func Split(s string) []string {
	var out []string
	for _, part := range parts(s) {
		name := Clean(part)
		if name == "" || contains(out, name) {
			continue
		}
		out = append(out, name)
	}
	return out
}

// parts cuts where every part is a name of its own: "某公司、某院", not "设备、器材有限公司".
func parts(s string) []string {
	lines := strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == ';' || r == '；' || r == '|' })
	var out []string
	for _, line := range lines {
		if members := member.Split(line, -1); len(members) > 1 {
			out = append(out, members...)
			continue
		}
		cut := strings.FieldsFunc(line, func(r rune) bool { return r == '、' || r == ',' || r == '，' || r == '/' || r == '&' })
		if len(cut) > 1 && all(cut, endsAsName) {
			out = append(out, cut...)
			continue
		}
		if two := bothNames.FindStringSubmatch(line); two != nil {
			out = append(out, two[1], two[2])
			continue
		}
		out = append(out, line)
	}
	return out
}

// member are the marks before the members of a consortium: （主）甲公司（成）乙公司.
var member = pattern.New(`[（(](?:主|成|牵|联|主体|牵头|成员)[)）]`)

// bothNames are two whole names with nothing but "与" between them.
var bothNames = pattern.New(`^\s*(\S+(?:有限公司|有限责任公司|股份公司|研究院|设计院))\s*(?:与|和|及|\s)\s*(\S+(?:有限公司|有限责任公司|股份公司|研究院|设计院|大学))\s*(?:联合体)?\s*$`)

// ending are the ends of the names of organisations.
var ending = pattern.New(`(?:公司|集团|厂|院|所|中心|大学|学校|学院|中学|小学|幼儿园|医院|局|处|部|厅|委|会|办|站|队|社|店|行|馆|场|园|政府|法院|检察院|银行|联社|协会|基金会|工作室|事务所|合作社|经营部|商行|门市|个体|企业|超市|酒店|宾馆|分局|支队|大队|总队|监狱|海关|街道|乡|镇|村|基地|平台|军|团|校|署|台|库|矿|港|段|室|科|组|户|坊|楼|铺|庄|堂|苑|城|网|联合体|有限合伙\)|\(普通合伙\))(?:[（(][^)）]{1,30}[)）])?$|(?i)\b(ltd|limited|inc|corp|llc|plc|gmbh|s\.?a\.?|n\.?v\.?|b\.?v\.?|co|cv|ag|kg|srl|spa|oy|ab|as)\.?$`)

func endsAsName(s string) bool {
	s = roleNote.ReplaceAllString(strings.TrimSpace(behind.ReplaceAllString(s, "")), "")
	return utf8.RuneCountInString(s) >= 4 && ending.MatchString(s)
}

// Organisation tells whether a text ends as the name of an organisation does.
func Organisation(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 3 && n <= maxName && ending.MatchString(s) && !strings.ContainsAny(s, "，。；;：:？！")
}

// agencyWords are of firms and bodies whose trade is to run tenders for others.
var agencyWords = pattern.New(`招标|招投标|采购代理|政府采购中心|集中采购|公共资源交易|采购服务|项目管理|工程管理|工程咨询|造价咨询|建设咨询|项目咨询|管理咨询|咨询(?:有限|股份|集团|服务|责任)|监理有限|代理有限|拍卖有限|国际经济技术|交易中心|采购中心`)

// Agency tells whether a name is most likely that of a tender agency.
func Agency(name string) bool { return agencyWords.MatchString(name) }

func named(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 2 || n > maxName && han(s) || n > 200 {
		return false
	}
	if nobody.MatchString(strings.ToLower(width.Fold.String(s))) {
		return false
	}
	letters, caseless := 0, false
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			caseless = caseless || r > 0x2e00 // Chinese, Japanese, Korean
		}
	}
	return letters*2 >= n && (caseless || strings.ToLower(s) != s || strings.Contains(s, " "))
}

// balance cuts a bracket that was opened or closed outside of the name.
func balance(s string) string {
	folded := strings.NewReplacer("（", "(", "）", ")").Replace(s)
	opened, closed := strings.Count(folded, "("), strings.Count(folded, ")")
	switch {
	case opened > closed:
		if i := strings.LastIndexAny(s, "(（"); i > 0 {
			return strings.TrimSpace(s[:i])
		}
	case closed > opened:
		if i := strings.IndexAny(s, ")）"); i > 0 {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// unspace leaves out the blanks between Chinese characters.
func unspace(s string) string {
	if !strings.Contains(s, " ") {
		return s
	}
	runes := []rune(s)
	var b strings.Builder
	for i, r := range runes {
		if r == ' ' && i > 0 && i+1 < len(runes) && (runes[i-1] > 0x2e00 && runes[i+1] > 0x2e00) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func han(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func all(list []string, is func(string) bool) bool {
	for _, s := range list {
		if !is(s) {
			return false
		}
	}
	return true
}
