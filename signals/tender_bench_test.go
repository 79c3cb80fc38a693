package signals_test

import (
	"fmt"
	"testing"

	"dealvitals/signals"
)

func BenchmarkMeasureTender(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("%d notices", n), func(b *testing.B) {
			h := signals.TenderHistory{Sources: []signals.TargetHistory{site("ccgp", 200, 100, 1)}}
			for i := range n {
				h.Notices = append(h.Notices, notice(fmt.Sprint(i), fmt.Sprintf("中国铁塔厦门市分公司2026年第%d期机房空调及不间断电源设备采购项目公开招标公告", i), published(i%180), numbered(fmt.Sprintf("XM-2026-%05d", i))))
			}
			deal := signals.Deal{Keywords: []string{"空调|精密空调", "UPS|不间断电源", "-监理"}}
			for b.Loop() {
				signals.MeasureTender(h, deal, tenderRules, tenderNow)
			}
		})
	}
}
