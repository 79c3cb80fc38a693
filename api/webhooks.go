package api

import (
	"context"
	"errors"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/store"
	"dealvitals/webhooks"
)

// ListWebhooks answers GET /v1/webhooks.
func (s *server) ListWebhooks(ctx context.Context, _ gen.ListWebhooksRequestObject) (gen.ListWebhooksResponseObject, error) {
	views, err := s.Webhooks.Views(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListWebhooks200JSONResponse{Items: views}, nil
}

// CreateWebhook answers POST /v1/webhooks.
func (s *server) CreateWebhook(ctx context.Context, r gen.CreateWebhookRequestObject) (gen.CreateWebhookResponseObject, error) {
	made, secret, err := s.Webhooks.Create(ctx, *r.Body, callerOf(ctx).Name)
	if err != nil {
		return nil, err
	}
	view, err := s.Webhooks.View(ctx, made.ID)
	if err != nil {
		return nil, err
	}
	tag := versionTag(view.EditedAt)
	return gen.CreateWebhook201JSONResponse{
		Body:    gen.EndpointSecret{Endpoint: view, Secret: optional(secret)},
		Headers: gen.CreateWebhook201ResponseHeaders{ETag: &tag, Location: location("webhooks", made.ID)},
	}, nil
}

// optional is a text that is left out where there is none.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// GetWebhook answers GET /v1/webhooks/{id}.
func (s *server) GetWebhook(ctx context.Context, r gen.GetWebhookRequestObject) (gen.GetWebhookResponseObject, error) {
	view, err := s.Webhooks.View(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	tag := versionTag(view.EditedAt)
	return gen.GetWebhook200JSONResponse{Body: view, Headers: gen.GetWebhook200ResponseHeaders{ETag: &tag}}, nil
}

// UpdateWebhook answers PUT /v1/webhooks/{id}.
func (s *server) UpdateWebhook(ctx context.Context, r gen.UpdateWebhookRequestObject) (gen.UpdateWebhookResponseObject, error) {
	was, err := versionOf(r.Params.IfMatch)
	if err != nil {
		return nil, err
	}
	_, err = s.Webhooks.Edit(ctx, r.Id, *r.Body, was, callerOf(ctx).Name)
	var conflict *store.ConflictError
	if errors.As(err, &conflict) {
		return nil, &desk.StaleError{What: "endpoint " + r.Id}
	}
	if err != nil {
		return nil, err
	}
	view, err := s.Webhooks.View(ctx, r.Id)
	if err != nil {
		return nil, err
	}
	tag := versionTag(view.EditedAt)
	return gen.UpdateWebhook200JSONResponse{Body: view, Headers: gen.UpdateWebhook200ResponseHeaders{ETag: &tag}}, nil
}

// DeleteWebhook answers DELETE /v1/webhooks/{id}.
func (s *server) DeleteWebhook(ctx context.Context, r gen.DeleteWebhookRequestObject) (gen.DeleteWebhookResponseObject, error) {
	if err := s.Webhooks.Delete(ctx, r.Id, callerOf(ctx).Name); err != nil {
		return nil, err
	}
	return gen.DeleteWebhook204Response{}, nil
}

// PauseWebhook answers POST /v1/webhooks/{id}/pause.
func (s *server) PauseWebhook(ctx context.Context, r gen.PauseWebhookRequestObject) (gen.PauseWebhookResponseObject, error) {
	view, err := s.pauseWebhook(ctx, r.Id, true)
	return gen.PauseWebhook200JSONResponse(view), err
}

// ResumeWebhook answers POST /v1/webhooks/{id}/resume.
func (s *server) ResumeWebhook(ctx context.Context, r gen.ResumeWebhookRequestObject) (gen.ResumeWebhookResponseObject, error) {
	view, err := s.pauseWebhook(ctx, r.Id, false)
	return gen.ResumeWebhook200JSONResponse(view), err
}

func (s *server) pauseWebhook(ctx context.Context, id string, paused bool) (webhooks.View, error) {
	if _, err := s.Webhooks.Pause(ctx, id, paused, callerOf(ctx).Name); err != nil {
		return webhooks.View{}, err
	}
	return s.Webhooks.View(ctx, id)
}

// RotateWebhookSecret answers POST /v1/webhooks/{id}/rotate-secret.
func (s *server) RotateWebhookSecret(ctx context.Context, r gen.RotateWebhookSecretRequestObject) (gen.RotateWebhookSecretResponseObject, error) {
	_, secret, err := s.Webhooks.Rotate(ctx, r.Id, callerOf(ctx).Name)
	if err != nil {
		return nil, err
	}
	view, err := s.Webhooks.View(ctx, r.Id)
	return gen.RotateWebhookSecret200JSONResponse{Endpoint: view, Secret: &secret}, err
}

// TestWebhook answers POST /v1/webhooks/{id}/test.
func (s *server) TestWebhook(ctx context.Context, r gen.TestWebhookRequestObject) (gen.TestWebhookResponseObject, error) {
	attempt, err := s.Webhooks.Test(ctx, r.Id)
	return gen.TestWebhook200JSONResponse(attempt), err
}
