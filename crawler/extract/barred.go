package extract

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/robots"
)

// barringWords are what no page is free of that bars links by a tag: nofollow itself, or who
// a robots meta tag speaks to, as its rule may be "none".
var barringWords = []string{
	"nofollow", "NoFollow", "Nofollow", "noFollow", "NOFOLLOW", "robots", "Robots", "ROBOTS", robots.Product, "Dealvitals", "DealVitals", "DEALVITALS",
}

// barred are those of the addresses that a page leads on to which it asks crawlers not to
// follow: by X-Robots-Tag, by a robots meta tag, or by rel="nofollow". Only links are barred
// so, and only documents have them: what else is asked of an interface is no link.
func barred(d *page.Document, r *Result) []string {
	onward := onwardOf(r)
	all := robots.NoFollow(d.RobotsTag)
	if d.Format == page.FormatXML && all { // a feed is links and nothing else
		return onward
	}
	root := d.HTML()
	if root == nil || len(onward) == 0 || !all && !slices.ContainsFunc(barringWords, d.Contains) {
		return nil
	}
	all = all || dom.First(root, barsAll) != nil
	var found []string
	dom.Walk(root, func(n *html.Node) bool {
		if (n.DataAtom == atom.A || n.DataAtom == atom.Area || n.DataAtom == atom.Link) && (all || robots.NoFollow(dom.Attr(n, "rel"))) {
			if href := dom.Attr(n, "href"); href != "" {
				if to := d.Resolve(href); slices.Contains(onward, to) && !slices.Contains(found, to) {
					found = append(found, to)
				}
			}
		}
		return true
	})
	return found
}

// barsAll tells a meta tag by which a page asks that none of its links is followed.
func barsAll(n *html.Node) bool {
	if n.DataAtom != atom.Meta {
		return false
	}
	name := strings.ToLower(strings.TrimSpace(dom.Attr(n, "name")))
	return (name == "robots" || name == robots.Product) && robots.NoFollow(dom.Attr(n, "content"))
}

// onwardOf are the addresses that a page leads on to, each once.
func onwardOf(r *Result) []string {
	var all []string
	for _, next := range []*Request{r.Next, r.Instead} {
		if next != nil {
			all = append(all, next.URL)
		}
	}
	for i := range r.Notices {
		if address := r.Notices[i].URL; address != "" {
			all = append(all, address)
		}
	}
	return all
}
