package api

import (
	"context"
	"strconv"

	"dealvitals/api/gen"
)

// ListPolicyDrafts answers GET /v1/policy-drafts.
func (s *server) ListPolicyDrafts(ctx context.Context, _ gen.ListPolicyDraftsRequestObject) (gen.ListPolicyDraftsResponseObject, error) {
	drafts, err := s.Policies.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListPolicyDrafts200JSONResponse{Items: some(drafts)}, nil
}

// DraftPolicy answers POST /v1/policy-drafts.
func (s *server) DraftPolicy(ctx context.Context, r gen.DraftPolicyRequestObject) (gen.DraftPolicyResponseObject, error) {
	was, err := madeUpon(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	if err := r.Body.Validate(); err != nil {
		return nil, err
	}
	draft, err := s.Policies.Draft(ctx, *r.Body, was, callerOf(ctx).Name, s.Clock())
	if err != nil {
		return nil, stalePolicy(err)
	}
	return gen.DraftPolicy201JSONResponse{
		Body: draft, Headers: gen.DraftPolicy201ResponseHeaders{Location: location("policy-drafts", draft.ID)},
	}, nil
}

// GetPolicyDraft answers GET /v1/policy-drafts/{id}.
func (s *server) GetPolicyDraft(ctx context.Context, r gen.GetPolicyDraftRequestObject) (gen.GetPolicyDraftResponseObject, error) {
	draft, err := s.Policies.GetDraft(ctx, r.Id)
	if err != nil {
		return nil, missing("draft", r.Id, err)
	}
	return gen.GetPolicyDraft200JSONResponse(draft), nil
}

// WithdrawPolicyDraft answers DELETE /v1/policy-drafts/{id}.
func (s *server) WithdrawPolicyDraft(ctx context.Context, r gen.WithdrawPolicyDraftRequestObject) (gen.WithdrawPolicyDraftResponseObject, error) {
	if err := s.Policies.WithdrawDraft(ctx, r.Id, callerOf(ctx).Name, s.Clock()); err != nil {
		return nil, missing("draft", r.Id, err)
	}
	return gen.WithdrawPolicyDraft204Response{}, nil
}

// PublishPolicyDraft answers POST /v1/policy-drafts/{id}/publish.
func (s *server) PublishPolicyDraft(ctx context.Context, r gen.PublishPolicyDraftRequestObject) (gen.PublishPolicyDraftResponseObject, error) {
	published, err := s.Policies.PublishDraft(ctx, r.Id, callerOf(ctx).Name, s.Clock())
	if err != nil {
		return nil, missing("draft", r.Id, stalePolicy(err))
	}
	s.follow(ctx, "policy", s.Effects.PolicyPublished)
	tag := numberTag(uint64(published.Version))
	return gen.PublishPolicyDraft201JSONResponse{
		Body:    published,
		Headers: gen.PublishPolicyDraft201ResponseHeaders{ETag: &tag, Location: location("policies", strconv.Itoa(published.Version))},
	}, nil
}

// SimulatePolicyDraft answers GET /v1/policy-drafts/{id}/simulation.
func (s *server) SimulatePolicyDraft(ctx context.Context, r gen.SimulatePolicyDraftRequestObject) (gen.SimulatePolicyDraftResponseObject, error) {
	asOf, err := s.Desk.Instant(r.Params.AsOf)
	if err != nil {
		return nil, err
	}
	draft, err := s.Policies.GetDraft(ctx, r.Id)
	if err != nil {
		return nil, missing("draft", r.Id, err)
	}
	simulation, err := s.Desk.Simulate(ctx, draft.Policy, asOf)
	if err != nil {
		return nil, err
	}
	return gen.SimulatePolicyDraft200JSONResponse(*simulation), nil
}
