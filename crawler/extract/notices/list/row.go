package list

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dates"
	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/notices/kind"
	"dealvitals/crawler/extract/notices/label"
	"dealvitals/crawler/extract/notices/money"
	"dealvitals/crawler/extract/notices/party"
	"dealvitals/crawler/extract/notices/sheet"
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
	if r.date == nil {
		r.date = s.freeDate(rec, r.title)
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
var jobWords = regexp.MustCompile(`\d{3,6}\s*[-~]\s*\d{3,6}(?:元/月|\s|$)|\d+[kK]\s*[-~]\s*\d+[kK]|经验不限|学历不限|\d+-\d+年经验|五险一金|年终奖|薪资|急聘|投递简历|应届`)

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
	laid := sheet.Of(n)
	for i := range laid.Lines {
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
var place = regexp.MustCompile(`^\p{Han}{2,6}$`)

// englishNumber is a number behind its label without a colon: "Bid No. IFB 22-25".
var englishNumber = regexp.MustCompile(`(?i)^\s*(?:bid|rfp|solicitation|tender|contract|reference|ref|event|project|notice)\s*(?:no\.?|number|#|id)\s*[:.#]?\s*(\S.{1,58})$`)

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
		r.date = firstDate(r.date, s.date(value))
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
			value = fullTitle(a, value)
			r.url = firstText(r.url, s.link(a))
		}
	}
	if n := utf8.RuneCountInString(value); n >= 4 && n <= maxNamed {
		r.title = firstText(r.title, value)
	}
}

// titled finds the title among the links and texts of a record.
func (s *site) titled(r *row, rec records.Record) {
	best, bestScore := (*html.Node)(nil), 0
	bestText := ""
	for _, root := range rec.Nodes {
		dom.Walk(root, func(n *html.Node) bool {
			if n.Type != html.ElementNode || dom.Unseen(n) {
				return n.Type != html.ElementNode
			}
			if !titleElement(n) || n.DataAtom == atom.A && holdsTitle(n) {
				return true
			}
			text := fullTitle(n, dom.Text(n))
			if score := titleScore(n, text); score > bestScore {
				best, bestScore, bestText = n, score, text
			}
			return true
		})
	}
	if best == nil {
		return
	}
	r.raw = dom.Text(best)
	if r.title == "" || bestScore >= 8 && !strings.Contains(bestText, r.title) && kind.Of(r.title) == "" && kind.Of(bestText) != "" {
		r.title = cleanTitle(bestText)
	}
	if r.url == "" {
		r.url = s.link(best)
	}
	if r.url == "" {
		r.url = s.anyLink(rec, r.title)
	}
	r.id = firstText(r.id, formID(best))
}

// labelledText tells a text that is a label and its value, unless the label is that of a title.
func labelledText(text string) bool {
	pairs := sheet.Pairs(text)
	if len(pairs) == 0 {
		return false
	}
	role := label.Of(sheet.Label(pairs[0].Label))
	return role != label.None && role != label.ProjectName && role != label.NoticeType
}

// fileLink are addresses of files, which stand beneath notices.
var fileLink = regexp.MustCompile(`(?i)\.(?:pdf|docx?|xlsx?|zip|rar|7z|jpe?g|png|tif)(?:$|\?)|/(?:documentcenter|download|attach(?:ment)?s?|file(?:s|server)?|uploadfiles?)/`)

// leads tells a record that something opens when it is clicked.
func leads(rec records.Record) bool {
	for _, root := range rec.Nodes {
		if dom.First(root, func(n *html.Node) bool { return n.DataAtom == atom.A || dom.HasAttr(n, "onclick") }) != nil {
			return true
		}
	}
	return false
}

// holdsTitle tells a link around a whole card: the title is an element inside of it.
func holdsTitle(a *html.Node) bool {
	return dom.First(a, func(n *html.Node) bool {
		return n != a && n.DataAtom != atom.A && titleElement(n) && titleScore(n, fullTitle(n, dom.TextUpTo(n, 1200))) > 0
	}) != nil
}

// titleElement tells elements that can hold a title: links, headings, and what their class
// calls a title.
func titleElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	case atom.Td, atom.Span, atom.P, atom.Div, atom.Strong, atom.Li, atom.Dt:
		return dom.HasAttr(n, "title") || titleClass.MatchString(strings.ToLower(dom.Attr(n, "class"))) || dom.HasAttr(n, "onclick")
	}
	return false
}

var titleClass = regexp.MustCompile(`title|subject|\bname\b|headline|\btit\b|\bbt\b`)

// titleScore is how much a text reads as a notice's title.
func titleScore(n *html.Node, text string) int {
	length := utf8.RuneCountInString(text)
	if length < minTitle || length > maxTitle || moreLink.MatchString(text) {
		return 0
	}
	score := 1
	if n.DataAtom == atom.A {
		score += 2
	}
	if kind.Of(text) != "" {
		score += 4
	}
	if projectWords.MatchString(text) {
		score += 2
	}
	if length >= 12 {
		score += 2
	}
	if kind.Document(text) || dateOnly.MatchString(text) || strings.Count(text, "：") > 1 || labelledText(text) {
		return 0
	}
	return score
}

var (
	moreLink     = regexp.MustCompile(`(?i)^\W*(?:\[?read (?:on|more)|more|view|details?|download|查看|更多|详情|下载|收藏|点击|附件|corrigendum|total no)`)
	projectWords = regexp.MustCompile(`项目|工程|采购|服务|设备|系统|建设|施工|改造|物资|材料|(?i)\b(project|services?|supply|construction|improvements?|replacement|maintenance|repairs?|purchase|installation|system|equipment|works?|design|consult\w+)\b`)
	dateOnly     = regexp.MustCompile(`^[\s\d年月日:/.\-\[\]()]+$`)
	numberPrefix = regexp.MustCompile(`^(?:[·•▪■□◆>»]+\s*|\d{1,3}\s*[、.．]\s*)`)
	namePrefix   = regexp.MustCompile(`(?i)^\s*(?:name of work|tender title|title|标题|项目名称|公告标题)\s*[:：]\s*`)
)

func cleanTitle(s string) string {
	s = namePrefix.ReplaceAllString(numberPrefix.ReplaceAllString(dom.Clean(s), ""), "")
	return strings.TrimSpace(trailingDate.ReplaceAllString(s, ""))
}

// trailingDate is a date that stands inside of the link behind the title.
var trailingDate = regexp.MustCompile(`\s*[\[(【（]?\s*20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])】）]?$|\s*(?i:new)$`)

// fullTitle is the title attribute where the text is cut or stands in pieces.
func fullTitle(n *html.Node, text string) string {
	text = cleanTitle(text)
	attr := cleanTitle(dom.Attr(n, "title"))
	if attr == "" {
		if inner := dom.First(n, func(c *html.Node) bool { return c != n && len(dom.Attr(c, "title")) > 8 }); inner != nil {
			attr = cleanTitle(dom.Attr(inner, "title"))
		}
	}
	if attr == "" || utf8.RuneCountInString(attr) < minTitle || strings.ContainsAny(attr, "\n") {
		return text
	}
	cut := strings.TrimRight(text, ".… ")
	if text == "" || cut != text || strings.HasPrefix(squeeze(attr), squeeze(cut)) || squeeze(attr) == squeeze(text) {
		return attr
	}
	return text
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

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

// freeDate is a date that stands without a label, the last one where a deadline is known.
func (s *site) freeDate(rec records.Record, title string) *signals.Date {
	var found *signals.Date
	for _, root := range rec.Nodes {
		dom.Walk(root, func(n *html.Node) bool {
			if found != nil || n.Type == html.ElementNode && dom.Unseen(n) {
				return false
			}
			if n.Type != html.TextNode {
				return true
			}
			text := dom.Clean(n.Data)
			if len(text) < 5 || len(text) > 200 || strings.Contains(title, text) || deadlineText.MatchString(text) {
				return false
			}
			if loc := dateText.FindStringIndex(text); loc != nil && (loc[0] <= 36 && utf8.RuneCountInString(text) <= 60 || loc[0] <= 3) {
				found = s.date(text)
			}
			return false
		})
	}
	if found == nil {
		found = splitDate(rec, s)
	}
	return found
}

var (
	deadlineText = regexp.MustCompile(`(?i)截止|开标|结束|剩余|closing|closes|deadline|due|last date|end date|angebotsfrist`)
	dateText     = regexp.MustCompile(`\d{2,4}\s*[-/.年]\s*\d{1,2}|\d{1,2}\s*[-/月]\s*\d{1,2}|\d{1,2}\.\d{1,2}\.\d{2,4}|今天|昨天|前天|小时前|分钟前|天前|刚刚|(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|today|yesterday)`)
)

// splitDate reads dates whose day and month stand in elements of their own: "02 / 2026-06".
func splitDate(rec records.Record, s *site) *signals.Date {
	for _, root := range rec.Nodes {
		n := dom.First(root, func(n *html.Node) bool {
			c := strings.ToLower(dom.Attr(n, "class"))
			return strings.Contains(c, "date") || strings.Contains(c, "time")
		})
		if n == nil {
			continue
		}
		text := dom.Text(n)
		if deadlineText.MatchString(text) {
			continue
		}
		if m := dayFirst.FindStringSubmatch(text); m != nil {
			return s.date(m[2] + "-" + m[3] + "-" + m[1])
		}
		if m := dayLast.FindStringSubmatch(text); m != nil {
			return s.date(m[1] + "-" + m[2] + "-" + m[3])
		}
		if d := s.date(text); d != nil {
			return d
		}
	}
	return nil
}

// Days and months set apart from each other, in either order.
var (
	dayFirst = regexp.MustCompile(`^(\d{1,2})\s*[日/]?\s*(20\d\d)[-./年]\s*(\d{1,2})月?$`)
	dayLast  = regexp.MustCompile(`^(20\d\d)[-./年]\s*(\d{2})月?\s*(\d{2})日?$`)
)

func (s *site) date(text string) *signals.Date {
	order := dates.DayFirst
	if strings.Contains(text, "/") {
		order = dates.MonthFirst
	}
	found, ok := dates.ParseIn(text, s.at, order)
	if !ok {
		return nil
	}
	d := found.Date
	return &d
}

func firstDate(a, b *signals.Date) *signals.Date {
	if a != nil {
		return a
	}
	return b
}

func firstText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
