package sheet

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
)

// grid is a table as it stands, before it is known what its cells are.
type grid [][]string

// Of lays root out. Nodes hidden by their own style are left out, unless nearly
// everything is hidden.
func Of(root *html.Node) *Sheet {
	s := lay(root, false)
	if s.size() < 80 {
		if whole := lay(root, true); whole.size() > 4*s.size() {
			s = whole
		}
	}
	s.read()
	return s
}

// leaf tells a table that holds no other table: the others only lay the page out.
func leaf(table *html.Node) bool {
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		if dom.First(c, func(n *html.Node) bool { return n.DataAtom == atom.Table }) != nil {
			return false
		}
	}
	return true
}

// table lays a table out as a grid; spans repeat their cell only downwards, so that
// labels keep standing beside their values.
func (b *builder) table(n *html.Node, st state) {
	b.flush(st)
	g := b.grid(n)
	switch {
	case len(g) == 0:
		return
	case g.columns() == 1 || g.prose():
		b.lines(n, st)
		return
	}
	b.sheet.grids = append(b.sheet.grids, g)
	b.sheet.Lines = append(b.sheet.Lines, Line{Table: len(b.sheet.grids)})
}

// lines lays a table of one column, or of long texts, out as lines.
func (b *builder) lines(n *html.Node, st state) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.walk(c, st)
	}
}

func (g grid) columns() int {
	n := 0
	for _, row := range g {
		filled := 0
		for _, cell := range row {
			if cell != "" {
				filled++
			}
		}
		n = max(n, filled)
	}
	return n
}

// prose tells a table whose text stands in one huge cell, as pasted documents do.
func (g grid) prose() bool {
	if len(g) > 3 {
		return false
	}
	longest, all := 0, 0
	for _, row := range g {
		for _, cell := range row {
			longest, all = max(longest, len(cell)), all+len(cell)
		}
	}
	return longest > 900 && longest*10 > all*8
}

// grid reads the cells of a table.
func (b *builder) grid(table *html.Node) grid {
	var g grid
	var down []span
	dom.Walk(table, func(n *html.Node) bool {
		if n.Type != html.ElementNode || b.cells > maxCells {
			return n.Type == html.DocumentNode || b.cells <= maxCells
		}
		if n.DataAtom != atom.Tr {
			return true
		}
		var row []string
		row, down = b.row(n, down)
		if len(row) > 0 {
			g = append(g, row)
		}
		return false
	})
	return g
}

// span is a cell that reaches into the rows below.
type span struct {
	column, rows int
	text         string
}

func (b *builder) row(tr *html.Node, down []span) ([]string, []span) {
	var row []string
	var left []span
	fill := func() {
		for _, s := range down {
			if s.column == len(row) && s.rows > 0 {
				row = append(row, s.text)
			}
		}
	}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th || len(row) >= maxColumns {
			continue
		}
		fill()
		b.cells++
		text := cellText(c)
		if rows := small(dom.Attr(c, "rowspan")); rows > 1 {
			left = append(left, span{len(row), rows - 1, text})
		}
		row = append(row, text)
	}
	fill()
	for _, s := range down {
		if s.rows > 1 {
			left = append(left, span{s.column, s.rows - 1, s.text})
		}
	}
	return row, left
}

// cellText is the text of a cell, its blocks on lines of their own.
func cellText(cell *html.Node) string {
	b := builder{sheet: &Sheet{}, hidden: true}
	for c := cell.FirstChild; c != nil; c = c.NextSibling {
		b.walk(c, state{})
	}
	b.flush(state{})
	parts := make([]string, 0, len(b.sheet.Lines))
	for i := range b.sheet.Lines {
		parts = append(parts, b.sheet.Lines[i].Text)
	}
	return cut(strings.Join(parts, "\n"))
}

func small(digits string) int {
	n := 0
	for _, r := range digits {
		if r < '0' || r > '9' || n > 1000 {
			return n
		}
		n = n*10 + int(r-'0')
	}
	return n
}
