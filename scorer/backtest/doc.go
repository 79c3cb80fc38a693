// Package backtest holds scores against what became of the deals: how good the flag is, how
// far the health is a probability of winning, and whether a forecast gains when flagged deals
// are left out of it. Everything has its uncertainty, and where nothing can be told apart from
// the base rate, the answer is just that.
//
// It is pure and deterministic: cases in, report out, the same bytes each time. What each
// figure means in plain words stands in docs/backtest.md.
package backtest
