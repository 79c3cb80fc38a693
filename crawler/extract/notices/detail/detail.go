// Package detail reads one notice from its text: what the labels of tables and lines say,
// what running sentences say ("受X的委托"), and what stands in the signature.
package detail

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/signals"
)

// maxSummary is the length of a notice's summary, in characters.
const maxSummary = 2000

// maxText is how much of a notice's text is searched for sentences, in bytes.
const maxText = 200_000

// Source is a notice's text and what is known of it from elsewhere: a record of the site's
// interface, its address, its place on the site.
type Source struct {
	Root     *html.Node
	URL      string
	Title    string // as the record states it, "" when there is none
	Category string // the site's word for the kind of notice
	At       time.Time
}

// Found is the notice of a page and how much spoke for one.
type Found struct {
	Notice signals.Notice
	// Facts is how many of a notice's fields the text itself states with a label.
	Facts int
	// Repeats is how often the most frequent of these labels stands in the text: about as
	// often as there are records, where they belong to a list.
	Repeats int
	// Parties says that a buyer, an agency or a winner is named.
	Parties bool
	// TypeStated says that the title states a type of notice.
	TypeStated bool
	// Failed says that the text tells of a purchase that came to nothing.
	Failed bool
	// TextSize is the length of the text, in bytes.
	TextSize int
	// Text is how the page reads, the labelled values of its tables included.
	Text string
}

// Read reads the notice of src. It reads something from every text: the caller judges by
// Found whether it is a notice at all.
func Read(src Source) Found {
	r := newReader(src)
	n := signals.Notice{URL: src.URL}
	n.ProjectNo = r.projectNo()
	n.Title = r.title()
	n.Buyer, n.Agency = r.parties()
	n.Type = r.kind(n.Title)
	award := r.award(n.Type)
	n.Winners = award.winners
	n.Type = r.settle(n.Type, award)
	if amount, ok := r.amount(n.Type, award); ok {
		if amount.Currency == "" && chinese(r.text+n.Title) {
			amount.Currency = "CNY"
		}
		n.Amount, n.Currency = &amount.Value, amount.Currency
	}
	n.Region = r.region()
	n.Published = r.published()
	n.Deadline = r.deadline()
	n.Lots = r.lots(award)
	n.Categories = r.categories()
	n.Summary = r.summary()
	return Found{
		Notice: n, Facts: r.stated(), Repeats: r.repeats(), TextSize: len(r.text), Text: r.whole(), Failed: award.failed && len(award.winners) == 0,
		Parties: n.Buyer != "" || n.Agency != "" || len(n.Winners) > 0, TypeStated: kind.Of(n.Title) != "",
	}
}

// chinese tells a text in Chinese, whose amounts are in yuan where nothing else is said.
func chinese(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Han, c) })
}

// reader is the sheet of one notice with the role of each fact.
type reader struct {
	src   Source
	sheet *sheet.Sheet
	roles []label.Role // of sheet.Facts
	order dates.Order  // of day and month, once it was asked for
	text  string       // all lines, one a line, without tables
}

func newReader(src Source) *reader {
	r := &reader{src: src, sheet: sheet.Of(src.Root)}
	r.stacked()
	r.columns()
	r.roles = make([]label.Role, len(r.sheet.Facts))
	for i := range r.sheet.Facts {
		r.roles[i] = label.OfFact(&r.sheet.Facts[i])
	}
	r.worth()
	var b strings.Builder
	for i := range r.sheet.Lines {
		if b.Len() > maxText {
			break
		}
		b.WriteString(r.sheet.Lines[i].Text)
		b.WriteByte('\n')
	}
	r.text = b.String()
	return r
}

// stacked adds the labels that stand on a line of their own above their value, without any
// sign: "Contracting authority" and the name beneath it.
func (r *reader) stacked() {
	lines := r.sheet.Lines
	for i := 0; i < len(lines) && i < 2000; i++ {
		l := &lines[i]
		if l.Lead == 0 || len(l.Text) >= 400 {
			continue
		}
		name, value := l.Text[:l.Lead], strings.TrimSpace(l.Text[l.Lead:])
		if !sheet.Signed(name) && !sheet.Signed(value) && len(sheet.Pairs(value)) == 0 {
			r.pair(name, value, i, func(role label.Role) bool { return valued(role) || role == label.ProjectName })
		}
	}
	for i := 0; i+1 < len(lines) && i < 2000; i++ {
		name, value := lines[i].Text, lines[i+1].Text
		if lines[i].Table > 0 || lines[i+1].Table > 0 || len(name) > 60 || len(value) > 300 || strings.ContainsAny(name, ":：。，") {
			continue
		}
		if len(sheet.Pairs(value)) == 0 {
			r.pair(name, value, i, valued)
		}
	}
}

// pair adds a label and its value that no sign parts, where the label is one that needs none.
func (r *reader) pair(name, value string, line int, needsNone func(label.Role) bool) {
	name = sheet.Label(name)
	if value == "" || !needsNone(label.Of(name)) || label.Of(sheet.Label(value)) != label.None {
		return
	}
	r.sheet.Facts = append(r.sheet.Facts, sheet.Fact{Label: name, Value: value, Line: line})
}

// columns adds what a table of one row states: its heads are labels then. What is bought and
// its names are left to those who read tables.
func (r *reader) columns() {
	for i := range r.sheet.Tables {
		t := &r.sheet.Tables[i]
		if len(t.Rows) != 1 {
			continue
		}
		for j, head := range t.Head {
			if j < len(t.Rows[0]) && valued(label.Of(head)) && label.Of(sheet.Label(t.Rows[0][j])) == label.None {
				r.sheet.Facts = append(r.sheet.Facts, sheet.Fact{Label: head, Value: t.Rows[0][j], Section: t.Section, Lot: t.Lot, Line: t.Line, Column: true})
			}
		}
	}
}

// worth reads the value of a contract: what it was awarded for where somebody has won it,
// else what is planned.
func (r *reader) worth() {
	role := label.Budget
	if r.has(label.Winner) || r.has(label.Supplier) || r.has(label.Seller) {
		role = label.Award
	}
	for i := range r.roles {
		if r.roles[i] == label.Worth {
			r.roles[i] = role
		}
	}
}

// valued are the roles whose label is told from a heading even without a colon.
func valued(role label.Role) bool {
	switch role {
	case label.Buyer, label.BuyerWeak, label.Agency, label.Winner, label.Supplier, label.PublishedWeak, label.Award, label.AwardTotal, label.Budget, label.Worth, label.Ceiling, label.ProjectNo, label.ProjectNoWeak, label.Published, label.Deadline, label.Region:
		return true
	}
	return false
}

// first is the first value of a role that read accepts.
func (r *reader) first(want label.Role, read func(string) (string, bool)) string {
	for i := range r.sheet.Facts {
		if r.roles[i] != want {
			continue
		}
		if value, ok := read(r.sheet.Facts[i].Value); ok {
			return value
		}
	}
	return ""
}

// stated counts the roles that the text states with a label.
func (r *reader) stated() int {
	seen := map[label.Role]bool{}
	for i, role := range r.roles {
		if weight(role) && r.sheet.Facts[i].Value != "" && !r.sheet.Facts[i].Column {
			seen[role] = true
		}
	}
	for i := range r.sheet.Tables {
		for _, head := range r.sheet.Tables[i].Head {
			if role := label.Of(head); role == label.Winner || role == label.Award || role == label.Budget {
				seen[role] = true
			}
		}
	}
	return len(seen)
}

// repeats counts the most frequent role that a list of notices labels in each record.
func (r *reader) repeats() int {
	count, most := map[label.Role]int{}, 0
	for _, role := range r.roles {
		switch role {
		case label.Buyer, label.Agency, label.ProjectNo, label.Budget, label.Deadline, label.Published:
			count[role]++
			most = max(most, count[role])
		}
	}
	return most
}

// weight tells the roles that speak for a notice: 名称 or 地区 stand on any page.
func weight(r label.Role) bool {
	switch r {
	case label.Buyer, label.Agency, label.Winner, label.Candidates, label.Award, label.AwardTotal, label.Budget, label.Ceiling,
		label.ProjectNo, label.ProjectNoWeak, label.ProjectName, label.Deadline, label.Opening, label.Category, label.Content:
		return true
	}
	return false
}

func (r *reader) region() string {
	return r.first(label.Region, func(v string) (string, bool) {
		v = strings.TrimSpace(v)
		n := utf8.RuneCountInString(v)
		return v, n >= 2 && n <= 12 && !strings.ContainsAny(v, "，。；/")
	})
}

func (r *reader) categories() []string {
	value := r.first(label.Category, func(v string) (string, bool) { return v, v != "" && len(v) < 600 })
	if value == "" {
		return nil
	}
	var out []string
	for _, part := range strings.FieldsFunc(value, func(c rune) bool { return strings.ContainsRune(",，;；、\n", c) }) {
		if part = strings.TrimSpace(part); part != "" && len(out) < 20 {
			out = append(out, part)
		}
	}
	return out
}

// lots are the names of the packages.
func (r *reader) lots(a award) []string {
	var out []string
	seen := map[string]bool{}
	add := func(name string) {
		name = strings.TrimSpace(name)
		if n := utf8.RuneCountInString(name); n < 2 || n > 120 || seen[name] || len(out) >= 100 {
			return
		}
		seen[name] = true
		out = append(out, name)
	}
	for i := range r.sheet.Facts {
		if r.roles[i] == label.LotName {
			add(r.sheet.Facts[i].Value)
		}
	}
	for _, lot := range a.lots {
		add(lot)
	}
	return out
}

// summary is what is bought: what the text states under a label for it, else how the text
// begins.
func (r *reader) summary() string {
	var b strings.Builder
	for i := range r.sheet.Facts {
		if role := r.roles[i]; role == label.Content || role == label.LotName || role == label.Category {
			b.WriteString(r.sheet.Facts[i].Value)
			b.WriteByte('\n')
		}
	}
	text := strings.TrimSpace(b.String())
	if utf8.RuneCountInString(text) < 20 {
		text = strings.TrimSpace(text + "\n" + r.body())
	}
	return shorten(text, maxSummary)
}

// maxWhole is the length of the text that is kept of a notice, in characters.
const maxWhole = 6000

// whole is how the page reads: its labelled values, which may stand in tables, and its
// lines. Where both are long, half of what is kept is for each.
func (r *reader) whole() string {
	var facts strings.Builder
	for i := range r.sheet.Facts {
		facts.WriteString(r.sheet.Facts[i].Label + "：" + r.sheet.Facts[i].Value + "\n")
		if facts.Len() > 2*maxWhole {
			break
		}
	}
	lines := r.text
	if len(lines) > 4*maxWhole { // no character takes more than four bytes
		lines = strings.ToValidUTF8(lines[:4*maxWhole], "")
	}
	return shorten(shorten(facts.String(), maxWhole/2)+lines, maxWhole)
}

// body is the running text: lines long enough to be sentences.
func (r *reader) body() string {
	var b strings.Builder
	for i := range r.sheet.Lines {
		if line := r.sheet.Lines[i].Text; utf8.RuneCountInString(line) >= 25 {
			b.WriteString(line)
			b.WriteByte('\n')
		}
		if b.Len() > 4*maxSummary {
			break
		}
	}
	return b.String()
}

func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s)[:limit])
}

// amount is what the notice is worth: the award where there is one, else what the buyer
// planned to spend. A result whose award is not stated has no amount: its budget is not it.
func (r *reader) amount(t signals.NoticeType, a award) (money.Amount, bool) {
	switch t {
	case signals.NoticeAward, signals.NoticeContract:
		return a.total, a.total.Value.IsPositive()
	case signals.NoticeTermination, signals.NoticeCorrection:
		return r.budget()
	}
	return r.budget()
}
