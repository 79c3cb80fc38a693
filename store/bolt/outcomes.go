package bolt

import (
	"fmt"
	"time"

	"dealvitals/signals"

	"go.etcd.io/bbolt"
)

// Outcomes keeps what became of deals, by the deal's id.
type Outcomes struct{ *table[signals.DealOutcome] }

func outcomeTable(db *DB) *table[signals.DealOutcome] {
	return &table[signals.DealOutcome]{
		db: db, kind: "outcome", newest: bucketOutcomes, versions: bucketOutcomeVersions,
		id:         func(o signals.DealOutcome) string { return o.DealID },
		key:        func(o signals.DealOutcome) key { return key{}.text(o.DealID) },
		recordedAt: func(o *signals.DealOutcome) *time.Time { return &o.RecordedAt },
		index:      closeDeal,
	}
}

// closeDeal notes whether the outcome of a deal closes it, where the deal is known.
func closeDeal(tx *bbolt.Tx, o signals.DealOutcome) error {
	deal, known, err := dealTable(nil).at(tx, key{}.text(o.DealID), never)
	if err != nil || !known {
		return err
	}
	return indexClosed(tx, deal)
}

// endDeal tells a deal how it ended, as known at an instant.
func endDeal(tx *bbolt.Tx, deal *signals.Deal, asOf instant) error {
	outcome, _, err := outcomeTable(nil).at(tx, key{}.text(deal.ID), asOf)
	if outcome.Result != signals.ResultReopened {
		deal.Ended = outcome.Result
	}
	return err
}

// createOutcomes is schema version 3.
func createOutcomes(tx *bbolt.Tx) error {
	for _, b := range []bucket{bucketOutcomes, bucketOutcomeVersions} {
		if _, err := tx.CreateBucket([]byte(b)); err != nil {
			return fmt.Errorf("making bucket %s: %w", b, err)
		}
	}
	return nil
}
