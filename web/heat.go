package web

import (
	"dealvitals/scorer"
	"dealvitals/signals"
)

// heatRow is one weekday of the heatmap.
type heatRow struct {
	Day   string
	Hours [24]heatCell
}

// heatCell is one hour of a weekday.
type heatCell struct {
	In, Out int
	Level   int // 0–4, by its share of the busiest hour
}

// heatRows draws the contact in the window of the WeChat factor; nothing where there was none.
func heatRows(lang string, h signals.WeChatHistory, x scorer.Explanation) []heatRow {
	var grid signals.HeatGrid
	for _, f := range x.Factors {
		if f.Factor == signals.FactorWeChat {
			grid = signals.Heatmap(h, signals.Shanghai, f.From, f.To)
		}
	}
	if grid.Max == 0 {
		return nil
	}
	days := []word{{"周一", "Mon"}, {"周二", "Tue"}, {"周三", "Wed"}, {"周四", "Thu"}, {"周五", "Fri"}, {"周六", "Sat"}, {"周日", "Sun"}}
	rows := make([]heatRow, len(days))
	for d := range rows {
		rows[d].Day = days[d].in(lang)
		for h := range rows[d].Hours {
			in, out := grid.In[d][h], grid.Out[d][h]
			rows[d].Hours[h] = heatCell{In: in, Out: out, Level: (4*(in+out) + grid.Max - 1) / grid.Max}
		}
	}
	return rows
}
