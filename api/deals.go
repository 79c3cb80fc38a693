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
	tag := versionTag(deal.RecordedAt)
	return gen.GetDeal200JSONResponse{Body: deal, Headers: gen.GetDeal200ResponseHeaders{ETag: &tag}}, nil
}

// CreateDeal answers POST /v1/deals.
func (s *server) CreateDeal(ctx context.Context, r gen.CreateDealRequestObject) (gen.CreateDealResponseObject, error) {
	if err := s.Desk.CheckDeal(ctx, *r.Body); err != nil {
		return nil, err
	}
	deal, err := create(ctx, s, s.Deals, *r.Body, "deal "+r.Body.ID)
	if err != nil {
		return nil, err
	}
	s.dealChanged(ctx, deal.ID)
	tag := versionTag(deal.RecordedAt)
	return gen.CreateDeal201JSONResponse{
		Body:    deal,
		Headers: gen.CreateDeal201ResponseHeaders{ETag: &tag, Location: location("deals", deal.ID)},
	}, nil
}

// UpdateDeal answers PUT /v1/deals/{id}.
func (s *server) UpdateDeal(ctx context.Context, r gen.UpdateDealRequestObject) (gen.UpdateDealResponseObject, error) {
	if err := sameID(r.Id, r.Body.ID); err != nil {
		return nil, err
	}
	if err := s.Desk.CheckDeal(ctx, *r.Body); err != nil {
		return nil, err
	}
	deal, err := update(ctx, s, s.Deals, *r.Body, r.Id, r.Params.IfMatch, "deal "+r.Id)
	if err != nil {
		return nil, missing("deal", r.Id, err)
	}
	s.dealChanged(ctx, deal.ID)
	tag := versionTag(deal.RecordedAt)
	return gen.UpdateDeal200JSONResponse{Body: deal, Headers: gen.UpdateDeal200ResponseHeaders{ETag: &tag}}, nil
}

// dealChanged scores a deal anew, where it is still open.
func (s *server) dealChanged(ctx context.Context, id string) {
	s.follow(ctx, "deal "+id, func(ctx context.Context) error { return s.Effects.DealsChanged(ctx, []string{id}) })
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
	if err := s.Reads.NoteRead(ctx, callerOf(ctx).Name, "health", "deal "+r.Id, s.Clock()); err != nil {
		return nil, fmt.Errorf("noting who asked: %w", err)
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
	lang := gen.GetExplanationParamsLangZh
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
