package storetest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

func posting(id string) signals.Posting {
	return signals.Posting{ID: id, Title: "job " + id, Evidence: "page-" + id}
}

// hiringWorld is a store with a deal of a customer that has the hiring target T1, and the key
// contact P1.
func hiringWorld(t *testing.T, open Opener) *fixture {
	f, ctx := newFixture(t, open), t.Context()
	f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "Huaxin")}, "crm", day(0))))
	f.must(second(f.Targets.Put(ctx, []signals.Target{{ID: "T1", Kind: signals.KindHiring, CustomerID: "C1", URL: "http://a/"}}, "crm", day(0))))
	f.must(second(f.Contacts.Put(ctx, []signals.Contact{{ID: "P1", CustomerID: "C1", Name: "王"}}, "crm", day(0))))
	f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1", Contacts: []string{"P1"}}}, "crm", day(0))))
	return f
}

// spans writes the postings of T1 as they were known, such as "J1 1-3x4": seen from day 1
// to day 3, found closed on day 4.
func (f *fixture) spans(asOf time.Time) string {
	f.t.Helper()
	h := ok(f.Histories.Deal(f.t.Context(), "D1", asOf))(f.t)
	var all []string
	for _, p := range h.Hiring.Targets[0].Postings {
		text := p.ID
		for _, s := range p.Seen {
			text += fmt.Sprintf(" %d-%d", dayNumber(s.First), dayNumber(s.Last))
			if !s.ClosedAt.IsZero() {
				text += fmt.Sprintf("x%d", dayNumber(s.ClosedAt))
			}
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func dayNumber(t time.Time) int { return int(t.Sub(day0) / (24 * time.Hour)) }

func postings(t *testing.T, open Opener) {
	t.Run("spans open, extend, close and open again, as known at each instant", func(t *testing.T) {
		f, ctx := hiringWorld(t, open), t.Context()
		incomplete := func(n int) signals.Run {
			r := run(n)
			r.Complete, r.Outcome = false, signals.OutcomeBlocked
			return r
		}
		drifted := run(8)
		drifted.Drifted = true
		sighted := commit(run(3), posting("J2"))
		sighted.Sighted = []string{"J1", "never seen"}
		f.must(second(f.Runs.Commit(ctx, commit(run(1), posting("J1"), posting("J1")))))
		f.must(second(f.Runs.Commit(ctx, commit(incomplete(2), posting("J2")))))
		f.must(second(f.Runs.Commit(ctx, sighted)))
		f.must(second(f.Runs.Commit(ctx, commit(incomplete(4), posting("J1")))))
		f.must(second(f.Runs.Commit(ctx, commit(run(5), posting("J2")))))                // J1 is gone
		f.must(second(f.Runs.Commit(ctx, commit(run(6), posting("J2")))))                // and stays so
		f.must(second(f.Runs.Commit(ctx, commit(run(7), posting("J1"), posting("J2"))))) // and is back
		f.must(second(f.Runs.Commit(ctx, commit(drifted))))                              // closes nothing
		f.must(second(f.Runs.Commit(ctx, commit(run(9)))))                               // closes all
		want := map[int]string{
			0: "", 1: "J1 1-1", 2: "J1 1-1, J2 2-2", 3: "J1 1-3, J2 2-3", 4: "J1 1-4, J2 2-3",
			5: "J1 1-4x5, J2 2-5", 6: "J1 1-4x5, J2 2-6", 7: "J1 1-4x5 7-7, J2 2-7", 8: "J1 1-4x5 7-7, J2 2-7",
			9: "J1 1-4x5 7-7x9, J2 2-7x9", 30: "J1 1-4x5 7-7x9, J2 2-7x9",
		}
		for n, spans := range want {
			if got := f.spans(day(n).Add(time.Hour)); got != spans {
				t.Errorf("as of day %d: %q, want %q", n, got, spans)
			}
		}
		if got := f.spans(time.Time{}); got != want[30] {
			t.Errorf("now: %q, want %q", got, want[30])
		}
		if got := f.spans(day(5).Add(time.Minute - 1)); got != want[4] {
			t.Errorf("while run 5 was under way: %q, want %q", got, want[4])
		}
	})

	t.Run("what the first sight said stays", func(t *testing.T) {
		f, ctx := hiringWorld(t, open), t.Context()
		first := posting("J1")
		first.Place, first.Posted, first.Basis = "苏州", &signals.Date{Year: 2026, Month: 8, Day: 30}, signals.DatePublished
		f.must(second(f.Runs.Commit(ctx, commit(run(1), first))))
		changed := first
		changed.Title, changed.Posted, changed.Evidence = "other", &signals.Date{Year: 2026, Month: 9, Day: 3}, "page-2"
		again := ok(f.Runs.Commit(ctx, commit(run(3), changed)))(t)
		if len(again.NewPostings) != 0 {
			t.Errorf("the posting was new again: %v", again.NewPostings)
		}
		h := ok(f.Histories.Deal(ctx, "D1", time.Time{}))(t)
		first.TargetID, first.CustomerID = "T1", "C1"
		first.Seen = []signals.Span{{First: day(1), Last: day(3)}}
		same(t, "the posting", h.Hiring.Targets[0].Postings, []signals.Posting{first})
	})

	t.Run("a commit tells what is new and whom it touches", func(t *testing.T) {
		f, ctx := hiringWorld(t, open), t.Context()
		c := ok(f.Runs.Commit(ctx, commit(run(1), posting("J2"), posting("J1"), posting("J2"))))(t)
		if fmt.Sprint(c.NewPostings, c.Customers) != "[J2 J1] [C1]" {
			t.Errorf("the commit brought %v for %v", c.NewPostings, c.Customers)
		}
	})
}
