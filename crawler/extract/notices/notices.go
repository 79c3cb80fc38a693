// Package notices reads procurement notices out of captured pages: lists of any site, single
// notices, and the structured answers of open data. What kind of page it is, is told by what
// it holds, not by its address.
package notices

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"strings"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/configured"
	"dealvitals/crawler/extract/notices/detail"
	"dealvitals/crawler/extract/notices/formats"
	"dealvitals/crawler/extract/notices/list"
	"dealvitals/crawler/extract/outcome"
	"dealvitals/crawler/extract/page"
	"dealvitals/signals"
)

// maxText is the largest page that is read: what is longer is cut by the crawler before.
const maxText = 16 << 20

// The extractors of HTML, as an administrator may name them.
const (
	byList   = "list"
	byDetail = "detail"
)

// Read tells which notices a page holds, or why it holds none. reading may hold an
// administrator's rules, or name one extractor: list, detail, or a format's reader. Its zero
// value is automatic.
func Read(d *page.Document, reading signals.Reading) page.Result {
	r := read(d, reading)
	r.Charset = d.Charset
	identify(r.Notices)
	return r
}

func read(d *page.Document, reading signals.Reading) page.Result {
	if len(d.Text) > maxText {
		return page.Result{Outcome: signals.OutcomeTooLarge, Why: "the page is larger than 16 MiB"}
	}
	if o, why, told := outcome.Of(d); told && d.Status() >= 400 {
		return page.Result{Outcome: o, Why: why}
	}
	if r, ok := configured.Read(d, reading); ok {
		return r
	}
	if r, ok := readFormats(d, reading.Extractor); ok {
		return r
	}
	if d.Format == page.FormatHTML {
		return readHTML(d, reading.Extractor)
	}
	if r, ok := readText(d); ok {
		return r
	}
	if o, why, told := outcome.Of(d); told {
		return page.Result{Outcome: o, Why: why}
	}
	return page.Result{Outcome: signals.OutcomeNotRelevant, Why: "no notices were recognised in this " + string(d.Format) + " answer"}
}

// readFormats asks the readers of structured answers, in their order.
func readFormats(d *page.Document, only string) (page.Result, bool) {
	for _, reader := range formats.Readers() {
		if only != "" && only != reader.Name {
			continue
		}
		a, ok := reader.Read(d)
		if !ok {
			continue
		}
		r := page.Result{Extractor: reader.Name, Form: a.Form, Notices: titled(a.Notices), Total: a.Total, Next: a.Next, More: a.More, Text: a.Text}
		switch {
		case a.Refused != "":
			r.Outcome, r.Why = a.Refused, "the interface refuses: it says so in its answer"
		case a.Opaque:
			r.Outcome, r.Why = signals.OutcomeScriptShell, "the answer is encrypted, or holds references only"
		case len(r.Notices) == 0 && len(a.Notices) > 0:
			r.Outcome, r.Why = signals.OutcomeNotRelevant, "the records have no titles"
		case len(a.Notices) == 0:
			r.Outcome, r.Why = signals.OutcomeEmpty, "the answer is a list of notices without any"
		default:
			r.Outcome, r.Why = signals.OutcomeOK, fmt.Sprintf("%d notices in the format %s", len(a.Notices), reader.Name)
		}
		return r, true
	}
	return page.Result{}, false
}

// titled leaves out notices without a title, of which nothing can be told.
func titled(notices []signals.Notice) []signals.Notice {
	var out []signals.Notice
	for _, n := range notices {
		if n.Title = dom.Clean(n.Title); n.Title == "" {
			continue
		}
		if n.Type == "" {
			n.Type = signals.NoticeOther
		}
		out = append(out, n)
	}
	return out
}

// readHTML decides between a list and a single notice, and where it is neither, what the
// page is instead.
func readHTML(d *page.Document, only string) page.Result {
	root := d.HTML()
	if root == nil {
		return page.Result{Outcome: signals.OutcomeNotRelevant, Why: "the page has no content"}
	}
	l := list.Read(d)
	one := detail.Read(detail.Source{Root: root, URL: d.URL, At: d.At})
	switch only {
	case byList:
		one = detail.Found{}
	case byDetail:
		l = list.Found{}
	}
	v := judge(d, l, one)
	if a, ok := formats.Embedded(d); ok && v.outcome != signals.OutcomeOK && only == "" {
		return page.Result{Outcome: signals.OutcomeOK, Why: fmt.Sprintf("%d notices in the state that the page carries", len(a.Notices)), Form: a.Form,
			Extractor: "state", Notices: titled(a.Notices), Total: a.Total}
	}
	if v.outcome != signals.OutcomeOK {
		return page.Result{Outcome: v.outcome, Why: v.why, Form: v.form}
	}
	if v.form == page.FormList {
		return page.Result{Outcome: v.outcome, Why: v.why, Form: v.form, Extractor: byList, Notices: l.Notices, Total: l.Total, Next: l.Next,
			RunnersUp: runnersUp(byDetail, one.Facts)}
	}
	return page.Result{Outcome: v.outcome, Why: v.why, Form: v.form, Extractor: byDetail, Notices: []signals.Notice{one.Notice}, Text: one.Text,
		RunnersUp: runnersUp(byList, len(l.Notices))}
}

// readText reads a notice that was saved as plain text.
func readText(d *page.Document) (page.Result, bool) {
	if d.Format != page.FormatText || len(d.Text) < 60 {
		return page.Result{}, false
	}
	text := "<pre>" + strings.ReplaceAll(html.EscapeString(string(d.Text[:min(len(d.Text), 1<<20)])), "\n", "<br>") + "</pre>"
	one := detail.Read(detail.Source{Root: dom.Parse([]byte(text)), URL: d.URL, At: d.At})
	if !stands(one) {
		return page.Result{}, false
	}
	return page.Result{Outcome: signals.OutcomeOK, Why: fmt.Sprintf("a notice in plain text with %d labelled fields", one.Facts), Form: page.FormDetail,
		Extractor: byDetail, Notices: []signals.Notice{one.Notice}, Text: one.Text}, true
}

func runnersUp(name string, count int) []page.RunnerUp {
	if count == 0 {
		return nil
	}
	return []page.RunnerUp{{Extractor: name, Count: count}}
}

// identify gives each notice an id that is stable within its site: its own, else the one in
// its address, else one made of address or title and date.
func identify(notices []signals.Notice) {
	used, again := map[string]bool{}, map[string]int{}
	for i := range notices {
		n := &notices[i]
		if n.ID == "" {
			n.ID = addressID(n.URL)
		}
		if n.ID == "" || used[n.ID] {
			n.ID = hashed(*n)
		}
		if base := n.ID; used[base] {
			again[base]++
			n.ID = fmt.Sprintf("%s-%d", base, again[base]+1)
		}
		used[n.ID] = true
	}
}

// addressID is the part of an address that names the notice: a query's id, or a last part
// with enough digits to be a number.
func addressID(url string) string {
	path, query, _ := strings.Cut(url, "?")
	if i := strings.Index(query, "#"); i >= 0 && !strings.Contains(query[i:], "id=") {
		query = query[:i]
	}
	for pair := range strings.FieldsFuncSeq(query, func(r rune) bool { return r == '&' || r == '?' || r == '#' }) {
		key, value, _ := strings.Cut(pair, "=")
		if strings.HasSuffix(strings.ToLower(key), "id") && len(value) >= 2 && len(value) <= 80 {
			return value
		}
	}
	last := path[strings.LastIndexByte(path, '/')+1:]
	last, _, _ = strings.Cut(last, ".")
	digits := 0
	for _, c := range last {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	if digits >= 4 && len(last) <= 80 {
		return last
	}
	return ""
}

func hashed(n signals.Notice) string {
	key := n.URL
	if key == "" {
		key = n.Title + "|" + n.ProjectNo
		if n.Published != nil {
			key += "|" + n.Published.String()
		}
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:8])
}
