package bolt

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"go.etcd.io/bbolt"
)

func TestMigrationsRunInOrderFromEachOlderVersion(t *testing.T) {
	var ran []int
	noting := func(n int) migration {
		return func(*bbolt.Tx) error {
			ran = append(ran, n)
			return nil
		}
	}
	steps := []migration{createBuckets, noting(2), noting(3)}
	path := filepath.Join(t.TempDir(), "deals.db")
	for _, c := range []struct {
		known int // how many migrations the program has
		want  int // of the noting ones, how many ran by then
	}{{1, 0}, {2, 1}, {2, 1}, {3, 2}} {
		file, err := bbolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		db := &DB{file: file, path: path}
		if err := errors.Join(db.migrate(steps[:c.known]), file.Close()); err != nil {
			t.Fatal(err)
		}
		if len(ran) != c.want || c.want > 0 && ran[c.want-1] != c.want+1 {
			t.Errorf("with %d migrations those that ran are %v", c.known, ran)
		}
	}
}

func TestAMigrationThatFailsLeavesTheFileAsItWas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	bad := errors.New("bad")
	err = db.migrate(append(migrations(), func(tx *bbolt.Tx) error {
		return errors.Join(bad, tx.DeleteBucket([]byte(bucketAudit)))
	}))
	if !errors.Is(err, bad) {
		t.Errorf("migrating: %v", err)
	}
	if _, err := db.Audit.Verify(t.Context()); err != nil {
		t.Errorf("after the failed migration: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestNoticesOfOlderFilesThatNameNoBuyerAreReadAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 9, 1, 8, 0, 0, 0, signals.Shanghai)
	run := signals.Run{ID: "r", TargetID: "T", StartedAt: start, FinishedAt: start, Outcome: signals.OutcomeOK, Complete: true}
	_, err = db.Runs.Commit(t.Context(), store.RunCommit{Run: run, At: start, Notices: []signals.Notice{
		{ID: "open", Title: "货架采购招标公告", Type: signals.NoticeTender, URL: "http://127.0.0.1/1"},
		{ID: "named", Title: "货架采购招标公告", Type: signals.NoticeTender, URL: "http://127.0.0.1/2", Buyer: "云溪县教育局"},
		{ID: "titled", Title: "云溪县教育局货架采购招标公告", Type: signals.NoticeTender, URL: "http://127.0.0.1/3"},
		{ID: "alone", Title: "货架采购招标公告", Type: signals.NoticeTender},
	}})
	older := func(tx *bbolt.Tx) error {
		for _, later := range append(eventBuckets(), bucketSearches, bucketDealsByPerson, bucketIDsByName, bucketDealsClosed, bucketDealsByMerge) {
			if err := tx.DeleteBucket([]byte(later)); err != nil {
				return err
			}
		}
		return errors.Join(tx.DeleteBucket([]byte(bucketUnread)), bucketMeta.in(tx).Put([]byte(schemaKey), []byte{0, 0, 0, 0, 0, 0, 0, 3}))
	}
	if err := errors.Join(err, db.file.Update(older), db.Close()); err != nil {
		t.Fatal(err)
	}
	db, err = Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := db.Runs.UnreadDetails(t.Context(), "T")
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	day := signals.Date{Year: 2026, Month: 9, Day: 1}
	want := []signals.UnreadDetail{
		{TargetID: "T", NoticeID: "open", URL: "http://127.0.0.1/1", Day: day, Doubtful: true},
		{TargetID: "T", NoticeID: "titled", URL: "http://127.0.0.1/3", Day: day},
	}
	if !slices.Equal(got, want) {
		t.Errorf("to be read again: %+v, want %+v", got, want)
	}
}

func TestKeysSortByTheirParts(t *testing.T) {
	times := []instant{none, -5, 0, 7, instantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), never}
	for i, earlier := range times[:len(times)-1] {
		if a, b := (key{}).text("a").instant(earlier), (key{}).text("a").instant(times[i+1]); string(a) >= string(b) {
			t.Errorf("%d does not sort before %d", earlier, times[i+1])
		}
		if got := readInstant(key{}.instant(earlier)); got != earlier {
			t.Errorf("%d reads as %d", earlier, got)
		}
	}
	if string(key{}.text("a").text("z")) >= string(key{}.text("ab").text("a")) {
		t.Error("a text does not sort before a longer one that begins with it")
	}
}

func TestDecisionsOfAnOlderFileAreInTheLogOfEvents(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	older := &DB{file: file, path: path}
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	decision := scorer.Decision{ID: "01KDVD0000000000000000000A", Seq: 1, DealID: "D1", Action: scorer.ActionFreeze, At: at}
	err = errors.Join(older.migrate(migrations()[:createdEvents-1]), file.Update(func(tx *bbolt.Tx) error {
		body, err := json.Marshal(decision)
		return errors.Join(err, bucketDecisions.in(tx).Put(key{}.number(1), append(key{}.instant(instantOf(at)), body...)))
	}), file.Close())
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	events, err := db.Events.List(t.Context(), 0, 0)
	if err != nil || len(events) != 1 || events[0].ID != "evt_"+decision.ID || events[0].Type != store.DealFrozen {
		t.Errorf("the events are %+v, %v", events, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// createdEvents is the schema version that made the log of events.
const createdEvents = 6

func TestDealsOfAnOlderFileAreFoundByPersonAndNameAndClosed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.db")
	file, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	older := &DB{file: file, path: path}
	at := instantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	err = errors.Join(older.migrate(migrations()[:7]), file.Update(func(tx *bbolt.Tx) error {
		for _, d := range []signals.Deal{
			{ID: "D1", Owner: "李雷", Payees: []signals.Payee{{ID: "E1", Name: "李雷"}, {ID: "E2", Name: "李雷"}}},
			{ID: "D2", Owner: "李雷", Status: signals.DealLost}, {ID: "D3", Owner: "韩梅梅"},
		} {
			body, err := json.Marshal(d)
			if err := errors.Join(err, bucketDeals.in(tx).Put(key{}.text(d.ID), append(key{}.instant(at), body...))); err != nil {
				return err
			}
		}
		body, err := json.Marshal(signals.DealOutcome{DealID: "D3", Result: signals.ResultWon, ClosedAt: signals.Date{Year: 2025, Month: 12, Day: 1}})
		return errors.Join(err, bucketOutcomes.in(tx).Put(key{}.text("D3"), append(key{}.instant(at), body...)))
	}), file.Close())
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	first, err := db.Deals.ByPerson(t.Context(), "李雷", "", 1)
	if err != nil || len(first) != 1 || first[0].ID != "D1" {
		t.Errorf("the first deal of 李雷 is %+v, %v", first, err)
	}
	rest, err := db.Deals.ByPerson(t.Context(), "李雷", "D1", 0)
	if err != nil || len(rest) != 1 || rest[0].ID != "D2" {
		t.Errorf("behind it is %+v, %v", rest, err)
	}
	if ids, err := db.Deals.IDsOf(t.Context(), "李雷"); err != nil || !slices.Equal(ids, []string{"E1", "E2"}) {
		t.Errorf("李雷 is %v, %v", ids, err)
	}
	if closed, err := db.Deals.Closed(t.Context()); err != nil || len(closed) != 2 || !closed["D2"] || !closed["D3"] {
		t.Errorf("closed are %v, %v", closed, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
