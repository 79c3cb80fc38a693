package signals_test

import (
	"maps"
	"strings"
	"testing"

	"dealvitals/signals"
)

func TestCountKeywords(t *testing.T) {
	groups := []signals.KeywordGroup{{Name: "a", Weight: 1, Words: []string{"合同", "合同金额", "PO", "报价"}}, {Name: "b", Weight: 1, Words: []string{"Price List", ""}}}
	tests := []struct {
		name, text string
		want       map[string]int
	}{
		{"each occurrence counts", "合同发了，合同请看", map[string]int{"合同": 2}},
		{"the longest word counts", "合同金额多少", map[string]int{"合同金额": 1}},
		{"Latin words stand alone", "the report on po, and PO.", map[string]int{"PO": 2}},
		{"Latin words may stand beside Chinese", "请发PO单", map[string]int{"PO": 1}},
		{"width and blanks do not matter", "Ｐｒｉｃｅ　 list", map[string]int{"Price List": 1}},
		{"nothing", "好的", nil},
		{"empty", "", nil},
		{"broken UTF-8", "\xff报价\xff", map[string]int{"报价": 1}},
	}
	for _, tt := range tests {
		if got := signals.NewKeywordCounter(groups).Count(tt.text); !maps.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func FuzzCountKeywords(f *testing.F) {
	f.Add("合同金额PO", "合同")
	f.Fuzz(func(t *testing.T, text, word string) {
		counts := signals.NewKeywordCounter([]signals.KeywordGroup{{Words: []string{word}}}).Count(text)
		if len(counts) > 1 || counts[word] < 0 || len(counts) == 1 && counts[word] == 0 {
			t.Errorf("counts %v", counts)
		}
		if !strings.Contains(text, word) && word == strings.ToUpper(word) && len(text) == 0 && len(counts) > 0 {
			t.Errorf("an empty text has %v", counts)
		}
	})
}
