package backtest

import (
	"cmp"
	"hash/fnv"
	"slices"
	"time"
)

// How a history was cut into what is learnt from and what is tested on.
const (
	ByTime = "time"
	ByHash = "hash" // by the hash of the id, where no case has a time: it says nothing about other times
)

// testPart is one in how many cases are for the test.
const testPart = 5

// Split says how the history was cut.
type Split struct {
	By    string     `json:"by"`
	At    *time.Time `json:"at,omitempty"` // deals scored from then on are the test
	Train int        `json:"train"`
	Test  int        `json:"test"`
	// Between is deals that were scored before At and ended after it: what became of them was
	// not known when the first deal of the test was scored, so nothing may be learnt from them.
	Between int `json:"between"`
}

// scoredAt is when a case was scored, or when it ended where nobody knows.
func scoredAt(c Case) time.Time {
	if c.ScoredAt.IsZero() {
		return c.ClosedAt
	}
	return c.ScoredAt
}

// knownAt is when the outcome of a case could be known.
func knownAt(c Case) time.Time {
	if c.ClosedAt.IsZero() {
		return c.ScoredAt
	}
	return c.ClosedAt
}

// split takes the newest fifth for the test, and of the others those whose outcome was known
// before the first of it was scored. Cases are given in a fixed order.
func split(cases []Case) (train, test []Case, s Split) {
	slices.SortStableFunc(cases, func(a, b Case) int {
		return cmp.Or(scoredAt(a).Compare(scoredAt(b)), cmp.Compare(a.ID, b.ID))
	})
	if len(cases) == 0 {
		return nil, nil, Split{By: ByTime}
	}
	if scoredAt(cases[len(cases)-1]).IsZero() {
		return splitByHash(cases)
	}
	at := scoredAt(cases[len(cases)-max(1, len(cases)/testPart)]).UTC()
	s = Split{By: ByTime, At: &at}
	for _, c := range cases {
		switch {
		case !scoredAt(c).Before(at):
			test = append(test, c)
		case knownAt(c).Before(at):
			train = append(train, c)
		default:
			s.Between++
		}
	}
	s.Train, s.Test = len(train), len(test)
	return train, test, s
}

// splitByHash takes a fifth that no order of the table can bend.
func splitByHash(cases []Case) (train, test []Case, s Split) {
	for _, c := range cases {
		h := fnv.New32a()
		h.Write([]byte(c.ID)) // a hash.Hash never fails
		if h.Sum32()%testPart == 0 {
			test = append(test, c)
		} else {
			train = append(train, c)
		}
	}
	return train, test, Split{By: ByHash, Train: len(train), Test: len(test)}
}

// ordered leaves out cases that were scored after they had ended, and those without any time
// among others that have one: both could let the outcome into the score.
func ordered(cases []Case) (kept []Case, skipped []Skipped) {
	dated := slices.ContainsFunc(cases, func(c Case) bool { return !scoredAt(c).IsZero() })
	late, undated := 0, 0
	for _, c := range cases {
		switch {
		case dated && scoredAt(c).IsZero():
			undated++
		case !c.ScoredAt.IsZero() && !c.ClosedAt.IsZero() && c.ScoredAt.After(c.ClosedAt):
			late++
		default:
			kept = append(kept, c)
		}
	}
	if late > 0 {
		skipped = append(skipped, Skipped{ScoredAfter, late})
	}
	if undated > 0 {
		skipped = append(skipped, Skipped{Undated, undated})
	}
	return kept, skipped
}
