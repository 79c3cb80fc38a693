package signals_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"dealvitals/signals"

	"pgregory.net/rapid"
)

var weChatRules = signals.WeChatRules{
	WindowDays: 30, StaleAfterDays: 7, HalfLifeDays: 14, DailyCap: 20, MaxLift: 0.3, MinCoverage: 0.8,
	Keywords: []signals.KeywordGroup{{Name: "price", Weight: 1, Words: []string{"报价"}}, {Name: "contract", Weight: 1.5, Words: []string{"合同"}}},
}

// said is a message of a sentence, some hours ago.
func said(side signals.Direction, hoursAgo float64) signals.Interaction {
	at := hiringNow.Add(-time.Duration(hoursAgo * float64(time.Hour)))
	return signals.Interaction{
		ID: fmt.Sprintf("%s-%v", side, at.UnixNano()), Source: "s", Time: at, ContactID: "c",
		Direction: side, Kind: "text", Length: 20, RecordedAt: at,
	}
}

func chat(messages ...signals.Interaction) signals.WeChatHistory {
	return signals.WeChatHistory{
		Contacts: []signals.Contact{{ID: "c"}}, Interactions: messages,
		Coverage: []signals.Coverage{{Source: "s", ContactID: "c", From: before(100), To: hiringNow}},
	}
}

// talkOn is pairs of question and answer at noon of each of some days.
func talkOn(days, pairs int) []signals.Interaction {
	var list []signals.Interaction
	for d := range days {
		for p := range pairs {
			at := float64(24*(d+1)) - float64(p)*0.5
			list = append(list, said(signals.DirectionOut, at), said(signals.DirectionIn, at-0.2))
		}
	}
	return list
}

func heat(t interface{ Fatalf(string, ...any) }, messages ...signals.Interaction) float64 {
	m := signals.MeasureWeChat(chat(messages...), weChatRules, hiringNow)
	if m.Status != signals.StatusOK {
		t.Fatalf("status %s (%s)", m.Status, m.Reason.Code)
	}
	return *m.Value
}

func with(list []signals.Interaction, change func(*signals.Interaction)) []signals.Interaction {
	changed := slices.Clone(list)
	for i := range changed {
		change(&changed[i])
	}
	return changed
}

func TestHeatIsHardToFake(t *testing.T) {
	steady := heat(t, talkOn(10, 2)...)
	if steady < 6 {
		t.Errorf("ten days with two answered messages each are %v, want 6 or more (high by default)", steady)
	}
	only := func(side signals.Direction) []signals.Interaction {
		return slices.DeleteFunc(talkOn(10, 2), func(i signals.Interaction) bool { return i.Direction != side })
	}
	tests := []struct {
		name     string
		messages []signals.Interaction
		most     float64
	}{
		{"silence is cold", nil, 0},
		{"who writes into silence heats nothing", only(signals.DirectionOut), 0},
		{"a contact's messages alone are less than talk", only(signals.DirectionIn), steady * 0.8},
		{"a burst on one day is little", talkOn(1, 20), steady * 0.7},
		{"stickers are little", with(talkOn(10, 2), func(i *signals.Interaction) { i.Kind = "emotion" }), steady * 0.4},
		{"one-word answers are little", with(talkOn(10, 2), func(i *signals.Interaction) { i.Length = 2 }), steady * 0.6},
		{"messages at night are little", with(talkOn(10, 2), func(i *signals.Interaction) { i.Time = i.Time.Add(-10 * time.Hour) }), steady * 0.6},
		{"our keywords lift nothing", with(talkOn(10, 2), func(i *signals.Interaction) {
			if i.Direction == signals.DirectionOut {
				i.Keywords = map[string]int{"报价": 3, "合同": 3}
			}
		}), steady},
		{"the contact's keywords lift by max_lift at most", with(talkOn(10, 2), func(i *signals.Interaction) { i.Keywords = map[string]int{"合同": 90} }), steady*1.3 + 0.001},
	}
	for _, tt := range tests {
		if got := heat(t, tt.messages...); got > tt.most {
			t.Errorf("%s: %v, want at most %v", tt.name, got, tt.most)
		}
	}
	if lifted := heat(t, with(talkOn(10, 2), func(i *signals.Interaction) { i.Keywords = map[string]int{"合同": 1} })...); lifted <= steady {
		t.Errorf("the contact's keywords lift %v to %v, want more", steady, lifted)
	}
}

func TestMeasureWeChatCoverage(t *testing.T) {
	span := func(contact string, from, to int) signals.Coverage {
		return signals.Coverage{Source: "s", ContactID: contact, From: before(from), To: before(to)}
	}
	tests := []struct {
		name     string
		contacts []string
		coverage []signals.Coverage
		status   signals.Status
		reason   string
		atLeast  bool
	}{
		{"no key contact", nil, nil, signals.StatusUnknown, signals.ReasonNoContacts, false},
		{"no source", []string{"c"}, nil, signals.StatusUnknown, signals.ReasonNotCovered, false},
		{"the source of another contact", []string{"c"}, []signals.Coverage{span("x", 60, 0)}, signals.StatusUnknown, signals.ReasonNotCovered, false},
		{"covered", []string{"c"}, []signals.Coverage{span("c", 60, 0)}, signals.StatusOK, signals.ReasonMeasured, false},
		{"two spans that meet", []string{"c"}, []signals.Coverage{span("c", 10, 0), span("c", 60, 10)}, signals.StatusOK, signals.ReasonMeasured, false},
		{"spans that overlap count once", []string{"c"}, []signals.Coverage{span("c", 12, 0), span("c", 11, 1), span("c", 12, 0)}, signals.StatusUnknown, signals.ReasonNotCovered, false},
		{"a hole of ten days", []string{"c"}, []signals.Coverage{span("c", 60, 20), span("c", 10, 0)}, signals.StatusUnknown, signals.ReasonNotCovered, false},
		{"a collector that was down for five days", []string{"c"}, []signals.Coverage{span("c", 60, 20), span("c", 15, 0)}, signals.StatusOK, signals.ReasonPartial, true},
		{"a consent of four weeks ago", []string{"c"}, []signals.Coverage{span("c", 28, 0)}, signals.StatusOK, signals.ReasonPartial, true},
		{"a source that rounds its times", []string{"c"}, []signals.Coverage{{Source: "s", ContactID: "c", From: before(60), To: before(10).Add(-time.Minute)}, span("c", 10, 0)}, signals.StatusOK, signals.ReasonMeasured, false},
		{"a source silent for six days", []string{"c"}, []signals.Coverage{span("c", 60, 6)}, signals.StatusOK, signals.ReasonMeasured, false},
		{"a source silent for eight days", []string{"c"}, []signals.Coverage{span("c", 60, 8)}, signals.StatusStale, signals.ReasonSyncStale, false},
		{"one of two contacts did not consent", []string{"c", "d"}, []signals.Coverage{span("c", 60, 0)}, signals.StatusOK, signals.ReasonPartial, true},
	}
	for _, tt := range tests {
		h := signals.WeChatHistory{Coverage: tt.coverage}
		for _, id := range tt.contacts {
			h.Contacts = append(h.Contacts, signals.Contact{ID: id})
		}
		m := signals.MeasureWeChat(h, weChatRules, hiringNow)
		if m.Status != tt.status || m.Reason.Code != tt.reason || m.AtLeast != tt.atLeast || (m.Value != nil) != (m.Status == signals.StatusOK) {
			t.Errorf("%s: %s (%s), at least %v, value %v; want %s (%s), %v", tt.name, m.Status, m.Reason.Code, m.AtLeast, m.Value, tt.status, tt.reason, tt.atLeast)
		}
	}
}

// messages draws a random chat of 40 days.
func messages(t *rapid.T) []signals.Interaction {
	side := rapid.SampledFrom([]signals.Direction{signals.DirectionIn, signals.DirectionOut})
	list := make([]signals.Interaction, rapid.IntRange(0, 60).Draw(t, "messages"))
	for i := range list {
		list[i] = said(side.Draw(t, "side"), float64(rapid.IntRange(0, 40*24*60).Draw(t, "minutes ago"))/60)
		list[i].ID = fmt.Sprint(i)
		list[i].Kind = rapid.SampledFrom([]string{"text", "emotion", "call"}).Draw(t, "kind")
		list[i].Length = rapid.IntRange(0, 40).Draw(t, "length")
		list[i].Duration = signals.Duration(rapid.IntRange(0, 600).Draw(t, "seconds")) * signals.Duration(time.Second)
		list[i].Keywords = map[string]int{"报价": rapid.IntRange(0, 2).Draw(t, "报价"), "合同": rapid.IntRange(0, 2).Draw(t, "合同")}
	}
	return list
}

func TestOrderAndRepetitionOfMessagesChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := messages(t)
		shuffled := rapid.Permutation(append(slices.Clone(list), list[:len(list)/2]...)).Draw(t, "order")
		if a, b := heat(t, list...), heat(t, shuffled...); a != b {
			t.Fatalf("heat %v, and %v when delivered again in another order", a, b)
		}
	})
}

func TestWhatIsOlderThanTwoWindowsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := messages(t)
		h := chat(list...)
		h.Coverage[0].To = hiringNow.Add(-time.Duration(rapid.IntRange(0, 7*24).Draw(t, "hours since the sync")) * time.Hour)
		was := signals.MeasureWeChat(h, weChatRules, hiringNow)
		for i, m := range list {
			m.ID, m.Time = fmt.Sprint("old", i), m.Time.AddDate(0, 0, -68)
			h.Interactions = append(h.Interactions, m)
		}
		if is := signals.MeasureWeChat(h, weChatRules, hiringNow); fmt.Sprint(*was.Value, *was.Then, was.Reason) != fmt.Sprint(*is.Value, *is.Then, is.Reason) {
			t.Fatalf("%+v became %+v", was, is)
		}
	})
}

func TestAnUnansweredBurstNeverLifts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := messages(t)
		newest := hiringNow.Add(-40 * 24 * time.Hour)
		for _, m := range list {
			if m.Direction == signals.DirectionIn && m.Time.After(newest) {
				newest = m.Time
			}
		}
		burst := slices.Clone(list)
		for i := range rapid.IntRange(1, 50).Draw(t, "burst") {
			m := said(signals.DirectionOut, 0)
			m.ID, m.Time = fmt.Sprint("burst", i), newest.Add(time.Duration(rapid.IntRange(1, 9999).Draw(t, "seconds"))*time.Second)
			m.Keywords = map[string]int{"合同": 3}
			burst = append(burst, m)
		}
		if was, is := heat(t, list...), heat(t, burst...); is > was {
			t.Fatalf("messages that nobody answered lift %v to %v", was, is)
		}
	})
}

// TestNoOutboundBurstLiftsLowToHigh puts the burst anywhere, so that later messages of the
// contact may pass for answers. The most that can do is to double the day's talk.
func TestNoOutboundBurstLiftsLowToHigh(t *testing.T) {
	const low, high = 2, 6 // of the default policy
	rapid.Check(t, func(t *rapid.T) {
		list := messages(t)
		burst := slices.Clone(list)
		for i := range rapid.IntRange(1, 80).Draw(t, "burst") {
			m := said(signals.DirectionOut, float64(rapid.IntRange(0, 30*24).Draw(t, "hours ago")))
			m.ID = fmt.Sprint("burst", i)
			burst = append(burst, m)
		}
		if was, is := heat(t, list...), heat(t, burst...); was < low && is >= high || is > was*1.4143+0.002 {
			t.Fatalf("a burst of ours lifts %v to %v", was, is)
		}
	})
}

func TestAMessageThatTwoSourcesTellCountsOnce(t *testing.T) {
	archive := talkOn(10, 2)
	export := with(archive, func(i *signals.Interaction) {
		i.Source, i.ID, i.Time = "export", "x"+i.ID, i.Time.Truncate(time.Second)
	})
	if one, both := heat(t, archive...), heat(t, append(export, archive...)...); one != both {
		t.Errorf("heat %v from one source, %v from both", one, both)
	}
}

func TestHeatmapCountsByWeekdayAndHour(t *testing.T) {
	h := chat(said(signals.DirectionIn, 0), said(signals.DirectionOut, 1), said(signals.DirectionOut, 24*40))
	grid := signals.Heatmap(h, signals.Shanghai, before(30), hiringNow)
	if grid.In[1][12] != 1 || grid.Out[1][11] != 1 || grid.Max != 1 { // 2026-11-24 is a Tuesday
		t.Errorf("heatmap %+v", grid)
	}
}

func BenchmarkMeasureWeChat(b *testing.B) {
	h := chat(talkOn(30, 6)...)
	for b.Loop() {
		signals.MeasureWeChat(h, weChatRules, hiringNow)
	}
}
