package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"dealvitals/scorer/backtest"
	"dealvitals/signals"
)

// printReport prints a back-test: the sentences first, then the tables behind them.
func printReport(w io.Writer, r backtest.Report, lang string) error {
	for _, s := range r.Skipped {
		if _, err := fmt.Fprintf(w, "left out: %s\n", backtest.SkippedText(s, lang)); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintln(w); err != nil {
		return err
	}
	for _, sentence := range r.Sentences(lang) {
		if _, err := fmt.Fprintln(w, sentence); err != nil {
			return err
		}
	}
	for _, table := range []*tableWriter{flagTable(r), diagnosisTable(r.Test), reliabilityTable(r.Test.Score), forecastTable(r.Test.Forecasts), segmentTable(r.Segments)} {
		if table == nil {
			continue
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
		if err := table.print(w); err != nil {
			return err
		}
	}
	if r.Small == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "%d more segments have too few deals for figures of their own\n", r.Small)
	return err
}

// flagTable shows the flag in both parts, and as the suggestion would have it.
func flagTable(r backtest.Report) *tableWriter {
	t := newTable("flag 标记", "deals 商机", "flagged lost/won 标记且未赢/赢", "others lost/won 未标记未赢/赢", "base rate 基准率", "precision 精确率", "recall 召回率", "false alarms 误报率", "F1", "lift 提升", "verdict 结论")
	row := func(name string, f backtest.Flag) {
		m := f.Matrix
		t.add(name, f.BaseRate.Of, fmt.Sprintf("%d/%d", m.FlaggedLost, m.FlaggedWon), fmt.Sprintf("%d/%d", m.UnflaggedLost, m.UnflaggedWon),
			f.BaseRate, f.Precision, f.Recall, f.FalseAlarms, f.F1, f.Lift, f.Verdict)
	}
	row("test 测试", r.Test.Flag)
	row("training 训练", r.Train.Flag)
	if s := r.Suggestion; s != nil && r.FlagRule == nil {
		name := backtest.SettingText(s.Setting, "en")
		row(name+", test", s.Test)
		row(name+", training", s.Train)
	}
	return t
}

func diagnosisTable(p backtest.Part) *tableWriter {
	if len(p.Diagnoses) == 0 {
		return nil
	}
	t := newTable("diagnosis 诊断", "deals 商机", "lost 未赢")
	for _, d := range p.Diagnoses {
		t.add(d.Diagnosis, d.Lost.Of, d.Lost)
	}
	return t
}

func reliabilityTable(s backtest.Score) *tableWriter {
	if s.Deals == 0 {
		return nil
	}
	t := newTable("health 健康度", "deals 商机", "mean 平均", "won 赢")
	for _, b := range s.Reliability {
		t.add(fmt.Sprintf("%g–%g", b.From, b.To), b.Won.Of, fmt.Sprintf("%.1f", b.Mean), b.Won)
	}
	return t
}

func forecastTable(list []backtest.Forecast) *tableWriter {
	if len(list) == 0 {
		return nil
	}
	t := newTable("currency 币种", "deals 商机", "forecast 预测", "won 实际", "flagged 标记", "of it won 其中赢", "accuracy 准确率", "without flagged 剔除后", "base-rate cut 按基准率打折", "yield gap 兑现率差", "verdict 结论")
	for _, f := range list {
		t.add(orDash(f.Currency), f.Deals, f.Open, f.Won, f.Flagged, f.FlaggedWon, f.Accuracy.Percent(), f.Without.Percent(), f.Haircut.Percent(), f.YieldGap, f.Verdict)
	}
	return t
}

func segmentTable(list []backtest.Segment) *tableWriter {
	if len(list) == 0 {
		return nil
	}
	t := newTable("segment 分组", "name 名称", "deals 商机", "lost 未赢", "precision 精确率", "recall 召回率", "flag 标记", "AUC", "health 健康度", "Brier skill 技巧分", "forecast accuracy 预测准确率", "without flagged 剔除后")
	for _, s := range list {
		t.add(s.By, s.Name, s.Deals, s.Lost, s.Flag.Precision, s.Flag.Recall, s.Flag.Verdict, s.Score.AUC, s.Score.Ranking, s.Score.Skill,
			eachForecast(s.Forecasts, func(f backtest.Forecast) string { return f.Accuracy.Percent() }), eachForecast(s.Forecasts, func(f backtest.Forecast) string { return f.Without.Percent() }))
	}
	return t
}

// eachForecast shows a figure of the forecast in each currency.
func eachForecast(list []backtest.Forecast, figure func(backtest.Forecast) string) string {
	var texts []string
	for _, f := range list {
		text := figure(f)
		if len(list) > 1 {
			text = f.Currency + " " + text
		}
		texts = append(texts, text)
	}
	return orDash(strings.Join(texts, "; "))
}

// printPast prints where a draft would have judged otherwise.
func printPast(w io.Writer, p backtest.Past) error {
	t := newTable("deal 商机", "at 时间", "owner 销售", "amount 金额", "in force 当时", "draft 草案", "result 结果")
	add := func(list []backtest.PastChange) {
		for _, c := range list {
			t.add(c.DealID, c.At.In(signals.Shanghai).Format(time.DateOnly), c.Owner, c.Amount.String()+" "+c.Currency,
				fmt.Sprintf("%s (policy %d)", judgedText(c.Base), c.Version), judgedText(c.Draft), orDash(string(c.Result)))
		}
	}
	add(p.Changes)
	add(p.NotMade)
	if len(p.Changes)+len(p.NotMade) > 0 {
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
		if err := t.print(w); err != nil {
			return err
		}
	}
	for _, group := range []struct {
		heading string
		rows    []backtest.PastSum
	}{{"all 全部", p.ByCurrency}, {"owner 销售", p.ByOwner}, {"region 地区", p.ByRegion}} {
		if err := printPastSums(w, group.heading, group.rows); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "The draft judges %d of %d screens otherwise, and sees no reason for %d of the %d freezes and proposals that the machine made.\n",
		len(p.Changes), p.Screens, len(p.NotMade), p.Decisions)
	return err
}

// printPastSums prints what a draft would have flagged or left alone, and what became of it.
func printPastSums(w io.Writer, heading string, rows []backtest.PastSum) error {
	if len(rows) == 0 {
		return nil
	}
	t := newTable(heading, "currency 币种", "flagged more 多标记", "won 赢", "lost 未赢", "left alone 不再标记", "won 赢", "lost 未赢", "not frozen 不会冻结")
	for _, r := range rows {
		t.add(orDash(r.Name), r.Currency, tallyText(r.Flagged), tallyText(r.Of.Won), tallyText(r.Of.Lost), tallyText(r.Unflagged), tallyText(r.Un.Won), tallyText(r.Un.Lost), tallyText(r.NotMade))
	}
	if _, err := fmt.Fprintln(w); err != nil {
		return err
	}
	return t.print(w)
}

func judgedText(j backtest.Judged) string {
	switch {
	case j.Freezes:
		return string(j.Diagnosis) + ", freezes"
	case j.Flagged:
		return string(j.Diagnosis) + ", flagged"
	}
	return string(j.Diagnosis)
}
