package api

import (
	"context"
	"strconv"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/store"
	"dealvitals/webhooks"
)

// ReplayWebhook answers POST /v1/webhooks/{id}/replay.
func (s *server) ReplayWebhook(ctx context.Context, r gen.ReplayWebhookRequestObject) (gen.ReplayWebhookResponseObject, error) {
	n, err := s.Webhooks.Replay(ctx, r.Id, store.Replay{
		Event: deref(r.Body.Event), From: uint64(deref(r.Body.From)), To: uint64(deref(r.Body.To)),
		Since: deref(r.Body.Since), Dead: deref(r.Body.Dead),
	}, callerOf(ctx).Name)
	if err != nil {
		return nil, err
	}
	return gen.ReplayWebhook200JSONResponse{Events: n}, nil
}

// ListWebhookDeliveries answers GET /v1/webhooks/{id}/deliveries.
func (s *server) ListWebhookDeliveries(ctx context.Context, r gen.ListWebhookDeliveriesRequestObject) (gen.ListWebhookDeliveriesResponseObject, error) {
	p, before, err := s.mailPage(ctx, "deliveries", r.Id, r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	attempts, err := s.Webhooks.Mail.Attempts(ctx, r.Id, before, p.limit+1)
	if err != nil {
		return nil, err
	}
	items, next, err := cut(p, attempts, func(a store.Attempt) string { return strconv.FormatUint(a.Number, 10) })
	return gen.ListWebhookDeliveries200JSONResponse{Items: items, Next: next}, err
}

// ListWebhookDeadLetters answers GET /v1/webhooks/{id}/dead-letters.
func (s *server) ListWebhookDeadLetters(ctx context.Context, r gen.ListWebhookDeadLettersRequestObject) (gen.ListWebhookDeadLettersResponseObject, error) {
	p, after, err := s.mailPage(ctx, "dead-letters", r.Id, r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	dead, err := s.Webhooks.Mail.Dead(ctx, r.Id, after, p.limit+1)
	if err != nil {
		return nil, err
	}
	items, next, err := cut(p, dead, func(d store.Delivery) string { return strconv.FormatUint(d.Seq, 10) })
	return gen.ListWebhookDeadLetters200JSONResponse{Items: items, Next: next}, err
}

// mailPage reads which page of an endpoint's list is asked for, and the number at its edge.
func (s *server) mailPage(ctx context.Context, list, id string, cursor *string, limit *int) (page, uint64, error) {
	p, err := newPage(list+" "+id, cursor, limit)
	if err != nil {
		return p, 0, err
	}
	if _, err := s.Webhooks.View(ctx, id); err != nil {
		return p, 0, err
	}
	if p.after == "" {
		return p, 0, nil
	}
	edge, err := strconv.ParseUint(p.after, 10, 64)
	if err != nil {
		return p, 0, badParameter("cursor", "send the `next` of the page before, unchanged")
	}
	return p, edge, nil
}

// ListEvents answers GET /v1/events.
func (s *server) ListEvents(ctx context.Context, r gen.ListEventsRequestObject) (gen.ListEventsResponseObject, error) {
	last := deref(r.Params.After)
	documents, err := s.Webhooks.Documents(ctx, uint64(last), limitOf(r.Params.Limit))
	if err != nil {
		return nil, err
	}
	if len(documents) > 0 {
		last = int64(documents[len(documents)-1].Seq)
	}
	return gen.ListEvents200JSONResponse{Events: documents, Last: last}, nil
}

// faultsOf is what is wrong with an endpoint as a problem shows it.
func faultsOf(err *webhooks.InvalidError) []desk.Fault {
	faults := make([]desk.Fault, len(err.Faults))
	for i, f := range err.Faults {
		faults[i] = desk.Fault{Pointer: f.Pointer, Detail: f.Detail}
	}
	return faults
}
