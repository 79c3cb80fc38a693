package api

import (
	"context"

	"dealvitals/api/gen"
)

// Backtest answers POST /v1/backtests.
func (s *server) Backtest(ctx context.Context, r gen.BacktestRequestObject) (gen.BacktestResponseObject, error) {
	report, err := s.Desk.Backtest(ctx, *r.Body)
	if err != nil {
		return nil, err
	}
	return gen.Backtest200JSONResponse(report), nil
}
