// Package sheet lays a notice's HTML out as people read it: lines, tables, and the facts
// (label and value) that both state, each with the heading that it stands under. It knows
// nothing of what the labels mean.
package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/pattern"
)

// Limits of one notice; real ones have fewer than 3000 lines and 12 columns.
const (
	maxLines   = 20_000
	maxColumns = 60
	maxCells   = 60_000
	maxValue   = 4_000  // bytes of a value that are kept
	maxLine    = 20_000 // bytes of a line that are kept
)

// Line is a line of text.
type Line struct {
	Text    string
	Level   int  // 1–6 for headings, 0 for others
	Centred bool // set in the middle, as titles of pasted documents are
	Table   int  // 1 + the index of the table that stands here, 0 for text
	Menu    bool // nothing but links, three or more: a menu, the path of the page
	Lead    int  // bytes of the first element of the line, where others follow: it may be a label without a sign
}

// Fact is a label and its value.
type Fact struct {
	Label   string // without numbering and blanks
	Value   string
	Section string // the heading that it stands under, "" before the first
	Lot     string // the package or lot that it stands under, "" outside of any
	Line    int    // where it stands
	Column  bool   // its label is the head of a column
}

// Table is a table with a head. A table that lists its records as columns is turned.
type Table struct {
	Head    []string
	Rows    [][]string
	Section string
	Lot     string
	Line    int
}

// Sheet is a notice laid out.
type Sheet struct {
	Lines  []Line
	Facts  []Fact
	Tables []Table

	grids []grid
}

func lay(root *html.Node, hidden bool) *Sheet {
	b := builder{sheet: &Sheet{}, hidden: hidden}
	b.walk(root, state{})
	b.flush(state{})
	return b.sheet
}

// size is the length of the text, in bytes.
func (s *Sheet) size() int {
	n := 0
	for i := range s.Lines {
		n += len(s.Lines[i].Text)
	}
	for _, g := range s.grids {
		for _, row := range g {
			for _, cell := range row {
				n += len(cell)
			}
		}
	}
	return n
}

// state is what a line takes from the elements that it stands in.
type state struct {
	level   int
	centred bool
	link    bool
	pre     bool // line feeds are seen
}

type builder struct {
	sheet  *Sheet
	text   strings.Builder
	at     state // of the text gathered so far
	lead   int   // bytes of its first element, where others follow
	links  int   // in the text gathered so far
	plain  bool  // some of that text stands outside of links
	hidden bool  // read hidden nodes too
	cells  int
}

func (b *builder) walk(n *html.Node, st state) {
	switch n.Type {
	case html.TextNode:
		b.write(n.Data, st)
		return
	case html.CommentNode, html.DoctypeNode:
		return
	case html.ElementNode:
		if value, kept := keptField(n); kept {
			b.write(value, st)
			return
		}
		if dom.Unseen(n) || (!b.hidden && dom.Hidden(n)) {
			return
		}
		if n.DataAtom == atom.Br {
			b.flush(st)
			return
		}
		if n.DataAtom == atom.Table && leaf(n) {
			b.table(n, st)
			return
		}
		if n.DataAtom == atom.Dl && b.definitions(n) {
			return
		}
		st = st.inside(n)
		if n.DataAtom == atom.A {
			b.links++
		}
	}
	block := n.Type == html.ElementNode && dom.Block(n)
	if block {
		b.flush(st)
	}
	leads := n.Type == html.ElementNode && !block && b.lead == 0 && b.blank()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.walk(c, st)
	}
	switch {
	case block:
		b.flush(st)
	case leads && b.lead == 0 && b.text.Len() < maxLead:
		b.lead = len(dom.Clean(b.text.String()))
	}
}

// write gathers text, where line feeds are seen a line at a time.
func (b *builder) write(text string, st state) {
	for st.pre {
		line, rest, more := strings.Cut(text, "\n")
		if !more {
			break
		}
		b.write(line, state{st.level, st.centred, st.link, false})
		b.flush(st)
		text = rest
	}
	if b.text.Len() == 0 {
		b.at = st
	}
	b.text.WriteString(text)
	b.plain = b.plain || !st.link && strings.ContainsFunc(text, spoken)
}

// maxLead is the length of the longest first element of a line that is looked at, in bytes.
const maxLead = 200

// blank tells that nothing was gathered yet for the line.
func (b *builder) blank() bool {
	return b.text.Len() < maxLead && strings.TrimSpace(b.text.String()) == ""
}

// definitions lays a list of short terms and their definitions out as labels and values; it
// says false where the list is used for something else.
func (b *builder) definitions(dl *html.Node) bool {
	var pairs [][2]string
	term := ""
	for _, n := range dom.All(dl, func(n *html.Node) bool { return n.DataAtom == atom.Dt || n.DataAtom == atom.Dd }) {
		text := dom.Text(n)
		if n.DataAtom == atom.Dt {
			term = strings.TrimRight(text, colons+" ")
			continue
		}
		if term == "" || len(term) > 90 {
			return false
		}
		pairs = append(pairs, [2]string{term, text})
	}
	if len(pairs) < 2 {
		return false
	}
	b.flush(state{})
	for _, p := range pairs {
		if len(b.sheet.Lines) < maxLines {
			b.sheet.Lines = append(b.sheet.Lines, Line{Text: cutTo(p[0]+"："+p[1], maxLine)})
		}
	}
	return true
}

// inside is the state within n.
func (s state) inside(n *html.Node) state {
	switch n.DataAtom {
	case atom.A:
		s.link = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		s.level = int(n.Data[1] - '0')
	case atom.Center:
		s.centred = true
	case atom.Pre, atom.Xmp, atom.Listing:
		s.pre = true
	case atom.Td, atom.Th, atom.Table:
		s.centred = false
	}
	if dom.Attr(n, "align") == "center" || strings.Contains(strings.ReplaceAll(strings.ToLower(dom.Attr(n, "style")), " ", ""), "text-align:center") {
		s.centred = true
	}
	return s
}

func (b *builder) flush(state) {
	text := b.text.String()
	if strings.Contains(text, "&&&") {
		text = placeholder.ReplaceAllString(text, "")
	}
	lead, menu := b.lead, b.links >= 3 && !b.plain
	b.text.Reset()
	b.links, b.plain, b.lead = 0, false, 0
	for _, part := range gaps(text) {
		part = dom.Clean(part)
		if part == "" || len(b.sheet.Lines) >= maxLines {
			continue
		}
		if lead >= len(part) {
			lead = 0
		}
		b.sheet.Lines = append(b.sheet.Lines, Line{Text: cutTo(part, maxLine), Level: b.at.level, Centred: b.at.centred, Menu: menu, Lead: lead})
		lead = 0
	}
}

// spoken tells the signs of a text from those that part the links of a menu.
func spoken(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// placeholder are marks of the form that a notice was made from: &&&招标人盖章位置&&&.
var placeholder = pattern.New(`&&&[^&]{0,40}&&&`)

func cut(s string) string { return cutTo(s, maxValue) }

func cutTo(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	s = s[:limit]
	for !utf8.ValidString(s) {
		s = s[:len(s)-1]
	}
	return s
}
