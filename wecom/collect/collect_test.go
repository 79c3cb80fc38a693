package collect_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/store/bolt"
	"dealvitals/wecom"
	"dealvitals/wecom/collect"
)

var (
	today = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)
	buyer = "wm" + strings.Repeat("B", 30)
	other = "wo" + strings.Repeat("O", 30)
)

type world struct {
	testing.TB
	db  *bolt.DB
	c   *collect.Collector
	now time.Time
}

// newWorld is a store with deal D1 of 李雷 (userid lilei), whose key contact is buyer.
func newWorld(t testing.TB) *world {
	w := &world{TB: t, now: today}
	clock := func() time.Time { return w.now }
	db, err := bolt.Open(filepath.Join(t.TempDir(), "w.db"), bolt.Options{NoSync: true, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.must(db.Close()) })
	w.db = db
	past := today.Add(-40 * 24 * time.Hour)
	_, err = db.Contacts.Put(t.Context(), []signals.Contact{{ID: "K1", CustomerID: "C1", WeComID: buyer}}, "crm", past)
	w.must(err)
	_, err = db.Deals.Put(t.Context(), []signals.Deal{
		{ID: "D1", CustomerID: "C1", Owner: "李雷", Contacts: []string{"K1"}},
		{ID: "D2", CustomerID: "C1", Owner: "韩梅梅", Contacts: []string{"K1"}},
	}, "crm", past)
	w.must(err)
	w.c = &collect.Collector{
		Log: db.Interactions, Memory: db.WeComState(), Days: db.WeComState(), Policies: db.Policies, Contacts: db.Contacts, Deals: db.Deals, Clock: clock,
	}
	return w
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) take(source collect.Source, lines ...any) collect.Report {
	w.Helper()
	r, err := w.c.Take(w.Context(), source, strings.NewReader(feed(w, lines...)))
	w.must(err)
	return r
}

func feed(t testing.TB, lines ...any) string {
	var text strings.Builder
	for _, l := range lines {
		if s, raw := l.(string); raw {
			text.WriteString(s + "\n")
			continue
		}
		raw, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(append(raw, '\n'))
	}
	return text.String()
}

type object = map[string]any

func said(seq int, from, to, text string) object {
	return object{
		"seq": seq, "publickey_ver": 2, "msgid": fmt.Sprint("m", seq, "_external"), "action": "send", "from": from, "tolist": []string{to},
		"roomid": "", "msgtime": today.Add(time.Duration(seq-100) * time.Minute).UnixMilli(), "msgtype": "text", "text": object{"content": text},
	}
}

func consent(member, status string, since time.Time) object {
	return object{"control": "consent", "info": []object{{"userid": member, "exteranalopenid": buyer, "agree_status": status, "status_change_time": since.Unix()}}}
}

func members() object {
	return object{"control": "members", "permitted": []string{"lilei"}, "names": object{"lilei": "李雷"}}
}

// page begins a page that follows what is here: the tests' archives have no gaps.
func page() object { return object{"control": "page", "after_seq": 0} }

func pulled(at time.Time) object { return object{"control": "pulled", "at": at.Format(time.RFC3339)} }

func (w *world) history(deal string) signals.WeChatHistory {
	w.Helper()
	h, err := w.db.Histories.Deal(w.Context(), deal, time.Time{})
	w.must(err)
	return h.WeChat
}

func TestArchiveKeepsTheKeyContactsOfTheOwnersDeals(t *testing.T) {
	w := newWorld(t)
	long := today.Add(-30 * 24 * time.Hour)
	room := func(seq int, from string, to ...string) object {
		m := said(seq, from, "", "合同")
		m["roomid"], m["tolist"] = "wrROOM", to
		return m
	}
	feed := []any{
		members(), consent("lilei", "Agree", long),
		object{"control": "consent", "roomid": "wrROOM", "info": []object{{"exteranalopenid": buyer, "agree_status": "Agree", "status_change_time": long.Unix()}}},
		said(1, "lilei", buyer, "报价发您了"), said(2, buyer, "lilei", "合同和报价收到"),
		said(3, "lilei", "hanmeimei", "internal"), said(4, buyer, "hanmeimei", "no consent"),
		said(5, other, "lilei", "no consent"), said(6, "wb"+strings.Repeat("R", 30), "lilei", "robot"),
		room(7, buyer, "lilei", other), room(8, "lilei", buyer, other), room(9, other, "lilei", buyer),
		object{"seq": 10, "msgid": "m10", "action": "switch", "time": today.UnixMilli(), "user": "lilei"},
		object{"envelope": 1, "seq": 11, "publickey_ver": 3, "message": said(0, buyer, "lilei", "in an envelope")},
	}
	r := w.take(collect.Archive, feed...)
	want := map[string]int{"internal": 1, "no_consent": 2, "robot": 1, "room": 2, "event": 1}
	if r.Messages != 11 || r.New != 4 || fmt.Sprint(r.Skipped) != fmt.Sprint(want) || r.Position.Seq != 11 || fmt.Sprint(r.Position.KeyVersions) != "[2 3]" {
		t.Errorf("report %+v", r)
	}
	h := w.history("D1")
	if len(h.Interactions) != 4 || len(w.history("D2").Interactions) != 0 {
		t.Errorf("of D1 %d interactions, of D2 %d", len(h.Interactions), len(w.history("D2").Interactions))
	}
	for _, i := range h.Interactions {
		if i.ID == "m2_external@D1" && (i.Direction != "in" || i.Keywords["合同"] != 1 || i.Keywords["报价"] != 1 || i.Length != 7) {
			t.Errorf("kept as %+v", i)
		}
	}
	if again := w.take(collect.Archive, feed...); again.New != 0 || again.Known != 4 {
		t.Errorf("the same again: %+v", again)
	}
}

func TestWhoIsNotKnownIsListed(t *testing.T) {
	w := newWorld(t)
	long := today.Add(-30 * 24 * time.Hour)
	yes := consent("lilei", "Agree", long)
	stranger := object{"control": "consent", "info": []object{{"userid": "lilei", "exteranalopenid": other, "agree_status": "Agree", "status_change_time": long.Unix()}}}
	r := w.take(collect.Archive, yes, stranger, said(1, buyer, "lilei", "x"), said(2, other, "lilei", "x"), said(3, other, "lilei", "x"))
	if fmt.Sprint(r.Unmapped) != fmt.Sprint([]string{"lilei", other}) || r.Skipped["unmapped"] != 2 || r.Skipped["not_the_owner"] != 1 {
		t.Errorf("report %+v", r)
	}
	list, err := w.c.Unmapped(t.Context())
	w.must(err)
	if len(list) != 2 || list[0].ID != other || list[0].Messages != 2 || list[0].Kind != "contact" || list[1].ID != "lilei" || list[1].Kind != "member" {
		t.Errorf("to resolve: %+v", list)
	}
	if r := w.take(collect.Archive, members(), said(1, buyer, "lilei", "x")); r.New != 1 {
		t.Errorf("sent again when the member is known: %+v", r)
	}
}

func TestSilenceIsCoveredOnlyWhereTheBridgeLooked(t *testing.T) {
	day := func(n int) time.Time { return today.AddDate(0, 0, n) }
	type pull struct {
		at    time.Time
		lines []any
	}
	begin := []any{members(), consent("lilei", "Agree", day(-30))}
	tests := []struct {
		name  string
		pulls []pull
		want  [][2]time.Time
	}{
		{"the first pull covers nothing", []pull{{day(0), begin}}, nil},
		{"pulls that follow each other", []pull{{day(0), begin}, {day(1), nil}, {day(3), nil}}, [][2]time.Time{{day(0), day(3)}}},
		{"a gap longer than the archive reaches", []pull{{day(0), begin}, {day(1), nil}, {day(9), nil}}, [][2]time.Time{{day(0), day(1)}, {day(4), day(9)}}},
		{"a line that cannot be read", []pull{{day(0), begin}, {day(1), []any{"{broken"}}, {day(2), nil}}, [][2]time.Time{{day(1), day(2)}}},
		{"a consent in between: what came before it was known is lost", []pull{{day(0), []any{members()}}, {day(2), []any{consent("lilei", "Agree", day(1))}}, {day(3), nil}}, [][2]time.Time{{day(2), day(3)}}},
		{"a member who came into the archive in between", []pull{{day(0), []any{consent("lilei", "Agree", day(-30))}}, {day(1), []any{members()}}, {day(2), nil}}, [][2]time.Time{{day(1), day(2)}}},
		{"a member who left the archive and came back", []pull{{day(0), begin}, {day(1), []any{object{"control": "members", "permitted": []string{}}, members()}}, {day(2), nil}}, [][2]time.Time{{day(1), day(2)}}},
		{"a member whose name was not known", []pull{{day(0), []any{object{"control": "members", "permitted": []string{"lilei"}}, consent("lilei", "Agree", day(-30))}}, {day(1), []any{members()}}, {day(2), nil}}, [][2]time.Time{{day(1), day(2)}}},
		{"a feed that does not say after which message it begins", []pull{{day(0), begin}, {day(1), []any{nil}}, {day(2), nil}}, [][2]time.Time{{day(1), day(2)}}},
		{"a consent taken back", []pull{{day(0), begin}, {day(1), nil}, {day(2), []any{consent("lilei", "Disagree", day(1))}}}, [][2]time.Time{{day(0), day(1)}}},
		{"a member outside the archive", []pull{{day(0), begin}, {day(1), []any{object{"control": "members", "permitted": []string{}}}}}, nil},
		{"a pull that comes again", []pull{{day(0), begin}, {day(1), nil}, {day(1), nil}}, [][2]time.Time{{day(0), day(1)}}},
		{"a room where the contact did not agree", []pull{{day(0), begin}, {day(1), []any{inRoom(day(1))}}, {day(2), nil}}, [][2]time.Time{{day(1), day(2)}}},
		{"a clock ahead of ours", []pull{{day(0), begin}, {day(400), nil}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			for _, p := range tt.pulls {
				if p.at.Before(day(300)) {
					w.now = p.at
				}
				lines := append([]any{page()}, p.lines...)
				if len(p.lines) == 1 && p.lines[0] == nil {
					lines = nil
				}
				w.take(collect.Archive, append(lines, pulled(p.at))...)
			}
			var got [][2]time.Time
			for _, c := range w.history("D1").Coverage {
				got = append(got, [2]time.Time{c.From, c.To})
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("covered %v, want %v", got, tt.want)
			}
			if spans := w.history("D2").Coverage; len(spans) != 0 {
				t.Errorf("the deal of somebody who is not archived is covered: %v", spans)
			}
		})
	}
}

// inRoom is what the buyer says in a group chat.
func inRoom(at time.Time) object {
	m := said(50, buyer, "lilei", "x")
	m["roomid"], m["msgtime"] = "wrOTHER", at.Add(-time.Hour).UnixMilli()
	return m
}

// Messages that were left out because nobody knew whose they are must not pass for silence.
func TestWhatWasLeftOutIsNotCovered(t *testing.T) {
	tests := []struct {
		name   string
		before func(w *world) // what is not known at first
		after  func(w *world)
	}{
		{"a contact without a WeCom id", func(w *world) { w.contact("") }, func(w *world) { w.contact(buyer) }},
		{"a deal of another sales person", func(w *world) { w.deal("韩梅梅") }, func(w *world) { w.deal("李雷") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			tt.before(w)
			w.take(collect.Archive, page(), members(), consent("lilei", "Agree", today.AddDate(0, 0, -30)), pulled(today))
			w.now = today.AddDate(0, 0, 1)
			w.take(collect.Archive, page(), said(1, buyer, "lilei", "合同"))
			tt.after(w)
			w.take(collect.Archive, page(), pulled(w.now))
			if h := w.history("D1"); len(h.Interactions) != 0 || len(h.Coverage) != 0 {
				t.Errorf("%d messages, covered %v", len(h.Interactions), h.Coverage)
			}
			w.now = today.AddDate(0, 0, 2)
			w.take(collect.Archive, page(), pulled(w.now))
			if h := w.history("D1"); len(h.Coverage) != 1 || !h.Coverage[0].From.Equal(today.AddDate(0, 0, 1)) {
				t.Errorf("a pull later covered %v", h.Coverage)
			}
		})
	}
}

func (w *world) contact(id string) {
	_, err := w.db.Contacts.Put(w.Context(), []signals.Contact{{ID: "K1", CustomerID: "C1", WeComID: id}}, "crm", w.now)
	w.must(err)
}

func (w *world) deal(owner string) {
	_, err := w.db.Deals.Put(w.Context(), []signals.Deal{{ID: "D1", CustomerID: "C1", Owner: owner, Contacts: []string{"K1"}}}, "crm", w.now)
	w.must(err)
}

func TestAFeedWithoutAPageTellsSo(t *testing.T) {
	w := newWorld(t)
	w.take(collect.Archive, page(), pulled(today))
	w.now = today.AddDate(0, 0, 1)
	if r := w.take(collect.Archive, pulled(w.now)); r.Hole == nil || r.Hole.Why != "no_page" {
		t.Errorf("the report is %+v", r)
	}
}

func TestAPageThatDoesNotFollowIsRefused(t *testing.T) {
	w := newWorld(t)
	w.take(collect.Archive, object{"control": "page", "after_seq": 0}, said(5, "lilei", "x", "x"))
	_, err := w.c.Take(t.Context(), collect.Archive, strings.NewReader(feed(t, object{"control": "page", "after_seq": 9})))
	var missing *collect.PagesMissingError
	if !errors.As(err, &missing) || missing.Position.Seq != 5 {
		t.Errorf("answered %v", err)
	}
	if r := w.take(collect.Archive, object{"control": "page", "after_seq": 5}); r.Position.Seq != 5 {
		t.Errorf("position %+v", r.Position)
	}
}

func TestARevokedMessageCountsNoMore(t *testing.T) {
	w := newWorld(t)
	w.take(collect.Archive, members(), consent("lilei", "Agree", today.AddDate(0, 0, -9)), said(1, buyer, "lilei", "合同"), said(2, buyer, "lilei", "好的好的好的"))
	count := func() int {
		grid := signals.Heatmap(w.history("D1"), signals.Shanghai, today.AddDate(0, 0, -9), w.now)
		return sum(grid.In)
	}
	if count() != 2 {
		t.Fatalf("%d messages", count())
	}
	w.now = today.Add(time.Minute)
	back := said(3, buyer, "lilei", "")
	back["msgtype"], back["action"], back["revoke"] = "revoke", "recall", object{"pre_msgid": "m1_external"}
	w.take(collect.Archive, back)
	if count() != 1 {
		t.Errorf("%d messages after one was revoked", count())
	}
}

func sum(grid [7][24]int) int {
	n := 0
	for _, day := range grid {
		for _, hour := range day {
			n += hour
		}
	}
	return n
}

func TestZoneCountsRulesByName(t *testing.T) {
	w := newWorld(t)
	member := "wo" + strings.Repeat("M", 30)
	msg := func(id string, from, to object, rules ...object) object {
		return object{"msgid": id, "sender": from, "receiver_list": []object{to}, "chatid": "wrX", "send_time": today.Unix() - 60, "msgtype": "text", "hit_rule_list": rules}
	}
	us, them := object{"type": 1, "id": member}, object{"type": 2, "id": buyer}
	r := w.take(collect.Zone,
		object{"control": "page", "next_cursor": "c1"},
		object{"control": "members", "permitted": []string{member}, "names": object{member: "李雷"}},
		object{"control": "rules", "names": object{"r1": "price"}}, consent(member, "Default_Agree", today.AddDate(0, 0, -2)),
		msg("z1", them, us, object{"rule_id": "r1", "has_hit_keyword": 1}, object{"rule_id": "r2", "semantics_list": []int{1}}, object{"rule_id": "r3"}),
		msg("z2", us, them), object{"msgid": "z3"}, pulled(today))
	h := w.history("D1")
	if r.New != 2 || len(r.Bad) != 1 || r.Bad[0].Line != 7 || r.Position.Cursor != "c1" || len(h.Interactions) != 2 {
		t.Fatalf("report %+v, kept %d", r, len(h.Interactions))
	}
	for _, i := range h.Interactions {
		if i.Direction == "in" && (fmt.Sprint(i.Keywords) != "map[price:1 r2:1]" || i.Kind != "message") {
			t.Errorf("kept as %+v", i)
		}
	}
}

func TestEventsAndErasure(t *testing.T) {
	w := newWorld(t)
	w.take(collect.Archive, members())
	w.must(w.c.Tell(t.Context(), wecom.Event{Name: "change_external_contact", Change: "msg_audit_approved", Member: "lilei", External: buyer, At: today.AddDate(0, 0, -1)}))
	if r := w.take(collect.Archive, said(1, buyer, "lilei", "x")); r.New != 1 {
		t.Errorf("after the event: %+v", r)
	}
	w.must(w.c.Forget(t.Context(), buyer))
	if r := w.take(collect.Archive, said(2, buyer, "lilei", "x"), pulled(today)); r.Skipped["erased"] != 1 || r.New != 0 {
		t.Errorf("after the erasure: %+v", r)
	}
}

func TestALineThatIsTooLongIsSkipped(t *testing.T) {
	w := newWorld(t)
	long := `{"msgid":"` + strings.Repeat("x", 9<<20) + `"}`
	r := w.take(collect.Archive, members(), consent("lilei", "Agree", today.AddDate(0, 0, -9)), long, said(1, buyer, "lilei", "x"), "", long)
	if r.New != 1 || len(r.Bad) != 2 || r.Bad[0].Line != 3 || r.Bad[1].Line != 6 || !r.Position.Holed {
		t.Errorf("report %+v", r)
	}
}

// Two members of one name: neither is a deal's owner by it. What one of them agreed to with
// the customer would else prove that the other is silent.
func TestMembersOfOneNameAreToldApart(t *testing.T) {
	since := today.AddDate(0, 0, -9)
	two := object{"control": "members", "permitted": []string{"lilei", "lilei2"}, "names": object{"lilei": "李雷", "lilei2": "李雷"}}
	byID := object{"control": "members", "names": object{"lilei2": "E205"}}
	for name, tt := range map[string]struct {
		lines   []any
		ownerID string
		kept    int
	}{
		"by the name alone":              {[]any{two}, "", 0},
		"where the deal has the userid":  {[]any{two}, "lilei2", 1},
		"where names say the deal's id":  {[]any{two, byID}, "E205", 1},
		"where the id is of the other":   {[]any{two}, "lilei", 0},
		"where the other has left names": {[]any{two, object{"control": "members", "names": object{"lilei": "李雷（已离职）"}}}, "", 1},
	} {
		w := newWorld(t)
		_, err := w.db.Deals.Put(t.Context(), []signals.Deal{{ID: "D1", CustomerID: "C1", Owner: "李雷", OwnerID: tt.ownerID, Contacts: []string{"K1"}}}, "crm", w.now)
		w.must(err)
		r := w.take(collect.Archive, append(append([]any{page()}, tt.lines...), consent("lilei2", "Agree", since), said(1, buyer, "lilei2", "报价"), pulled(today))...)
		w.now = today.AddDate(0, 0, 1)
		w.take(collect.Archive, object{"control": "page", "after_seq": 1}, pulled(w.now))
		h := w.history("D1")
		if len(h.Interactions) != tt.kept || len(h.Coverage) != tt.kept {
			t.Errorf("%s: %d messages, covered %v", name, len(h.Interactions), h.Coverage)
		}
		if tt.kept == 0 && tt.ownerID == "" && r.Skipped["same_name"] != 1 {
			t.Errorf("%s: left out for %v", name, r.Skipped)
		}
	}
}
