package schedules

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestPlacesAreSharedOut(t *testing.T) {
	for _, c := range []struct {
		workers, concurrency int
		want                 Places
	}{
		{64, 1, Places{64, 8, 2}},
		{16, 1, Places{16, 2, 1}},
		{1, 1, Places{1, 1, 1}},
		{4, 2, Places{4, 2, 2}},
		{16, 16, Places{16, 16, 16}},
		{2, 5, Places{2, 2, 2}},
	} {
		if got := PlacesOf(c.workers, c.concurrency); got != c.want {
			t.Errorf("%d workers, %d requests to a host: %+v, want %+v", c.workers, c.concurrency, got, c.want)
		}
	}
}

// taken takes as many jobs as have a place, and names their addresses.
func taken(l *lines) (jobs []*Job, names string) {
	var all []string
	for job := l.take(); job != nil; job = l.take() {
		jobs = append(jobs, job)
		all = append(all, strings.TrimPrefix(job.URL, "http://"))
	}
	return jobs, strings.Join(all, " ")
}

func TestWhoWaitedLongestAndSitesInTurnGetPlaces(t *testing.T) {
	l := newLines(Places{All: 6, Site: 3, Host: 2})
	for i := range 5 {
		l.join(&Job{URL: fmt.Sprintf("http://x.big.com/%d", i)}, false)
	}
	for _, address := range []string{"y.big.com/5", "small.com/6", "other.com/7"} {
		l.join(&Job{URL: "http://" + address}, false)
	}
	jobs, names := taken(l)
	if names != "x.big.com/0 x.big.com/1 small.com/6 y.big.com/5 other.com/7" {
		t.Fatalf("first: %s", names)
	}
	l.join(&Job{URL: "http://small.com/8"}, false)
	l.leave(jobs[0])
	if _, names := taken(l); names != "x.big.com/2 small.com/8" && names != "small.com/8 x.big.com/2" {
		t.Errorf("after a run of the host with the oldest job ended: %s", names)
	}
	l.join(&Job{URL: "http://y.big.com/now"}, true)
	if _, names := taken(l); names != "" {
		t.Errorf("beyond the bounds: %s", names)
	}
	l.leave(jobs[1])
	if _, names := taken(l); names != "y.big.com/now" {
		t.Errorf("what a person asked for does not come first: %s", names)
	}
}

func TestManyCrowdedSitesLeaveRoomForOthers(t *testing.T) {
	l := newLines(Places{All: 8, Site: 2, Host: 1})
	for i := range 100 {
		l.join(&Job{URL: fmt.Sprintf("http://crowded%d.com/%d", i%10, i)}, false)
	}
	for i := range 8 {
		l.join(&Job{URL: fmt.Sprintf("http://single%d.com/", i)}, false)
	}
	var running []*Job
	single := 0
	for round := range 40 {
		jobs, _ := taken(l)
		running = append(running, jobs...)
		for _, job := range jobs {
			if strings.Contains(job.URL, "single") {
				single++
			}
		}
		l.leave(running[0])
		running = running[1:]
		if round == 39 && single != 8 {
			t.Errorf("%d of 8 sites with one target had a place before half of the others' runs ended", single)
		}
	}
}

func TestLinesForgetSitesThatNobodyWaitsFor(t *testing.T) {
	l := newLines(Places{All: 3, Site: 1, Host: 1})
	for i := range 1000 {
		l.join(&Job{URL: fmt.Sprintf("http://h%d.com/", i)}, false)
	}
	for n := 0; n < 1000; {
		jobs, _ := taken(l)
		for _, job := range jobs {
			l.leave(job)
		}
		n += len(jobs)
	}
	if len(l.sites)+len(l.hosts)+len(l.turns)+l.running > 0 {
		t.Errorf("%d sites, %d hosts, %d turns, %d running are left", len(l.sites), len(l.hosts), len(l.turns), l.running)
	}
}

func TestJobsAreDoneUntilOneFails(t *testing.T) {
	places, wrong := Places{All: 2, Site: 1, Host: 1}, errors.New("wrong")
	done := make(chan int, 100)
	jobs := make([]Job, 10)
	for i := range jobs {
		jobs[i] = Job{URL: fmt.Sprintf("http://h%d.com/", i%3), Work: func(context.Context) error { done <- i; return nil }}
	}
	if err := places.Do(t.Context(), jobs); err != nil || len(done) != len(jobs) {
		t.Errorf("%d jobs were done, %v", len(done), err)
	}
	jobs[0].Work = func(context.Context) error { return wrong }
	if err := places.Do(t.Context(), jobs); !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	jobs[0].Work = func(context.Context) error { cancel(); return nil }
	if err := places.Do(ended, jobs); !errors.Is(err, context.Canceled) {
		t.Errorf("after the context ended: %v", err)
	}
}

func TestAgendaGivesStartsInTimeAndOneForATarget(t *testing.T) {
	a, now := newAgenda(), time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	for i, minutes := range []int{5, 1, 3, 1, 9} {
		a.add(start{target: fmt.Sprint("T", i%4), at: now.Add(time.Duration(minutes) * time.Minute)}) // T0 twice
	}
	due, next := a.due(now)
	if len(due) != 0 || next != now.Add(time.Minute) {
		t.Errorf("at once %v, next at %v", due, next)
	}
	due, next = a.due(now.Add(4 * time.Minute))
	var targets []string
	for _, s := range due {
		targets = append(targets, s.target)
	}
	slices.Sort(targets)
	if strings.Join(targets, " ") != "T1 T2 T3" || next != now.Add(5*time.Minute) {
		t.Errorf("after 4 minutes %v, next at %v", targets, next)
	}
	a.add(start{target: "T1", at: now})
	if again, _ := a.due(now.Add(4 * time.Minute)); len(again) != 0 {
		t.Errorf("%v is planned though it waits for a place", again)
	}
	a.begun("T1")
	a.add(start{target: "T1", at: now})
	if again, _ := a.due(now.Add(4 * time.Minute)); len(again) != 1 {
		t.Error("a target whose run began cannot be planned again")
	}
}
