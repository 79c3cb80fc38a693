package signals

import (
	"regexp"
	"strings"

	"dealvitals/signals/fold"
)

// The parts of a notice's title that do not say what is bought. They are matched in the
// folded title, where no blanks and no punctuation are left.
var (
	titleRounds = regexp.MustCompile(`第?([0-9]+|[一二三四五六七八九十]+)次(` + anyOf(roundWords) + `)?|重新(公开)?(招标|采购|询价)|重招|再次(招标|采购|公告)?`)
	titleLots   = regexp.MustCompile(`(` + anyOf(lotWords) + `)(编?号)?([0-9a-z]+|[一二三四五六七八九十]+)|第?([0-9]+|[一二三四五六七八九十]+)(标段|标包|包件|包|标项)`)
	titleIntro  = regexp.MustCompile(`^(` + anyOf(introWords) + `)+`)
	titleNumber = regexp.MustCompile(`(项目|采购|招标|标书)?编号.*$`)
	notRounds   = strings.NewReplacer("二次供水", "供水", "二次装修", "装修", "二次结构", "结构", "二次设备", "设备", "二次系统", "系统", "一次性", "")
)

const (
	stageWords = `公开招标 邀请招标 竞争性谈判 竞争性磋商 竞争性比选 竞争性 单一来源采前 单一来源采购 单一来源 询价采购 询价 询比采购 询比 比选 竞价 招标 采购意向 采购 资格预审 资审 谈判 磋商
		直接采购事前 直接采购信息 直接采购 小额采购 网上 电子化 公开 国内 国际 政府采购 意向 招标计划 预 征求意见 更正 变更 澄清 答疑 补遗 补充 延期 暂停 废标 流标 终止 失败 撤销
		中标候选人 中选候选人 成交候选人 候选人 预中标 拟中标 中标 中选 成交 入围 结果 定标 评标 合同签订 合同 履约 验收 推荐`
	noticeWords = `公告 公示 通知书 通知 邀请书 邀请函 文件 信息公开 名单 更正 变更 澄清 答疑 延期`
	trailWords  = `项目 采购 招标 公开 的 事前 结果 政府采购 采购意向 招标计划 意向 流标 废标 终止 更正 变更 中标 成交 候选人`
	roundWords  = `重新招标 招标 采购 公告 公示 询价 磋商 谈判 比选 公开招标 竞争性磋商 竞争性谈判`
	lotWords    = `子项目包 分包 包件 标项 采购包 包组 标段 标包 合同包 子包 包`
	introWords  = `关于 征集 公开征集 招标公告 采购公告 公告 公示 中标公告 成交公告 结果公告 更正公告 变更公告 废标公告 流标公告 终止公告 项目名称 采购意向`
)

// anyOf is the alternatives of a pattern, in the order of the list.
func anyOf(list string) string { return strings.Join(strings.Fields(list), "|") }

// minCore is how many letters a title must have left to tell projects apart.
const minCore = 6

// titleCore is what a title says is bought: without the words for its type, the round
// (第二次), the lot, the project number, and an agency before 关于. Empty where too little
// is left.
func titleCore(n Notice) string {
	core := fold.Letters(n.Title)
	core = titleIntro.ReplaceAllString(core, "")
	if agency := fold.Letters(n.Agency); agency != "" {
		core = strings.TrimPrefix(strings.TrimPrefix(core, agency), "关于")
	}
	if number := fold.Letters(statedNumber(n)); len(number) >= minNumber {
		core = strings.ReplaceAll(core, "项目编号"+number, "")
		core = strings.ReplaceAll(core, number, "")
	}
	core = titleRounds.ReplaceAllString(core, "")
	core = titleLots.ReplaceAllString(core, "")
	core = trimTypes(core)
	core = titleNumber.ReplaceAllString(core, "")
	core, _ = trimEnds(core, trailEnds)
	core = unrepeated(core)
	if len([]rune(core)) < minCore {
		return ""
	}
	return core
}

var (
	noticeEnds = strings.Fields(noticeWords)
	stageEnds  = strings.Fields(stageWords)
	trailEnds  = strings.Fields(trailWords)
)

// trimTypes takes the words for a notice's type off the end of a title: 公开招标公告, and
// what stands before them, as in 中标候选人公示更正公告.
func trimTypes(title string) string {
	for {
		rest, cut := trimEnds(title, noticeEnds)
		if !cut {
			return title
		}
		title, _ = trimEnds(rest, stageEnds)
	}
}

// trimEnds takes words off the end of a text as long as one stands there.
func trimEnds(text string, words []string) (string, bool) {
	cut := false
	for i := 0; i < len(words); i++ {
		if rest, found := strings.CutSuffix(text, words[i]); found {
			text, cut, i = rest, true, -1
		}
	}
	return text, cut
}

func trimAll(text string, end *regexp.Regexp) string {
	for {
		cut := end.ReplaceAllString(text, "")
		if cut == text {
			return text
		}
		text = cut
	}
}

// unrepeated drops the first of two equal beginnings, as sites write that put the buyer
// before a title which begins with the buyer.
func unrepeated(text string) string {
	letters := []rune(text)
	for n := len(letters) / 2; n >= 4; n-- {
		if string(letters[:n]) == string(letters[n:2*n]) {
			return string(letters[n:])
		}
	}
	return text
}

// roundOf is which attempt at a project a notice belongs to: 1 unless its title or number
// says 第二次 and the like.
func roundOf(n Notice) int {
	found := titleRounds.FindStringSubmatch(notRounds.Replace(fold.Letters(n.Title)))
	if found == nil {
		return 1
	}
	switch count := found[1]; count {
	case "", "一", "1":
		if count == "" {
			return 2 // 重新招标
		}
		return 1
	default:
		return ordinal(count)
	}
}

func ordinal(count string) int {
	if i := strings.Index("一二三四五六七八九十", count); i >= 0 {
		return i/len("一") + 1
	}
	n := 0
	for _, r := range count {
		if r < '0' || r > '9' || n > 99 {
			return 2
		}
		n = 10*n + int(r-'0')
	}
	return max(1, n)
}

// lotsOf lists the lots that a title names, folded and sorted as they stand.
func lotsOf(n Notice) []string { return titleLots.FindAllString(fold.Letters(n.Title), -1) }
