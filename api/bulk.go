package api

import (
	"context"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/scorer"
)

// PreviewBulkDecision answers POST /v1/bulk-decisions/preview.
func (s *server) PreviewBulkDecision(ctx context.Context, r gen.PreviewBulkDecisionRequestObject) (gen.PreviewBulkDecisionResponseObject, error) {
	b := r.Body
	if (b.Ids == nil) == (b.Filter == nil) {
		return nil, &desk.InvalidError{What: "the bulk action", Faults: []desk.Fault{{Pointer: "/ids", Detail: "give either ids or filter"}}}
	}
	ids := deref(b.Ids)
	if b.Filter != nil {
		filter, err := bulkFilter(*b.Filter)
		if err != nil {
			return nil, err
		}
		if ids, err = s.Desk.BulkIDs(ctx, filter); err != nil {
			return nil, err
		}
	}
	request := scorer.Request{Action: b.Action, Reason: deref(b.Reason), Note: deref(b.Note), Until: b.Until, Reviewer: deref(b.Reviewer)}
	preview, err := s.Desk.PreviewBulk(ctx, request, ids, callerOf(ctx).Name)
	if err != nil {
		return nil, err
	}
	return gen.PreviewBulkDecision200JSONResponse(preview), nil
}

// DecideBulk answers POST /v1/bulk-decisions.
func (s *server) DecideBulk(ctx context.Context, r gen.DecideBulkRequestObject) (gen.DecideBulkResponseObject, error) {
	b := r.Body
	request := scorer.Request{Action: b.Action, Reason: deref(b.Reason), Note: deref(b.Note), Until: b.Until, Reviewer: deref(b.Reviewer)}
	result, err := s.Desk.DecideBulk(ctx, request, b.Items, callerOf(ctx).Name)
	if err != nil {
		return nil, err
	}
	return gen.DecideBulk200JSONResponse(result), nil
}

func bulkFilter(f gen.BulkFilter) (desk.Filter, error) {
	return filterOf(gen.ListFlaggedDealsParams{
		Owner: f.Owner, Team: f.Team, Region: f.Region, ProductLine: f.ProductLine, Diagnosis: f.Diagnosis, State: f.State,
		Disputed: f.Disputed, MinAmount: f.MinAmount, MaxAmount: f.MaxAmount,
	})
}
