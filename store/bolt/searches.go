package bolt

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// bucketSearches keeps by target and customer the numbers of the runs that asked a search
// target for the customer to the end.
const bucketSearches bucket = "searches"

// createSearches is schema version 7.
func createSearches(tx *bbolt.Tx) error {
	if _, err := tx.CreateBucket([]byte(bucketSearches)); err != nil {
		return fmt.Errorf("making bucket %s: %w", bucketSearches, err)
	}
	return nil
}

// searched notes for whom the run searched.
func (m *committing) searched() error {
	b := bucketSearches.in(m.tx)
	for _, customer := range m.c.Searched {
		k := noticeKey(m.c.Run.TargetID, customer)
		numbers, err := decodeNumbers(b.Get(k))
		if err != nil {
			return err
		}
		if len(numbers) > 0 && numbers[len(numbers)-1] == m.number {
			continue
		}
		if err := b.Put(k, encodeNumbers(append(numbers, m.number))); err != nil {
			return err
		}
	}
	return nil
}

// searchedSince keeps of a target's runs those as complete that searched for a customer to
// the end, after its record was last changed: under its names of today. A search that never
// found anything for anybody may be asked in a way that the site does not understand.
func searchedSince(tx *bbolt.Tx, t targetRuns, customer signals.Customer) ([]signals.RunSummary, error) {
	numbers, err := decodeNumbers(bucketSearches.in(tx).Get(noticeKey(t.target.ID, customer.ID)))
	if err != nil {
		return nil, err
	}
	runs := slices.Clone(t.runs.summaries)
	finds := make(map[string]bool) // by list
	for _, run := range runs {
		finds[run.List] = finds[run.List] || run.Items > 0
	}
	for i := range runs {
		_, searched := slices.BinarySearch(numbers, uint64(i)+1)
		runs[i].Complete = searched && runs[i].StartedAt.After(customer.RecordedAt) && finds[runs[i].List]
		if runs[i].Complete {
			runs[i].Outcome, runs[i].Drifted = signals.OutcomeOK, false // of this customer's results
		}
	}
	return runs, nil
}

// searchSources are the tender sites as a customer's measure needs them: of a search only
// the runs count that searched for this customer.
func (r *historyReader) searchSources(customer signals.Customer) ([]signals.TargetHistory, error) {
	sources, err := r.tenderSources()
	if err != nil || !slices.ContainsFunc(sources, func(s signals.TargetHistory) bool { return s.Target.Searches() }) {
		return sources, err
	}
	own := slices.Clone(sources)
	for i, s := range own {
		if !s.Target.Searches() {
			continue
		}
		t, err := r.target(s.Target.ID)
		if err != nil {
			return nil, err
		}
		if own[i].Runs, err = searchedSince(r.tx, t, customer); err != nil {
			return nil, err
		}
	}
	return own, nil
}

// Searches lists the customers that a search target is to be asked for: those with an open
// deal, the ones first that were searched for least recently.
func (r *Runs) Searches(ctx context.Context, targetID string) ([]signals.Search, error) {
	var list []signals.Search
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		buyers, err := openCustomers(tx)
		if err != nil {
			return err
		}
		for _, id := range buyers {
			search, ok, err := searchOf(tx, targetID, id)
			if err != nil {
				return err
			}
			if ok {
				list = append(list, search)
			}
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b signals.Search) int {
		return cmp.Or(a.Last.Compare(b.Last), cmp.Compare(a.CustomerID, b.CustomerID))
	})
	return list, err
}

// openCustomers lists the customers that have an open deal.
func openCustomers(tx *bbolt.Tx) ([]string, error) {
	var ids []string
	err := eachOpenDeal(tx, func(deal signals.Deal) error {
		ids = append(ids, deal.CustomerID)
		return nil
	})
	slices.Sort(ids)
	return slices.Compact(ids), err
}

func eachOpenDeal(tx *bbolt.Tx, fn func(signals.Deal) error) error {
	deals := dealTable(nil)
	c := bucketDeals.in(tx).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		deal, ok, err := deals.version(tx, k, v, never)
		if err != nil {
			return err
		}
		if ok && deal.Standing() == signals.DealOpen {
			if err := fn(deal); err != nil {
				return err
			}
		}
	}
	return nil
}

// searchOf is a customer's search, false where it is not known or has no name to search by.
func searchOf(tx *bbolt.Tx, targetID, customerID string) (signals.Search, bool, error) {
	customer, ok, err := customerTable(nil).at(tx, key{}.text(customerID), never)
	if err != nil || !ok {
		return signals.Search{}, false, err
	}
	s := signals.Search{CustomerID: customerID, Names: customer.SearchNames()}
	numbers, err := decodeNumbers(bucketSearches.in(tx).Get(noticeKey(targetID, customerID)))
	if err != nil || len(numbers) == 0 {
		return s, len(s.Names) > 0, err
	}
	start, _, err := startsAsOf(tx, targetID, never)(numbers[len(numbers)-1])
	if start.After(customer.RecordedAt) {
		s.Last = start
	}
	return s, len(s.Names) > 0, err
}
