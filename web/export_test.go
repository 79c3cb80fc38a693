package web

import "dealvitals/api"

// Routes is every page behind the login, and the roles that it is for.
func Routes() map[string][]api.Role {
	w := &dashboard{}
	routes := make(map[string][]api.Role)
	for _, group := range []struct {
		pages map[string]pageFunc
		roles []api.Role
	}{{w.reviewerPages(), reviewers()}, {w.adminPages(), admins()}, {w.payeePages(), payees()}} {
		for route := range group.pages {
			routes[route] = group.roles
		}
	}
	return routes
}
