package bolt

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"time"
	"unique"

	"dealvitals/scorer"
	"dealvitals/store"

	"github.com/shopspring/decimal"
	"go.etcd.io/bbolt"
)

// standings keeps in memory where each deal stands, so that a list of deals decodes the records
// of one page only. It is filled by the first question; from then on writers name the deals that
// they change, and the next question reads those again. It takes some 280 bytes a deal.
type standings struct {
	reading chan struct{} // holds one token while somebody brings list up to date
	list    []*store.Standing

	mu      sync.Mutex
	changed map[string]bool // since list was read; nil until somebody asks
}

// note makes the next question read deals again, once the transaction is committed.
func (s *standings) note(tx *bbolt.Tx, dealIDs []string) {
	if len(dealIDs) > 0 {
		tx.OnCommit(func() { s.renew(dealIDs) })
	}
}

func (s *standings) renew(dealIDs []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		return
	}
	for _, id := range dealIDs {
		s.changed[id] = true
	}
}

// take hands over which deals have changed. Changes that are committed from here on are
// noted for the next time, so whoever takes must read in a transaction that begins later.
func (s *standings) take() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := make([]string, 0, len(s.changed))
	for id := range s.changed {
		ids = append(ids, id)
	}
	s.changed = make(map[string]bool)
	slices.Sort(ids)
	return ids
}

// Standings lists where every deal stands that was ever evaluated, in the order of their ids.
func (v *Verdicts) Standings(ctx context.Context) ([]*store.Standing, error) {
	s := &v.db.standings
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case s.reading <- struct{}{}:
	}
	defer func() { <-s.reading }()
	changed := s.take()
	list, err := v.db.standingsNow(ctx, s.list, changed)
	if err != nil {
		s.renew(changed)
		return nil, err
	}
	s.list = list
	return list, nil
}

func (db *DB) standingsNow(ctx context.Context, list []*store.Standing, changed []string) ([]*store.Standing, error) {
	if list == nil {
		return db.everyStanding(ctx)
	}
	if len(changed) == 0 {
		return list, nil
	}
	var fresh []*store.Standing
	for ids := range slices.Chunk(changed, standingsPage) {
		err := db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
			for _, id := range ids {
				one, err := db.standing(tx, id)
				if err != nil {
					return err
				}
				if one != nil {
					fresh = append(fresh, one)
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return mergeStandings(list, fresh), nil
}

// mergeStandings puts fresh ones in place of the old ones of the same deals, and adds new ones.
// Both lists are in order; the old one stays as it is, for others may be reading it.
func mergeStandings(list, fresh []*store.Standing) []*store.Standing {
	merged := make([]*store.Standing, 0, len(list)+len(fresh))
	for _, one := range fresh {
		n, found := slices.BinarySearchFunc(list, one, func(a, b *store.Standing) int { return strings.Compare(a.DealID, b.DealID) })
		merged = append(append(merged, list[:n]...), one)
		if found {
			n++
		}
		list = list[n:]
	}
	return append(merged, list...)
}

// standingsPage is how many deals are read in one transaction.
const standingsPage = 1000

func (db *DB) everyStanding(ctx context.Context) ([]*store.Standing, error) {
	all := []*store.Standing{}
	for next := (key{}); next != nil; {
		err := db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
			c := bucketEvaluations.in(tx).Cursor()
			k, _ := c.Seek(next)
			for n := 0; k != nil && n < standingsPage; n++ {
				id := string(k[:bytes.IndexByte(k, 0)])
				one, err := db.standing(tx, id)
				if err != nil {
					return err
				}
				all = append(all, one)
				k, _ = c.Seek(key{}.text(id).after()) // over the evaluations between
			}
			next = slices.Clone(key(k))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// standing reads where one deal stands, nil where it was never evaluated.
func (db *DB) standing(tx *bbolt.Tx, dealID string) (*store.Standing, error) {
	k := key{}.text(dealID)
	newest, value := before(bucketEvaluations.in(tx).Cursor(), k.after(), k)
	if newest == nil {
		return nil, nil
	}
	e, err := decodeEvaluation(dealID, value)
	if err != nil {
		return nil, err
	}
	one := &store.Standing{DealID: dealID, Diagnosis: scorer.Diagnosis(shared(string(e.Diagnosis))), Flagged: e.Flagged, Health: e.Health}
	decision, err := newestDecision(tx, k)
	if err != nil {
		return nil, err
	}
	if decision != nil {
		decision.Evidence, decision.Note, decision.EvaluatedAt, decision.ReviewBy = nil, "", nil, nil // no freeze state is told from them
		one.Decision = decision
	}
	deal, known, err := db.Deals.at(tx, k, never)
	if err != nil || !known {
		return one, err
	}
	one.Owner, one.Team, one.Region, one.ProductLine = shared(deal.Owner), shared(deal.Team), shared(deal.Region), shared(deal.ProductLine)
	one.Amount, one.Status = compact(deal.Amount), deal.Standing()
	return one, nil
}

// compact is an amount without the room to grow that reading it leaves.
func compact(amount decimal.Decimal) decimal.Decimal {
	if digits := amount.Coefficient(); digits.IsInt64() {
		return decimal.New(digits.Int64(), amount.Exponent())
	}
	return amount
}

// shared is a text that many deals have, kept once.
func shared(text string) string { return unique.Make(text).Value() }
