package web

import (
	"net/http"

	"dealvitals/api/desk"
	"dealvitals/signals"
)

// targetsPage is the crawl targets with how they do.
type targetsPage struct {
	Alerts  []alertRow // on the first page
	Targets []targetRow
	NextURL string
}

// targetRow is one target.
type targetRow struct {
	desk.TargetView
	Customer string
	Advice   string // what an administrator can do
}

func (w *dashboard) targets(rw http.ResponseWriter, r *http.Request) error {
	after := r.URL.Query().Get("after")
	views, err := w.Desk.ViewTargets(r.Context(), after, pageSize+1)
	if err != nil {
		return err
	}
	var page targetsPage
	if after == "" {
		if page.Alerts, err = w.alerts(rw, r); err != nil {
			return err
		}
	}
	if len(views) > pageSize {
		views = views[:pageSize]
		query := r.URL.Query()
		query.Set("after", views[pageSize-1].Target.ID)
		page.NextURL = "/targets?" + query.Encode()
	}
	lang := language(rw, r)
	for _, view := range views {
		row := targetRow{TargetView: view, Advice: adviceOn(view).in(lang)}
		if row.Customer, err = w.Desk.CustomerName(r.Context(), view.Target.CustomerID); err != nil {
			return err
		}
		page.Targets = append(page.Targets, row)
	}
	w.render(rw, r, http.StatusOK, "targets", page)
	return nil
}

// pageLimit is what Run.Truncated says of a list that has more pages than a run may read.
const pageLimit = "page_limit"

// adviceOn says what can be done about a target that does not give data.
func adviceOn(v desk.TargetView) word {
	switch {
	case v.State == signals.TargetDrifted:
		return driftAdvice
	case v.LastRun != nil && !v.LastRun.FinishedAt.IsZero() && !v.LastRun.Outcome.Measurement():
		return outcomes[v.LastRun.Outcome].advice
	case v.LastRun != nil && !v.LastRun.FinishedAt.IsZero() && !v.LastRun.Complete:
		if v.Target.Kind == signals.KindTender && v.LastRun.Truncated == pageLimit {
			return unfinishedAdvice
		}
		return incompleteAdvice
	case v.LastRun != nil && v.LastRun.Unread != nil && v.LastRun.Unread.Doubtful > 0:
		return unreadAdvice
	case v.State == signals.TargetWarming:
		return warmingAdvice
	}
	return word{}
}
