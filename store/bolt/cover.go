package bolt

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Cover keeps those spans of a source of which as many messages are here as it states, and
// tells of the others how many are: they cover nothing. A span proves silence, so who stated
// it stands in the audit log.
func (i *Interactions) Cover(ctx context.Context, source string, spans []store.StatedSpan, actor string, at time.Time) (store.Covered, error) {
	var result store.Covered
	err := i.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		a := adding{tx: tx, at: at, mapped: make(map[pair]bool), touched: make(map[string]bool)}
		result = store.Covered{}
		for n, span := range spans {
			span.Source = source
			kept, err := countSpan(tx, span.Coverage, span.Messages)
			if err != nil {
				return err
			}
			if kept < span.Messages {
				result.Open = append(result.Open, store.OpenSpan{Index: n, Stated: span.Messages, Kept: kept})
				continue
			}
			if err := a.coverage(span.Coverage); err != nil {
				return err
			}
		}
		result.New, result.Deals = a.spans, slices.Sorted(maps.Keys(a.touched))
		if a.spans == 0 {
			return nil
		}
		return appendAudit(tx, at, actor, "add_coverage", source, map[string]int{"coverage": a.spans, "open": len(result.Open)})
	})
	if err != nil {
		return store.Covered{}, err
	}
	return result, nil
}

// countSpan counts the messages of a span's source that are here, to a number that is enough.
func countSpan(tx *bbolt.Tx, span signals.Coverage, enough int) (int, error) {
	if enough == 0 {
		return 0, nil
	}
	n, prefix, common := 0, key{}.text(span.ContactID), newPhrases()
	err := scanFrom(bucketInteractions.in(tx), prefix.instant(instantOf(span.From)), prefix, func(k, v []byte) error {
		m, err := decodeInteraction(span.ContactID, prefix, k, v, common)
		if err != nil {
			return err
		}
		if m.Source == span.Source && span.Holds(m) {
			n++
		}
		if n == enough || !m.Time.Before(span.To) {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return n, err
}
