package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// auditCohorts is the action of the audit entry that each counting of cohorts has.
const auditCohorts = "count cohorts"

// cohortCache keeps the cohorts that were read last: they never change, and each question
// under a policy with percentiles needs them.
type cohortCache struct{ last atomic.Pointer[cachedCohorts] }

type cachedCohorts struct {
	key     string
	cohorts *scorer.Cohorts
}

// cohortAudit is what the audit log tells of a counting.
type cohortAudit struct {
	PolicyVersion int       `json:"policy_version"`
	TakenAt       time.Time `json:"taken_at"`
	Digest        string    `json:"digest"` // SHA-256 of what is kept, hex
}

// KeepCohorts keeps what was counted for a version of the policy. It holds from the instant
// that is returned with it on: at, or later where answers that were given must not change.
func (p *Policies) KeepCohorts(ctx context.Context, c scorer.Cohorts, at time.Time) (scorer.Cohorts, error) {
	err := p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		b := bucketCohorts.in(tx)
		version := key{}.number(uint64(c.PolicyVersion))
		if k, _ := before(b.Cursor(), version.after(), version); k != nil {
			if newest := readInstant(k[8:]).time(); !at.After(newest) {
				at = newest.Add(1)
			}
		}
		c.TakenAt = at
		body, err := json.Marshal(c)
		if err != nil {
			return fmt.Errorf("keeping the cohorts of policy %d: %w", c.PolicyVersion, err)
		}
		if err := b.Put(version.instant(instantOf(at)), body); err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		entry := cohortAudit{PolicyVersion: c.PolicyVersion, TakenAt: at, Digest: hex.EncodeToString(sum[:])}
		return appendAudit(tx, at, scorer.Machine, auditCohorts, fmt.Sprintf("policy %d", c.PolicyVersion), entry)
	})
	if err != nil {
		return scorer.Cohorts{}, err
	}
	return c, nil
}

// cohortsAt reads the newest cohorts of a version of the policy that held at an instant, nil
// where nothing was counted by then.
func (p *Policies) cohortsAt(tx *bbolt.Tx, version int, asOf instant) (*scorer.Cohorts, error) {
	prefix := key{}.number(uint64(version))
	end := prefix.after()
	if asOf != never {
		end = prefix.instant(asOf + 1)
	}
	k, body := before(bucketCohorts.in(tx).Cursor(), end, prefix)
	if k == nil {
		return nil, nil
	}
	if cached := p.cohorts.last.Load(); cached != nil && cached.key == string(k) {
		return cached.cohorts, nil
	}
	var c scorer.Cohorts
	if err := json.Unmarshal(body, &c); err != nil {
		return nil, fmt.Errorf("reading the cohorts of policy %d: %w", version, err)
	}
	p.cohorts.last.Store(&cachedCohorts{key: string(bytes.Clone(k)), cohorts: &c})
	return &c, nil
}

// cohortsKept tells whether cohorts are kept as their audit entry says that they were counted.
func cohortsKept(tx *bbolt.Tx, entry store.AuditEntry) error {
	var told cohortAudit
	if err := json.Unmarshal(entry.Details, &told); err != nil {
		return &store.BrokenAuditError{Seq: entry.Seq, Reason: "what it tells of cohorts cannot be read: " + err.Error()}
	}
	body := bucketCohorts.in(tx).Get(key{}.number(uint64(told.PolicyVersion)).instant(instantOf(told.TakenAt)))
	if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != told.Digest {
		return &store.BrokenAuditError{Seq: entry.Seq, Reason: fmt.Sprintf("the cohorts of policy %d are not kept as they were counted at %s", told.PolicyVersion, told.TakenAt.Format(time.RFC3339))}
	}
	return nil
}
