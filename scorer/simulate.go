package scorer

import (
	"slices"
	"strings"
	"time"

	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// Simulation tells what a draft policy would do to deals, beside what the policy in force
// does with the same data.
type Simulation struct {
	AsOf        time.Time         `json:"as_of"`
	BaseVersion int               `json:"base_version"` // of the policy in force
	Deals       int               `json:"deals"`
	Same        int               `json:"same"` // deals that both treat alike
	Changes     []SimulatedChange `json:"changes"`
	ByCurrency  []Affected        `json:"by_currency"`
	ByOwner     []Affected        `json:"by_owner"`
	ByRegion    []Affected        `json:"by_region"`

	base, draft Policy
	rounds      int // evaluations that settle a deal under either policy
}

// SimulatedChange is a deal that the draft treats otherwise.
type SimulatedChange struct {
	DealID   string          `json:"deal_id"`
	Owner    string          `json:"owner"`
	Region   string          `json:"region"`
	Amount   decimal.Decimal `json:"amount"`
	Currency string          `json:"currency"`
	State    FreezeState     `json:"state"` // now
	Base     Simulated       `json:"base"`
	Draft    Simulated       `json:"draft"`
}

// Simulated is what a policy makes of a deal. State is where its freeze settles when the
// data stays as it is and no person decides.
type Simulated struct {
	Diagnosis Diagnosis   `json:"diagnosis"`
	Flagged   bool        `json:"flagged"`
	State     FreezeState `json:"state"`
}

// Affected sums the changes of one owner, region or, with an empty name, of all, in one
// currency.
type Affected struct {
	Name      string `json:"name"`
	Currency  string `json:"currency"`
	Frozen    Tally  `json:"frozen"`   // under the draft and not now in force
	Proposed  Tally  `json:"proposed"` // likewise
	Released  Tally  `json:"released"` // clear under the draft, held by what is in force
	Flagged   Tally  `json:"flagged"`
	Unflagged Tally  `json:"unflagged"`
}

// Tally is deals and their amount.
type Tally struct {
	Deals  int             `json:"deals"`
	Amount decimal.Decimal `json:"amount"`
}

// Add counts one deal more.
func (t *Tally) Add(amount decimal.Decimal) { t.Deals, t.Amount = t.Deals+1, t.Amount.Add(amount) }

// NewSimulation begins one. The draft must be valid.
func NewSimulation(base, draft Policy, asOf time.Time) *Simulation {
	draft.Version = base.Version + 1
	return &Simulation{
		AsOf: asOf, BaseVersion: base.Version, base: base, draft: draft,
		rounds:  max(base.Freeze.Confirmations, base.Freeze.ReleaseAfter, draft.Freeze.Confirmations, draft.Freeze.ReleaseAfter),
		Changes: []SimulatedChange{}, ByCurrency: []Affected{}, ByOwner: []Affected{}, ByRegion: []Affected{},
	}
}

// EvaluationsNeeded is how many earlier evaluations of a deal Add wants to see.
func (s *Simulation) EvaluationsNeeded() int {
	return max(EvaluationsNeeded(s.base), EvaluationsNeeded(s.draft))
}

// Add puts a deal through both policies. Its decisions and recent evaluations are those
// known as of the simulation's instant, oldest first.
func (s *Simulation) Add(h signals.History, decisions []Decision, recent []Evaluation) {
	s.Deals++
	base, draft := s.settle(h, decisions, recent, s.base), s.settle(h, decisions, recent, s.draft)
	if base.State == draft.State && base.Flagged == draft.Flagged {
		s.Same++
		return
	}
	change := SimulatedChange{
		DealID: h.Deal.ID, Owner: h.Deal.Owner, Region: h.Deal.Region, Amount: h.Deal.Amount, Currency: h.Deal.Currency,
		State: StateAt(decisions, s.AsOf).State, Base: base, Draft: draft,
	}
	s.Changes = append(s.Changes, change)
	s.ByCurrency = count(s.ByCurrency, "", change)
	s.ByOwner = count(s.ByOwner, change.Owner, change)
	s.ByRegion = count(s.ByRegion, change.Region, change)
}

// settle plays evaluations that find the same, a second apart so that no term runs out
// meanwhile, until the machine has seen enough of them.
func (s *Simulation) settle(h signals.History, decisions []Decision, recent []Evaluation, p Policy) Simulated {
	e := Assess(h, p, s.AsOf).Evaluation
	decisions, recent = slices.Clone(decisions), slices.Clone(recent)
	at := s.AsOf
	for range s.rounds {
		e.AsOf = at
		recent = append(recent, e)
		if d, ok := Decide(decisions, recent, Turn{MovedAt: h.Deal.CustomerSince}, p, at); ok {
			decisions = append(decisions, *d)
		}
		at = at.Add(time.Second)
	}
	return Simulated{Diagnosis: e.Diagnosis, Flagged: e.Flagged, State: StateAt(decisions, at).State}
}

// count adds a change to its row in a list that is sorted by name and currency.
func count(rows []Affected, name string, c SimulatedChange) []Affected {
	i, found := slices.BinarySearchFunc(rows, Affected{Name: name, Currency: c.Currency}, func(a, b Affected) int {
		if order := strings.Compare(a.Name, b.Name); order != 0 {
			return order
		}
		return strings.Compare(a.Currency, b.Currency)
	})
	if !found {
		rows = slices.Insert(rows, i, Affected{Name: name, Currency: c.Currency})
	}
	row := &rows[i]
	if c.Base.State != c.Draft.State {
		row.of(c.Draft.State).Add(c.Amount)
	}
	switch {
	case c.Draft.Flagged && !c.Base.Flagged:
		row.Flagged.Add(c.Amount)
	case c.Base.Flagged && !c.Draft.Flagged:
		row.Unflagged.Add(c.Amount)
	}
	return rows
}

// of is where deals are counted that the draft brings to a state.
func (a *Affected) of(state FreezeState) *Tally {
	switch state {
	case FreezeFrozen:
		return &a.Frozen
	case FreezeProposed:
		return &a.Proposed
	}
	return &a.Released
}
