package bolt

import (
	"dealvitals/scorer"

	"go.etcd.io/bbolt"
)

// newestDecision reads the newest decision on the deal with that key.
func newestDecision(tx *bbolt.Tx, deal key) (*scorer.Decision, error) {
	k, _ := before(bucketDealDecisions.in(tx).Cursor(), deal.after(), deal)
	if k == nil {
		return nil, nil
	}
	d, err := readDecision(bucketDecisions.in(tx).Get(k[len(deal):]))
	if err != nil {
		return nil, err
	}
	return &d, nil
}
