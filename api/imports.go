package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"dealvitals/api/desk"

	"github.com/labstack/echo/v4"
)

// importTable answers POST /v1/imports/{kind}.
func (s *server) importTable(c echo.Context) error {
	ctx := c.Request().Context()
	options := desk.ImportOptions{
		DryRun: boolOf(c.QueryParam("dry_run")), Partial: boolOf(c.QueryParam("partial")),
		Actor: callerOf(ctx).Name, Deal: c.QueryParam("deal_id"), Contact: c.QueryParam("contact_id"),
		Columns: make(map[string]string),
	}
	for _, text := range strings.Split(c.QueryParam("columns"), ",") {
		if key, heading, named := strings.Cut(text, "="); named {
			options.Columns[key] = heading
		}
	}
	if err := readSpan(c, &options); err != nil {
		return err
	}
	report, err := s.Importer.Import(ctx, c.Param("kind"), c.Request().Body, options)
	if err != nil {
		return err
	}
	s.follow(ctx, "import of "+report.Kind, func(ctx context.Context) error { return s.afterImport(ctx, report) })
	return c.JSON(http.StatusOK, report)
}

// readSpan reads the span that an export of interactions covers.
func readSpan(c echo.Context, o *desk.ImportOptions) error {
	for name, to := range map[string]**time.Time{"covers_from": &o.CoversFrom, "covers_to": &o.CoversTo} {
		text := c.QueryParam(name)
		if text == "" {
			continue
		}
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			return badParameter(name, "write an instant as 2026-10-31T18:00:00+08:00")
		}
		*to = &at
	}
	return nil
}

// afterImport does what has to follow an import.
func (s *server) afterImport(ctx context.Context, r desk.ImportReport) error {
	var errs []error
	if len(r.CustomersChanged) > 0 {
		errs = append(errs, s.Effects.CustomersChanged(ctx, r.CustomersChanged))
	}
	if len(r.DealsChanged) > 0 {
		errs = append(errs, s.Effects.DealsChanged(ctx, r.DealsChanged))
	}
	if r.TargetsChanged {
		errs = append(errs, s.Effects.TargetsChanged(ctx))
	}
	return errors.Join(errs...)
}

// boolOf reads a parameter that has been validated; what is not given is false.
func boolOf(text string) bool {
	value, err := strconv.ParseBool(text)
	return err == nil && value
}
