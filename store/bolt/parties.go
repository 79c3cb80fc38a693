package bolt

import (
	"context"
	"slices"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// Customers keeps customers.
type Customers struct{ *table[signals.Customer] }

// Contacts keeps contacts.
type Contacts struct{ *table[signals.Contact] }

// Targets keeps crawl targets.
type Targets struct{ *table[signals.Target] }

// Deals keeps deals.
type Deals struct{ *table[signals.Deal] }

func customerTable(db *DB) *table[signals.Customer] {
	return &table[signals.Customer]{
		db: db, kind: "customer", newest: bucketCustomers, versions: bucketCustomerVersions,
		id:         func(c signals.Customer) string { return c.ID },
		key:        func(c signals.Customer) key { return key{}.text(c.ID) },
		recordedAt: func(c *signals.Customer) *time.Time { return &c.RecordedAt },
		index:      markUnmatched,
	}
}

func contactTable(db *DB) *table[signals.Contact] {
	return &table[signals.Contact]{
		db: db, kind: "contact", newest: bucketContacts, versions: bucketContactVersions,
		id:         func(c signals.Contact) string { return c.ID },
		key:        func(c signals.Contact) key { return key{}.text(c.ID) },
		recordedAt: func(c *signals.Contact) *time.Time { return &c.RecordedAt },
		index: func(tx *bbolt.Tx, c signals.Contact) error {
			if err := checkIDs("a contact", c.CustomerID, c.WeComID); err != nil {
				return err
			}
			if c.WeComID == "" {
				return nil
			}
			return link(bucketContactsByWeCom.in(tx), key{}.text(c.WeComID).text(c.ID))
		},
	}
}

func targetTable(db *DB) *table[signals.Target] {
	return &table[signals.Target]{
		db: db, kind: "target", newest: bucketTargets, versions: bucketTargetVersions,
		id:         func(t signals.Target) string { return t.ID },
		key:        func(t signals.Target) key { return key{}.text(t.ID) },
		recordedAt: func(t *signals.Target) *time.Time { return &t.RecordedAt },
		index: func(tx *bbolt.Tx, t signals.Target) error {
			if err := checkIDs("a target", t.CustomerID); err != nil {
				return err
			}
			return link(bucketTargetsByParty.in(tx), key{}.text(t.CustomerID).text(t.ID))
		},
		prepare: func(t, newest signals.Target, _ time.Time) (signals.Target, error) {
			return sealTarget(db.secrets, t, newest)
		},
	}
}

func dealTable(db *DB) *table[signals.Deal] {
	return &table[signals.Deal]{
		db: db, kind: "deal", newest: bucketDeals, versions: bucketDealVersions,
		id:         func(d signals.Deal) string { return d.ID },
		key:        func(d signals.Deal) key { return key{}.text(d.ID) },
		recordedAt: func(d *signals.Deal) *time.Time { return &d.RecordedAt },
		index:      indexDeal,
		complete:   endDeal,
		prepare:    turnedDeal,
	}
}

// turnedDeal notes since when a deal has been of its customer, and merged into another.
func turnedDeal(d, newest signals.Deal, at time.Time) (signals.Deal, error) {
	d.CustomerSince, d.MergedSince = newest.CustomerSince, newest.MergedSince
	if newest.ID != "" && d.CustomerID != newest.CustomerID {
		d.CustomerSince = at
	}
	switch {
	case d.MergedInto == "":
		d.MergedSince = time.Time{}
	case d.MergedInto != newest.MergedInto:
		d.MergedSince = at
	}
	return d, nil
}

func indexDeal(tx *bbolt.Tx, d signals.Deal) error {
	if err := checkIDs("a deal", append([]string{d.CustomerID}, d.Contacts...)...); err != nil {
		return err
	}
	if err := link(bucketDealsByCustomer.in(tx), key{}.text(d.CustomerID).text(d.ID)); err != nil {
		return err
	}
	for _, contact := range d.Contacts {
		if err := link(bucketDealsByContact.in(tx), key{}.text(contact).text(d.ID)); err != nil {
			return err
		}
	}
	if err := indexPeople(tx, d); err != nil {
		return err
	}
	if err := indexMerge(tx, d); err != nil {
		return err
	}
	return indexClosed(tx, d)
}

// link puts a key without a value, where it is not there yet.
func link(b *bbolt.Bucket, k key) error {
	if b.Get(k) != nil {
		return nil
	}
	return b.Put(k, []byte{})
}

// ByCustomer lists the deals that a customer had at an instant, in the order of their ids.
func (d *Deals) ByCustomer(ctx context.Context, customerID string, asOf time.Time) ([]signals.Deal, error) {
	return d.linked(ctx, bucketDealsByCustomer, customerID, asOf, func(deal signals.Deal) bool {
		return deal.CustomerID == customerID
	})
}

// ByContact lists the deals that a contact was a key contact of at an instant, in the
// order of their ids.
func (d *Deals) ByContact(ctx context.Context, contactID string, asOf time.Time) ([]signals.Deal, error) {
	return d.linked(ctx, bucketDealsByContact, contactID, asOf, func(deal signals.Deal) bool {
		return slices.Contains(deal.Contacts, contactID)
	})
}

func (d *Deals) linked(ctx context.Context, index bucket, from string, asOf time.Time, is func(signals.Deal) bool) ([]signals.Deal, error) {
	var deals []signals.Deal
	err := d.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		prefix := key{}.text(from)
		return scan(index.in(tx), prefix, func(k, _ []byte) error {
			deal, ok, err := d.at(tx, k[len(prefix):], asOfInstant(asOf))
			if err == nil && ok && is(deal) {
				deals = append(deals, deal)
			}
			return err
		})
	})
	return deals, err
}
