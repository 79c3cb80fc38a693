package systems

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// feed is an XML export of a system: one element a job, its fields as child elements.
type feed struct {
	Marks []string // texts of which one stands in every such feed
	Root  []string // local names of the root: where it holds no Item, the list is empty
	Item  []string // local names of a job's element

	Title, ID, Place, Link, Published, Updated []string // local names of child elements
}

// maxItems bounds what is read of an endless feed.
const maxItems = 20_000

func (f *feed) read(system string, d *page.Document) (page.Result, bool) {
	if !hasMark(d, f.Marks) {
		return page.Result{}, false
	}
	items, root, whole := f.items(d.Text)
	var seen jsonlist.Seen
	for _, item := range items {
		if p, ok := f.posting(d, item); ok {
			seen.Add(p)
		}
	}
	res := page.Result{Form: page.FormFeed, Extractor: system + "-xml", Postings: seen.Postings, Why: fmt.Sprintf("a feed of %s with %d jobs", system, len(items))}
	switch {
	case len(seen.Postings) > 0:
		res.Outcome = signals.OutcomeOK
	case len(items) == 0 && whole && slices.Contains(f.Root, root):
		res.Outcome = signals.OutcomeEmpty
		res.Why = "a feed of " + system + " without any job"
	default:
		return page.Result{}, false
	}
	return res, true
}

func (f *feed) posting(d *page.Document, item map[string]string) (signals.Posting, bool) {
	p := signals.Posting{Title: jsonlist.Readable(first(item, f.Title)), ID: first(item, f.ID), Place: jsonlist.Readable(first(item, f.Place))}
	if p.Title == "" {
		return p, false
	}
	if link := first(item, f.Link); link != "" {
		p.URL = d.Resolve(link)
	}
	fields := map[string]any{"published": first(item, f.Published), "updated": first(item, f.Updated)}
	p.Posted, p.Basis = calendar{zone: time.UTC, at: d.At}.dayOf(fields, []string{"published"}, []string{"updated"})
	return p, true
}

func first(item map[string]string, names []string) string {
	for _, n := range names {
		if t := dom.Clean(item[n]); t != "" {
			return t
		}
	}
	return ""
}

// items are the fields of each job element by their local names, the root's local name, and
// whether the feed was read to its end.
func (f *feed) items(text []byte) ([]map[string]string, string, bool) {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = sameBytes
	dec.Entity = xml.HTMLEntity
	var (
		items []map[string]string
		root  string
		item  map[string]string
		depth int // below the item
		field string
		value strings.Builder
	)
	for len(items) < maxItems {
		token, err := dec.Token()
		if err != nil {
			return items, root, err.Error() == "EOF"
		}
		switch t := token.(type) {
		case xml.StartElement:
			if root == "" {
				root = t.Name.Local
			}
			if item == nil && slices.Contains(f.Item, t.Name.Local) {
				item, depth = attributes(t), 0
				continue
			}
			if item == nil {
				continue
			}
			if depth++; depth == 1 {
				field = t.Name.Local
				value.Reset()
			}
		case xml.CharData:
			if item != nil && depth >= 1 && value.Len() < 4000 {
				value.Write(t)
				value.WriteByte(' ')
			}
		case xml.EndElement:
			if item == nil {
				continue
			}
			if depth == 0 {
				items, item = append(items, item), nil
				continue
			}
			if depth--; depth == 0 && item[field] == "" {
				item[field] = strings.TrimSpace(value.String())
			}
		}
	}
	return items, root, false
}

func attributes(t xml.StartElement) map[string]string {
	m := map[string]string{}
	for _, a := range t.Attr {
		m["@"+a.Name.Local] = a.Value
	}
	return m
}
