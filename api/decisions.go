package api

import (
	"context"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/scorer"
)

// ListDecisions answers GET /v1/decisions.
func (s *server) ListDecisions(ctx context.Context, r gen.ListDecisionsRequestObject) (gen.ListDecisionsResponseObject, error) {
	var after uint64
	if r.Params.After != nil {
		after = uint64(*r.Params.After)
	}
	decisions, err := s.Log.Log(ctx, after, limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	if len(decisions) > 0 {
		after = desk.NewestSeq(decisions)
	}
	return gen.ListDecisions200JSONResponse{Decisions: some(decisions), Last: after}, nil
}

// ListDealDecisions answers GET /v1/deals/{id}/decisions.
func (s *server) ListDealDecisions(ctx context.Context, r gen.ListDealDecisionsRequestObject) (gen.ListDealDecisionsResponseObject, error) {
	asOf, err := s.Desk.Instant(r.Params.AsOf)
	if err != nil {
		return nil, err
	}
	if err := s.knownDeal(ctx, r.Id, asOf); err != nil {
		return nil, err
	}
	decisions, err := s.Desk.Verdicts.Decisions(ctx, r.Id, asOf)
	if err != nil {
		return nil, err
	}
	tag := numberTag(desk.NewestSeq(decisions))
	return gen.ListDealDecisions200JSONResponse{
		Body:    gen.DecisionList{Decisions: some(decisions)},
		Headers: gen.ListDealDecisions200ResponseHeaders{ETag: &tag},
	}, nil
}

// DecideDeal answers POST /v1/deals/{id}/decisions.
func (s *server) DecideDeal(ctx context.Context, r gen.DecideDealRequestObject) (gen.DecideDealResponseObject, error) {
	after, ok, err := numberOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &desk.StaleError{What: "the freeze history of deal " + r.Id}
	}
	decision, err := s.Desk.Decide(ctx, r.Id, *r.Body, after, callerOf(ctx).Name)
	if err != nil {
		return nil, missing("deal", r.Id, err)
	}
	return decided(decision), nil
}

func decided(d scorer.Decision) gen.DecideDeal201JSONResponse {
	tag := numberTag(d.Seq)
	return gen.DecideDeal201JSONResponse{Body: d, Headers: gen.DecideDeal201ResponseHeaders{ETag: &tag}}
}

// ListReasonCodes answers GET /v1/reason-codes.
func (s *server) ListReasonCodes(context.Context, gen.ListReasonCodesRequestObject) (gen.ListReasonCodesResponseObject, error) {
	return gen.ListReasonCodes200JSONResponse(desk.ListReasonCodes()), nil
}
