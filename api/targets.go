package api

import (
	"context"
	"net/http"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/gen"
	"dealvitals/signals"
)

// ListTargets answers GET /v1/targets.
func (s *server) ListTargets(ctx context.Context, r gen.ListTargetsRequestObject) (gen.ListTargetsResponseObject, error) {
	p, err := newPage("targets", r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	views, err := s.Desk.ViewTargets(ctx, p.after, p.limit+1)
	if err != nil {
		return nil, err
	}
	items, next, err := cut(p, views, func(v desk.TargetView) string { return v.Target.ID })
	if err != nil {
		return nil, err
	}
	return gen.ListTargets200JSONResponse{Items: items, Next: next}, nil
}

// GetTarget answers GET /v1/targets/{id}.
func (s *server) GetTarget(ctx context.Context, r gen.GetTargetRequestObject) (gen.GetTargetResponseObject, error) {
	view, err := s.Desk.ViewTarget(ctx, r.Id)
	if err != nil {
		return nil, missing("target", r.Id, err)
	}
	tag := versionTag(view.Target.RecordedAt)
	return gen.GetTarget200JSONResponse{Body: view, Headers: gen.GetTarget200ResponseHeaders{ETag: &tag}}, nil
}

// CreateTarget answers POST /v1/targets.
func (s *server) CreateTarget(ctx context.Context, r gen.CreateTargetRequestObject) (gen.CreateTargetResponseObject, error) {
	if err := s.Desk.CheckTarget(ctx, *r.Body); err != nil {
		return nil, err
	}
	desk.KeepFallSeen(signals.Target{}, r.Body)
	target, err := create(ctx, s, s.Targets, *r.Body, "target "+r.Body.ID)
	if err != nil {
		return nil, err
	}
	view, err := s.targetChanged(ctx, target)
	if err != nil {
		return nil, err
	}
	tag := versionTag(target.RecordedAt)
	return gen.CreateTarget201JSONResponse{
		Body:    view,
		Headers: gen.CreateTarget201ResponseHeaders{ETag: &tag, Location: location("targets", target.ID)},
	}, nil
}

// UpdateTarget answers PUT /v1/targets/{id}.
func (s *server) UpdateTarget(ctx context.Context, r gen.UpdateTargetRequestObject) (gen.UpdateTargetResponseObject, error) {
	if err := sameID(r.Id, r.Body.ID); err != nil {
		return nil, err
	}
	if err := s.Desk.CheckTarget(ctx, *r.Body); err != nil {
		return nil, err
	}
	old, err := s.Targets.Get(ctx, r.Id, time.Time{})
	if err != nil {
		return nil, missing("target", r.Id, err)
	}
	desk.KeepFallSeen(old, r.Body)
	target, err := update(ctx, s, s.Targets, *r.Body, r.Id, r.Params.IfMatch, "target "+r.Id)
	if err != nil {
		return nil, missing("target", r.Id, err)
	}
	view, err := s.targetChanged(ctx, target)
	if err != nil {
		return nil, err
	}
	tag := versionTag(target.RecordedAt)
	return gen.UpdateTarget200JSONResponse{Body: view, Headers: gen.UpdateTarget200ResponseHeaders{ETag: &tag}}, nil
}

// PauseTarget answers POST /v1/targets/{id}/pause.
func (s *server) PauseTarget(ctx context.Context, r gen.PauseTargetRequestObject) (gen.PauseTargetResponseObject, error) {
	view, err := s.setPaused(ctx, r.Id, true)
	if err != nil {
		return nil, err
	}
	tag := versionTag(view.Target.RecordedAt)
	return gen.PauseTarget200JSONResponse{Body: view, Headers: gen.PauseTarget200ResponseHeaders{ETag: &tag}}, nil
}

// ResumeTarget answers POST /v1/targets/{id}/resume.
func (s *server) ResumeTarget(ctx context.Context, r gen.ResumeTargetRequestObject) (gen.ResumeTargetResponseObject, error) {
	view, err := s.setPaused(ctx, r.Id, false)
	if err != nil {
		return nil, err
	}
	tag := versionTag(view.Target.RecordedAt)
	return gen.ResumeTarget200JSONResponse{Body: view, Headers: gen.ResumeTarget200ResponseHeaders{ETag: &tag}}, nil
}

// ConfirmTargetFall answers POST /v1/targets/{id}/confirm-fall.
func (s *server) ConfirmTargetFall(ctx context.Context, r gen.ConfirmTargetFallRequestObject) (gen.ConfirmTargetFallResponseObject, error) {
	target, err := s.Desk.ConfirmFall(ctx, r.Id, r.Body.RunId, r.Body.Note, callerOf(ctx).Name)
	if err != nil {
		return nil, missing("target", r.Id, err)
	}
	view, err := s.targetChanged(ctx, target)
	if err != nil {
		return nil, err
	}
	tag := versionTag(target.RecordedAt)
	return gen.ConfirmTargetFall200JSONResponse{Body: view, Headers: gen.ConfirmTargetFall200ResponseHeaders{ETag: &tag}}, nil
}

// WithdrawTargetFall answers DELETE /v1/targets/{id}/confirm-fall.
func (s *server) WithdrawTargetFall(ctx context.Context, r gen.WithdrawTargetFallRequestObject) (gen.WithdrawTargetFallResponseObject, error) {
	target, changed, err := s.Desk.WithdrawFall(ctx, r.Id, callerOf(ctx).Name)
	if err != nil {
		return nil, missing("target", r.Id, err)
	}
	view, err := s.changedView(ctx, target, changed)
	return gen.WithdrawTargetFall200JSONResponse(view), err
}

func (s *server) setPaused(ctx context.Context, id string, paused bool) (desk.TargetView, error) {
	target, changed, err := s.Desk.SetPaused(ctx, id, paused, callerOf(ctx).Name)
	if err != nil {
		return desk.TargetView{}, missing("target", id, err)
	}
	return s.changedView(ctx, target, changed)
}

func (s *server) changedView(ctx context.Context, target signals.Target, changed bool) (desk.TargetView, error) {
	if !changed {
		return s.Desk.View(ctx, target)
	}
	return s.targetChanged(ctx, target)
}

func (s *server) targetChanged(ctx context.Context, target signals.Target) (desk.TargetView, error) {
	s.follow(ctx, "target "+target.ID, s.Effects.TargetsChanged)
	return s.Desk.View(ctx, target)
}

// preview is an answer that is JSON already.
type preview desk.Preview

// VisitPreviewTargetResponse writes the answer.
func (p preview) VisitPreviewTargetResponse(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	_, err := w.Write(p)
	return err
}

// PreviewTarget answers POST /v1/targets/preview.
func (s *server) PreviewTarget(ctx context.Context, r gen.PreviewTargetRequestObject) (gen.PreviewTargetResponseObject, error) {
	if err := desk.CheckURL(r.Body.Url); err != nil {
		return nil, err
	}
	found, err := s.Previewer.Preview(ctx, r.Body.Kind, r.Body.Url, deref(r.Body.Reading))
	return preview(found), err
}
