package crawler

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
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
	tags  []byte // memory for those of the page being read
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

// learn reads from a page which of the links that a run would follow are not to be
// followed, notes and returns them. Only documents have links: the pages of an interface
// are asked for by number.
func (b *barred) learn(got *answer, follow []string) []string {
	if len(follow) == 0 || got.status != http.StatusOK || !isDocument(got) {
		return nil
	}
	page := pageLinks{page: got.url, all: noFollow(strings.Join(got.header.Values("X-Robots-Tag"), ","))}
	if !page.all {
		hint := pageLinks{page: got.url}
		b.tags = appendTagsThatMayBar(b.tags[:0], got.body)
		hint.read(b.tags)
		if !hint.all && len(hint.among(follow)) == 0 {
			return nil
		}
	}
	page.read(got.body)
	learnt := page.among(follow)
	b.add(learnt)
	return learnt
}

// add notes links that are not to be followed.
func (b *barred) add(links []string) {
	for _, link := range links {
		b.links[link] = true
	}
}

// barringWord is a word of which no tag that bars links is free: nofollow itself, or who a
// robots meta tag speaks to, as its rule may be "none". All its spellings have one byte at
// the same place, by which they are looked for: a rare one makes that fast.
type barringWord struct {
	rare      byte
	at        int
	spellings []string
}

var barringWords = []barringWord{
	{'w', len("nofollow") - 1, []string{"nofollow", "NoFollow", "Nofollow"}},
	{'W', len("nofollow") - 1, []string{"NOFOLLOW"}},
	{'b', len("ro"), []string{"robots", "Robots"}},
	{'B', len("ro"), []string{"ROBOTS"}},
	{'v', len("deal"), []string{product, "Dealvitals"}},
	{'V', len("deal"), []string{"DealVitals", "DEALVITALS"}},
}

// appendTagsThatMayBar appends the tags of a page in which such a word stands: a page is full
// of links, few of which have one, and is not taken apart for those.
func appendTagsThatMayBar(tags, body []byte) []byte {
	for i := range barringWords {
		tags = appendTags(tags, body, &barringWords[i])
	}
	return tags
}

func appendTags(tags, body []byte, word *barringWord) []byte {
	for from := 0; ; {
		at := word.in(body[from:])
		if at < 0 {
			return tags
		}
		at += from
		end := len(body)
		if n := bytes.IndexByte(body[at:], '<'); n >= 0 {
			end = at + n
		}
		if start := bytes.LastIndexByte(body[from:at], '<'); start >= 0 {
			tags = append(tags, body[from+start:end]...)
		}
		from = end
	}
}

// in is where the word stands first in a text, -1 for nowhere.
func (w *barringWord) in(text []byte) int {
	for from := 0; ; {
		n := bytes.IndexByte(text[from:], w.rare)
		if n < 0 {
			return -1
		}
		start := from + n - w.at
		from += n + 1
		for _, word := range w.spellings {
			if start >= 0 && start+len(word) <= len(text) && string(text[start:start+len(word)]) == word {
				return start
			}
		}
	}
}

// pageLinks are the links of one page.
type pageLinks struct {
	page           *url.URL
	all            bool     // the header or a meta tag bars them all
	barred, others []string // as they stand in the page
}

func (p *pageLinks) read(text []byte) {
	z := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			p.tag(z)
		}
	}
}

// among are those of some links that are not to be followed.
func (p *pageLinks) among(links []string) []string {
	asking := p.barred
	if p.all {
		asking = slices.Concat(p.barred, p.others)
	}
	bars := make(map[string]bool, len(links))
	for _, ref := range asking {
		if to, ok := extract.Join(p.page, ref); ok && slices.Contains(links, to) {
			bars[to] = true
		}
	}
	var found []string
	for _, link := range links {
		if bars[link] {
			found = append(found, link)
		}
	}
	return found
}

func isDocument(got *answer) bool {
	if strings.Contains(got.header.Get("Content-Type"), "html") {
		return true
	}
	return bytes.HasPrefix(bytes.TrimLeft(got.body[:min(len(got.body), 64)], " \t\r\n\ufeff"), []byte("<"))
}

func (p *pageLinks) tag(z *html.Tokenizer) {
	name, more := z.TagName()
	kind := string(name)
	if kind != "a" && kind != "link" && kind != "area" && kind != "meta" {
		return
	}
	var said, content, href, rel string
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "name":
			said = string(value)
		case "content":
			content = string(value)
		case "href":
			href = strings.TrimSpace(string(value))
		case "rel":
			rel = string(value)
		}
	}
	switch {
	case kind == "meta":
		agent := strings.ToLower(strings.TrimSpace(said))
		p.all = p.all || (agent == "robots" || agent == product) && noFollow(content)
	case rel == "nofollow" || noFollow(rel):
		p.barred = append(p.barred, href)
	default:
		p.others = append(p.others, href)
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
