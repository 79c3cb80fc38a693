package signals_test

import (
	"slices"
	"testing"

	"dealvitals/signals"
)

func TestRelateFindsWhatADealSells(t *testing.T) {
	tests := map[string]struct {
		notice   signals.Notice
		keywords []string
		related  bool
		score    float64
		words    []string
	}{
		"a deal without keywords is related to all":            {signals.Notice{Title: "食堂食材配送"}, nil, true, 1, nil},
		"a word of the title":                                  {signals.Notice{Title: "数据中心空调维保"}, []string{"空调"}, true, 1, []string{"空调"}},
		"no word anywhere":                                     {signals.Notice{Title: "食堂食材配送"}, []string{"空调"}, false, 0, nil},
		"one alternative is enough":                            {signals.Notice{Title: "不间断电源采购"}, []string{"UPS|不间断电源"}, true, 1, []string{"UPS|不间断电源"}},
		"full width, case and blanks do not matter":            {signals.Notice{Title: "机房ＵＰＳ采购；精密 空调"}, []string{"ups", "精密空调"}, true, 1, []string{"ups", "精密空调"}},
		"traditional characters do not matter":                 {signals.Notice{Title: "數據中心擴容"}, []string{"数据中心"}, true, 1, []string{"数据中心"}},
		"a Latin word is not found inside another":             {signals.Notice{Title: "MAIN楼改造，15G网络"}, []string{"AI", "5G"}, false, 0, nil},
		"a Latin word beside Chinese is found":                 {signals.Notice{Title: "某县AI算力平台"}, []string{"AI"}, true, 1, []string{"AI"}},
		"a word does not run across punctuation":               {signals.Notice{Title: "发电，机组检修"}, []string{"电机"}, false, 0, nil},
		"a lot weighs less than the title":                     {signals.Notice{Title: "设备采购", Lots: []string{"第一包 光伏组件"}}, []string{"光伏"}, true, 0.9, []string{"光伏"}},
		"a category weighs less than a lot":                    {signals.Notice{Title: "设备采购", Categories: []string{"A02061504 不间断电源"}}, []string{"不间断电源"}, true, 0.8, []string{"不间断电源"}},
		"a summary weighs least":                               {signals.Notice{Title: "设备采购", Summary: "含服务器十台"}, []string{"服务器"}, true, 0.5, []string{"服务器"}},
		"an exclusion in the title wins":                       {signals.Notice{Title: "光伏电站监理"}, []string{"光伏", "-监理"}, false, 0, nil},
		"an exclusion in the summary does not":                 {signals.Notice{Title: "光伏电站施工", Summary: "监理单位另行招标"}, []string{"光伏", "-监理"}, true, 1, []string{"光伏"}},
		"only exclusions leave the rest related":               {signals.Notice{Title: "光伏电站施工"}, []string{"-监理"}, true, 1, nil},
		"an empty keyword is none":                             {signals.Notice{Title: "光伏电站施工"}, []string{" ", "-", "|"}, true, 1, nil},
		"words are listed once, sorted, whatever their places": {signals.Notice{Title: "空调与空调机", Lots: []string{"冷水机组"}}, []string{"空调", "冷水机组", "空调"}, true, 1, []string{"冷水机组", "空调"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r := signals.Relate(test.notice, test.keywords)
			if r.Related != test.related || r.Score != test.score || !slices.Equal(r.Words, test.words) {
				t.Errorf("got %+v, want related %v, score %v, words %v", r, test.related, test.score, test.words)
			}
		})
	}
}
