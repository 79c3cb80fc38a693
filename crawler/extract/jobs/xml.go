package jobs

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/induce"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// entry is an item of a feed, or an address of a site map.
type entry struct {
	title, link, id, published, updated, place string
}

// maxEntries bounds what is read of an endless feed.
const maxEntries = 20_000

// readXML reads RSS, Atom, site maps, and exports of one element a job.
func readXML(d *page.Document) page.Result {
	root, entries, ok := entriesOf(d.Text)
	if !ok && len(entries) == 0 {
		return nothing(d, false)
	}
	if root == "urlset" {
		return readSitemap(d, entries)
	}
	return readFeed(d, root, entries)
}

func readFeed(d *page.Document, root string, entries []entry) page.Result {
	about := strings.ToLower(d.URL + " " + channelTitle(d.Text))
	var all []signals.Posting
	like := 0
	for _, e := range entries {
		p := signals.Posting{Title: induce.CleanTitle(e.title), Place: e.place}
		if p.Title == "" {
			continue
		}
		if e.link != "" {
			p.URL = d.Resolve(e.link)
		}
		setDate(&p, e, d)
		if words.LooksTitle(p.Title) == words.Title {
			like++
		}
		all = append(all, p)
	}
	ours := strings.Contains(about, "job") || strings.Contains(about, "career") || strings.Contains(about, "vacanc") || strings.Contains(about, "招聘") || strings.Contains(about, "position") || root == "jobs" || root == "source"
	if len(all) == 0 && ours && root != "" {
		return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormFeed, Extractor: byFeed, Why: "a feed of jobs without any entry"}
	}
	if len(all) == 0 || like*2 < len(all) && !(ours && like*4 >= len(all)) {
		return page.Result{Outcome: signals.OutcomeNotRelevant, Why: fmt.Sprintf("a feed of %d entries, of which %d read like jobs", len(all), like)}
	}
	return page.Result{Outcome: signals.OutcomeOK, Form: page.FormFeed, Extractor: byFeed, Postings: induce.Distinct(all), Why: fmt.Sprintf("a feed of %d entries, of which %d read like jobs", len(all), like)}
}

func setDate(p *signals.Posting, e entry, d *page.Document) {
	if found, ok := dates.Parse(e.published, d.At); ok {
		p.Posted, p.Basis = &found.Date, signals.DatePublished
		return
	}
	if found, ok := dates.Parse(e.updated, d.At); ok {
		p.Posted, p.Basis = &found.Date, signals.DateUpdated
	}
}

// readSitemap takes the addresses of single jobs; their titles are what the addresses say.
func readSitemap(d *page.Document, entries []entry) page.Result {
	var all []signals.Posting
	for _, e := range entries {
		if !induce.LeadsToJob(e.link) {
			continue
		}
		p := signals.Posting{URL: e.link, Title: titleOfAddress(e.link)}
		if p.Title == "" {
			continue
		}
		if found, ok := dates.Parse(e.updated, d.At); ok {
			p.Posted, p.Basis = &found.Date, signals.DateUpdated
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		return page.Result{Outcome: signals.OutcomeNotRelevant, Why: fmt.Sprintf("a site map of %d addresses, none of them of a job", len(entries))}
	}
	return page.Result{Outcome: signals.OutcomeOK, Form: page.FormFeed, Extractor: bySitemap, Postings: induce.Distinct(all), Why: fmt.Sprintf("a site map with %d addresses of jobs", len(all))}
}

// titleOfAddress makes words of the last part of an address that is more than a number.
func titleOfAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i := len(parts) - 1; i >= 0; i-- {
		slug := strings.TrimSuffix(strings.TrimSuffix(parts[i], ".html"), ".htm")
		if strings.IndexFunc(slug, unicode.IsLetter) < 0 {
			continue
		}
		fields := strings.FieldsFunc(slug, func(r rune) bool { return r == '-' || r == '_' || r == '+' })
		for n, w := range fields {
			fields[n] = strings.ToUpper(w[:1]) + w[1:]
		}
		return strings.Join(fields, " ")
	}
	return address
}

// channelTitle is the first title of a feed, which is the feed's own.
func channelTitle(text []byte) string {
	i := bytes.Index(text, []byte("<title>"))
	if i < 0 {
		return ""
	}
	rest := text[i+7:]
	end := bytes.Index(rest, []byte("</title>"))
	if end < 0 || end > 300 {
		return ""
	}
	return string(rest[:end])
}

// entriesOf reads the items of any of the known forms of XML. ok is false where the text
// breaks off or is no XML.
func entriesOf(text []byte) (root string, out []entry, ok bool) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = asIs
	for len(out) < maxEntries {
		token, err := dec.Token()
		if err != nil {
			return root, out, err.Error() == "EOF"
		}
		start, is := token.(xml.StartElement)
		if !is {
			continue
		}
		if root == "" {
			root = start.Name.Local
			continue
		}
		switch start.Name.Local {
		case "item", "entry", "url", "job", "position", "vacancy", "JobPosting", "jobposting", "offer":
			e, err := readEntry(dec, start.Name.Local)
			if err != nil {
				return root, out, false
			}
			out = append(out, e)
		}
	}
	return root, out, true
}

// readEntry reads the child elements of one item.
func readEntry(dec *xml.Decoder, name string) (entry, error) {
	var e entry
	path, depth := "", 0
	for {
		token, err := dec.Token()
		if err != nil {
			return e, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if depth == 1 {
				path = strings.ToLower(t.Name.Local)
				if path == "link" {
					e.setLink(t)
				}
			}
		case xml.EndElement:
			if depth == 0 && t.Name.Local == name {
				return e, nil
			}
			depth--
		case xml.CharData:
			if depth == 1 {
				e.set(path, dom.Clean(string(t)))
			}
		}
	}
}

// setLink takes the address of Atom's <link href rel>.
func (e *entry) setLink(t xml.StartElement) {
	rel, href := "", ""
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "rel":
			rel = a.Value
		case "href":
			href = a.Value
		}
	}
	if href != "" && (e.link == "" || rel == "alternate") && rel != "self" {
		e.link = href
	}
}

func (e *entry) set(field, value string) {
	if value == "" {
		return
	}
	var into *string
	switch field {
	case "title", "jobtitle", "name", "positionname":
		into = &e.title
	case "link", "loc", "url", "apply_url", "joburl":
		into = &e.link
	case "guid", "id", "referencenumber":
		into = &e.id
	case "pubdate", "published", "date", "dateposted", "publicationdate", "posted":
		into = &e.published
	case "updated", "lastmod", "modified":
		into = &e.updated
	case "location", "city":
		into = &e.place
	default:
		return
	}
	if *into == "" {
		*into = value
	}
}
