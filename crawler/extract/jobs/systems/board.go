package systems

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/jsonlist"
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/paging"
	"dealvitals/signals"
)

// board is a JSON answer of a system: where its records stand and what their fields mean.
// Paths are those of package value; "*" steps through every element of an array.
type board struct {
	Hosts []string // endings of the host names that give it; they only make recognition surer
	// Path is a part of the address (in lower case) without which the host alone says
	// nothing: other answers of it look the same. Optional.
	Path  string
	Items []string // paths to the array of records; "" is the document itself
	// Shape is what tells the answer without its address: each record has, of each entry,
	// one of the keys separated by "|".
	Shape []string
	// Answer is what the document has besides, in the same writing; optional.
	Answer []string

	Title, ID, Place, Link []string // paths in a record; the first that holds a text is taken
	Published, Updated     []string // paths to dates by their meaning
	Total                  []string // paths to the number of all records
	Headcount              string

	// Closed tells a record that the answer holds but that is not open. Optional.
	Closed func(record any) bool
	// Address makes the link of a record where Link gives none. Optional.
	Address func(d *page.Document, record any) string
	// Next makes the request behind this page; got is the number of records on it. Optional:
	// without it, page and offset parameters of the address are moved on.
	Next func(d *page.Document, answer any, got, total int) *page.Request
	// Zone of epochs; nil tells it by the language of the titles.
	Zone *time.Location
}

func (b *board) read(system string, d *page.Document) (page.Result, bool) {
	v := d.JSON()
	if v == nil {
		return page.Result{}, false
	}
	return b.readValue(system, v, d)
}

// readValue reads an answer that may also stand inside a page.
func (b *board) readValue(system string, v any, d *page.Document) (page.Result, bool) {
	byHost := onHost(d, b.Hosts) && strings.Contains(strings.ToLower(d.URL), b.Path)
	if len(b.Answer) > 0 && !hasKeys(v, b.Answer) {
		return page.Result{}, false
	}
	records, found := b.records(v, byHost)
	if !found {
		return page.Result{}, false
	}
	if len(records) == 0 {
		return b.none(system, v, byHost)
	}
	c := calendar{zone: b.zone(records), order: orderIn(records), at: d.At}
	var seen jsonlist.Seen
	for _, r := range records {
		if p, ok := b.posting(d, r, c); ok {
			seen.Add(p)
		}
	}
	res := page.Result{Outcome: signals.OutcomeOK, Form: page.FormAPI, Extractor: system + "-api", Postings: seen.Postings,
		Why: fmt.Sprintf("an answer of %s with %d records", system, len(records))}
	if len(seen.Postings) == 0 {
		res.Outcome = signals.OutcomeEmpty
		res.Why = fmt.Sprintf("an answer of %s whose %d records are all closed", system, len(records))
		if !b.allClosed(records) {
			return page.Result{}, false
		}
	}
	count, stated := b.count(v)
	if stated {
		res.Total = jsonlist.Total(count)
	}
	if res.Total != nil && *res.Total < len(res.Postings) {
		res.Total = nil
	}
	n, _ := value.Int(count, "")
	res.Next = b.next(d, v, len(records), n)
	return res, true
}

func (b *board) next(d *page.Document, v any, got, total int) *page.Request {
	if b.Next != nil {
		return b.Next(d, v, got, total)
	}
	if total > got {
		return paging.NextByQuery(d.URL, got, total)
	}
	return nil
}

// none is the result of an answer without records: empty where the answer is the system's
// beyond doubt and states no other total.
func (b *board) none(system string, v any, byHost bool) (page.Result, bool) {
	if a := jsonlist.AnswerOf(v); a.Outcome != "" {
		return page.Result{}, false
	}
	count, stated := b.count(v)
	n, isNumber := value.Int(count, "")
	if stated && (!isNumber || n != 0) {
		return page.Result{}, false
	}
	if !byHost && !(len(b.Answer) > 0 && stated) {
		return page.Result{}, false
	}
	return page.Result{Outcome: signals.OutcomeEmpty, Form: page.FormAPI, Extractor: system + "-api", Why: "an answer of " + system + " without any job"}, true
}

func (b *board) count(v any) (any, bool) {
	for _, path := range b.Total {
		if c := value.At(v, path); c != nil {
			return c, true
		}
	}
	return nil, false
}

// records are those of the first path that leads to an array of the system's records;
// none, but found, where a path leads to an empty array only.
func (b *board) records(v any, byHost bool) ([]any, bool) {
	found := false
	for _, path := range b.Items {
		list, ok := collect(v, path)
		if !ok {
			continue
		}
		if len(list) > 0 && b.shaped(list, byHost) {
			return list, true
		}
		found = found || len(list) == 0
	}
	return nil, found
}

// collect follows a path with "*" for every element of an array.
func collect(v any, path string) ([]any, bool) {
	before, after, many := strings.Cut(path, "*")
	list, ok := value.At(v, strings.TrimSuffix(before, ".")).([]any)
	if !ok || !many {
		return list, ok
	}
	out := []any{}
	for _, item := range list {
		inner, ok := collect(item, strings.TrimPrefix(after, "."))
		if ok {
			out = append(out, inner...)
		}
	}
	return out, true
}

// shaped tells whether the records have the keys of the shape: nearly all of them, or, on
// the system's own host, a title at least.
func (b *board) shaped(records []any, byHost bool) bool {
	fit, titled := 0, 0
	for _, r := range records {
		if hasKeys(r, b.Shape) {
			fit++
		}
		if value.First(r, b.Title...) != "" {
			titled++
		}
	}
	if byHost {
		return titled > 0
	}
	return len(b.Shape) > 0 && titled > 0 && fit*10 >= len(records)*9
}

func hasKeys(v any, shape []string) bool {
	for _, keys := range shape {
		if !hasOneOf(v, keys) {
			return false
		}
	}
	return true
}

func hasOneOf(v any, keys string) bool {
	for path := range strings.SplitSeq(keys, "|") {
		parent, key := "", path
		if i := strings.LastIndexByte(path, '.'); i >= 0 {
			parent, key = path[:i], path[i+1:]
		}
		if value.Has(value.At(v, parent), key) {
			return true
		}
	}
	return false
}

func (b *board) zone(records []any) *time.Location {
	if b.Zone != nil {
		return b.Zone
	}
	var sample strings.Builder
	for _, r := range records[:min(len(records), 20)] {
		sample.WriteString(value.First(r, b.Title...))
	}
	return jsonlist.ZoneOf(sample.String())
}

func (b *board) allClosed(records []any) bool {
	if b.Closed == nil {
		return false
	}
	for _, r := range records {
		if !b.Closed(r) {
			return false
		}
	}
	return true
}

func (b *board) posting(d *page.Document, r any, c calendar) (signals.Posting, bool) {
	title := jsonlist.Readable(value.First(r, b.Title...))
	if title == "" || b.Closed != nil && b.Closed(r) {
		return signals.Posting{}, false
	}
	p := signals.Posting{Title: title, ID: value.First(r, b.ID...), Place: placeOf(r, b.Place), URL: b.address(d, r)}
	p.Posted, p.Basis = c.dayOf(r, b.Published, b.Updated)
	if n, ok := value.Int(r, b.Headcount); ok && b.Headcount != "" && n > 0 && n < 100_000 {
		p.Headcount = n
	}
	return p, true
}

func (b *board) address(d *page.Document, r any) string {
	if link := value.First(r, b.Link...); link != "" {
		return d.Resolve(link)
	}
	if b.Address != nil {
		return b.Address(d, r)
	}
	return ""
}

// placeOf is every place of the first path that holds one.
func placeOf(r any, paths []string) string {
	for _, path := range paths {
		if t := jsonlist.Place(value.At(r, path)); t != "" {
			return dom.Clean(t)
		}
	}
	return ""
}

// onHost tells whether the document's address is on one of the hosts, or below it.
func onHost(d *page.Document, hosts []string) bool {
	if d.URL == "" || len(hosts) == 0 {
		return false
	}
	u, err := url.Parse(d.URL)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	for _, h := range hosts {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}
