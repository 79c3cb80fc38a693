package outcome

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// NoJobs tells a page that says itself, where a reader sees it, that nothing is open.
// aboutJobs is whether the page is known to be about jobs: only then do words that could
// be said of anything ("no results") count.
func NoJobs(d *page.Document, aboutJobs bool) (string, bool) {
	if d.Format != page.FormatHTML && d.Format != page.FormatText {
		return "", false
	}
	s := look(d)
	if _, trade := s.has(tradeWords, 60); s.loading || trade || s.vacant != "" && s.asks {
		return "", false // where a script fills an empty list, what stands beside it is its placeholder
	}
	none := func(i int) bool {
		t := s.leaves[i]
		return saysNone(t) || i+1 < len(s.leaves) && len(t) < 60 && len(s.leaves[i+1]) < 60 && opensNone(t) && saysNone(t+" "+s.leaves[i+1])
	}
	for i, t := range s.leaves {
		if !none(i) {
			continue
		}
		if s.ofAPart(none) {
			return "", false
		}
		return fmt.Sprintf("the page says %q", clip(t)), true
	}
	if !aboutJobs || s.template || s.vacant != "" {
		return "", false
	}
	for _, t := range s.leaves {
		if saysNothing(t) {
			return fmt.Sprintf("the page says %q", clip(t)), true
		}
	}
	return "", false
}

func saysNone(t string) bool {
	if len(t) > 500 || len(t) < 6 {
		return false
	}
	return chineseNone(t) || chineseOver(t) || japaneseNone(t) || englishNone(strings.ReplaceAll(strings.ToLower(t), "’", "'"))
}

// opensNone tells a text that may begin such a sentence: "There are currently" "no openings".
func opensNone(t string) bool {
	low := strings.ToLower(t)
	return containsAny(low, []string{"there are", "currently", "sorry", "no ", "抱歉", "暂无", "没有"})
}

var (
	negations = []string{"暂无", "暂没有", "没有", "暂时没有", "未找到", "未搜索到", "未查询到", "没找到", "暂未", "尚无", "尚未", "目前无", "暂时无", "无相关", "無相關", "沒有", "暫無", "无匹配", "无符合", "没有符合", "未能找到", "暂不"}
	openings  = []string{"职位", "岗位", "招聘", "职缺", "職缺", "空缺", "在招", "職位", "招募", "工作机会", "用人需求", "招人", "徵才"}
	// notOpenings follow a word of openings where it means something else.
	notOpenings = []string{"职责", "描述", "要求", "名称", "经验", "费", "会", "流程", "网站", "限制", "类别", "类型", "代理", "中介", "歧视", "邮箱", "授权"}
)

func chineseNone(t string) bool {
	if utf8.RuneCountInString(t) > 70 || strings.HasSuffix(t, "？") || strings.HasSuffix(t, "?") || strings.Contains(t, "吗") {
		return false
	}
	if containsAny(t, faults) || containsAny(t, readersOwn) {
		return false
	}
	for _, n := range negations {
		i := strings.Index(t, n)
		if i < 0 {
			continue
		}
		rest := t[i+len(n):]
		for _, o := range openings {
			k := strings.Index(rest, o)
			if k < 0 || k > 14*3 || strings.ContainsAny(rest[:k], "，,。；") && !strings.Contains(rest[:k], "抱歉") {
				continue
			}
			if !startsWithAny(rest[k+len(o):], notOpenings) && !(n == "没有" && strings.Contains(t, "合适") && strings.Contains(t, "简历")) {
				return true
			}
		}
	}
	return false
}

// over is said of a round of hiring that has ended, where nothing follows.
var over = pattern.New(`^(本期|本次|本轮|本年度|目前|当前|以上|所有|该|此次|[12][0-9]{3}年[^，。]{0,8})?[^，。,]{0,4}(招聘|招募|岗位|职位)(工作|活动)?(均|都|全部)?(已|已经|现已)(全部)?(结束|截止|招满)[^，。,：:]{0,2}([。！，,].{0,24})?$`)

func chineseOver(t string) bool {
	return utf8.RuneCountInString(t) <= 40 && strings.Contains(t, "已") && !containsAny(t, []string{"社招", "进行中", "新一", "下一"}) && over.MatchString(t)
}

// noneForeign is said of an empty list in German, Spanish, French, Italian, Portuguese, Dutch,
// Nordic languages, Polish, Turkish, Russian, Arabic, Vietnamese, in lower case.
var noneForeign = pattern.New(`keine[rn]? (?:\p{L}+ ){0,2}(?:stellen|stellenangebote|stellenanzeigen|stellenausschreibungen|vakanzen|jobs|positionen|ausschreibungen)\b` +
	`|no (?:hay|tenemos|existen|disponemos de) (?:\p{L}+ ){0,3}(?:ofertas|vacantes|puestos|plazas|oportunidades)` +
	`|(?:aucune?|pas d['’e] ?)(?:\p{L}+ ){0,2}(?:offres?|postes?|opportunités?)` +
	`|non (?:ci sono|abbiamo) (?:\p{L}+ ){0,2}(?:posizioni|offerte|opportunità)` +
	`|(?:não (?:há|temos|existem)|nenhuma) (?:\p{L}+ ){0,2}(?:vagas?|oportunidades?)` +
	`|(?:inga|ingen) (?:\p{L}+ ){0,2}(?:ledig\p{L}*|stillinger|tjänster|jobb)` +
	`|(?:brak|nie mamy) (?:\p{L}+ ){0,3}(?:ofert|wakatów|rekrutacji)` +
	`|açık (?:pozisyon|iş ilanı)\p{L}* (?:bulunma|yok)` +
	`|(?:нет|не имеется) (?:\p{L}+ ){0,2}вакансий|вакансий (?:пока |сейчас )?нет|вакансии отсутствуют` +
	`|لا (?:توجد|يوجد) (?:\p{L}+ ){0,2}(?:وظائف|شواغر)` +
	`|(?:không có|chưa có) (?:\p{L}+ ){0,2}(?:vị trí|việc làm|tin tuyển dụng)`)

// noneJapanese is said in Japanese of a list that is empty: 募集しているポジションはございません.
var noneJapanese = pattern.New(`(募集|求人|採用|ポジション|職種)[^。]{0,24}(ございません|ありません|おりません|していません|停止しています|終了しました|終了いたしました)。?$`)

func japaneseNone(t string) bool {
	return utf8.RuneCountInString(t) <= 60 && (strings.HasSuffix(strings.TrimRight(t, "。"), "ません") || strings.Contains(t, "募集")) && noneJapanese.MatchString(t)
}

// faults are said of a list that could not be shown; readersOwn of the reader's own one.
var (
	faults     = []string{"升级维护", "暂无法", "稍后再试", "稍后重试", "失败", "異常", "异常", "出错", "错误", "维护中", "正在维护", "系统维护", "維護中", "超时", "failed to load", "could not load", "couldn't load", "unable to load", "error occurred", "went wrong", "under maintenance"}
	readersOwn = []string{"没有投递", "未投递", "暂无投递", "投递任何", "投递过", "投递记录", "已申请", "收藏", "关注的", "浏览过", "浏览记录", "you have not applied", "you haven't applied", "applied to any", "saved any", "saved jobs"}
)

func startsWithAny(s string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

var (
	englishOpenings = []string{"opening", "position", "vacanc", "jobs", "job opportunit", "roles", "opportunit", "job listing", "job posting", "postings", "jobs found", "job offers", "internships", "open role"}
	denials         = []string{"no current", "no open", "no available", "no job", "no vacanc", "no position", "no role", "no matching", "no opportunit", "no active", "no results", "currently no ", "are no ", "is no ", "have no ", "no posting", "no internship", "any open", "any current", "any job", "any vacanc", "any position", "any role", "any opening", "any available", "0 open", "0 jobs", "0 positions", "0 vacancies", "0 roles", "0 openings", "0 results", "no suitable", "no new "}
	notHiring       = []string{"not currently hiring", "not hiring", "aren't hiring", "isn't hiring", "aren't currently hiring", "not actively hiring", "not currently recruiting", "not recruiting at", "all positions are filled", "all positions have been filled", "all our positions are currently filled", "not currently accepting applications", "0 jobs found", "0 open positions", "0 open roles", "nothing open at the moment",
		"keine offenen stellen", "keine stellenangebote", "keine vakanzen", "inga lediga", "ingen ledige", "nessuna posizione", "nie ma ofert", "현재 진행중인 채용", "채용공고가 없습니다", "진행 중인 공고가 없", "derzeit keine", "aktuell keine", "zurzeit keine", "momentan keine", "aucune offre", "aucun poste", "aucune opportunité", "pas d'offre", "pas de poste", "pas d'opportunité", "no hay ofertas", "no hay vacantes", "não há vagas", "geen vacatures", "募集は行って", "募集しておりません", "求人はありません", "求人はございません", "職種はありません", "職種はございません", "募集はありません", "募集はございません", "募集を行って", "募集していません", "募集は終了", "nessuna offerta", "non ci sono posizioni", "no tenemos vacantes", "sin vacantes", "no hay puestos", "nenhuma vaga", "sem vagas", "geen openstaande", "brak ofert", "채용 공고가 없", "진행 중인 채용이 없"}
	otherwise = []string{"don't see", "can't find what", "can't find the", "do not see", "if there are no", "if no ", "when there are no", "no matter", "no position is", "no job is too", "?", "no jobs too", "no opportunity to", "never "}
)

func englishNone(low string) bool {
	if len(low) > 320 {
		return false
	}
	if containsAny(low, faults) || containsAny(low, readersOwn) {
		return false
	}
	if containsAny(low, notHiring) || noneForeign.MatchString(low) {
		return true
	}
	if containsAny(low, otherwise) {
		return false
	}
	for _, d := range denials {
		i := strings.Index(low, d)
		if i < 0 || i > 0 && low[i-1] >= 'a' && low[i-1] <= 'z' || i > 0 && d[0] == '0' && strings.ContainsRune("0123456789.,", rune(low[i-1])) || i > 140 {
			continue
		}
		if strings.HasPrefix(d, "any") && !containsAny(low[:i], []string{"don't", "do not", "not have", "aren't", "isn't", "haven't", "without", "not currently", "doesn't", "didn't", "couldn't find", "could not find", "unable to find", "did not", "can't find", "cannot find"}) {
			continue
		}
		window := low[i:min(len(low), i+60)]
		for _, o := range englishOpenings {
			if strings.Contains(window, o) {
				return true
			}
		}
	}
	return false
}

// tradeWords stand on pages whose "open positions" are those of a portfolio.
var tradeWords = []string{"p&l", "pnl", "win rate", "持仓", "盈亏", "unrealized", "liquidation price"}

// nothings are said of any list; they count on a page about jobs, as a text of their own.
var nothings = []string{"暂无数据", "暂无信息", "暂无记录", "暂无内容", "暂无结果", "暂无相关信息", "暂无相关内容", "暂无相关数据", "没有相关信息", "没有找到相关", "没有数据", "没有信息", "没有记录", "无数据", "无结果", "没有查询到", "没有搜索到", "暂时没有信息", "暂无更多", "no results", "no results found", "no items found", "nothing found", "no data", "no records found", "no data available", "no matches found", "no entries", "sorry, no posts matched", "no posts found", "暂无此类信息", "暂无", "共0条", "共 0 条"}

func saysNothing(t string) bool {
	low := strings.ToLower(strings.Trim(t, " !！。.,，~…:："))
	for _, w := range nothings {
		if low == w || strings.HasPrefix(low, w) && len(low) < len(w)+16 && w != "暂无" {
			return true
		}
	}
	return false
}
