package bolt

import (
	"bytes"
	"context"
	"time"

	"dealvitals/scorer"

	"go.etcd.io/bbolt"
)

// newestPage is how many deals are read in one transaction.
const newestPage = 1000

// standing is where a deal stands.
type standing struct {
	evaluation scorer.Evaluation
	decision   *scorer.Decision
}

// Newest calls fn with each deal's newest evaluation and newest decision, nil where there
// is none, in the order of the deals' ids. Deals that were never evaluated are left out.
func (v *Verdicts) Newest(ctx context.Context, fn func(scorer.Evaluation, *scorer.Decision) error) error {
	next := key{}
	for next != nil {
		var page []standing
		err := v.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
			var err error
			page, next, err = standings(tx, next)
			return err
		})
		if err != nil {
			return err
		}
		for _, s := range page {
			if err := fn(s.evaluation, s.decision); err != nil {
				return err
			}
		}
	}
	return nil
}

// standings reads a page of deals from a key on, and the key of the page after it, nil
// at the end. It leaps from deal to deal without reading the evaluations between.
func standings(tx *bbolt.Tx, from key) (page []standing, next key, err error) {
	c := bucketEvaluations.in(tx).Cursor()
	k, _ := c.Seek(from)
	for k != nil && len(page) < newestPage {
		deal := key(bytes.Clone(k[:bytes.IndexByte(k, 0)+1]))
		_, value := before(c, deal.after(), deal)
		s := standing{}
		if s.evaluation, err = decodeEvaluation(lastText(deal, nil), value); err != nil {
			return nil, nil, err
		}
		if s.decision, err = newestDecision(tx, deal); err != nil {
			return nil, nil, err
		}
		page = append(page, s)
		k, _ = c.Next()
	}
	return page, bytes.Clone(k), nil
}

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
