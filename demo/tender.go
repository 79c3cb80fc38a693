package demo

import (
	"fmt"
	"net/http"
	"time"
)

// path is where a tender site's list is.
func (s tenderSite) path() string {
	return [...]string{"/cggg/index.htm", "/information/pubTradingInfo/getTradList?page=1&size=20", "/zbgg/list.asp?page=1", "/feed/zbgg.xml"}[s]
}

// id is the site's target id.
func (s tenderSite) id() string {
	return [...]string{"T-cggg", "T-ggzy", "T-province", "T-feed"}[s]
}

// noticePage is the data of a page of a notice list.
type noticePage struct {
	Notices []notice
	Total   int
	Page    int
	Pages   int
}

// tenderBoard answers for a tender site.
func (w *World) tenderBoard(s tenderSite) http.Handler {
	mux := http.NewServeMux()
	switch s {
	case boardHTML:
		mux.HandleFunc("GET /cggg/{file}", w.boardList)
		mux.HandleFunc("GET /cggg/dfgg/{id}", w.boardDetail(w.pages.html))
	case boardJSON:
		mux.HandleFunc("GET /information/pubTradingInfo/getTradList", w.tradeList)
		mux.HandleFunc("GET /information/deal/{id}", w.boardDetail(w.pages.html))
	case boardGBK:
		mux.HandleFunc("GET /zbgg/list.asp", w.provinceList)
		mux.HandleFunc("GET /zbgg/show/{id}", w.boardDetail(w.pages.gbk))
	default:
		mux.HandleFunc("GET /feed/zbgg.xml", w.noticeFeed)
		mux.HandleFunc("GET /feed/{id}", w.boardDetail(w.pages.html))
	}
	return mux
}

// noticesOf is what a site shows at this moment.
func (w *World) noticesOf(s tenderSite) []notice {
	var own []notice
	for _, n := range noticesAt(w.now, w.Now()) {
		if n.Site == s {
			own = append(own, n)
		}
	}
	return own
}

func (w *World) boardList(rw http.ResponseWriter, r *http.Request) {
	const size = 20
	page := 0
	if r.PathValue("file") != "index.htm" {
		if _, err := fmt.Sscanf(r.PathValue("file"), "index_%d.htm", &page); err != nil {
			http.NotFound(rw, r)
			return
		}
	}
	all := w.noticesOf(boardHTML)
	w.pages.html(rw, "board.html", noticePage{pageOf(all, page+1, size), len(all), page, pagesOf(len(all), size)})
}

func (w *World) provinceList(rw http.ResponseWriter, r *http.Request) {
	const size = 15
	all := w.noticesOf(boardGBK)
	page := pageNumber(r.URL.Query().Get("page"))
	w.pages.gbk(rw, "province.html", noticePage{pageOf(all, page, size), len(all), page, pagesOf(len(all), size)})
}

func (w *World) tradeList(rw http.ResponseWriter, r *http.Request) {
	const size = 20
	all := w.noticesOf(boardJSON)
	page := pageNumber(r.URL.Query().Get("page"))
	records := []map[string]any{}
	for _, n := range pageOf(all, page, size) {
		records = append(records, map[string]any{
			"id": fmt.Sprintf("%d", n.ID), "title": n.Title, "publishTime": n.Published.Format(time.DateTime), "informationTypeText": n.Category(),
			"provinceText": n.Region, "businessTypeText": "政府采购", "transactionSourcesPlatformText": "公共资源交易平台",
			"url": fmt.Sprintf("/information/deal/%d.html", n.ID),
		})
	}
	sendJSON(rw, map[string]any{"code": 200, "message": "success", "data": map[string]any{
		"records": records, "total": len(all), "size": size, "current": page, "pages": pagesOf(len(all), size),
	}})
}

func (w *World) noticeFeed(rw http.ResponseWriter, r *http.Request) {
	feed := rss{Version: "2.0", Channel: channel{Title: "招标采购公告", Link: "http://" + r.Host + "/"}}
	for _, n := range w.noticesOf(boardRSS) {
		link := fmt.Sprintf("http://%s/feed/%d.html", r.Host, n.ID)
		feed.Channel.Items = append(feed.Channel.Items, feedItem{
			Title: n.Title, Link: link, GUID: link, Published: n.Published.Format(time.RFC1123Z), Category: n.Category(),
			Description: fmt.Sprintf("采购人：%s；地区：%s", n.Buyer, n.Region),
		})
	}
	sendFeed(rw, feed)
}

// boardDetail shows one notice whole.
func (w *World) boardDetail(send func(http.ResponseWriter, string, any)) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		var id int
		if _, err := fmt.Sscanf(r.PathValue("id"), "%d.htm", &id); err != nil {
			http.NotFound(rw, r)
			return
		}
		for _, n := range noticesAt(w.now, w.Now()) {
			if n.ID == id {
				send(rw, "notice.html", n)
				return
			}
		}
		http.NotFound(rw, r)
	}
}
