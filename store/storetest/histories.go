package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

func histories(t *testing.T, open Opener) {
	t.Run("a history holds the versions of its instant", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1", Name: "before"}}, "crm", day(1))))
		if h := ok(f.Histories.Deal(ctx, "D1", day(1)))(t); h.Customer.ID != "" {
			t.Errorf("a customer that is not known reads %+v", h.Customer)
		}
		f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "old name")}, "crm", day(2))))
		f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "new name")}, "crm", day(4))))
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1", Name: "after"}}, "crm", day(5))))
		target := signals.Target{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "http://old/"}
		f.must(second(f.Targets.Put(ctx, []signals.Target{target, {ID: "T2", Kind: signals.KindTender, URL: "http://tender/"}}, "crm", day(3))))
		target.URL = "http://new/"
		f.must(second(f.Targets.Put(ctx, []signals.Target{target}, "crm", day(6))))
		target.CustomerID = "C2"
		f.must(second(f.Targets.Put(ctx, []signals.Target{target}, "crm", day(7))))
		for n, want := range map[int]string{
			1: "before  [] 0", 2: "before old name [] 0", 3: "before old name [http://old/] 1", 4: "before new name [http://old/] 1",
			5: "after new name [http://old/] 1", 6: "after new name [http://new/] 1", 7: "after new name [] 1",
		} {
			h := ok(f.Histories.Deal(ctx, "D1", day(n)))(t)
			urls := []string{}
			for _, target := range h.Hiring.Targets {
				urls = append(urls, target.Target.URL)
			}
			if got := fmt.Sprint(h.Deal.Name, " ", h.Customer.Name, " ", urls, " ", len(h.Tender.Sources)); got != want {
				t.Errorf("as of day %d: %s, want %s", n, got, want)
			}
		}
		if _, err := f.Histories.Deal(ctx, "D1", day(1).Add(-1)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("before the deal was known: %v, want ErrNotFound", err)
		}
	})

	t.Run("each history comes in the order of the ids, and may use the store", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		var deals []signals.Deal
		var ids []string
		for n := range 250 {
			id := fmt.Sprintf("D%03d", n)
			deals = append(deals, signals.Deal{ID: id, CustomerID: "C1"})
			ids = append([]string{id}, ids...)
		}
		f.must(second(f.Deals.Put(ctx, deals, "crm", day(0))))
		n := 0
		f.must(f.Histories.Each(ctx, append(ids, "unknown"), day(1), func(h signals.History) error {
			if h.Deal.ID != ids[n] {
				t.Fatalf("history %d is of deal %s, want %s", n, h.Deal.ID, ids[n])
			}
			n++
			f.must(f.Marks.SetDue(ctx, h.Deal.ID, day(1)))
			return second(f.Verdicts.Decisions(ctx, h.Deal.ID, time.Time{}))
		}))
		if n != 250 {
			t.Errorf("there were %d histories, want 250", n)
		}
		stop := errors.New("stop")
		if err := f.Histories.Each(ctx, ids, day(1), func(signals.History) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("an error of the caller came back as %v", err)
		}
	})

	t.Run("the same instant gives the same bytes after later crawls and edits", func(t *testing.T) {
		f := hiringWorld(t, open)
		ctx := t.Context()
		asked := day(10).Add(time.Hour)
		var before string
		for n := 1; n <= 25; n++ {
			jobs := []signals.Posting{posting("J1"), posting(fmt.Sprintf("J%d", n))}
			if n%4 == 0 {
				jobs = jobs[1:]
			}
			c := commit(run(n), jobs...)
			c.Run.Complete = n%5 != 0
			f.must(second(f.Runs.Commit(ctx, c)))
			f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1", Name: fmt.Sprint("name ", n), Contacts: []string{"P1"}}}, "crm", day(n))))
			f.must(second(f.Contacts.Put(ctx, []signals.Contact{{ID: "P1", CustomerID: "C1", Name: fmt.Sprint("name ", n)}}, "crm", day(n))))
			f.must(second(f.Interactions.Add(ctx, "wecom", []signals.Interaction{message(fmt.Sprint("m", n), n/2)},
				[]signals.Coverage{{ContactID: "P1", From: day(n - 1), To: day(n)}}, day(n))))
			if n == 10 {
				before = asJSON(t, ok(f.Histories.Deal(ctx, "D1", asked))(t))
			}
		}
		f.reopen()
		if after := asJSON(t, ok(f.Histories.Deal(ctx, "D1", asked))(t)); after != before {
			t.Errorf("the history as of day 10 changed from\n%s to\n%s", before, after)
		}
	})
}

// answersStay: what was answered for an instant is not changed by what is written later,
// whatever time the writer gives.
func answersStay(t *testing.T, open Opener) {
	asked := day(5)
	for _, c := range []struct {
		name  string
		write func(f *fixture) error
	}{
		{"a run that ended before the question", func(f *fixture) error {
			return second(f.Runs.Commit(f.t.Context(), commit(run(3), posting("J1"))))
		}},
		{"a record put at an earlier time", func(f *fixture) error {
			return second(f.Deals.Put(f.t.Context(), []signals.Deal{{ID: "D1", CustomerID: "C1", Name: "other"}}, "crm", day(4)))
		}},
		{"a message added at an earlier time", func(f *fixture) error {
			return second(f.Interactions.Add(f.t.Context(), "wecom", []signals.Interaction{message("m1", 1)}, nil, day(4)))
		}},
		{"a score and a decision as of an earlier time", func(f *fixture) error {
			return second(f.Verdicts.Record(f.t.Context(), []store.Verdict{verdict("D1", 4, 0)}))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := hiringWorld(t, open)
			before := f.answer("D1", asked)
			f.must(c.write(f))
			if after := f.answer("D1", asked); after != before {
				t.Errorf("the answer changed from\n%s to\n%s", before, after)
			}
			if now := f.answer("D1", asked.Add(1)); now == before {
				t.Error("a question a moment later does not see it either")
			}
		})
	}
}

// answer is all that is answered about a deal as of an instant.
func (f *fixture) answer(dealID string, asOf time.Time) string {
	f.t.Helper()
	ctx := f.t.Context()
	evaluation, _, err := f.Verdicts.Latest(ctx, dealID, asOf)
	f.must(err)
	return asJSON(f.t, []any{
		ok(f.Histories.Deal(ctx, dealID, asOf))(f.t), ok(f.Verdicts.Decisions(ctx, dealID, asOf))(f.t), evaluation,
	})
}
