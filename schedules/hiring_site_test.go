package schedules

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/crawler"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// hiringSite is a company's own hiring page, as its visitors see it on the day.
type hiringSite struct {
	*httptest.Server
	body string
}

func newHiringSite(t *testing.T) *hiringSite {
	s := &hiringSite{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/jobs" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<html><head><title>社会招聘</title></head><body><h1>招聘职位</h1>%s</body></html>`, s.body)
	}))
	t.Cleanup(s.Close)
	return s
}

var (
	hiringTrades = []string{"销售经理", "软件工程师", "会计", "采购专员", "质量工程师", "生产主管", "法务专员", "仓库管理员", "测试工程师", "人事专员"}
	hiringSites  = []string{"北京", "上海", "广州", "深圳", "成都", "武汉"}
)

// listed is a list of the jobs [from, to).
func listed(from, to int) string {
	var b strings.Builder
	b.WriteString(`<ul class="job-list">`)
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, `<li><a href="/job/%d">%s</a><span>%s</span></li>`, i, hiringTrades[i%len(hiringTrades)], hiringSites[i/len(hiringTrades)])
	}
	return b.String() + "</ul>"
}

// TestALowNumberOfJobsIsBelievedOnlyWhereNothingSpeaksAgainstIt crawls a page every fifth
// day for ten weeks with the real crawler and scores the deal after each.
func TestALowNumberOfJobsIsBelievedOnlyWhereNothingSpeaksAgainstIt(t *testing.T) {
	const last = 70
	tests := map[string]struct {
		shown  func(day int) string
		low    bool
		reason string
		all    bool // an administrator says that the page shows all jobs
	}{
		"a list that stays as it is": {func(int) string { return listed(0, 13) }, true, signals.ReasonMeasured, false},
		"half of it out of sight since two weeks": {func(day int) string {
			if day > last-14 {
				return listed(0, 6)
			}
			return listed(0, 13)
		}, false, signals.ReasonFell, false},
		"most of it gone since two weeks": {func(day int) string {
			if day > last-14 {
				return listed(0, 3)
			}
			return listed(0, 13)
		}, false, signals.ReasonFell, false},
		"most of it gone for longer than the window": {func(day int) string {
			if day > last-45 {
				return listed(0, 3)
			}
			return listed(0, 13)
		}, true, signals.ReasonMeasured, false},
		"a full page without a pager": {func(int) string { return listed(0, 20) }, false, signals.ReasonFullPage, false},
		"a page that always said that it has none": {func(int) string {
			return `<p>暂无招聘职位</p>`
		}, false, signals.ReasonNeverAny, false},
		"a full page that shows all": {func(int) string { return listed(0, 20) }, true, signals.ReasonMeasured, true},
		"a page that always said that it has none, and is the right one": {func(int) string {
			return `<p>暂无招聘职位</p>`
		}, true, signals.ReasonMeasured, true},
		"half out of sight of a page that showed all": {func(day int) string {
			if day > last-14 {
				return listed(0, 6)
			}
			return listed(0, 13)
		}, false, signals.ReasonFell, true},
		"one part says that it has none": {func(day int) string {
			if day > last-45 {
				return `<h3>校园招聘</h3><p>校园招聘：暂无岗位</p><p><a href="/social">社会招聘</a></p>`
			}
			return listed(0, 13)
		}, false, signals.ReasonDrifted, false},
		"ids that change with each visit": {func(day int) string {
			return strings.ReplaceAll(listed(0, 13), `/job/`, fmt.Sprintf("/job/s%d-", day))
		}, true, signals.ReasonMeasured, false},
		"another choice at each visit": {func(day int) string {
			return `<ul class="job-list">` + strings.ReplaceAll(strings.ReplaceAll(listed(day%3*9, day%3*9+9)+listed(30, 34), `<ul class="job-list">`, ""), "</ul>", "") + "</ul>"
		}, false, signals.ReasonUnsteady, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, site := newOffice(t), newHiringSite(t)
			o.crawls(t, crawler.Settings{Contact: "ops@example.com"})
			_, err := o.db.Targets.Put(t.Context(), []signals.Target{{
				ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: site.URL + "/jobs", ShowsAll: test.all,
			}}, "test", o.clock.Now())
			must(t, err)
			for day := 0; day <= last; day += 5 {
				site.body = test.shown(day)
				_, err := o.runner.Run(t.Context(), "T1", "schedule")
				must(t, err)
				o.clock.advance(5 * 24 * time.Hour)
			}
			hiring := o.newest(t, "D1").Factors.Hiring
			if low := hiring.Band != nil && *hiring.Band == scorer.BandLow; low != test.low || hiring.Reason != test.reason {
				t.Errorf("%s, %v (%s); want low %v (%s)", hiring.Status, hiring.Band, hiring.Reason, test.low, test.reason)
			}
		})
	}
}

// TestAFallThatSomebodySawIsBelievedFromThenOn crawls a list that loses most of its jobs,
// confirms the fall, and lets it fall once more.
func TestAFallThatSomebodySawIsBelievedFromThenOn(t *testing.T) {
	o, site := newOffice(t), newHiringSite(t)
	o.crawls(t, crawler.Settings{Contact: "ops@example.com"})
	_, err := o.db.Targets.Put(t.Context(), []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: site.URL + "/jobs"}}, "test", o.clock.Now())
	must(t, err)
	crawl := func(times, jobs int) scorer.FactorScore {
		t.Helper()
		site.body = listed(0, jobs)
		for range times {
			_, err := o.runner.Run(t.Context(), "T1", "schedule")
			must(t, err)
			o.clock.advance(5 * 24 * time.Hour)
		}
		return o.newest(t, "D1").Factors.Hiring
	}
	low := func(f scorer.FactorScore) bool { return f.Band != nil && *f.Band == scorer.BandLow }
	if f := crawl(11, 13); !low(f) {
		t.Fatalf("before: %+v", f)
	}
	if f := crawl(2, 4); low(f) || f.Reason != signals.ReasonFell {
		t.Fatalf("it fell: %+v", f)
	}
	runs, err := o.db.Runs.List(t.Context(), "T1", "", 2)
	must(t, err)
	d := &desk.Desk{Targets: o.db.Targets, Runs: o.db.Runs, Clock: o.clock.Now}
	if _, err := d.ConfirmFall(t.Context(), "T1", runs[1].ID, "seen", "ann"); err == nil {
		t.Error("an older run than the newest was confirmed")
	}
	if _, err := d.ConfirmFall(t.Context(), "T1", runs[0].ID, " ", "ann"); err == nil {
		t.Error("confirmed without a note")
	}
	before := o.clock.Now()
	o.clock.advance(time.Hour)
	target, err := d.ConfirmFall(t.Context(), "T1", runs[0].ID, "four jobs, no more", "ann")
	must(t, err)
	if s := target.FallSeen; s.By != "ann" || s.From != 13 || s.To != 4 {
		t.Errorf("kept %+v", s)
	}
	if old, err := o.db.Targets.Get(t.Context(), "T1", before); err != nil || old.FallSeen != nil {
		t.Errorf("before it was said: %+v, %v", old.FallSeen, err)
	}
	if f := crawl(1, 4); !low(f) {
		t.Errorf("after it was confirmed: %+v", f)
	}
	if f := crawl(1, 1); low(f) || f.Reason != signals.ReasonFell {
		t.Errorf("a deeper fall: %+v", f)
	}
}
