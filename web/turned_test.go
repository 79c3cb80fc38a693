package web_test

import (
	"log/slog"
	"net/http"
	"testing"
	"time"

	"dealvitals/schedules"
	"dealvitals/signals"
)

// A reviewer finds the deal that goes on held, with the way to the one that it was decided on,
// where nothing is decided any more.
func TestAHoldThatCameWithAMergeIsReviewedOnTheDealThatGoesOn(t *testing.T) {
	w := newWorld(t)
	deal, err := w.db.Deals.Get(t.Context(), "D-1", time.Time{})
	w.must(err)
	deal.MergedInto = "D-2"
	_, err = w.db.Deals.Put(t.Context(), []signals.Deal{deal}, "crm", w.clock())
	w.must(err)
	w.pass(time.Hour)
	rescorer := &schedules.Rescorer{
		Histories: w.db.Histories, Policies: w.db.Policies, Verdicts: w.db.Verdicts, AllDeals: w.db.Deals,
		Matching: &schedules.Matching{Customers: w.db.Customers, Notices: w.db.Notices}, Clock: w.clock, Logger: slog.New(slog.DiscardHandler),
	}
	_, err = rescorer.Deals(t.Context(), []string{"D-1"})
	w.must(err)
	w.login("sales_ops")
	list := w.get("/").is(http.StatusOK, "/")
	list.says("/deals/D-2")
	list.doesNotSay(`href="/deals/D-1"`)
	w.get("/deals/D-2").says("被冻结的商机并入本商机", `<a href="/deals/D-1">D-1</a>`, "/deals/D-1?as_of=", "确认冻结", "须由人工复核")
	merged := w.get("/deals/D-1").is(http.StatusOK, "/deals/D-1")
	merged.says(`<a href="/deals/D-2">`)
	merged.doesNotSay("作出决定")
}
