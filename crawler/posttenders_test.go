package crawler

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
)

// TestTenderInterfacesAskedByPostAreReadToTheirEnd crawls interfaces of the shapes of ggzy,
// Epoint and TED with the real readers: the target's body asks for the first page, as the
// administrator copied it from the browser.
func TestTenderInterfacesAskedByPostAreReadToTheirEnd(t *testing.T) {
	const all = 45
	title := func(i int) string {
		return fmt.Sprintf("云溪县第%d中学教学设备采购项目公开招标公告", i)
	}
	dayOf := func(i int) string { return signals.Date{Year: 2026, Month: 11, Day: 24}.AddDays(-i).String() }
	rows := func(from, n int, row func(i int) any) []any {
		list := []any{}
		for i := from; i < min(from+n, all); i++ {
			list = append(list, row(i))
		}
		return list
	}
	shapes := map[string]struct {
		body  string
		serve func(body []byte) any // nil: a bad request
	}{
		"a form, as ggzy's": {
			body: "DEAL_TIME=02&DEAL_CLASSIFY=02&PAGENUMBER=1&FINDTXT=",
			serve: func(body []byte) any {
				form, _ := url.ParseQuery(string(body))
				n, err := strconv.Atoi(form.Get("PAGENUMBER"))
				if err != nil || form.Get("DEAL_CLASSIFY") != "02" {
					return nil
				}
				return map[string]any{"success": true, "ttlrow": all, "currentpage": n, "data": rows((n-1)*20, 20, func(i int) any {
					return map[string]any{"title": title(i), "timeShow": dayOf(i), "url": fmt.Sprintf("/information/%d.shtml", i), "stageName": "交易公告", "classifyShow": "政府采购"}
				})}
			},
		},
		"JSON with a count of records, as Epoint's": {
			body: `{"token":"","pn":0,"rn":10,"wd":"","sort":"{\"infodate\":\"0\"}","cnum":"001"}`,
			serve: func(body []byte) any {
				var asked struct{ Pn, Rn int }
				if json.Unmarshal(body, &asked) != nil || asked.Rn != 10 {
					return nil
				}
				return map[string]any{"result": map[string]any{"totalcount": all, "records": rows(asked.Pn, asked.Rn, func(i int) any {
					return map[string]any{"title": title(i), "infodate": dayOf(i) + " 09:00:00", "linkurl": fmt.Sprintf("/jyxx/%d.html", i), "categoryname": "采购公告"}
				})}}
			},
		},
		"JSON with pages, as TED's": {
			body: `{"query":"buyer-country=DEU","fields":["publication-number"],"page":1,"limit":20,"paginationMode":"PAGE_NUMBER"}`,
			serve: func(body []byte) any {
				var asked struct{ Page, Limit int }
				if json.Unmarshal(body, &asked) != nil || asked.Limit != 20 {
					return nil
				}
				return map[string]any{"totalNoticeCount": all, "notices": rows((asked.Page-1)*20, 20, func(i int) any {
					return map[string]any{
						"publication-number": fmt.Sprintf("%d-2026", 1000+i), "notice-title": map[string]any{"eng": fmt.Sprintf("Germany – Servers – Lot %d", i)},
						"publication-date": dayOf(i) + "+01:00", "notice-type": "cn-standard", "buyer-name": map[string]any{"deu": []string{"Stadt Musterhausen"}},
					}
				})}
			},
		},
	}
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Settings{Contact: "ops@example.com"})
			w.read = extract.Read
			mux := http.NewServeMux()
			mux.HandleFunc("POST /search", func(rw http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				answer := shape.serve(body)
				if answer == nil {
					http.Error(rw, "bad body", http.StatusBadRequest)
					return
				}
				rw.Header().Set("Content-Type", "application/json;charset=utf-8")
				_ = json.NewEncoder(rw).Encode(answer)
			})
			s := httptest.NewServer(mux)
			defer s.Close()
			r := w.crawl(signals.Target{
				Kind: signals.KindTender, URL: s.URL + "/search", Reading: signals.Reading{Method: "POST", Body: shape.body},
			})
			if r.Run.Outcome != signals.OutcomeOK || !r.Run.Complete || r.Run.Items != all {
				t.Errorf("outcome %s (%s), complete %v, %d items on %d pages; want %d, complete", r.Run.Outcome, r.Run.Problem, r.Run.Complete, r.Run.Items, len(r.Run.Pages), all)
			}
		})
	}
}
