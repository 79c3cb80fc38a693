package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dealvitals/api/desk"
)

// myDealsPage is a payee's own deals.
type myDealsPage struct {
	Deals   []desk.MyDeal
	NextURL string
	Note    string // what to do where the payee cannot be told from others
}

// myDealPage is one of a payee's own deals with why it stands as it does.
type myDealPage struct {
	desk.MyDealDetail
	Done    bool   // it was disputed just now
	Refused string // why it was not
	Sent    string
}

func payeeOf(rw http.ResponseWriter, r *http.Request) desk.Payee {
	return desk.Payee{Subject: callerOf(r).Subject, Lang: language(rw, r)}
}

func (w *dashboard) myDeals(rw http.ResponseWriter, r *http.Request) error {
	mine, err := w.Desk.MyDeals(r.Context(), payeeOf(rw, r), r.URL.Query().Get("after"), pageSize)
	if err != nil {
		return err
	}
	page := myDealsPage{Deals: mine.Deals, Note: mine.Note}
	if mine.More {
		page.NextURL = "/me?after=" + url.QueryEscape(mine.Deals[len(mine.Deals)-1].DealID)
	}
	w.render(rw, r, http.StatusOK, "me", page)
	return nil
}

func (w *dashboard) myDeal(rw http.ResponseWriter, r *http.Request) error {
	detail, err := w.Desk.MyDeal(r.Context(), payeeOf(rw, r), r.PathValue("id"))
	if err != nil {
		return err
	}
	w.render(rw, r, http.StatusOK, "mydeal", myDealPage{MyDealDetail: detail, Done: r.URL.Query().Get("done") == "dispute"})
	return nil
}

// myDispute opens a dispute from a form. One that cannot be taken is shown with the deal
// as it is now.
func (w *dashboard) myDispute(rw http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	after, err := strconv.ParseUint(r.PostFormValue("after"), 10, 64)
	if err != nil {
		return &badInputError{word{"表单没有说明它基于哪个决定，请回到商机页面重新提交", "the form does not say which decision it follows: open the deal again"}}
	}
	payee, id, note := payeeOf(rw, r), r.PathValue("id"), strings.TrimSpace(r.PostFormValue("note"))
	if note == "" {
		return &badInputError{word{"请说明异议内容", "say what is wrong"}}
	}
	_, err = w.Desk.MyDispute(r.Context(), payee, id, note, after, callerOf(r).Name)
	if err == nil {
		http.Redirect(rw, r, "/me/deals/"+url.PathEscape(id)+"?done=dispute", http.StatusSeeOther)
		return nil
	}
	status, refused := refusal(payee.Lang, err)
	if refused == "" {
		return err
	}
	detail, err := w.Desk.MyDeal(r.Context(), payee, id)
	if err != nil {
		return err
	}
	w.render(rw, r, status, "mydeal", myDealPage{MyDealDetail: detail, Refused: refused, Sent: note})
	return nil
}

// myEvidence shows a captured page that is behind one of a payee's own deals.
func (w *dashboard) myEvidence(rw http.ResponseWriter, r *http.Request) error {
	if err := w.Desk.MyEvidence(r.Context(), payeeOf(rw, r), r.PathValue("id"), r.PathValue("hash")); err != nil {
		return fmt.Errorf("looking evidence of an own deal up: %w", err)
	}
	return w.evidence(rw, r)
}
