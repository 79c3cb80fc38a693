package match

import (
	"strings"

	"dealvitals/signals"
	"dealvitals/signals/fold"
)

// Labels say in which role those are named who follow them. The first list that has a
// word in the label decides: 采购代理机构 is an agency, 采购人 a buyer.
var roleLabels = []struct {
	role  signals.Role
	words words
}{
	{signals.RoleAgency, newWords(strings.Fields(`代理机构 采购代理 招标代理 代理单位 代理公司 集中采购机构 受托人`))},
	{signals.RoleWinner, newWords(strings.Fields(`中标 成交 中选 候选 供应商 入围 乙方 承包人 投标人 第一名 第二名 第三名 卖方 承建单位 供货单位`))},
	{signals.RoleBuyer, newWords(strings.Fields(`采购人 采购单位 采购方 采购主体 采购机构 招标人 招标单位 招标方 业主 建设单位 项目法人 采购执行方 发布单位 委托人 委托单位 委托方 甲方
		需求单位 使用单位 询价单位 询价人 比选人 比选单位 磋商人 谈判人 买方 发包人 发包方 发包单位 用户单位 购买主体 预算单位 招标机构`))},
	{signals.RoleNone, newWords(strings.Fields(`联系人 地址 地点 开户 账户 户名 保函 担保 监督 品牌 制造商 生产厂家 业绩 公证`))},
}

// maxLabel is the length of the longest label, in letters.
const maxLabel = 14

// maxGroup is the length of the longest group name that is taken for the mere beginning of
// a title, in letters.
const maxGroup = 10

// labelled is the role that a label before letter start gives to who stands there.
func (f passage) labelled(start int) (signals.Role, bool) {
	colon := start
	for colon > 0 && f.Gaps[colon]&fold.Colon == 0 {
		colon--
	}
	if colon == 0 {
		return f.labelRightBefore(start)
	}
	from := colon
	for from > 0 && colon-from < maxLabel && (from == colon || f.Gaps[from]&(fold.Colon|fold.Mark) == 0) {
		from--
	}
	return roleOfLabel(f.Letters[from:colon])
}

// labelRightBefore reads a label that no colon follows: 采购人为某某公司.
func (f passage) labelRightBefore(start int) (signals.Role, bool) {
	end := start
	if end > 0 && (f.Letters[end-1] == '为' || f.Letters[end-1] == '是') {
		end--
	}
	if n := labelNouns.before(f.Letters, end); n > 0 {
		return roleOfLabel(f.Letters[end-n : end])
	}
	return "", false
}

var labelNouns = newWords(strings.Fields(`采购人 采购单位 招标人 招标单位 中标人 中标单位 成交供应商 中标供应商 代理机构 采购代理机构 招标代理机构 建设单位 业主单位 第一中标候选人 第二中标候选人 第三中标候选人
	中标候选人 中选人 采购人名称 招标人名称`))

func roleOfLabel(label []rune) (signals.Role, bool) {
	for _, l := range roleLabels {
		if l.words.in(label) {
			return l.role, true
		}
	}
	return "", false
}

// roleOf is the role of an organisation that stands in [start, r.end) of a text.
func (f passage) roleOf(start int, r reading, short bool) (signals.Role, string) {
	if role, ok := f.labelled(start); ok {
		return role, "标注"
	}
	if role, ok := f.entrusted(start, r.end); ok {
		return role, "委托关系"
	}
	if agent, ok := f.agentAbout(start); ok {
		if agent {
			return signals.RoleBuyer, "代理机构公告所指采购人"
		}
		return signals.RoleNone, "他人公告所提及"
	}
	if !f.opens(start) {
		return signals.RoleNone, "非标题主体"
	}
	switch {
	case f.agent(start, r.end):
		return signals.RoleAgency, "代理机构居标题之首"
	case disposalWords.in(f.Letters[r.end:]):
		return signals.RoleNone, "处置或出租，非采购"
	case short && !r.branch && (r.site || f.siteFollows(r.end)):
		return signals.RoleNone, "项目所在地"
	}
	return signals.RoleBuyer, "居标题之首"
}

// entrusted reads 受某某委托 (a buyer) and 委托某某招标 (an agency).
func (f passage) entrusted(start, end int) (signals.Role, bool) {
	if start > 0 && f.Letters[start-1] == '受' && f.has(end, "委托") {
		return signals.RoleBuyer, true
	}
	if start > 1 && string(f.Letters[start-2:start]) == "委托" && !f.has(end, "的") {
		return signals.RoleAgency, true
	}
	return "", false
}

// has tells whether word stands at letter i, a 的 before it or not.
func (f passage) has(i int, word string) bool {
	if i < len(f.Letters) && f.Letters[i] == '的' && word != "的" {
		i++
	}
	n := len([]rune(word))
	return i+n <= len(f.Letters) && string(f.Letters[i:i+n]) == word
}

// agentAbout tells whether the words before start are "somebody 关于", and whether that
// somebody is one who procures for others.
func (f passage) agentAbout(start int) (agent, ok bool) {
	if start < 6 || string(f.Letters[start-2:start]) != "关于" || personEnds.before(f.Letters, start-2) == 0 {
		return false, false
	}
	return agentWords.in(f.Letters[:start-2]), true
}

// agent tells whether the name in [start, end) is that of one who procures for others:
// by its looks, or because the text goes on as an agent's does.
func (f passage) agent(start, end int) bool {
	name := f.Letters[start:end]
	return agentNames.in(name) || agentWords.in(name) && f.speaksForOthers(end)
}

// speaksForOthers tells whether the text goes on with 关于 or 受…委托.
func (f passage) speaksForOthers(end int) bool {
	return f.has(end, "关于") || f.has(end, "受") || f.has(end, "代理")
}

// siteFollows tells whether the words right after a short name make it a place where
// something is built.
func (f passage) siteFollows(end int) bool {
	limit := min(len(f.Letters), end+12)
	for i := end; i < limit && f.Gaps[i] == 0 && breakWords.at(f.Letters, i) == 0; i++ {
		if placeWords.at(f.Letters, i) > 0 {
			return true
		}
	}
	return false
}

// opens tells whether only figures, places, and words such as 关于 stand before start, or
// the name of the group that the organisation belongs to.
func (f passage) opens(start int) bool {
	if start >= minStem && start <= maxGroup && string(f.Letters[start-2:start]) == "集团" && f.Gaps[start] == 0 {
		return true
	}
	i := 0
	for i < start {
		switch n := max(openers.at(f.Letters[:start], i), placesAt(f.Letters[:start], i)); {
		case n > 0:
			i += n
		case f.Letters[i] < fold.FirstIdeograph:
			i++
		default:
			return false
		}
	}
	return true
}
