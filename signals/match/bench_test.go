package match_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"dealvitals/signals"
	"dealvitals/signals/match"
)

// manyCustomers are customers with three names each, made of the parts that real names
// are made of.
func manyCustomers(n int) []signals.Customer {
	r := rand.New(rand.NewPCG(1, 2))
	places := []string{"北京", "上海", "湖北", "宜昌市", "福建省", "深圳市", "济南", "成都", "江西", "浙江省"}
	letters := []rune("华润东方恒瑞天盛金鼎博远宏达正泰中联兴业安信汇通鑫源康德永利嘉禾启明")
	trades := []string{"电力", "生物科技", "建设", "通信", "银行", "物流", "能源", "医药", "化工", "软件"}
	forms := []string{"有限公司", "股份有限公司", "集团有限公司", "有限责任公司"}
	list := make([]signals.Customer, n)
	for i := range list {
		own := string([]rune{letters[r.IntN(len(letters))], letters[r.IntN(len(letters))], letters[r.IntN(len(letters))]})
		place, trade := places[r.IntN(len(places))], trades[r.IntN(len(trades))]
		list[i] = signals.Customer{
			ID: fmt.Sprint(i), Name: place + own + trade + forms[r.IntN(len(forms))],
			Aliases: []signals.Alias{{Name: own + trade, Kind: signals.AliasShort}, {Name: own + "实业总公司", Kind: signals.AliasFormer}},
		}
	}
	return list
}

// someTitles are titles of which one in twenty names a customer.
func someTitles(customers []signals.Customer, n int) []signals.Notice {
	r := rand.New(rand.NewPCG(3, 4))
	titles := make([]signals.Notice, n)
	for i := range titles {
		buyer := fmt.Sprintf("某市第%d人民医院", r.IntN(100))
		if i%20 == 0 {
			buyer = customers[r.IntN(len(customers))].Name + "宜昌分公司"
		}
		titles[i] = signals.Notice{TargetID: "t", ID: fmt.Sprint(i), Title: buyer + "2026年数据中心机房空调及不间断电源采购项目（第二次）公开招标公告"}
	}
	return titles
}

func BenchmarkTitlesAgainst(b *testing.B) {
	for _, n := range []int{1, 100, 10_000} {
		b.Run(fmt.Sprintf("%d customers of three names", n), func(b *testing.B) {
			customers := manyCustomers(n)
			m := match.New(customers)
			titles := someTitles(customers, 1000)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				m.Notice(titles[i%len(titles)])
			}
		})
	}
}

func BenchmarkBuildingTheMatcher(b *testing.B) {
	customers := manyCustomers(10_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var m *match.Matcher
	for b.Loop() {
		m = match.New(customers)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB-held")
	runtime.KeepAlive(m)
}
