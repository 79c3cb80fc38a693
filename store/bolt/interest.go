package bolt

import (
	"context"
	"slices"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// SoughtWords are the names of the customers that have an open deal, and what those deals
// sell: titles that hold one of them are of more interest than others.
func (r *Runs) SoughtWords(ctx context.Context) ([]string, error) {
	var words []string
	err := r.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		buyers := make(map[string]bool)
		err := eachOpenDeal(tx, func(deal signals.Deal) error {
			buyers[deal.CustomerID] = true
			words = append(words, signals.WantedWords(deal.Keywords)...)
			return nil
		})
		if err != nil {
			return err
		}
		for id := range buyers {
			customer, ok, err := customerTable(nil).at(tx, key{}.text(id), never)
			if err != nil {
				return err
			}
			if ok {
				words = append(words, customer.SearchNames()...)
			}
		}
		return nil
	})
	slices.Sort(words)
	return slices.Compact(words), err
}

// TenderDays is over how many days the policy that holds at an instant counts tenders.
func (r *Runs) TenderDays(ctx context.Context, at time.Time) (int, error) {
	policy, err := r.db.Policies.At(ctx, at)
	return policy.TenderReach(), err
}
