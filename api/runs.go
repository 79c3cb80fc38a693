package api

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"time"

	"dealvitals/api/gen"
	"dealvitals/signals"
)

// ListRuns answers GET /v1/targets/{id}/runs.
func (s *server) ListRuns(ctx context.Context, r gen.ListRunsRequestObject) (gen.ListRunsResponseObject, error) {
	p, err := newPage("runs of "+r.Id, r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	if _, err := s.Targets.Get(ctx, r.Id, time.Time{}); err != nil {
		return nil, missing("target", r.Id, err)
	}
	runs, err := s.Runs.List(ctx, r.Id, p.after, p.limit+1)
	if err != nil {
		return nil, err
	}
	items, next, err := cut(p, runs, func(run signals.Run) string { return run.ID })
	if err != nil {
		return nil, err
	}
	return gen.ListRuns200JSONResponse{Items: items, Next: next}, nil
}

// RunTarget answers POST /v1/targets/{id}/runs.
func (s *server) RunTarget(ctx context.Context, r gen.RunTargetRequestObject) (gen.RunTargetResponseObject, error) {
	id, err := s.Runner.RunNow(ctx, r.Id)
	if err != nil {
		return nil, missing("target", r.Id, err)
	}
	return gen.RunTarget202JSONResponse{
		Body: gen.RunStarted{RunId: id}, Headers: gen.RunTarget202ResponseHeaders{Location: location("runs", id)},
	}, nil
}

// GetRun answers GET /v1/runs/{id}.
func (s *server) GetRun(ctx context.Context, r gen.GetRunRequestObject) (gen.GetRunResponseObject, error) {
	run, err := s.Runs.Get(ctx, r.Id)
	if err != nil {
		return nil, missing("run", r.Id, err)
	}
	return gen.GetRun200JSONResponse(run), nil
}

// GetEvidence answers GET /v1/evidence/{hash}.
func (s *server) GetEvidence(ctx context.Context, r gen.GetEvidenceRequestObject) (gen.GetEvidenceResponseObject, error) {
	evidence, err := s.Runs.Evidence(ctx, r.Hash)
	if err != nil {
		return nil, missing("evidence", r.Hash, err)
	}
	return gen.GetEvidence200JSONResponse(evidence), nil
}

// GetEvidenceBody answers GET /v1/evidence/{hash}/body.
func (s *server) GetEvidenceBody(ctx context.Context, r gen.GetEvidenceBodyRequestObject) (gen.GetEvidenceBodyResponseObject, error) {
	return s.download(ctx, r.Hash)
}

func (s *server) download(ctx context.Context, hash string) (download, error) {
	evidence, err := s.Runs.Evidence(ctx, hash)
	if err != nil {
		return download{}, missing("evidence", hash, err)
	}
	body, err := s.Bodies.Body(ctx, evidence)
	if err != nil {
		return download{}, missing("the captured bytes of evidence", hash, err)
	}
	return download{name: hash, body: body}, nil
}

// download is bytes from a stranger's site. No browser shows or runs them.
type download struct {
	name string
	body []byte
}

// VisitGetEvidenceBodyResponse writes the answer.
func (d download) VisitGetEvidenceBodyResponse(w http.ResponseWriter) error { return d.write(w) }

// VisitGetMyEvidenceResponse writes the answer.
func (d download) VisitGetMyEvidenceResponse(w http.ResponseWriter) error { return d.write(w) }

func (d download) write(w http.ResponseWriter) error {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="`+d.name+`.bin"`)
	w.Header().Set("Content-Length", strconv.Itoa(len(d.body)))
	w.WriteHeader(http.StatusOK)
	_, err := bytes.NewReader(d.body).WriteTo(w)
	return err
}
