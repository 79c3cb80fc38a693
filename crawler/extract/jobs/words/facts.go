package words

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/anyof"
	"dealvitals/crawler/extract/casing"
)

// Action tells a button or a link that acts on a posting or on the page: apply, view
// details, load more.
func Action(text string) bool {
	if len(text) == 0 || len(text) > 60 {
		return false
	}
	t := casing.Lower(strings.TrimFunc(text, besideAction))
	if actions[t] {
		return true
	}
	for _, p := range actionStarts {
		if strings.HasPrefix(t, p) {
			return true
		}
	}
	return false
}

func besideAction(r rune) bool {
	switch r {
	case ' ', '›', '»', '>', '→', '+', '[', ']', '【', '】', '(', ')', '（', '）', '·', '!', '！', '.', '…':
		return true
	}
	return false
}

var actions = textSet(`apply|apply now|apply here|apply online|apply today|apply for this job|apply for job|view|view job|view details|view role|view position|view more|view all|view all jobs|view all openings|view all positions|details|job details|more|more info|more details|learn more|read more|see more|see details|see job|see all|see all jobs|see all openings|see open positions|show more|show details|load more|load more jobs|share|save|save job|
open|close|back|next|previous|prev|search|search jobs|reset|filter|filters|clear|clear all|submit|send|refer|refer a friend|email|email job|print|expand|collapse|all|all jobs|all locations|all departments|all teams|any|subscribe|job alerts|create alert|sign in|log in|login|register|sign up|join now|home|careers|jobs|open positions|current openings|open roles|job openings|skip to content|skip to main content|menu|
查看|查看详情|详情|查看更多|查看职位|职位详情|岗位详情|了解详情|了解更多|更多|更多>>|更多职位|更多岗位|申请|申请职位|立即申请|我要申请|我要应聘|应聘|在线应聘|立即应聘|应聘该职位|应聘此职位|申请该职位|投递|投递简历|立即投递|我要投递|简历投递|投个简历|收藏|收藏职位|分享|展开|收起|展开更多|查看全部|全部|不限|搜索|查询|重置|筛选|清空|提交|返回|返回列表|返回顶部|返回首页|上一页|下一页|首页|尾页|末页|加载更多|登录|注册|立即沟通|沟通|继续沟通|在线沟通|打印|关闭|下载|报名|立即报名|我要报名|点击查看|点击查看详情|点击申请|急招|急聘|热招|校园招聘|社会招聘|实习生招聘|招聘职位|招聘岗位|在招职位|职位列表|岗位列表|招聘信息|人才招聘|职位搜索|查看全部职位|查看更多职位|招贤纳士|加入我们|诚聘英才|人力资源|人才理念|人才战略|投诉|举报|全部职位|所有职位|职位推荐|推荐职位|热门职位|最新职位|相关职位|相似职位`)

var actionStarts = []string{"apply for ", "apply to ", "view all ", "see all ", "view job", "view open", "see open", "explore ", "discover ", "read more", "learn more", "show all ", "browse all", "search ", "filter by", "sort by", "share on", "share this", "log in ", "sign in", "back to ", "go to ", "click ", "skip to", "page ", "查看全部", "查看更多", "返回"}

func textSet(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.SplitSeq(s, "|") {
		m[strings.TrimSpace(w)] = true
	}
	return m
}

// Salary tells an amount of pay: 8-12K, 5000-8000元/月, 面议, $80,000 - $100,000.
func Salary(text string) bool {
	if len(text) < 3 || len(text) > 60 {
		return false
	}
	if strings.Contains(text, "面议") || strings.Contains(text, "薪资") {
		return true
	}
	digit := false
	for i := 0; i < len(text); i++ {
		switch {
		case isDigit(text[i]):
			digit = true
		case digit && (text[i] == 'k' || text[i] == 'K') && i > 0 && isDigit(text[i-1]) && (i+1 == len(text) || !letter(text[i+1]) || text[i+1] >= 0x80):
			return true
		}
	}
	if !digit {
		return false
	}
	for _, mark := range []string{"元", "￥", "¥", "$", "€", "£", "万", "千/月", "/月", "/年", "薪", " per hour", " per year", "/hr", "/yr", "a year", "an hour", "USD", "EUR", "CNY", "RMB", "LPA", "₹"} {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}

// Fact tells a short text that stands beside jobs and hardly anywhere else: kind of work,
// education, experience, headcount.
func Fact(text string) bool {
	if len(text) == 0 || len(text) > 60 {
		return false
	}
	if hasCJK(text) {
		return chineseFacts.In(text) || strings.Contains(text, "年") && (strings.Contains(text, "经验") || strings.HasSuffix(text, "年") && strings.Contains(text, "-")) || Headcount(text) > 0 && utf8.RuneCountInString(text) < 8
	}
	return englishFacts.In(casing.Lower(text))
}

var (
	chineseFacts = anyof.Of(strings.Fields(`全职 兼职 实习 校招 社招 本科 大专 硕士 博士 中专 高中 初中 学历不限 经验不限 不限经验 应届 无经验 学历 工作经验 招聘人数 若干 五险 双休 包吃 包住 正式工 劳务派遣 合同制 远程办公 正社員 契約社員 アルバイト パート 業務委託 派遣社員 정규직 계약직 인턴 경력 신입`)...)
	englishFacts = anyof.Of("full-time", "full time", "fulltime", "part-time", "part time", "internship", "temporary", "permanent", "contractor", "fixed term", "fixed-term", "remote", "hybrid", "on-site", "onsite", "freelance", "contract", "entry level", "mid-senior", "vollzeit", "teilzeit", "temps plein", "cdi", "cdd", "employment type", "regular", "seasonal", "per diem", "days ago", "posted")
)

// Headcount is the number of people that a text says are wanted: 3人, 2名, 招聘人数：5.
// It is 0 where it says none, or "若干".
func Headcount(text string) int {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		n, j := 0, i
		for j < len(text) && isDigit(text[j]) && j-i < 5 {
			n = n*10 + int(text[j]-'0')
			j++
		}
		rest := strings.TrimLeft(text[j:], " ")
		if (strings.HasPrefix(rest, "人") || strings.HasPrefix(rest, "名") || strings.HasPrefix(rest, "位")) && !hanStart(rest[3:]) && (i == 0 || text[i-1] != '-') {
			return n
		}
		i = j
	}
	return 0
}

// hanStart tells that a text goes on with a Chinese character: 300人学习 is no headcount.
func hanStart(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size > 0 && r >= 0x4E00 && r <= 0x9FFF
}

// Unit tells the name of a part of an organisation, as 急诊科, 药学部 or 信息学院: short Chinese
// names of units end in what they are, and names of people hardly ever do so.
func Unit(text string) bool {
	if len(text) > 60 {
		return false
	}
	for _, end := range units {
		if strings.HasSuffix(text, end) && len(text) > len(end) {
			return true
		}
	}
	return false
}

var units = strings.Fields(`部 科 处 室 组 中心 学院 系 所 院 队 站 厂 局 公司 车间 事业群 课 區 部門`)

// Team tells a text that names fields of work and nothing else, as the teams of a company are
// named: Engineering, Sales & Marketing.
func Team(text string) bool {
	if len(text) > 50 || hasCJK(text) {
		return false
	}
	teams := 0
	for w := range strings.FieldsSeq(casing.Lower(text)) {
		switch {
		case latin[w] == field || w == "people" || w == "customer" || w == "corporate" || w == "teams" || w == "team":
			teams++
		case w != "&" && w != "and":
			return false
		}
	}
	return teams > 0
}

// Number is a text that is only a number, as in a column of headcounts; 0 where it is none.
func Number(text string) int {
	text = strings.TrimRight(text, "人名位个 ")
	n := 0
	if text == "" || len(text) > 4 {
		return 0
	}
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			return 0
		}
		n = n*10 + int(text[i]-'0')
	}
	return n
}

// Sentence tells running text: long, or with the marks of a sentence.
func Sentence(text string) bool {
	n := utf8.RuneCountInString(text)
	return n > 100 || n > 40 && hasCJK(text) || n > 24 && strings.ContainsAny(text, "。；;！") || n > 60 && strings.HasSuffix(text, ".")
}

// Closed tells the state of a job that is not open any more, as a badge or a column says it.
func Closed(text string) bool {
	return len(text) < 60 && closedWords[casing.Lower(strings.TrimFunc(text, besideState))]
}

func besideState(r rune) bool {
	switch r {
	case ' ', '(', ')', '[', ']', '（', '）', '【', '】', '!', '！', '。', '.':
		return true
	}
	return false
}

var closedWords = textSet(`已结束|已截止|已关闭|已下线|已招满|已招聘完|已停止|已停招|停止招聘|已过期|已暂停|已失效|招聘结束|招聘已结束|报名已截止|报名截止|已截止报名|職缺已關閉|已結束|
closed|position closed|applications closed|closed for applications|filled|position filled|job filled|role filled|expired|job expired|no longer available|no longer open|besetzt|stelle besetzt|pourvu|poste pourvu|cubierta|募集終了|受付終了|終了しました|접수마감|모집마감|채용마감|마감`)
