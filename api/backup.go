package api

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// Backup writes the store as of one instant, and the captured pages, as one .tar.gz.
type Backup func(ctx context.Context, to io.Writer) error

// backup answers GET /v1/backup.
func (s *server) backup(c echo.Context) error {
	ctx := c.Request().Context()
	if err := s.Reads.NoteRead(ctx, callerOf(ctx).Name, "backup", "store", s.Clock()); err != nil {
		return fmt.Errorf("noting who asked: %w", err)
	}
	// A backup takes as long as it takes: what it waits for is the disk and the caller.
	if err := http.NewResponseController(c.Response()).SetWriteDeadline(time.Time{}); err != nil {
		s.Logger.DebugContext(ctx, "the connection has no deadline to lift", "problem", err)
	}
	c.Response().Header().Set(echo.HeaderContentType, "application/gzip")
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="dealvitals-`+s.Clock().UTC().Format("2006-01-02T150405Z")+`.tar.gz"`)
	return s.wholeOrNone(c, s.Backup(ctx, c.Response()))
}

// wholeOrNone ends an answer that was written piece by piece. What fails once bytes are on
// their way breaks the connection off: an answer that merely ended would pass for whole.
func (s *server) wholeOrNone(c echo.Context, err error) error {
	if err == nil || !c.Response().Committed {
		return err
	}
	s.Logger.ErrorContext(c.Request().Context(), "an answer broke off", "path", c.Path(), "request", requestID(c), "problem", err)
	panic(http.ErrAbortHandler)
}
