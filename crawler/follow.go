package crawler

import (
	"regexp"
	"strings"

	"dealvitals/crawler/extract"
	"dealvitals/signals"
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

// add notes links that are not to be followed.
func (b *barred) add(links []string) {
	for _, link := range links {
		b.links[link] = true
	}
}
