package webhooks

import (
	"encoding/json"
	"fmt"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
)

// targetLine tells of an event of a target.
func targetLine(e store.Event, dashboard string, m markup) string {
	var t store.TargetReport
	if err := json.Unmarshal(e.Data, &t); err != nil {
		return TypeText(e.Type, scorer.LangZH)
	}
	name := clean(t.TargetID)
	if dashboard != "" {
		name = m.link(name, dashboard+"/targets")
	}
	return m.bold(TypeText(e.Type, scorer.LangZH)) + "：" + name + troubleOf(e.Type, t)
}

// troubleOf says what is wrong with a target, and what follows; nothing of one that gives
// data again.
func troubleOf(kind store.EventType, t store.TargetReport) string {
	reason := scorer.ReasonText(string(t.Outcome), scorer.LangZH)
	const stopped = "。相关指标停止更新，不按“低”处理"
	switch kind {
	case store.TargetRecovered:
		return ""
	case store.TargetFailingAgain:
		return fmt.Sprintf("，已连续 %d 次：%s", t.Runs, reason) + stopped
	case store.TargetStaleSoon:
		return "，" + dayOf(t.StaleAt) + " 前若无一次完整采集，相关指标将失效"
	case store.TargetStale:
		return "，自 " + dayOf(t.StaleAt) + " 起相关指标不再计入，不按“低”处理"
	}
	return "，" + reason + stopped
}

// dayOf is the day and minute of an instant in Shanghai.
func dayOf(at *time.Time) string {
	if at == nil {
		return "不久"
	}
	return at.In(signals.Shanghai).Format("2006-01-02 15:04")
}
