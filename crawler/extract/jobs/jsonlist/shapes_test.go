package jsonlist_test

import (
	"fmt"
	"strings"
	"testing"
)

// Interfaces of stores and frameworks put jobs into shapes of their own.
func TestJobsInTheShapesOfStoresAndFrameworks(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"Drupal's JSON:API", `{"jsonapi":{"version":"1.0"},"data":[{"type":"node--job","id":"u1","attributes":{"title":"Cook","created":"2026-11-10T08:00:00+00:00","path":{"alias":"/jobs/cook"},"field_location":"Ulm"}}]}`, "Cook, Ulm, 2026-11-10, 0"},
		{"Solr's dynamic fields", `{"response":{"numFound":1,"docs":[{"id":"1","title_s":"Software Engineer","location_s":"Ulm","post_date_dt":"2026-11-10T00:00:00Z"}]}}`, "Software Engineer, Ulm, 2026-11-10, 0"},
		{"JeecgBoot's dictionaries", `{"success":true,"result":{"records":[{"id":"1","positionName":"机械工程师","workCity":"320500","workCity_dictText":"苏州","releaseDate":"2026-11-10","headcount":"2人"}],"total":1}}`, "机械工程师, 苏州, 2026-11-10, 2"},
		{"addresses of work", `{"items":[{"id":1,"name":"Sales Executive","slug":"se","workingAddresses":[{"provinceName":"Hà Nội","countryName":"Việt Nam"}],"createdTime":"2026-11-10T08:00:00"}],"totalRecord":1}`, "Sales Executive, Hà Nội, Việt Nam, 2026-11-10, 0"},
		{"Contentful's sys", `{"sys":{"type":"Array"},"total":1,"items":[{"sys":{"id":"e1","createdAt":"2026-11-10T00:00:00Z"},"fields":{"title":"Software Engineer","location":"Ulm"}}]}`, "Software Engineer, Ulm, 2026-11-10, 0"},
		{"Prismic's rich texts", `{"results":[{"id":"e1","type":"job","first_publication_date":"2026-11-10T00:00:00+0000","data":{"title":[{"type":"heading1","text":"Cook"}],"location":"Ulm"}}]}`, "Cook, Ulm, 2026-11-10, 0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range read(t, "https://x.example/api/jobs", c.body).Postings {
				got = append(got, fmt.Sprintf("%s, %s, %s, %d", p.Title, p.Place, p.Posted, p.Headcount))
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// An answer that says that it goes on is no whole list, whether its next page is known or not.
func TestAnswersThatSayThatTheyGoOn(t *testing.T) {
	const job = `{"job_title":"Cook","city":"Ulm"}`
	for _, c := range []struct {
		name, body string
		goesOn     bool
	}{
		{"a flag", `{"jobs":[` + job + `],"hasMore":true}`, true},
		{"a flag that is a number", `{"data":{"list":[` + job + `],"has_more":1}}`, true},
		{"a flag of the end", `{"content":[` + job + `],"last":false,"number":0}`, true},
		{"page information", `{"jobs":[` + job + `],"pageInfo":{"hasNextPage":true}}`, true},
		{"pages beside the current one", `{"jobs":[` + job + `],"page":1,"pages":3}`, true},
		{"pages in a part of a part", `{"jobs":[` + job + `],"meta":{"pagination":{"page":1,"pageCount":3}}}`, true},
		{"a total of what is shown", `{"jobs":[` + job + `],"count":1,"hasMore":true}`, true},
		{"the last page", `{"jobs":[` + job + `],"page":3,"totalPages":3}`, false},
		{"Spring's last page", `{"content":[` + job + `],"number":2,"totalPages":3}`, false},
		{"the only page", `{"jobs":[` + job + `],"page":1,"totalPages":1,"hasMore":false}`, false},
		{"the flag counts before the pages", `{"content":[` + job + `],"last":true,"page":0,"totalPages":3}`, false},
		{"the only page, counted from 0", `{"jobs":[` + job + `],"page":0,"pages":1}`, false},
		{"the first page, counted from 0", `{"jobs":[` + job + `],"page":0,"pages":2}`, true},
		{"nothing", `{"jobs":[` + job + `]}`, false},
		{"a flag of something else", `{"jobs":[` + job + `],"filters":{"hasMore":true}}`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r := read(t, "https://x.example/api/jobs", c.body); (r.More != "") != c.goesOn || r.Next != nil || r.Total != nil && c.goesOn {
				t.Errorf("goes on behind %q, next %v, total %v; want it to go on: %v", r.More, r.Next, r.Total, c.goesOn)
			}
			r := read(t, "https://x.example/api/jobs?page=1", c.body)
			if c.goesOn && (r.Next == nil || r.Next.URL != "https://x.example/api/jobs?page=2" || r.More != "") || !c.goesOn && r.Next != nil {
				t.Errorf("by its address: next %v, more %q", r.Next, r.More)
			}
		})
	}
}
