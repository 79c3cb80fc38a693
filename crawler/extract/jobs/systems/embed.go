package systems

import (
	"strings"

	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/pattern"
)

// linkShape is how pages lead to a system: a pattern whose submatches make the address of
// the public endpoint.
type linkShape struct {
	Mark    string           // a text that stands in every page that the pattern can match
	Pattern *pattern.Pattern // of the page's text
	URL     string           // with $1, $2 for the submatches
	Method  string
	Body    string
	// Certain: the page only loads the list by script (a container, a loader), so that it
	// holds none itself.
	Certain bool
}

// embedding is a system that a page leads to.
type embedding struct {
	system  string
	request *page.Request
	certain bool
}

// embeddedIn finds the first system that the page embeds for certain, else the first that
// it leads to.
func embeddedIn(d *page.Document, all []System) (embedding, bool) {
	if d.Format != page.FormatHTML {
		return embedding{}, false
	}
	var found embedding
	for i := range all {
		for j := range all[i].Link {
			link := &all[i].Link[j]
			if found.request != nil && !link.Certain {
				continue
			}
			if r := link.request(d); r != nil {
				found = embedding{system: all[i].Name, request: r, certain: link.Certain}
				if link.Certain {
					return found, true
				}
			}
		}
	}
	return found, found.request != nil
}

// notNames are first parts of a path or host that are no company's name.
var notNames = map[string]bool{"www": true, "embed": true, "api": true, "js": true, "assets": true, "static": true, "cdn": true, "app": true, "help": true, "support": true, "careers": true, "jobs": true, "get": true, "blog": true, "developers": true, "v1": true, "job": true}

func (l *linkShape) request(d *page.Document) *page.Request {
	if !d.Contains(l.Mark) {
		return nil
	}
	for _, m := range l.Pattern.FindAllSubmatch(d.Text, 8) {
		if len(m) > 1 && notNames[strings.ToLower(string(m[1]))] {
			continue
		}
		fill := func(s string) string {
			for i := len(m) - 1; i > 0; i-- {
				s = strings.ReplaceAll(s, "$"+string(rune('0'+i)), string(m[i]))
			}
			return s
		}
		r := &page.Request{URL: fill(l.URL), Method: l.Method, Body: fill(l.Body)}
		if r.Body != "" {
			r.ContentType = "application/json"
		}
		return r
	}
	return nil
}
