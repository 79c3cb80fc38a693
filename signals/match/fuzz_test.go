package match_test

import (
	"slices"
	"strings"
	"testing"

	"dealvitals/signals"
	"dealvitals/signals/match"

	"pgregory.net/rapid"
)

func FuzzOne(f *testing.F) {
	f.Add("中国银行股份有限公司", "中国银行", "中国银行东莞分行维保采购公告")
	f.Add("北京大学", "", "北京大学（深圳）医院")
	f.Add("A-B公司", "·", "A-B公司：（")
	f.Add("省", "市", "省市县区省市县区省市县区")
	f.Fuzz(func(t *testing.T, name, alias, text string) {
		c := signals.Customer{ID: "c", Name: name, Aliases: []signals.Alias{{Name: alias}}}
		v := match.One(c, text)
		if v.By == "" || v.Role == "" {
			t.Fatalf("an answer without a reason: %+v", v)
		}
		if !v.Match && v.Role != signals.RoleNone {
			t.Fatalf("no match, and yet a role: %+v", v)
		}
	})
}

// pieces are what texts about organisations are made of.
var pieces = []string{
	"中国", "电信", "银行", "宜昌市", "湖北", "大学", "分公司", "有限公司", "股份有限公司", "（", "）", " ", "：", "采购人", "关于", "2026年", "采购公告", "医院", "中心", "局", "集团", "东方", "科技", "的", "、", "生",
}

func TestManyCustomersAtOnceAreFoundAsOneByOne(t *testing.T) {
	customers := []signals.Customer{
		named("中国电信股份有限公司|中国电信"), named("东方银行股份有限公司|东方银行"), named("宜昌大学"), named("宜昌市中心医院"),
		named("湖北东方科技集团有限公司|东方科技"), named("宜昌市科技局"),
	}
	all := match.New(customers)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 14).Draw(t, "pieces"), "")
		var together []string
		for _, m := range all.Notice(signals.Notice{Title: text}) {
			if !m.Review {
				together = append(together, m.CustomerID+string(m.Role))
			}
		}
		var apart []string
		for _, c := range customers {
			if v := match.One(c, text); v.Match {
				apart = append(apart, c.ID+string(v.Role))
			}
		}
		slices.Sort(together)
		slices.Sort(apart)
		if !slices.Equal(together, apart) {
			t.Fatalf("%s: together %v, one by one %v", text, together, apart)
		}
	})
}
