package backtest

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// The fit is at its optimum where each weight's pull by the deals equals that of the ridge.
func TestTheModelIsFittedToItsOptimum(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var train []Case
	for range 600 {
		won := random.IntN(2) == 0
		source := []string{"referral", "web", "", "fair"}[random.IntN(4)]
		if won && random.IntN(2) == 0 {
			source = "referral"
		}
		amount := []string{"10", "200", "3000"}[random.IntN(3)]
		train = append(train, Case{Won: won, Features: []string{source, amount}})
	}
	m := learnModel(train, 2)
	pull := make([][]float64, 2)
	all := 0.0
	for k, f := range m.columns {
		pull[k] = make([]float64, len(f.weights))
	}
	for _, c := range train {
		logit := m.base
		for k, f := range m.columns {
			logit += f.weights[f.index(c.Features[k])]
		}
		all += residual(c, logit)
		for k, f := range m.columns {
			pull[k][f.index(c.Features[k])] += residual(c, logit)
		}
	}
	if math.Abs(all) > 0.01 {
		t.Errorf("all deals pull by %v", all)
	}
	for k, f := range m.columns {
		for l, w := range f.weights {
			if math.Abs(pull[k][l]-ridge*w) > 0.01 {
				t.Errorf("column %d, value %d: the deals pull by %v, the ridge by %v", k, l, pull[k][l], ridge*w)
			}
		}
	}
	if referral, web := m.columns[0].levels["referral"], m.columns[0].levels["web"]; m.columns[0].weights[referral] < m.columns[0].weights[web]+0.5 {
		t.Errorf("what wins twice as often weighs %v", m.columns[0].weights)
	}
}

func TestColumnsOfNumbersAreCutIntoQuarters(t *testing.T) {
	var train []Case
	for n := range 100 {
		train = append(train, Case{Features: []string{[]string{"", "x"}[n%2], string(rune('a'+n%3)) + "1"}})
		train[n].Features[0] = []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}[n%12]
	}
	numbers, words := newFeature(train, 0), newFeature(train, 1)
	for value, want := range map[string]int{"0": 0, "1": 0, "5": 1, "8": 2, "12": 3, "99": 3, "": 4, "many": 4, "NaN": 4} {
		if got := numbers.index(value); got != want {
			t.Errorf("%q is in part %d, want %d of %v", value, got, want, numbers.edges)
		}
	}
	if words.edges != nil || words.index("a1") != 0 || words.index("never seen") != 3 {
		t.Errorf("words are %+v", words)
	}
}

func TestTheMappingNeverFallsAndKeepsItsDeals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var train []Case
		for range rapid.IntRange(50, 200).Draw(t, "deals") {
			health := float64(rapid.IntRange(0, 100).Draw(t, "health"))
			train = append(train, Case{Health: &health, Won: rapid.Bool().Draw(t, "won")})
		}
		m := learnIsotonic(train)
		for i := 1; i < len(m.share); i++ {
			if m.from[i] <= m.from[i-1] {
				t.Fatalf("steps at %v", m.from)
			}
		}
		// Before one deal of each kind is added, each step's share is more than the one before.
		last := 0.0
		for health := 0.0; health <= 100; health++ {
			share := m.at(health)
			if share <= 0 || share >= 1 {
				t.Fatalf("at %v it is %v", health, share)
			}
			last = max(last, share)
		}
		if m.at(-1) != m.share[0] || m.at(101) != m.share[len(m.share)-1] {
			t.Fatal("beyond the ends it is not as at the ends")
		}
	})
}

// The example of isoreg in R (package stats): 1 0 4 3 3 5 4 2 0 gives 0.5 twice, then 3 seven
// times. Here as shares of deals: each number is how many of five deals were won.
func TestTheMappingPoolsAsPublished(t *testing.T) {
	var train []Case
	for i, won := range []int{1, 0, 4, 3, 3, 5, 4, 2, 0} {
		for n := range 6 {
			health := float64(10 * i)
			train = append(train, Case{Health: &health, Won: n < won})
		}
	}
	m := learnIsotonic(train)
	want := map[float64]float64{0: (1.0 + 1) / (12 + 2), 10: (1.0 + 1) / (12 + 2), 20: (21.0 + 1) / (42 + 2), 80: (21.0 + 1) / (42 + 2)}
	for health, share := range want {
		if got := m.at(health); math.Abs(got-share) > 1e-12 {
			t.Errorf("at %v it is %v, want %v", health, got, share)
		}
	}
	if len(m.share) != 2 {
		t.Errorf("there are %d steps, want 2", len(m.share))
	}
	if learnIsotonic(train[:40]) != nil {
		t.Error("it learns from 40 deals")
	}
}
