package bolt

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
)

// peopleStore holds two people: erased (contact K1, WeCom id wmPERSON) and K2.
func peopleStore(t *testing.T, now time.Time) (*DB, string) {
	path := filepath.Join(t.TempDir(), "p.db")
	db, err := Open(path, Options{NoSync: true, Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"王小明", "王大明"} {
		_, err = db.Contacts.Put(t.Context(), []signals.Contact{{ID: "K1", Name: name, WeComID: "wmPERSON"}, {ID: "K2", Name: "李四"}}, "crm", now)
		must(err)
	}
	_, err = db.Deals.Put(t.Context(), []signals.Deal{{ID: "D1", Contacts: []string{"K1", "K2"}}}, "crm", now)
	must(err)
	var in []signals.Interaction
	for i, contact := range []string{"K1", "wmPERSON", "K2"} {
		for age := range 3 {
			in = append(in, signals.Interaction{ID: fmt.Sprint(i, "-", age), ContactID: contact, DealID: "D1", Time: now.AddDate(0, -10*age, 0), Direction: "in", Kind: "text"})
		}
	}
	_, err = db.Interactions.Add(t.Context(), "s", in, []signals.Coverage{
		{ContactID: "K1", From: now.AddDate(0, 0, -9), To: now}, {ContactID: "K2", From: now.AddDate(-3, 0, 0), To: now.AddDate(-2, 0, 0)},
	}, now)
	must(err)
	return db, path
}

func TestAPersonIsExportedAndErasedWithAReceipt(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	db, _ := peopleStore(t, now)
	people := db.People()
	person, err := people.Export(t.Context(), "wmPERSON", "cli", false, now)
	if err != nil || len(person.Contacts) != 1 || len(person.Interactions) != 6 || len(person.Coverage) != 1 || fmt.Sprint(person.Deals) != "[D1]" {
		t.Fatalf("exported %+v, %v", person, err)
	}
	for request, body := range map[string]string{"of K1": `{"id":"K1","wecom_id":"wmPERSON"}`, "of K2": `{"id":"K2"}`} {
		if err := db.Replies.Put(t.Context(), request, store.Reply{Status: 201, Body: []byte(body), At: now}); err != nil {
			t.Fatal(err)
		}
	}
	for _, stage := range []string{"线索", "方案"} { // versions of the deal
		if _, err := db.Deals.Put(t.Context(), []signals.Deal{{ID: "D1", Stage: stage, Contacts: []string{"K1", "K2"}}}, "crm", now); err != nil {
			t.Fatal(err)
		}
	}
	counted, err := people.Count(t.Context(), "wmPERSON")
	if err != nil {
		t.Fatal(err)
	}
	done, err := people.Erase(t.Context(), "wmPERSON", "cli", now)
	want := store.Erased{Receipt: counted.Receipt, Contacts: 1, Versions: 1, Interactions: 6, Coverage: 1, At: done.At}
	if err != nil || done != want {
		t.Errorf("erased %+v, %v; want %+v", done, err, want)
	}
	if counted.At = done.At; counted != done {
		t.Errorf("counted %+v before, erased %+v", counted, done)
	}
	if _, err := people.Export(t.Context(), "wmPERSON", "cli", false, now); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("exported after the erasure: %v", err)
	}
	if other, err := people.Export(t.Context(), "K2", "cli", false, now); err != nil || len(other.Interactions) != 3 {
		t.Errorf("the other person: %+v, %v", other, err)
	}
	h, err := db.Histories.Deal(t.Context(), "D1", time.Time{})
	// The person's place in the deal stays: somebody of whom nothing is known or covered.
	if err != nil || len(h.WeChat.Contacts) != 2 || h.WeChat.Contacts[0] != (signals.Contact{ID: done.Receipt}) || len(h.WeChat.Interactions) != 3 {
		t.Errorf("the deal afterwards: %+v, %v", h.WeChat, err)
	}
	for asOf, stage := range map[time.Time]string{now: "", now.Add(1): "线索", {}: "方案"} {
		if deal, err := db.Deals.Get(t.Context(), "D1", asOf); err != nil || deal.Stage != stage || fmt.Sprint(deal.Contacts) != "["+done.Receipt+" K2]" {
			t.Errorf("the deal as of %s: %+v, %v", asOf, deal, err)
		}
	}
	if _, kept, err := db.Replies.Get(t.Context(), "of K1"); kept || err != nil {
		t.Errorf("an answer that tells of the person is kept: %v", err)
	}
	if _, kept, err := db.Replies.Get(t.Context(), "of K2"); !kept || err != nil {
		t.Errorf("an answer that tells of another is not: %v", err)
	}
	var log bytes.Buffer
	if err := db.Audit.Export(t.Context(), &log); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Audit.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if text := log.String(); !bytes.Contains(log.Bytes(), []byte(done.Receipt)) || bytes.Contains(log.Bytes(), []byte("wmPERSON")) || bytes.Contains(log.Bytes(), []byte("王")) {
		t.Errorf("the audit log: %s", text)
	}
}

func TestPurgeDropsWhatIsOld(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	db, _ := peopleStore(t, now)
	before := now.AddDate(0, -12, 0)
	for _, dry := range []bool{true, false} {
		done, err := db.People().Purge(t.Context(), store.Retention{Before: before}, dry, "cli", now)
		if err != nil || done != (store.Purged{Interactions: 3, Coverage: 1}) {
			t.Errorf("dry %v: %+v, %v", dry, done, err)
		}
	}
	if done, err := db.People().Purge(t.Context(), store.Retention{Before: before}, false, "cli", now); err != nil || done != (store.Purged{}) {
		t.Errorf("a second time: %+v, %v", done, err)
	}
	added, err := db.Interactions.Add(t.Context(), "s", []signals.Interaction{{ID: "0-2", ContactID: "K1", Time: now, Direction: "in"}}, nil, now)
	if err != nil || added.New != 1 {
		t.Errorf("the id of a purged one: %+v, %v", added, err)
	}
}

// What was dropped for its age must not pass for silence, whenever one asks.
func TestWhatWasDroppedIsNotCovered(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return now.AddDate(0, 0, -n) }
	db, _ := peopleStore(t, now)
	_, err := db.Interactions.Add(t.Context(), "s", []signals.Interaction{
		{ID: "t40", ContactID: "K9", DealID: "D9", Time: day(40), Direction: "in", Kind: "text"},
		{ID: "c40", ContactID: "K9", DealID: "D9", Time: day(40), Direction: "in", Kind: "call"},
		{ID: "t20", ContactID: "K9", DealID: "D9", Time: day(20), Direction: "in", Kind: "text"},
		{ID: "c90", ContactID: "K9", DealID: "D9", Time: day(90), Direction: "in", Kind: "call"},
	}, []signals.Coverage{{DealID: "D9", ContactID: "K9", From: day(100), To: now}, {DealID: "D9", ContactID: "K9", From: day(100), To: day(50)}}, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Deals.Put(t.Context(), []signals.Deal{{ID: "D9", CustomerID: "C1", Contacts: []string{"K9"}}}, "crm", now); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Contacts.Put(t.Context(), []signals.Contact{{ID: "K9", CustomerID: "C1"}}, "crm", now); err != nil {
		t.Fatal(err)
	}
	keep := store.Retention{Before: day(60), Kinds: map[string]time.Time{"text": day(30)}}
	if _, err := db.People().Purge(t.Context(), keep, false, "cli", now); err != nil {
		t.Fatal(err)
	}
	h, err := db.Histories.Deal(t.Context(), "D9", now)
	if err != nil {
		t.Fatal(err)
	}
	ids := ""
	for _, i := range h.WeChat.Interactions {
		ids += i.ID + " "
	}
	if c := h.WeChat.Coverage; ids != "c40 t20 " || len(c) != 1 || !c[0].From.Equal(day(30)) {
		t.Errorf("there are %s, covered is %+v", ids, c)
	}
}

func TestWhatIsErasedIsNotInTheRewrittenFile(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	db, path := peopleStore(t, now)
	if _, err := db.People().Erase(t.Context(), "wmPERSON", "cli", now); err != nil {
		t.Fatal(err)
	}
	if err := db.file.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Rewrite(path, time.Second); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, trace := range []string{"wmPERSON", "王小明", "王大明"} {
		if bytes.Contains(raw, []byte(trace)) {
			t.Errorf("%s is still in the file", trace)
		}
	}
	again, err := Open(path, Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.Audit.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// A contact who is still the old customer's, after a deal was moved, has nothing to say of the
// new one: that they are silent is no coldness.
func TestAContactOfTheOldCustomerCoversNothingOfAMovedDeal(t *testing.T) {
	now := time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	db, _ := peopleStore(t, now)
	put := func(at time.Time, customer string, contacts ...string) {
		t.Helper()
		if _, err := db.Deals.Put(t.Context(), []signals.Deal{{ID: "D9", CustomerID: customer, Contacts: contacts}}, "crm", at); err != nil {
			t.Fatal(err)
		}
	}
	for id, customer := range map[string]string{"K8": "C2", "K9": "C1"} {
		if _, err := db.Contacts.Put(t.Context(), []signals.Contact{{ID: id, CustomerID: customer}}, "crm", now); err != nil {
			t.Fatal(err)
		}
	}
	_, err := db.Interactions.Add(t.Context(), "s", []signals.Interaction{{ID: "m", ContactID: "K9", DealID: "D9", Time: now.AddDate(0, 0, -2), Direction: "in", Kind: "text"}},
		[]signals.Coverage{{DealID: "D9", ContactID: "K9", From: now.AddDate(0, 0, -40), To: now}, {DealID: "D9", ContactID: "K8", From: now.AddDate(0, 0, -40), To: now}}, now)
	if err != nil {
		t.Fatal(err)
	}
	covered := func(asOf time.Time) string {
		t.Helper()
		h, err := db.Histories.Deal(t.Context(), "D9", asOf)
		if err != nil {
			t.Fatal(err)
		}
		who := ""
		for _, c := range h.WeChat.Coverage {
			who += c.ContactID + " "
		}
		return fmt.Sprint(len(h.WeChat.Interactions), " messages, ", who)
	}
	put(now, "C1", "K9")
	if got := covered(time.Time{}); got != "1 messages, K9 " {
		t.Errorf("before: %s", got)
	}
	put(now.Add(time.Hour), "C2", "K9")
	if got := covered(time.Time{}); got != "1 messages, " {
		t.Errorf("moved with the old contact: %s", got)
	}
	put(now.Add(2*time.Hour), "C2", "K8", "K9")
	if got := covered(time.Time{}); got != "1 messages, K8 " {
		t.Errorf("moved with a contact of the new customer too: %s", got)
	}
	if got := covered(now.Add(time.Minute)); got != "1 messages, K9 " {
		t.Errorf("as of before the move: %s", got)
	}
}
