package clocks

import (
	"slices"
	"time"
)

const (
	// Far is by how much the machine's clock must differ from the sites' for it to matter.
	Far = time.Hour
	// Together is within how much of each other sites must be that say the same.
	Together = 10 * time.Minute
	// Least is the least number of sites on whose word the clock is not believed.
	Least = 5
)

// Bound says how a statement limits the time.
type Bound int

const (
	Exact      Bound = iota // by a Date header: the time is about this
	NotLater                // by a certificate that has expired: it is this, or earlier
	NotEarlier              // by one that is not valid yet: it is this, or later
)

// Statement is what a site said of the time.
type Statement struct {
	Site    string // what one owner registered
	Network string // that answered; "" where it is not known
	Time    time.Time
	Bound   Bound
}

// Verdict is what sites say of the machine's clock.
type Verdict struct {
	Wrong bool
	Sites int       // that say so, together
	Of    int       // independent sites heard
	Time  time.Time // about, by them
}

// Judge holds a clock that says now against what sites said; of each site, and of each
// network, the first statement counts. The clock is wrong where at least five, and three
// quarters of all, say together that it is more than an hour ahead, or behind. One that lies
// has no effect: neither can it make the clock wrong nor right.
func Judge(said []Statement, now time.Time) Verdict {
	said = independent(said)
	v := Verdict{Of: len(said)}
	for _, group := range [][]Statement{ahead(said, now), behind(said, now)} {
		at, n := together(group)
		if n >= Least && 4*n >= 3*len(said) {
			return Verdict{Wrong: true, Sites: n, Of: len(said), Time: at}
		}
	}
	return v
}

func independent(said []Statement) []Statement {
	sites, networks := make(map[string]bool), make(map[string]bool)
	var kept []Statement
	for _, s := range said {
		if sites[s.Site] || s.Network != "" && networks[s.Network] {
			continue
		}
		sites[s.Site], networks[s.Network] = true, true
		kept = append(kept, s)
	}
	return kept
}

// ahead are the statements by which a clock that says now is far ahead.
func ahead(said []Statement, now time.Time) []Statement {
	return filter(said, func(s Statement) bool { return s.Bound != NotEarlier && now.Sub(s.Time) > Far })
}

// behind are the statements by which a clock that says now is far behind.
func behind(said []Statement, now time.Time) []Statement {
	return filter(said, func(s Statement) bool { return s.Bound != NotLater && s.Time.Sub(now) > Far })
}

func filter(said []Statement, which func(Statement) bool) []Statement {
	return slices.DeleteFunc(slices.Clone(said), func(s Statement) bool { return !which(s) })
}

// together is the time that most of a group say, and how many agree with it: those whose
// times are within ten minutes, and those whose bounds it keeps. Where only bounds were
// given, it is the tightest that can be told: the bound that goes farthest.
func together(group []Statement) (at time.Time, n int) {
	times := exact(group)
	for i, from := range times {
		here := 0
		for _, t := range times[i:] {
			if t.Sub(from) <= Together {
				here++
			}
		}
		for _, s := range group {
			if s.Bound == NotLater && !from.After(s.Time) || s.Bound == NotEarlier && !from.Before(s.Time) {
				here++
			}
		}
		if here > n {
			at, n = from, here
		}
	}
	if len(times) > 0 || len(group) == 0 {
		return at, n
	}
	return farthest(group), len(group)
}

func exact(group []Statement) []time.Time {
	var times []time.Time
	for _, s := range group {
		if s.Bound == Exact {
			times = append(times, s.Time)
		}
	}
	slices.SortFunc(times, time.Time.Compare)
	return times
}

// farthest is the bound that leaves the least room. All are of one kind, for a group is on
// one side of the clock.
func farthest(group []Statement) time.Time {
	found := group[0].Time
	for _, s := range group {
		if s.Bound == NotLater && s.Time.Before(found) || s.Bound == NotEarlier && s.Time.After(found) {
			found = s.Time
		}
	}
	return found
}
