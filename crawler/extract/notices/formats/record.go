package formats

import (
	"strings"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/detail"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// readRecord reads JSON that holds one notice with its text in HTML, as the interfaces of
// ccgp and cqgp and what crawlers save of them do. The record's own fields come before what
// the text says, except where the text knows more.
func readRecord(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatJSON {
		return Answer{}, false
	}
	o, body := recordWithText(d.JSON(), 0)
	if o == nil {
		return Answer{}, false
	}
	r := newRecord(o)
	n, ok := recordNotice(d, r)
	if !ok {
		return Answer{}, false
	}
	found := detail.Read(detail.Source{Root: dom.Parse([]byte(body)), URL: firstOf(n.URL, d.URL), Title: n.Title, Category: r.text(fieldType), At: d.At})
	if found.Facts < 2 && !found.TypeStated && kind.Of(n.Title) == "" {
		return Answer{}, false
	}
	merge(&n, found)
	return Answer{Form: page.FormDetail, Notices: []signals.Notice{n}, Text: found.Text}, true
}

// minBody is the length of the shortest text of a notice, in bytes.
const minBody = 60

// recordWithText finds the object that holds a title and a text in HTML.
func recordWithText(v any, depth int) (object, string) {
	if depth > 4 {
		return nil, ""
	}
	switch x := v.(type) {
	case object:
		r := newRecord(x)
		if body := bodyOf(r); body != "" && r.title() != "" {
			return x, body
		}
		for _, key := range sortedKeys(x) {
			if o, body := recordWithText(x[key], depth+1); o != nil {
				return o, body
			}
		}
	case []any:
		if len(x) == 1 {
			return recordWithText(x[0], depth+1)
		}
	}
	return nil, ""
}

func bodyOf(r record) string {
	for _, name := range names[fieldHTML] {
		s, ok := r.values[name].(string)
		if !ok || len(s) < minBody {
			continue
		}
		if strings.Contains(s, "</") || strings.Contains(s, "<br") || strings.Contains(s, "<BR") {
			return s
		}
		if strings.Count(s, "：") >= 3 {
			return strings.ReplaceAll(s, "\n", "<br>")
		}
	}
	return ""
}

// merge adds what the text says to what the record says.
func merge(n *signals.Notice, f detail.Found) {
	t := f.Notice
	n.Title = firstOf(n.Title, t.Title)
	n.Buyer, n.Agency = firstOf(n.Buyer, t.Buyer), firstOf(n.Agency, t.Agency)
	n.Region, n.ProjectNo = firstOf(n.Region, t.Region), firstOf(n.ProjectNo, t.ProjectNo)
	if len(n.Winners) == 0 {
		n.Winners = t.Winners
	}
	if n.Amount == nil {
		n.Amount, n.Currency = t.Amount, t.Currency
	}
	if n.Published == nil {
		n.Published = t.Published
	}
	if n.Deadline == nil {
		n.Deadline = t.Deadline
	}
	n.Type = t.Type
	n.Lots, n.Categories = t.Lots, t.Categories
	n.Summary = firstOf(t.Summary, n.Summary)
	if n.Type == signals.NoticeTermination || (f.Failed && n.Type == signals.NoticeAward) {
		n.Winners = nil
	}
}
