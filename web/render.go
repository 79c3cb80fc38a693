package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"dealvitals/api"
	"dealvitals/evidence"
	"dealvitals/store"
)

const languageCookie = "dealvitals_lang"

// frame is what every page has around its own part.
type frame struct {
	Lang     string // zh or en
	Page     string // its template
	StyleURL string
	Caller   api.Caller
	Other    string // address of this page in the other language
	Body     any
}

// Payee tells whether the page is for somebody who sees their own deals only.
func (f frame) Payee() bool { return slices.Contains(payees(), f.Caller.Role) }

// T picks a text by the page's language.
func (f frame) T(zh, en string) string {
	if f.Lang == "en" {
		return en
	}
	return zh
}

// render writes a page. It is made whole first, so that a page that fails half-way is
// never shown.
func (w *dashboard) render(rw http.ResponseWriter, r *http.Request, status int, page string, body any) {
	lang := language(rw, r)
	f := frame{Lang: lang, Page: page, StyleURL: w.styleURL, Caller: callerOf(r), Other: otherLanguage(r, lang), Body: body}
	var out bytes.Buffer
	if err := w.pages[page].Execute(&out, f); err != nil {
		w.Logger.ErrorContext(r.Context(), "a page could not be written", "page", page, "problem", err)
		http.Error(rw, "the page could not be written", http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	rw.WriteHeader(status)
	// A client that went away is nobody to tell.
	_, _ = out.WriteTo(rw)
}

// language is the one asked for by ?lang, which is remembered, else the one remembered,
// else Chinese.
func language(rw http.ResponseWriter, r *http.Request) string {
	if asked := r.URL.Query().Get("lang"); asked == "zh" || asked == "en" {
		http.SetCookie(rw, &http.Cookie{Name: languageCookie, Value: asked, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: overTLS(r), MaxAge: 365 * 24 * 3600})
		return asked
	}
	if cookie, err := r.Cookie(languageCookie); err == nil && cookie.Value == "en" {
		return "en"
	}
	return "zh"
}

func otherLanguage(r *http.Request, lang string) string {
	query := r.URL.Query()
	query.Set("lang", "en")
	if lang == "en" {
		query.Set("lang", "zh")
	}
	path := r.URL.EscapedPath()
	if r.Method != http.MethodGet {
		path = "/"
	}
	return path + "?" + query.Encode()
}

// problemPage is what an error page shows.
type problemPage struct {
	Status int
	Cause  word // what may be told of it
}

// Why is what may be told of it, in a language.
func (p problemPage) Why(lang string) string { return p.Cause.in(lang) }

// fail shows an error. Its cause is logged; the page tells it only where it is the
// person's to know.
func (w *dashboard) fail(rw http.ResponseWriter, r *http.Request, err error) {
	page := problemPage{Status: http.StatusInternalServerError}
	var bad *badInputError
	var removed *evidence.RemovedError
	var clock *store.ClockError
	switch {
	case errors.Is(err, store.ErrNotFound):
		page.Status = http.StatusNotFound
	case errors.As(err, &removed):
		page.Status, page.Cause = http.StatusGone, word{"这个页面因保存期限已删除（retention.evidence_days）：没有结论以它为依据，审计日志保留其哈希。", removed.Error()}
	case errors.Is(err, store.ErrNoSpace):
		page.Status, page.Cause = http.StatusInsufficientStorage, word{"磁盘已满，没有写入：请管理员清出空间后再试。", "There is no room on the disk and nothing was written: let the administrator make room, then try again."}
	case errors.As(err, &clock):
		page.Status, page.Cause = http.StatusServiceUnavailable, word{"服务器时钟有误，暂停一切判断和写入：请管理员校准时钟（见 docs/operations.md）。", clock.Error()}
	case errors.As(err, &bad):
		page.Status, page.Cause = http.StatusBadRequest, bad.what
	case r.Context().Err() != nil:
		return
	}
	if page.Status >= http.StatusInternalServerError {
		w.Logger.ErrorContext(r.Context(), "a page failed", "path", r.URL.Path, "problem", err)
	}
	w.render(rw, r, page.Status, "problem", page)
}

func (w *dashboard) nothing(http.ResponseWriter, *http.Request) error {
	return fmt.Errorf("this page: %w", store.ErrNotFound)
}

// badInputError is an address or a form that a person changed by hand.
type badInputError struct{ what word }

func (e *badInputError) Error() string { return e.what.en }
