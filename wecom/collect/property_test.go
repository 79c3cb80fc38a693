package collect_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
	"dealvitals/wecom/collect"

	"pgregory.net/rapid"
)

// TestOrderAndRepetitionOfDeliveryChangeNothing sends the same messages in one piece and in
// order, and in pieces, shuffled and repeated.
func TestOrderAndRepetitionOfDeliveryChangeNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("makes many stores")
	}
	rapid.Check(t, func(r *rapid.T) {
		var lines []any
		for seq := range rapid.IntRange(1, 12).Draw(r, "messages") {
			from, to := "lilei", buyer
			if rapid.Bool().Draw(r, "theirs") {
				from, to = to, from
			}
			m := said(seq+1, from, to, rapid.SampledFrom([]string{"报价", "合同", "好的"}).Draw(r, "words"))
			if seq > 0 && rapid.IntRange(0, 5).Draw(r, "revoke") == 0 {
				m["msgtype"], m["revoke"] = "revoke", object{"pre_msgid": fmt.Sprint("m", seq, "_external")}
			}
			lines = append(lines, m)
		}
		shuffled := rapid.Permutation(append(slices.Clone(lines), lines[:len(lines)/2]...)).Draw(r, "delivered")
		cut := rapid.IntRange(0, len(shuffled)).Draw(r, "cut")

		once, often := newWorld(t), newWorld(t)
		begin := []any{members(), consent("lilei", "Agree", today.AddDate(0, 0, -9))}
		once.take(collect.Archive, append(slices.Clone(begin), lines...)...)
		often.take(collect.Archive, append(slices.Clone(begin), shuffled[:cut]...)...)
		often.take(collect.Archive, shuffled[cut:]...)
		if a, b := grid(t, once), grid(t, often); !bytes.Equal(a, b) {
			r.Fatalf("in order\n%s\notherwise\n%s", a, b)
		}
	})
}

func grid(t testing.TB, w *world) []byte {
	t.Helper()
	h := w.history("D1")
	raw, err := json.Marshal(struct {
		Grid    signals.HeatGrid
		Measure signals.Measure
	}{
		signals.Heatmap(h, signals.Shanghai, today.AddDate(0, 0, -9), w.now),
		signals.MeasureWeChat(h, signals.WeChatRules{WindowDays: 30, StaleAfterDays: 7, HalfLifeDays: 10, DailyCap: 20}, w.now),
	})
	w.must(err)
	return raw
}

// BenchmarkTakeArchive takes in messages of one chat.
func BenchmarkTakeArchive(b *testing.B) {
	w := newWorld(b)
	w.take(collect.Archive, members(), consent("lilei", "Agree", today.AddDate(0, 0, -9)))
	var feed strings.Builder
	const messages = 20_000
	for seq := range messages {
		m := said(seq+1, buyer, "lilei", "合同和报价都收到了，我们内部再看一下")
		m["msgtime"] = today.Add(-time.Duration(seq) * time.Second).UnixMilli()
		raw, err := json.Marshal(m)
		if err != nil {
			b.Fatal(err)
		}
		feed.Write(append(raw, '\n'))
	}
	round := 0
	b.ReportAllocs()
	for b.Loop() {
		round++
		text := strings.ReplaceAll(feed.String(), "_external", fmt.Sprint("_r", round, "_external"))
		r, err := w.c.Take(b.Context(), collect.Archive, strings.NewReader(text))
		if err != nil || r.New != messages {
			b.Fatalf("%+v, %v", r, err)
		}
	}
	b.ReportMetric(float64(messages*b.N)/b.Elapsed().Seconds(), "messages/s")
}
