package desk

import "dealvitals/signals"

// Advice is what an administrator can do, in both languages; empty where all is well.
type Advice struct{ ZH, EN string }

// In is the advice in zh or en.
func (a Advice) In(lang string) string {
	if lang == "en" {
		return a.EN
	}
	return a.ZH
}

// pageLimit is what Run.Truncated says of a list that has more pages than a run may read.
const pageLimit = "page_limit"

// AdviceOn says what can be done about a target that does not give data.
func AdviceOn(v TargetView) Advice {
	switch {
	case v.LastRun == nil && v.State != signals.TargetPaused:
		return uncrawledAdvice
	case v.State == signals.TargetDrifted:
		return DriftAdvice()
	case v.LastRun != nil && !v.LastRun.FinishedAt.IsZero() && !v.LastRun.Outcome.Measurement():
		return OutcomeAdvice(v.LastRun.Outcome)
	case v.LastRun != nil && !v.LastRun.FinishedAt.IsZero() && !v.LastRun.Complete:
		if v.Target.Kind == signals.KindTender && v.LastRun.Truncated == pageLimit {
			return unfinishedAdvice
		}
		return incompleteAdvice
	case v.LastRun != nil && v.LastRun.Unread != nil && v.LastRun.Unread.Doubtful > 0:
		return unreadAdvice
	case v.State == signals.TargetWarming:
		return warmingAdvice
	}
	return Advice{}
}

// OutcomeAdvice says what can be done about pages that end in an outcome.
func OutcomeAdvice(o signals.Outcome) Advice { return outcomeAdvice[o] }

// DriftAdvice is about a target that gave data before and gives none now.
func DriftAdvice() Advice { return driftAdvice }

var outcomeAdvice = map[signals.Outcome]Advice{
	signals.OutcomeBlocked:      {"降低频率，或与网站方联系；也可改用其官方接口。", "Ask more slowly, talk to the site's owner, or use its official interface."},
	signals.OutcomeLogin:        {"换用无需登录的页面，或用 dealvitals secrets set 提供密钥。", "Use a page that needs no login, or give its secret with dealvitals secrets set."},
	signals.OutcomeNotFound:     {"网址可能已变，请核对后更新目标。", "The address may have changed: look it up and edit the target."},
	signals.OutcomeScriptShell:  {"查找页面背后的数据接口，改采该接口；或在本机安装 Chromium，并为该目标允许渲染（reading.render: browser）。", "Find the data interface behind the page and crawl that; or have Chromium on this machine and let the target be rendered (reading.render: browser)."},
	signals.OutcomeNotRelevant:  {"用 dealvitals probe 检查页面，必要时配置选择器。", "Look at the page with dealvitals probe; give selectors where needed."},
	signals.OutcomeRobotsDenied: {"尊重网站规定：请取得许可或更换来源。", "Respect the site: get permission, or use another source."},
	signals.OutcomeUnreachable:  {"稍后会自动重试；若持续，请核对网址。", "It is tried again by itself; if it stays, check the address."},
	signals.OutcomeTooLarge:     {"换用分页的列表页。", "Use a list that comes in pages."},
	signals.OutcomeLoop:         {"检查下一页的规则。", "Check how the next page is found."},
	signals.OutcomeUnsafe:       {"内网地址须由管理员在设置中放行。", "An inner address has to be allowed in the settings."},
}

var (
	driftAdvice      = Advice{"网站可能已改版：此前有数据，现在没有或骤减，且页面未说明。用 dealvitals probe 检查并更新目标。", "The site may have been rebuilt: it gave data before and gives none or far less now, without saying so. Look with dealvitals probe and edit the target."}
	uncrawledAdvice  = Advice{"尚未采集：到计划时间会自动采集，也可立即采集（dealvitals crawl，或看板中的“立即采集”）。", "Not crawled yet: it is at its time, or at once with dealvitals crawl or the dashboard's “Crawl now”."}
	incompleteAdvice = Advice{"没有读到列表末尾，不算完整采集：请检查翻页规则或页数上限。", "The end of the list was not reached, so the run is not complete: check how the next page is found, or the limit of pages."}
	unfinishedAdvice = Advice{"列表较长，分几次采完：下次从上次停下处继续。如一直不完整，请提高页数上限。", "The list is long and read over several runs: the next one goes on where this one stopped. If that never ends, raise the limit of pages."}
	unreadAdvice     = Advice{"部分公告的详情页尚未读到，读到之前该网站的数字只是下限，不会判“低”。以后的采集会继续读取；如数量不减，请提高 max_details 或增加采集次数。", "The pages of some notices were not read yet; until then this site's numbers are lower bounds, and never low. Later runs read them; if they do not become fewer, raise max_details or crawl more often."}
	warmingAdvice    = Advice{"观察未满 30 天，之后自动生效。", "Observed for less than 30 days; it counts by itself after that."}
)
