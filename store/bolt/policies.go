package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Policies keeps every version of the policy. Version 1 is the default policy: it holds
// for all instants before version 2 was published.
type Policies struct {
	db      *DB
	cohorts cohortCache
}

// writeFirstPolicy puts the default policy into a new file.
func writeFirstPolicy(tx *bbolt.Tx) error {
	p := scorer.DefaultPolicy()
	p.Version = 1
	return putPolicy(tx, p, epoch())
}

func putPolicy(tx *bbolt.Tx, p scorer.Policy, from time.Time) error {
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("keeping policy %d: %w", p.Version, err)
	}
	value := append(key{}.instant(instantOf(from)), body...)
	return bucketPolicies.in(tx).Put(key{}.number(uint64(p.Version)), value)
}

func readPolicy(value []byte) (scorer.Policy, error) {
	var p scorer.Policy
	if err := json.Unmarshal(value[8:], &p); err != nil {
		return p, fmt.Errorf("reading a policy: %w", err)
	}
	return p, nil
}

// createDrafting makes what later schema versions of policies need: drafts, and the cohorts
// that scores by percentile compare with.
func createDrafting(tx *bbolt.Tx) error {
	for _, b := range []bucket{bucketDrafts, bucketCohorts} {
		if _, err := tx.CreateBucketIfNotExists([]byte(b)); err != nil {
			return fmt.Errorf("making bucket %s: %w", b, err)
		}
	}
	return nil
}

// At reads the policy that held at an instant, with the cohorts that held then.
func (p *Policies) At(ctx context.Context, asOf time.Time) (scorer.Policy, error) {
	var policy scorer.Policy
	err := p.db.read(ctx, asOf, func(tx *bbolt.Tx) error {
		var err error
		c := bucketPolicies.in(tx).Cursor()
		k, v := c.Last()
		for readInstant(v) > asOfInstant(asOf) && readNumber(k) > 1 {
			k, v = c.Prev()
		}
		if policy, err = readPolicy(v); err != nil || !policy.NeedsCohorts() {
			return err
		}
		cohorts, err := p.cohortsAt(tx, policy.Version, asOfInstant(asOf))
		policy = policy.WithCohorts(cohorts)
		return err
	})
	return policy, err
}

// List reads every version, oldest first.
func (p *Policies) List(ctx context.Context) ([]scorer.Policy, error) {
	return list(ctx, p.db, bucketPolicies, nil, readPolicy)
}

// Get reads one version.
func (p *Policies) Get(ctx context.Context, version int) (scorer.Policy, error) {
	var policy scorer.Policy
	err := p.db.read(ctx, time.Time{}, func(tx *bbolt.Tx) error {
		v := bucketPolicies.in(tx).Get(key{}.number(uint64(version)))
		if version < 1 || v == nil {
			return store.ErrNotFound
		}
		var err error
		policy, err = readPolicy(v)
		return err
	})
	return policy, err
}

// Publish writes a new version, which holds from at on. It was made upon version was;
// when that is not the newest any more, it fails with store.ConflictError. Where the policy
// in force asks for a second person, it fails with store.SecondPersonError.
func (p *Policies) Publish(ctx context.Context, policy scorer.Policy, was int, actor string, at time.Time) (scorer.Policy, error) {
	err := p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		newest, err := newestPolicy(tx)
		if err != nil {
			return err
		}
		if newest.Approval.SecondPerson {
			return &store.SecondPersonError{}
		}
		policy.ProposedBy = ""
		policy, err = publish(tx, policy, was, actor, at)
		return err
	})
	if err != nil {
		return scorer.Policy{}, err
	}
	return policy, nil
}

// publish writes the next version of the policy.
func publish(tx *bbolt.Tx, policy scorer.Policy, was int, actor string, at time.Time) (scorer.Policy, error) {
	if strings.TrimSpace(policy.Comment) == "" {
		return policy, &store.InvalidError{What: "the policy", Why: "it has no comment that says why it changes"}
	}
	newest, err := newestPolicy(tx)
	if err != nil {
		return policy, err
	}
	if newest.Version != was {
		return policy, policyChanged(newest)
	}
	_, v := bucketPolicies.in(tx).Cursor().Last()
	if since := readInstant(v).time(); !at.After(since) {
		at = since.Add(1)
	}
	policy.Version, policy.PublishedAt, policy.PublishedBy = newest.Version+1, at, actor
	if err := putPolicy(tx, policy, at); err != nil {
		return policy, err
	}
	return policy, appendAudit(tx, at, actor, "publish", "policy", policy)
}

func newestPolicy(tx *bbolt.Tx) (scorer.Policy, error) {
	_, v := bucketPolicies.in(tx).Cursor().Last()
	return readPolicy(v)
}

func policyChanged(newest scorer.Policy) error {
	return &store.ConflictError{What: fmt.Sprintf("the policy, now at version %d,", newest.Version)}
}
