package scorer

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"dealvitals/signals"
)

var factorNames = map[signals.Factor]sentence{
	signals.FactorHiring: {"招聘", "hiring"},
	signals.FactorTender: {"采购", "tender"},
	signals.FactorWeChat: {"互动", "WeChat"},
}

// counted says a factor's number with what it counts.
func counted(f signals.Factor, value float64, lang string) string {
	text := num(value)
	switch f {
	case signals.FactorHiring:
		return sentence{"新增岗位 " + text + " 个", text + " new jobs"}.in(lang)
	case signals.FactorTender:
		return sentence{"相关采购项目 " + text + " 个", text + " related procurement projects"}.in(lang)
	}
	return sentence{"互动热度 " + text, "a heat of " + text}.in(lang)
}

var bandNames = map[Band]sentence{
	BandHigh: {"高", "high"}, BandMid: {"中", "mid"}, BandLow: {"低", "low"},
}

var trendNames = map[Trend]sentence{
	TrendUp: {"上升", "up"}, TrendDown: {"下降", "down"}, TrendSteady: {"持平", "steady"},
}

var statusNames = map[signals.Status]sentence{
	signals.StatusWarming: {"观察期", "warming up"},
	signals.StatusStale:   {"数据过期", "stale"},
	signals.StatusUnknown: {"未知", "unknown"},
}

var diagnosisNames = map[Diagnosis]sentence{
	ColdRelationship:    {"冷关系", "cold relationship"},
	TalkWithoutPurchase: {"只谈不买", "talk without purchase"},
	ShrinkingBuyer:      {"收缩型买家", "shrinking buyer"},
	Healthy:             {"健康", "healthy"},
	Dormant:             {"休眠", "dormant"},
	Mixed:               {"混合", "mixed"},
	Unknown:             {"数据不足", "not enough data"},
}

// DiagnosisName is what people call a diagnosis, in zh or en (any other language: en).
func DiagnosisName(d Diagnosis, lang string) string { return diagnosisNames[d].in(lang) }

var diagnosisSentences = map[Diagnosis]sentence{
	ColdRelationship:    {"两高一低（虚假繁荣）：招聘高、采购高、互动低——客户在动，但不是和我们", "Two high, one low (false prosperity): hiring and tender are high, contact is low – the customer moves, but not with us"},
	TalkWithoutPurchase: {"两高一低（虚假繁荣）：招聘高、互动高、采购低——谈得热络，却没有采购动作", "Two high, one low (false prosperity): hiring and contact are high, tender is low – warm talk, no purchasing"},
	ShrinkingBuyer:      {"两高一低（虚假繁荣）：采购高、互动高、招聘低——有采购有互动，但客户没有增长", "Two high, one low (false prosperity): tender and contact are high, hiring is low – purchasing and talk, but the customer does not grow"},
	Healthy:             {"健康：至少两项高，没有低项", "Healthy: two or more high, none low"},
	Dormant:             {"休眠：至少两项低，没有高项", "Dormant: two or more low, none high"},
	Mixed:               {"混合：三项均已测得，不属于任何固定模式", "Mixed: all three were measured, and make no pattern"},
	Unknown:             {"数据不足：三项指标没有全部测得。缺失、过期或存疑的数据不按“低”处理，不会因此冻结", "Not enough data: not all three factors could be measured. Missing, stale or doubtful data is never taken as low, and never freezes"},
}

func summary(e Evaluation, lang string) string {
	var parts []string
	for _, f := range signals.Factors() {
		parts = append(parts, factorNames[f].in(lang)+" "+standing(e.Factors.Of(f), lang))
	}
	health := "–"
	if e.Health != nil {
		health = num(*e.Health)
	}
	if lang == LangZH {
		return fmt.Sprintf("%s；健康度 %s（数据覆盖 %s%%）。%s。", strings.Join(parts, "，"), health, num(e.Coverage*100), diagnosisSentences[e.Diagnosis].zh)
	}
	return fmt.Sprintf("%s; health %s (%s %% of the weight measured). %s.", strings.Join(parts, ", "), health, num(e.Coverage*100), diagnosisSentences[e.Diagnosis].en)
}

func standing(f FactorScore, lang string) string {
	if f.Band == nil {
		return statusNames[f.Status].in(lang)
	}
	return bandNames[*f.Band].in(lang)
}

func factorSentence(x FactorExplanation, p FactorPolicy, lang string) string {
	if x.Value == nil {
		if lang == LangZH {
			return fmt.Sprintf("%s：%s，%s。", x.Name, statusNames[x.Status].zh, x.ReasonText)
		}
		return fmt.Sprintf("%s: %s, %s.", x.Name, statusNames[x.Status].en, x.ReasonText)
	}
	number, band := counted(x.Factor, *x.Value, lang), bandNames[*x.Band].in(lang)
	text := fmt.Sprintf("%s: %s in %d days, score %s (%s; high from %s, low below %s): %s", x.Name,
		number, p.WindowDays, num(*x.Score), placeText(x, lang), num(p.High), num(p.Low), band)
	if lang == LangZH {
		text = fmt.Sprintf("%s：近 %d 天%s，得分 %s（%s；≥%s 为高，<%s 为低），判为%s", x.Name,
			p.WindowDays, number, num(*x.Score), placeText(x, lang), num(p.High), num(p.Low), band)
	}
	return text + trendText(x, lang) + partialText(x, lang) + sentence{"。", "."}.in(lang)
}

func trendText(x FactorExplanation, lang string) string {
	if x.Trend == TrendUnknown {
		return sentence{"；上一窗口未覆盖，无法比较", "; the window before was not covered"}.in(lang)
	}
	if lang == LangZH {
		return fmt.Sprintf("；上一窗口 %s，%s", num(*x.Previous), trendNames[x.Trend].zh)
	}
	return fmt.Sprintf("; %s in the window before, %s", num(*x.Previous), trendNames[x.Trend].en)
}

func partialText(x FactorExplanation, lang string) string {
	if x.Reason != signals.ReasonPartial && x.Reason != signals.ReasonStatisticsDisagree {
		return ""
	}
	return sentence{"；", "; "}.in(lang) + x.ReasonText
}

func changeSentence(c Change, band Band, p ruler, lang string) string {
	name, to := factorNames[c.Factor].in(lang), counted(c.Factor, c.To, lang)
	if lang == LangZH {
		if band == BandLow {
			return fmt.Sprintf("%s：%d 天内由 %s 升至%s（得分不再低于 %s）", name, p.WindowDays, num(c.From), to, num(p.Low))
		}
		return fmt.Sprintf("%s：%d 天内由 %s 降至%s（得分低于 %s）", name, p.WindowDays, num(c.From), to, num(p.High))
	}
	if band == BandLow {
		return fmt.Sprintf("%s: from %s up to %s in %d days (a score of %s or more)", name, num(c.From), to, p.WindowDays, num(p.Low))
	}
	return fmt.Sprintf("%s: from %s down to %s in %d days (a score below %s)", name, num(c.From), to, p.WindowDays, num(p.High))
}

// caveats tell what speaks against reading the numbers too simply.
func caveats(a Assessment, lang string) []string {
	list := []string{}
	tender := a.Evaluation.Factors.Tender
	if tender.Value != nil && *tender.Value > 0 {
		// Salvirt's 448 deals, the one public set of real deals that tells of tenders
		// (DESIGN §4, "Tender").
		list = append(list, sentence{
			"正式招标既说明有需求，也说明有竞争：在唯一公开的真实商机数据中，有正式招标的商机赢单率为 23%，其余为 54%。",
			"A formal tender is evidence of competition as well as of demand: in the one public set of real deals with that field, those with a formal tender were won 23 %, the others 54 %.",
		}.in(lang))
	}
	for _, f := range signals.Factors() {
		if a.Measures[f].AtLeast && a.Evaluation.Factors.Of(f).Band == nil {
			list = append(list, factorNames[f].in(lang)+sentence{
				"：测得值只是下限（原因见该项），只能证明“高”，不能证明“低”，因此按未知处理。",
				": the number is a lower bound, for the reason given there: it could prove high but never low, and is taken as unknown.",
			}.in(lang))
		}
	}
	return list
}

var stateNames = map[FreezeState]sentence{
	FreezeClear: {"未冻结", "not frozen"}, FreezeProposed: {"建议冻结，待人工确认", "proposed to be frozen, a person has to confirm it"}, FreezeFrozen: {"已冻结", "frozen"},
}

func freezeSentence(f FreezeExplanation, lang string) string {
	parts := []string{sentence{"提成", "The commission is "}.in(lang) + stateNames[f.State].in(lang)}
	if f.Since != nil {
		parts = append(parts, sentence{"自 ", "since "}.in(lang)+when(*f.Since)+sentence{" 起", ""}.in(lang))
	}
	if f.ReasonText != "" {
		parts = append(parts, f.ReasonText)
	}
	if f.Until != nil {
		parts = append(parts, sentence{"到期 ", "until "}.in(lang)+when(*f.Until))
	}
	if f.ReviewBy != nil {
		parts = append(parts, sentence{"复核人 ", "to be reviewed by "}.in(lang)+f.Reviewer+sentence{"，截止 ", " until "}.in(lang)+when(*f.ReviewBy))
	}
	if f.Disputed {
		parts = append(parts, sentence{"异议处理中", "disputed"}.in(lang))
	}
	if f.AnswerBy != nil {
		parts = append(parts, sentence{"须在 ", "to be answered by "}.in(lang)+when(*f.AnswerBy)+sentence{" 前答复", ""}.in(lang))
	}
	return strings.Join(parts, sentence{"；", "; "}.in(lang)) + sentence{"。", "."}.in(lang)
}

// when shows an instant to people, in Shanghai.
func when(t time.Time) string { return t.In(signals.Shanghai).Format("2006-01-02 15:04") }

func num(x float64) string { return strconv.FormatFloat(tidy(x), 'f', -1, 64) }
