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

// reviewers are the roles that see every deal.
func reviewers() []api.Role { return []api.Role{gen.Admin, gen.SalesOps} }

// admins are the roles that change how the program works.
func admins() []api.Role { return []api.Role{gen.Admin} }

// payees are the roles that see the deals of one person.
func payees() []api.Role { return []api.Role{gen.Payee} }

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
	case !slices.Contains(append(reviewers(), payees()...), caller.Role):
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
// To a role that it is not for, it is not there.
func (w *dashboard) inside(page pageFunc, roles []api.Role) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		caller, err := w.whoever(r)
		if errors.Is(err, errLoggedOut) {
			http.Redirect(rw, r, "/login?next="+url.QueryEscape(wayBack(r)), http.StatusSeeOther)
			return
		}
		if err == nil {
			r = withCaller(r, caller)
			err = w.allowed(page, roles, caller)(rw, r)
		}
		if err != nil {
			w.fail(rw, r, err)
		}
	}
}

// allowed is the page, or nothing for a role that it is not for.
func (w *dashboard) allowed(page pageFunc, roles []api.Role, caller api.Caller) pageFunc {
	if slices.Contains(roles, caller.Role) {
		return page
	}
	return w.nothing
}

// wayBack is where a login leads to: the page asked for, or the first one when a form was sent.
func wayBack(r *http.Request) string {
	if r.Method != http.MethodGet {
		return "/"
	}
	return r.URL.RequestURI()
}
