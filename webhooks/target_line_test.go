package webhooks

import (
	"encoding/json"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

func TestALineSaysWhatIsWrongWithATarget(t *testing.T) {
	stale := time.Date(2026, 12, 1, 1, 30, 0, 0, time.UTC)
	for kind, want := range map[store.EventType]string{
		store.TargetBlocked:      "采集目标被拦截：T1，网站拦截了采集（验证码、防火墙或限流）。相关指标停止更新，不按“低”处理",
		store.TargetFailingAgain: "采集目标连续失败：T1，已连续 3 次：网站拦截了采集（验证码、防火墙或限流）。相关指标停止更新，不按“低”处理",
		store.TargetStaleSoon:    "采集数据即将过期：T1，2026-12-01 09:30 前若无一次完整采集，相关指标将失效",
		store.TargetStale:        "采集数据已过期：T1，自 2026-12-01 09:30 起相关指标不再计入，不按“低”处理",
		store.TargetRecovered:    "采集目标恢复：T1",
	} {
		data, err := json.Marshal(store.TargetReport{TargetID: "T1", Outcome: signals.OutcomeBlocked, Runs: 3, StaleAt: &stale})
		if err != nil {
			t.Fatal(err)
		}
		if got := lineOf(store.Event{Type: kind, Data: data}, "", plain); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
}
