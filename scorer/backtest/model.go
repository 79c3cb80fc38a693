package backtest

import (
	"math"
	"slices"
	"strconv"
)

// model is a logistic regression on the columns of a table, with a ridge: the plainest way to
// make one probability of many columns. Each value of a column has a weight; columns of
// numbers are cut into quarters first.
type model struct {
	base    float64
	columns []feature
}

// feature is one column: the weights of its values. The last is that of all others.
type feature struct {
	edges   []float64 // of a column of numbers: the bounds between its quarters
	levels  map[string]int
	weights []float64
}

const (
	ridge     = 1.0  // a weight's prior has a standard deviation of 1: odds of e
	sweeps    = 2000 // at most
	settled   = 1e-5 // a sweep that moves no weight by more is the last
	rareLevel = 5    // values of fewer deals are taken together
	fewLevels = 10   // a column with no more values than this is no column of numbers
)

// learnModel fits the weights to the training part.
func learnModel(train []Case, columns int) *model {
	m := &model{}
	at := make([][]int, columns) // column → case → index of its weight
	for k := range columns {
		f := newFeature(train, k)
		m.columns = append(m.columns, f)
		for _, c := range train {
			at[k] = append(at[k], f.index(c.Features[k]))
		}
	}
	m.fit(train, at)
	return m
}

// newFeature finds the values of a column.
func newFeature(train []Case, k int) feature {
	count := make(map[string]int)
	var names []string
	var numbers []float64
	for _, c := range train {
		value := c.Features[k]
		if count[value]++; count[value] == 1 {
			names = append(names, value)
		}
		if x, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) {
			numbers = append(numbers, x)
		}
	}
	if len(names) > fewLevels && len(numbers)*10 > len(train)*9 {
		slices.Sort(numbers)
		n := len(numbers)
		return feature{edges: []float64{numbers[n/4], numbers[n/2], numbers[3*n/4]}, weights: make([]float64, 5)}
	}
	f := feature{levels: make(map[string]int)}
	for _, name := range names {
		if count[name] >= rareLevel {
			f.levels[name] = len(f.levels)
		}
	}
	f.weights = make([]float64, len(f.levels)+1)
	return f
}

// index is the place of a value's weight.
func (f feature) index(value string) int {
	others := len(f.weights) - 1
	if f.edges == nil {
		if i, known := f.levels[value]; known {
			return i
		}
		return others
	}
	x, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(x) {
		return others
	}
	quarter := 0
	for quarter < len(f.edges) && x >= f.edges[quarter] {
		quarter++
	}
	return quarter
}

// fit climbs column by column. A quarter of the deals bounds the curvature from above, so no
// step can overshoot and none needs a line search (Böhning and Lindsay 1988).
func (m *model) fit(train []Case, at [][]int) {
	logit := make([]float64, len(train))
	for range sweeps {
		missed := 0.0
		for i, c := range train {
			missed += residual(c, logit[i])
		}
		step := missed / max(1, float64(len(train))/4)
		m.base += step
		moved := math.Abs(step)
		for i := range logit {
			logit[i] += step
		}
		for k, f := range m.columns {
			sums, deals := make([]float64, len(f.weights)), make([]float64, len(f.weights))
			for i, c := range train {
				sums[at[k][i]] += residual(c, logit[i])
				deals[at[k][i]]++
			}
			for l := range f.weights {
				sums[l] = (sums[l] - ridge*f.weights[l]) / (deals[l]/4 + ridge)
				f.weights[l] += sums[l]
				moved = max(moved, math.Abs(sums[l]))
			}
			for i := range logit {
				logit[i] += sums[at[k][i]]
			}
		}
		if moved < settled {
			return
		}
	}
}

func residual(c Case, logit float64) float64 {
	if c.Won {
		return 1 - logistic(logit)
	}
	return -logistic(logit)
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// score gives cases the health that the model sees in their columns.
func (m *model) score(cases []Case) []Case {
	list := make([]Case, len(cases))
	for i, c := range cases {
		logit := m.base
		for k, f := range m.columns {
			logit += f.weights[f.index(c.Features[k])]
		}
		health := math.Round(logistic(logit)*1e4) / 100
		c.Health = &health
		list[i] = c
	}
	return list
}
