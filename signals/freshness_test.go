package signals_test

import (
	"testing"
	"time"

	"dealvitals/signals"
)

// A number that falls while nobody looks must be seen as such: what came in meanwhile is
// not known.
func TestWhatFadesWhileNobodyLooksIsTold(t *testing.T) {
	t.Run("hiring", func(t *testing.T) {
		runs := []signals.RunSummary{crawl(60, signals.OutcomeOK, 9), crawl(35, signals.OutcomeOK, 9), crawl(33, signals.OutcomeOK, 9), crawl(6, signals.OutcomeOK, 9), crawl(0, signals.OutcomeUnreachable, 0)}
		jobs := []signals.Posting{job("1", "a", 33, 6), job("2", "b", 33, 6), job("3", "c", 6, 6)}
		m := signals.MeasureHiring(hiring(runs, jobs...), hiringRules, hiringNow)
		if m.Status != signals.StatusOK || *m.Value != 1 || m.Then == nil || *m.Then != 3 {
			t.Errorf("status %s, value %v, then %v, want 1 now and 3 in the window as it was at the newest crawl", m.Status, m.Value, m.Then)
		}
	})
	t.Run("tender", func(t *testing.T) {
		old := notice("1", "安琪酵母股份有限公司光伏电站工程招标公告", published(92))
		m := measureTender([]signals.TargetHistory{failedRun(site("a", 200, 6), signals.OutcomeBlocked, 0)}, old)
		if m.Status != signals.StatusOK || *m.Value != 0 || m.Then == nil || *m.Then != 1 {
			t.Errorf("status %s, value %v, then %v, want 0 now and 1 in the window as it was at the newest crawl", m.Status, m.Value, m.Then)
		}
	})
	t.Run("wechat", func(t *testing.T) {
		talk := talkOn(10, 2)
		shift := 6 * 24 * time.Hour
		for i := range talk {
			talk[i].Time = talk[i].Time.Add(-shift)
		}
		h := chat(talk...)
		h.Coverage[0].To = hiringNow.Add(-shift)
		m := signals.MeasureWeChat(h, weChatRules, hiringNow)
		fresh := heat(t, talkOn(10, 2)...)
		if m.Status != signals.StatusOK || m.Then == nil || *m.Then != fresh || *m.Value >= fresh {
			t.Errorf("status %s, value %v, then %v, want the heat %v of the newest sync beside the faded one", m.Status, m.Value, m.Then, fresh)
		}
	})
}

// A page that is paused while it matters is a page that is missing, not one without jobs.
func TestPausingASourceNeverMakesANumberLow(t *testing.T) {
	h := hiring(monthly(9), job("1", "a", 14, 0), job("2", "b", 14, 0), job("3", "c", 14, 0))
	h.Targets[0].Target.Paused = true
	other := hiring(monthly(0)).Targets[0]
	other.Target.ID = "U"
	h.Targets = append(h.Targets, other)
	if m := signals.MeasureHiring(h, hiringRules, hiringNow); !m.AtLeast || m.Reason.Facts["T"] != signals.ReasonPaused {
		t.Errorf("hiring: a lower bound %v, reason %v, want one that names the paused target", m.AtLeast, m.Reason)
	}
	sites := []signals.TargetHistory{site("a", 100, 1), pausedSite(site("b", 100, 5))}
	if m := measureTender(sites); !m.AtLeast || m.Reason.Facts["b"] != signals.ReasonPaused {
		t.Errorf("tender: a lower bound %v, reason %v, want one that names the paused site", m.AtLeast, m.Reason)
	}
	sites[1] = pausedSite(site("b", 200, 95))
	if m := measureTender(sites); m.AtLeast || m.Reason.Code != signals.ReasonMeasured {
		t.Errorf("tender: a site paused since before the window is a lower bound %v (%s), want it given up", m.AtLeast, m.Reason.Code)
	}
}

// measureTender measures a deal without keywords from these sites and notices.
func measureTender(sources []signals.TargetHistory, notices ...signals.MatchedNotice) signals.Measure {
	return signals.MeasureTender(signals.TenderHistory{Sources: sources, Notices: notices}, signals.Deal{}, tenderRules, tenderNow)
}
