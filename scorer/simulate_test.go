package scorer_test

import (
	"encoding/json"
	"testing"

	"dealvitals/scorer"

	"github.com/shopspring/decimal"
)

func simulated(draft func(*scorer.Policy), decisions []scorer.Decision) *scorer.Simulation {
	p := scorer.DefaultPolicy()
	draft(&p)
	s := scorer.NewSimulation(scorer.DefaultPolicy(), p, now)
	for i, currency := range []string{"CNY", "CNY", "USD"} {
		h := history(9, 1) // two high, wechat low
		h.Deal.ID, h.Deal.Owner, h.Deal.Region, h.Deal.Currency = string(rune('A'+i)), []string{"li", "wang", "li"}[i], "华东", currency
		h.Deal.Amount = decimal.NewFromInt(int64(100 * (i + 1)))
		s.Add(h, decisions, nil)
	}
	return s
}

func TestASimulationTellsWhoChangesAndHowMuchThatIs(t *testing.T) {
	s := simulated(func(p *scorer.Policy) { p.Patterns[scorer.ColdRelationship] = scorer.PatternPolicy{Flag: true} }, nil)
	if s.Deals != 3 || s.Same != 0 || len(s.Changes) != 3 {
		t.Fatalf("%+v", s)
	}
	if c := s.Changes[0]; c.State != scorer.FreezeClear || c.Base.State != scorer.FreezeFrozen || c.Draft.State != scorer.FreezeClear || !c.Draft.Flagged {
		t.Errorf("the first change is %+v", c)
	}
	sums, err := json.Marshal([][]scorer.Affected{s.ByCurrency, s.ByOwner})
	if err != nil {
		t.Fatal(err)
	}
	nothing := `"flagged":{"deals":0,"amount":"0"},"unflagged":{"deals":0,"amount":"0"}}`
	row := func(name, currency, released string) string {
		return `{"name":"` + name + `","currency":"` + currency + `","frozen":{"deals":0,"amount":"0"},"proposed":{"deals":0,"amount":"0"},"released":` + released + `,` + nothing
	}
	want := "[[" + row("", "CNY", `{"deals":2,"amount":"300"}`) + "," + row("", "USD", `{"deals":1,"amount":"300"}`) + "],[" +
		row("li", "CNY", `{"deals":1,"amount":"100"}`) + "," + row("li", "USD", `{"deals":1,"amount":"300"}`) + "," + row("wang", "CNY", `{"deals":1,"amount":"200"}`) + "]]"
	if string(sums) != want {
		t.Errorf("the sums are\n%s\nwant\n%s", sums, want)
	}
}

func TestASimulationLeavesToPeopleWhatTheyDecided(t *testing.T) {
	for name, tt := range map[string]struct {
		draft     func(*scorer.Policy)
		decisions []scorer.Decision
		want      int
	}{
		"the same policy":                       {func(*scorer.Policy) {}, nil, 0},
		"only the comment differs":              {func(p *scorer.Policy) { p.Comment = "new" }, nil, 0},
		"two confirmations settle in two":       {func(p *scorer.Policy) { p.Freeze.Confirmations = 2 }, nil, 0},
		"proposals instead of freezes":          {func(p *scorer.Policy) { p.Freeze.Mode = scorer.ModePropose }, nil, 3},
		"what a person confirmed stays frozen":  {noPattern, []scorer.Decision{{State: scorer.FreezeFrozen, Action: scorer.ActionConfirm, Held: true, At: now.AddDate(0, 0, -9)}}, 0},
		"what the machine froze is let go":      {noPattern, []scorer.Decision{{State: scorer.FreezeFrozen, Action: scorer.ActionFreeze, At: now.AddDate(0, 0, -9)}}, 3},
		"what a person released stays released": {noPattern, []scorer.Decision{{State: scorer.FreezeClear, Action: scorer.ActionRelease, Held: true, At: now.AddDate(0, 0, -9)}}, 0},
	} {
		changed := 0
		for _, c := range simulated(tt.draft, tt.decisions).Changes {
			if c.Base.State != c.Draft.State {
				changed++
			}
		}
		if changed != tt.want {
			t.Errorf("%s: %d deals change state, want %d", name, changed, tt.want)
		}
	}
}

func noPattern(p *scorer.Policy) { p.Patterns[scorer.ColdRelationship] = scorer.PatternPolicy{} }

func BenchmarkSimulate(b *testing.B) {
	s := scorer.NewSimulation(scorer.DefaultPolicy(), scorer.DefaultPolicy(), now)
	h := history(9, 100)
	for b.Loop() {
		s.Add(h, nil, []scorer.Evaluation{})
	}
	if s.Deals != s.Same {
		b.Fatal(s.Changes)
	}
}
