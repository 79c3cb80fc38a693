package bolt

import (
	"context"
	"maps"
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Interactions keeps messages and calls, without their text, and in which spans they
// would have been seen.
type Interactions struct{ db *DB }

// Add keeps the interactions of a source that are not known yet, by their ids, and its
// coverage. The order of batches does not matter, and a batch may come twice.
func (i *Interactions) Add(ctx context.Context, source string, in []signals.Interaction, cov []signals.Coverage, at time.Time) (store.Added, error) {
	var result store.Added
	err := i.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		a := adding{tx: tx, at: at, mapped: make(map[pair]bool), touched: make(map[string]bool)}
		for _, interaction := range in {
			interaction.Source = source
			if err := a.interaction(interaction); err != nil {
				return err
			}
		}
		for _, coverage := range cov {
			coverage.Source = source
			if err := a.coverage(coverage); err != nil {
				return err
			}
		}
		a.result.Deals = slices.Sorted(maps.Keys(a.touched))
		result = a.result
		if a.result.New+a.spans == 0 {
			return nil
		}
		return appendAudit(tx, at, machine, "add_interactions", source, map[string]int{
			"new": a.result.New, "known": a.result.Known, "unmapped": a.result.Unmapped, "coverage": a.spans,
		})
	})
	if err != nil {
		return store.Added{}, err
	}
	return result, nil
}

// pair is a deal and a contact that an interaction names. The deal may be empty.
type pair struct{ deal, contact string }

// adding is a batch being kept.
type adding struct {
	tx      *bbolt.Tx
	at      time.Time
	mapped  map[pair]bool   // whether deal and contact are there
	touched map[string]bool // deals
	spans   int             // coverages that are new
	result  store.Added
}

func (a *adding) interaction(i signals.Interaction) error {
	if i.ID == "" || i.ContactID == "" || i.Time.IsZero() {
		return &store.InvalidError{What: "an interaction", Why: "it needs an id, a time and a contact"}
	}
	if err := checkIDs("an interaction", i.DealID, i.ContactID); err != nil {
		return err
	}
	ids, id := bucketInteractionIDs.in(a.tx), key{}.text(i.Source).text(i.ID)
	if ids.Get(id) != nil {
		a.result.Known++
		return nil
	}
	if err := ids.Put(id, []byte{}); err != nil {
		return err
	}
	i.RecordedAt = a.at
	if err := bucketInteractions.in(a.tx).Put(interactionKey(i), encodeInteraction(i)); err != nil {
		return err
	}
	mapped, err := a.note(pair{i.DealID, i.ContactID})
	if err != nil {
		return err
	}
	a.result.New++
	if !mapped {
		a.result.Unmapped++
	}
	return nil
}

func (a *adding) coverage(c signals.Coverage) error {
	if c.ContactID == "" || !c.From.Before(c.To) {
		return &store.InvalidError{What: "a coverage", Why: "it needs a contact, and an end after its beginning"}
	}
	if err := checkIDs("a coverage", c.DealID, c.ContactID); err != nil {
		return err
	}
	c.RecordedAt = a.at
	b, k := bucketCoverage.in(a.tx), coverageKey(c)
	if b.Get(k) != nil {
		return nil
	}
	if err := b.Put(k, encodeCoverage(c)); err != nil {
		return err
	}
	a.spans++
	if c.Word != signals.CoverageGranted {
		a.touched[c.DealID] = true // what is doubted names nobody for the first time
		return nil
	}
	_, err := a.note(pair{c.DealID, c.ContactID})
	return err
}

// note remembers that a deal and a contact were named together, and which deals that
// touches. It tells whether both are there.
func (a *adding) note(p pair) (mapped bool, err error) {
	if mapped, ok := a.mapped[p]; ok {
		return mapped, nil
	}
	contacts, err := contactsNamed(a.tx, p.contact, never)
	if err != nil {
		return false, err
	}
	mapped = len(contacts) > 0
	if p.deal == "" {
		for _, c := range contacts {
			a.touchDealsOf(c.ID)
		}
	} else {
		if err := link(bucketDealTalk.in(a.tx), key{}.text(p.deal).text(p.contact)); err != nil {
			return false, err
		}
		known := bucketDeals.in(a.tx).Get(key{}.text(p.deal)) != nil
		if known {
			a.touched[p.deal] = true
		}
		mapped = mapped && known
	}
	a.mapped[p] = mapped
	return mapped, nil
}

// touchDealsOf notes every deal that ever had a contact: to score one again that has it
// no more does no harm.
func (a *adding) touchDealsOf(contactID string) {
	prefix := key{}.text(contactID)
	c := bucketDealsByContact.in(a.tx).Cursor()
	for k, _ := c.Seek(prefix); hasPrefix(k, prefix); k, _ = c.Next() {
		a.touched[lastText(k, prefix)] = true
	}
}

// contactsNamed reads the contacts that a source means by a name, as they were known at
// an instant: the one with that id, else those with that WeCom id.
func contactsNamed(tx *bbolt.Tx, name string, asOf instant) ([]signals.Contact, error) {
	contacts := contactTable(nil)
	contact, ok, err := contacts.at(tx, key{}.text(name), asOf)
	if err != nil {
		return nil, err
	}
	if ok {
		return []signals.Contact{contact}, nil
	}
	var found []signals.Contact
	prefix := key{}.text(name)
	err = scan(bucketContactsByWeCom.in(tx), prefix, func(k, _ []byte) error {
		contact, ok, err := contacts.at(tx, k[len(prefix):], asOf)
		if err == nil && ok && contact.WeComID == name {
			found = append(found, contact)
		}
		return err
	})
	return found, err
}
