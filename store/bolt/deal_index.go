package bolt

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// What leads to deals beside their ids.
const (
	bucketDealsByPerson bucket = "deals_by_person" // owner, owner's id or payee's id, deal
	bucketIDsByName     bucket = "ids_by_name"     // what people are called, id, deal
	bucketDealsClosed   bucket = "deals_closed"    // deal: while it is closed
	bucketDealsByMerge  bucket = "deals_by_merge"  // deal that goes on, deal that was merged into it
)

// createDealIndex is schema version 8.
func createDealIndex(tx *bbolt.Tx) error {
	for _, b := range []bucket{bucketDealsByPerson, bucketIDsByName, bucketDealsClosed} {
		if _, err := tx.CreateBucket([]byte(b)); err != nil {
			return fmt.Errorf("making bucket %s: %w", b, err)
		}
	}
	return scan(bucketDeals.in(tx), nil, func(_, v []byte) error {
		var d signals.Deal
		if err := json.Unmarshal(v[8:], &d); err != nil {
			return fmt.Errorf("reading a deal: %w", err)
		}
		return errors.Join(indexPeople(tx, d), indexClosed(tx, d))
	})
}

// createMergeIndex is schema version 9.
func createMergeIndex(tx *bbolt.Tx) error {
	if _, err := tx.CreateBucket([]byte(bucketDealsByMerge)); err != nil {
		return fmt.Errorf("making bucket %s: %w", bucketDealsByMerge, err)
	}
	return scan(bucketDeals.in(tx), nil, func(_, v []byte) error {
		var d signals.Deal
		if err := json.Unmarshal(v[8:], &d); err != nil {
			return fmt.Errorf("reading a deal: %w", err)
		}
		return indexMerge(tx, d)
	})
}

// indexMerge adds into which deal one was merged, whether or not that is known yet.
func indexMerge(tx *bbolt.Tx, d signals.Deal) error {
	if d.MergedInto == "" {
		return nil
	}
	return link(bucketDealsByMerge.in(tx), key{}.text(d.MergedInto).text(d.ID))
}

// MergedInto lists the deals that were merged into a deal, as they stand now.
func (d *Deals) MergedInto(ctx context.Context, id string) ([]signals.Deal, error) {
	return d.linked(ctx, bucketDealsByMerge, id, time.Time{}, func(deal signals.Deal) bool { return deal.MergedInto == id })
}

// indexPeople adds by whom a deal is found. Entries stay: a reader looks at the deal.
func indexPeople(tx *bbolt.Tx, d signals.Deal) error {
	for _, person := range d.People() {
		if err := link(bucketDealsByPerson.in(tx), key{}.text(person).text(d.ID)); err != nil {
			return err
		}
	}
	for _, p := range d.Named() {
		if err := link(bucketIDsByName.in(tx), key{}.text(p.Name).text(p.ID).text(d.ID)); err != nil {
			return err
		}
	}
	return nil
}

// indexClosed notes whether a deal is closed.
func indexClosed(tx *bbolt.Tx, d signals.Deal) error {
	if err := endDeal(tx, &d, never); err != nil {
		return err
	}
	k := key{}.text(d.ID)
	if !d.Closed() {
		return bucketDealsClosed.in(tx).Delete(k)
	}
	return link(bucketDealsClosed.in(tx), k)
}

// ByPerson lists up to limit deals of which somebody is the owner or a payee, by name or id,
// as they stand now, behind the id after. A limit of 0 or less means all.
func (d *Deals) ByPerson(ctx context.Context, person, after string, limit int) ([]signals.Deal, error) {
	var deals []signals.Deal
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		prefix := key{}.text(person)
		c := bucketDealsByPerson.in(tx).Cursor()
		start := prefix
		if after != "" {
			start = prefix.text(after).after()
		}
		for k, _ := c.Seek(start); hasPrefix(k, prefix) && (limit <= 0 || len(deals) < limit); k, _ = c.Next() {
			deal, found, err := d.at(tx, k[len(prefix):], never)
			if err != nil {
				return err
			}
			if found && slices.Contains(deal.People(), person) {
				deals = append(deals, deal)
			}
		}
		return nil
	})
	return deals, err
}

// IDsOf lists the ids of those whom deals call by a name, as they stand now, in order.
func (d *Deals) IDsOf(ctx context.Context, name string) ([]string, error) {
	var ids []string
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		prefix := key{}.text(name)
		c := bucketIDsByName.in(tx).Cursor()
		for k, _ := c.Seek(prefix); hasPrefix(k, prefix); {
			rest := k[len(prefix):]
			end := bytes.IndexByte(rest, 0) + 1
			deal, found, err := d.at(tx, rest[end:], never)
			if err != nil {
				return err
			}
			n := slices.IndexFunc(deal.Named(), func(p signals.Payee) bool { return p.Name == name && bytes.Equal(key{}.text(p.ID), rest[:end]) })
			if !found || n < 0 {
				k, _ = c.Next()
				continue
			}
			ids = append(ids, deal.Named()[n].ID)
			k, _ = c.Seek(key(k[:len(prefix)+end]).after()) // behind all deals of this id
		}
		return nil
	})
	return ids, err
}

// Closed lists the deals that are closed now.
func (d *Deals) Closed(ctx context.Context) (map[string]bool, error) {
	closed := make(map[string]bool)
	err := d.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		return scan(bucketDealsClosed.in(tx), nil, func(k, _ []byte) error {
			closed[lastText(k, nil)] = true
			return nil
		})
	})
	return closed, err
}
