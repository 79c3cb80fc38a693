package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// message is a message of contact P1 on day n.
func message(id string, n int) signals.Interaction {
	return signals.Interaction{ID: id, Time: day(n), ContactID: "P1", Direction: signals.DirectionIn, Kind: "text", Length: 3}
}

// talkWorld is a store with contacts P1 and P2, deal D1 with P1, and deal D2 with both.
func talkWorld(t *testing.T, open Opener) *fixture {
	f, ctx := newFixture(t, open), t.Context()
	f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "Huaxin")}, "crm", day(0))))
	f.must(second(f.Contacts.Put(ctx, []signals.Contact{{ID: "P1", CustomerID: "C1", Name: "王", WeComID: "wm1"}, {ID: "P2", CustomerID: "C1", Name: "李"}}, "crm", day(0))))
	f.must(second(f.Deals.Put(ctx, []signals.Deal{
		{ID: "D1", CustomerID: "C1", Contacts: []string{"P1"}}, {ID: "D2", CustomerID: "C1", Contacts: []string{"P2", "P1"}},
	}, "crm", day(0))))
	return f
}

// heard lists the ids of the interactions of a deal, as they were known.
func (f *fixture) heard(dealID string, asOf time.Time) string {
	f.t.Helper()
	ids := []string{}
	for _, i := range ok(f.Histories.Deal(f.t.Context(), dealID, asOf))(f.t).WeChat.Interactions {
		ids = append(ids, i.ID)
	}
	return fmt.Sprint(ids)
}

func interactions(t *testing.T, open Opener) {
	t.Run("a message is kept once, by source and id", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		batch := []signals.Interaction{message("m1", 1), message("m2", 2), message("m1", 1)}
		first := ok(f.Interactions.Add(ctx, "wecom", batch, nil, day(3)))(t)
		same(t, "the first batch", first, store.Added{New: 2, Known: 1, Deals: []string{"D1", "D2"}})
		again := ok(f.Interactions.Add(ctx, "wecom", batch, nil, day(4)))(t)
		same(t, "the same batch again", again, store.Added{Known: 3})
		other := ok(f.Interactions.Add(ctx, "crm", batch[:1], nil, day(4)))(t)
		same(t, "the same id of another source", other, store.Added{New: 1, Deals: []string{"D1", "D2"}})
	})

	t.Run("all of a message comes back, and is known from when it was added", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		m := signals.Interaction{
			ID: "m1", Time: day(1).Add(time.Nanosecond), ContactID: "P1", DealID: "D1", Owner: "anna", Direction: signals.DirectionOut, Kind: "call",
			Length: 12, Duration: signals.Duration(90 * time.Second), Keywords: map[string]int{"预算": 2, "合同": 1}, KeywordVersion: 3,
		}
		f.must(second(f.Interactions.Add(ctx, "wecom", []signals.Interaction{m}, nil, day(5))))
		m.Source, m.RecordedAt = "wecom", day(5)
		same(t, "the message", ok(f.Histories.Deal(ctx, "D1", day(5)))(t).WeChat.Interactions, []signals.Interaction{m})
		if got := f.heard("D1", day(5).Add(-1)); got != "[]" {
			t.Errorf("before it was added D1 had %s", got)
		}
		if got := f.heard("D2", day(6)); got != "[]" {
			t.Errorf("a message about D1 shows on D2: %s", got)
		}
	})

	t.Run("whom later messages name together with a deal was no contact of it before", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D3", CustomerID: "C1"}}, "crm", day(0))))
		about := func(id, contact string, n int) signals.Interaction {
			m := message(id, n)
			m.DealID, m.ContactID = "D3", contact
			return m
		}
		contacts := func(n int) string {
			var ids []string
			for _, c := range ok(f.Histories.Deal(ctx, "D3", day(n)))(t).WeChat.Contacts {
				ids = append(ids, c.ID)
			}
			return fmt.Sprint(ids)
		}
		f.must(second(f.Interactions.Add(ctx, "crm", []signals.Interaction{about("m1", "P1", 1)}, nil, day(2))))
		was := contacts(3)
		f.must(second(f.Interactions.Add(ctx, "crm", []signals.Interaction{about("m2", "P2", 1), about("m3", "P9", 1)}, nil, day(4))))
		cov := signals.Coverage{DealID: "D3", ContactID: "P8", From: day(1), To: day(3)}
		f.must(second(f.Interactions.Add(ctx, "crm", nil, []signals.Coverage{cov}, day(5))))
		for n, want := range map[int]string{3: "[P1]", 4: "[P1 P2 P9]", 5: "[P1 P2 P8 P9]"} {
			if got := contacts(n); got != want {
				t.Errorf("as of day %d: %s, want %s (day 3 was %s)", n, got, want, was)
			}
		}
	})

	t.Run("batches may come in any order", func(t *testing.T) {
		var want string
		for seed := range uint64(4) {
			f, ctx := talkWorld(t, open), t.Context()
			random := rand.New(rand.NewPCG(seed, 0))
			for _, n := range random.Perm(40) {
				m := message(fmt.Sprintf("m%02d", n), n/4) // four at each instant
				f.must(second(f.Interactions.Add(ctx, "wecom", []signals.Interaction{m}, nil, day(20))))
			}
			got := f.heard("D1", day(30))
			if seed == 0 {
				want = got
			}
			if got != want {
				t.Errorf("in another order the messages read\n%s, want\n%s", got, want)
			}
		}
	})

	t.Run("messages of deals and contacts that are not there show once they are", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		unknownContact, unknownDeal := message("m1", 1), message("m2", 1)
		unknownContact.ContactID, unknownDeal.DealID = "P9", "D9"
		byWeCom := message("m3", 1)
		byWeCom.ContactID = "wm1"
		added := ok(f.Interactions.Add(ctx, "wecom", []signals.Interaction{unknownContact, unknownDeal, byWeCom}, nil, day(2)))(t)
		same(t, "the batch", added, store.Added{New: 3, Unmapped: 2, Deals: []string{"D1", "D2"}})
		if got := f.heard("D1", day(3)); got != "[m3]" {
			t.Errorf("before the mapping D1 has %s, want m3 by the WeCom id", got)
		}
		f.must(second(f.Contacts.Put(ctx, []signals.Contact{{ID: "P9", CustomerID: "C1", Name: "赵"}}, "crm", day(4))))
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D9", CustomerID: "C1", Contacts: []string{"P1", "P9"}}}, "crm", day(5))))
		if got := f.heard("D9", day(5)); got != "[m2 m3 m1]" && got != "[m1 m2 m3]" && got != "[m2 m1 m3]" {
			t.Errorf("after the mapping D9 has %s, want all three", got)
		}
		if got := ok(f.Histories.Deal(ctx, "D9", day(5)))(t).WeChat.Interactions; len(got) == 3 {
			for _, i := range got {
				if i.ID == "m3" && i.ContactID != "P1" {
					t.Errorf("the message by WeCom id is of contact %s, want P1", i.ContactID)
				}
			}
		}
	})

	t.Run("a deal without key contacts has those that messages name with it", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D3", CustomerID: "C1"}}, "crm", day(0))))
		about := message("m1", 1)
		about.DealID = "D3"
		f.must(second(f.Interactions.Add(ctx, "wecom", []signals.Interaction{about, message("m2", 1)}, nil, day(2))))
		if got := f.heard("D3", day(3)); got != "[m1 m2]" {
			t.Errorf("D3 has %s, want m1 m2", got)
		}
	})

	t.Run("a key contact that is not there yet is one of the deal's, and is covered by nothing", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D4", CustomerID: "C1", Contacts: []string{"P1", "P9"}}}, "crm", day(0))))
		unknown := message("m1", 1)
		unknown.ContactID = "P9"
		span := signals.Coverage{ContactID: "P9", From: day(0), To: day(2)}
		f.must(second(f.Interactions.Add(ctx, "wecom", []signals.Interaction{unknown}, []signals.Coverage{span}, day(2))))
		h := ok(f.Histories.Deal(ctx, "D4", day(3)))(t).WeChat
		if len(h.Contacts) != 2 || h.Contacts[1].ID != "P9" || len(h.Coverage) != 0 || len(h.Interactions) != 0 {
			t.Errorf("D4 has contacts %v, coverage %v, interactions %v; want P1 and P9, and nothing heard", h.Contacts, h.Coverage, h.Interactions)
		}
	})

	t.Run("coverage is cut to the instant and joined where it touches", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		span := func(from, to int) signals.Coverage {
			return signals.Coverage{ContactID: "P1", From: day(from), To: day(to)}
		}
		f.must(second(f.Interactions.Add(ctx, "wecom", nil, []signals.Coverage{span(0, 2), span(2, 4), span(6, 20)}, day(6))))
		f.must(second(f.Interactions.Add(ctx, "wecom", nil, []signals.Coverage{span(0, 2), span(3, 7)}, day(9))))
		for n, want := range map[int]string{5: "[]", 6: "[0-4]", 8: "[0-4 6-8]", 10: "[0-10]", 30: "[0-20]"} {
			spans := []string{}
			for _, c := range ok(f.Histories.Deal(ctx, "D1", day(n)))(t).WeChat.Coverage {
				if c.From.Before(c.To) {
					spans = append(spans, fmt.Sprintf("%d-%d", dayNumber(c.From), dayNumber(c.To)))
				}
			}
			if fmt.Sprint(spans) != want {
				t.Errorf("as of day %d the coverage is %v, want %s", n, spans, want)
			}
		}
	})

	t.Run("what is taken back stands beside what was granted, from when it was", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		span := func(word signals.CoverageWord, from, to int) []signals.Coverage {
			return []signals.Coverage{{DealID: "D1", ContactID: "P1", From: day(from), To: day(to), Word: word}}
		}
		f.must(second(f.Interactions.Add(ctx, "wecom", nil, span(signals.CoverageGranted, 0, 6), day(6))))
		for _, at := range []int{8, 12} { // the same word, said anew
			added := ok(f.Interactions.Add(ctx, "wecom", nil, span(signals.CoverageTakenBack, 2, 3), day(at)))(t)
			if fmt.Sprint(added.Deals) != "[D1]" {
				t.Errorf("touched %v", added.Deals)
			}
		}
		f.must(second(f.Interactions.Add(ctx, "wecom", nil, span(signals.CoverageGivenBack, 2, 3), day(10))))
		for n, want := range map[int]string{7: "[0-6]", 9: "[0-6 2-3 taken_back]", 11: "[0-6 2-3 given_back 2-3 taken_back]", 13: "[0-6 2-3 given_back 2-3 taken_back 2-3 taken_back]"} {
			spans := []string{}
			for _, c := range ok(f.Histories.Deal(ctx, "D1", day(n)))(t).WeChat.Coverage {
				spans = append(spans, strings.TrimSpace(fmt.Sprintf("%d-%d %s", dayNumber(c.From), dayNumber(c.To), c.Word)))
			}
			if fmt.Sprint(spans) != want {
				t.Errorf("as of day %d the coverage is %v, want %s", n, spans, want)
			}
		}
	})

	t.Run("a span is kept once all its messages are here", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		m := message("m1", 1)
		stated := store.StatedSpan{Coverage: signals.Coverage{DealID: "D1", ContactID: m.ContactID, From: day(0), To: day(3)}, Messages: 1}
		before := ok(f.Interactions.Cover(ctx, "wecom", []store.StatedSpan{stated}, "a bridge", day(3)))(t)
		if before.New != 0 || len(before.Open) != 1 || before.Open[0] != (store.OpenSpan{Stated: 1}) {
			t.Errorf("before its message: %+v", before)
		}
		f.must(second(f.Interactions.Add(ctx, "another", []signals.Interaction{m}, nil, day(4))))
		if another := ok(f.Interactions.Cover(ctx, "wecom", []store.StatedSpan{stated}, "a bridge", day(4)))(t); another.New != 0 {
			t.Errorf("another source's message: %+v", another)
		}
		f.must(second(f.Interactions.Add(ctx, "wecom", []signals.Interaction{m}, nil, day(5))))
		after := ok(f.Interactions.Cover(ctx, "wecom", []store.StatedSpan{stated}, "a bridge", day(6)))(t)
		if after.New != 1 || len(after.Open) != 0 || fmt.Sprint(after.Deals) != "[D1]" {
			t.Errorf("with its message: %+v", after)
		}
		for n, want := range map[int]int{5: 0, 6: 1} {
			if c := ok(f.Histories.Deal(ctx, "D1", day(n)))(t).WeChat.Coverage; len(c) != want {
				t.Errorf("as of day %d it covers %v", n, c)
			}
		}
	})

	t.Run("a batch with a bad message keeps nothing", func(t *testing.T) {
		f, ctx := talkWorld(t, open), t.Context()
		var invalid *store.InvalidError
		_, err := f.Interactions.Add(ctx, "wecom", []signals.Interaction{message("m1", 1), message("", 2)}, nil, day(3))
		if !errors.As(err, &invalid) {
			t.Errorf("a message without an id: %v, want an InvalidError", err)
		}
		if got := f.heard("D1", day(4)); got != "[]" {
			t.Errorf("half of the batch was kept: %s", got)
		}
	})
}
