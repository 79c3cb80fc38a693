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

func wordOf(a desk.Advice) word { return word{a.ZH, a.EN} }

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

// outcomes say what a crawl ended in.
var outcomes = map[signals.Outcome]word{
	signals.OutcomeOK:           {"采集成功", "ok"},
	signals.OutcomeEmpty:        {"页面声明为空", "empty"},
	signals.OutcomeBlocked:      {"被拦截", "blocked"},
	signals.OutcomeLogin:        {"需要登录", "login"},
	signals.OutcomeNotFound:     {"页面不存在", "not found"},
	signals.OutcomeScriptShell:  {"需要浏览器脚本", "script shell"},
	signals.OutcomeNotRelevant:  {"未识别到列表", "not relevant"},
	signals.OutcomeRobotsDenied: {"robots 不允许", "robots denied"},
	signals.OutcomeUnreachable:  {"无法访问", "unreachable"},
	signals.OutcomeTooLarge:     {"页面过大", "too large"},
	signals.OutcomeLoop:         {"翻页循环", "loop"},
	signals.OutcomeUnsafe:       {"地址不允许访问", "unsafe address"},
}
