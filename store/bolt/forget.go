package bolt

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// forgetInDeals puts a stand-in where deals, in whichever version, name a person as a key
// contact. The place stays: without it the silence of the others would prove too much.
func forgetInDeals(tx *bbolt.Tx, person store.Person, standIn string) error {
	names := personNames(person)
	for _, name := range names {
		if _, err := deleteUnder(tx, bucketDealsByContact, key{}.text(name)); err != nil {
			return err
		}
	}
	for _, id := range person.Deals {
		deal := key{}.text(id)
		if err := forgetInDeal(tx, bucketDeals, deal, names, standIn); err != nil {
			return err
		}
		for _, k := range keysUnder(tx, bucketDealVersions, deal) {
			if err := forgetInDeal(tx, bucketDealVersions, k, names, standIn); err != nil {
				return err
			}
		}
		if err := link(bucketDealsByContact.in(tx), key{}.text(standIn).text(id)); err != nil {
			return err
		}
	}
	return nil
}

func forgetInDeal(tx *bbolt.Tx, in bucket, k key, names []string, standIn string) error {
	value := in.in(tx).Get(k)
	if value == nil {
		return nil
	}
	var deal signals.Deal
	if err := json.Unmarshal(value[8:], &deal); err != nil {
		return fmt.Errorf("reading deal %s: %w", k, err)
	}
	found := false
	for i, contact := range deal.Contacts {
		if slices.Contains(names, contact) {
			deal.Contacts[i], found = standIn, true
		}
	}
	if !found {
		return nil
	}
	body, err := json.Marshal(deal)
	if err != nil {
		return fmt.Errorf("keeping deal %s: %w", k, err)
	}
	return in.in(tx).Put(k, append(bytes.Clone(value[:8]), body...))
}

// forgetReplies drops answers that are kept for requests which may come again, where they tell
// of a person.
func forgetReplies(tx *bbolt.Tx, person store.Person) error {
	traces := personNames(person)
	for _, c := range person.Contacts {
		if c.Name != "" {
			traces = append(traces, c.Name)
		}
	}
	for _, k := range keysUnder(tx, bucketReplies, nil) {
		var reply store.Reply
		if err := getJSON(tx, bucketReplies, k, &reply); err != nil {
			return err
		}
		if slices.ContainsFunc(traces, func(trace string) bool { return bytes.Contains(reply.Body, []byte(trace)) }) {
			if err := bucketReplies.in(tx).Delete(k); err != nil {
				return err
			}
		}
	}
	return nil
}
