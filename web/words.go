package web

import (
	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// word is a text in both languages.
type word struct{ zh, en string }

func (w word) in(lang string) string {
	if lang == "en" {
		return w.en
	}
	return w.zh
}

var freezeStates = map[scorer.FreezeState]word{
	scorer.FreezeClear:    {"正常", "clear"},
	scorer.FreezeProposed: {"待确认", "to confirm"},
	scorer.FreezeFrozen:   {"冻结", "frozen"},
}

var freezeModes = map[string]word{
	scorer.ModeAutomatic: {"自动冻结", "automatic"},
	scorer.ModePropose:   {"提议，由人确认", "propose"},
}

var bandWords = map[scorer.Band]word{
	scorer.BandHigh: {"高", "high"},
	scorer.BandMid:  {"中", "mid"},
	scorer.BandLow:  {"低", "low"},
}

var statusWords = map[signals.Status]word{
	signals.StatusOK:      {"正常", "ok"},
	signals.StatusWarming: {"观察期", "warming"},
	signals.StatusStale:   {"已过期", "stale"},
	signals.StatusUnknown: {"未知", "unknown"},
}

var factorWords = map[signals.Factor]word{
	signals.FactorHiring: {"招聘", "hiring"},
	signals.FactorTender: {"采购", "tender"},
	signals.FactorWeChat: {"互动", "WeChat"},
}

var factorUnits = map[signals.Factor]word{
	signals.FactorHiring: {"新增岗位", "new jobs"},
	signals.FactorTender: {"相关项目", "related projects"},
	signals.FactorWeChat: {"互动热度", "contact heat"},
}

var actionWords = map[scorer.Action]word{
	scorer.ActionFreeze:  {"冻结", "freeze"},
	scorer.ActionPropose: {"提议冻结", "propose a hold"},
	scorer.ActionRelease: {"解除", "release"},
	scorer.ActionConfirm: {"确认冻结", "confirm"},
	scorer.ActionDispute: {"提出异议", "dispute"},
	scorer.ActionAnswer:  {"答复异议", "answer"},
	scorer.ActionAssign:  {"指派复核人", "assign a reviewer"},
	scorer.ActionReview:  {"转人工复核", "to be reviewed"},
	scorer.ActionExpire:  {"到期解除", "expire"},
}

var dealStatuses = map[signals.DealStatus]word{
	signals.DealOpen:   {"进行中", "open"},
	signals.DealWon:    {"赢单", "won"},
	signals.DealLost:   {"输单", "lost"},
	signals.DealMerged: {"已并入", "merged"},
}

var noticeTypes = map[signals.NoticeType]word{
	signals.NoticeIntention:        {"采购意向", "intention"},
	signals.NoticePrequalification: {"资格预审", "prequalification"},
	signals.NoticeTender:           {"招标", "tender"},
	signals.NoticeInquiry:          {"询价", "inquiry"},
	signals.NoticeSingleSource:     {"单一来源", "single source"},
	signals.NoticeCorrection:       {"更正", "correction"},
	signals.NoticeTermination:      {"终止", "termination"},
	signals.NoticeAward:            {"中标", "award"},
	signals.NoticeContract:         {"合同", "contract"},
	signals.NoticeOther:            {"其他", "other"},
}

var noticeRoles = map[signals.Role]word{
	signals.RoleBuyer:  {"采购人", "buyer"},
	signals.RoleAgency: {"代理机构", "agency"},
	signals.RoleWinner: {"中标人", "winner"},
	signals.RoleNone:   {"仅被提及", "only mentioned"},
}

var bulkRefusals = map[string]word{
	desk.RefusedNotFound:                 {"商机不存在", "there is no such deal"},
	desk.RefusedStale:                    {"预览之后已有新的决定，未处理", "decided otherwise since the preview: left as it is"},
	string(scorer.ProblemNotHeld):        {"未冻结，无需处理", "not held"},
	string(scorer.ProblemConfirmed):      {"已由人工确认", "confirmed already"},
	string(scorer.ProblemDisputed):       {"有异议，须先答复", "disputed: answer that first"},
	string(scorer.ProblemReasonMissing):  {"缺少理由", "the reason is missing"},
	string(scorer.ProblemReviewer):       {"缺少复核人", "the reviewer is missing"},
	string(scorer.ProblemUntilPassed):    {"有效期已过", "the date has passed"},
	string(scorer.ProblemUntilMisplaced): {"只有解除可以设有效期", "only a release can hold until a date"},
	string(scorer.ProblemMerged):         {"已并入其他商机，请处理存续商机", "merged into another deal: decide on that one"},
	string(scorer.ProblemOutOfOrder):     {"已有更新的决定", "a newer decision is there"},
}

var deciders = map[desk.By]word{
	desk.ByMachine:  {"系统", "the program"},
	desk.ByReviewer: {"销售运营", "sales operations"},
	desk.ByYou:      {"本人", "you"},
	desk.ByOther:    {"其他分成人", "another payee"},
}

var kindWords = map[signals.Kind]word{
	signals.KindHiring: {"招聘", "hiring"},
	signals.KindTender: {"采购", "tender"},
}

var targetStates = map[signals.TargetState]word{
	signals.TargetActive:  {"正常", "active"},
	signals.TargetWarming: {"观察期", "warming"},
	signals.TargetDrifted: {"已改版", "drifted"},
	signals.TargetFailing: {"失败", "failing"},
	signals.TargetPaused:  {"已暂停", "paused"},
}

// outcomeWord says what a crawl ended in, and what an administrator does about it.
type outcomeWord struct{ name, advice word }

var outcomes = map[signals.Outcome]outcomeWord{
	signals.OutcomeOK:           {word{"采集成功", "ok"}, word{"", ""}},
	signals.OutcomeEmpty:        {word{"页面声明为空", "empty"}, word{"", ""}},
	signals.OutcomeBlocked:      {word{"被拦截", "blocked"}, word{"降低频率，或与网站方联系；也可改用其官方接口。", "Ask more slowly, talk to the site's owner, or use its official interface."}},
	signals.OutcomeLogin:        {word{"需要登录", "login"}, word{"换用无需登录的页面，或用 dealvitals secrets set 提供密钥。", "Use a page that needs no login, or give its secret with dealvitals secrets set."}},
	signals.OutcomeNotFound:     {word{"页面不存在", "not found"}, word{"网址可能已变，请核对后更新目标。", "The address may have changed: look it up and edit the target."}},
	signals.OutcomeScriptShell:  {word{"需要浏览器脚本", "script shell"}, word{"查找页面背后的数据接口，改采该接口；或在本机安装 Chromium，并为该目标允许渲染（reading.render: browser）。", "Find the data interface behind the page and crawl that; or have Chromium on this machine and let the target be rendered (reading.render: browser)."}},
	signals.OutcomeNotRelevant:  {word{"未识别到列表", "not relevant"}, word{"用 dealvitals probe 检查页面，必要时配置选择器。", "Look at the page with dealvitals probe; give selectors where needed."}},
	signals.OutcomeRobotsDenied: {word{"robots 不允许", "robots denied"}, word{"尊重网站规定：请取得许可或更换来源。", "Respect the site: get permission, or use another source."}},
	signals.OutcomeUnreachable:  {word{"无法访问", "unreachable"}, word{"稍后会自动重试；若持续，请核对网址。", "It is tried again by itself; if it stays, check the address."}},
	signals.OutcomeTooLarge:     {word{"页面过大", "too large"}, word{"换用分页的列表页。", "Use a list that comes in pages."}},
	signals.OutcomeLoop:         {word{"翻页循环", "loop"}, word{"检查下一页的规则。", "Check how the next page is found."}},
	signals.OutcomeUnsafe:       {word{"地址不允许访问", "unsafe address"}, word{"内网地址须由管理员在设置中放行。", "An inner address has to be allowed in the settings."}},
}

var driftAdvice = word{"网站可能已改版：此前有数据，现在没有或骤减，且页面未说明。用 dealvitals probe 检查并更新目标。", "The site may have been rebuilt: it gave data before and gives none or far less now, without saying so. Look with dealvitals probe and edit the target."}

var incompleteAdvice = word{"没有读到列表末尾，不算完整采集：请检查翻页规则或页数上限。", "The end of the list was not reached, so the run is not complete: check how the next page is found, or the limit of pages."}

var unfinishedAdvice = word{"列表较长，分几次采完：下次从上次停下处继续。如一直不完整，请提高页数上限。", "The list is long and read over several runs: the next one goes on where this one stopped. If that never ends, raise the limit of pages."}

var unreadAdvice = word{"部分公告的详情页尚未读到，读到之前该网站的数字只是下限，不会判“低”。以后的采集会继续读取；如数量不减，请提高 max_details 或增加采集次数。", "The pages of some notices were not read yet; until then this site's numbers are lower bounds, and never low. Later runs read them; if they do not become fewer, raise max_details or crawl more often."}

var warmingAdvice = word{"观察未满 30 天，之后自动生效。", "Observed for less than 30 days; it counts by itself after that."}
