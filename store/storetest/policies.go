package storetest

import (
	"errors"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/store"
)

func policies(t *testing.T, open Opener) {
	t.Run("the default policy holds until another is published", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		draft := ok(f.Policies.At(ctx, time.Time{}))(t)
		if draft.Version != 1 {
			t.Fatalf("a new store has policy %d, want 1", draft.Version)
		}
		draft.Comment = "second"
		published := ok(f.Policies.Publish(ctx, draft, 1, "anna", day(5)))(t)
		if published.Version != 2 || published.PublishedBy != "anna" || !published.PublishedAt.Equal(day(5)) {
			t.Errorf("published as %d by %s at %v", published.Version, published.PublishedBy, published.PublishedAt)
		}
		for asOf, want := range map[time.Time]int{{}: 2, day(-9999): 1, day(5).Add(-1): 1, day(5): 2, day(9): 2} {
			if got := ok(f.Policies.At(ctx, asOf))(t); got.Version != want {
				t.Errorf("as of %v policy %d holds, want %d", asOf, got.Version, want)
			}
		}
		all := ok(f.Policies.List(ctx))(t)
		same(t, "all versions", all, []scorer.Policy{ok(f.Policies.Get(ctx, 1))(t), published})
		if _, err := f.Policies.Get(ctx, 3); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("policy 3: %v, want ErrNotFound", err)
		}
	})

	t.Run("a draft of an old version is refused", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		draft := ok(f.Policies.Get(ctx, 1))(t)
		f.must(second(f.Policies.Publish(ctx, draft, 1, "anna", day(1))))
		var conflict *store.ConflictError
		if _, err := f.Policies.Publish(ctx, draft, 1, "bert", day(2)); !errors.As(err, &conflict) {
			t.Errorf("publishing upon version 1 again: %v, want a ConflictError", err)
		}
	})
}
