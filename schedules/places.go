package schedules

import (
	"context"
	"slices"
	"sync"

	"dealvitals/signals"

	"golang.org/x/sync/errgroup"
)

// Places is how many runs are under way at a time: in all, of one site, and of one host. A
// run of a host that many ask waits for its turn most of its time: without bounds such runs
// would take every place, and those of other hosts would wait behind them.
type Places struct{ All, Site, Host int }

// PlacesOf shares places out: an eighth for a site at most, a quarter of that for a host, but
// as many for a host as it may get requests at a time.
func PlacesOf(workers, hostConcurrency int) Places {
	p := Places{All: max(workers, 1)}
	p.Host = min(max(p.All/32, hostConcurrency, 1), p.All)
	p.Site = min(max(p.All/8, p.Host), p.All)
	return p
}

// Job is a run that waits for a place.
type Job struct {
	URL  string // of the target
	Work func(ctx context.Context) error

	target     string // its id, for the scheduler's log
	site, host string
	number     int // smaller than that of every job that is to come after it
}

// Do does all jobs and returns their first error, after which no further one begins.
func (p Places) Do(ctx context.Context, jobs []Job) error {
	l := newLines(p)
	for i := range jobs {
		l.join(&jobs[i], false)
	}
	group, within := errgroup.WithContext(ctx)
	freed := make(chan struct{}, 1)
	for begun := 0; begun < len(jobs); {
		job := l.take()
		if job != nil {
			begun++
			group.Go(func() error {
				defer func() { l.leave(job); tell(freed) }()
				return job.Work(within)
			})
			continue
		}
		select {
		case <-freed:
		case <-within.Done():
			begun = len(jobs)
		}
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}

// tell puts a token into a channel that holds one.
func tell(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default: // there is one
	}
}

// lines are the runs that wait for a place, in a line for each site. Every second place goes
// to the run that has waited longest, so that a site with many targets is at work without a
// gap; the others go to the sites in turn, so that many such sites leave room for those with
// one target.
type lines struct {
	places Places

	mu      sync.Mutex
	running int
	joined  int  // jobs so far
	inTurn  bool // the newest place went to the site whose turn it was, so the next goes to who waited longest
	sites   map[string]*siteLine
	hosts   map[string]int // runs under way
	turns   []*siteLine    // that have a line, the one whose turn is next first
}

// siteLine is a site's line.
type siteLine struct {
	running int
	jobs    []*Job
}

func newLines(p Places) *lines {
	return &lines{places: p, sites: make(map[string]*siteLine), hosts: make(map[string]int)}
}

// join puts a job at the end of its site's line, or at its head.
func (l *lines) join(job *Job, first bool) {
	job.site, job.host = signals.SiteOf(job.URL)
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.sites[job.site]
	if !ok {
		s = &siteLine{}
		l.sites[job.site] = s
	}
	if len(s.jobs) == 0 {
		l.turns = append(l.turns, s)
	}
	l.joined++
	if first {
		job.number = -l.joined
		s.jobs = slices.Insert(s.jobs, 0, job)
		return
	}
	job.number = l.joined
	s.jobs = append(s.jobs, job)
}

// take gives a place to the job whose turn it is, nil where there is no place for any. Each
// job that it returns is to be ended by leave.
func (l *lines) take() *Job {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.running >= l.places.All {
		return nil
	}
	turn := l.next()
	if turn < 0 {
		return nil
	}
	l.inTurn = !l.inTurn
	s := l.turns[turn]
	i := l.mayRun(s)
	job := s.jobs[i]
	s.jobs = slices.Delete(s.jobs, i, i+1)
	if l.inTurn || len(s.jobs) == 0 {
		l.turns = slices.Delete(l.turns, turn, turn+1)
	}
	if l.inTurn && len(s.jobs) > 0 {
		l.turns = append(l.turns, s)
	}
	l.running++
	s.running++
	l.hosts[job.host]++
	return job
}

// next is the place in turns of the site that gets the next place, -1 where none may have one.
func (l *lines) next() int {
	found, least := -1, 0
	for turn, s := range l.turns {
		i := l.mayRun(s)
		switch {
		case i < 0:
		case !l.inTurn:
			return turn
		case found < 0 || s.jobs[i].number < least:
			found, least = turn, s.jobs[i].number
		}
	}
	return found
}

// mayRun is the first job of a line whose site and host have a place left, -1 where there is none.
func (l *lines) mayRun(s *siteLine) int {
	if s.running >= l.places.Site {
		return -1
	}
	return slices.IndexFunc(s.jobs, func(j *Job) bool { return l.hosts[j.host] < l.places.Host })
}

// leave gives a job's place back.
func (l *lines) leave(job *Job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running--
	if l.hosts[job.host]--; l.hosts[job.host] == 0 {
		delete(l.hosts, job.host)
	}
	s := l.sites[job.site]
	if s.running--; s.running == 0 && len(s.jobs) == 0 {
		delete(l.sites, job.site)
	}
}
