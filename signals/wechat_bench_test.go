package signals_test

import (
	"fmt"
	"testing"
	"time"

	"dealvitals/signals"
)

// BenchmarkMeasureWeChatOfAMillion measures a deal with a million messages in the window.
func BenchmarkMeasureWeChatOfAMillion(b *testing.B) {
	list := make([]signals.Interaction, 1_000_000)
	words := map[string]int{"报价": 1}
	for i := range list {
		at := hiringNow.Add(-time.Duration(len(list)-i) * 2 * time.Second)
		side := signals.DirectionIn
		if i%2 == 0 {
			side = signals.DirectionOut
		}
		list[i] = signals.Interaction{
			ID: fmt.Sprintf("%032x", i), Source: "s", Time: at, ContactID: "c", Direction: side, Kind: "text", Length: 12,
			Keywords: words, RecordedAt: at,
		}
	}
	h := chat(list...)
	b.ReportAllocs()
	for b.Loop() {
		if m := signals.MeasureWeChat(h, weChatRules, hiringNow); m.Status != signals.StatusOK {
			b.Fatal(m.Reason)
		}
	}
}
