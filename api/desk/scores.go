package desk

import (
	"context"
	"fmt"
	"time"

	"dealvitals/scorer"
)

// The spans that scores are read over.
const (
	defaultScoreDays = 365
	maxScoreDays     = 1100 // three years
)

// ScoreHistory is how a deal was scored over time.
type ScoreHistory struct {
	DealID string              `json:"deal_id"`
	From   time.Time           `json:"from"`
	To     time.Time           `json:"to"`
	Scores []scorer.Evaluation `json:"scores"` // oldest first
}

// Scores reads how a deal was scored from one instant to another, both included, in one
// read. Without a beginning it is the year before the end; without an end it is now.
func (d *Desk) Scores(ctx context.Context, dealID string, from, to *time.Time) (ScoreHistory, error) {
	end, err := d.Instant(to)
	if err != nil {
		return ScoreHistory{}, err
	}
	begin := end.AddDate(0, 0, -defaultScoreDays)
	if from != nil {
		begin = from.UTC()
	}
	if begin.After(end) || end.Sub(begin) > maxScoreDays*24*time.Hour {
		why := fmt.Sprintf("it has to be before to, by %d days at most", maxScoreDays)
		return ScoreHistory{}, &InvalidError{What: "the span", Faults: []Fault{{Pointer: "from", Detail: why}}}
	}
	if _, err := d.Deals.Get(ctx, dealID, time.Time{}); err != nil {
		return ScoreHistory{}, fmt.Errorf("reading deal %s: %w", dealID, err)
	}
	scores, err := d.Verdicts.Scores(ctx, dealID, begin, end)
	if err != nil {
		return ScoreHistory{}, fmt.Errorf("reading the scores of deal %s: %w", dealID, err)
	}
	return ScoreHistory{DealID: dealID, From: begin, To: end, Scores: append([]scorer.Evaluation{}, scores...)}, nil
}
