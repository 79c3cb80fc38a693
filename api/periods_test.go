package api_test

import (
	"bytes"
	"context"
	tables "encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// october is a world in which D1 is frozen and D2 is clear when October ends.
func october(t testing.TB) *world { return octoberIn(newWorld(t)) }

func octoberIn(w *world) *world {
	w.now = time.Date(2026, 10, 20, 4, 0, 0, 0, time.UTC)
	w.customer()
	w.deal("D1", 100, nil)
	w.deal("D2", 20, nil)
	w.freeze("D1")
	w.pass(11*24*time.Hour + 3*time.Hour) // fresh until the month ends
	w.score(evaluation("D1", w.clock(), true))
	w.score(evaluation("D2", w.clock(), false))
	w.pass(2 * 24 * time.Hour)
	return w
}

func (w *world) release(dealID string) {
	w.t.Helper()
	decisions, err := w.db.Verdicts.Decisions(w.t.Context(), dealID, w.clock())
	w.must(err)
	_, err = w.desk().Decide(w.t.Context(), dealID, scorer.Request{Action: scorer.ActionRelease, Reason: "seen"}, desk.NewestSeq(decisions), "anna")
	w.must(err)
}

func TestALockedPeriodNeverChangesAndLateChangesAdjustTheNextOne(t *testing.T) {
	w := october(t)
	dry := read[desk.Period](w.post("commission", "/v1/periods/2026-10/lock", map[string]any{"dry_run": true}).is(http.StatusOK))
	if dry.State != desk.PeriodOpen || dry.Summary.Hold != 1 || dry.Summary.Pay != 1 {
		t.Errorf("the dry run: %+v %+v", dry, dry.Summary)
	}
	for confirm, want := range map[string]int{"": http.StatusUnprocessableEntity, "another": http.StatusPreconditionFailed} {
		w.post("commission", "/v1/periods/2026-10/lock", map[string]any{"confirm": confirm}).is(want)
	}
	locked := read[desk.Period](w.post("commission", "/v1/periods/2026-10/lock", map[string]any{"confirm": dry.Digest}).is(http.StatusOK))
	if locked.State != desk.PeriodLocked || locked.LockedBy != "a commission" || len(locked.Digest) != 64 {
		t.Errorf("locked: %+v", locked)
	}
	paths := []string{
		"/v1/periods/2026-10", "/v1/periods/2026-10/lines", "/v1/periods/2026-10/export?format=csv", "/v1/periods/2026-10/export?format=json",
		"/v1/deals/D1/freeze?period=2026-10", "/v1/deals/D2/freeze?period=2026-10", "/v1/deals/D3/freeze?period=2026-10",
	}
	before := make(map[string]string)
	for _, path := range paths {
		before[path] = string(w.get("commission", path).is(http.StatusOK).body)
	}

	w.release("D1")
	w.pass(time.Hour)
	w.freeze("D2")
	w.deal("D3", 5, nil)
	w.deal("D1", 777, nil)
	policy := scorer.DefaultPolicy()
	policy.Payment.UnknownDeal, policy.Payment.StaleData = desk.Hold, desk.Pay
	_, err := w.db.Policies.Publish(t.Context(), policy, 1, "cfo", w.clock())
	w.must(err)
	w.pass(40 * 24 * time.Hour)
	for _, path := range paths {
		if got := string(w.get("commission", path).is(http.StatusOK).body); got != before[path] {
			t.Errorf("%s changed after the lock:\n%s%s", path, before[path], got)
		}
	}

	w.post("commission", "/v1/periods/2026-10/lock", map[string]any{}).isProblem(http.StatusConflict, "period-closed")
	w.post("commission", "/v1/periods/2026-09/lock", map[string]any{}).isProblem(http.StatusConflict, "period-closed")
	w.post("admin", "/v1/periods/2026-11/lock", map[string]any{}).is(http.StatusOK)
	lines := read[struct{ Items []desk.PeriodLine }](w.get("commission", "/v1/periods/2026-11/lines?adjusted=true").is(http.StatusOK)).Items
	got := ""
	for _, l := range lines {
		got += fmt.Sprintf("%s %s of %s; ", l.DealID, l.Adjustment.Kind, l.Adjustment.Period)
	}
	if got != "D1 release of 2026-10; D2 hold of 2026-10; " {
		t.Errorf("the adjustments of November are %s", got)
	}
	c := read[desk.PeriodComparison](w.get("sales_ops", "/v1/periods/2026-11/comparison?with=2026-10").is(http.StatusOK))
	if len(c.Changes) != 3 || c.Changes[0].Kind != desk.ChangeReleased || c.Changes[1].Kind != desk.ChangeHeld || c.Changes[2].Kind != desk.ChangeNew {
		t.Errorf("October and November differ by %+v", c.Changes)
	}
	if _, err := w.db.Audit.Verify(t.Context()); err != nil {
		t.Errorf("the audit log: %v", err)
	}
}

func TestACutOffThatCannotBeIsRefused(t *testing.T) {
	w := october(t)
	w.post("commission", "/v1/periods/2026-12/lock", map[string]any{}).isProblem(http.StatusBadRequest, "not-yet")
	w.post("commission", "/v1/periods/2026-10/lock", map[string]any{"cut_off": w.clock().Add(time.Hour)}).isProblem(http.StatusBadRequest, "not-yet")
	w.post("commission", "/v1/periods/2026-10/lock", map[string]any{"cut_off": "2026-09-30T00:00:00Z"}).isProblem(http.StatusUnprocessableEntity, "invalid")
	w.post("admin", "/v1/periods/2026-10/lock", map[string]any{"cut_off": w.clock()}).is(http.StatusOK)
	w.pass(30 * 24 * time.Hour)
	w.post("commission", "/v1/periods/2026-11/lock", map[string]any{"cut_off": "2026-11-01T00:00:00Z"}).isProblem(http.StatusUnprocessableEntity, "invalid")
	list := read[struct{ Periods []desk.Period }](w.get("sales_ops", "/v1/periods").is(http.StatusOK)).Periods
	if len(list) != 3 || list[0].ID != "2026-12" || list[0].State != desk.PeriodOpen || list[2].ID != "2026-10" || list[2].State != desk.PeriodLocked {
		t.Errorf("the periods are %+v", list)
	}
}

func TestAnExportIsWhatAPayrollAndASpreadsheetRead(t *testing.T) {
	w := october(t)
	w.deal("=1+1", 5, nil)
	w.post("admin", "/v1/periods/2026-10/lock", map[string]any{"cut_off": w.clock()}).is(http.StatusOK)
	table := w.get("commission", "/v1/periods/2026-10/export").is(http.StatusOK)
	rows, err := tables.NewReader(strings.NewReader(strings.TrimPrefix(string(table.body), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 4 || rows[1][2] != "'=1+1" || rows[2][2] != "D1" || rows[2][10] != desk.Hold || rows[3][8] != "20" {
		t.Errorf("%v\n%s", err, table.body)
	}
	sheet := w.get("commission", "/v1/periods/2026-10/export?format=xlsx").is(http.StatusOK)
	book, err := excelize.OpenReader(bytes.NewReader(sheet.body))
	w.must(err)
	cells, err := book.GetRows("Sheet1")
	w.must(err)
	if len(cells) != 4 || cells[1][2] != "=1+1" || cells[2][2] != "D1" || cells[2][10] != desk.Hold {
		t.Errorf("the sheet holds %v", cells)
	}
	w.must(book.Close())
}

// breaking is a list of deals that fails behind a number of them.
type breaking struct {
	desk.Deals
	left int
}

func (b *breaking) List(ctx context.Context, asOf time.Time, after string, limit int) ([]signals.Deal, error) {
	if b.left -= limit; b.left < 0 {
		return nil, errors.New("the disk broke")
	}
	return b.Deals.List(ctx, asOf, after, limit)
}

func TestAnExportThatFailsHalfwayIsNoWholeTable(t *testing.T) {
	w := newWorldWith(t, func(d *deps) { d.Desk.Deals = &breaking{d.Desk.Deals, 5000} })
	var deals []signals.Deal
	for i := range 6000 {
		deals = append(deals, signals.Deal{ID: fmt.Sprintf("D-%05d", i), CustomerID: "C1", Owner: strings.Repeat("李", 60), Currency: "CNY"})
	}
	if _, err := w.db.Deals.Put(t.Context(), deals, "crm", w.clock().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.server.URL+"/v1/periods/2026-11/export", nil)
	w.must(err)
	request.Header.Set("Authorization", "Bearer "+w.secrets["commission"])
	response, err := http.DefaultClient.Do(request)
	w.must(err)
	defer response.Body.Close()
	if table, err := io.ReadAll(response.Body); err == nil {
		t.Errorf("an export of which a part is missing ended like a whole one, after %d bytes", len(table))
	}
}

// Whatever is done after a lock, in whatever order, what the period said stays.
func TestPropertyALockedPeriodNeverChanges(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := octoberIn(newDesk(t))
		lock := func(id string) {
			cutOff := w.clock()
			if _, err := w.desk().LockPeriod(t.Context(), id, desk.PeriodLocking{CutOff: &cutOff}, "payroll"); err != nil {
				r.Fatal(err)
			}
		}
		said := func(id string) string {
			text := ""
			p, err := w.desk().GetPeriod(t.Context(), id)
			w.must(err)
			text += p.Digest + fmt.Sprint(*p.Summary)
			w.must(w.desk().Lines(t.Context(), id, "", func(l desk.PeriodLine) error {
				text += fmt.Sprintf("%+v %+v\n", l.FreezeAnswer, l.Amount)
				return nil
			}))
			answers, err := w.desk().CheckPeriod(t.Context(), []string{"D1", "D2", "D3", "D4"}, id)
			w.must(err)
			return text + fmt.Sprintf("%+v", answers)
		}
		months := []string{"2026-10", "2026-11", "2026-12", "2027-01", "2027-02"}
		before := make(map[string]string)
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			deal := rapid.SampledFrom([]string{"D1", "D2", "D3", "D4"}).Draw(r, "deal")
			w.pass(time.Duration(rapid.IntRange(1, 72).Draw(r, "hours")) * time.Hour)
			switch rapid.IntRange(0, 4).Draw(r, "what") {
			case 0:
				if len(before) < len(months) && w.clock().After(time.Date(2026, 10+time.Month(len(before)), 1, 0, 0, 0, 0, time.UTC)) {
					id := months[len(before)]
					lock(id)
					before[id] = said(id)
				}
			case 1:
				amount := decimal.NewFromInt(int64(rapid.IntRange(1, 1000).Draw(r, "amount")))
				w.deal(deal, amount.IntPart(), changed(r))
			case 2:
				w.score(evaluation(deal, w.clock(), rapid.Bool().Draw(r, "flagged")))
			default:
				w.step(deal)
			}
			for id, want := range before {
				if got := said(id); got != want {
					r.Fatalf("period %s changed:\n%s\n%s", id, want, got)
				}
			}
		}
		if _, err := w.db.Audit.Verify(t.Context()); err != nil {
			r.Fatal(err)
		}
	})
}

// step freezes a deal that is clear and releases one that is frozen.
func (w *world) step(dealID string) {
	w.t.Helper()
	decisions, err := w.db.Verdicts.Decisions(w.t.Context(), dealID, time.Time{})
	w.must(err)
	deal, err := w.db.Deals.Get(w.t.Context(), dealID, time.Time{})
	if err != nil {
		return
	}
	if merged, err := w.desk().GoesOnAsAnother(w.t.Context(), deal, time.Time{}); merged || err != nil {
		w.must(err)
		return
	}
	if scorer.StateAt(decisions, w.clock()).State == scorer.FreezeFrozen {
		w.release(dealID)
		return
	}
	e := evaluation(dealID, w.clock(), true)
	if d, ok := scorer.Decide(decisions, []scorer.Evaluation{e}, scorer.Turn{}, scorer.DefaultPolicy(), w.clock()); ok {
		w.keep(&e, d, desk.NewestSeq(decisions))
	}
}

// A person can be erased after a period was locked: what the period says, and what was answered
// for any instant, names nobody and keeps its bytes.
func TestErasingAPersonChangesNoLockedPeriodAndNoPastAnswer(t *testing.T) {
	w := octoberIn(newWorld(t))
	_, err := w.db.Contacts.Put(t.Context(), []signals.Contact{{ID: "K1", CustomerID: "C1", Name: "王小明", WeComID: "wmPERSON"}}, "crm", w.clock())
	w.must(err)
	w.deal("D1", 100, func(d *signals.Deal) { d.Contacts = []string{"K1"} })
	_, err = w.db.Interactions.Add(t.Context(), "s", []signals.Interaction{{ID: "m", ContactID: "wmPERSON", DealID: "D1", Time: w.clock(), Direction: "in", Kind: "text"}}, nil, w.clock())
	w.must(err)
	w.pass(time.Hour)
	cutOff := w.clock()
	_, err = w.desk().LockPeriod(t.Context(), "2026-10", desk.PeriodLocking{CutOff: &cutOff}, "payroll")
	w.must(err)
	ask := func() string {
		text := ""
		for _, path := range []string{"/v1/periods/2026-10", "/v1/periods/2026-10/lines", "/v1/deals/D1/freeze?period=2026-10", "/v1/deals/D1/freeze?as_of=" + escaped(cutOff)} {
			text += string(w.get("commission", path).is(http.StatusOK).body) + "\n"
		}
		return text + string(w.get("sales_ops", "/v1/deals/D1/decisions").is(http.StatusOK).body)
	}
	before := ask()
	w.pass(time.Hour)
	done, err := w.db.People().Erase(t.Context(), "wmPERSON", "cli", w.clock())
	if err != nil || done.Contacts != 1 || done.Interactions != 1 {
		t.Fatalf("erased %+v, %v", done, err)
	}
	if after := ask(); after != before {
		t.Errorf("from\n%s\nto\n%s", before, after)
	}
	if body := string(w.get("admin", "/v1/deals/D1?as_of="+escaped(cutOff)).is(http.StatusOK).body); strings.Contains(body, "K1") || !strings.Contains(body, done.Receipt) {
		t.Errorf("the deal of then still names the person: %s", body)
	}
	if _, err := w.db.Audit.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}
