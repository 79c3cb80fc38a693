package clocks

import (
	"fmt"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// sites are n sites of networks of their own that say the clock is off by so much.
func sites(first, n int, off time.Duration, bound Bound) []Statement {
	var said []Statement
	for i := first; i < first+n; i++ {
		said = append(said, Statement{Site: fmt.Sprintf("s%d.com", i), Network: fmt.Sprintf("10.0.%d.0/24", i), Time: now.Add(off + time.Duration(i)*time.Second), Bound: bound})
	}
	return said
}

func all(groups ...[]Statement) []Statement {
	var said []Statement
	for _, g := range groups {
		said = append(said, g...)
	}
	return said
}

func TestClockIsWrongOnlyByWhatManySay(t *testing.T) {
	same := func(said []Statement, change func(*Statement)) []Statement {
		for i := range said {
			change(&said[i])
		}
		return said
	}
	day := 24 * time.Hour
	for _, c := range []struct {
		name  string
		said  []Statement
		wrong bool
	}{
		{"nobody says anything", nil, false},
		{"all agree with it", sites(0, 20, 0, Exact), false},
		{"five say that it is a day ahead", sites(0, 5, -day, Exact), true},
		{"four do", sites(0, 4, -day, Exact), false},
		{"five say that it is a day behind", sites(0, 5, day, Exact), true},
		{"half an hour is no matter", sites(0, 20, 30*time.Minute, Exact), false},
		{"one lies among many", all(sites(0, 1, day, Exact), sites(1, 20, 0, Exact)), false},
		{"one lies, and the clock is wrong", all(sites(0, 1, 0, Exact), sites(1, 5, -day, Exact)), true},
		{"one that lies is the fifth", all(sites(0, 1, -3*day, Exact), sites(1, 4, -day, Exact)), false},
		{"a quarter that agrees does not save it", all(sites(0, 5, 0, Exact), sites(5, 15, -day, Exact)), true},
		{"a third that agrees does", all(sites(0, 5, 0, Exact), sites(5, 10, -day, Exact)), false},
		{"each says another time", all(sites(0, 1, -day, Exact), sites(1, 1, -2*day, Exact), sites(2, 1, -3*day, Exact), sites(3, 1, -4*day, Exact), sites(4, 1, -5*day, Exact)), false},
		{"some say ahead, some behind", all(sites(0, 5, -day, Exact), sites(5, 5, day, Exact)), false},
		{"many hosts of one owner are one", same(sites(0, 20, -day, Exact), func(s *Statement) { s.Site = "ats.com" }), false},
		{"many owners on one machine are one", same(sites(0, 20, -day, Exact), func(s *Statement) { s.Network = "10.1.1.0/24" }), false},
		{"where networks are not known, owners count", same(sites(0, 20, -day, Exact), func(s *Statement) { s.Network = "" }), true},
		{"all certificates have expired", sites(0, 6, -30*day, NotLater), true},
		{"one has, as happens", all(sites(0, 1, -30*day, NotLater), sites(1, 4, 0, Exact)), false},
		{"those that expired, and the times of others, fit", all(sites(0, 3, -30*day, NotLater), sites(3, 3, -60*day, Exact)), true},
		{"those that expired before the time of others do not count with them", all(sites(0, 3, -90*day, NotLater), sites(3, 3, -60*day, Exact)), false},
		{"none is valid yet", sites(0, 6, 30*day, NotEarlier), true},
	} {
		if v := Judge(c.said, now); v.Wrong != c.wrong {
			t.Errorf("%s: %+v, want wrong %t", c.name, v, c.wrong)
		}
	}
}

func TestVerdictNamesTheTime(t *testing.T) {
	v := Judge(all(sites(0, 8, -48*time.Hour, Exact), sites(8, 2, 0, Exact)), now)
	if v.Sites != 8 || v.Of != 10 || v.Time.Sub(now.Add(-48*time.Hour)).Abs() > Together {
		t.Errorf("got %+v", v)
	}
}

// machine is a clock that is set, and a count of time that is not.
type machine struct {
	now    time.Time
	passed time.Duration
}

func (m *machine) watch() *Watch {
	return NewWatch(func() time.Time { return m.now }, func() time.Duration { return m.passed })
}

func (m *machine) wait(d time.Duration) { m.now, m.passed = m.now.Add(d), m.passed+d }

func TestWatchBelievesAClockThatIsSetRight(t *testing.T) {
	m := &machine{now: now.Add(72 * time.Hour)}
	w := m.watch()
	for i := range 6 {
		m.wait(time.Minute)
		w.Heard(fmt.Sprintf("https://jobs.s%d.com/x", i), fmt.Sprintf("192.0.%d.1:443", i), m.now.Add(-72*time.Hour), Exact)
		if v := w.Verdict(); v.Wrong != (i >= Least-1) {
			t.Errorf("after %d sites: %+v", i+1, v)
		}
	}
	m.wait(time.Hour)
	if v := w.Verdict(); !v.Wrong || v.Time.Sub(m.now.Add(-72*time.Hour)).Abs() > Together {
		t.Errorf("an hour later: %+v, by the clock %v", v, m.now)
	}
	m.now = m.now.Add(-72 * time.Hour)
	if v := w.Verdict(); v.Wrong || v.Of != 6 {
		t.Errorf("after it was set right: %+v", v)
	}
	m.wait(25 * time.Hour)
	w.Heard("https://s9.com/", "192.0.9.1:443", m.now, Exact)
	if v := w.Verdict(); v.Of != 1 {
		t.Errorf("after a day: %+v", v)
	}
}

func TestWatchIsBoundedAndListensToASiteNowAndThen(t *testing.T) {
	m := &machine{now: now}
	w := m.watch()
	for i := range 2 * mostSites {
		w.Heard(fmt.Sprintf("https://s%d.com/", i), "", m.now, Exact)
	}
	w.Heard("no address \x00", "", m.now, Exact)
	if len(w.heard) != mostSites || w.heard[0].Site != fmt.Sprintf("s%d.com", mostSites) {
		t.Errorf("%d are remembered, the first %+v", len(w.heard), w.heard[0])
	}
	w.Heard("https://s1000.com/", "", m.now.AddDate(1, 0, 0), Exact)
	if last := w.heard[len(w.heard)-1]; last.Site != "s1023.com" || last.Time != m.now {
		t.Errorf("a site was listened to twice: %+v", last)
	}
	m.wait(again)
	w.Heard("https://s1000.com/", "", m.now, Exact)
	if last := w.heard[len(w.heard)-1]; last.Site != "s1000.com" || len(w.heard) != mostSites {
		t.Errorf("later it is %+v", last)
	}
}
