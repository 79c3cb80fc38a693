package demo

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// siteKind is how a customer's hiring site is made.
type siteKind int

const (
	siteCards      siteKind = iota // UTF-8, cards over several pages, no dates: what is new is told by comparison
	siteTable                      // GBK, a table over several pages with publication dates
	siteJSONLD                     // schema.org JobPosting
	siteGreenhouse                 // JSON API of an applicant tracking system
	siteLever                      // another one, in English
	siteRSS                        // a feed of jobs
	siteCaptcha                    // a list at first, later a captcha
	siteRedesigned                 // a list at first, later a new page without it
	siteDown                       // a list at first, later nothing answers
)

// path is where a customer's jobs are on its site.
func (k siteKind) path() string {
	switch k {
	case siteTable:
		return "/zhaopin/index_1.html"
	case siteGreenhouse:
		return "/v1/boards/haina/jobs"
	case siteLever:
		return "/v0/postings/nordvind?mode=json"
	case siteRSS:
		return "/jobs/rss.xml"
	}
	return "/careers/"
}

// listPage is the data of a page of a job list.
type listPage struct {
	Customer customer
	Jobs     []vacancy
	Total    int
	Page     int
	Pages    int
}

// Name and City are what templates may read of the customer.
func (p listPage) Name() string     { return p.Customer.name }
func (p listPage) City() string     { return p.Customer.city }
func (p listPage) Industry() string { return p.Customer.industry }

// hiringSite answers for a customer's hiring site.
func (w *World) hiringSite(n int, c customer) http.Handler {
	jobs := func() []vacancy { return vacanciesOf(c, n, w.now, w.moment.second.Load()) }
	mux := http.NewServeMux()
	switch c.site {
	case siteTable:
		mux.HandleFunc("GET /zhaopin/{file}", func(rw http.ResponseWriter, r *http.Request) { w.jobTable(rw, r, c, jobs()) })
	case siteJSONLD:
		mux.HandleFunc("GET /careers/{$}", func(rw http.ResponseWriter, r *http.Request) { w.jobPostings(rw, r, c, jobs()) })
	case siteGreenhouse:
		mux.HandleFunc("GET /v1/boards/haina/jobs", func(rw http.ResponseWriter, r *http.Request) { greenhouse(rw, r, jobs()) })
	case siteLever:
		mux.HandleFunc("GET /v0/postings/nordvind", func(rw http.ResponseWriter, r *http.Request) { lever(rw, r, jobs()) })
	case siteRSS:
		mux.HandleFunc("GET /jobs/rss.xml", func(rw http.ResponseWriter, r *http.Request) { jobFeed(rw, r, c, jobs()) })
	default:
		mux.HandleFunc("GET /careers/{$}", func(rw http.ResponseWriter, r *http.Request) { w.jobCards(rw, r, c, jobs()) })
	}
	return mux
}

// jobCards shows cards, or, on the second moment, what became of the site.
func (w *World) jobCards(rw http.ResponseWriter, r *http.Request, c customer, jobs []vacancy) {
	second := w.moment.second.Load()
	switch {
	case second && c.site == siteCaptcha:
		w.pages.html(rw, "captcha.html", nil)
	case second && c.site == siteRedesigned:
		w.pages.html(rw, "redesigned.html", listPage{Customer: c})
	default:
		const size = 6
		page := pageNumber(r.URL.Query().Get("page"))
		w.pages.html(rw, "cards.html", listPage{c, pageOf(jobs, page, size), len(jobs), page, pagesOf(len(jobs), size)})
	}
}

func (w *World) jobTable(rw http.ResponseWriter, r *http.Request, c customer, jobs []vacancy) {
	const size = 8
	var page int
	if _, err := fmt.Sscanf(r.PathValue("file"), "index_%d.html", &page); err != nil || page < 1 || page > pagesOf(len(jobs), size) {
		http.NotFound(rw, r)
		return
	}
	w.pages.gbk(rw, "table.html", listPage{c, pageOf(jobs, page, size), len(jobs), page, pagesOf(len(jobs), size)})
}

func (w *World) jobPostings(rw http.ResponseWriter, _ *http.Request, c customer, jobs []vacancy) {
	var graph []map[string]any
	for _, v := range jobs {
		graph = append(graph, map[string]any{
			"@type": "JobPosting", "title": v.Title, "datePosted": v.Day(),
			"identifier":         map[string]any{"@type": "PropertyValue", "value": strconv.Itoa(v.ID)},
			"url":                fmt.Sprintf("/careers/%d", v.ID),
			"hiringOrganization": map[string]any{"@type": "Organization", "name": c.name},
			"jobLocation":        map[string]any{"@type": "Place", "address": map[string]any{"@type": "PostalAddress", "addressLocality": v.Place, "addressCountry": "CN"}},
		})
	}
	document := map[string]any{"@context": "https://schema.org", "@graph": graph}
	w.pages.html(rw, "jsonld.html", struct {
		listPage
		Document any
	}{listPage{Customer: c, Jobs: jobs, Total: len(jobs)}, document})
}

func greenhouse(rw http.ResponseWriter, _ *http.Request, jobs []vacancy) {
	list := []map[string]any{}
	for _, v := range jobs {
		list = append(list, map[string]any{
			"id": v.ID, "internal_job_id": v.ID + 70000, "title": v.Title, "requisition_id": fmt.Sprintf("R-%d", v.ID),
			"absolute_url": fmt.Sprintf("https://boards.greenhouse.io/haina/jobs/%d", v.ID), "location": map[string]string{"name": v.Place},
			"first_published": v.Opened.Format(time.RFC3339), "updated_at": v.Opened.AddDate(0, 0, 1).Format(time.RFC3339),
			"metadata": nil, "departments": []map[string]any{{"id": 1, "name": v.Department}},
		})
	}
	sendJSON(rw, map[string]any{"jobs": list, "meta": map[string]int{"total": len(list)}})
}

func lever(rw http.ResponseWriter, _ *http.Request, jobs []vacancy) {
	list := []map[string]any{}
	for _, v := range jobs {
		id := fmt.Sprintf("5f0c9e1a-0000-4000-8000-%012d", v.ID)
		list = append(list, map[string]any{
			"id": id, "text": v.Title, "createdAt": v.Millis(), "hostedUrl": "https://jobs.lever.co/nordvind/" + id,
			"applyUrl":   "https://jobs.lever.co/nordvind/" + id + "/apply",
			"categories": map[string]string{"location": v.Place, "team": v.Department, "commitment": "Full-time"}, "workplaceType": "onsite",
		})
	}
	sendJSON(rw, list)
}

func jobFeed(rw http.ResponseWriter, r *http.Request, c customer, jobs []vacancy) {
	feed := rss{Version: "2.0", Channel: channel{Title: c.name + "招聘", Link: "http://" + r.Host + "/jobs/"}}
	for _, v := range jobs {
		link := fmt.Sprintf("http://%s/jobs/%d.html", r.Host, v.ID)
		feed.Channel.Items = append(feed.Channel.Items, feedItem{
			Title: v.Title, Link: link, GUID: link, Published: v.Opened.Format(time.RFC1123Z),
			Description: fmt.Sprintf("工作地点：%s；招聘部门：%s；招聘人数：%d", v.Place, v.Department, v.Heads),
		})
	}
	sendFeed(rw, feed)
}

type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Channel channel  `xml:"channel"`
}

type channel struct {
	Title string     `xml:"title"`
	Link  string     `xml:"link"`
	Items []feedItem `xml:"item"`
}

type feedItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	Published   string `xml:"pubDate"`
	Category    string `xml:"category,omitempty"`
	Description string `xml:"description"`
}

func sendFeed(rw http.ResponseWriter, feed rss) {
	body, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	_, _ = rw.Write(append([]byte(xml.Header), body...))
}

func sendJSON(rw http.ResponseWriter, document any) {
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(rw).Encode(document)
}

// pageNumber reads a page number, 1 where there is none.
func pageNumber(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 1
	}
	return n
}
