package signals_test

import (
	"encoding/json"
	"testing"
	"time"

	"dealvitals/signals"

	"pgregory.net/rapid"
)

// doubt is a word on the day that began so many days before the newest, recorded some hours ago.
func doubt(word signals.CoverageWord, daysAgo int, hoursAgo float64) signals.Coverage {
	from := signals.DateOf(hiringNow.In(signals.Shanghai)).AddDays(-daysAgo)
	return signals.Coverage{
		Source: "s", ContactID: "c", From: from.Start(), To: from.AddDays(1).Start(), Word: word,
		RecordedAt: hiringNow.Add(-time.Duration(hoursAgo * float64(time.Hour))),
	}
}

func TestWhatIsTakenBackProvesNoSilence(t *testing.T) {
	elsewhere, other := doubt(signals.CoverageTakenBack, 3, 5), doubt(signals.CoverageTakenBack, 3, 5)
	elsewhere.Source, other.ContactID = "another", "another"
	many := []signals.Coverage{}
	for n := 2; n < 12; n++ {
		many = append(many, doubt(signals.CoverageTakenBack, n, 5))
	}
	tests := []struct {
		name    string
		words   []signals.Coverage
		status  signals.Status
		reason  string
		atLeast bool
	}{
		{"nothing doubted", nil, signals.StatusOK, signals.ReasonMeasured, false},
		{"one day is doubtful: a lower bound", []signals.Coverage{doubt(signals.CoverageTakenBack, 3, 5)}, signals.StatusOK, signals.ReasonStatisticsDisagree, true},
		{"ten days are: unknown", many, signals.StatusUnknown, signals.ReasonStatisticsDisagree, false},
		{"given back", []signals.Coverage{doubt(signals.CoverageGivenBack, 3, 4), doubt(signals.CoverageTakenBack, 3, 5)}, signals.StatusOK, signals.ReasonMeasured, false},
		{"taken back again", []signals.Coverage{doubt(signals.CoverageTakenBack, 3, 3), doubt(signals.CoverageGivenBack, 3, 4), doubt(signals.CoverageTakenBack, 3, 5)}, signals.StatusOK, signals.ReasonStatisticsDisagree, true},
		{"both words at once: the doubt", []signals.Coverage{doubt(signals.CoverageGivenBack, 3, 5), doubt(signals.CoverageTakenBack, 3, 5)}, signals.StatusOK, signals.ReasonStatisticsDisagree, true},
		{"another source's day", []signals.Coverage{elsewhere}, signals.StatusOK, signals.ReasonMeasured, false},
		{"another contact's day", []signals.Coverage{other}, signals.StatusOK, signals.ReasonMeasured, false},
		{"a day before the window", []signals.Coverage{doubt(signals.CoverageTakenBack, 40, 5)}, signals.StatusOK, signals.ReasonMeasured, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := chat(talkOn(1, 1)...)
			h.Coverage = append(h.Coverage, test.words...)
			m := signals.MeasureWeChat(h, weChatRules, hiringNow)
			if m.Status != test.status || m.Reason.Code != test.reason || m.AtLeast != test.atLeast {
				t.Errorf("%s, %s, at least %v", m.Status, m.Reason.Code, m.AtLeast)
			}
			if doubtful := m.Reason.Facts["doubtful_days"] != ""; doubtful != (test.reason == signals.ReasonStatisticsDisagree) {
				t.Errorf("facts %v", m.Reason.Facts)
			}
		})
	}
}

func TestADoubtNeverChangesAPastAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := chat(messages(t)...)
		asOf := hiringNow.Add(-time.Duration(rapid.IntRange(0, 60).Draw(t, "hours before")) * time.Hour)
		was := measured(t, h, asOf)
		for n := range rapid.IntRange(1, 20).Draw(t, "doubts") {
			d := doubt(rapid.SampledFrom([]signals.CoverageWord{signals.CoverageTakenBack, signals.CoverageGivenBack}).Draw(t, "word"), n, 0)
			d.RecordedAt = asOf.Add(time.Duration(1+n) * time.Second)
			h.Coverage = append(h.Coverage, d)
		}
		if is := measured(t, h, asOf); is != was {
			t.Fatalf("was %s, is %s", was, is)
		}
	})
}

// TestADoubtNeverMakesLow takes days back: a number that could be low before may be unknown or
// a lower bound now, and never the other way round.
func TestADoubtNeverMakesLow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := chat(messages(t)...)
		h.Coverage[0].To = hiringNow.Add(-time.Duration(rapid.IntRange(0, 200).Draw(t, "hours since the sync")) * time.Hour)
		sure := signals.MeasureWeChat(h, weChatRules, hiringNow)
		h.Coverage = append(h.Coverage, doubt(signals.CoverageTakenBack, rapid.IntRange(8, 29).Draw(t, "day"), 1))
		m := signals.MeasureWeChat(h, weChatRules, hiringNow)
		if m.Status == signals.StatusOK && !m.AtLeast {
			t.Fatalf("a doubtful day is taken for seen: %+v", m.Reason)
		}
		if m.Value != nil && sure.Value != nil && *m.Value != *sure.Value {
			t.Fatalf("the number was %v, is %v", *sure.Value, *m.Value)
		}
	})
}

func measured(t interface{ Fatal(...any) }, h signals.WeChatHistory, asOf time.Time) string {
	raw, err := json.Marshal(signals.MeasureWeChat(h, weChatRules, asOf))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
