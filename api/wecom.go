package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"

	"dealvitals/wecom/collect"

	"github.com/labstack/echo/v4"
)

// WeCom takes in what WeCom's archive and data zone tell.
type WeCom interface {
	Take(ctx context.Context, source collect.Source, feed io.Reader) (collect.Report, error)
	Position(ctx context.Context, source collect.Source) (collect.Position, error)
	Unmapped(ctx context.Context) ([]collect.Unmapped, error)
	TakeStatistics(ctx context.Context, feed io.Reader) (collect.StatisticsReport, error)
}

// weCom is the operations on WeCom's feeds, by operationId.
func (s *server) weCom() map[string]echo.HandlerFunc {
	return map[string]echo.HandlerFunc{
		"feedWeComArchive":     s.feed(collect.Archive),
		"feedWeComZone":        s.feed(collect.Zone),
		"getWeComArchive":      s.position(collect.Archive),
		"getWeComZone":         s.position(collect.Zone),
		"feedWeComStatistics":  s.statistics,
		"listUnmappedWeComIds": s.unmapped,
	}
}

// feed answers POST /v1/wecom/archive and /v1/wecom/zone. Feeds are taken in one at a time, so
// a body is read whole first, into memory: a slow caller must not hold up the others. Lines
// before one that stops the feed are kept, so their deals are scored anew in any case.
func (s *server) feed(source collect.Source) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		lines, err := io.ReadAll(c.Request().Body)
		if err != nil {
			return err
		}
		report, err := s.WeCom.Take(ctx, source, bytes.NewReader(lines))
		if len(report.Deals) > 0 {
			s.follow(ctx, "interactions", func(ctx context.Context) error { return s.Effects.DealsChanged(ctx, report.Deals) })
		}
		if err != nil {
			return fmt.Errorf("taking the feed in: %w", err)
		}
		return c.JSON(http.StatusOK, report)
	}
}

// statistics answers POST /v1/wecom/statistics. The body is read whole first, as a feed's is.
func (s *server) statistics(c echo.Context) error {
	ctx := c.Request().Context()
	lines, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return err
	}
	report, err := s.WeCom.TakeStatistics(ctx, bytes.NewReader(lines))
	if len(report.Deals) > 0 {
		s.follow(ctx, "statistics", func(ctx context.Context) error { return s.Effects.DealsChanged(ctx, report.Deals) })
	}
	if err != nil {
		return fmt.Errorf("taking the statistics in: %w", err)
	}
	return c.JSON(http.StatusOK, report)
}

// position answers GET /v1/wecom/archive and /v1/wecom/zone.
func (s *server) position(source collect.Source) echo.HandlerFunc {
	return func(c echo.Context) error {
		position, err := s.WeCom.Position(c.Request().Context(), source)
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, position)
	}
}

// unmapped answers GET /v1/wecom/unmapped.
func (s *server) unmapped(c echo.Context) error {
	list, err := s.WeCom.Unmapped(c.Request().Context())
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]any{"items": list})
}
