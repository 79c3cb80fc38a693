package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"dealvitals/api/desk"
	"dealvitals/api/gen"

	"github.com/labstack/echo/v4"
)

// GetScores answers GET /v1/deals/{id}/scores.
func (s *server) GetScores(ctx context.Context, r gen.GetScoresRequestObject) (gen.GetScoresResponseObject, error) {
	history, err := s.scoresOf(ctx, r.Id, r.Params.From, r.Params.To)
	if err != nil {
		return nil, err
	}
	return gen.GetScores200JSONResponse(history), nil
}

// scoresImage answers GET /v1/deals/{id}/scores.svg.
func (s *server) scoresImage(c echo.Context) error {
	params, err := pathParams(c)
	if err != nil {
		return err
	}
	history, err := s.scoresOf(c.Request().Context(), params["id"], instantParam(c, "from"), instantParam(c, "to"))
	if err != nil {
		return err
	}
	picture, err := history.SVG(c.QueryParam("lang"))
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/svg+xml", picture)
}

// scoresOf reads how a deal was scored, and notes who asked for it.
func (s *server) scoresOf(ctx context.Context, id string, from, to *time.Time) (desk.ScoreHistory, error) {
	history, err := s.Desk.Scores(ctx, id, from, to)
	if err != nil {
		return desk.ScoreHistory{}, missing("deal", id, err)
	}
	if err := s.Reads.NoteRead(ctx, callerOf(ctx).Name, "scores", "deal "+id, s.Clock()); err != nil {
		return desk.ScoreHistory{}, fmt.Errorf("noting who asked: %w", err)
	}
	return history, nil
}
