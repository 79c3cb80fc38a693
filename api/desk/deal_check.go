package desk

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// CheckDeal refuses a deal that could not be scored or paid for.
func (d *Desk) CheckDeal(ctx context.Context, deal signals.Deal) error {
	var faults []Fault
	add := func(pointer, detail string) {
		if detail != "" {
			faults = append(faults, Fault{Pointer: pointer, Detail: detail})
		}
	}
	if !signals.IsCurrency(deal.Currency) {
		add("/currency", "write the currency's ISO 4217 code, such as CNY")
	}
	add("/payees", signals.CheckPayees(deal.Payees))
	_, err := d.Customers.Get(ctx, deal.CustomerID, time.Time{})
	switch {
	case errors.Is(err, store.ErrNotFound):
		add("/customer_id", "there is no customer with this id: store the customer first")
	case err != nil:
		return fmt.Errorf("reading customer %s: %w", deal.CustomerID, err)
	}
	detail, err := d.mergeFault(ctx, deal)
	if err != nil {
		return err
	}
	add("/merged_into", detail)
	if len(faults) > 0 {
		return &InvalidError{What: "the deal", Faults: faults}
	}
	return nil
}

// mergeFault says what is wrong with where a deal is merged into.
func (d *Desk) mergeFault(ctx context.Context, deal signals.Deal) (string, error) {
	next := deal.MergedInto
	for range signals.MaxMerges {
		if next == "" {
			return "", nil
		}
		if next == deal.ID {
			return "the deal would be merged into itself", nil
		}
		into, err := d.Deals.Get(ctx, next, time.Time{})
		if errors.Is(err, store.ErrNotFound) {
			return "there is no deal " + next + ": store it first", nil
		}
		if err != nil {
			return "", fmt.Errorf("reading deal %s: %w", next, err)
		}
		next = into.MergedInto
	}
	return fmt.Sprintf("more than %d deals are merged one into the other", signals.MaxMerges), nil
}
