package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"dealvitals/api/desk"
	"dealvitals/scorer"
)

// pageSize is how many rows a page has.
const pageSize = 50

// listPage is a list of deals with its filter.
type listPage struct {
	List    desk.List
	Filter  desk.Filter
	Order   desk.Order
	Scopes  []desk.Scope
	Query   url.Values
	NextURL string
	First   bool // this is the first page
}

// Chosen tells whether a value of a filter is the one in force.
func (p listPage) Chosen(name, value string) bool { return p.Query.Get(name) == value }

// Diagnoses lists those to choose from.
func (listPage) Diagnoses() []scorer.Diagnosis {
	return []scorer.Diagnosis{
		scorer.ColdRelationship, scorer.TalkWithoutPurchase, scorer.ShrinkingBuyer,
		scorer.Healthy, scorer.Dormant, scorer.Mixed, scorer.Unknown,
	}
}

// States lists those to choose from.
func (listPage) States() []scorer.FreezeState {
	return []scorer.FreezeState{scorer.FreezeFrozen, scorer.FreezeProposed, scorer.FreezeClear}
}

func (w *dashboard) deals(rw http.ResponseWriter, r *http.Request) error {
	scope := desk.Scope(r.URL.Query().Get("scope"))
	if scope != desk.ScopeAll {
		scope = desk.ScopeFlagged
	}
	page, err := w.list(r, scope)
	if err != nil {
		return err
	}
	w.render(rw, r, http.StatusOK, "deals", page)
	return nil
}

// data shows the deals of which not all three factors are known.
func (w *dashboard) data(rw http.ResponseWriter, r *http.Request) error {
	page, err := w.list(r, desk.ScopeMissing)
	if err != nil {
		return err
	}
	w.render(rw, r, http.StatusOK, "data", page)
	return nil
}

func (w *dashboard) list(r *http.Request, scope desk.Scope) (listPage, error) {
	query := r.URL.Query()
	filter := filterOf(query)
	filter.Scope = scope
	order := desk.Order(query.Get("sort"))
	if !slices.Contains(desk.Orders(), order) {
		order = desk.ByAmountFalling
	}
	after, err := readPlace(query.Get("after"))
	if err != nil {
		return listPage{}, err
	}
	list, err := w.Desk.Page(r.Context(), filter, order, after, pageSize)
	if err != nil {
		return listPage{}, err
	}
	if len(list.Rows) > 0 {
		if err := w.Reads.NoteRead(r.Context(), callerOf(r).Name, "deals", list.Subjects(), w.Clock()); err != nil {
			return listPage{}, fmt.Errorf("noting who looked: %w", err)
		}
	}
	page := listPage{List: list, Filter: filter, Order: order, Query: query, First: after == nil}
	if list.Next != nil {
		page.NextURL, err = nextURL(r.URL, *list.Next)
	}
	return page, err
}

// filterOf reads the filter of a list of flagged deals from its query.
func filterOf(query url.Values) desk.Filter {
	return desk.Filter{
		Scope: desk.ScopeFlagged, Owner: query.Get("owner"), Region: query.Get("region"),
		Diagnosis: scorer.Diagnosis(query.Get("diagnosis")), State: scorer.FreezeState(query.Get("state")),
		Disputed: query.Get("disputed") == "yes",
	}
}

func nextURL(here *url.URL, place desk.Place) (string, error) {
	raw, err := json.Marshal(place)
	if err != nil {
		return "", err
	}
	query := here.Query()
	query.Set("after", base64.RawURLEncoding.EncodeToString(raw))
	return here.EscapedPath() + "?" + query.Encode(), nil
}

func readPlace(text string) (*desk.Place, error) {
	if text == "" {
		return nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	var place desk.Place
	if err == nil {
		err = json.Unmarshal(raw, &place)
	}
	if err != nil {
		return nil, &badInputError{word{"列表没有这一页，请回到第一页", "this is no page of the list: go back to the first"}}
	}
	return &place, nil
}
