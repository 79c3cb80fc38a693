package schedules

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"
)

const (
	benchDeals     = 100_000
	benchCustomers = 10_000 // ten deals each
	benchPostings  = 20     // of each customer
	benchNotices   = 3      // of each customer
	benchMessages  = 4      // of each deal
)

// company is a store of 100 000 deals with two months of signals behind them.
type company struct {
	*testing.B
	db       *bolt.DB
	matching *Matching
	start    time.Time
}

func newCompany(b *testing.B, clock func() time.Time, start time.Time) *company {
	b.Helper()
	db, err := bolt.Open(filepath.Join(b.TempDir(), "deals.db"), bolt.Options{Clock: clock})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	c := &company{b, db, &Matching{Customers: db.Customers, Notices: db.Notices}, start}
	c.people()
	c.hiring()
	c.tenders()
	c.messages()
	return c
}

func (c *company) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func benchID(kind string, n int) string { return fmt.Sprintf("%s-%06d", kind, n) }

func (c *company) people() {
	var customers []signals.Customer
	var contacts []signals.Contact
	var targets []signals.Target
	var deals []signals.Deal
	for n := range benchCustomers {
		id := benchID("C", n)
		customers = append(customers, signals.Customer{ID: id, Name: fmt.Sprintf("苏州第%d机电有限公司", n)})
		contacts = append(contacts, signals.Contact{ID: benchID("K", n), CustomerID: id, Name: "王"})
		targets = append(targets, signals.Target{ID: benchID("T", n), Kind: signals.KindHiring, CustomerID: id, URL: "https://jobs.example/" + id})
	}
	targets = append(targets, signals.Target{ID: "tenders", Kind: signals.KindTender, URL: "https://tenders.example/"})
	for n := range benchDeals {
		deals = append(deals, signals.Deal{
			ID: benchID("D", n), CustomerID: benchID("C", n/10), Name: "商机", Owner: "李四", Amount: decimal.NewFromInt(1_200_000),
			Currency: "CNY", Keywords: []string{"MES"}, Contacts: []string{benchID("K", n/10)},
		})
	}
	_, err := c.db.Customers.Put(c.Context(), customers, "crm", c.start)
	c.must(err)
	_, err = c.db.Contacts.Put(c.Context(), contacts, "crm", c.start)
	c.must(err)
	_, err = c.db.Targets.Put(c.Context(), targets, "crm", c.start)
	c.must(err)
	_, err = c.db.Deals.Put(c.Context(), deals, "crm", c.start)
	c.must(err)
}

// run is a complete run of a target on a day.
func (c *company) run(target string, day, items int) (signals.Run, time.Time) {
	at := c.start.AddDate(0, 0, day)
	return signals.Run{
		ID: fmt.Sprintf("%s-%d", target, day), TargetID: target, Trigger: "schedule", StartedAt: at, FinishedAt: at.Add(time.Minute),
		Outcome: signals.OutcomeOK, Complete: true, Items: items,
	}, at.Add(time.Minute)
}

// hiring crawls each customer on three days: some jobs stay, some are new.
func (c *company) hiring() {
	for n := range benchCustomers {
		for _, day := range []int{1, 40, 59} {
			run, at := c.run(benchID("T", n), day, benchPostings)
			var postings []signals.Posting
			for p := range benchPostings {
				postings = append(postings, signals.Posting{ID: fmt.Sprint(p + day/20), Title: fmt.Sprintf("工程师%d", p+day/20), Place: "苏州"})
			}
			_, err := c.db.Runs.Commit(c.Context(), store.RunCommit{Run: run, Postings: signals.PostingsOf(postings...), At: at})
			c.must(err)
		}
	}
}

// tenders crawls the tender site every day.
func (c *company) tenders() {
	c.must(c.matching.CatchUp(c.Context(), c.start))
	const days = 60
	for day := range days {
		run, at := c.run("tenders", day, benchCustomers*benchNotices/days)
		published := signals.DateOf(at)
		commit := store.RunCommit{Run: run, At: at}
		for n := day * run.Items; n < (day+1)*run.Items; n++ {
			buyer := fmt.Sprintf("苏州第%d机电有限公司", n%benchCustomers)
			commit.Notices = append(commit.Notices, signals.Notice{
				ID: benchID("N", n), TargetID: "tenders", Title: buyer + "MES系统项目公开招标公告", Published: &published,
				Type: signals.NoticeTender, Buyer: buyer, ProjectNo: benchID("SZ", n),
			})
		}
		var err error
		commit.Matches, err = c.matching.Of(c.Context(), commit.Notices, at)
		c.must(err)
		_, err = c.db.Runs.Commit(c.Context(), commit)
		c.must(err)
	}
}

func (c *company) messages() {
	at := c.start.AddDate(0, 0, 59)
	const batch = 10_000
	for first := 0; first < benchDeals*benchMessages; first += batch {
		var in []signals.Interaction
		var covered []signals.Coverage
		for n := first; n < first+batch; n++ {
			deal := n / benchMessages
			direction := signals.DirectionOut
			if n%2 == 0 {
				direction = signals.DirectionIn
			}
			in = append(in, signals.Interaction{
				ID: fmt.Sprintf("%012d", n), Time: c.start.AddDate(0, 0, 30+n%benchMessages*7), DealID: benchID("D", deal), ContactID: benchID("K", deal/10),
				Direction: direction, Kind: "text", Length: 20, Keywords: map[string]int{"预算": 1}, KeywordVersion: 1,
			})
			if n%benchMessages == 0 {
				covered = append(covered, signals.Coverage{Source: "import", DealID: benchID("D", deal), ContactID: benchID("K", deal/10), From: c.start, To: at, RecordedAt: at})
			}
		}
		_, err := c.db.Interactions.Add(c.Context(), "import", in, covered, at)
		c.must(err)
	}
}

// BenchmarkRescore scores 100 000 deals and keeps the results, once a day.
func BenchmarkRescore(b *testing.B) {
	start := time.Date(2026, 9, 1, 8, 0, 0, 0, signals.Shanghai)
	now := &clock{now: start.AddDate(0, 0, 60)}
	c := newCompany(b, now.Now, start)
	r := &Rescorer{
		Histories: c.db.Histories, Policies: c.db.Policies, Verdicts: c.db.Verdicts, AllDeals: c.db.Deals, Matching: c.matching,
		Clock: now.Now, Logger: slog.New(slog.DiscardHandler),
	}
	for b.Loop() {
		done, err := r.All(b.Context())
		if err != nil || done.Deals != benchDeals {
			b.Fatal(done.Deals, err)
		}
		now.advance(time.Hour)
	}
}

// BenchmarkPercentiles scores 100 000 deals by their place among each other, once a day; what
// they are compared with is counted on the way. Its first figure is the counting when such a
// policy is published.
func BenchmarkPercentiles(b *testing.B) {
	start := time.Date(2026, 9, 1, 8, 0, 0, 0, signals.Shanghai)
	now := &clock{now: start.AddDate(0, 0, 60)}
	c := newCompany(b, now.Now, start)
	r := &Rescorer{
		Histories: c.db.Histories, Policies: c.db.Policies, Verdicts: c.db.Verdicts, AllDeals: c.db.Deals, Matching: c.matching,
		Clock: now.Now, Logger: slog.New(slog.DiscardHandler),
	}
	policy := scorer.DefaultPolicy()
	for f, p := range policy.Factors {
		p.Scale, p.MinCohort = scorer.ScalePercentile, 30
		policy.Factors[f] = p
	}
	_, err := c.db.Policies.Publish(b.Context(), policy, 1, "me", now.Now())
	c.must(err)
	now.advance(time.Second)
	begun := time.Now()
	c.must(r.PolicyPublished(b.Context()))
	counted := time.Since(begun)
	for b.Loop() {
		now.advance(time.Hour)
		done, err := r.All(b.Context())
		if err != nil || done.Deals != benchDeals {
			b.Fatal(done.Deals, err)
		}
	}
	b.ReportMetric(counted.Seconds(), "s/counting")
}
