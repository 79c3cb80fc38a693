package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"dealvitals/api/desk"
	"dealvitals/scorer"
)

// maxBulkForm is the most bytes of a form that names many deals.
const maxBulkForm = 1 << 20

// bulkPage is a bulk action before it is executed, and after.
type bulkPage struct {
	Request   scorer.Request
	SentUntil string
	Preview   desk.BulkPreview
	Result    *desk.BulkResult
	Refused   string // why nothing can be previewed
}

// Problems tells whether any deal is left as it is.
func (p bulkPage) Problems() bool { return p.Result != nil && p.Result.Refused > 0 }

// bulkPreview shows what an action would do to the deals chosen in the list, or to all
// that pass its filter.
func (w *dashboard) bulkPreview(rw http.ResponseWriter, r *http.Request) error {
	request, err := w.readBulk(rw, r)
	if err != nil {
		return err
	}
	page := bulkPage{Request: request, SentUntil: r.PostFormValue("until")}
	page.Preview, err = w.previewed(r, request)
	status := http.StatusOK
	if page.Refused = refusedBulk(language(rw, r), err, len(page.Preview.Items)); page.Refused != "" {
		status = http.StatusUnprocessableEntity
	} else if err != nil {
		return err
	}
	w.render(rw, r, status, "bulk", page)
	return nil
}

func (w *dashboard) previewed(r *http.Request, request scorer.Request) (desk.BulkPreview, error) {
	ids := r.PostForm["deal"]
	if r.PostFormValue("which") == "all" {
		var err error
		if ids, err = w.Desk.BulkIDs(r.Context(), filterOf(sentFilter(r.PostForm))); err != nil {
			return desk.BulkPreview{}, err
		}
	}
	return w.Desk.PreviewBulk(r.Context(), request, ids, callerOf(r).Name)
}

// sentFilter is the list's query, which its form carries along.
func sentFilter(form url.Values) url.Values {
	query := make(url.Values)
	for name, values := range form {
		if key, found := strings.CutPrefix(name, "filter."); found {
			query[key] = values
		}
	}
	return query
}

// refusedBulk says in people's words why there is nothing to preview; nothing for a
// failure of ours.
func refusedBulk(lang string, err error, items int) string {
	var invalid *desk.InvalidError
	switch {
	case errors.As(err, &invalid):
		return word{"一次最多处理 1000 个商机，且每个只能出现一次：请缩小范围。", "At most 1 000 deals at once, each of them once: narrow it."}.in(lang)
	case err == nil && items == 0:
		return word{"没有选择商机：请在列表中勾选，或预览全部筛选结果。", "No deal is chosen: tick some in the list, or preview all that fit."}.in(lang)
	}
	return ""
}

// bulkRun executes what was previewed, each deal upon the decision that was shown.
func (w *dashboard) bulkRun(rw http.ResponseWriter, r *http.Request) error {
	request, err := w.readBulk(rw, r)
	if err != nil {
		return err
	}
	var items []desk.BulkItem
	for _, text := range r.PostForm["item"] {
		seq, id, found := strings.Cut(text, ":")
		after, err := strconv.ParseUint(seq, 10, 64)
		if err != nil || !found {
			return &badInputError{word{"表单没有说明它基于哪些决定，请回到列表重新预览", "the form does not say which decisions it follows: go back to the list and preview again"}}
		}
		items = append(items, desk.BulkItem{DealID: id, After: after})
	}
	result, err := w.Desk.DecideBulk(r.Context(), request, items, callerOf(r).Name)
	if err != nil {
		return err
	}
	w.render(rw, r, http.StatusOK, "bulk", bulkPage{Request: request, Result: &result})
	return nil
}

func (w *dashboard) readBulk(rw http.ResponseWriter, r *http.Request) (scorer.Request, error) {
	r.Body = http.MaxBytesReader(rw, r.Body, maxBulkForm)
	if err := r.ParseForm(); err != nil {
		return scorer.Request{}, &badInputError{word{"表单无法读取，请返回重新填写", "the form could not be read: go back and fill it in again"}}
	}
	request := scorer.Request{
		Action: scorer.Action(r.PostFormValue("action")), Note: strings.TrimSpace(r.PostFormValue("note")),
		Reviewer: strings.TrimSpace(r.PostFormValue("reviewer")),
	}
	if request.Action != scorer.ActionAssign {
		request.Reviewer = ""
	}
	until, err := readUntil(r)
	if request.Action == scorer.ActionRelease {
		request.Until = until
	}
	return request, err
}
