package scorer

import (
	"slices"

	"dealvitals/signals"
)

// The reasons that a person's decision gets where none is given.
const (
	ReasonConfirmed = "confirmed"
	ReasonDisputed  = "disputed"
	ReasonUpheld    = "dispute_upheld"
	ReasonNotUpheld = "dispute_not_upheld"
	ReasonOther     = "other"
)

// Languages of explanations.
const (
	LangZH = "zh"
	LangEN = "en"
)

// sentence is a text in both languages.
type sentence struct{ zh, en string }

func (s sentence) in(lang string) string {
	if lang == LangZH {
		return s.zh
	}
	return s.en
}

// ReasonText says a reason code in zh or en (any other language: en). A code that people
// chose themselves is returned as it is.
func ReasonText(code, lang string) string {
	for _, table := range reasonTables() {
		if s, found := table[code]; found {
			return s.in(lang)
		}
	}
	return code
}

// ReasonCodes lists every code that the program itself gives as a reason, sorted.
func ReasonCodes() []string {
	var codes []string
	for _, table := range reasonTables() {
		for code := range table {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

func reasonTables() []map[string]sentence {
	return []map[string]sentence{statusReasons, outcomeReasons, signalReasons, tenderReasons, decisionReasons}
}

// statusReasons say why a measure has its status.
var statusReasons = map[string]sentence{
	signals.ReasonMeasured:           {"已测得", "measured"},
	signals.ReasonPartial:            {"部分来源不可用，测得值只是下限", "some of the sources fail, so the number is only a lower bound"},
	signals.ReasonNoTarget:           {"没有配置采集目标", "no page to crawl is configured"},
	signals.ReasonPaused:             {"采集目标已暂停", "the crawl targets are paused"},
	signals.ReasonNeverRun:           {"尚未采集过", "not crawled yet"},
	signals.ReasonDrifted:            {"网站已改版，采集规则失效，数据不可信", "the site has changed and no longer gives what it did"},
	signals.ReasonFell:               {"岗位列表骤减或清空，可能是网站改版、故障或只显示了一部分，持续 30 天后采信；确认页面已完整显示后，可在采集目标上确认", "the list became much shorter, or empty: the site may have changed, fail, or show only a part; it is believed once it stayed so for 30 days, or once an administrator has looked and confirms it on the target"},
	signals.ReasonFullPage:           {"岗位数恰为常见的每页条数，页面又未说明总数，可能还有未显示的岗位，测得值只是下限；确认页面已显示全部岗位后，请在采集目标上注明（shows_all）", "the page shows just as many jobs as pages commonly have and does not say how many there are: the number is only a lower bound; where the page does show them all, say so on the target (shows_all)"},
	signals.ReasonNeverAny:           {"采集目标从未出现过任何岗位，可能不是招聘列表或查询失效，不能证明没有招聘；确认无误后，请在采集目标上注明页面显示全部岗位（shows_all）", "no target ever showed a job: it may be the wrong page or a search that fails, which does not prove that nobody is hired; where the page is the right one and shows all jobs, say so on the target (shows_all)"},
	signals.ReasonDoubles:            {"出现了与在招岗位同名同地的岗位，可能是同一岗位，也可能是新增岗位，测得值只是下限", "jobs came that have the title and place of one that is still open: the same twice, or another one; the number is only a lower bound"},
	signals.ReasonUnsteady:           {"页面每次显示的岗位不同（随机排序、个性化推荐或随访问地变化），无法区分新旧岗位", "the page shows another choice of its jobs at each visit (random order, suggestions, the visitor's city): what is new cannot be told"},
	signals.ReasonIncomplete:         {"从未完整采集到列表末尾", "no crawl reached the end of the list"},
	signals.ReasonNoRecentRun:        {"最近一次完整采集已过期", "the newest complete crawl is too old"},
	signals.ReasonFadedUnseen:        {"自上次采集或同步以来只是时间推移使数值变低，尚未重新核实", "it is lower only because time has passed since the newest crawl or sync, and nobody has looked again"},
	signals.ReasonWarmingUp:          {"观察时间不足，尚不能区分新旧岗位", "observed for too short a time to tell new jobs from old ones"},
	signals.ReasonNoContacts:         {"商机没有关键联系人", "the deal names no key contact"},
	signals.ReasonNotCovered:         {"关键联系人的消息未被完整覆盖（未同意存档、未接入或采集中断）", "messages of the key contacts would not have been seen: no consent, not connected, or a hole in the archive"},
	signals.ReasonSyncStale:          {"最近一次同步已过期", "the newest sync is too old"},
	signals.ReasonStatisticsDisagree: {"部分日期企业微信统计的发送条数明显多于收到的消息，这些日期按未覆盖处理，测得值只是下限", "on some days WeCom's statistics tell of clearly more messages than came here: those days are taken as not covered, and the number is only a lower bound"},
}

// outcomeReasons say what a site's newest crawl ended in.
var outcomeReasons = map[string]sentence{
	string(signals.OutcomeOK):           {"采集成功", "read"},
	string(signals.OutcomeEmpty):        {"页面声明没有内容", "the page says that there is nothing"},
	string(signals.OutcomeBlocked):      {"网站拦截了采集（验证码、防火墙或限流）", "the site blocks us (captcha, firewall or rate limit)"},
	string(signals.OutcomeLogin):        {"页面需要登录", "the page is behind a login"},
	string(signals.OutcomeNotFound):     {"页面不存在", "the page is not there"},
	string(signals.OutcomeScriptShell):  {"页面内容需要浏览器脚本才能显示", "the content needs a browser"},
	string(signals.OutcomeNotRelevant):  {"页面上没有识别到列表", "no list was recognised on the page"},
	string(signals.OutcomeRobotsDenied): {"robots.txt 不允许采集", "robots.txt forbids it"},
	string(signals.OutcomeUnreachable):  {"网站无法访问", "the site cannot be reached"},
	string(signals.OutcomeTooLarge):     {"页面过大", "the page is too large"},
	string(signals.OutcomeLoop):         {"跳转或翻页陷入循环", "redirects or pagination go in a circle"},
	string(signals.OutcomeUnsafe):       {"地址不允许访问", "the address may not be fetched"},
}

// signalReasons say why a posting or a day of messages counts or not.
var signalReasons = map[string]sentence{
	signals.WhyPublished:     {"计入：页面标明的发布日期在窗口内", "counts: published in the window by the page's word"},
	signals.WhyFirstSeen:     {"计入：此前完整采集时没有，首次出现", "counts: not there in the complete crawl before"},
	signals.WhyRepost:        {"不计入：同名同地岗位重新发布", "does not count: the same title and place was seen within 14 days before"},
	signals.WhyDuplicate:     {"不计入：同名同地岗位已计入一次", "does not count: the same title and place counts already"},
	signals.WhyBaseline:      {"不计入：首次采集时已存在", "does not count: it was there at the first crawl"},
	signals.WhyUpdatedOnly:   {"不计入：页面日期只是更新日期", "does not count: its date is only that of an update"},
	signals.WhyOutsideWindow: {"不计入：窗口之前已发布", "does not count: opened before the window"},
	signals.WhyBoundBefore:   {"不计入：页面表明窗口之前已存在", "does not count: open before the window by the page's word"},
	signals.WhyExchange:      {"双方往来", "both sides wrote"},
	signals.WhyContactWrote:  {"客户主动联系", "the contact wrote"},
	signals.WhyUnanswered:    {"仅我方发出，对方未回复，不加热度", "ours only and not answered: no effect"},
	signals.WhySlight:        {"仅表情或单字回复，影响很小", "stickers and one-word messages only: little effect"},
}

// decisionReasons say why a deal was frozen, released and so on.
var decisionReasons = map[string]sentence{
	string(ColdRelationship):    {"两高一低：客户在招聘、在采购，但与我方关键联系人互动冷淡", "two high, one low: the customer hires and buys, but hardly talks with us"},
	string(TalkWithoutPurchase): {"两高一低：客户在招聘、互动热络，但没有相关采购动作", "two high, one low: the customer hires and talks with us, but buys nothing related"},
	string(ShrinkingBuyer):      {"两高一低：有采购、有互动，但客户没有新增招聘", "two high, one low: the customer buys and talks with us, but does not hire"},
	ReasonPatternGone:           {"模式已连续多次评估消失，自动解除", "the pattern was gone for as many evaluations as the policy asks"},
	ReasonMaxDays:               {"到期无人确认，自动解除", "nobody confirmed it in time, so it ended by itself"},
	ReasonReleaseEnded:          {"人工解除的期限已到", "the release by a person reached its date"},
	ReasonDisputeOverdue:        {"异议逾期未答复，按规则解除", "nobody answered the dispute in time, so the policy ended the freeze"},
	ReasonCustomerChanged:       {"商机已改挂到另一客户，原有证据不再适用；冻结保留至有人复核或到期", "the deal was moved to another customer, so that what it was held on says nothing of it any more: it stays held until somebody reviews it, or to its end"},
	ReasonMergedHold:            {"被冻结的商机并入本商机，冻结随之保留至有人复核或到期", "a deal that was held was merged into this one: the hold goes on here until somebody reviews it, or to its end"},
	ReasonMergeUndone:           {"合并已撤销，随合并而来的冻结解除", "the merge was undone, and with it the hold that came along"},
	ReasonConfirmed:             {"人工确认冻结", "confirmed by a person"},
	ReasonDisputed:              {"销售提出异议", "disputed"},
	ReasonUpheld:                {"异议未获支持，维持冻结", "the dispute was answered: the freeze stays"},
	ReasonNotUpheld:             {"异议成立，解除冻结", "the dispute was answered: the freeze is lifted"},
	ReasonOther:                 {"其他原因（见备注）", "another reason, see the note"},
}
