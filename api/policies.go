package api

import (
	"context"
	"errors"
	"strconv"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/scorer"
	"dealvitals/store"
)

// ListPolicies answers GET /v1/policies.
func (s *server) ListPolicies(ctx context.Context, _ gen.ListPoliciesRequestObject) (gen.ListPoliciesResponseObject, error) {
	policies, err := s.Policies.List(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListPolicies200JSONResponse{Items: some(policies)}, nil
}

// GetPolicy answers GET /v1/policies/{version}.
func (s *server) GetPolicy(ctx context.Context, r gen.GetPolicyRequestObject) (gen.GetPolicyResponseObject, error) {
	policy, err := s.Policies.Get(ctx, r.Version)
	if err != nil {
		return nil, missing("policy version", strconv.Itoa(r.Version), err)
	}
	tag := numberTag(uint64(policy.Version))
	return gen.GetPolicy200JSONResponse{Body: policy, Headers: gen.GetPolicy200ResponseHeaders{ETag: &tag}}, nil
}

// PublishPolicy answers POST /v1/policies.
func (s *server) PublishPolicy(ctx context.Context, r gen.PublishPolicyRequestObject) (gen.PublishPolicyResponseObject, error) {
	was, err := madeUpon(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	if err := r.Body.Validate(); err != nil {
		return nil, err
	}
	published, err := s.Policies.Publish(ctx, *r.Body, was, callerOf(ctx).Name, s.Clock())
	if err != nil {
		return nil, stalePolicy(err)
	}
	s.follow(ctx, "policy", s.Effects.PolicyPublished)
	return policyPublished(published), nil
}

// madeUpon is the version of the policy that If-Match names.
func madeUpon(ifMatch *string) (int, error) {
	was, ok, err := numberOf(ifMatch)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, &desk.StaleError{What: "the policy"}
	}
	return int(was), nil
}

// stalePolicy says of a conflict that what was made upon is not the newest version any more.
func stalePolicy(err error) error {
	var conflict *store.ConflictError
	if errors.As(err, &conflict) {
		return &desk.StaleError{What: "the policy"}
	}
	return err
}

func policyPublished(p scorer.Policy) gen.PublishPolicy201JSONResponse {
	tag := numberTag(uint64(p.Version))
	return gen.PublishPolicy201JSONResponse{
		Body:    p,
		Headers: gen.PublishPolicy201ResponseHeaders{ETag: &tag, Location: location("policies", strconv.Itoa(p.Version))},
	}
}
