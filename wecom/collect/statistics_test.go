package collect_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/wecom/collect"

	"pgregory.net/rapid"
)

// yesterday is the day before the tests' today, in Shanghai.
var yesterday = signals.DateOf(today.In(signals.Shanghai)).AddDays(-1)

// stated is WeCom's answer that a member sent so many messages yesterday, asked for some hours
// after that day's end.
func stated(member string, sent int, hours float64) object {
	return object{
		"userid": member, "asked_at": yesterday.AddDays(1).Start().Add(time.Duration(hours * float64(time.Hour))).Format(time.RFC3339),
		"errcode": 0, "errmsg": "ok",
		"behavior_data": []object{{"stat_time": yesterday.Start().Unix(), "chat_cnt": 1, "message_cnt": sent, "negative_feedback_cnt": 0}},
	}
}

func (w *world) state(lines ...any) collect.StatisticsReport {
	w.Helper()
	r, err := w.c.TakeStatistics(w.Context(), strings.NewReader(feed(w, lines...)))
	w.must(err)
	return r
}

// saidYesterday is a message at a minute of yesterday's morning.
func saidYesterday(seq int, from, to string) object {
	m := said(seq, from, to, "好的")
	m["msgtime"] = yesterday.Start().Add(9*time.Hour + time.Duration(seq)*time.Minute).UnixMilli()
	return m
}

// listening is a world whose archive was pulled before yesterday began.
func listening(t testing.TB) *world {
	w := newWorld(t)
	w.now = yesterday.Start().Add(-time.Hour)
	long := today.Add(-30 * 24 * time.Hour)
	w.take(collect.Archive, page(), members(), consent("lilei", "Agree", long), pulled(w.now))
	w.now = today
	return w
}

// doubtful tells whether yesterday's coverage of D1 is taken back.
func (w *world) doubtful() bool {
	w.Helper()
	words := 0
	for _, c := range w.history("D1").Coverage {
		switch c.Word {
		case signals.CoverageTakenBack:
			words++
		case signals.CoverageGivenBack:
			words--
		}
	}
	return words > 0
}

func TestStatisticsThatDisagreeTakeTheDayBack(t *testing.T) {
	w := listening(t)
	before := w.now
	w.take(collect.Archive, page(), saidYesterday(1, "lilei", buyer), saidYesterday(2, buyer, "lilei"), saidYesterday(3, "lilei", other), pulled(w.now))
	rules := signals.WeChatRules{WindowDays: 1, StaleAfterDays: 7, HalfLifeDays: 10, DailyCap: 20, MinCoverage: 0.1}
	if m := signals.MeasureWeChat(w.history("D1"), rules, before); m.Reason.Code != signals.ReasonMeasured {
		t.Fatalf("before: %+v", m.Reason)
	}
	if r := w.state(stated("lilei", 3, 12)); r.Figures != 1 || len(r.Doubts) != 0 || w.doubtful() {
		t.Fatalf("one more than two is no doubt: %+v", r)
	}
	w.now = w.now.Add(time.Hour)
	r := w.state(stated("lilei", 9, 13), stated("hanmeimei", 40, 13))
	want := collect.Doubt{Source: collect.Archive, Member: "lilei", Day: yesterday, Stated: 9, Sent: 2, Doubtful: true}
	if !slices.Contains(r.Doubts, want) || !w.doubtful() || fmt.Sprint(r.Deals) != "[D1]" {
		t.Fatalf("%+v", r)
	}
	if m := signals.MeasureWeChat(w.history("D1"), rules, w.now); m.Reason.Code != signals.ReasonStatisticsDisagree || !m.AtLeast {
		t.Errorf("the day is taken for seen: %+v", m)
	}
	past, err := w.db.Histories.Deal(t.Context(), "D1", before)
	w.must(err)
	if m := signals.MeasureWeChat(past.WeChat, rules, before); m.Reason.Code != signals.ReasonMeasured {
		t.Errorf("the answer of before has changed: %+v", m.Reason)
	}
	if r := w.state(stated("lilei", 9, 13)); r.New != 0 || len(r.Doubts) != 0 {
		t.Errorf("the same again: %+v", r)
	}
	// What was missing comes: the day is covered again.
	var missing []any
	for seq := 4; seq < 12; seq++ {
		missing = append(missing, saidYesterday(seq, "lilei", other))
	}
	w.now = w.now.Add(time.Hour)
	again := w.take(collect.Archive, slices.Concat([]any{page()}, missing, []any{pulled(w.now)})...)
	if len(again.Doubts) != 1 || again.Doubts[0].Doubtful || w.doubtful() {
		t.Errorf("all have come: %+v", again)
	}
}

func TestFiguresThatProveNothing(t *testing.T) {
	row := stated("lilei", 50, 12)
	row["behavior_data"] = []object{{"stat_time": yesterday.Start().Unix(), "chat_cnt": 0}}
	several := stated("lilei", 50, 12)
	several["userid"] = []string{"lilei", "hanmeimei"}
	refused := stated("lilei", 50, 12)
	refused["errcode"] = 60011
	unasked := stated("lilei", 50, 12)
	delete(unasked, "asked_at")
	tests := []struct {
		name          string
		line          any
		notFinal, bad int
	}{
		{"asked for at night", stated("lilei", 50, 5.9), 1, 0},
		{"no message_cnt", row, 0, 0},
		{"several members are summed", several, 0, 1},
		{"WeCom refused", refused, 0, 1},
		{"nobody knows when it was asked for", unasked, 0, 1},
		{"no JSON", "合同", 0, 1},
		{"zeros", stated("lilei", 0, 12), 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := listening(t)
			w.take(collect.Archive, page(), saidYesterday(1, buyer, "lilei"), pulled(w.now))
			r := w.state(test.line)
			if r.NotFinal != test.notFinal || len(r.Bad) != test.bad || len(r.Doubts) != 0 || w.doubtful() {
				t.Errorf("%+v", r)
			}
		})
	}
	t.Run("before the day was pulled to its end", func(t *testing.T) {
		w := listening(t)
		if r := w.state(stated("lilei", 50, 12)); r.Figures != 1 || len(r.Doubts) != 0 {
			t.Errorf("%+v", r)
		}
		if r := w.take(collect.Archive, page(), pulled(w.now)); len(r.Doubts) != 1 || !w.doubtful() {
			t.Errorf("pulled: %+v", r)
		}
	})
	t.Run("a member who asked to be left out", func(t *testing.T) {
		w := listening(t)
		w.state(stated("lilei", 50, 12))
		w.must(w.c.Forget(t.Context(), "lilei"))
		if days, err := w.db.WeComState().MemberDays(t.Context(), string(collect.Archive), yesterday); err != nil || len(days) != 0 {
			t.Errorf("%v, %v", days, err)
		}
		if r := w.state(stated("lilei", 50, 12)); r.Figures != 0 {
			t.Errorf("%+v", r)
		}
	})
}

// TestOrderAndRepetitionOfStatisticsChangeNothing sends messages and figures of one day in any
// order, in pieces and repeatedly.
func TestOrderAndRepetitionOfStatisticsChangeNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("makes many stores")
	}
	rapid.Check(t, func(r *rapid.T) {
		var lines, figures []any
		sent, most := rapid.IntRange(0, 8).Draw(r, "sent"), 0
		for seq := range sent {
			lines = append(lines, saidYesterday(seq+1, "lilei", rapid.SampledFrom([]string{buyer, other}).Draw(r, "to")))
		}
		for range rapid.IntRange(1, 3).Draw(r, "figures") {
			n := rapid.IntRange(0, 14).Draw(r, "stated")
			most = max(most, n)
			figures = append(figures, stated("lilei", n, 12), stated("lilei", 99, 3))
		}
		w := listening(t)
		delivered := rapid.Permutation(append(slices.Clone(lines), lines[:sent/2]...)).Draw(r, "delivered")
		cut := rapid.IntRange(0, len(delivered)).Draw(r, "cut")
		steps := []func(){
			func() {
				w.take(collect.Archive, slices.Concat([]any{page()}, delivered[:cut], []any{pulled(w.now)})...)
			},
			func() {
				w.take(collect.Archive, slices.Concat([]any{page()}, delivered[cut:], []any{pulled(w.now)})...)
			},
			func() { w.state(rapid.Permutation(figures).Draw(r, "figures in order")...) },
			func() { w.state(figures...) },
		}
		for _, step := range rapid.Permutation(steps).Draw(r, "steps") {
			w.now = w.now.Add(time.Minute)
			step()
		}
		missing := most - sent
		want := missing > 0 && sent == 0 || missing >= 3 && missing*10 > most
		if w.doubtful() != want {
			r.Fatalf("%d of %d came: doubtful %v", sent, most, !want)
		}
	})
}
