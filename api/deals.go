package api

import (
	"context"
	"fmt"
	"time"

	"dealvitals/api/gen"
	"dealvitals/signals"
)

// ListDeals answers GET /v1/deals.
func (s *server) ListDeals(ctx context.Context, r gen.ListDealsRequestObject) (gen.ListDealsResponseObject, error) {
	p, err := newPage("deals", r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	asOf, err := s.Desk.Instant(r.Params.AsOf)
	if err != nil {
		return nil, err
	}
	deals, err := s.Desk.Deals.List(ctx, asOf, p.after, p.limit+1)
	if err != nil {
		return nil, err
	}
	items, next, err := cut(p, deals, func(d signals.Deal) string { return d.ID })
	if err != nil {
		return nil, err
	}
	return gen.ListDeals200JSONResponse{Items: items, Next: next}, nil
}

// GetDeal answers GET /v1/deals/{id}.
func (s *server) GetDeal(ctx context.Context, r gen.GetDealRequestObject) (gen.GetDealResponseObject, error) {
	asOf, err := s.Desk.Instant(r.Params.AsOf)
	if err != nil {
		return nil, err
	}
	deal, err := s.Desk.Deals.Get(ctx, r.Id, asOf)
	if err != nil {
		return nil, missing("deal", r.Id, err)
	}
	return gen.GetDeal200JSONResponse(deal), nil
}

// GetHealth answers GET /v1/deals/{id}/health.
func (s *server) GetHealth(ctx context.Context, r gen.GetHealthRequestObject) (gen.GetHealthResponseObject, error) {
	asOf, err := s.Desk.Instant(r.Params.AsOf)
	if err != nil {
		return nil, err
	}
	judgement, err := s.Desk.Judge(ctx, r.Id, asOf)
	if err != nil {
		return nil, missing("deal", r.Id, err)
	}
	return gen.GetHealth200JSONResponse(judgement.Health), nil
}

// GetExplanation answers GET /v1/deals/{id}/explanation.
func (s *server) GetExplanation(ctx context.Context, r gen.GetExplanationRequestObject) (gen.GetExplanationResponseObject, error) {
	asOf, err := s.Desk.Instant(r.Params.AsOf)
	if err != nil {
		return nil, err
	}
	judgement, err := s.Desk.Judge(ctx, r.Id, asOf)
	if err != nil {
		return nil, missing("deal", r.Id, err)
	}
	if err := s.Reads.NoteRead(ctx, callerOf(ctx).Name, "explanation", "deal "+r.Id, s.Clock()); err != nil {
		return nil, fmt.Errorf("noting who asked: %w", err)
	}
	lang := gen.Zh
	if r.Params.Lang != nil {
		lang = *r.Params.Lang
	}
	return gen.GetExplanation200JSONResponse(judgement.Explain(string(lang))), nil
}

// knownDeal fails where there is no such deal at an instant.
func (s *server) knownDeal(ctx context.Context, id string, asOf time.Time) error {
	_, err := s.Desk.Deals.Get(ctx, id, asOf)
	return missing("deal", id, err)
}
