package formats

import (
	"encoding/json"
	"math"
	"strings"

	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/page"
	"dealvitals/crawler/extract/paging"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/signals"
)

// readJSONList reads any JSON with a list of notices: the interfaces of ggzy, cebpub,
// operators and boards, and what crawlers save. The list is the one with the most records
// that read as notices.
func readJSONList(d *page.Document) (Answer, bool) {
	if d.Format != page.FormatJSON {
		return Answer{}, false
	}
	f := finder{}
	f.look(d.JSON(), nil, 0)
	if f.best == nil {
		return emptyList(d)
	}
	a := Answer{Form: page.FormAPI}
	for _, o := range f.best {
		if n, ok := recordNotice(d, newRecord(o)); ok {
			a.Notices = append(a.Notices, n)
		}
	}
	a.Total = statedTotal(f.holders)
	a.More = paging.GoesOn(f.holders)
	switch {
	case a.Total != nil && (*a.Total > len(f.best) || a.More == ""):
		a.Next = paging.NextByQuery(d.URL, len(f.best), *a.Total)
	case a.More != "":
		a.Total = nil // it counts what is shown
		a.Next = paging.NextByQuery(d.URL, len(f.best), math.MaxInt)
	}
	if a.Next != nil || a.Total != nil {
		a.More = ""
	}
	return a, len(a.Notices) > 0
}

// tenderAddress are addresses of the interfaces of tender sites.
var tenderAddress = pattern.New(`(?i)ggzy|ccgp|zfcg|tender|bid|procure|purchas|notice|bulletin|tra(?:d|ns)|cggg|zbcg|caigou|zhaobiao|opportunit|contract|solicit|award|vergabe|search`)

// emptyList reads an answer that says with a total of 0 and an empty list that there is
// nothing.
func emptyList(d *page.Document) (Answer, bool) {
	if len(d.Text) > 20_000 || !tenderAddress.MatchString(d.URL) && !procurementKey.Match(d.Text) {
		return Answer{}, false
	}
	if !saysNothing(d.JSON(), 0) {
		return Answer{}, false
	}
	zero := 0
	return Answer{Form: page.FormAPI, Total: &zero}, true
}

func saysNothing(v any, depth int) bool {
	o, ok := v.(object)
	if !ok || depth > 4 {
		return false
	}
	total := statedTotal([]object{o})
	for _, key := range sortedKeys(o) {
		if l, isList := o[key].([]any); isList && len(l) == 0 && total != nil && *total == 0 {
			return true
		}
		if saysNothing(o[key], depth+1) {
			return true
		}
	}
	return false
}

// finder walks a value for lists of records.
type finder struct {
	best    []object
	holders []object // the objects around the best list, the nearest last
	score   int
	seen    int
}

// Bounds of the walk.
const (
	maxJSONDepth = 9
	maxValues    = 400_000
)

func (f *finder) look(v any, around []object, depth int) {
	if f.seen++; depth > maxJSONDepth || f.seen > maxValues {
		return
	}
	switch x := v.(type) {
	case string:
		f.look(inner(x), around, depth+1)
	case object:
		for _, key := range sortedKeys(x) {
			f.look(x[key], append(around[:len(around):len(around)], x), depth+1)
		}
	case []any:
		if rows, score := noticeRows(x); score > f.score {
			f.best, f.score, f.holders = rows, score, around
		}
		for _, e := range x[:min(len(x), 50)] {
			f.look(e, around, depth+1)
		}
	}
}

// inner is JSON that an interface sent as text inside of its JSON, nil where it is none.
func inner(s string) any {
	if len(s) < 40 || s[0] != '{' && s[0] != '[' {
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return nil
	}
	return v
}

// noticeRows are the records of a list and how many of them read as notices; 0 where fewer
// than half do.
func noticeRows(list []any) ([]object, int) {
	var rows []object
	hits := 0
	for _, e := range list {
		o := unwrap(e)
		if o == nil {
			continue
		}
		rows = append(rows, o)
		if hits < 40 && len(rows) > 60 {
			continue
		}
		if noticeLike(newRecord(o)) {
			hits++
		}
	}
	looked := min(len(rows), 60)
	if hits == 0 || hits*2 < looked {
		return nil, 0
	}
	return rows, hits + len(rows)
}

// unwrap is the record of a list's element: search engines put it into _source or item.
func unwrap(e any) object {
	o, ok := e.(object)
	if !ok {
		return nil
	}
	for _, key := range []string{"_source", "item", "fields", "node", "attributes"} {
		if inner, ok := o[key].(object); ok && len(inner) > 2 {
			return inner
		}
	}
	return o
}

// procurementKey are the keys that only records of procurement have.
var procurementKey = pattern.New(`tender|bid|procure|purchas|solicit|budget|winner|award|buyer|notice|rfp|cpv|naics|contract|announce|bulletin|招标|采购|中标|预算|公告|authority|agency|closing|agent|acheteur|avis|titulaire|licitac|orgao|edital|pncp|ntce|dminstt|aanbesteding|opdrachtgever|proceso|procedimiento|preciobase|publicatie|sluitings|adjudica`)

// jobKey are the keys of records of jobs, which are lists of titled things, too.
var jobKey = pattern.New(`salary|jobtitle|recruit|workyear|education|positionname|xinzi|职位|薪资|jobcategory|workplace|hiring|headcount`)

var germanCall = pattern.New(`Vergabestelle|Angebotsfrist|Ausschreibung`)

// noticeLike tells whether a record reads as a notice: by its title, or by its keys.
func noticeLike(r record) bool {
	title := r.title()
	if len([]rune(title)) < 4 || landOrNews.MatchString(title) {
		return false
	}
	keys := 0
	for k := range r.values {
		if jobKey.MatchString(k) {
			return false
		}
		if procurementKey.MatchString(k) {
			keys++
		}
	}
	stated := kind.Certain(title) || kind.Of(title) == signals.NoticeOther || germanCall.MatchString(title) || kind.OfCategory(r.text(fieldType)) != ""
	extra := r.text(fieldPublished) != "" || r.text(fieldURL) != "" || r.text(fieldNumber) != "" || r.text(fieldBuyer) != ""
	return stated && (extra || keys > 0) || keys >= 3 && extra
}

var landOrNews = pattern.New(`^(?:关于印发|.{0,30}召开|.{0,20}会议纪要)`)

// statedTotal is the number of records that an object around the list states.
func statedTotal(around []object) *int {
	for i := len(around) - 1; i >= 0; i-- {
		for _, key := range []string{"total", "totalCount", "totalRecords", "totalcount", "totalNoticeCount", "recordsTotal", "totalElements", "totalRow", "totalSize", "total_count", "count", "totalHits", "records_total", "rowCount", "ttlrow"} {
			if v, ok := around[i][key]; ok {
				if _, isList := v.([]any); isList {
					continue
				}
				if n := whole(v); n != nil {
					return n
				}
			}
		}
	}
	return nil
}
