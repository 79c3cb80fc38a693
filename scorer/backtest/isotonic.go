package backtest

import "sort"

// isotonic maps a health to the share won, never falling: what is learnt from a training
// part to make a probability of a score that only ranks.
type isotonic struct {
	from  []float64 // health from which a step holds, ascending
	share []float64 // won, of the step
}

// learnIsotonic pools neighbours until the shares rise (pool adjacent violators: Ayer et al.
// 1955). It returns nil where there are too few deals to learn from.
func learnIsotonic(cases []Case) *isotonic {
	list := scoredOf(cases)
	if len(list) < 5*fewest {
		return nil
	}
	type block struct{ from, won, deals float64 }
	var blocks []block
	for i := 0; i < len(list); {
		b := block{from: list[i].health}
		for ; i < len(list) && list[i].health == b.from; i++ {
			if list[i].won {
				b.won++
			}
			b.deals++
		}
		for n := len(blocks); n > 0 && blocks[n-1].won*b.deals >= b.won*blocks[n-1].deals; n-- {
			last := blocks[n-1]
			b = block{last.from, last.won + b.won, last.deals + b.deals}
			blocks = blocks[:n-1]
		}
		blocks = append(blocks, b)
	}
	m := &isotonic{}
	for _, b := range blocks {
		m.from = append(m.from, b.from)
		// One deal more of each kind keeps a step of few deals from saying never or always.
		m.share = append(m.share, (b.won+1)/(b.deals+2))
	}
	return m
}

// at is the share won of deals with a health.
func (m *isotonic) at(health float64) float64 {
	i := sort.SearchFloat64s(m.from, health)
	if i == len(m.from) || m.from[i] > health {
		i = max(i-1, 0)
	}
	return m.share[i]
}
