package signals

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Award is a notice that a customer gave, for what a deal sells, a project to somebody:
// a reason to look at the deal that stands apart from the three factors.
type Award struct {
	Notice  SignalRef
	Project string // its number, else its title
	Winners []string
	Amount  *decimal.Decimal // whole units of Currency; nil where it is not stated
	// Currency is an ISO 4217 code.
	Currency string
	Final    bool     // false for candidates (候选人公示)
	Words    []string // the deal's keywords that stand in the project
}

// Awarded lists the customer's awards and contracts for what a deal sells, one a
// project, that were published in the window before an instant, newest first. Of several
// notices of a project the newest that names a winner speaks.
func Awarded(h TenderHistory, deal Deal, r TenderRules, asOf time.Time) []Award {
	h = h.until(asOf)
	window := windowBefore(asOf, r.WindowDays)
	var awards []Award
	for _, d := range demandsOf(h, deal) {
		if !d.relevance.Related {
			continue
		}
		if a, found := d.award(window); found {
			awards = append(awards, a)
		}
	}
	slices.SortStableFunc(awards, func(a, b Award) int {
		return cmp.Or(b.Notice.Date.Start().Compare(a.Notice.Date.Start()), cmp.Compare(a.Notice.TargetID, b.Notice.TargetID), cmp.Compare(a.Notice.ID, b.Notice.ID))
	})
	return awards
}

// award is the newest award of the project in a window.
func (d demand) award(w dayWindow) (Award, bool) {
	var newest Award
	found := false
	refs := d.refs(w)
	for i, n := range d.project.Notices {
		given := n.Notice.Type == NoticeAward || n.Notice.Type == NoticeContract
		if !given || !n.Match.Counts() || !w.holds(dayOf(n.Notice)) {
			continue
		}
		if found && len(n.Notice.Winners) == 0 && len(newest.Winners) > 0 {
			continue
		}
		newest, found = Award{
			Notice: refs[i], Project: cmp.Or(d.project.Number, d.project.Title), Winners: n.Notice.Winners,
			Amount: n.Notice.Amount, Currency: n.Notice.Currency,
			Final: !strings.Contains(n.Notice.Title, "候选"), Words: d.relevance.Words,
		}, true
	}
	return newest, found
}
