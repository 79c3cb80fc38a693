package api

import (
	"context"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
)

// instant is the instant that a question is about: as_of, the end of a period, or now.
func (s *server) instant(asOf *time.Time, period *string) (time.Time, error) {
	if period == nil {
		return s.Desk.Instant(asOf)
	}
	if asOf != nil {
		return time.Time{}, badParameter("period", "give either as_of or period")
	}
	end, err := desk.PeriodEnd(*period)
	if err != nil {
		return time.Time{}, err
	}
	return s.Desk.Instant(&end)
}

// GetFreeze answers GET /v1/deals/{id}/freeze.
func (s *server) GetFreeze(ctx context.Context, r gen.GetFreezeRequestObject) (gen.GetFreezeResponseObject, error) {
	asOf, err := s.instant(r.Params.AsOf, r.Params.Period)
	if err != nil {
		return nil, err
	}
	answers, err := s.Desk.Check(ctx, []string{r.Id}, asOf)
	if err != nil {
		return nil, err
	}
	answer := answers.Answers[0]
	tag := numberTag(answer.Newest)
	return gen.GetFreeze200JSONResponse{Body: answer, Headers: gen.GetFreeze200ResponseHeaders{ETag: &tag}}, nil
}

// CheckFreezes answers POST /v1/freeze-checks.
func (s *server) CheckFreezes(ctx context.Context, r gen.CheckFreezesRequestObject) (gen.CheckFreezesResponseObject, error) {
	asOf, err := s.instant(r.Body.AsOf, r.Body.Period)
	if err != nil {
		return nil, err
	}
	answers, err := s.Desk.Check(ctx, r.Body.Ids, asOf)
	if err != nil {
		return nil, err
	}
	return gen.CheckFreezes200JSONResponse(answers), nil
}
