package formats

import (
	"strings"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readFeed reads RSS (0.9, 1.0, 2.0) and Atom. A feed of anything else has few titles that
// state a notice, and is none of ours.
func readFeed(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatXML {
		return Answer{}, false
	}
	root := parseXML(d.Text)
	if root == nil || (root.name != "rss" && root.name != "feed" && root.name != "RDF") {
		return Answer{}, false
	}
	entries := root.all("item")
	if root.name == "feed" {
		entries = root.all("entry")
	}
	channel := kind.Of(firstOf(root.find("channel").value("title"), root.value("title")))
	a := Answer{Form: page.FormFeed}
	stated := 0
	for _, e := range entries {
		n, ok := feedNotice(d, e, channel)
		if !ok {
			continue
		}
		if kind.Certain(n.Title) || n.ProjectNo != "" || n.Buyer != "" {
			stated++
		}
		a.Notices = append(a.Notices, n)
	}
	if stated*2 < len(a.Notices) && (channel == "" || stated*4 < len(a.Notices)) {
		return Answer{}, false
	}
	if next := root.linkTo("next"); next != "" {
		a.Next = &page.Request{URL: d.Resolve(next)}
	}
	return a, true
}

func (n *node) linkTo(rel string) string {
	for _, l := range n.all("link") {
		if l.attr("rel") == rel {
			return l.attr("href")
		}
	}
	return ""
}

func feedNotice(d *page.Document, e *node, channel signals.NoticeType) (signals.Notice, bool) {
	n := signals.Notice{
		ID: firstOf(e.value("guid"), e.value("id")), Title: dom.Clean(html.UnescapeString(e.value("title"))),
		URL: d.Resolve(firstOf(e.value("link"), e.linkTo("alternate"), e.find("link").attr("href"))), Buyer: party.Clean(firstOf(e.value("author", "name"), e.value("creator"))),
	}
	for _, key := range []string{"pubDate", "published", "date", "issued", "updated"} {
		if n.Published == nil {
			n.Published = feedDay(e.value(key), d)
		}
	}
	text := firstOf(e.value("description"), e.value("summary"), e.value("encoded"), e.value("content"))
	if strings.Contains(text, "<") {
		text = dom.Text(dom.Parse([]byte(text)))
	}
	n.Summary = shorten(text)
	fromPairs(&n, sheet.Pairs(text), d.At)
	n.Type = firstType(kind.Of(n.Title), kind.OfCategory(e.value("category")), channel, signals.NoticeTender)
	return n, n.Title != ""
}

// feedDay reads the dates of RFC 822 and ISO 8601.
func feedDay(s string, d *page.Document) *signals.Date { return day(s, d.At) }
