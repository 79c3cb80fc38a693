package web

import (
	"html/template"

	"dealvitals/scorer/backtest"
	"dealvitals/signals"
)

// backtestFunctions are what the page of the back-test can call.
func backtestFunctions() template.FuncMap {
	return template.FuncMap{
		"verdict": func(lang string, v backtest.Verdict) string { return verdictWords[v].in(lang) },
		"segment": func(lang, by string) string { return segmentWords[by].in(lang) },
		"result":  resultWord,
		"skipped": func(lang string, k backtest.Skipped) string { return backtest.SkippedText(k, lang) },
		"setting": func(lang string, s backtest.Setting) string { return backtest.SettingText(s, lang) },
		"judged":  judgedWord,
		"firsts":  firsts,
		"pastList": func(f frame, rows []backtest.PastChange, all int, title string) pastList {
			return pastList{f, rows, all, title}
		},
		"pastSums": func(f frame, rows []backtest.PastSum, title string) pastSums { return pastSums{f, rows, title} },
	}
}

// pastList is a table of changes, of which only the first are shown.
type pastList struct {
	Frame frame
	Rows  []backtest.PastChange
	All   int
	Title string
}

// pastSums is a table of what changes of all deals, of each owner, or of each region.
type pastSums struct {
	Frame frame
	Rows  []backtest.PastSum
	Title string
}

// firsts is as many changes as a person looks at; the API gives all.
func firsts(list []backtest.PastChange) []backtest.PastChange { return list[:min(50, len(list))] }

var verdictWords = map[backtest.Verdict]word{
	backtest.Better:   {"优于基准率", "better than the base rate"},
	backtest.NoBetter: {"不优于基准率", "no better than the base rate"},
	backtest.Worse:    {"比基准率更差", "worse than the base rate"},
	backtest.TooFew:   {"商机太少", "too few deals"},
}

var segmentWords = map[string]word{
	"owner":        {"销售", "owner"},
	"region":       {"地区", "region"},
	"product_line": {"产品线", "product line"},
}

func resultWord(lang string, r signals.Result) string {
	words := map[signals.Result]word{
		signals.ResultWon: {"赢单", "won"}, signals.ResultLost: {"输单", "lost"}, signals.ResultCancelled: {"取消", "cancelled"}, "": {"进行中", "open"},
	}
	return words[r].in(lang)
}

func judgedWord(lang string, j backtest.Judged) string {
	switch {
	case j.Freezes:
		return word{"冻结", "freezes"}.in(lang)
	case j.Flagged:
		return word{"标记", "flags"}.in(lang)
	}
	return word{"不标记", "no flag"}.in(lang)
}
