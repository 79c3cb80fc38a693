// Package desktest fills a store with a company whose deals have ended, for the tests of
// whoever asks about the past.
package desktest

import (
	"context"
	"fmt"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/store/bolt"

	"github.com/shopspring/decimal"
)

// LeadDays is how long before its end each deal shows what Ended writes about it.
const LeadDays = 90

// screen is the beginning of a day in Shanghai: when a back-test looks at a deal.
func screen(n, of int) time.Time {
	return time.Date(2024, 4, 1, 0, 0, 0, 0, signals.Shanghai).AddDate(0, 0, n*600/of)
}

// Screen is the instant at which deal n of so many is looked at.
func Screen(n, of int) time.Time { return screen(n, of).UTC() }

// DealID names a deal of the company.
func DealID(n int) string { return fmt.Sprintf("D-%04d", n) }

// Cold tells whether nobody at the customer of deal n talks to the sales person, while the
// customer hires and buys: the pattern that flags. Every other deal is healthy.
func Cold(n int) bool { return n%2 == 0 }

// Won tells whether deal n was won: of the cold one in ten, of the others seven.
func Won(n int) bool {
	if Cold(n) {
		return n/2%10 == 0
	}
	return n/2%10 < 7
}

// Ended writes a company with so many deals, their signals as they were known before each
// deal's screen, and what became of them, learnt at an instant. The screens lie between
// April 2024 and November 2025, the ends LeadDays later.
func Ended(ctx context.Context, db *bolt.DB, deals int, learnt time.Time) error {
	for _, write := range []func(context.Context, *bolt.DB, int) error{records, tenders, hiring, talk} {
		if err := write(ctx, db, deals); err != nil {
			return err
		}
	}
	return outcomes(ctx, db, deals, learnt)
}

func customerID(n int) string { return fmt.Sprintf("C-%04d", n) }
func contactID(n int) string  { return fmt.Sprintf("K-%04d", n) }
func targetID(n int) string   { return fmt.Sprintf("T-%04d", n) }

func records(ctx context.Context, db *bolt.DB, of int) error {
	from := Screen(0, of).AddDate(0, 0, -100)
	sites := []signals.Target{{ID: "tenders", Kind: signals.KindTender, URL: "https://tenders.example/"}}
	if _, err := db.Targets.Put(ctx, sites, "crm", from); err != nil {
		return err
	}
	for n := range of {
		at := Screen(n, of).AddDate(0, 0, -70)
		customer := signals.Customer{ID: customerID(n), Name: fmt.Sprintf("苏州第%d机电有限公司", n)}
		contact := signals.Contact{ID: contactID(n), CustomerID: customer.ID, Name: "王"}
		target := signals.Target{ID: targetID(n), Kind: signals.KindHiring, CustomerID: customer.ID, URL: "https://jobs.example/" + customer.ID}
		deal := signals.Deal{
			ID: DealID(n), CustomerID: customer.ID, Name: "MES", Owner: []string{"李雷", "韩梅梅"}[n/2%2], Region: []string{"华东", "华南"}[n/4%2],
			ProductLine: "MES", Amount: decimal.NewFromInt(int64(100_000 * (1 + n%7))), Currency: "CNY", Contacts: []string{contact.ID},
		}
		if _, err := db.Customers.Put(ctx, []signals.Customer{customer}, "crm", at); err != nil {
			return err
		}
		if _, err := db.Contacts.Put(ctx, []signals.Contact{contact}, "crm", at); err != nil {
			return err
		}
		if _, err := db.Targets.Put(ctx, []signals.Target{target}, "crm", at); err != nil {
			return err
		}
		if _, err := db.Deals.Put(ctx, []signals.Deal{deal}, "crm", at); err != nil {
			return err
		}
	}
	return nil
}

func run(target string, at time.Time, items int) signals.Run {
	return signals.Run{
		ID: fmt.Sprint(target, "-", at.Unix()), TargetID: target, Trigger: "schedule", StartedAt: at.Add(-time.Minute), FinishedAt: at,
		Outcome: signals.OutcomeOK, Complete: true, AllDated: true, Items: items,
	}
}

// tenders crawls a tender site every third day. It shows three projects of each customer in
// the weeks before the screen of its deal.
func tenders(ctx context.Context, db *bolt.DB, of int) error {
	notices := make(map[int][]int) // day of crawl → customers
	first := Screen(0, of).AddDate(0, 0, -99)
	for n := range of {
		for weeks := 1; weeks <= 3; weeks++ {
			day := int(Screen(n, of).AddDate(0, 0, -7*weeks).Sub(first).Hours()) / 24 / 3 * 3
			notices[day] = append(notices[day], n)
		}
	}
	for day := 0; day <= 720; day += 3 {
		at := first.AddDate(0, 0, day)
		published := signals.DateOf(at.In(signals.Shanghai))
		commit := store.RunCommit{Run: run("tenders", at, len(notices[day])), At: at}
		for i, n := range notices[day] {
			buyer, id := fmt.Sprintf("苏州第%d机电有限公司", n), fmt.Sprintf("N-%d-%d", day, i)
			commit.Notices = append(commit.Notices, signals.Notice{
				ID: id, TargetID: "tenders", Title: fmt.Sprintf("%s第%d车间MES项目公开招标公告", buyer, day), Published: &published,
				Type: signals.NoticeTender, Buyer: buyer, ProjectNo: fmt.Sprintf("SZ-%d-%d", n, day),
			})
			commit.Matches = append(commit.Matches, signals.NoticeMatch{TargetID: "tenders", NoticeID: id, CustomerID: customerID(n), Match: true, Role: signals.RoleBuyer, By: buyer, Confidence: 1})
		}
		if _, err := db.Runs.Commit(ctx, commit); err != nil {
			return err
		}
	}
	return nil
}

// hiring crawls each customer's page in the weeks before its deal's screen. It shows eight
// new jobs.
func hiring(ctx context.Context, db *bolt.DB, of int) error {
	for n := range of {
		for _, days := range []int{60, 32, 20, 10, 1} {
			at := Screen(n, of).AddDate(0, 0, -days)
			var postings []signals.Posting
			for job := range 8 {
				posted := signals.DateOf(at.AddDate(0, 0, -job).In(signals.Shanghai))
				id := fmt.Sprint(days, "-", job)
				postings = append(postings, signals.Posting{ID: id, TargetID: targetID(n), Title: "工程师" + id, Place: "苏州", Posted: &posted, Basis: signals.DatePublished})
			}
			commit := store.RunCommit{Run: run(targetID(n), at, 8), Postings: signals.PostingsOf(postings...), At: at}
			if _, err := db.Runs.Commit(ctx, commit); err != nil {
				return err
			}
		}
	}
	return nil
}

// talk covers each deal's contact. Where the deal is not cold, both write every day.
func talk(ctx context.Context, db *bolt.DB, of int) error {
	for n := range of {
		at := Screen(n, of)
		var in []signals.Interaction
		for hours := 6; hours < 29*24 && !Cold(n); hours += 12 {
			direction := []signals.Direction{signals.DirectionIn, signals.DirectionOut}[hours/12%2]
			in = append(in, signals.Interaction{
				ID: fmt.Sprint(n, "-", hours), Time: at.Add(-time.Duration(hours) * time.Hour), DealID: DealID(n), ContactID: contactID(n), Direction: direction, Kind: "text", Length: 20,
			})
		}
		covered := []signals.Coverage{{Source: "import", DealID: DealID(n), ContactID: contactID(n), From: at.AddDate(0, 0, -65), To: at, RecordedAt: at}}
		if _, err := db.Interactions.Add(ctx, "import", in, covered, at); err != nil {
			return err
		}
	}
	return nil
}

func outcomes(ctx context.Context, db *bolt.DB, of int, learnt time.Time) error {
	list := make([]signals.DealOutcome, of)
	for n := range of {
		o := signals.DealOutcome{DealID: DealID(n), Result: signals.ResultLost, ClosedAt: signals.DateOf(screen(n, of)).AddDays(LeadDays)}
		if Won(n) {
			final := decimal.NewFromInt(int64(90_000 * (1 + n%7)))
			o.Result, o.FinalAmount, o.Currency = signals.ResultWon, &final, "CNY"
		}
		list[n] = o
	}
	_, err := db.Outcomes.Put(ctx, list, "crm", learnt)
	return err
}
