package schedules

import (
	"container/heap"
	"sync"
	"time"
)

// start is a run that is to begin.
type start struct {
	target  string
	trigger string
	planned time.Time // by the scheduler's clock
	at      time.Time // not before, by the machine's count of time
	cut     string    // the run that was cut off, which is to be closed; "" where it is another one
}

// agenda are the runs that are to begin, at most one for each target: the one that is there
// already will be the one.
type agenda struct {
	mu     sync.Mutex
	starts byTime
	known  map[string]bool // targets that have a start, or whose run waits for a place
}

func newAgenda() *agenda { return &agenda{known: make(map[string]bool)} }

// add enters a start.
func (a *agenda) add(s start) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.known[s.target] {
		a.known[s.target] = true
		heap.Push(&a.starts, s)
	}
}

// due takes out the starts whose time has come, and says when the next one's comes; zero
// where there is none. Their targets stay known until begun is called.
func (a *agenda) due(now time.Time) (due []start, next time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.starts) > 0 && !a.starts[0].at.After(now) {
		due = append(due, heap.Pop(&a.starts).(start))
	}
	if len(a.starts) > 0 {
		next = a.starts[0].at
	}
	return due, next
}

// begun says that a target's run begins, or does not: another may be planned.
func (a *agenda) begun(target string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.known, target)
}

// byTime is a heap of starts, the earliest first.
type byTime []start

func (b byTime) Len() int           { return len(b) }
func (b byTime) Less(i, j int) bool { return b[i].at.Before(b[j].at) }
func (b byTime) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func (b *byTime) Push(s any)        { *b = append(*b, s.(start)) }

func (b *byTime) Pop() any {
	last := len(*b) - 1
	s := (*b)[last]
	*b = (*b)[:last]
	return s
}
