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

// barringWords are how words that bar links are written: the end that they share, by whose
// last byte they are looked for, and the spellings. A w is rare, which makes that fast.
var barringWords = []struct {
	end       string
	spellings [][]byte
}{
	{"ollow", [][]byte{[]byte("nofollow"), []byte("NoFollow"), []byte("Nofollow")}},
	{"OLLOW", [][]byte{[]byte("NOFOLLOW")}},
}

var noneWords = [][]byte{[]byte(`"none"`), []byte("'none'")}

// appendTagsThatMayBar appends the tags of a page in which such a word stands: a page is full
// of links, few of which have one, and is not taken apart for those.
func appendTagsThatMayBar(tags, body []byte) []byte {
	for _, word := range barringWords {
		tags = appendTags(tags, body, func(rest []byte) int { return endingIn(rest, word.end, word.spellings) })
	}
	for _, word := range noneWords {
		tags = appendTags(tags, body, func(rest []byte) int { return bytes.Index(rest, word) })
	}
	return tags
}

// appendTags appends the tags in which find finds something: where it begins, -1 for nowhere.
func appendTags(tags, body []byte, find func(rest []byte) int) []byte {
	for from := 0; ; {
		at := find(body[from:])
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

// endingIn is where the first of some words that share their end begins, -1 for nowhere.
func endingIn(text []byte, end string, words [][]byte) int {
	last, before := end[len(end)-1], end[len(end)-2]
	for from := 0; ; {
		n := bytes.IndexByte(text[from:], last)
		if n < 0 {
			return -1
		}
		from += n + 1
		if from < len(end) || text[from-2] != before {
			continue
		}
		for _, word := range words {
			if bytes.HasSuffix(text[:from], word) {
				return from - len(word)
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
