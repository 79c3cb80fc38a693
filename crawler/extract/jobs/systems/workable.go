package systems

import (
	"encoding/json"

	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// Workable (apply.workable.com).
//
// GET https://apply.workable.com/api/v1/widget/accounts/{account} gives {"name","jobs":[…]}
// on one page, with one row for each place of a job (same shortcode); published_on is the
// opening, created_at the draft's creation. POST …/api/v3/accounts/{account}/jobs gives
// {"total","results":[…],"nextPage"}: nextPage is the token of the next request; published
// is the opening. The page itself is a script shell.
var workable = System{
	Name: "workable",
	JSON: []board{{
		Hosts: []string{"workable.com"}, Items: []string{"jobs"}, Answer: []string{"jobs"}, Shape: []string{"title", "shortcode", "shortlink|application_url|url"},
		Title: []string{"title"}, ID: []string{"shortcode", "code"}, Place: []string{"locations", "location.location_str", "location", "city", "country"}, Link: []string{"url", "shortlink", "application_url"},
		Published: []string{"published_on", "published_at", "created_at"},
	}, {
		Hosts: []string{"workable.com"}, Items: []string{"results", "jobs"}, Answer: []string{"results", "total"}, Shape: []string{"title", "shortcode"},
		Title: []string{"title"}, ID: []string{"shortcode", "id"}, Place: []string{"locations", "location"},
		Published: []string{"published", "published_on", "created_at"}, Total: []string{"total"},
		Closed: func(r any) bool {
			s := value.Text(r, "state")
			return s == "closed" || s == "archived" || s == "draft"
		},
		Address: func(d *page.Document, r any) string {
			if account := segment(d, 3); account != "" && onHost(d, []string{"apply.workable.com"}) {
				return "https://apply.workable.com/" + account + "/j/" + value.Text(r, "shortcode") + "/"
			}
			return ""
		},
		Next: workableNext,
	}},
	HTML: []listing{{ // rendered
		Hosts: []string{"workable.com"}, Marks: []string{`data-ui="job"`},
		Row: css("li[data-ui=job]"), Title: css("[data-ui=job-title]"), Place: css("[data-ui=job-location]"), Date: css("[data-ui=job-posted]"),
	}},
	Link: []linkShape{
		{Mark: "whr_embed", Pattern: pattern.New(`whr_embed\(\s*["']?([\w-]+)`), URL: "https://apply.workable.com/api/v1/widget/accounts/$1", Certain: true},
		{Mark: "workable.com/", Pattern: pattern.New(`apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?([\w-]+)`), URL: "https://apply.workable.com/api/v1/widget/accounts/$1"},
	},
}

func workableNext(d *page.Document, answer any, got, _ int) *page.Request {
	token := value.Text(answer, "nextPage")
	if token == "" || got == 0 {
		return nil
	}
	quoted, err := json.Marshal(token)
	if err != nil {
		return nil
	}
	return post(d, "", 0, `{"query":"","location":[],"department":[],"worktype":[],"remote":[],"token":`+string(quoted)+`}`)
}
