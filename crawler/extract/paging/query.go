// Package paging tells the request of a list's next page from that of this one: by the page
// number or offset in its address or body. It is for answers that say how many records
// there are, but not where the next ones stand.
package paging

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"dealvitals/crawler/extract/page"
)

// The parameters of lists, as plain makes them.
var (
	pageParams   = []string{"page", "pageno", "pageindex", "pagenum", "pagenumber", "currentpage", "curpage", "current", "p", "pn", "pageid"}
	offsetParams = []string{"offset", "from", "start", "skip", "startrow", "firstresult", "startindex", "begin"}
	sizeParams   = []string{"limit", "size", "pagesize", "perpage", "rows", "count", "top", "take", "num", "resultsperpage", "rn"}
)

// plain makes the names of parameters comparable: PAGE_NUMBER and pageNumber.
func plain(name string) string {
	return strings.NewReplacer("_", "", "-", "", ".", "").Replace(strings.ToLower(name))
}

// place is where a request stands in its list: the number that names it, and how many
// records it asked for.
type place struct {
	number int
	offset bool // number counts records, not pages
	size   int  // 0 where the request does not say
}

// next is the number of the next page, behind got records of total; false where this page
// was the last.
func (p place) next(got, total int) (int, bool) {
	if got <= 0 {
		return 0, false
	}
	if p.offset {
		return p.number + got, p.number+got < total
	}
	size := max(got, p.size)
	before := max(0, p.number-1) // pages before this one; page 0 and page 1 are both the first
	if got < size && before*size+got != total {
		size = got // the server gives fewer than asked for
	}
	return p.number + 1, before*size+got < total
}

// NextByQuery is an address with its page or offset parameter moved on by one page of got
// records; nil where it has no such parameter, or where total says that this was the last.
func NextByQuery(address string, got, total int) *page.Request {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil
	}
	q := u.Query()
	names := slices.Sorted(maps.Keys(q))
	value := func(name string) (int, bool) { return numberOf(q.Get(name)) }
	key, at, ok := placeIn(names, value)
	if !ok {
		return nil
	}
	next, more := at.next(got, total)
	if !more {
		return nil
	}
	q.Set(key, strconv.Itoa(next))
	u.RawQuery = q.Encode()
	return &page.Request{URL: u.String()}
}

// usualPage divides the number of records that interfaces give of a list where nobody says how
// many.
const usualPage = 10

// FullPage is the parameter by which an address asked for a part of a list, where that part
// came full, so that more may follow; "" where it did not.
func FullPage(address string, got int) string {
	u, err := url.Parse(address)
	if err != nil || got <= 0 {
		return ""
	}
	q := u.Query()
	names := slices.Sorted(maps.Keys(q))
	key, at, ok := placeIn(names, func(name string) (int, bool) { return numberOf(q.Get(name)) })
	switch {
	case !ok:
		return ""
	case at.size > 0 && got >= at.size, at.size == 0 && got%usualPage == 0:
		return key + "=" + q.Get(key)
	}
	return ""
}

// placeIn finds the parameter that turns pages among names, and where it stands.
func placeIn(names []string, value func(name string) (int, bool)) (key string, at place, ok bool) {
	find := func(wanted []string) (string, int, bool) {
		for _, w := range wanted {
			for _, name := range names {
				if plain(name) != w {
					continue
				}
				if n, isNumber := value(name); isNumber {
					return name, n, true
				}
			}
		}
		return "", 0, false
	}
	size, n, sized := find(sizeParams)
	if sized {
		at.size = n
	}
	if key, at.number, ok = find(offsetParams); ok {
		at.offset = true
		return key, at, true
	}
	key, at.number, ok = find(pageParams)
	// Epoint counts records in pn where it counts the page's size in rn.
	at.offset = plain(key) == "pn" && plain(size) == "rn"
	return key, at, ok
}

func numberOf(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0
}
