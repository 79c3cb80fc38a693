package backtest_test

import (
	"fmt"
	"math/rand/v2"
	"time"

	"dealvitals/scorer"
	"dealvitals/scorer/backtest"

	"github.com/shopspring/decimal"
)

func id(n int) string { return fmt.Sprintf("D-%04d", n) }

func day(n int) time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n) }

// flagging decides whether a deal of an invented history is flagged.
type flagging func(random *rand.Rand, won bool) bool

func byChance(random *rand.Rand, _ bool) bool { return random.IntN(4) == 0 }
func perfect(_ *rand.Rand, won bool) bool     { return !won }

// informed flags three in five of the lost deals and one in five of the won.
func informed(random *rand.Rand, won bool) bool {
	return random.IntN(5) < map[bool]int{true: 1, false: 3}[won]
}

// history invents deals that ended over two years, two in five of them won. Their health says
// as much as the flag.
func history(seed uint64, n int, flag flagging) []backtest.Case {
	random := rand.New(rand.NewPCG(seed, 7))
	cases := make([]backtest.Case, n)
	for i := range cases {
		won := random.IntN(5) < 2
		amount := decimal.NewFromInt(int64(10_000 * (1 + random.IntN(50))))
		c := backtest.Case{
			ID: id(i), Owner: []string{"李雷", "韩梅梅", "王芳"}[random.IntN(3)], Region: []string{"华东", "华南"}[random.IntN(2)],
			ScoredAt: day(i * 700 / n), ClosedAt: day(i*700/n + 90), Won: won, Currency: "CNY", Open: &amount,
			Assessed: random.IntN(10) > 0, Diagnosis: scorer.Unknown,
		}
		if won {
			c.Final = amount.Mul(decimal.NewFromFloat(0.9))
		}
		flagged := flag(random, won)
		if c.Assessed {
			health := 40 + 50*random.Float64()
			c.Diagnosis = scorer.Healthy
			if c.Flagged = flagged; flagged {
				health -= 35
				c.Diagnosis = scorer.ColdRelationship
			}
			c.Health = &health
		}
		cases[i] = c
	}
	return cases
}
