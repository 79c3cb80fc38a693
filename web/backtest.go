package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/scorer/backtest"
	"dealvitals/signals"
)

// backtestPage is the report of a back-test, or only its form.
type backtestPage struct {
	Form    backtestForm
	Asked   bool
	Refused string // why it was not made, in words
	Report  *desk.Backtest
	Current string   // the policy in force, to start a draft from
	Lines   []string // what the report says; the first is the answer
	Diagram diagram
}

// backtestForm is what a person asks for, as it was typed.
type backtestForm struct{ From, To, LeadDays, Policy string }

// backtest shows the report on the policy in force once it is asked for: it may take a while.
func (w *dashboard) backtest(rw http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	page := backtestPage{Form: formOf(query), Asked: query.Has("run")}
	var err error
	if page.Current, err = w.policyText(r); err != nil {
		return err
	}
	if !page.Asked {
		w.render(rw, r, http.StatusOK, "backtest", page)
		return nil
	}
	return w.test(rw, r, page)
}

// backtestDraft tests a draft that was pasted. It changes nothing, so that its report is
// simply shown.
func (w *dashboard) backtestDraft(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxPolicy)
	if err := r.ParseForm(); err != nil {
		return &badInputError{word{"表单无法读取，请返回重新填写", "the form could not be read: go back and fill it in again"}}
	}
	return w.test(rw, r, backtestPage{Form: formOf(r.PostForm), Asked: true})
}

func formOf(values url.Values) backtestForm {
	form := backtestForm{From: values.Get("from"), To: values.Get("to"), LeadDays: values.Get("lead_days"), Policy: values.Get("policy")}
	if form.LeadDays == "" {
		form.LeadDays = strconv.Itoa(desk.LeadDays)
	}
	return form
}

func (w *dashboard) test(rw http.ResponseWriter, r *http.Request, page backtestPage) error {
	q, err := page.Form.read()
	var report desk.Backtest
	if err == nil {
		report, err = w.Desk.Backtest(r.Context(), q)
	}
	if err != nil {
		var status int
		if status, page.Refused = testRefusal(language(rw, r), err); page.Refused == "" {
			return err
		}
		w.render(rw, r, status, "backtest", page)
		return nil
	}
	lang := language(rw, r)
	page.Report, page.Lines, page.Diagram = &report, report.Sentences(lang), diagramOf(report.Test.Score)
	w.render(rw, r, http.StatusOK, "backtest", page)
	return nil
}

// read understands what was typed.
func (f backtestForm) read() (desk.BacktestRequest, error) {
	var q desk.BacktestRequest
	for _, field := range []struct {
		text string
		to   **signals.Date
	}{{f.From, &q.From}, {f.To, &q.To}} {
		if field.text == "" {
			continue
		}
		day, err := signals.ParseDate(field.text)
		if err != nil {
			return q, &badInputError{noDate(field.text)}
		}
		*field.to = &day
	}
	days, err := strconv.Atoi(f.LeadDays)
	if err != nil || days == 0 {
		return q, &badInputError{word{"“" + f.LeadDays + "”不是天数", f.LeadDays + " is no number of days"}}
	}
	q.LeadDays = days
	if strings.TrimSpace(f.Policy) == "" {
		return q, nil
	}
	draft, err := scorer.ReadPolicy([]byte(f.Policy))
	q.Policy = &draft
	return q, err
}

// testRefusal says why a back-test cannot be made as asked; nothing for a failure of ours.
func testRefusal(lang string, err error) (status int, why string) {
	var bad *badInputError
	var invalid *desk.InvalidError
	var policy *scorer.PolicyError
	switch {
	case errors.Is(err, desk.ErrBusy):
		return http.StatusServiceUnavailable, word{"另一个回测正在进行，请稍后再试。", "another one is under way; try again in a moment."}.in(lang)
	case errors.As(err, &invalid) && len(invalid.Faults) > 0:
		return http.StatusUnprocessableEntity, invalid.Faults[0].Detail
	case errors.As(err, &bad):
		return http.StatusUnprocessableEntity, bad.what.in(lang)
	case errors.As(err, &policy):
		return http.StatusUnprocessableEntity, err.Error()
	}
	return 0, ""
}

// Past is where a draft would have judged otherwise; nil without one.
func (p backtestPage) Past() *backtest.Past { return p.Report.Past }
