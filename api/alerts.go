package api

import (
	"context"

	"dealvitals/api/gen"
)

// ListAlerts answers GET /v1/alerts.
func (s *server) ListAlerts(ctx context.Context, _ gen.ListAlertsRequestObject) (gen.ListAlertsResponseObject, error) {
	alerts, err := s.Desk.Alerts(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListAlerts200JSONResponse{Items: alerts}, nil
}
