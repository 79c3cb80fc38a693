package web

import (
	"fmt"

	"dealvitals/signals"
)

var waitWords = map[signals.WaitReason]word{
	signals.WaitQuietHours:  {"等待：静默时段，至 %s", "waits: quiet hours until %s"},
	signals.WaitHostBudget:  {"等待：该网站今日请求额度已用完，至 %s", "waits: host budget used, until %s"},
	signals.WaitCircuitOpen: {"等待：该网站连续失败，暂停访问至 %s", "waits: circuit open until %s"},
	signals.WaitHostAsked:   {"等待：网站要求稍后再来，至 %s", "waits: the site asked to be left alone until %s"},
	signals.WaitUnchanged:   {"等待：页面长期无变化，下次采集 %s", "waits: unchanged for long, next at %s"},
}

// waitsText says why a target is not crawled now.
func waitsText(lang string, w *signals.Wait) string {
	text := fmt.Sprintf(waitWords[w.Reason].in(lang), shownTime(w.Until))
	if w.Reason == signals.WaitUnchanged {
		text += " (" + w.Why + ")"
	}
	return text
}
