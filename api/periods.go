package api

import (
	"bufio"
	"context"
	"fmt"

	"dealvitals/api/desk"
	"dealvitals/api/desk/payroll"
	"dealvitals/api/gen"

	"github.com/labstack/echo/v4"
)

// ListPeriods answers GET /v1/periods.
func (s *server) ListPeriods(ctx context.Context, _ gen.ListPeriodsRequestObject) (gen.ListPeriodsResponseObject, error) {
	periods, err := s.Desk.ListPeriods(ctx)
	if err != nil {
		return nil, err
	}
	return gen.ListPeriods200JSONResponse{Periods: some(periods)}, nil
}

// GetPeriod answers GET /v1/periods/{period}.
func (s *server) GetPeriod(ctx context.Context, r gen.GetPeriodRequestObject) (gen.GetPeriodResponseObject, error) {
	period, err := s.Desk.GetPeriod(ctx, r.Period)
	if err != nil {
		return nil, err
	}
	return gen.GetPeriod200JSONResponse(period), nil
}

// LockPeriod answers POST /v1/periods/{period}/lock.
func (s *server) LockPeriod(ctx context.Context, r gen.LockPeriodRequestObject) (gen.LockPeriodResponseObject, error) {
	locking := desk.PeriodLocking{CutOff: r.Body.CutOff, DryRun: deref(r.Body.DryRun), Confirm: deref(r.Body.Confirm), MustConfirm: callerOf(ctx).Role == gen.Commission}
	period, err := s.Desk.LockPeriod(ctx, r.Period, locking, callerOf(ctx).Name)
	if err != nil {
		return nil, err
	}
	return gen.LockPeriod200JSONResponse(period), nil
}

// pageFullError ends the reading of a page.
type pageFullError struct{}

func (pageFullError) Error() string { return "the page is full" }

// ListPeriodLines answers GET /v1/periods/{period}/lines.
func (s *server) ListPeriodLines(ctx context.Context, r gen.ListPeriodLinesRequestObject) (gen.ListPeriodLinesResponseObject, error) {
	p, err := newPage("period "+r.Period, r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	var lines []desk.PeriodLine
	err = s.Desk.Lines(ctx, r.Period, p.after, func(line desk.PeriodLine) error {
		if deref(r.Params.Adjusted) && line.Adjustment == nil {
			return nil
		}
		lines = append(lines, line)
		if len(lines) > p.limit {
			return pageFullError{}
		}
		return nil
	})
	if err != nil && err != error(pageFullError{}) {
		return nil, err
	}
	items, next, err := cut(p, lines, func(l desk.PeriodLine) string { return l.DealID })
	if err != nil {
		return nil, err
	}
	return gen.ListPeriodLines200JSONResponse{Items: items, Next: next}, nil
}

// ComparePeriods answers GET /v1/periods/{period}/comparison.
func (s *server) ComparePeriods(ctx context.Context, r gen.ComparePeriodsRequestObject) (gen.ComparePeriodsResponseObject, error) {
	comparison, err := s.Desk.ComparePeriods(ctx, r.Params.With, r.Period)
	if err != nil {
		return nil, err
	}
	return gen.ComparePeriods200JSONResponse(comparison), nil
}

// exportPeriod answers GET /v1/periods/{period}/export.
func (s *server) exportPeriod(c echo.Context) error {
	ctx, id, format := c.Request().Context(), c.Param("period"), payroll.Format(c.QueryParam("format"))
	if format == "" {
		format = payroll.CSV
	}
	rows := payroll.Rows(c.QueryParam("by"))
	if rows == "" {
		rows = payroll.ByDeal
	}
	period, err := s.Desk.GetPeriod(ctx, id)
	if err != nil {
		return err
	}
	response := c.Response()
	body := bufio.NewWriterSize(response, 1<<20) // a fault in the first of it is still told as a problem
	response.Header().Set(echo.HeaderContentType, format.Type())
	response.Header().Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="period-%s.%s"`, period.ID, format))
	err = payroll.Write(body, format, rows, period, func(fn func(desk.PeriodLine) error) error { return s.Desk.Lines(ctx, id, "", fn) })
	if err == nil {
		err = body.Flush()
	}
	if err != nil {
		response.Header().Del(echo.HeaderContentDisposition)
	}
	return s.wholeOrNone(c, err)
}
