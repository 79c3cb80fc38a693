package bolt

import (
	"context"
	"fmt"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

// Draft keeps a policy that somebody proposes, made upon version was. When that is not the
// newest any more, it fails with store.ConflictError.
func (p *Policies) Draft(ctx context.Context, policy scorer.Policy, was int, actor string, at time.Time) (store.PolicyDraft, error) {
	var draft store.PolicyDraft
	err := p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		if strings.TrimSpace(policy.Comment) == "" {
			return &store.InvalidError{What: "the draft", Why: "it has no comment that says why"}
		}
		newest, err := newestPolicy(tx)
		if err != nil {
			return err
		}
		if newest.Version != was {
			return policyChanged(newest)
		}
		number, err := bucketDrafts.in(tx).NextSequence()
		if err != nil {
			return err
		}
		policy.Version, policy.PublishedAt, policy.PublishedBy, policy.ProposedBy = 0, time.Time{}, "", ""
		draft = store.PolicyDraft{
			ID: fmt.Sprintf("draft-%04d", number), State: store.DraftOpen, BaseVersion: was, Policy: policy, ProposedBy: actor, ProposedAt: at,
		}
		if err := putDraft(tx, draft); err != nil {
			return err
		}
		return appendAudit(tx, at, actor, "propose", "policy "+draft.ID, draft)
	})
	if err != nil {
		return store.PolicyDraft{}, err
	}
	return draft, nil
}

// Drafts reads every draft, oldest first.
func (p *Policies) Drafts(ctx context.Context) ([]store.PolicyDraft, error) {
	return list(ctx, p.db, bucketDrafts, nil, readJSON[store.PolicyDraft])
}

// GetDraft reads one draft.
func (p *Policies) GetDraft(ctx context.Context, id string) (store.PolicyDraft, error) {
	return get[store.PolicyDraft](ctx, p.db, bucketDrafts, key{}.text(id))
}

// PublishDraft publishes an open draft as the next version. It fails with
// store.SecondPersonError where the policy in force asks for another person than who
// proposed it, and with store.ConflictError where another version came in between.
func (p *Policies) PublishDraft(ctx context.Context, id, actor string, at time.Time) (scorer.Policy, error) {
	var published scorer.Policy
	err := p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		draft, err := openDraft(tx, id)
		if err != nil {
			return err
		}
		newest, err := newestPolicy(tx)
		if err != nil {
			return err
		}
		if newest.Approval.SecondPerson && draft.ProposedBy == actor {
			return &store.SecondPersonError{ProposedBy: actor}
		}
		draft.Policy.ProposedBy = draft.ProposedBy
		if published, err = publish(tx, draft.Policy, draft.BaseVersion, actor, at); err != nil {
			return err
		}
		draft.Policy.ProposedBy = ""
		draft.Version = published.Version
		return endDraft(tx, draft, store.DraftPublished, actor, at)
	})
	if err != nil {
		return scorer.Policy{}, err
	}
	return published, nil
}

// WithdrawDraft ends an open draft without publishing it.
func (p *Policies) WithdrawDraft(ctx context.Context, id, actor string, at time.Time) error {
	return p.db.write(ctx, at, func(tx *bbolt.Tx, at time.Time) error {
		draft, err := openDraft(tx, id)
		if err != nil {
			return err
		}
		return endDraft(tx, draft, store.DraftWithdrawn, actor, at)
	})
}

func endDraft(tx *bbolt.Tx, draft store.PolicyDraft, state store.DraftState, actor string, at time.Time) error {
	draft.State, draft.DecidedBy, draft.DecidedAt = state, actor, &at
	if err := putDraft(tx, draft); err != nil {
		return err
	}
	return appendAudit(tx, at, actor, "end draft", "policy "+draft.ID, struct {
		State   store.DraftState `json:"state"`
		Version int              `json:"version,omitempty"`
	}{state, draft.Version})
}

func openDraft(tx *bbolt.Tx, id string) (store.PolicyDraft, error) {
	draft, err := draftOf(tx, id)
	if err == nil && draft.State != store.DraftOpen {
		err = &store.DraftEndedError{ID: id, State: draft.State}
	}
	return draft, err
}

func draftOf(tx *bbolt.Tx, id string) (store.PolicyDraft, error) {
	var draft store.PolicyDraft
	err := getJSON(tx, bucketDrafts, key{}.text(id), &draft)
	return draft, err
}

func putDraft(tx *bbolt.Tx, draft store.PolicyDraft) error {
	return putJSON(tx, bucketDrafts, key{}.text(draft.ID), draft)
}
