package api

import (
	"context"
	"fmt"

	"dealvitals/api/desk"
	"dealvitals/api/gen"

	"github.com/shopspring/decimal"
)

// ListFlaggedDeals answers GET /v1/flagged-deals.
func (s *server) ListFlaggedDeals(ctx context.Context, r gen.ListFlaggedDealsRequestObject) (gen.ListFlaggedDealsResponseObject, error) {
	filter, err := filterOf(r.Params)
	if err != nil {
		return nil, err
	}
	order := desk.ByAmountFalling
	if r.Params.Sort != nil {
		order = desk.Order(*r.Params.Sort)
	}
	list := "flagged " + string(order)
	after, err := readCursor[desk.Place](list, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := s.Desk.Page(ctx, filter, order, after, limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	if len(found.Rows) > 0 {
		if err := s.Reads.NoteRead(ctx, callerOf(ctx).Name, "deals", found.Subjects(), s.Clock()); err != nil {
			return nil, fmt.Errorf("noting who asked: %w", err)
		}
	}
	answer := gen.ListFlaggedDeals200JSONResponse{Items: some(found.Rows), Total: found.Total}
	if found.Next != nil {
		answer.Next, err = writeCursor(list, *found.Next)
	}
	return answer, err
}

func filterOf(p gen.ListFlaggedDealsParams) (desk.Filter, error) {
	filter := desk.Filter{
		Scope: desk.ScopeFlagged,
		Owner: deref(p.Owner), Team: deref(p.Team), Region: deref(p.Region), ProductLine: deref(p.ProductLine),
		Diagnosis: deref(p.Diagnosis), State: deref(p.State), Disputed: deref(p.Disputed),
	}
	var err error
	if filter.MinAmount, err = amountOf("min_amount", p.MinAmount); err != nil {
		return filter, err
	}
	filter.MaxAmount, err = amountOf("max_amount", p.MaxAmount)
	return filter, err
}

func amountOf(name string, text *string) (*decimal.Decimal, error) {
	if text == nil {
		return nil, nil
	}
	amount, err := decimal.NewFromString(*text)
	if err != nil {
		return nil, badParameter(name, "write an amount as 1200000 or 1200000.50")
	}
	return &amount, nil
}
