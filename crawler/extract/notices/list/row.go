package list

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/notices/sheet"
	"dealvitals/crawler/extract/pattern"
	"dealvitals/crawler/extract/records"
	"dealvitals/signals"
)

// row is one record of a list.
type row struct {
	title, url, id   string
	raw              string // the title as it stands, with a date behind it
	kind             signals.NoticeType
	date, deadline   *signals.Date
	buyer, agency    string
	winner, region   string
	no, summary      string
	amount           money.Amount
	typed            bool // the title states a type, or reads as a project's
	linked           bool // it leads to a page of its own, or its columns have heads
	opens            bool // it can be clicked
	file             bool // it leads to a file: an attachment
	job              bool // it reads as a job offer
	facts            int  // labelled fields of a notice
	points           float64
	size             int
	categoryOfRecord string
}

// Bounds of a title, in characters.
const (
	minTitle = 6
	maxTitle = 260
	maxNamed = 800 // of a title that a label or column names as such
)

// row reads one record; ok is false where it holds no title.
func (s *site) row(rec records.Record, heads []string) (row, bool) {
	r := row{}
	text := ""
	for _, n := range rec.Nodes {
		text += " " + dom.TextUpTo(n, 6000)
	}
	text = strings.TrimSpace(text)
	r.size = len(text)
	r.job = jobWords.MatchString(text)
	if r.size < minTitle || r.size > 6000 {
		return r, false
	}
	for _, n := range rec.Nodes {
		s.labelled(&r, n)
	}
	if len(rec.Nodes) == 1 && rec.Nodes[0].DataAtom == atom.Tr {
		s.cells(&r, rec.Nodes[0], heads)
	}
	s.titled(&r, rec)
	if r.title == "" || label.Of(sheet.Label(r.title)) != label.None || kind.Document(r.title) {
		return r, false
	}
	if d := s.freeDate(rec, r.title); r.date == nil && d != nil && (r.deadline == nil || *d != *r.deadline) {
		r.date = d // the day of the deadline, in its own column or behind its label, is none
	}
	if r.date == nil {
		r.date = s.date(trailingDate.FindString(r.raw))
	}
	s.settle(&r)
	r.opens = r.url != "" || r.id != "" || leads(rec)
	r.linked = r.linked || r.opens
	if !r.linked && (r.date == nil || kind.Of(r.title) == "") {
		return r, false
	}
	r.file = fileLink.MatchString(r.url)
	return r, true
}

// jobWords are of job offers, which stand in lists too.
var jobWords = pattern.New(`\d{3,6}\s*[-~]\s*\d{3,6}(?:元/月|\s|$)|\d+[kK]\s*[-~]\s*\d+[kK]|经验不限|学历不限|\d+-\d+年经验|五险一金|年终奖|薪资|急聘|投递简历|应届`)

// cells reads a table's row by the heads of its columns.
func (s *site) cells(r *row, tr *html.Node, heads []string) {
	if len(heads) == 0 {
		return
	}
	r.linked = true
	i := 0
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if i < len(heads) {
			s.field(r, heads[i], dom.Text(c), c)
		}
		i++
	}
}

// labelled reads the labels inside a record: "采购人：X | 代理机构：Y".
func (s *site) labelled(r *row, n *html.Node) {
	for _, e := range dom.All(n, func(c *html.Node) bool {
		return c.Type == html.ElementNode && c.FirstChild != nil && c.FirstChild == c.LastChild && c.FirstChild.Type == html.TextNode
	}) {
		if pairs := sheet.Pairs(dom.Clean(e.FirstChild.Data)); len(pairs) == 1 {
			s.field(r, sheet.Label(pairs[0].Label), pairs[0].Value, nil) // set apart by its element, not by a blank
		}
	}
	laid := sheet.Of(n)
	for i := range laid.Lines {
		if n.DataAtom != atom.Tr { // the cells of a row stand beside each other
			s.stacked(r, laid.Lines, i)
		}
		for part := range strings.SplitSeq(laid.Lines[i].Text, "|") {
			if m := englishNumber.FindStringSubmatch(part); m != nil {
				s.field(r, "project no", m[1], nil)
			}
			s.unlabelled(r, strings.TrimSpace(part))
			for _, p := range sheet.Pairs(strings.TrimSpace(part)) {
				s.field(r, sheet.Label(p.Label), p.Value, nil)
			}
		}
	}
}

// stacked reads a label that stands on a line of its own above its value: "Agency" and the
// name beneath it, as cards of records set them.
func (s *site) stacked(r *row, lines []sheet.Line, i int) {
	if i+1 >= len(lines) || lines[i].Table > 0 || lines[i+1].Table > 0 {
		return
	}
	name, value := strings.TrimRight(lines[i].Text, ":： "), lines[i+1].Text
	if len(name) > 40 || len(value) > maxNamed || !stackable(label.Of(sheet.Label(name))) || label.Of(sheet.Label(value)) != label.None || len(sheet.Pairs(value)) > 0 {
		return
	}
	s.field(r, strings.ToLower(sheet.Label(name)), value, nil)
}

// stackable are the roles that a word alone on a line may announce.
func stackable(role label.Role) bool {
	switch role {
	case label.Buyer, label.BuyerWeak, label.Agency, label.Winner, label.Published, label.Deadline, label.Opening, label.Budget, label.Ceiling, label.Award,
		label.ProjectNo, label.ProjectNoWeak, label.ProjectName, label.NoticeType:
		return true
	}
	return false
}

// unlabelled reads the pieces of "… | 中标公告 | 云河": a type, then a place.
func (s *site) unlabelled(r *row, part string) {
	n := utf8.RuneCountInString(part)
	if n < 2 || n > 14 || strings.ContainsAny(part, ":：") {
		return
	}
	if kind.OfCategory(part) != "" && announces(part) {
		r.categoryOfRecord = firstText(r.categoryOfRecord, part)
		return
	}
	if r.categoryOfRecord != "" && n <= 6 && place.MatchString(part) {
		r.region = firstText(r.region, part)
	}
}

// place is a short Chinese name.
var place = pattern.New(`^\p{Han}{2,6}$`)

// englishNumber is a number behind its label without a colon: "Bid No. IFB 22-25".
var englishNumber = pattern.New(`(?i)^\s*(?:bid|rfp|solicitation|tender|contract|reference|ref|event|project|notice)\s*(?:no\.?|number|#|id)\s*[:.#]?\s*(\S.{1,58})$`)

// field sets the field that a label or a column's head names; the first value stands.
func (s *site) field(r *row, name, value string, cell *html.Node) {
	value = strings.TrimSpace(value)
	if value == "" {
		return
	}
	switch role := label.Of(name); role {
	case label.ProjectName:
		s.titleCell(r, value, cell)
	case label.Published:
		r.date = firstDate(r.date, s.pastDate(value))
	case label.Deadline, label.Opening:
		r.deadline = firstDate(r.deadline, s.date(value))
		r.facts++
	case label.Buyer, label.BuyerWeak:
		r.buyer = firstText(r.buyer, party.Clean(value))
		r.facts++
	case label.Agency:
		r.agency = firstText(r.agency, party.Clean(value))
		r.facts++
	case label.Winner:
		r.winner = firstText(r.winner, party.Clean(value))
		r.facts++
	case label.Region:
		if utf8.RuneCountInString(value) <= 20 {
			r.region = firstText(r.region, strings.Trim(value, "[]【】"))
		}
	case label.ProjectNo, label.ProjectNoWeak:
		if utf8.RuneCountInString(value) <= 60 {
			r.no = firstText(r.no, value)
			r.facts++
		}
	case label.NoticeType, label.Category:
		r.categoryOfRecord = firstText(r.categoryOfRecord, value)
	case label.Budget, label.Ceiling, label.Estimate, label.Award, label.AwardTotal:
		r.facts++
		if a, ok := money.Parse(value, money.UnitOf(name)); ok && !r.amount.Value.IsPositive() {
			r.amount = a
		}
	case label.Content:
		r.summary = firstText(r.summary, value)
	}
}

// titleCell takes the title of the column or label that is meant for it.
func (s *site) titleCell(r *row, value string, cell *html.Node) {
	if cell != nil {
		if a := dom.First(cell, func(n *html.Node) bool { return n.DataAtom == atom.A }); a != nil {
			value = s.linkedTitle(r, a, value)
			r.url = firstText(r.url, s.link(a))
		}
	}
	if n := utf8.RuneCountInString(value); n >= 4 && n <= maxNamed {
		r.title = firstText(r.title, value)
	}
}

// linkedTitle is the title that a cell's link says, where it says one: what else stands in
// the cell is the number of the purchase, or a remark.
func (s *site) linkedTitle(r *row, a *html.Node, value string) string {
	said := fullTitle(a, dom.Text(a))
	rest, found := strings.CutSuffix(value, dom.Text(a))
	if !found || s.titleScore(a, said) == 0 || !number.MatchString(strings.TrimSpace(rest)) {
		return fullTitle(a, value)
	}
	r.no = firstText(r.no, strings.TrimSpace(rest))
	return said
}

// number is the number of a purchase: digits, and letters without a blank between them.
var number = pattern.New(`^[\p{Han}A-Za-z]*[-/_A-Za-z0-9()（）]*\d[-/_A-Za-z0-9()（）号]*$`)

// settle works out the type and how much the row speaks for a notice.
func (s *site) settle(r *row) {
	r.title = cleanTitle(r.title)
	stated := kind.Of(r.title)
	hint := kind.OfCategory(r.categoryOfRecord)
	r.kind = stated
	if stated == "" || stated == signals.NoticeTender && hint != "" && !announces(r.title) {
		r.kind = firstHint(hint, stated)
	}
	r.typed = kind.Certain(r.title) || hint != "" || (projectWords.MatchString(r.title) && r.facts > 0)
	r.points = 1
	if stated != "" {
		r.points += 2
	}
	if r.date != nil {
		r.points++
	}
	if r.facts > 0 {
		r.points++
	}
	if r.url != "" {
		r.points += 0.5
	}
	if r.no != "" {
		if kind.Of(r.no) == signals.NoticeInquiry && (r.kind == "" || r.kind == signals.NoticeTender) {
			r.kind = signals.NoticeInquiry // "ITQ No. 20-25" asks for quotations
		}
		if r.kind == "" {
			r.kind = kind.Of(r.no)
		}
	}
}

func firstHint(hint, stated signals.NoticeType) signals.NoticeType {
	if hint != "" {
		return hint
	}
	return stated
}

// announces tells a title that says itself what it announces, rather than naming a project.
func announces(title string) bool {
	return strings.Contains(title, "公告") || strings.Contains(title, "公示") || strings.Contains(title, "通知")
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
