package crawler

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// TestListPagedByPostIsReadToItsEnd crawls an interface of Workday's shape with the real
// readers: the page's place in the list is in the request's body alone.
func TestListPagedByPostIsReadToItsEnd(t *testing.T) {
	const jobs = 45
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	w.read = extract.Read
	mux := http.NewServeMux()
	mux.HandleFunc("POST /wday/cxs/acme/careers/jobs", func(rw http.ResponseWriter, r *http.Request) {
		var asked struct{ Limit, Offset int }
		body, _ := io.ReadAll(r.Body)
		if json.Unmarshal(body, &asked) != nil || asked.Limit == 0 {
			http.Error(rw, "bad body", http.StatusBadRequest)
			return
		}
		answer := map[string]any{"total": jobs, "jobPostings": []any{}}
		if asked.Offset > 0 {
			answer["total"] = 0 // later pages of real ones say so
		}
		var list []any
		for i := asked.Offset; i < min(asked.Offset+asked.Limit, jobs); i++ {
			list = append(list, map[string]any{
				"title": fmt.Sprintf("Field Engineer %d", i), "externalPath": fmt.Sprintf("/job/Oslo/Field-Engineer-%d_R-%04d", i, i),
				"locationsText": "Oslo", "postedOn": "Posted 3 Days Ago", "bulletFields": []string{fmt.Sprintf("R-%04d", i)},
			})
		}
		answer["jobPostings"] = list
		rw.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(rw).Encode(answer)
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	r := w.crawl(signals.Target{
		URL:     s.URL + "/wday/cxs/acme/careers/jobs",
		Reading: signals.Reading{Method: "POST", Body: `{"appliedFacets":{},"limit":20,"offset":0,"searchText":""}`},
	})
	if r.Run.Outcome != signals.OutcomeOK || !r.Run.Complete || r.Run.Items != jobs {
		t.Errorf("outcome %s (%s), complete %v, %d items on %d pages; want %d, complete", r.Run.Outcome, r.Run.Problem, r.Run.Complete, r.Run.Items, len(r.Run.Pages), jobs)
	}
}

// TestListThatOnlySaysThatItGoesOnIsReadToItsEnd has the page's number in the body of the
// request, and neither a total nor a size anywhere.
func TestListThatOnlySaysThatItGoesOnIsReadToItsEnd(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com"})
	w.read = extract.Read
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/jobs/list", func(rw http.ResponseWriter, r *http.Request) {
		var asked struct{ PageNo int }
		if json.NewDecoder(r.Body).Decode(&asked) != nil || asked.PageNo < 1 {
			http.Error(rw, "bad body", http.StatusBadRequest)
			return
		}
		var list []any
		for i := range 7 {
			list = append(list, map[string]any{"jobId": 10*asked.PageNo + i, "jobName": fmt.Sprintf("机械工程师%d%d", asked.PageNo, i), "workCity": "苏州", "publishDate": "2026-11-20"})
		}
		rw.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(rw).Encode(map[string]any{"code": 200, "data": map[string]any{"list": list, "hasNextPage": asked.PageNo < 3}})
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	r := w.crawl(signals.Target{URL: s.URL + "/api/jobs/list", Reading: signals.Reading{Method: "POST", Body: `{"pageNo":1}`}})
	if r.Run.Outcome != signals.OutcomeOK || !r.Run.Complete || r.Run.Items != 21 || len(r.Run.Pages) != 3 {
		t.Errorf("outcome %s (%s), complete %v, %d items on %d pages", r.Run.Outcome, r.Run.Problem, r.Run.Complete, r.Run.Items, len(r.Run.Pages))
	}
}
