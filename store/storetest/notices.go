package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

func notice(id string, published *signals.Date) signals.Notice {
	return signals.Notice{ID: id, Title: "tender " + id, Type: signals.NoticeTender, Published: published, Evidence: "list"}
}

func matchOf(id, customer string) signals.NoticeMatch {
	return signals.NoticeMatch{TargetID: "T1", NoticeID: id, CustomerID: customer, Match: true, Role: signals.RoleBuyer, By: "name", Confidence: 1}
}

// tenderCommit is a run of a tender site.
func tenderCommit(n int, matches []signals.NoticeMatch, notices ...signals.Notice) store.RunCommit {
	c := commit(run(n))
	c.Notices, c.Matches = notices, matches
	return c
}

func date(d int) *signals.Date { return &signals.Date{Year: 2026, Month: 9, Day: d} }

func notices(t *testing.T, open Opener) {
	t.Run("a notice is read as it was known", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		f.must(second(f.Runs.Commit(ctx, tenderCommit(1, nil, notice("N1", date(1))))))
		detailed := notice("N1", date(9))
		detailed.Buyer, detailed.Summary, detailed.Evidence = "华芯", "光刻机", "detail"
		f.must(second(f.Runs.Commit(ctx, tenderCommit(2, nil, detailed))))
		shortened := notice("N1", nil)
		shortened.Title, shortened.Region = "tender …", "江苏"
		f.must(second(f.Runs.Commit(ctx, tenderCommit(3, nil, shortened))))
		sighted := tenderCommit(4, nil)
		sighted.Sighted = []string{"N1"}
		f.must(second(f.Runs.Commit(ctx, sighted)))

		want := notice("N1", date(1))
		want.TargetID, want.FirstSeen, want.LastSeen = "T1", day(1), day(1)
		same(t, "on day 1", ok(f.Notices.Get(ctx, "T1", "N1", day(1).Add(time.Hour)))(t), want)
		want.Buyer, want.Summary, want.Evidence, want.LastSeen = "华芯", "光刻机", "detail", day(2)
		same(t, "on day 2, after the detail page was read", ok(f.Notices.Get(ctx, "T1", "N1", day(2).Add(time.Hour)))(t), want)
		want.Region, want.LastSeen = "江苏", day(3)
		same(t, "on day 3, after a list showed it shortened", ok(f.Notices.Get(ctx, "T1", "N1", day(3).Add(time.Hour)))(t), want)
		want.LastSeen = day(4)
		same(t, "now", ok(f.Notices.Get(ctx, "T1", "N1", time.Time{}))(t), want)
		if _, err := f.Notices.Get(ctx, "T1", "N1", day(1)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("before the run was known: %v, want ErrNotFound", err)
		}
	})

	t.Run("notices whose pages were not read are work for the next run", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		unread := func(id string, tries int) signals.UnreadDetail {
			return signals.UnreadDetail{TargetID: "T1", NoticeID: id, URL: "http://127.0.0.1/" + id, Day: *date(1), Doubtful: true, Tries: tries, Outcome: signals.OutcomeBlocked}
		}
		listed := notice("N1", date(1))
		listed.Details, listed.URL = signals.DetailUnread, "http://127.0.0.1/N1"
		c := tenderCommit(1, nil, listed, notice("N2", date(1)))
		c.Unread = []signals.UnreadDetail{unread("N1", 1), unread("N2", 0)}
		c.Run.Unread = signals.UnreadOf(c.Unread, *date(1))
		c.Run.Reaches = date(1)
		f.must(second(f.Runs.Commit(ctx, c)))
		same(t, "after the first run", ok(f.Runs.UnreadDetails(ctx, "T1"))(t), c.Unread)
		if s := ok(f.Runs.Summaries(ctx, "T1", time.Time{}))(t); s[0].Unread == nil || s[0].Unread.Doubtful != 2 || *s[0].Unread.NewestDoubtful != *date(1) || s[0].Reaches == nil || *s[0].Reaches != *date(1) {
			t.Errorf("the summary says %+v, %+v", s[0].Unread, s[0])
		}
		again := listed
		again.Details = ""
		f.must(second(f.Runs.Commit(ctx, tenderCommit(2, nil, again)))) // a mere line of the list
		if n := ok(f.Runs.Notice(ctx, "T1", "N1"))(t); n.Details != signals.DetailUnread {
			t.Errorf("after another sight on the list the notice is %+v", n)
		}
		read := listed
		read.Type, read.Details, read.Evidence = signals.NoticeInquiry, signals.DetailRead, "detail" // it names no buyer
		c = tenderCommit(3, nil, read)
		c.Unread, c.DetailsRead = []signals.UnreadDetail{unread("N2", 1)}, []string{"N1"}
		f.must(second(f.Runs.Commit(ctx, c)))
		f.reopen()
		same(t, "after the third run", ok(f.Runs.UnreadDetails(ctx, "T1"))(t), c.Unread)
		if n := ok(f.Runs.Notice(ctx, "T1", "N1"))(t); n.Type != signals.NoticeInquiry || n.Details != signals.DetailRead || n.Evidence != "detail" {
			t.Errorf("the notice whose page was read is %+v", n)
		}
		if n := ok(f.Notices.Get(ctx, "T1", "N1", day(2).Add(time.Hour)))(t); n.Type != signals.NoticeTender || n.Details != signals.DetailUnread {
			t.Errorf("before that it was %+v", n)
		}
		if s := ok(f.Runs.Summaries(ctx, "T1", time.Time{}))(t); s[2].Unread != nil {
			t.Errorf("the summary of a run that said nothing of unread ones says %+v", s[2].Unread)
		}
	})

	t.Run("a search says something of those for whom it was asked, under their names of then", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		site := signals.Target{ID: "T1", Kind: signals.KindTender, URL: "http://127.0.0.1/s?kw={customer}"}
		f.must(second(f.Targets.Put(ctx, []signals.Target{site}, "test", day(0))))
		f.must(second(f.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: "甲公司"}, {ID: "C2", Name: "乙公司"}, {ID: "C3", Name: "丙公司"}}, "test", day(0))))
		deal := func(id, customer string) signals.Deal {
			return signals.Deal{ID: id, CustomerID: customer, Name: id, Currency: "CNY"}
		}
		closed := deal("D3", "C3")
		closed.Status = signals.DealLost
		f.must(second(f.Deals.Put(ctx, []signals.Deal{deal("D1", "C1"), deal("D2", "C2"), closed}, "test", day(0))))
		c := tenderCommit(1, nil)
		c.Searched, c.Run.Complete, c.Run.Items = []string{"C2"}, false, 1
		f.must(second(f.Runs.Commit(ctx, c)))
		same(t, "to be searched for", ok(f.Runs.Searches(ctx, "T1"))(t), []signals.Search{
			{CustomerID: "C1", Names: []string{"甲公司"}}, {CustomerID: "C2", Names: []string{"乙公司"}, Last: day(1)},
		})
		complete := func(dealID string, asOf time.Time) bool {
			h := ok(f.Histories.Deal(ctx, dealID, asOf))(t)
			return h.Tender.Sources[0].Runs[0].Complete
		}
		if complete("D1", day(2)) || !complete("D2", day(2)) {
			t.Errorf("the run counts for C1 %v, for C2 %v, want for C2 alone", complete("D1", day(2)), complete("D2", day(2)))
		}
		f.must(second(f.Customers.Put(ctx, []signals.Customer{{ID: "C2", Name: "乙公司", Aliases: []signals.Alias{{Name: "乙厂"}}}}, "test", day(3))))
		if complete("D2", day(4)) || !complete("D2", day(2)) {
			t.Error("a search counts for names that it was not made for, or the past has changed")
		}
		if list := ok(f.Runs.Searches(ctx, "T1"))(t); len(list) != 2 || !list[1].Last.IsZero() || len(list[1].Names) != 2 {
			t.Errorf("to be searched for by all names again: %+v", list)
		}
	})

	t.Run("a search that never found anything says nothing", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		site := signals.Target{ID: "T1", Kind: signals.KindTender, URL: "http://127.0.0.1/s?kw={customer}"}
		f.must(second(f.Targets.Put(ctx, []signals.Target{site}, "test", day(0))))
		f.must(second(f.Customers.Put(ctx, []signals.Customer{{ID: "C1", Name: "甲公司"}}, "test", day(0))))
		f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1", Name: "D1", Currency: "CNY"}}, "test", day(0))))
		for n, items := range []int{0, 2} {
			c := tenderCommit(n+1, nil)
			c.Searched, c.Run.Complete, c.Run.Items = []string{"C1"}, true, items
			f.must(second(f.Runs.Commit(ctx, c)))
		}
		complete := func(asOf time.Time) bool {
			runs := ok(f.Histories.Deal(ctx, "D1", asOf))(t).Tender.Sources[0].Runs
			return runs[len(runs)-1].Complete
		}
		if early, late := complete(day(1).Add(time.Hour)), complete(day(3)); early || !late {
			t.Errorf("it counts before it found anything: %v, and after: %v", early, late)
		}
	})

	t.Run("known notices are told from new ones", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		c := ok(f.Runs.Commit(ctx, tenderCommit(1, []signals.NoticeMatch{matchOf("N1", "C7")}, notice("N1", nil), notice("N2", nil))))(t)
		if fmt.Sprint(c.NewNotices, c.Customers) != "[N1 N2] [C7]" {
			t.Errorf("the commit brought %v for %v", c.NewNotices, c.Customers)
		}
		known := ok(f.Runs.KnownNotices(ctx, "T1", []string{"N1", "N3"}))(t)
		if !known["N1"] || known["N3"] {
			t.Errorf("known are %v, want N1 alone", known)
		}
		c = ok(f.Runs.Commit(ctx, tenderCommit(2, []signals.NoticeMatch{matchOf("N1", "C7")}, notice("N1", date(2)))))(t)
		if fmt.Sprint(c.NewNotices, c.Customers) != "[] [C7]" {
			t.Errorf("a notice that changed brought %v for %v", c.NewNotices, c.Customers)
		}
		c = ok(f.Runs.Commit(ctx, tenderCommit(3, []signals.NoticeMatch{matchOf("N1", "C7")}, notice("N1", date(2)))))(t)
		if fmt.Sprint(c.NewNotices, c.Customers) != "[] []" {
			t.Errorf("a notice that did not change brought %v for %v", c.NewNotices, c.Customers)
		}
	})

	t.Run("notices are found from a day on, by publication or first sight", func(t *testing.T) {
		f, ctx := newFixture(t, open), t.Context()
		late := notice("N4", nil)
		f.must(second(f.Runs.Commit(ctx, tenderCommit(5, nil, notice("N1", date(1)), notice("N2", date(3)), notice("N3", nil), late))))
		late.Published = date(2) // learnt later: it moves from its first sight to that day
		f.must(second(f.Runs.Commit(ctx, tenderCommit(6, nil, late))))
		var ids string
		f.must(f.Notices.Since(ctx, *date(2), func(n signals.Notice) error {
			ids += n.ID + " "
			return nil
		}))
		if ids != "N4 N2 N3 " {
			t.Errorf("from September 2 on: %s, want N4 N2 N3", ids)
		}
	})

	t.Run("the newest match at an instant holds", func(t *testing.T) {
		f, ctx := tenderWorld(t, open), t.Context()
		f.must(second(f.Runs.Commit(ctx, tenderCommit(1, []signals.NoticeMatch{matchOf("N1", "C1")}, notice("N1", date(1))))))
		withdrawn := matchOf("N1", "C1")
		withdrawn.Match = false
		f.must(f.Notices.Match(ctx, day(3), []signals.NoticeMatch{withdrawn}))
		f.must(f.Notices.Match(ctx, day(4), []signals.NoticeMatch{withdrawn}))
		for n, want := range map[int]bool{1: true, 2: true, 3: false, 9: false} {
			got := ok(f.Histories.Deal(ctx, "D1", day(n).Add(time.Hour)))(t).Tender.Notices
			if len(got) != 1 || got[0].Match.Match != want {
				t.Errorf("on day %d the match is %+v, want %v", n, got, want)
			}
		}
	})

	t.Run("a person's judgement stands against the program's", func(t *testing.T) {
		f, ctx := tenderWorld(t, open), t.Context()
		doubtful := func(id string) signals.NoticeMatch {
			m := matchOf(id, "C1")
			m.Review, m.Confidence = true, 0.5
			return m
		}
		f.must(second(f.Runs.Commit(ctx, tenderCommit(1, []signals.NoticeMatch{doubtful("N1"), doubtful("N2"), doubtful("N3")},
			notice("N1", nil), notice("N2", nil), notice("N3", nil)))))
		first := ok(f.Notices.ToReview(ctx, "", 2))(t)
		rest := ok(f.Notices.ToReview(ctx, first[1].Cursor(), 2))(t)
		if len(rest) != 1 || rest[0].Match.NoticeID != "N3" || rest[0].Notice.Title != "tender N3" {
			t.Errorf("the second page to review is %+v, want N3", rest)
		}
		judged := ok(f.Notices.Judge(ctx, signals.NoticeMatch{TargetID: "T1", NoticeID: "N1", CustomerID: "C1", Match: true, Actor: "anna"}, day(2)))(t)
		if !judged.Counts() || judged.By != "name" || !judged.RecordedAt.Equal(day(2)) {
			t.Errorf("the accepted match is %+v", judged)
		}
		f.must(second(f.Notices.Judge(ctx, signals.NoticeMatch{TargetID: "T1", NoticeID: "N2", CustomerID: "C1", Actor: "anna"}, day(2))))
		f.must(f.Notices.Match(ctx, day(3), []signals.NoticeMatch{doubtful("N1"), doubtful("N2"), doubtful("N3")}))
		counts := ""
		for _, n := range ok(f.Histories.Deal(ctx, "D1", day(4)))(t).Tender.Notices {
			counts += fmt.Sprint(n.Notice.ID, n.Match.Counts(), " ")
		}
		if counts != "N1true N2false N3false " {
			t.Errorf("what counts is %s", counts)
		}
		if left := ok(f.Notices.ToReview(ctx, "", 0))(t); len(left) != 1 {
			t.Errorf("%d matches wait for a person, want 1", len(left))
		}
		if _, err := f.Notices.Judge(ctx, signals.NoticeMatch{TargetID: "T1", NoticeID: "N9", CustomerID: "C1", Actor: "anna"}, day(2)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("judging what was never found: %v, want ErrNotFound", err)
		}
	})
}

// tenderWorld is a store with a deal of customer C1 and the tender site T1.
func tenderWorld(t *testing.T, open Opener) *fixture {
	f, ctx := newFixture(t, open), t.Context()
	f.must(second(f.Customers.Put(ctx, []signals.Customer{customer("C1", "Huaxin")}, "crm", day(0))))
	f.must(second(f.Targets.Put(ctx, []signals.Target{{ID: "T1", Kind: signals.KindTender, URL: "http://a/"}}, "crm", day(0))))
	f.must(second(f.Deals.Put(ctx, []signals.Deal{{ID: "D1", CustomerID: "C1"}}, "crm", day(0))))
	return f
}
