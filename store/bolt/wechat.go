package bolt

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"dealvitals/signals"
)

// wechatReach is how far back interactions and coverage are read: two windows of the
// longest that a policy may ask for, a year. It keeps a history from growing without end.
const wechatReach = 2 * 366 * 24 * time.Hour

// wechat reads the contact between a deal's sales person and its key contacts.
func (r *historyReader) wechat(deal signals.Deal) (signals.WeChatHistory, error) {
	var h signals.WeChatHistory
	contacts, err := r.keyContacts(deal)
	if err != nil {
		return h, err
	}
	h.Contacts = contacts
	for _, contact := range contacts {
		if contact.RecordedAt.IsZero() {
			continue // nobody knows who that is: what its names said stays unheard until it is told
		}
		for _, name := range namesOf(contact) {
			if err := r.talk(&h, deal, contact, name); err != nil {
				return h, err
			}
		}
	}
	slices.SortFunc(h.Interactions, func(a, b signals.Interaction) int {
		return cmp.Or(a.Time.Compare(b.Time), cmp.Compare(a.ContactID, b.ContactID), cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
	})
	h.Coverage = mergeCoverage(h.Coverage)
	return h, nil
}

// keyContacts reads the contacts that a deal names. A deal that names none has those that
// interactions name together with it. One that is not among the contacts yet has an id only,
// and is covered by nothing: left out, it would make the silence of the others prove too much.
func (r *historyReader) keyContacts(deal signals.Deal) ([]signals.Contact, error) {
	names := deal.Contacts
	if len(names) == 0 {
		var err error
		if names, err = r.namedWith(deal.ID); err != nil {
			return nil, err
		}
	}
	var contacts []signals.Contact
	seen := make(map[string]bool)
	for _, name := range names {
		found, err := contactsNamed(r.tx, name, r.asOf)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			found = []signals.Contact{{ID: name}}
		}
		for _, c := range found {
			if !seen[c.ID] {
				seen[c.ID] = true
				contacts = append(contacts, c)
			}
		}
	}
	return contacts, nil
}

// namedWith lists the contacts that interactions and coverage named together with a deal, as
// far as that was known at the instant.
func (r *historyReader) namedWith(dealID string) ([]string, error) {
	var names []string
	prefix := key{}.text(dealID)
	err := scan(bucketDealTalk.in(r.tx), prefix, func(k, _ []byte) error {
		name := lastText(k, prefix)
		known, err := r.named(dealID, name)
		if err == nil && known {
			names = append(names, name)
		}
		return err
	})
	return names, err
}

// named tells whether a contact was named together with a deal at the instant: unless all
// that names it was recorded later. What was erased for its age is not asked.
func (r *historyReader) named(dealID, name string) (bool, error) {
	if r.asOf == never {
		return true, nil
	}
	known, laterOnly := false, false
	note := func(about string, recordedAt time.Time) error {
		switch {
		case about != dealID:
			return nil
		case instantOf(recordedAt) <= r.asOf:
			known = true
			return errEnough
		}
		laterOnly = true
		return nil
	}
	prefix, common := key{}.text(name), newPhrases()
	err := scan(bucketInteractions.in(r.tx), prefix, func(k, v []byte) error {
		i, err := decodeInteraction(name, prefix, k, v, common)
		if err != nil {
			return err
		}
		return note(i.DealID, i.RecordedAt)
	})
	if err == nil {
		err = scan(bucketCoverage.in(r.tx), prefix, func(k, v []byte) error {
			c, err := decodeCoverage(name, prefix, k, v)
			if err != nil {
				return err
			}
			return note(c.DealID, c.RecordedAt)
		})
	}
	if errors.Is(err, errEnough) {
		err = nil
	}
	return known || !laterOnly, err
}

// namesOf lists by what names sources may call a contact.
func namesOf(c signals.Contact) []string {
	if c.WeComID == "" || c.WeComID == c.ID {
		return []string{c.ID}
	}
	return []string{c.ID, c.WeComID}
}

// talk adds what was known under one name of a contact about a deal.
func (r *historyReader) talk(h *signals.WeChatHistory, deal signals.Deal, contact signals.Contact, name string) error {
	dealID, contactID := deal.ID, contact.ID
	prefix := key{}.text(name)
	horizon, common := talkHorizon(r.tx), newPhrases()
	err := scanFrom(bucketInteractions.in(r.tx), prefix.instant(r.reach(r.talkReach)), prefix, func(k, v []byte) error {
		i, err := decodeInteraction(contactID, prefix, k, v, common)
		if err == nil && r.concerns(dealID, i.DealID, i.Time, i.RecordedAt) {
			h.Interactions = append(h.Interactions, i)
		}
		return err
	})
	if err != nil || left(deal, contact) {
		return err
	}
	// Coverage is read for longer: an old sync tells that a source is silent.
	return scanFrom(bucketCoverage.in(r.tx), prefix.instant(r.reach(wechatReach)), prefix, func(k, v []byte) error {
		c, err := decodeCoverage(contactID, prefix, k, v)
		if err != nil || !r.concerns(dealID, c.DealID, c.From, c.RecordedAt) {
			return err
		}
		if r.asOf != never && c.To.After(r.asOf.time()) {
			c.To = r.asOf.time()
		}
		if c.From = latest(c.From, horizon); !c.From.Before(c.To) {
			return nil
		}
		h.Coverage = append(h.Coverage, c)
		return nil
	})
}

// left tells whether a contact is still that of the customer whom a deal was moved away from:
// there is nothing to talk about any more, and their silence says nothing of the new customer.
func left(deal signals.Deal, contact signals.Contact) bool {
	return !deal.CustomerSince.IsZero() && contact.CustomerID != deal.CustomerID
}

// reach is the earliest instant that is read of what is read so far back.
func (r *historyReader) reach(back time.Duration) instant {
	if r.asOf == never {
		return none
	}
	return r.asOf - instant(back)
}

// concerns tells whether something that says which deal it is about, "" meaning every
// one, belongs to a deal and had happened and was known.
func (r *historyReader) concerns(dealID, about string, at, recordedAt time.Time) bool {
	return (about == "" || about == dealID) && instantOf(at) <= r.asOf && instantOf(recordedAt) <= r.asOf
}

// mergeCoverage makes one span of those of the same source, deal and contact that touch:
// a collector states one each time that it looks. Doubts stay as they are.
func mergeCoverage(spans []signals.Coverage) []signals.Coverage {
	slices.SortFunc(spans, func(a, b signals.Coverage) int {
		return cmp.Or(cmp.Compare(a.ContactID, b.ContactID), cmp.Compare(a.Source, b.Source), cmp.Compare(a.DealID, b.DealID), cmp.Compare(a.Word, b.Word),
			a.From.Compare(b.From), a.To.Compare(b.To))
	})
	var merged []signals.Coverage
	for _, s := range spans {
		if n := len(merged); n > 0 && joins(merged[n-1], s) {
			merged[n-1].To = latest(merged[n-1].To, s.To)
			merged[n-1].RecordedAt = latest(merged[n-1].RecordedAt, s.RecordedAt)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

func joins(a, b signals.Coverage) bool {
	return a.Word == signals.CoverageGranted && b.Word == a.Word && a.ContactID == b.ContactID && a.Source == b.Source && a.DealID == b.DealID && !b.From.After(a.To)
}
