package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"

	"github.com/oklog/ulid/v2"
	"go.etcd.io/bbolt"
)

// auditDecision is the action of the audit entry that each decision has.
const auditDecision = "decision"

// Verdicts keeps what was found of each deal: evaluations, and the log of decisions.
type Verdicts struct{ db *DB }

// Record keeps evaluations and decisions in one transaction and returns the decisions
// with their ids and numbers. It fails with store.ConflictError, and keeps nothing, when
// a decision was made upon a history that has gone on since.
func (v *Verdicts) Record(ctx context.Context, verdicts []store.Verdict) ([]scorer.Decision, error) {
	var decisions []scorer.Decision
	err := v.db.write(ctx, earliest(verdicts), func(tx *bbolt.Tx, floor time.Time) error {
		var changed []string
		for _, verdict := range verdicts {
			if verdict.Evaluation != nil {
				changed = append(changed, verdict.Evaluation.DealID)
				if err := putEvaluation(tx, *verdict.Evaluation, floor); err != nil {
					return err
				}
			}
			if verdict.Decision == nil {
				continue
			}
			decision, err := putDecision(tx, verdict, floor)
			if err != nil {
				return err
			}
			decisions = append(decisions, decision)
			changed = append(changed, decision.DealID)
		}
		v.db.standings.note(tx, changed)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return decisions, nil
}

// earliest is the first instant that a batch wants to be known from.
func earliest(verdicts []store.Verdict) time.Time {
	var first time.Time
	note := func(t time.Time) {
		if first.IsZero() || t.Before(first) {
			first = t
		}
	}
	for _, v := range verdicts {
		if v.Evaluation != nil {
			note(v.Evaluation.AsOf)
		}
		if v.Decision != nil {
			note(v.Decision.At)
		}
	}
	return first
}

// notBefore is t, or the floor of the transaction where that is later.
func notBefore(t, floor time.Time) instant { return max(instantOf(t), instantOf(floor)) }

// putEvaluation keeps an evaluation behind all others of its deal.
func putEvaluation(tx *bbolt.Tx, e scorer.Evaluation, floor time.Time) error {
	if e.DealID == "" {
		return &store.InvalidError{What: "an evaluation", Why: "it has no deal"}
	}
	if err := checkNumbers(e); err != nil {
		return err
	}
	b := bucketEvaluations.in(tx)
	deal := key{}.text(e.DealID)
	stamp, number := notBefore(e.AsOf, floor), uint64(0)
	if k, _ := before(b.Cursor(), deal.after(), deal); k != nil {
		if newest := readInstant(k[len(deal):]); newest >= stamp {
			stamp, number = newest, readNumber(k)+1
		}
	}
	return b.Put(deal.instant(stamp).number(number), encodeEvaluation(e))
}

// putDecision appends a decision to the log.
func putDecision(tx *bbolt.Tx, verdict store.Verdict, floor time.Time) (scorer.Decision, error) {
	d := *verdict.Decision
	if d.DealID == "" {
		d.DealID = verdict.DealID
	}
	if d.DealID == "" {
		return d, &store.InvalidError{What: "a decision", Why: "it has no deal"}
	}
	log, ofDeal := bucketDecisions.in(tx), bucketDealDecisions.in(tx)
	deal := key{}.text(d.DealID)
	stamp, after := notBefore(d.At, floor), uint64(0)
	if k, _ := before(ofDeal.Cursor(), deal.after(), deal); k != nil {
		after = readNumber(k)
		stamp = max(stamp, readInstant(log.Get(key{}.number(after))))
	}
	if after != verdict.After {
		return d, &store.ConflictError{What: "the freeze history of deal " + d.DealID}
	}
	d.Seq = 1
	if k, _ := log.Cursor().Last(); k != nil {
		d.Seq = readNumber(k) + 1
	}
	var err error
	if d.ID, err = decisionID(d); err != nil {
		return d, err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return d, fmt.Errorf("keeping a decision on deal %s: %w", d.DealID, err)
	}
	log.FillPercent = 1
	if err := log.Put(key{}.number(d.Seq), append(key{}.instant(stamp), body...)); err != nil {
		return d, err
	}
	if err := ofDeal.Put(deal.number(d.Seq), []byte{}); err != nil {
		return d, err
	}
	if err := appendDecisionEvent(tx, d); err != nil {
		return d, err
	}
	return d, appendAudit(tx, stamp.time(), d.Actor, auditDecision, d.DealID, json.RawMessage(body))
}

// decisionID makes a ULID of a decision's time. Its random part is the hash of number and
// deal: unique in the file, and the same when the same history is played again.
func decisionID(d scorer.Decision) (string, error) {
	sum := sha256.Sum256(key{}.number(d.Seq).text(d.DealID))
	id, err := ulid.New(ulid.Timestamp(d.At), bytes.NewReader(sum[:]))
	if err != nil {
		return "", fmt.Errorf("making the id of a decision on deal %s: %w", d.DealID, err)
	}
	return id.String(), nil
}

func readDecision(value []byte) (scorer.Decision, error) {
	var d scorer.Decision
	if err := json.Unmarshal(value[8:], &d); err != nil {
		return d, fmt.Errorf("reading a decision: %w", err)
	}
	return d, nil
}

// Decisions reads a deal's freeze history until an instant, oldest first.
func (v *Verdicts) Decisions(ctx context.Context, dealID string, asOf time.Time) ([]scorer.Decision, error) {
	var decisions []scorer.Decision
	err := v.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		deal := key{}.text(dealID)
		log := bucketDecisions.in(tx)
		return scan(bucketDealDecisions.in(tx), deal, func(k, _ []byte) error {
			value := log.Get(k[len(deal):])
			if readInstant(value) > asOfInstant(asOf) {
				return nil
			}
			d, err := readDecision(value)
			decisions = append(decisions, d)
			return err
		})
	})
	return decisions, err
}

// Log reads up to limit decisions on all deals, from the one after the number given. A
// limit of 0 or less means all.
func (v *Verdicts) Log(ctx context.Context, after uint64, limit int) ([]scorer.Decision, error) {
	var decisions []scorer.Decision
	err := v.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		c := bucketDecisions.in(tx).Cursor()
		for k, value := c.Seek(key{}.number(after + 1)); k != nil && (limit <= 0 || len(decisions) < limit); k, value = c.Next() {
			d, err := readDecision(value)
			if err != nil {
				return err
			}
			decisions = append(decisions, d)
		}
		return nil
	})
	return decisions, err
}

// Recent reads a deal's newest n evaluations, oldest first.
func (v *Verdicts) Recent(ctx context.Context, dealID string, n int) ([]scorer.Evaluation, error) {
	var evaluations []scorer.Evaluation
	err := v.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		deal := key{}.text(dealID)
		c := bucketEvaluations.in(tx).Cursor()
		k, value := before(c, deal.after(), deal)
		for ; k != nil && bytes.HasPrefix(k, deal) && len(evaluations) < n; k, value = c.Prev() {
			e, err := decodeEvaluation(dealID, value)
			if err != nil {
				return err
			}
			evaluations = append(evaluations, e)
		}
		return nil
	})
	slices.Reverse(evaluations)
	return evaluations, err
}

// Latest reads a deal's newest evaluation that was known at an instant.
func (v *Verdicts) Latest(ctx context.Context, dealID string, asOf time.Time) (scorer.Evaluation, bool, error) {
	var evaluation scorer.Evaluation
	found := false
	err := v.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		deal := key{}.text(dealID)
		end := deal.after()
		if !asOf.IsZero() {
			end = deal.instant(instantOf(asOf) + 1)
		}
		k, value := before(bucketEvaluations.in(tx).Cursor(), end, deal)
		if k == nil {
			return nil
		}
		var err error
		evaluation, err = decodeEvaluation(dealID, value)
		found = err == nil
		return err
	})
	return evaluation, found, err
}

// Scores reads a deal's evaluations as of the instants from the first given to the
// second, both included, oldest first.
func (v *Verdicts) Scores(ctx context.Context, dealID string, from, to time.Time) ([]scorer.Evaluation, error) {
	var evaluations []scorer.Evaluation
	err := v.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		deal := key{}.text(dealID)
		start := deal.instant(instantOf(from)) // an evaluation is known from its instant or later
		return scanFrom(bucketEvaluations.in(tx), start, deal, func(_, value []byte) error {
			e, err := decodeEvaluation(dealID, value)
			if err == nil && !e.AsOf.Before(from) && !e.AsOf.After(to) {
				evaluations = append(evaluations, e)
			}
			return err
		})
	})
	return evaluations, err
}
