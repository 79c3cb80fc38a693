package signals_test

import (
	"fmt"
	"strings"
	"testing"

	"dealvitals/signals"
)

// onePage marks runs whose list was read from one page that says nothing of its length.
func onePage(runs ...signals.RunSummary) []signals.RunSummary {
	for i := range runs {
		runs[i].OnePage = true
	}
	return runs
}

func TestADoubtfulCountOfJobsIsALowerBound(t *testing.T) {
	empty := func(daysAgo int) signals.RunSummary { return crawl(daysAgo, signals.OutcomeEmpty, 0) }
	stated := crawls(60, 30, 40, 30, 5, 18, 0, 18)
	for i := range stated {
		stated[i].Stated = true
	}
	several := onePage(crawls(60, 20, 40, 20, 0, 20)...)
	several[2].OnePage = false
	tests := map[string]struct {
		runs   []signals.RunSummary
		reason string // ReasonMeasured: no doubt
	}{
		"a list that hardly changes":                {crawls(60, 30, 40, 30, 5, 28, 0, 27), signals.ReasonMeasured},
		"a third of it gone in one run":             {crawls(60, 30, 40, 30, 5, 20, 0, 20), signals.ReasonFell},
		"a third of it gone in a week":              {crawls(60, 30, 40, 30, 6, 26, 3, 23, 0, 20), signals.ReasonFell},
		"gone for a window":                         {crawls(60, 30, 40, 30, 31, 20, 0, 20), signals.ReasonMeasured},
		"gone, though the page states how many":     {stated, signals.ReasonFell},
		"gone and back":                             {crawls(60, 30, 40, 30, 5, 20, 0, 29), signals.ReasonMeasured},
		"one of a handful":                          {crawls(60, 3, 40, 3, 5, 2, 0, 1), signals.ReasonMeasured},
		"the last of a handful, by the page's word": {append(crawls(60, 3, 40, 3), empty(0)), signals.ReasonFell},
		"empty from the first day on":               {[]signals.RunSummary{empty(40), empty(10), empty(0)}, signals.ReasonNeverAny},
		"empty now for more than a window":          {append(crawls(60, 3), empty(40), empty(5), empty(0)), signals.ReasonMeasured},
		"a page of just twenty":                     {onePage(crawls(60, 20, 40, 20, 0, 20)...), signals.ReasonFullPage},
		"a page of nineteen":                        {onePage(crawls(60, 20, 40, 19, 0, 19)...), signals.ReasonMeasured},
		"a page that showed more than twenty":       {onePage(crawls(60, 21, 40, 20, 0, 20)...), signals.ReasonMeasured},
		"twenty on several pages":                   {several, signals.ReasonMeasured},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := signals.MeasureHiring(hiring(test.runs), hiringRules, hiringNow)
			if m.Status != signals.StatusOK || m.Reason.Code != test.reason || m.AtLeast != (test.reason != signals.ReasonMeasured) {
				t.Errorf("%s (%s), at least %v; want ok (%s)", m.Status, m.Reason.Code, m.AtLeast, test.reason)
			}
		})
	}
}

func TestAnEmptyTargetBesideOneWithJobsIsNoDoubt(t *testing.T) {
	h := hiring(monthly(2), job("1", "工程师", 14, 0))
	h.Targets = append(h.Targets, signals.TargetHistory{
		Target: signals.Target{ID: "B", Kind: signals.KindHiring}, Runs: []signals.RunSummary{crawl(40, signals.OutcomeEmpty, 0), crawl(0, signals.OutcomeEmpty, 0)},
	})
	if m := signals.MeasureHiring(h, hiringRules, hiringNow); m.AtLeast || m.Reason.Code != signals.ReasonMeasured {
		t.Errorf("at least %v (%s)", m.AtLeast, m.Reason.Code)
	}
}

func TestASecondJobOfATitleBesideTheFirstIsInDoubt(t *testing.T) {
	tests := map[string]struct {
		jobs    []signals.Posting
		value   float64
		atLeast bool
	}{
		"the first is gone: the same again":          {[]signals.Posting{job("1", "工程师", 31, 20), job("2", "工程师", 14, 0)}, 0, false},
		"the first is still there":                   {[]signals.Posting{job("1", "工程师", 31, 0), job("2", "工程师", 14, 0)}, 0, true},
		"both came at once":                          {[]signals.Posting{job("1", "工程师", 14, 0), job("2", "工程师", 14, 0)}, 1, true},
		"ids that change with each visit":            {[]signals.Posting{job("1", "工程师", 31, 31), job("2", "工程师", 30, 30), job("3", "工程师", 29, 0)}, 0, false},
		"both were there at the first crawl":         {[]signals.Posting{job("1", "工程师", 31, 0), job("2", "工程师", 31, 0)}, 0, false},
		"the second has a date from long before":     {[]signals.Posting{job("1", "工程师", 31, 0), stated(job("2", "工程师", 14, 0), signals.DatePublished, 90)}, 0, false},
		"the second came to another page only":       {[]signals.Posting{job("1", "工程师", 31, 0), elsewhere(job("2", "工程师", 14, 0))}, 1, false},
		"a third came after the second that counted": {[]signals.Posting{job("1", "工程师", 14, 0), job("2", "工程师", 5, 0)}, 1, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := signals.MeasureHiring(hiring(monthly(9), test.jobs...), hiringRules, hiringNow)
			if m.Value == nil || *m.Value != test.value || m.AtLeast != test.atLeast || test.atLeast && m.Reason.Code != signals.ReasonDoubles {
				t.Errorf("value %v, at least %v (%s), want %v, %v", m.Value, m.AtLeast, m.Reason.Code, test.value, test.atLeast)
			}
		})
	}
}

// A page that shows ten of thirty jobs, others at each visit.
func TestAPageWhoseJobsComeAndGoIsNoMeasurement(t *testing.T) {
	var runs []signals.RunSummary
	for d := 45; d >= 0; d -= 3 {
		runs = append(runs, crawl(d, signals.OutcomeOK, 10))
	}
	var jobs []signals.Posting
	for i := range 30 {
		p := job(fmt.Sprint(i), fmt.Sprint("job ", i), 0, 0)
		p.Seen = nil
		for n, r := range runs {
			if (i+n)%3 == 0 {
				p.Seen = append(p.Seen, signals.Span{First: r.StartedAt, Last: r.StartedAt})
			}
		}
		jobs = append(jobs, p)
	}
	if m := signals.MeasureHiring(hiring(runs, jobs...), hiringRules, hiringNow); m.Status != signals.StatusUnknown || m.Reason.Code != signals.ReasonUnsteady {
		t.Errorf("%s (%s)", m.Status, m.Reason.Code)
	}
	// One night on which half of the list was missing is none.
	for i := range jobs {
		jobs[i].Seen = []signals.Span{{First: runs[0].StartedAt, Last: runs[8].StartedAt}}
		if i < 15 {
			jobs[i].Seen = append(jobs[i].Seen, signals.Span{First: runs[10].StartedAt, Last: runs[15].StartedAt})
		}
	}
	for i := range runs {
		runs[i].Items = 30
	}
	if m := signals.MeasureHiring(hiring(runs, jobs...), hiringRules, hiringNow); m.Status != signals.StatusOK {
		t.Errorf("%s (%s)", m.Status, m.Reason.Code)
	}
}

// What a crawl finds late is not known before it, and a measure says of when it is.
func TestAMeasureIsOfItsNewestCrawl(t *testing.T) {
	runs := crawls(45, 3, 30, 3, 10, 3, 4, 4) // the target rested since; one more crawl comes after now
	late := append(runs, crawl(-1, signals.OutcomeOK, 6))
	jobs := []signals.Posting{job("1", "a", 45, -1), job("2", "b", 4, -1), stated(job("3", "c", -1, -1), signals.DatePublished, 2)}
	m := signals.MeasureHiring(hiring(late, jobs...), hiringRules, hiringNow)
	if m.Value == nil || *m.Value != 1 || m.MeasuredAt == nil || !m.MeasuredAt.Equal(before(4)) {
		t.Errorf("value %v of %v, want 1, the job found four days ago, of that crawl", m.Value, m.MeasuredAt)
	}
	if m := signals.MeasureHiring(hiring(late, jobs...), hiringRules, before(-2)); m.Value == nil || *m.Value != 2 || !m.MeasuredAt.Equal(before(-1)) {
		t.Errorf("value %v of %v, want 2 after the next crawl", m.Value, m.MeasuredAt)
	}
}

// A number that rests on an administrator's word says so, and whose word it is.
func TestANumberNamesTheWordsThatItRestsOn(t *testing.T) {
	h := hiring(monthly(20))
	h.Targets[0].Target.ShowsAll = true
	h.Targets[0].Target.FallSeen = &signals.FallSeen{Fall: signals.Fall{From: 13, To: 4}, By: "ops", Note: "looked"}
	m := signals.MeasureHiring(h, hiringRules, hiringNow)
	if m.Reason.Code != signals.ReasonMeasured || m.Reason.Facts["shows_all"] != h.Targets[0].Target.ID || !strings.HasSuffix(m.Reason.Facts["fall_seen"], "13 → 4, ops: looked") {
		t.Errorf("%s %v", m.Reason.Code, m.Reason.Facts)
	}
}
