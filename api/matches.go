package api

import (
	"context"

	"dealvitals/api/gen"
	"dealvitals/signals"
	"dealvitals/store"
)

// ListNoticeMatches answers GET /v1/notice-matches.
func (s *server) ListNoticeMatches(ctx context.Context, r gen.ListNoticeMatchesRequestObject) (gen.ListNoticeMatchesResponseObject, error) {
	p, err := newPage("notice-matches", r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	pending, err := s.Notices.ToReview(ctx, p.after, p.limit+1)
	if err != nil {
		return nil, err
	}
	pending, next, err := cut(p, pending, store.Pending.Cursor)
	if err != nil {
		return nil, err
	}
	items := make([]gen.NoticeMatchReview, len(pending))
	for i, one := range pending {
		items[i] = gen.NoticeMatchReview{Notice: one.Notice, Match: one.Match}
	}
	return gen.ListNoticeMatches200JSONResponse{Items: items, Next: next}, nil
}

// JudgeNoticeMatch answers POST /v1/notice-matches.
func (s *server) JudgeNoticeMatch(ctx context.Context, r gen.JudgeNoticeMatchRequestObject) (gen.JudgeNoticeMatchResponseObject, error) {
	judged, err := s.Notices.Judge(ctx, signals.NoticeMatch{
		TargetID: r.Body.TargetId, NoticeID: r.Body.NoticeId, CustomerID: r.Body.CustomerId,
		Match: r.Body.Accept, Role: deref(r.Body.Role), Actor: callerOf(ctx).Name,
	}, s.Clock())
	if err != nil {
		return nil, missing("match of notice", r.Body.NoticeId, err)
	}
	s.customerChanged(ctx, judged.CustomerID)
	return gen.JudgeNoticeMatch200JSONResponse(judged), nil
}
