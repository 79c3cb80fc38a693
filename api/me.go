package api

import (
	"context"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/scorer"
)

// payeeOf is whose deals the caller may see.
func payeeOf(ctx context.Context, lang *string) desk.Payee {
	p := desk.Payee{Subject: callerOf(ctx).Subject, Lang: scorer.LangZH}
	if lang != nil {
		p.Lang = *lang
	}
	return p
}

// ListMyDeals answers GET /v1/me/deals.
func (s *server) ListMyDeals(ctx context.Context, r gen.ListMyDealsRequestObject) (gen.ListMyDealsResponseObject, error) {
	p, err := newPage("my deals", r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	mine, err := s.Desk.MyDeals(ctx, payeeOf(ctx, r.Params.Lang), p.after, p.limit)
	if err != nil {
		return nil, err
	}
	answer := gen.ListMyDeals200JSONResponse{Items: some(mine.Deals)}
	if mine.Note != "" {
		answer.Note = &mine.Note
	}
	if mine.More {
		answer.Next, err = writeCursor(p.list, mine.Deals[len(mine.Deals)-1].DealID)
	}
	return answer, err
}

// GetMyDeal answers GET /v1/me/deals/{id}.
func (s *server) GetMyDeal(ctx context.Context, r gen.GetMyDealRequestObject) (gen.GetMyDealResponseObject, error) {
	deal, err := s.Desk.MyDeal(ctx, payeeOf(ctx, r.Params.Lang), r.Id)
	if err != nil {
		return nil, missing("deal", r.Id, err)
	}
	tag := numberTag(deal.Newest)
	return gen.GetMyDeal200JSONResponse{Body: deal, Headers: gen.GetMyDeal200ResponseHeaders{ETag: &tag}}, nil
}

// DisputeMyDeal answers POST /v1/me/deals/{id}/dispute.
func (s *server) DisputeMyDeal(ctx context.Context, r gen.DisputeMyDealRequestObject) (gen.DisputeMyDealResponseObject, error) {
	after, ok, err := numberOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &desk.StaleError{What: "the freeze history of deal " + r.Id}
	}
	payee := payeeOf(ctx, nil)
	if _, err := s.Desk.MyDispute(ctx, payee, r.Id, r.Body.Note, after, callerOf(ctx).Name); err != nil {
		return nil, missing("deal", r.Id, err)
	}
	deal, err := s.Desk.MyDeal(ctx, payee, r.Id)
	if err != nil {
		return nil, missing("deal", r.Id, err)
	}
	tag := numberTag(deal.Newest)
	return gen.DisputeMyDeal201JSONResponse{Body: deal, Headers: gen.DisputeMyDeal201ResponseHeaders{ETag: &tag}}, nil
}

// GetMyEvidence answers GET /v1/me/deals/{id}/evidence/{hash}.
func (s *server) GetMyEvidence(ctx context.Context, r gen.GetMyEvidenceRequestObject) (gen.GetMyEvidenceResponseObject, error) {
	if err := s.Desk.MyEvidence(ctx, payeeOf(ctx, nil), r.Id, r.Hash); err != nil {
		return nil, missing("evidence", r.Hash, err)
	}
	return s.download(ctx, r.Hash)
}
