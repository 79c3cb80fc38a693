package backtest

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Forecast is what a forecast of the open amounts was worth, in one currency. Accuracy is
// 1 − |forecast − won| ÷ the larger of both, from 0 to 1.
type Forecast struct {
	Currency   string          `json:"currency"`
	Deals      int             `json:"deals"`
	Open       decimal.Decimal `json:"open"`        // the forecast: all amounts as they were when scored
	Won        decimal.Decimal `json:"won"`         // what these deals brought
	Flagged    decimal.Decimal `json:"flagged"`     // of Open, that of flagged deals
	FlaggedWon decimal.Decimal `json:"flagged_won"` // of Won, that of flagged deals

	Accuracy Estimate `json:"accuracy"`         // of Open
	Without  Estimate `json:"accuracy_without"` // of Open without the flagged deals; what they brought is missing from it
	Gain     Estimate `json:"gain"`             // the second minus the first
	Haircut  Estimate `json:"accuracy_haircut"` // of Open times the share that the training part brought: what the base rate alone gives

	// YieldGap is the share of its amount that a deal brought, of those not flagged minus of
	// the flagged. Leaving out any deals lowers a forecast that is too high; that it was these
	// deals helped only where this gap is beyond doubt.
	YieldGap Estimate `json:"yield_gap"`
	Verdict  Verdict  `json:"verdict"`
}

// sums are amounts of a currency as floating numbers, for the resampling.
type sums struct{ open, won, flagged, flaggedWon float64 }

// forecasts makes one for each currency, sorted. yields are the shares of open amounts that
// the training part brought, by currency.
func forecasts(cases []Case, yields map[string]float64, confidence float64) []Forecast {
	by := make(map[string][]Case)
	var currencies []string
	for _, c := range cases {
		if c.Open == nil {
			continue
		}
		if by[c.Currency] == nil {
			currencies = append(currencies, c.Currency)
		}
		by[c.Currency] = append(by[c.Currency], c)
	}
	slices.Sort(currencies)
	list := []Forecast{}
	for _, currency := range currencies {
		list = append(list, forecastOf(currency, by[currency], yields, confidence))
	}
	return list
}

func forecastOf(currency string, cases []Case, yields map[string]float64, confidence float64) Forecast {
	f := Forecast{Currency: currency, Deals: len(cases), Verdict: TooFew}
	amounts := make([]sums, len(cases))
	flagged := 0
	for i, c := range cases {
		f.Open, f.Won = f.Open.Add(*c.Open), f.Won.Add(c.Final)
		amounts[i].open, amounts[i].won = c.Open.InexactFloat64(), c.Final.InexactFloat64()
		if c.Flagged {
			flagged++
			f.Flagged, f.FlaggedWon = f.Flagged.Add(*c.Open), f.FlaggedWon.Add(c.Final)
			amounts[i].flagged, amounts[i].flaggedWon = amounts[i].open, amounts[i].won
		}
	}
	yield, known := yields[currency]
	e := bootstrap(len(cases), confidence, func(weights []int) []figure {
		s := sumUp(amounts, weights)
		haircut := figureOf(accuracy(s.open*yield, s.won))
		haircut.ok = haircut.ok && known
		return []figure{
			figureOf(accuracy(s.open, s.won)), figureOf(accuracy(s.open-s.flagged, s.won)), figureOf(s.gain()), haircut, figureOf(s.yieldGap()),
		}
	})
	f.Accuracy, f.Without, f.Gain, f.Haircut, f.YieldGap = e[0], e[1], e[2], e[3], e[4]
	if flagged >= fewest && len(cases)-flagged >= fewest {
		f.Verdict = verdictOn(f.YieldGap, 0)
	}
	return f
}

func sumUp(amounts []sums, weights []int) sums {
	var s sums
	for i, a := range amounts {
		w := weightOf(weights, i)
		s.open, s.won = s.open+w*a.open, s.won+w*a.won
		s.flagged, s.flaggedWon = s.flagged+w*a.flagged, s.flaggedWon+w*a.flaggedWon
	}
	return s
}

// accuracy compares a forecast with what came, whichever is larger.
func accuracy(forecast, came float64) (float64, bool) {
	return share(max(0, min(forecast, came)), max(forecast, came))
}

func (s sums) gain() (float64, bool) {
	with, some := accuracy(s.open, s.won)
	without, others := accuracy(s.open-s.flagged, s.won)
	return without - with, some && others
}

func (s sums) yieldGap() (float64, bool) {
	flagged, some := share(s.flaggedWon, s.flagged)
	others, more := share(s.won-s.flaggedWon, s.open-s.flagged)
	return others - flagged, some && more
}

// yieldsOf is the share of open amounts that deals brought, by currency.
func yieldsOf(cases []Case) map[string]float64 {
	totals := make(map[string]sums)
	for _, c := range cases {
		if c.Open != nil {
			s := totals[c.Currency]
			s.open, s.won = s.open+c.Open.InexactFloat64(), s.won+c.Final.InexactFloat64()
			totals[c.Currency] = s
		}
	}
	yields := make(map[string]float64)
	for currency, s := range totals {
		if yield, ok := share(s.won, s.open); ok {
			yields[currency] = yield
		}
	}
	return yields
}
