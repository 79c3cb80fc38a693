package web

import (
	"bufio"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"dealvitals/api/desk"
	"dealvitals/api/desk/payroll"
	"dealvitals/api/gen"
)

// shownChanges is the most deals of a comparison that are shown. The API gives all.
const shownChanges = 200

// periodsPage lists the commission periods.
type periodsPage struct{ Periods []desk.Period }

// periodPage is one commission period.
type periodPage struct {
	Period   desk.Period
	Lines    []desk.PeriodLine
	Adjusted bool // only lines with an adjustment are shown
	NextURL  string
	Others   []desk.Period // to compare with
	With     *desk.PeriodComparison
	More     int // changes that are not shown

	MayLock bool
	Draft   *desk.Period // what a lock would fix
	Done    bool         // it was locked just now
	Refused string
}

func (w *dashboard) periods(rw http.ResponseWriter, r *http.Request) error {
	periods, err := w.Desk.ListPeriods(r.Context())
	if err != nil {
		return err
	}
	w.render(rw, r, http.StatusOK, "periods", periodsPage{periods})
	return nil
}

func (w *dashboard) period(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.periodPage(r)
	if err != nil {
		return err
	}
	page.Done = r.URL.Query().Get("done") == "locked"
	w.render(rw, r, http.StatusOK, "period", page)
	return nil
}

func (w *dashboard) periodPage(r *http.Request) (periodPage, error) {
	ctx, id, query := r.Context(), r.PathValue("id"), r.URL.Query()
	period, err := w.Desk.GetPeriod(ctx, id)
	if err != nil {
		return periodPage{}, badInstant(err)
	}
	page := periodPage{Period: period, Adjusted: query.Get("adjusted") == "yes", MayLock: callerOf(r).Role == gen.Admin}
	if err := w.periodLines(r, &page); err != nil {
		return page, badInstant(err)
	}
	periods, err := w.Desk.ListPeriods(ctx)
	if err != nil {
		return page, err
	}
	page.Others = slices.DeleteFunc(periods, func(p desk.Period) bool { return p.ID == id })
	if with := query.Get("with"); with != "" {
		comparison, err := w.Desk.ComparePeriods(ctx, with, id)
		if err != nil {
			return page, badInstant(err)
		}
		page.More = max(0, len(comparison.Changes)-shownChanges)
		comparison.Changes = comparison.Changes[:min(len(comparison.Changes), shownChanges)]
		page.With = &comparison
	}
	return page, nil
}

// badInstant is an address that names no period, or an instant that has not come.
func badInstant(err error) error {
	var text *desk.PeriodError
	var future *desk.FutureError
	switch {
	case errors.As(err, &text):
		return &badInputError{word{"提成期间请写成 2026-10", err.Error()}}
	case errors.As(err, &future):
		return &badInputError{word{"这个时点还没有到来", err.Error()}}
	}
	return err
}

// errPageFull ends the reading of a page's lines.
var errPageFull = errors.New("the page is full")

func (w *dashboard) periodLines(r *http.Request, page *periodPage) error {
	query := r.URL.Query()
	err := w.Desk.Lines(r.Context(), page.Period.ID, query.Get("after"), func(line desk.PeriodLine) error {
		if page.Adjusted && line.Adjustment == nil {
			return nil
		}
		if len(page.Lines) == pageSize {
			query.Set("after", page.Lines[pageSize-1].DealID)
			page.NextURL = "/periods/" + url.PathEscape(page.Period.ID) + "?" + query.Encode()
			return errPageFull
		}
		page.Lines = append(page.Lines, line)
		return nil
	})
	if errors.Is(err, errPageFull) {
		return nil
	}
	return err
}

// lockPeriod shows what a lock would fix, and locks what was shown.
func (w *dashboard) lockPeriod(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	id, confirm := r.PathValue("id"), r.PostFormValue("confirm")
	locking := desk.PeriodLocking{DryRun: confirm == "", Confirm: confirm, MustConfirm: true}
	period, err := w.Desk.LockPeriod(r.Context(), id, locking, callerOf(r).Name)
	if err == nil && !locking.DryRun {
		http.Redirect(rw, r, "/periods/"+url.PathEscape(id)+"?done=locked", http.StatusSeeOther)
		return nil
	}
	refused := refusedLock(language(rw, r), err)
	if err != nil && refused == "" {
		return badInstant(err)
	}
	page, broken := w.periodPage(r)
	if broken != nil {
		return broken
	}
	status := http.StatusOK
	if page.Refused = refused; refused != "" {
		status = http.StatusConflict
	} else {
		page.Draft = &period
	}
	w.render(rw, r, status, "period", page)
	return nil
}

// refusedLock says in people's words why a period is not locked; nothing for a failure of ours.
func refusedLock(lang string, err error) string {
	var closed *desk.PeriodClosedError
	var future *desk.FutureError
	var stale *desk.StaleError
	var invalid *desk.InvalidError
	switch {
	case errors.As(err, &closed):
		return word{"该期间已锁定，或其后的期间已锁定。", "It is locked already, or was passed over by a later lock."}.in(lang)
	case errors.As(err, &future):
		return word{"期间尚未结束，不能锁定。", "The period is not over: it cannot be locked yet."}.in(lang)
	case errors.As(err, &stale):
		return word{"预览之后内容有变化，请重新预览。", "It is not what was previewed any more: preview it again."}.in(lang)
	case errors.As(err, &invalid):
		return word{"截止时点不早于上一个已锁定期间的截止时点，不能锁定。", "Its cut-off is not behind that of the period locked before."}.in(lang)
	}
	return ""
}

// exportPeriod writes a period as a table for the payroll.
func (w *dashboard) exportPeriod(rw http.ResponseWriter, r *http.Request) error {
	format, rows := payroll.Format(r.URL.Query().Get("format")), payroll.Rows(r.URL.Query().Get("by"))
	if !slices.Contains(payroll.Formats(), format) {
		return &badInputError{word{"格式只有 csv、xlsx 和 json", "there are the formats csv, xlsx and json"}}
	}
	period, err := w.Desk.GetPeriod(r.Context(), r.PathValue("id"))
	if err != nil {
		return badInstant(err)
	}
	sent := &sending{ResponseWriter: rw}
	out := bufio.NewWriterSize(sent, 1<<20) // a fault in the first of it is still shown as a page
	rw.Header().Set("Content-Type", format.Type())
	rw.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="period-%s.%s"`, period.ID, format))
	err = payroll.Write(out, format, rows, period, func(fn func(desk.PeriodLine) error) error {
		return w.Desk.Lines(r.Context(), period.ID, "", fn)
	})
	if err == nil {
		err = out.Flush()
	}
	if err != nil && sent.begun {
		w.Logger.ErrorContext(r.Context(), "an export broke off", "period", period.ID, "problem", err)
		panic(http.ErrAbortHandler) // a table that merely ended would pass for whole
	}
	if err != nil {
		rw.Header().Del("Content-Disposition")
	}
	return badInstant(err)
}

// sending knows whether bytes are on their way.
type sending struct {
	http.ResponseWriter
	begun bool
}

func (s *sending) Write(p []byte) (int, error) {
	s.begun = true
	return s.ResponseWriter.Write(p)
}
