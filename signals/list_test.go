package signals_test

import (
	"fmt"
	"testing"

	"dealvitals/signals"
)

// crawls are complete runs with so many items, so many days ago, oldest first.
func crawls(daysAndItems ...int) []signals.RunSummary {
	var runs []signals.RunSummary
	for i := 0; i < len(daysAndItems); i += 2 {
		runs = append(runs, crawl(daysAndItems[i], signals.OutcomeOK, daysAndItems[i+1]))
	}
	return runs
}

func readBy(extractor string, runs ...signals.RunSummary) []signals.RunSummary {
	for i := range runs {
		runs[i].Extractor = extractor
	}
	return runs
}

func TestAListThatFellIsHeldDoubtfulForAWindow(t *testing.T) {
	empty := func(daysAgo int) signals.RunSummary { return crawl(daysAgo, signals.OutcomeEmpty, 0) }
	saysSo := crawls(40, 50, 0, 3)
	saysSo[1].Stated = true
	tests := map[string]struct {
		runs   []signals.RunSummary
		status signals.Status
	}{
		"from fifty to three":                       {crawls(40, 50, 0, 3), signals.StatusUnknown},
		"still so after four weeks":                 {crawls(40, 50, 28, 3, 14, 3, 0, 3), signals.StatusUnknown},
		"still so after a window":                   {crawls(40, 50, 31, 3, 14, 3, 0, 3), signals.StatusOK},
		"believed, then somewhat less":              {crawls(60, 50, 45, 3, 31, 3, 10, 3, 0, 2), signals.StatusOK},
		"in two steps within a week":                {crawls(40, 50, 4, 20, 0, 9), signals.StatusUnknown},
		"it recovered":                              {crawls(40, 50, 3, 3, 0, 48), signals.StatusOK},
		"it fell again after it had recovered":      {crawls(40, 50, 20, 3, 10, 50, 0, 3), signals.StatusUnknown},
		"the list states that there are only so":    {saysSo, signals.StatusOK},
		"little by little":                          {crawls(40, 50, 20, 30, 10, 15, 0, 8), signals.StatusOK},
		"a handful that was never many":             {crawls(40, 5, 0, 1), signals.StatusOK},
		"empty by its own word, as of a bad search": {append(crawls(40, 50), empty(0)), signals.StatusUnknown},
		"empty by its own word for a week":          {append(crawls(40, 50), empty(8), empty(0)), signals.StatusUnknown},
		"empty by its own word for a window":        {append(crawls(60, 50), empty(31), empty(10), empty(0)), signals.StatusOK},
		"of a handful none is left, as it says":     {append(crawls(40, 5), empty(0)), signals.StatusOK},
		"empty for a day, then a part of it":        {append(append(crawls(40, 50), empty(3)), crawl(0, signals.OutcomeOK, 9)), signals.StatusUnknown},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := signals.MeasureHiring(hiring(test.runs), hiringRules, hiringNow)
			if m.Status != test.status {
				t.Errorf("status %s (%+v), want %s", m.Status, m.Reason, test.status)
			}
			doubtful := signals.StateOf(signals.Target{Kind: signals.KindHiring}, test.runs, hiringNow) == signals.TargetDrifted
			said := test.runs[len(test.runs)-1].Items == 0 // that there is nothing: no drift
			if unknown := test.status == signals.StatusUnknown; doubtful != (unknown && !said) || unknown && m.Reason.Code != signals.ReasonFell {
				t.Errorf("the administrator sees it as drifted: %v, reason %+v", doubtful, m.Reason)
			}
		})
	}
}

func TestAnotherListBeginsAgain(t *testing.T) {
	long := func() []signals.RunSummary { return crawls(60, 9, 40, 9, 20, 9, 0, 9) }
	target := signals.Target{ID: "T", Kind: signals.KindHiring, URL: "https://example.com/jobs"}
	list := func(key string, runs ...signals.RunSummary) []signals.RunSummary {
		for i := range runs {
			runs[i].List = key
		}
		return runs
	}
	now := target.ListKey()
	tests := map[string]struct {
		runs   []signals.RunSummary
		status signals.Status
		reason string
	}{
		"the same list all the time":                {list(now, long()...), signals.StatusOK, signals.ReasonMeasured},
		"a time when nobody noted the list":         {append(long()[:2], list(now, long()[2:]...)...), signals.StatusOK, signals.ReasonMeasured},
		"another address for 20 days":               {append(list("old", long()[:2]...), list(now, long()[2:]...)...), signals.StatusWarming, signals.ReasonWarmingUp},
		"an address that was not crawled yet":       {list("old", long()...), signals.StatusUnknown, signals.ReasonNeverRun},
		"another reader since 20 days":              {append(readBy("json", long()[:2]...), readBy("repeated", long()[2:]...)...), signals.StatusWarming, signals.ReasonWarmingUp},
		"a reader that failed in between is none":   {append(append(readBy("json", long()[:2]...), crawl(30, signals.OutcomeBlocked, 0)), readBy("json", long()[2:]...)...), signals.StatusOK, signals.ReasonMeasured},
		"a new address with stated dates is usable": {append(list("old", long()[:3]...), list(now, dated(long()[3]))...), signals.StatusOK, signals.ReasonMeasured},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := hiring(test.runs)
			h.Targets[0].Target = target
			if m := signals.MeasureHiring(h, hiringRules, hiringNow); m.Status != test.status || m.Reason.Code != test.reason {
				t.Errorf("%s (%s), want %s (%s)", m.Status, m.Reason.Code, test.status, test.reason)
			}
		})
	}
	if signals.Drifted(list("old", long()...), signals.Run{Outcome: signals.OutcomeNotRelevant, List: now}) {
		t.Error("a new address that gives nothing counts as drift of the old one")
	}
	changed := target
	changed.Schedule, changed.Paused, changed.Reading.MaxPages, changed.Reading.Headers = "0 3 * * *", true, 3, map[string]string{"X-A": "1"}
	if changed.ListKey() != now {
		t.Error("another schedule, limit or header makes another list")
	}
	changed.Reading.Body = "{}"
	if changed.ListKey() == now {
		t.Error("another request body makes no other list")
	}
	read := signals.TargetHistory{Target: signals.Target{ID: "T", Kind: signals.KindHiring, URL: "http://x/"}, Runs: crawls(100, 20, 1, 20)}
	for i := range read.Runs {
		read.Runs[i].List = read.Target.ListKey()
	}
	read.Target.Kind = signals.KindTender
	if m := signals.MeasureTender(signals.TenderHistory{Sources: []signals.TargetHistory{read}}, signals.Deal{}, signals.TenderRules{WindowDays: 90, StaleAfterDays: 7}, hiringNow); m.Status == signals.StatusOK {
		t.Errorf("a list that was read for jobs shows that there are no notices: %+v", m)
	}
}

// titled are jobs that a page showed from some days ago until some days ago.
func titled(prefix, place string, first, last int, titles ...string) []signals.Posting {
	var jobs []signals.Posting
	for i, title := range titles {
		p := job(fmt.Sprint(prefix, i), title, first, last)
		p.Place = place
		jobs = append(jobs, p)
	}
	return jobs
}

func TestARelaunchedPageMakesNoOldJobNew(t *testing.T) {
	old := []string{"销售经理", "会计", "工程师", "工程师", "司机", "前台"}
	was := titled("old", "北京", 60, 10, old...)
	tests := map[string]struct {
		jobs   []signals.Posting
		items  int
		want   float64
		status signals.Status
	}{
		"all ids and places new, the titles known": {titled("new", "北京市朝阳区", 5, 0, old...), 6, 0, signals.StatusOK},
		"and two jobs that are new indeed":         {titled("new", "北京市朝阳区", 5, 0, append(old, "架构师", "法务")...), 8, 2, signals.StatusOK},
		"a title more often than it was there":     {append(titled("new", "北京市朝阳区", 5, 0, old...), titled("more", "上海", 5, 0, "工程师")...), 7, 1, signals.StatusOK},
		"ids and titles new: another list":         {titled("new", "上海", 5, 0, "a", "b", "c", "d", "e", "f"), 6, 0, signals.StatusWarming},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			runs := crawls(60, 6, 35, 6, 10, 6, 5, test.items, 0, test.items)
			m := signals.MeasureHiring(hiring(runs, append(was, test.jobs...)...), hiringRules, hiringNow)
			if m.Status != test.status || m.Value != nil && *m.Value != test.want {
				t.Errorf("%s (%s), value %v, want %s, %v", m.Status, m.Reason.Code, m.Value, test.status, test.want)
			}
		})
	}
	t.Run("a company that grows is none", func(t *testing.T) {
		grown := append(titled("old", "北京", 60, 0, old...), titled("new", "北京", 5, 0, "a", "b", "c", "d", "e", "f", "工程师")...)
		m := signals.MeasureHiring(hiring(crawls(60, 6, 35, 6, 10, 6, 5, 13, 0, 13), grown...), hiringRules, hiringNow)
		if m.Status != signals.StatusOK || *m.Value != 6 {
			t.Errorf("%s, value %v, want 6 new jobs", m.Status, m.Value)
		}
	})
	t.Run("a page that republishes under new dates", func(t *testing.T) {
		again := titled("new", "上海", 5, 0, old...)
		for i := range again {
			again[i] = stated(again[i], signals.DatePublished, 5)
		}
		runs := crawls(60, 6, 35, 6, 10, 6, 5, 6, 0, 6)
		for i := range runs {
			runs[i].AllDated = true
		}
		if m := signals.MeasureHiring(hiring(runs, append(was, again...)...), hiringRules, hiringNow); m.Value == nil || *m.Value != 0 {
			t.Errorf("%s, value %v, want none new", m.Status, m.Value)
		}
	})
}
