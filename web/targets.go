package web

import (
	"cmp"
	"net/http"

	"dealvitals/api/desk"
)

// targetsPage is the crawl targets with how they do.
type targetsPage struct {
	Alerts  []alertRow // on the first page, the most urgent first
	Alarmed int        // how many alerts there are, shown or not
	Targets []targetRow
	NextURL string
	Of      string // the customer that is looked at, "" for all
}

// alertsShown is how many alerts are listed: where a network is down all targets have one.
const alertsShown = 50

// More is how many alerts are not listed.
func (p targetsPage) More() int { return p.Alarmed - len(p.Alerts) }

// targetRow is one target.
type targetRow struct {
	desk.TargetView
	Customer string
	Advice   string // what an administrator can do
}

func (w *dashboard) targets(rw http.ResponseWriter, r *http.Request) error {
	if customer := r.URL.Query().Get("customer"); customer != "" {
		return w.targetsOf(rw, r, customer)
	}
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
		page.Alarmed = len(page.Alerts)
		page.Alerts = page.Alerts[:min(len(page.Alerts), alertsShown)]
	}
	if len(views) > pageSize {
		views = views[:pageSize]
		query := r.URL.Query()
		query.Set("after", views[pageSize-1].Target.ID)
		page.NextURL = "/targets?" + query.Encode()
	}
	if page.Targets, err = w.targetRows(rw, r, views); err != nil {
		return err
	}
	w.render(rw, r, http.StatusOK, "targets", page)
	return nil
}

// targetsOf shows where the data of one customer comes from.
func (w *dashboard) targetsOf(rw http.ResponseWriter, r *http.Request, customerID string) error {
	views, err := w.Desk.ViewTargetsOf(r.Context(), customerID)
	if err != nil {
		return err
	}
	var page targetsPage
	if page.Targets, err = w.targetRows(rw, r, views); err != nil {
		return err
	}
	if page.Of, err = w.Desk.CustomerName(r.Context(), customerID); err != nil {
		return err
	}
	page.Of = cmp.Or(page.Of, customerID)
	w.render(rw, r, http.StatusOK, "targets", page)
	return nil
}

func (w *dashboard) targetRows(rw http.ResponseWriter, r *http.Request, views []desk.TargetView) ([]targetRow, error) {
	lang := language(rw, r)
	rows := make([]targetRow, len(views))
	for i, view := range views {
		name, err := w.Desk.CustomerName(r.Context(), view.Target.CustomerID)
		if err != nil {
			return nil, err
		}
		rows[i] = targetRow{TargetView: view, Customer: name, Advice: adviceOn(view).in(lang)}
	}
	return rows, nil
}

// adviceOn says what can be done about a target that does not give data.
func adviceOn(v desk.TargetView) word { return wordOf(desk.AdviceOn(v)) }
