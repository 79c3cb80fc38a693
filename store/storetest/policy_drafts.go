package storetest

import (
	"errors"
	"testing"

	"dealvitals/scorer"
	"dealvitals/store"
)

func policyDrafts(t *testing.T, open Opener) {
	commented := func(comment string) scorer.Policy {
		p := scorer.DefaultPolicy()
		p.Comment = comment
		return p
	}
	twoPeople := func(comment string) scorer.Policy {
		p := commented(comment)
		p.Approval.SecondPerson = true
		return p
	}

	t.Run("a draft is kept, published as it was proposed, and stays readable", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		draft := ok(f.Policies.Draft(ctx, commented("less"), 1, "anna", day(1)))(t)
		if draft.State != store.DraftOpen || draft.BaseVersion != 1 || draft.ProposedBy != "anna" || !draft.ProposedAt.Equal(day(1)) || draft.ID == "" {
			t.Errorf("drafted as %+v", draft)
		}
		if p := ok(f.Policies.At(ctx, day(2)))(t); p.Version != 1 {
			t.Errorf("a draft holds as version %d", p.Version)
		}
		f.reopen()
		same(t, "the draft", ok(f.Policies.GetDraft(ctx, draft.ID))(t), draft)
		published := ok(f.Policies.PublishDraft(ctx, draft.ID, "anna", day(3)))(t)
		if published.Version != 2 || published.Comment != "less" || published.ProposedBy != "anna" || published.PublishedBy != "anna" || !published.PublishedAt.Equal(day(3)) {
			t.Errorf("published as %+v", published)
		}
		same(t, "version 2", ok(f.Policies.Get(ctx, 2))(t), published)
		ended := ok(f.Policies.GetDraft(ctx, draft.ID))(t)
		if ended.State != store.DraftPublished || ended.Version != 2 || ended.DecidedBy != "anna" || ended.DecidedAt == nil {
			t.Errorf("the draft ended as %+v", ended)
		}
		ok(f.Audit.Verify(ctx))(t)
	})

	t.Run("two people where the policy in force asks for them", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		ok(f.Policies.Publish(ctx, twoPeople("from now on two"), 1, "anna", day(1)))(t)
		var two *store.SecondPersonError
		if _, err := f.Policies.Publish(ctx, commented("alone"), 2, "anna", day(2)); !errors.As(err, &two) {
			t.Errorf("published at once: %v", err)
		}
		draft := ok(f.Policies.Draft(ctx, commented("one is enough"), 2, "anna", day(2)))(t)
		if _, err := f.Policies.PublishDraft(ctx, draft.ID, "anna", day(3)); !errors.As(err, &two) || two.ProposedBy != "anna" {
			t.Errorf("published by who proposed it: %v", err)
		}
		published := ok(f.Policies.PublishDraft(ctx, draft.ID, "bert", day(3)))(t)
		if published.Version != 3 || published.ProposedBy != "anna" || published.PublishedBy != "bert" {
			t.Errorf("published as %+v", published)
		}
		ok(f.Policies.Publish(ctx, commented("alone again"), 3, "anna", day(4)))(t)
	})

	t.Run("what ended or was overtaken is not published", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		first := ok(f.Policies.Draft(ctx, commented("a"), 1, "anna", day(1)))(t)
		late := ok(f.Policies.Draft(ctx, commented("b"), 1, "bert", day(1)))(t)
		gone := ok(f.Policies.Draft(ctx, commented("c"), 1, "cora", day(1)))(t)
		f.must(f.Policies.WithdrawDraft(ctx, gone.ID, "anna", day(2)))
		ok(f.Policies.PublishDraft(ctx, first.ID, "bert", day(2)))(t)
		var ended *store.DraftEndedError
		for id, want := range map[string]store.DraftState{first.ID: store.DraftPublished, gone.ID: store.DraftWithdrawn} {
			if _, err := f.Policies.PublishDraft(ctx, id, "bert", day(3)); !errors.As(err, &ended) || ended.State != want {
				t.Errorf("draft %s published again: %v", id, err)
			}
			if err := f.Policies.WithdrawDraft(ctx, id, "bert", day(3)); !errors.As(err, &ended) {
				t.Errorf("draft %s withdrawn after its end: %v", id, err)
			}
		}
		var conflict *store.ConflictError
		if _, err := f.Policies.PublishDraft(ctx, late.ID, "anna", day(3)); !errors.As(err, &conflict) {
			t.Errorf("published upon a version that is not the newest: %v", err)
		}
		if _, err := f.Policies.Draft(ctx, commented("d"), 1, "anna", day(3)); !errors.As(err, &conflict) {
			t.Errorf("drafted upon a version that is not the newest: %v", err)
		}
		var invalid *store.InvalidError
		if _, err := f.Policies.Draft(ctx, commented(" "), 2, "anna", day(3)); !errors.As(err, &invalid) {
			t.Errorf("drafted without a reason: %v", err)
		}
		if _, err := f.Policies.GetDraft(ctx, "nothing"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a draft that there is none of: %v", err)
		}
		var states []store.DraftState
		for _, d := range ok(f.Policies.Drafts(ctx))(t) {
			states = append(states, d.State)
		}
		same(t, "the drafts", states, []store.DraftState{store.DraftPublished, store.DraftOpen, store.DraftWithdrawn})
		ok(f.Audit.Verify(ctx))(t)
	})
}
