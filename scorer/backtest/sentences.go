package backtest

import (
	"fmt"
	"math"
	"time"

	"dealvitals/signals"
)

// Sentences says in zh or en what the figures of the test part mean, the answer first.
func (r Report) Sentences(lang string) []string {
	say := speaker{english: lang == "en"}
	list := []string{say.flag(r.Test.Flag), say.score(r.Test.Score)}
	if s := say.mapped(r.Test.Score); s != "" {
		list = append(list, s)
	}
	for _, f := range r.Test.Forecasts {
		list = append(list, say.forecast(f))
	}
	list = append(list, say.suggestion(r))
	return append(list, say.split(r.Split, r.Confidence))
}

// SkippedText says in zh or en how many deals are in no figure, and why.
func SkippedText(k Skipped, lang string) string {
	s := speaker{lang == "en"}
	switch k.Reason {
	case NotKnownThen:
		return s.f("%d 个当时尚未录入", "%d were not in the store then", k.Deals)
	case ClosedBefore:
		return s.f("%d 个当时已关闭", "%d were closed by then", k.Deals)
	case ScoredAfter:
		return s.f("%d 个的评分晚于结束", "%d were scored after their end", k.Deals)
	}
	return s.f("%d 个没有日期", "%d have no date", k.Deals)
}

type speaker struct{ english bool }

func (s speaker) f(zh, en string, args ...any) string {
	if s.english {
		return fmt.Sprintf(en, args...)
	}
	return fmt.Sprintf(zh, args...)
}

func (s speaker) flag(f Flag) string {
	shares := s.f("被标记的 %d 个商机中 %s 未赢，其余 %d 个中 %s 未赢", "of %d flagged deals %s were not won, of the %d others %s",
		f.Matrix.flagged(), ratioText(f.Precision), f.Matrix.unflagged(), shareText(f.Matrix.UnflaggedLost, f.Matrix.unflagged()))
	switch f.Verdict {
	case Better:
		return s.f("标记优于基准率：%s。", "The flag is better than the base rate: %s.", shares)
	case Worse:
		return s.f("标记比基准率更差：%s。", "The flag is worse than the base rate: %s.", shares)
	case NoBetter:
		return s.f("标记不优于基准率：%s，差异在偶然范围之内。", "The flag is no better than the base rate: %s, a difference that chance alone explains.", shares)
	}
	return s.f("商机太少，无法判断标记是否优于基准率：%s。", "Too few deals to tell whether the flag is better than the base rate: %s.", shares)
}

func (s speaker) score(c Score) string {
	if c.Deals == 0 {
		return s.f("没有商机有健康度。", "No deal had a health.")
	}
	ranking := map[Verdict]string{
		Better:   s.f("健康度能区分赢单与输单", "The health tells won from lost deals"),
		NoBetter: s.f("健康度不能区分赢单与输单，与随机无异", "The health does not tell won from lost deals: no better than chance"),
		Worse:    s.f("健康度方向相反：健康度越高越容易输单", "The health points the wrong way: the higher, the more were lost"),
		TooFew:   s.f("商机太少，无法判断健康度", "Too few deals to judge the health"),
	}[c.Ranking]
	probability := map[Verdict]string{
		Better:   s.f("作为赢单概率优于基准率", "as a probability of winning it is better than the base rate"),
		NoBetter: s.f("作为赢单概率不优于基准率", "as a probability of winning it is no better than the base rate"),
		Worse:    s.f("作为赢单概率比基准率更差，不可当作概率使用", "as a probability of winning it is worse than the base rate and must not be used as one"),
		TooFew:   s.f("是否可作概率无法判断", "whether it is a probability cannot be told"),
	}[c.Probability]
	return s.f("%s（AUC %s）；%s（Brier 技巧分 %s）。", "%s (AUC %s); %s (Brier skill %s).", ranking, estimateText(c.AUC), probability, estimateText(c.Skill))
}

func (s speaker) mapped(c Score) string {
	if c.Mapped == nil {
		return ""
	}
	skill := estimateText(*c.Readjusted)
	switch *c.Mapped {
	case Better:
		return s.f("按训练部分的实际赢率换算后，健康度作为概率优于基准率（技巧分 %s）。", "Mapped to the shares won in the training part, it is better than the base rate (skill %s).", skill)
	case TooFew:
		return ""
	}
	return s.f("按训练部分的实际赢率换算后，不优于基准率（技巧分 %s）。", "Mapped to the shares won in the training part, it is no better than the base rate (skill %s).", skill)
}

func (s speaker) forecast(f Forecast) string {
	currency := f.Currency
	if currency == "" {
		currency = s.f("金额", "amounts")
	}
	head := s.f("%s 预测准确率：全部商机 %s，剔除被标记商机后 %s，仅按基准率打折 %s。", "Forecast accuracy in %s: all deals %s, without the flagged ones %s, all deals cut down to the base rate %s.",
		currency, percentText(f.Accuracy), percentText(f.Without), percentText(f.Haircut))
	switch f.Verdict {
	case Better:
		return head + s.f("被标记商机的金额兑现率明显更低。", " Flagged amounts came in clearly less than others.")
	case Worse:
		return head + s.f("被标记商机的金额兑现率反而更高。", " Flagged amounts came in more than others.")
	case NoBetter:
		return head + s.f("被标记商机的金额兑现率与其他商机没有可分辨的差异：剔除同等金额的任意商机效果相同。", " Flagged amounts did not come in discernibly less than others: leaving out any deals of that amount does the same.")
	}
	return head + s.f("商机太少，无法判断是否因为剔除的是被标记商机。", " Too few deals to tell whether it was the flag that helped.")
}

func (s speaker) suggestion(r Report) string {
	g := r.Suggestion
	if g == nil {
		return s.f("在训练部分搜索 %d 种设置，没有一种比现有标记更可靠。", "Of %d settings tried on the training part none flags more surely than the flags as they are.", r.Tried)
	}
	return s.f("在训练部分搜索 %d 种设置，最佳为“%s”：训练部分精确率 %s，测试部分 %s。仅供参考，不会自动启用。",
		"Of %d settings tried on the training part the best is %s: precision %s there, %s in the test part. It is a suggestion; nothing applies it.",
		r.Tried, s.setting(g.Setting), ratioText(g.Train.Precision), ratioText(g.Test.Precision))
}

func (s speaker) setting(t Setting) string {
	if t.Below != nil {
		return s.f("健康度低于 %.4g 即标记", "a flag below a health of %.4g", *t.Below)
	}
	return s.f("低档界 %.4g、高档界 %.4g", "low below %.4g, high from %.4g", *t.Low, *t.High)
}

// SettingText says a setting in zh or en.
func SettingText(t Setting, lang string) string { return speaker{lang == "en"}.setting(t) }

func (s speaker) split(p Split, confidence float64) string {
	interval := s.f("方括号内为 %.0f%% 置信区间。", "In brackets stand %.0f %% intervals.", confidence*100)
	if p.By == ByHash {
		return s.f("测试部分 %d 个，训练部分 %d 个，按编号随机划分（没有日期，无法按时间划分，结果不能说明其他时期）。", "Tested on %d deals, learnt from %d, cut by chance: there are no dates, so this says nothing about other times. ", p.Test, p.Train) + interval
	}
	at := "–"
	if p.At != nil {
		at = p.At.In(signals.Shanghai).Format(time.DateOnly)
	}
	return s.f("测试部分为最新的五分之一（%s 起评分的 %d 个商机），训练部分为此前已有结果的 %d 个，另有 %d 个当时尚无结果、不参与学习。",
		"Tested on the newest fifth (%[2]d deals scored from %[1]s on), learnt from %[3]d that had ended before; %[4]d more had not ended by then and teach nothing. ",
		at, p.Test, p.Train, p.Between) + interval
}

func ratioText(r Ratio) string {
	if r.Value == nil {
		return "–"
	}
	return fmt.Sprintf("%s [%s–%s]", percent(*r.Value), percent(*r.Low), percent(*r.High))
}

func shareText(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	return percent(float64(part) / float64(whole))
}

func percentText(e Estimate) string {
	switch {
	case e.Value == nil:
		return "–"
	case e.Low == nil:
		return percent(*e.Value)
	}
	return fmt.Sprintf("%s [%s–%s]", percent(*e.Value), percent(*e.Low), percent(*e.High))
}

func estimateText(e Estimate) string {
	switch {
	case e.Value == nil:
		return "–"
	case e.Low == nil:
		return fmt.Sprintf("%.3f", *e.Value)
	}
	return fmt.Sprintf("%.3f [%.3f–%.3f]", *e.Value, *e.Low, *e.High)
}

func percent(x float64) string { return fmt.Sprintf("%.0f%%", math.Round(x*100)) }

// String shows a share with its interval.
func (r Ratio) String() string { return ratioText(r) }

// String shows a figure with its interval.
func (e Estimate) String() string { return estimateText(e) }

// Percent shows a figure that is a share, with its interval.
func (e Estimate) Percent() string { return percentText(e) }
