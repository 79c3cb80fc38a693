package web

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"
)

// dealPage is one deal with all that explains it.
type dealPage struct {
	Deal        signals.Deal
	Customer    signals.Customer
	Contacts    map[string]string // names by id
	Health      scorer.Health
	Explanation scorer.Explanation
	Heat        []heatRow
	Chart       template.HTML     // how it was scored in the past year
	Decisions   []scorer.Decision // newest first
	Newest      uint64            // number of the newest decision, which forms send back
	Possible    []scorer.Action
	Parts       []signals.Part // who shares the deal, where the CRM says so
	Reviewer    string
	Past        *time.Time    // the instant that is shown, where it is not now; nothing can be decided then
	Overdue     bool          // disputed, and the deadline for the answer has passed
	Done        scorer.Action // what was decided just now
	Refused     string        // why what was sent was not taken
	Sent        scorer.Request
	SentUntil   string
}

// HeatDays is how many days the heatmap is of: the window of the WeChat factor.
func (p dealPage) HeatDays() int {
	for _, f := range p.Explanation.Factors {
		if f.Factor == signals.FactorWeChat {
			return int(f.To.Sub(f.From).Hours()) / 24
		}
	}
	return 0
}

// NameOf is what a signal is called: its title, or whom a day of messages was with.
func (p dealPage) NameOf(s scorer.SignalExplanation) string {
	if s.Title != "" {
		return s.Title
	}
	contact, _, _ := strings.Cut(s.ID, "/")
	if name := p.Contacts[contact]; s.Kind == "interaction" && name != "" {
		return name
	}
	return s.ID
}

// Can tells whether a decision is possible now.
func (p dealPage) Can(action string) bool {
	for _, possible := range p.Possible {
		if string(possible) == action {
			return true
		}
	}
	return false
}

func (w *dashboard) deal(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.dealPage(rw, r)
	if err != nil {
		return err
	}
	page.Done = scorer.Action(r.URL.Query().Get("done"))
	w.render(rw, r, http.StatusOK, "deal", page)
	return nil
}

func (w *dashboard) dealPage(rw http.ResponseWriter, r *http.Request) (dealPage, error) {
	now := w.Clock()
	past, err := pastInstant(r)
	if err != nil {
		return dealPage{}, err
	}
	at, err := w.Desk.Instant(past)
	if err != nil {
		return dealPage{}, badInstant(err)
	}
	j, err := w.Desk.Judge(r.Context(), r.PathValue("id"), at)
	if err != nil {
		return dealPage{}, err
	}
	if err := w.Reads.NoteRead(r.Context(), callerOf(r).Name, "explanation", "deal "+j.History.Deal.ID, now); err != nil {
		return dealPage{}, fmt.Errorf("noting who looked: %w", err)
	}
	page := dealPage{
		Deal: j.History.Deal, Customer: j.History.Customer, Contacts: make(map[string]string), Health: j.Health,
		Explanation: j.Explain(language(rw, r)), Newest: desk.NewestSeq(j.Decisions),
		Possible: scorer.Possible(j.Decisions, at), Overdue: j.Health.Freeze.Overdue(at), Past: past,
		Parts: signals.Split(j.History.Deal.Amount, j.History.Deal.Currency, j.History.Deal.Payees),
	}
	if merged, err := w.Desk.GoesOnAsAnother(r.Context(), j.History.Deal, at); err != nil {
		return dealPage{}, err
	} else if merged || past != nil {
		page.Possible = nil
	}
	if n := len(j.Decisions); n > 0 {
		page.Reviewer = j.Decisions[n-1].Reviewer
	}
	if page.Chart, err = w.chart(r.Context(), j.History.Deal.ID, j.Health.AsOf, language(rw, r)); err != nil {
		return dealPage{}, err
	}
	page.Heat = heatRows(language(rw, r), j.History.WeChat, page.Explanation)
	for _, c := range j.History.WeChat.Contacts {
		page.Contacts[c.ID] = c.Name
	}
	for i := len(j.Decisions) - 1; i >= 0; i-- {
		page.Decisions = append(page.Decisions, j.Decisions[i])
	}
	return page, nil
}

// pastInstant is the instant that a page is asked for; nil for now.
func pastInstant(r *http.Request) (*time.Time, error) {
	text := r.URL.Query().Get("as_of")
	if text == "" {
		return nil, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, &badInputError{word{"时点请写成 2026-10-31T18:00:00+08:00", "write the instant as 2026-10-31T18:00:00+08:00"}}
	}
	return &at, nil
}

// chart draws how a deal was scored in the year until an instant. It is our own picture, made of numbers
// and escaped where it holds names.
func (w *dashboard) chart(ctx context.Context, dealID string, until time.Time, lang string) (template.HTML, error) {
	history, err := w.Desk.Scores(ctx, dealID, nil, &until)
	if err != nil {
		return "", err
	}
	picture, err := history.SVG(lang)
	return template.HTML(picture), err
}

// decide takes a decision from a form. One that cannot be taken is shown with the deal as
// it is now, so that nobody decides twice upon the same state.
func (w *dashboard) decide(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return &badInputError{word{"表单无法读取，请返回重新填写", "the form could not be read: go back and fill it in again"}}
	}
	id := r.PathValue("id")
	request, after, err := readDecision(r)
	if err == nil {
		_, err = w.Desk.Decide(r.Context(), id, request, after, callerOf(r).Name)
	}
	if err == nil {
		http.Redirect(rw, r, "/deals/"+url.PathEscape(id)+"?done="+url.QueryEscape(string(request.Action)), http.StatusSeeOther)
		return nil
	}
	status, refused := refusal(language(rw, r), err)
	if refused == "" {
		return err
	}
	page, err := w.dealPage(rw, r)
	if err != nil {
		return err
	}
	page.Refused, page.Sent, page.SentUntil = refused, request, r.PostFormValue("until")
	w.render(rw, r, status, "deal", page)
	return nil
}

// readDecision reads the form. A date means the end of that day in Shanghai.
func readDecision(r *http.Request) (scorer.Request, uint64, error) {
	request := scorer.Request{
		Action: scorer.Action(r.PostFormValue("action")),
		Reason: strings.TrimSpace(r.PostFormValue("reason")),
		Note:   strings.TrimSpace(r.PostFormValue("note")),
		Upheld: r.PostFormValue("upheld") == "yes",

		Reviewer: strings.TrimSpace(r.PostFormValue("reviewer")),
		OnBehalf: strings.TrimSpace(r.PostFormValue("on_behalf_of")),
	}
	after, err := strconv.ParseUint(r.PostFormValue("after"), 10, 64)
	if err != nil {
		return request, 0, &badInputError{word{"表单没有说明它基于哪个决定，请回到商机页面重新提交", "the form does not say which decision it follows: open the deal again"}}
	}
	request.Until, err = readUntil(r)
	return request, after, err
}

// readUntil reads the date of a form; nil where it has none.
func readUntil(r *http.Request) (*time.Time, error) {
	until := r.PostFormValue("until")
	if until == "" {
		return nil, nil
	}
	day, err := signals.ParseDate(until)
	if err != nil {
		return nil, &badInputError{noDate(until)}
	}
	end := day.AddDays(1).Start().Add(-time.Nanosecond)
	return &end, nil
}

func noDate(text string) word {
	return word{fmt.Sprintf("“%s”不是日期，请写成 2026-11-24", text), fmt.Sprintf("%q is no day: write it as 2026-11-24", text)}
}

// refusal says in people's words why a decision was not taken; nothing for a failure of ours.
func refusal(lang string, err error) (status int, why string) {
	var stale *desk.StaleError
	var action *scorer.ActionError
	var bad *badInputError
	switch {
	case errors.As(err, &stale):
		return http.StatusConflict, word{
			"刚才有人（或系统）对该商机作出了新的决定。下面是最新状态，请核对后再决定。",
			"Somebody, or the program, has just decided on this deal. Below is how it stands now: look again, then decide.",
		}.in(lang)
	case errors.As(err, &action):
		return http.StatusUnprocessableEntity, refusedActions(action).in(lang)
	case errors.As(err, &bad):
		return http.StatusBadRequest, bad.what.in(lang)
	}
	return 0, ""
}

func refusedActions(err *scorer.ActionError) word {
	switch err.Reason {
	case scorer.ProblemReasonMissing:
		return word{"请填写原因或备注：解除冻结必须说明理由。", "Give a reason or a note: a release has to say why."}
	case scorer.ProblemReviewer:
		return word{"请填写复核人。", "Name the reviewer."}
	case scorer.ProblemUntilPassed:
		return word{"有效期已经过去，请选择今天或以后的日期。", "The date has passed: choose today or later."}
	case scorer.ProblemUntilMisplaced:
		return word{"只有解除可以设有效期。", "Only a release can hold until a date."}
	}
	return word{"商机目前的状态不允许这一操作。", fmt.Sprintf("Not possible as the deal stands: %v.", err)}
}
