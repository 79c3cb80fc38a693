package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dealvitals/evidence"
	"dealvitals/signals"
	"dealvitals/store/bolt"
)

// contents is what a store and its evidence hold, one line a fact, each with how often
// it is there. Instants at which the program worked are left out.
type contents map[string]int

func openStore(t *testing.T, folder string) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(filepath.Join(folder, "dealvitals.db"), bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// contentsOf reads everything in the folder's store.
func contentsOf(t *testing.T, folder string) contents {
	t.Helper()
	db := openStore(t, folder)
	defer db.Close()
	c := make(contents)
	customers, err := db.Customers.List(t.Context(), time.Time{}, "", 0)
	fill(t, c, customers, err)
	contacts, err := db.Contacts.List(t.Context(), time.Time{}, "", 0)
	fill(t, c, contacts, err)
	targets, err := db.Targets.List(t.Context(), time.Time{}, "", 0)
	fill(t, c, targets, err)
	deals, err := db.Deals.List(t.Context(), time.Time{}, "", 0)
	fill(t, c, deals, err)
	pages := make(map[string]bool)
	for _, d := range deals {
		h, err := db.Histories.Deal(t.Context(), d.ID, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		c.signals(h, pages)
	}
	decisions, err := db.Verdicts.Log(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range decisions {
		c.add("decision on %s: %s, %s, %s", d.DealID, d.Action, d.State, d.ReasonCode)
		for _, page := range d.Evidence {
			pages[page] = true
		}
	}
	readPages(t, folder, db, slices.Sorted(maps.Keys(pages)))
	return c
}

func (c contents) add(format string, args ...any) { c[fmt.Sprintf(format, args...)]++ }

// fill adds records without the time at which they were recorded.
func fill[T any](t *testing.T, c contents, records []T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		fields := decode[map[string]any](t, encode(t, r))
		delete(fields, "recorded_at")
		text, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		c.add("%T %s", r, text)
	}
}

// signals adds the signals of a deal and gathers the pages that show them.
func (c contents) signals(h signals.History, pages map[string]bool) {
	for _, target := range h.Hiring.Targets {
		for _, p := range target.Postings {
			c.add("%s: posting %s %s, published %v, in %d spans", h.Deal.ID, p.TargetID, p.ID, p.Posted, len(p.Seen))
			pages[p.Evidence] = true
		}
	}
	for _, n := range h.Tender.Notices {
		c.add("%s: notice %s %s, %s, match %v", h.Deal.ID, n.Notice.TargetID, n.Notice.ID, n.Match.Role, n.Match.Match)
		pages[n.Notice.Evidence] = true
	}
	for _, m := range h.WeChat.Interactions {
		c.add("%s: message %s %s %s, length %d, keywords %v", h.Deal.ID, m.ContactID, m.ID, m.Direction, m.Length, m.Keywords)
	}
	for _, span := range h.WeChat.Coverage {
		c.add("%s: %s covered %s to %s", h.Deal.ID, span.ContactID, span.From.UTC(), span.To.UTC())
	}
}

// readPages reads each captured page back from the evidence beside the store.
func readPages(t *testing.T, folder string, db *bolt.DB, hashes []string) {
	t.Helper()
	archive, err := evidence.Open(filepath.Join(folder, "dealvitals.db.evidence"), evidence.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, hash := range hashes {
		e, err := db.Runs.Evidence(t.Context(), hash)
		if err != nil {
			t.Errorf("a signal's page %q: %v", hash, err)
			continue
		}
		if body, err := archive.Body(t.Context(), e); err != nil || len(body) == 0 {
			t.Errorf("the body of page %s: %d bytes, %v", hash, len(body), err)
		}
	}
}

// runsOf counts the finished runs of a target.
func runsOf(t *testing.T, folder, target string) int {
	t.Helper()
	db := openStore(t, folder)
	defer db.Close()
	runs, err := db.Runs.Summaries(t.Context(), target, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return len(runs)
}

// compare names the facts that are lost and those that are there too often.
func compare(t *testing.T, want, got contents) {
	t.Helper()
	facts := slices.Sorted(maps.Keys(want))
	for fact := range got {
		if want[fact] == 0 {
			facts = append(facts, fact)
		}
	}
	differ := 0
	for _, fact := range facts {
		if want[fact] == got[fact] {
			continue
		}
		if differ++; differ <= 20 {
			t.Errorf("undisturbed %d times, after kills %d times: %s", want[fact], got[fact], fact)
		}
	}
	if differ > 20 {
		t.Errorf("… and %d more differ, of %d", differ-20, len(facts))
	}
}
