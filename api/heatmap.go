package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"dealvitals/api/desk"

	"github.com/labstack/echo/v4"
)

// ReadLog notes who looked at what people said to whom and when.
type ReadLog interface {
	NoteRead(ctx context.Context, actor, what, subject string, at time.Time) error
}

// pictures is the operations that oapi-codegen does not write for their content types, by
// operationId.
func (s *server) pictures() map[string]echo.HandlerFunc {
	return map[string]echo.HandlerFunc{"getHeatmap": s.heatmap, "getHeatmapImage": s.heatmapImage, "getScoresImage": s.scoresImage}
}

// heatmap answers GET /v1/deals/{id}/heatmap.
func (s *server) heatmap(c echo.Context) error {
	h, err := s.heatmapOf(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, h)
}

// heatmapImage answers GET /v1/deals/{id}/heatmap.svg.
func (s *server) heatmapImage(c echo.Context) error {
	h, err := s.heatmapOf(c)
	if err != nil {
		return err
	}
	picture, err := h.SVG(c.QueryParam("lang"))
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/svg+xml", picture)
}

// heatmapOf computes a heatmap, and notes who asked for it.
func (s *server) heatmapOf(c echo.Context) (desk.Heatmap, error) {
	ctx := c.Request().Context()
	params, err := pathParams(c)
	if err != nil {
		return desk.Heatmap{}, err
	}
	id := params["id"]
	asOf, err := s.Desk.Instant(instantParam(c, "as_of"))
	if err != nil {
		return desk.Heatmap{}, err
	}
	heatmap, err := s.Desk.Heatmap(ctx, id, asOf)
	if err != nil {
		return desk.Heatmap{}, missing("deal", id, err)
	}
	if err := s.Reads.NoteRead(ctx, callerOf(ctx).Name, "heatmap", "deal "+id, s.Clock()); err != nil {
		return desk.Heatmap{}, fmt.Errorf("noting who asked: %w", err)
	}
	return heatmap, nil
}

// instantParam is an instant of the query, which has been validated; nil where it is not given.
func instantParam(c echo.Context, name string) *time.Time {
	at, err := time.Parse(time.RFC3339, c.QueryParam(name))
	if err != nil {
		return nil
	}
	return &at
}
