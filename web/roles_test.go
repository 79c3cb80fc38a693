package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"dealvitals/api"
	"dealvitals/web"
)

// send asks for a page as whoever has logged in, from a site of a kind; redirects are not
// followed.
func (w *world) send(method, path, site string) int {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.server.URL+path, nil)
	w.must(err)
	r.Header.Set("Sec-Fetch-Site", site)
	client := *w.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	response, err := client.Do(r)
	w.must(err)
	w.must(response.Body.Close())
	return response.StatusCode
}

func TestEachPageIsForItsRolesAndItsFormsForNoOtherSite(t *testing.T) {
	w := newWorld(t)
	at := strings.NewReplacer("{id}", "D-1", "{hash}", capturedHash)
	for route := range web.Routes() {
		method, path, _ := strings.Cut(at.Replace(route), " ")
		if status := w.send(method, path, "same-origin"); status != http.StatusSeeOther {
			t.Errorf("%s of somebody who has not logged in: %d", route, status)
		}
	}
	for _, role := range api.Roles() {
		w.post("/logout", url.Values{})
		w.login(role)
		for route, roles := range web.Routes() {
			method, path, _ := strings.Cut(at.Replace(route), " ")
			want := http.StatusNotFound
			if role == "commission" || role == "ingest" {
				want = http.StatusSeeOther // they cannot log in
			}
			if status := w.send(method, path, "same-origin"); !slices.Contains(roles, role) && status != want {
				t.Errorf("%s as %s: %d, it is for %v", route, role, status, roles)
			}
			if status := w.send(method, path, "cross-site"); method == http.MethodPost && status != http.StatusForbidden {
				t.Errorf("%s as %s from another site: %d", route, role, status)
			}
		}
	}
}
