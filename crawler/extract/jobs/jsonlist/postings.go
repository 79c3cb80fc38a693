package jsonlist

import (
	"strings"
	"time"
	"unicode"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/jobs/jsonlist/value"
	"dealvitals/crawler/extract/jobs/words"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// reader turns the records of one list into postings.
type reader struct {
	d     *page.Document
	zone  *time.Location // of epochs
	order dates.Order    // of day and month
	title []string       // keys that hold it, best first
}

func newReader(d *page.Document, r rated) reader {
	titles := append([]string{r.titleKey}, ownTitles...)
	return reader{d: d, zone: ZoneOf(r.sampleTitles()), order: OrderIn(r.records), title: append(titles, anyTitles...)}
}

// sampleTitles is the text of some titles, to tell the language.
func (r *rated) sampleTitles() string {
	var b strings.Builder
	for _, f := range r.fields {
		b.WriteString(text(f.own[r.titleKey]))
	}
	return b.String()
}

// ZoneOf is the zone in which instants (epochs) become days: China's where the text is
// Chinese, else UTC, in which the systems of the rest of the world give them.
func ZoneOf(sample string) *time.Location {
	for _, c := range sample {
		if unicode.Is(unicode.Han, c) {
			return signals.Shanghai
		}
	}
	return time.UTC
}

func (r reader) posting(f record) (signals.Posting, bool) {
	title, _ := f.named(r.title)
	if title == "" || closed(f) {
		return signals.Posting{}, false
	}
	p := signals.Posting{Title: title, Place: r.place(f), ID: f.first(identifiers), URL: r.link(f)}
	p.Posted, p.Basis = r.day(f)
	if n := words.Number(f.first(headcounts)); n > 0 { // "2人" too
		p.Headcount = n
	}
	return p, true
}

func (r reader) place(f record) string {
	code := "" // taken where no name stands beside it
	for _, k := range places {
		v, ok := f.own[k]
		if !ok || blank(v) {
			continue
		}
		t := placeText(v)
		if name := placeText(f.own[k+"dicttext"]); name != "" && isCode(t) { // JeecgBoot's name beside a code
			t = name
		}
		switch {
		case t == "" || len(t) > 600:
		case !isCode(t):
			return t
		case code == "":
			code = t
		}
	}
	return code
}

// isCode tells the code of a place: "CO0009", "101020100".
func isCode(t string) bool {
	digits := false
	for i := 0; i < len(t); i++ {
		c := t[i]
		switch {
		case c >= '0' && c <= '9':
			digits = true
		case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_' || c == '-':
		default:
			return false
		}
	}
	return digits
}

// placeText writes {"city": "Berlin", "country": "Germany"} as "Berlin, Germany".
func placeText(v any) string {
	switch v := v.(type) {
	case map[string]any:
		return placeOfObject(v)
	case []any:
		var parts []string
		for _, item := range v[:min(len(v), 50)] {
			if t := placeText(item); t != "" && !containsString(parts, t) {
				parts = append(parts, t)
			}
		}
		return strings.Join(parts, "; ")
	case string:
		return readable(v)
	}
	return "" // a number is a code, no place
}

func placeOfObject(m map[string]any) string {
	if t := value.First(m, "name", "fullLocation", "formatted", "display", "label", "descriptor", "location_str", "libelle"); t != "" {
		return readable(t)
	}
	for _, k := range []string{"address", "adresse"} {
		if addr, ok := m[k].(map[string]any); ok {
			return placeText(addr)
		}
	}
	var parts []string
	for _, keys := range [][]string{{"city", "cityName", "addressLocality", "locality", "ort", "ville", "ciudad", "cidade"}, {"state", "region", "province", "provinceName", "regionName", "addressRegion", "stateCode", "state_code"}, {"country", "countryName", "addressCountry", "country_name", "countryCode"}} {
		if t := firstText(m, keys); t != "" && !containsString(parts, t) {
			parts = append(parts, t)
		}
	}
	if a, ok := m["address"].(string); ok && len(parts) < 2 && strings.TrimSpace(a) != "" {
		return readable(a)
	}
	if len(parts) > 0 {
		return strings.Join(parts, ", ")
	}
	return placeIn(m)
}

func firstText(m map[string]any, keys []string) string {
	for _, k := range keys {
		if t := text(m[k]); t != "" {
			return t
		}
	}
	return ""
}

// placeIn is the first place by name among an object's fields, else its name.
func placeIn(m map[string]any) string {
	best, at := "", len(places)
	for k, v := range m {
		if i, ok := placeRank[plain(k)]; ok && i < at {
			if s, isText := v.(string); isText && strings.TrimSpace(s) != "" {
				best, at = readable(s), i
			}
		}
	}
	if best != "" {
		return best
	}
	return text(m)
}

func (r reader) link(f record) string {
	for _, k := range links {
		s, ok := f.own[k].(string)
		if !ok {
			continue
		}
		s = strings.TrimSpace(s)
		if !looksLink(s) {
			continue
		}
		return r.d.Resolve(s)
	}
	return ""
}

func looksLink(s string) bool {
	if len(s) > 2000 || strings.ContainsAny(s, " \n<>{}") || strings.HasPrefix(s, "mailto:") || strings.HasPrefix(s, "javascript:") {
		return false
	}
	return strings.Contains(s, "/")
}

// day is the date of opening, else the date of a change with its meaning.
func (r reader) day(f record) (*signals.Date, signals.DateBasis) {
	if d, basis, ok := r.firstDay(f, published, signals.DatePublished); ok {
		return d, basis
	}
	if d, _, ok := r.firstDay(f, updated, signals.DateUpdated); ok {
		return d, signals.DateUpdated
	}
	return nil, ""
}

func (r reader) firstDay(f record, keys []string, basis signals.DateBasis) (*signals.Date, signals.DateBasis, bool) {
	for _, k := range keys {
		v, ok := f.own[k]
		if !ok || blank(v) {
			continue
		}
		if d, ok := Day(v, r.zone); ok {
			return &d, basis, true
		}
		s, ok := v.(string)
		if !ok {
			continue
		}
		if found, ok := dates.ParseIn(s, r.d.At, r.order); ok {
			if found.Basis == signals.DatePublished || found.Basis == "" {
				found.Basis = basis
			}
			return &found.Date, found.Basis, true
		}
	}
	return nil, "", false
}

// closed tells a record that the answer itself marks as not open.
func closed(f record) bool {
	for _, k := range []string{"islisted", "isopen", "isactive", "active", "isvalid", "ispublished", "published", "isonline", "isvisible", "visible"} {
		if v, ok := f.own[k]; ok && value.False(v, "") && !numberLike(v) {
			return true
		}
	}
	for _, k := range []string{"closed", "isclosed", "isdeleted", "deleted", "isexpired", "expired", "isdraft", "isfilled", "isarchived", "archived"} {
		if v, ok := f.own[k].(bool); ok && v {
			return true
		}
	}
	for _, k := range []string{"status", "state", "jobstatus", "jobstate", "publishstatus", "postingstatus", "positionstatus", "statusname", "状态", "招聘状态"} {
		switch s, _ := f.own[k].(string); strings.ToLower(strings.TrimSpace(s)) {
		case "closed", "close", "archived", "draft", "expired", "filled", "inactive", "unpublished", "deleted", "cancelled", "canceled", "on hold", "onhold", "paused", "offline", "已关闭", "已下线", "已结束", "已过期", "已停止", "停止招聘", "已截止", "已招满", "暂停", "暂停招聘", "关闭", "下线":
			return true
		}
	}
	return false
}

func numberLike(v any) bool {
	switch v.(type) {
	case bool, string:
		return false
	}
	return true
}
