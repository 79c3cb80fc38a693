package party

import (
	"slices"
	"testing"
)

func TestANameIsFreedOfWhatStandsAroundIt(t *testing.T) {
	for text, want := range map[string]string{
		"云河市第一医院":    "云河市第一医院",
		"云河市 第一 医院 ": "云河市第一医院",
		"云河智慧科技有限公司 地址：云河市和平路1号": "云河智慧科技有限公司",
		"云河智慧科技有限公司（联合体牵头人）":     "云河智慧科技有限公司",
		"1、云河智慧科技有限公司":           "云河智慧科技有限公司",
		"第一名：云河智慧科技有限公司":         "云河智慧科技有限公司",
		"云河（北京）科技有限公司":           "云河（北京）科技有限公司",
		"详见附件":                   "",
		"无":                      "",
		"/":                      "",
		"投标人不足三家":                "",
		"Norwich & Sons Ltd":     "Norwich & Sons Ltd",
		"云河市政府采购中心（以下简称“采购中心”）":          "云河市政府采购中心",
		"云河智慧科技有限公司，中标金额：12万元":           "云河智慧科技有限公司",
		"云河智慧科技有限公司(91330100MA27XXXX0X)": "云河智慧科技有限公司",
	} {
		if got := Clean(text); got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

func TestSeveralNamesInOneCell(t *testing.T) {
	rows := []struct {
		text string
		want []string
	}{
		{"云河科技有限公司、青山设计院", []string{"云河科技有限公司", "青山设计院"}},
		{"云河机电设备、器材有限公司", []string{"云河机电设备、器材有限公司"}},
		{"云河科技有限公司与青山建设有限公司联合体", []string{"云河科技有限公司", "青山建设有限公司"}},
		{"第1包：云河科技有限公司；第2包：青山建设有限公司", []string{"云河科技有限公司", "青山建设有限公司"}},
		{"云河科技有限公司\n云河科技有限公司", []string{"云河科技有限公司"}},
	}
	for _, row := range rows {
		if got := Split(row.text); !slices.Equal(got, row.want) {
			t.Errorf("%q gives %q, want %q", row.text, got, row.want)
		}
	}
}
