package backtest

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// Past is where a draft policy would have judged otherwise than the policies that were in
// force: at the screens of deals that have ended, and at the machine's own decisions.
type Past struct {
	Screens    int          `json:"screens"`   // deals that both judged, each at its screen
	Changes    []PastChange `json:"changes"`   // those that they judge otherwise
	Decisions  int          `json:"decisions"` // the machine's freezes and proposals
	NotMade    []PastChange `json:"not_made"`  // those at which the draft sees no pattern that freezes
	ByCurrency []PastSum    `json:"by_currency"`
	ByOwner    []PastSum    `json:"by_owner"`
	ByRegion   []PastSum    `json:"by_region"`
}

// PastChange is one instant at which a draft judges a deal otherwise.
type PastChange struct {
	DealID   string          `json:"deal_id"`
	At       time.Time       `json:"at"`
	Owner    string          `json:"owner"`
	Region   string          `json:"region"`
	Amount   decimal.Decimal `json:"amount"` // as it was then
	Currency string          `json:"currency"`
	Version  int             `json:"policy_version"` // of the policy that was in force
	Base     Judged          `json:"base"`
	Draft    Judged          `json:"draft"`
	Result   signals.Result  `json:"result,omitempty"` // what became of it; absent while it is open
}

// Judged is what a policy makes of a deal at an instant.
type Judged struct {
	Diagnosis scorer.Diagnosis `json:"diagnosis"`
	Flagged   bool             `json:"flagged"`
	Freezes   bool             `json:"freezes"`
}

// JudgedBy reads an evaluation.
func JudgedBy(e scorer.Evaluation) Judged { return Judged{e.Diagnosis, e.Flagged, e.Freezes} }

// PastSum sums the changes of one owner, region or, with an empty name, of all, in one
// currency.
type PastSum struct {
	Name      string       `json:"name"`
	Currency  string       `json:"currency"`
	Flagged   scorer.Tally `json:"flagged"` // by the draft only
	Of        PastResults  `json:"flagged_results"`
	Unflagged scorer.Tally `json:"unflagged"` // by what was in force only
	Un        PastResults  `json:"unflagged_results"`
	NotMade   scorer.Tally `json:"not_made"` // freezes and proposals
}

// PastResults is what became of the deals of a tally.
type PastResults struct {
	Won  scorer.Tally `json:"won"`
	Lost scorer.Tally `json:"lost"` // or cancelled
}

// NewPast begins a comparison.
func NewPast() *Past {
	return &Past{Changes: []PastChange{}, NotMade: []PastChange{}, ByCurrency: []PastSum{}, ByOwner: []PastSum{}, ByRegion: []PastSum{}}
}

// AddScreen adds the screen of a deal that has ended.
func (p *Past) AddScreen(c PastChange) {
	p.Screens++
	if c.Base.Flagged == c.Draft.Flagged && c.Base.Freezes == c.Draft.Freezes {
		return
	}
	p.Changes = append(p.Changes, c)
	if c.Base.Flagged != c.Draft.Flagged {
		p.count(c, func(s *PastSum) { s.screen(c) })
	}
}

// screen counts a deal that one of the two flags.
func (s *PastSum) screen(c PastChange) {
	tally, results := &s.Flagged, &s.Of
	if c.Base.Flagged {
		tally, results = &s.Unflagged, &s.Un
	}
	tally.Add(c.Amount)
	if c.Result.Won() {
		results.Won.Add(c.Amount)
	} else {
		results.Lost.Add(c.Amount)
	}
}

// AddDecision adds a freeze or a proposal of the machine.
func (p *Past) AddDecision(c PastChange) {
	p.Decisions++
	if c.Draft.Freezes {
		return
	}
	p.NotMade = append(p.NotMade, c)
	p.count(c, func(s *PastSum) { s.NotMade.Add(c.Amount) })
}

// count adds a change to the sums that it belongs to.
func (p *Past) count(c PastChange, add func(*PastSum)) {
	for _, of := range []struct {
		list *[]PastSum
		name string
	}{{&p.ByCurrency, ""}, {&p.ByOwner, c.Owner}, {&p.ByRegion, c.Region}} {
		add(sumIn(of.list, of.name, c.Currency))
	}
}

// sumIn is a row in a list that is sorted by name and currency.
func sumIn(list *[]PastSum, name, currency string) *PastSum {
	i, found := slices.BinarySearchFunc(*list, PastSum{Name: name, Currency: currency}, func(a, b PastSum) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Currency, b.Currency))
	})
	if !found {
		*list = slices.Insert(*list, i, PastSum{Name: name, Currency: currency})
	}
	return &(*list)[i]
}
