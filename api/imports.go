package api

import (
	"net/http"
	"strconv"

	"dealvitals/api/desk"

	"github.com/labstack/echo/v4"
)

// importTable answers POST /v1/imports/{kind}.
func (s *server) importTable(c echo.Context) error {
	ctx := c.Request().Context()
	options := desk.ImportOptions{
		DryRun: boolOf(c.QueryParam("dry_run")), Partial: boolOf(c.QueryParam("partial")),
		Actor: callerOf(ctx).Name,
	}
	report, err := s.Importer.Import(ctx, c.Param("kind"), c.Request().Body, options)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, report)
}

// boolOf reads a parameter that has been validated; what is not given is false.
func boolOf(text string) bool {
	value, err := strconv.ParseBool(text)
	return err == nil && value
}
