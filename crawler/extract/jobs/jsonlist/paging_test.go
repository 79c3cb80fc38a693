package jsonlist_test

import "testing"

func TestAnswersStateTheirNextPage(t *testing.T) {
	for _, c := range []struct{ name, url, body, want string }{
		{"by an address", "https://x.example/api/jobs", `{"results":[{"job_title":"Cook","city":"Ulm"}],"next":"https://x.example/api/jobs?page=2"}`, "https://x.example/api/jobs?page=2"},
		{"by an address in links", "https://x.example/api/jobs", `{"data":[{"job_title":"Cook","city":"Ulm"}],"links":{"next":"/api/jobs?page=2"}}`, "https://x.example/api/jobs?page=2"},
		{"by an address in _links", "https://x.example/api/jobs", `{"jobs":[{"job_title":"Cook","city":"Ulm"}],"_links":{"next":{"href":"/api/jobs?page=2"}}}`, "https://x.example/api/jobs?page=2"},
		{"by a cursor", "https://x.example/api/jobs?q=a", `{"jobs":[{"job_title":"Cook","city":"Ulm"}],"nextCursor":"abc"}`, "https://x.example/api/jobs?cursor=abc&q=a"},
		{"not at all", "https://x.example/api/jobs", `{"jobs":[{"job_title":"Cook","city":"Ulm"}],"next":null}`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if r := read(t, c.url, c.body); r.Next != nil {
				got = r.Next.URL
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
