package signals_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"dealvitals/signals"

	"pgregory.net/rapid"
)

// failedRun appends a run that ended in an outcome the given number of days ago.
func failedRun(t signals.TargetHistory, outcome signals.Outcome, ago int) signals.TargetHistory {
	end := tenderNow.AddDate(0, 0, -ago)
	t.Runs = append(t.Runs, signals.RunSummary{ID: t.Target.ID + outcome.String(), StartedAt: end.Add(-time.Minute), FinishedAt: end, Outcome: outcome})
	return t
}

func drifted(t signals.TargetHistory, ago int) signals.TargetHistory {
	t = failedRun(t, signals.OutcomeOK, ago)
	t.Runs[len(t.Runs)-1].Drifted = true
	return t
}

func pausedSite(t signals.TargetHistory) signals.TargetHistory {
	t.Target.Paused = true
	return t
}

// unreadOn says of a site's newest run that pages of notices were not read, the newest of
// them of a day some days ago.
func unreadOn(t signals.TargetHistory, n, ago int) signals.TargetHistory {
	t.Runs[len(t.Runs)-1].Unread = &signals.Unread{Notices: n, Doubtful: n, NewestDoubtful: daysAgo(ago)}
	return t
}

func unread(n *signals.MatchedNotice) { n.Notice.Details = signals.DetailUnread }

func rejected(m *signals.NoticeMatch) { m.Match, m.Actor = false, "zhang" }

func TestMeasureTenderIsOnlyBelievedFromSourcesThatWork(t *testing.T) {
	demand := notice("1", "安琪酵母股份有限公司光伏电站工程招标公告")
	doubt := notice("2", "安琪酵母股份有限公司仓库货架招标公告", matched(inReview))
	undated := notice("3", "安琪酵母股份有限公司化验室试剂招标公告", undatedSeen(20))
	tests := map[string]struct {
		sources []signals.TargetHistory
		notices []signals.MatchedNotice
		status  signals.Status
		atLeast bool
		reason  string
		facts   map[string]string

		keywords []string
	}{
		"no source at all": {status: signals.StatusUnknown, reason: "no_target"},
		"every source paused": {
			sources: []signals.TargetHistory{pausedSite(site("a", 1))}, status: signals.StatusUnknown, reason: "paused",
		},
		"a paused source is left out": {
			sources: []signals.TargetHistory{site("a", 100, 1), pausedSite(site("b"))}, status: signals.StatusOK, reason: "measured",
		},
		"never crawled": {
			sources: []signals.TargetHistory{site("a")}, status: signals.StatusUnknown, reason: "never_run",
		},
		"never complete": {
			sources: []signals.TargetHistory{failedRun(site("a"), signals.OutcomeBlocked, 1)}, status: signals.StatusUnknown, reason: "blocked",
		},
		"a failed run within the limit changes nothing": {
			sources: []signals.TargetHistory{failedRun(site("a", 100, 3), signals.OutcomeUnreachable, 1)}, status: signals.StatusOK, reason: "measured",
		},
		"the newest complete run is too old": {
			sources: []signals.TargetHistory{site("a", 100, 8)}, status: signals.StatusStale, reason: "no_recent_run",
		},
		"a changed site is no measurement at once": {
			sources: []signals.TargetHistory{drifted(site("a", 100, 2), 1)}, status: signals.StatusUnknown, reason: "drifted",
		},
		"one of two sources fails: a lower bound that names it": {
			sources: []signals.TargetHistory{site("a", 100, 1), site("b", 100, 9)}, status: signals.StatusOK, atLeast: true,
			reason: "partial", facts: map[string]string{"b": "no_recent_run"},
		},
		"a source that was just added makes a lower bound": {
			sources: []signals.TargetHistory{site("a", 100, 1), site("new")}, status: signals.StatusOK, atLeast: true,
			reason: "partial", facts: map[string]string{"new": "never_run"},
		},
		"a notice that waits for a person makes a lower bound": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)}, notices: []signals.MatchedNotice{demand, doubt},
			status: signals.StatusOK, atLeast: true, reason: "tender_review", facts: map[string]string{"review": "1"},
		},
		"one that tells by nothing what it announces makes one too": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)},
			notices: []signals.MatchedNotice{demand, notice("2", "安琪酵母股份有限公司仓库货架公告", of(signals.NoticeOther), matched(inReview))},
			status:  signals.StatusOK, atLeast: true, reason: "tender_review", facts: map[string]string{"review": "1"},
		},
		"an award that waits for a person does not": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)},
			notices: []signals.MatchedNotice{demand, notice("2", "安琪酵母股份有限公司仓库货架中标公告", of(signals.NoticeAward), matched(inReview))},
			status:  signals.StatusOK, reason: "measured",
		},
		"a notice of the site whose page was not read makes a lower bound": {
			sources: []signals.TargetHistory{unreadOn(site("ccgp", 100, 1), 3, 20)}, notices: []signals.MatchedNotice{demand},
			status: signals.StatusOK, atLeast: true, reason: "tender_unread", facts: map[string]string{"unread": "3"},
		},
		"such a notice from before the window does not": {
			sources: []signals.TargetHistory{unreadOn(site("ccgp", 100, 1), 3, 90)}, notices: []signals.MatchedNotice{demand},
			status: signals.StatusOK, reason: "measured",
		},
		"an unread notice of the customer that its list does not relate makes a lower bound": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)}, notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司物资招标公告", unread)},
			keywords: []string{"光伏"}, status: signals.StatusOK, atLeast: true, reason: "tender_unread", facts: map[string]string{"unread": "1"},
		},
		"one that was read does not": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)}, notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司物资招标公告")},
			keywords: []string{"光伏"}, status: signals.StatusOK, reason: "measured",
		},
		"a notice of the customer that tells by nothing what it announces makes a lower bound": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)}, notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司光伏电站公告", of(signals.NoticeOther))},
			status: signals.StatusOK, atLeast: true, reason: "tender_other", facts: map[string]string{"other": "1"},
		},
		"such a notice of a project that counts does not": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)}, notices: []signals.MatchedNotice{demand, notice("2", "安琪酵母股份有限公司光伏电站工程公告", of(signals.NoticeOther), numbered("A-1")), notice("3", "安琪酵母股份有限公司光伏电站工程招标公告", numbered("A-1"))},
			status: signals.StatusOK, reason: "measured",
		},
		"nor does one that a person said is another's": {
			sources: []signals.TargetHistory{site("ccgp", 100, 1)}, notices: []signals.MatchedNotice{notice("1", "安琪酵母股份有限公司光伏电站公告", of(signals.NoticeOther), matched(rejected))},
			status: signals.StatusOK, reason: "measured",
		},
		"an undated notice of a first crawl inside the window makes a lower bound": {
			sources: []signals.TargetHistory{site("ccgp", 20, 1)}, notices: []signals.MatchedNotice{demand, undated},
			status: signals.StatusOK, atLeast: true, reason: "tender_undated", facts: map[string]string{"undated": "1"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := signals.MeasureTender(signals.TenderHistory{Sources: test.sources, Notices: test.notices}, signals.Deal{Keywords: test.keywords}, tenderRules, tenderNow)
			if m.Status != test.status || m.AtLeast != test.atLeast || m.Reason.Code != test.reason {
				t.Fatalf("status %s, at least %v, reason %+v", m.Status, m.AtLeast, m.Reason)
			}
			if (m.Value != nil) != (m.Status == signals.StatusOK) {
				t.Errorf("value %v with status %s", m.Value, m.Status)
			}
			for key, want := range test.facts {
				if m.Reason.Facts[key] != want {
					t.Errorf("fact %s is %q, want %q", key, m.Reason.Facts[key], want)
				}
			}
		})
	}
}

func TestMeasureTenderIsNoFresherThanItsOldestSource(t *testing.T) {
	h := signals.TenderHistory{Sources: []signals.TargetHistory{site("a", 100, 1), site("b", 100, 4)}}
	m := signals.MeasureTender(h, signals.Deal{}, tenderRules, tenderNow)
	if want := tenderNow.AddDate(0, 0, -4); m.MeasuredAt == nil || !m.MeasuredAt.Equal(want) {
		t.Errorf("measured at %v, want %v", m.MeasuredAt, want)
	}
}

func TestMeasureTenderComparesWithTheWindowBeforeWhereItWasCovered(t *testing.T) {
	notices := []signals.MatchedNotice{
		notice("1", "安琪酵母股份有限公司甲号厂房工程招标公告", published(120)),
		notice("2", "安琪酵母股份有限公司乙号厂房工程招标公告", published(95)),
		notice("3", "安琪酵母股份有限公司丙号仓库工程招标公告", published(10)),
	}
	h := signals.TenderHistory{Sources: []signals.TargetHistory{site("ccgp", 100, 1)}, Notices: notices}
	if m := signals.MeasureTender(h, signals.Deal{}, tenderRules, tenderNow); m.Previous == nil || *m.Previous != 2 {
		t.Errorf("previous %v, want 2", m.Previous)
	}
	h.Sources = []signals.TargetHistory{site("ccgp", 50, 1)}
	if m := signals.MeasureTender(h, signals.Deal{}, tenderRules, tenderNow); m.Previous != nil {
		t.Errorf("previous %v although nothing was crawled then", *m.Previous)
	}
}

func TestMeasureTenderKnowsNothingFromAfterItsInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		notices := anyNotices(t)
		h := signals.TenderHistory{Sources: []signals.TargetHistory{site("ccgp", 300, 200, 100, 60, 5), site("ggzy", 300, 200, 100, 61, 4)}, Notices: notices}
		asOf := tenderNow.AddDate(0, 0, -rapid.IntRange(0, 250).Draw(t, "ago"))
		want := signals.MeasureTender(h, signals.Deal{}, tenderRules, asOf)
		known := h
		known.Notices = slices.DeleteFunc(slices.Clone(notices), func(n signals.MatchedNotice) bool { return n.Notice.FirstSeen.After(asOf) })
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		r.Shuffle(len(known.Notices), func(i, j int) {
			known.Notices[i], known.Notices[j] = known.Notices[j], known.Notices[i]
		})
		if got := signals.MeasureTender(known, signals.Deal{}, tenderRules, asOf); !reflect.DeepEqual(want, got) {
			t.Fatalf("what was learnt later, or the order, changes the measure:\n%+v\n%+v", want, got)
		}
	})
}

func TestMeasureTenderMarksAsManyNoticesAsItCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := signals.TenderHistory{Sources: []signals.TargetHistory{site("ccgp", 500, 1), site("ggzy", 500, 1)}, Notices: anyNotices(t)}
		m := signals.MeasureTender(h, signals.Deal{}, tenderRules, tenderNow)
		counted := 0
		for _, ref := range m.Signals {
			if ref.Counted {
				counted++
			}
			if ref.Why.Code == "" {
				t.Fatalf("notice %s is shown without a reason", ref.ID)
			}
		}
		if m.Value == nil || float64(counted) != *m.Value {
			t.Fatalf("%d notices marked, value %v", counted, m.Value)
		}
	})
}

// A first crawl reaches back 90 days: a longer window is not seen whole for some time.
func TestAWindowLongerThanACrawlReachesIsALowerBoundAtFirst(t *testing.T) {
	rules := signals.TenderRules{WindowDays: 180, StaleAfterDays: 7}
	for name, test := range map[string]struct {
		site    signals.TargetHistory
		atLeast bool
	}{
		"watched since yesterday":              {site("a", 1), true},
		"watched for 80 days":                  {site("a", 80, 1), true},
		"watched for 91 days":                  {site("a", 91, 1), false},
		"paused for longer than a crawl mends": {site("a", 300, 95, 1), true},
		"paused for less":                      {site("a", 300, 170, 85, 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			m := signals.MeasureTender(signals.TenderHistory{Sources: []signals.TargetHistory{test.site}}, signals.Deal{}, rules, tenderNow)
			if m.Status != signals.StatusOK || m.AtLeast != test.atLeast || test.atLeast && m.Reason.Code != signals.ReasonTenderReach {
				t.Errorf("%s, a lower bound %v (%s), want %v", m.Status, m.AtLeast, m.Reason.Code, test.atLeast)
			}
		})
	}
	short := func(t signals.TargetHistory, reaches ...int) signals.TargetHistory {
		for i, ago := range reaches {
			t.Runs[i].Reaches = daysAgo(ago)
		}
		return t
	}
	for name, test := range map[string]struct {
		site    signals.TargetHistory
		atLeast bool
	}{
		"a list that shows four weeks":               {short(site("a", 1), 29), true},
		"watched for long enough":                    {short(site("a", 70, 50, 30, 5), 95, 71, 51, 31), false},
		"to the day":                                 {short(site("a", 70, 50, 30, 5), 89, 70, 50, 30), false},
		"a day too short":                            {short(site("a", 70, 50, 30, 5), 88, 70, 50, 30), true},
		"with a hole in which it showed less":        {short(site("a", 70, 50, 30, 5), 95, 71, 49, 31), true},
		"it reached back once, and was watched on":   {short(site("a", 40, 20, 1), 91, 40, 20), false},
		"it reaches back further than it did before": {short(site("a", 20, 1), 30, 91), false},
	} {
		if m := measureTender([]signals.TargetHistory{test.site}); m.AtLeast != test.atLeast || test.atLeast && m.Reason.Code != signals.ReasonTenderReach {
			t.Errorf("%s: a lower bound %v (%s), want %v", name, m.AtLeast, m.Reason.Code, test.atLeast)
		}
	}
	if m := measureTender([]signals.TargetHistory{site("a", 1)}); m.AtLeast {
		t.Errorf("a window of 90 days is a lower bound after one complete crawl: %s", m.Reason.Code)
	}
}

// What is unread is told with how fast it becomes less.
func TestADoubtAboutUnreadNoticesTellsHowLongItWillLast(t *testing.T) {
	backlog := func(id string, left ...int) signals.TargetHistory { // a run a day
		ago := make([]int, len(left))
		for i := range left {
			ago[i] = len(left) - i
		}
		s := site(id, ago...)
		for i, n := range left {
			if n > 0 {
				s.Runs[i].Unread = &signals.Unread{Notices: n, Doubtful: n, NewestDoubtful: daysAgo(5)}
			}
		}
		return s
	}
	for name, test := range map[string]struct {
		sites            []signals.TargetHistory
		unread, of, days string
	}{
		"the first run":                       {[]signals.TargetHistory{backlog("a", 900)}, "900", "", ""},
		"it becomes less":                     {[]signals.TargetHistory{backlog("a", 5, 0, 750, 900, 650, 400, 150)}, "150", "900", "1"},
		"slowly":                              {[]signals.TargetHistory{backlog("a", 900, 880)}, "880", "900", "44"},
		"it does not":                         {[]signals.TargetHistory{backlog("a", 700, 900)}, "900", "", ""},
		"of two sites the slower one decides": {[]signals.TargetHistory{backlog("a", 900, 700), backlog("b", 100, 90)}, "790", "1000", "9"},
		"one of two does not come on":         {[]signals.TargetHistory{backlog("a", 900, 700), backlog("b", 100)}, "800", "1000", ""},
	} {
		facts := measureTender(test.sites).Reason.Facts
		if facts["unread"] != test.unread || facts["unread_of"] != test.of || facts["unread_days"] != test.days {
			t.Errorf("%s: %v, want %s of %s, %s days", name, facts, test.unread, test.of, test.days)
		}
	}
}
