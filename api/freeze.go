package api

import (
	"context"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
)

// check answers for deals: as of an instant, for a commission period, or now.
func (s *server) check(ctx context.Context, ids []string, asOf *time.Time, period *string) (desk.FreezeAnswers, error) {
	if period != nil && asOf != nil {
		return desk.FreezeAnswers{}, badParameter("period", "give either as_of or period")
	}
	if period != nil {
		return s.Desk.CheckPeriod(ctx, ids, *period)
	}
	at, err := s.Desk.Instant(asOf)
	if err != nil {
		return desk.FreezeAnswers{}, err
	}
	return s.Desk.Check(ctx, ids, at)
}

// GetFreeze answers GET /v1/deals/{id}/freeze.
func (s *server) GetFreeze(ctx context.Context, r gen.GetFreezeRequestObject) (gen.GetFreezeResponseObject, error) {
	answers, err := s.check(ctx, []string{r.Id}, r.Params.AsOf, r.Params.Period)
	if err != nil {
		return nil, err
	}
	answer := answers.Answers[0]
	tag := numberTag(answer.Newest)
	return gen.GetFreeze200JSONResponse{Body: answer, Headers: gen.GetFreeze200ResponseHeaders{ETag: &tag}}, nil
}

// CheckFreezes answers POST /v1/freeze-checks.
func (s *server) CheckFreezes(ctx context.Context, r gen.CheckFreezesRequestObject) (gen.CheckFreezesResponseObject, error) {
	answers, err := s.check(ctx, r.Body.Ids, r.Body.AsOf, r.Body.Period)
	if err != nil {
		return nil, err
	}
	return gen.CheckFreezes200JSONResponse(answers), nil
}
