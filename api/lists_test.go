package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dealvitals/api/gen"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// walk reads every page of a list and returns the ids on it.
func walk[P any](t *testing.T, w *world, path string, of func(P) (ids []string, next *string)) []string {
	t.Helper()
	var all []string
	at := path
	for range 100 {
		ids, next := of(read[P](w.get("admin", at).is(http.StatusOK)))
		all = append(all, ids...)
		if next == nil {
			return all
		}
		at = path + "&cursor=" + url.QueryEscape(*next)
	}
	t.Fatalf("%s never ends", path)
	return nil
}

func flaggedIDs(p gen.FlaggedDealPage) ([]string, *string) {
	var ids []string
	for _, row := range p.Items {
		ids = append(ids, row.Health.DealID)
	}
	return ids, p.Next
}

func flaggedWorld(t *testing.T) *world {
	w := newWorld(t)
	w.customer()
	amounts := []int64{300, 100, 300, 9, 20}
	for i, amount := range amounts {
		id := fmt.Sprintf("D%d", i+1)
		w.deal(id, amount, func(d *signals.Deal) {
			if i%2 == 1 {
				d.Owner, d.Region, d.Team, d.ProductLine = "韩梅梅", "华南", "二组", "云"
			}
		})
		w.freeze(id)
		w.pass(time.Minute)
	}
	w.deal("D6", 5000, nil)
	w.score(evaluation("D6", w.clock(), false))
	return w
}

func TestFlaggedDealsAreSortedFilteredAndPaged(t *testing.T) {
	w := flaggedWorld(t)
	cases := map[string]struct{ query, want string }{
		"largest amount first":          {"?limit=2", "D1 D3 D2 D5 D4"},
		"smallest amount first":         {"?limit=1&sort=amount", "D4 D5 D2 D1 D3"},
		"newest freeze first":           {"?limit=2&sort=-since", "D5 D4 D3 D2 D1"},
		"oldest freeze first":           {"?limit=3&sort=since", "D1 D2 D3 D4 D5"},
		"by health, which is the same":  {"?limit=2&sort=health", "D1 D2 D3 D4 D5"},
		"by id":                         {"?limit=4&sort=id", "D1 D2 D3 D4 D5"},
		"of one owner":                  {"?limit=1&owner=" + url.QueryEscape("韩梅梅"), "D2 D4"},
		"of a region, team and product": {"?region=" + url.QueryEscape("华南") + "&team=" + url.QueryEscape("二组") + "&product_line=" + url.QueryEscape("云"), "D2 D4"},
		"of a diagnosis":                {"?diagnosis=cold_relationship&limit=5", "D1 D3 D2 D5 D4"},
		"of a diagnosis that none has":  {"?diagnosis=dormant", ""},
		"that are frozen, at least 100": {"?state=frozen&min_amount=100&max_amount=299.99", "D2"},
		"that are clear":                {"?state=clear", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(walk(t, w, "/v1/flagged-deals"+c.query, flaggedIDs), " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	page := read[gen.FlaggedDealPage](w.get("sales_ops", "/v1/flagged-deals?limit=2").is(http.StatusOK))
	if row := page.Items[0]; page.Total != 5 || row.CustomerName != "宏图机械有限公司" || !row.Flagged || row.Health.Freeze.State != scorer.FreezeFrozen || row.Health.Amount != "300" {
		t.Errorf("the first row of %d is %+v", page.Total, row)
	}
}

func TestCursorIsOnlyForItsOwnList(t *testing.T) {
	w := flaggedWorld(t)
	next := read[gen.FlaggedDealPage](w.get("admin", "/v1/flagged-deals?limit=2").is(http.StatusOK)).Next
	if next == nil {
		t.Fatal("five deals fit on a page of two")
	}
	for name, path := range map[string]string{
		"of another order": "/v1/flagged-deals?sort=id&cursor=" + *next,
		"of another list":  "/v1/deals?cursor=" + *next,
		"made up":          "/v1/deals?cursor=%25%25",
		"cut off":          "/v1/flagged-deals?cursor=" + (*next)[:10],
	} {
		t.Run(name, func(t *testing.T) {
			a := w.get("admin", path)
			a.t = t
			a.isProblem(http.StatusBadRequest, "bad-parameter")
		})
	}
	for _, limit := range []string{"0", "1001", "-1", "x"} {
		w.get("admin", "/v1/deals?limit="+limit).isProblem(http.StatusBadRequest, "bad-parameter")
	}
}

func TestListsOfRecordsArePaged(t *testing.T) {
	w := flaggedWorld(t)
	ids := walk(t, w, "/v1/deals?limit=2", func(p gen.DealPage) ([]string, *string) {
		var ids []string
		for _, d := range p.Items {
			ids = append(ids, d.ID)
		}
		return ids, p.Next
	})
	if got := strings.Join(ids, " "); got != "D1 D2 D3 D4 D5 D6" {
		t.Errorf("the deals are %s", got)
	}
	for _, path := range []string{"/v1/contacts", "/v1/targets", "/v1/notice-matches"} {
		if a := w.get("admin", path).is(http.StatusOK); string(a.body) != "{\"items\":[]}\n" {
			t.Errorf("%s of nothing is %s", path, a.body)
		}
	}
}
