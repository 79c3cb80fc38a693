package crawler

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"dealvitals/crawler/extract"
	"dealvitals/signals"

	"golang.org/x/net/html"
)

// barred are the links that the pages of a run ask not to be followed: by the header
// X-Robots-Tag, by <meta name="robots"> or by rel="nofollow". Requests that the target
// itself describes are not links.
type barred struct {
	own   *regexp.Regexp // addresses that the target describes
	links map[string]bool
}

func newBarred(t signals.Target) *barred {
	pattern := regexp.QuoteMeta(t.URL)
	for _, part := range []string{pagePart, offsetPart} {
		pattern = strings.ReplaceAll(pattern, regexp.QuoteMeta(part), "[0-9]+")
	}
	return &barred{own: regexp.MustCompile("^" + pattern + "$"), links: make(map[string]bool)}
}

// refuse says that a request follows a link that asks not to be followed.
func (b *barred) refuse(r extract.Request) error {
	if !b.links[r.URL] || r.Body != "" || b.own.MatchString(r.URL) {
		return nil
	}
	return denied("the page that links to it asks that its links are not followed (nofollow): if the site agrees, give the address with {page} in it, or this address, as the target's")
}

// learn reads from a page which of its links are not to be followed, and tells whether
// there are such. Only documents have links: the pages of an interface are asked for by
// number.
func (b *barred) learn(got *answer) bool {
	if got.status != http.StatusOK || !isDocument(got) {
		return false
	}
	all := noFollow(strings.Join(got.header.Values("X-Robots-Tag"), ","))
	if !all && !mayBar(got.body) {
		return false
	}
	page := pageLinks{page: got.url, all: all}
	z := html.NewTokenizer(bytes.NewReader(got.body))
	for more := true; more; {
		switch z.Next() {
		case html.ErrorToken:
			more = false
		case html.StartTagToken, html.SelfClosingTagToken:
			page.tag(z)
		}
	}
	found := page.barred
	if page.all {
		found = append(found, page.others...)
	}
	for _, link := range found {
		b.links[link] = true
	}
	return len(found) > 0
}

// pageLinks are the links of one page.
type pageLinks struct {
	page           *url.URL
	all            bool // it bars them all
	barred, others []string
}

func isDocument(got *answer) bool {
	if strings.Contains(got.header.Get("Content-Type"), "html") {
		return true
	}
	return bytes.HasPrefix(bytes.TrimLeft(got.body[:min(len(got.body), 64)], " \t\r\n\ufeff"), []byte("<"))
}

// mayBar tells cheaply whether a page can hold such a mark: nearly all have none.
func mayBar(body []byte) bool {
	for _, word := range []string{"nofollow", "NOFOLLOW", "NoFollow", "Nofollow", `"none"`, "'none'"} {
		if bytes.Contains(body, []byte(word)) {
			return true
		}
	}
	return false
}

func (p *pageLinks) tag(z *html.Tokenizer) {
	name, more := z.TagName()
	kind := string(name)
	if kind != "a" && kind != "link" && kind != "area" && kind != "meta" {
		return
	}
	attributes := make(map[string]string)
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		attributes[string(key)] = string(value)
	}
	if kind == "meta" {
		agent := strings.ToLower(strings.TrimSpace(attributes["name"]))
		p.all = p.all || (agent == "robots" || agent == product) && noFollow(attributes["content"])
		return
	}
	to, err := p.page.Parse(strings.TrimSpace(attributes["href"]))
	switch {
	case err != nil:
	case noFollow(attributes["rel"]):
		p.barred = append(p.barred, to.String())
	default:
		p.others = append(p.others, to.String())
	}
}

// noFollow reads the rules of X-Robots-Tag, of a robots meta tag or of rel. A rule for
// another crawler ("otherbot: nofollow") is none for us.
func noFollow(rules string) bool {
	agent := product
	for _, rule := range strings.FieldsFunc(strings.ToLower(rules), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		if name, rest, ok := strings.Cut(rule, ":"); ok && !strings.HasPrefix(rule, "unavailable_after") && !strings.HasPrefix(rule, "max-") {
			agent, rule = name, rest
		}
		if agent == product && (rule == "nofollow" || rule == "none") {
			return true
		}
	}
	return false
}
