package api

import (
	"context"

	"dealvitals/api/gen"
)

// SimulatePolicy answers POST /v1/policies/simulations.
func (s *server) SimulatePolicy(ctx context.Context, r gen.SimulatePolicyRequestObject) (gen.SimulatePolicyResponseObject, error) {
	asOf, err := s.Desk.Instant(r.Body.AsOf)
	if err != nil {
		return nil, err
	}
	simulation, err := s.Desk.Simulate(ctx, r.Body.Policy, asOf)
	if err != nil {
		return nil, err
	}
	return gen.SimulatePolicy200JSONResponse(*simulation), nil
}
