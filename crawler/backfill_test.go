package crawler

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

// longList is a list of notices, two a page, newest first, one for each day back from
// 2026-11-24. A part of it can be taken off its beginning or put before it.
type longList struct {
	notices []string
	linked  bool // by next links, not by a number in the target's address
	broken  int  // this page is missing
}

func newLongList(n int) *longList {
	l := &longList{}
	day := signals.Date{Year: 2026, Month: 11, Day: 24}
	for i := range n {
		l.notices = append(l.notices, fmt.Sprintf("notice n%d T%d %s", i, i, day.AddDays(-i)))
	}
	return l
}

func (l *longList) serve(s *site) {
	for page := 1; page <= 60; page++ {
		s.handle("/list?page="+strconv.Itoa(page), func(w http.ResponseWriter, r *http.Request) {
			first := 2 * (page - 1)
			if page == l.broken {
				http.NotFound(w, r)
				return
			}
			if first >= len(l.notices) {
				fmt.Fprint(w, "empty")
				return
			}
			fmt.Fprintln(w, strings.Join(l.notices[first:min(first+2, len(l.notices))], "\n"))
			if l.linked && first+2 < len(l.notices) {
				fmt.Fprintf(w, "next /list?page=%d\n", page+1)
			}
		})
	}
}

func (l *longList) grow(id, day string) {
	l.notices = append([]string{fmt.Sprintf("notice %s New %s", id, day)}, l.notices...)
}

// pagesOf lists the numbers of the pages asked for.
func pagesOf(s *site) string { return strings.ReplaceAll(s.paths(), "/list?page=", "") }

func TestALongListIsReadOverSeveralRuns(t *testing.T) {
	for name, linked := range map[string]bool{"by its next links": true, "by number": false} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Settings{MaxPages: 4})
			s := w.site()
			l := newLongList(20)
			l.linked = linked
			l.serve(s)
			target := signals.Target{ID: "t", Kind: signals.KindTender, URL: s.URL + "/list?page={page}"}
			if linked {
				target.URL = s.URL + "/list?page=1"
			}
			run := func(id, want string, complete bool) Result {
				t.Helper()
				return w.oneRun(s, target, id, want, complete)
			}
			run("a", "1 2 3 4", false)
			l.grow("x", "2026-11-24")
			run("b", "1 2 4 5", false) // the second page is known; the fourth was the last one read
			w.watch.pass(24 * time.Hour)
			run("c", "1 2 5 6", false) // the first page is of the day of run b: more of that day may follow
			w.watch.pass(24 * time.Hour)
			run("d", "1 6 7 8", false)
			r := run("e", "1 8 9 10", false)
			if !strings.Contains(r.Run.Problem, "the next run goes on there") {
				t.Errorf("problem %q", r.Run.Problem)
			}
			last := "1 10 11"
			if !linked { // the number behind the last page has to be asked for
				last += " 12"
			}
			run("f", last, true)
			run("g", "1", true)
			if len(w.memory.notices) != 21 {
				t.Errorf("%d notices are known, want 21", len(w.memory.notices))
			}
		})
	}
}

// oneRun crawls an hour after the one before, and says which pages it is to ask for.
func (w *world) oneRun(s *site, target signals.Target, id, want string, complete bool) Result {
	w.t.Helper()
	s.forget()
	w.watch.pass(time.Hour)
	r, err := w.Run(w.t.Context(), target, signals.Run{ID: id, TargetID: target.ID, StartedAt: w.watch.now()})
	if err != nil {
		w.t.Fatal(err)
	}
	w.memory.commit(r)
	if pagesOf(s) != want || r.Run.Complete != complete {
		w.t.Errorf("run %s asked for %s (complete %v), want %s; %+v", id, pagesOf(s), r.Run.Complete, want, r.Run)
	}
	return r
}

func TestAnUnfinishedWalkIsMetOrKept(t *testing.T) {
	start := func(t *testing.T, limit int) (*world, *site, *longList, signals.Target) {
		w := newWorld(t, Settings{MaxPages: limit})
		s := w.site()
		l := newLongList(16)
		l.serve(s)
		return w, s, l, signals.Target{ID: "t", Kind: signals.KindTender, URL: s.URL + "/list?page={page}"}
	}
	t.Run("a page in trouble is where the next run goes on", func(t *testing.T) {
		w, s, l, target := start(t, 50)
		l.broken = 5
		w.oneRun(s, target, "a", "1 2 3 4 5", false)
		l.broken = 0
		w.oneRun(s, target, "b", "1 4 5 6 7 8 9", true)
	})
	t.Run("a run that fails before it meets the walk does not lose it, nor passes for having met it", func(t *testing.T) {
		w, s, l, target := start(t, 6)
		w.oneRun(s, target, "a", "1 2 3 4 5 6", false)
		for i := range 4 {
			l.grow(fmt.Sprint("x", i), "2026-11-24")
		}
		l.broken = 2
		w.oneRun(s, target, "b", "1 2", false)
		l.broken = 0
		w.watch.pass(24 * time.Hour)
		w.oneRun(s, target, "c", "1 2 3 6 7 8", false) // what follows the third page is older than run a
		if len(w.memory.notices) != 16 {
			t.Errorf("%d notices are known, want all four new ones and those of six pages", len(w.memory.notices))
		}
	})
	t.Run("a list that changed where the walk stopped is read from its beginning", func(t *testing.T) {
		w, s, l, target := start(t, 4)
		w.oneRun(s, target, "a", "1 2 3 4", false)
		l.notices = append(l.notices[:4:4], l.notices[8:]...) // four were taken away
		if r := w.oneRun(s, target, "b", "1 4", false); r.Run.Truncated != truncatedGap {
			t.Errorf("run %+v", r.Run)
		}
		w.oneRun(s, target, "c", "1 2 3 4", false)
	})
	t.Run("a changed target begins anew", func(t *testing.T) {
		w, s, _, target := start(t, 4)
		w.oneRun(s, target, "a", "1 2 3 4", false)
		target.Reading.Render = "browser"
		w.oneRun(s, target, "b", "1 2 3 4", false)
	})
}

func TestAListThatShowsNothingOfTheDaysThatCountIsNoMeasurement(t *testing.T) {
	w := newWorld(t, Settings{})
	s := w.site()
	s.page("/list", "notice 1 A 2026-08-20", "notice 2 B 2026-08-21")
	for range 2 { // the second time the page is as it was
		if r := w.crawl(tenderTarget(s)); r.Run.Complete || r.Run.Truncated != truncatedSilent {
			t.Errorf("run %+v", r.Run)
		}
	}
	s.page("/list", "empty") // by its own word, as a site answers whose filter fails
	if r := w.crawl(tenderTarget(s)); r.Run.Complete || r.Run.Truncated != truncatedSilent || r.Run.Outcome != signals.OutcomeEmpty {
		t.Errorf("run %+v", r.Run)
	}
	s.page("/list", "notice 1 A 2026-08-20", "notice 2 B 2026-08-21", "notice 3 C 2026-11-20")
	if r := w.crawl(tenderTarget(s)); !r.Run.Complete {
		t.Errorf("run %+v", r.Run)
	}
}
