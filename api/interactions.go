package api

import (
	"context"

	"dealvitals/api/gen"
)

// AddInteractions answers POST /v1/interactions.
func (s *server) AddInteractions(ctx context.Context, r gen.AddInteractionsRequestObject) (gen.AddInteractionsResponseObject, error) {
	added, err := s.Intake.Take(ctx, *r.Body, callerOf(ctx).Name)
	if err != nil {
		return nil, err
	}
	if len(added.Deals) > 0 {
		s.follow(ctx, "interactions", func(ctx context.Context) error { return s.Effects.DealsChanged(ctx, added.Deals) })
	}
	return gen.AddInteractions200JSONResponse(added.InteractionReport), nil
}
