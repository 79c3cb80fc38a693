package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"dealvitals/signals"
	"dealvitals/store"
)

// matchesPage is the notices that may be a customer's and wait for a person.
type matchesPage struct {
	Rows    []matchRow
	NextURL string
	Done    string // accepted or rejected, just now
	Roles   []signals.Role
}

// matchRow is one of them.
type matchRow struct {
	store.Pending
	Customer string
}

func matchRoles() []signals.Role {
	return []signals.Role{signals.RoleBuyer, signals.RoleAgency, signals.RoleWinner, signals.RoleNone}
}

func (w *dashboard) matches(rw http.ResponseWriter, r *http.Request) error {
	pending, err := w.Notices.ToReview(r.Context(), r.URL.Query().Get("after"), pageSize+1)
	if err != nil {
		return err
	}
	page := matchesPage{Done: r.URL.Query().Get("done"), Roles: matchRoles()}
	if len(pending) > pageSize {
		pending = pending[:pageSize]
		page.NextURL = "/matches?after=" + url.QueryEscape(pending[pageSize-1].Cursor())
	}
	for _, one := range pending {
		name, err := w.Desk.CustomerName(r.Context(), one.Match.CustomerID)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, matchRow{Pending: one, Customer: name})
	}
	w.render(rw, r, http.StatusOK, "matches", page)
	return nil
}

// judge takes a person's word on a match, and scores the customer's deals anew.
func (w *dashboard) judge(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	accept, done := r.PostFormValue("verdict") == "accept", "rejected"
	match := signals.NoticeMatch{
		TargetID: r.PostFormValue("target"), NoticeID: r.PostFormValue("notice"), CustomerID: r.PostFormValue("customer"),
		Match: accept, Actor: callerOf(r).Name,
	}
	if accept {
		done, match.Role = "accepted", signals.Role(r.PostFormValue("role"))
		if !slices.Contains(matchRoles(), match.Role) {
			return &badInputError{word{"表单没有说明客户在公告中的角色", "the form does not say what the customer is in the notice"}}
		}
	}
	judged, err := w.Notices.Judge(r.Context(), match, w.Clock())
	if err != nil {
		return err
	}
	w.follow(r.Context(), "match of notice "+match.NoticeID, func(ctx context.Context) error {
		return w.Effects.CustomersChanged(ctx, []string{judged.CustomerID})
	})
	http.Redirect(rw, r, "/matches?done="+done, http.StatusSeeOther)
	return nil
}

// follow does what has to follow a change that is stored already. A failure is told to the
// administrator; the daily re-score heals it.
func (w *dashboard) follow(ctx context.Context, what string, do func(context.Context) error) {
	ctx = context.WithoutCancel(ctx)
	if err := do(ctx); err != nil {
		w.Logger.ErrorContext(ctx, "a change is stored but what follows it failed", "change", what, "problem", err)
	}
}
