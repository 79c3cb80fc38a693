package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"dealvitals/api"
	"dealvitals/api/gen"
	"dealvitals/store"
)

// maxForm is the most bytes of a form.
const maxForm = 64 << 10

// mayEnter are the roles that the dashboard is for.
var mayEnter = []api.Role{gen.Admin, gen.SalesOps}

// loginPage is what the login page shows.
type loginPage struct {
	Next    string
	Refused string // "key" or "role", empty at first
}

func (w *dashboard) showLogin(rw http.ResponseWriter, r *http.Request) {
	w.render(rw, r, http.StatusOK, "login", loginPage{Next: ownPath(r.URL.Query().Get("next"))})
}

// login opens a session for a key whose role may see the dashboard.
func (w *dashboard) login(rw http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(rw, r.Body, maxForm)
	secret := strings.TrimSpace(r.PostFormValue("key"))
	page := loginPage{Next: ownPath(r.PostFormValue("next"))}
	caller, err := api.Authenticate(r.Context(), w.Keys, secret)
	switch {
	case errors.Is(err, store.ErrNotFound):
		page.Refused = "key"
	case err != nil:
		w.fail(rw, r, err)
		return
	case !slices.Contains(mayEnter, caller.Role):
		page.Refused = "role"
	}
	if page.Refused != "" {
		w.Logger.WarnContext(r.Context(), "login refused", "why", page.Refused, "name", caller.Name)
		w.render(rw, r, http.StatusForbidden, "login", page)
		return
	}
	setSession(rw, r, w.sessions.start(api.HashOf(secret)))
	w.Logger.InfoContext(r.Context(), "login", "name", caller.Name, "key", caller.KeyID)
	http.Redirect(rw, r, page.Next, http.StatusSeeOther)
}

func (w *dashboard) logout(rw http.ResponseWriter, r *http.Request) {
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		w.sessions.end(cookie.Value)
	}
	dropSession(rw, r)
	http.Redirect(rw, r, "/login", http.StatusSeeOther)
}

// ownPath lets a login lead only to a page of this dashboard.
func ownPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(next, "/") ||
		strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n") {
		return "/"
	}
	return next
}

// inside guards a page: who has not logged in is asked to, and sent back here afterwards.
func (w *dashboard) inside(page func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		caller, err := w.whoever(r)
		if errors.Is(err, errLoggedOut) {
			http.Redirect(rw, r, "/login?next="+url.QueryEscape(wayBack(r)), http.StatusSeeOther)
			return
		}
		if err == nil {
			r = withCaller(r, caller)
			err = page(rw, r)
		}
		if err != nil {
			w.fail(rw, r, err)
		}
	}
}

// wayBack is where a login leads to: the page asked for, or the first one when a form was sent.
func wayBack(r *http.Request) string {
	if r.Method != http.MethodGet {
		return "/"
	}
	return r.URL.RequestURI()
}
