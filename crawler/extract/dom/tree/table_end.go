package tree

import (
	"golang.org/x/net/html/atom"
)

// endInTable takes an end tag in a table.
func (b *builder) endInTable(t tag) (again bool) {
	switch b.mode {
	case inCell:
		return b.endInCell(t)
	case inCaption:
		return b.endInCaption(t)
	case inColumns:
		return b.endInColumns(t)
	case inRow:
		switch t.atom {
		case atom.Tr:
			b.closeRow()
			return false
		case atom.Table:
			return b.closeRow()
		case atom.Tbody, atom.Tfoot, atom.Thead:
			return b.inTableScope(t.atom) >= 0 && b.closeRow()
		}
	case inTableBody:
		switch t.atom {
		case atom.Tbody, atom.Tfoot, atom.Thead:
			b.endBody(t)
			return false
		case atom.Table:
			return b.closeBody()
		}
	}
	b.endBetween(t)
	return false
}

func (b *builder) endBody(t tag) {
	if b.inTableScope(t.atom) < 0 {
		return
	}
	b.backTo(atom.Tbody, atom.Tfoot, atom.Thead)
	b.pop()
	b.mode = inTable
}

func (b *builder) endInCell(t tag) (again bool) {
	switch t.atom {
	case atom.Td, atom.Th:
		if i := b.inTableScope(t.atom); i >= 0 {
			b.popMarker(i)
			b.mode = inRow
		}
		return false
	case atom.Body, atom.Caption, atom.Col, atom.Colgroup, atom.Html:
		return false
	case atom.Table, atom.Tbody, atom.Tfoot, atom.Thead, atom.Tr:
		if b.inTableScope(t.atom) < 0 {
			return false
		}
		if i := b.inTableScope(atom.Td, atom.Th); i >= 0 {
			b.popMarker(i)
		}
		b.mode = inRow
		return true
	}
	b.endInBody(t)
	return false
}

func (b *builder) endInCaption(t tag) (again bool) {
	switch t.atom {
	case atom.Caption:
		b.closeCaption()
		return false
	case atom.Table:
		return b.closeCaption()
	case atom.Body, atom.Col, atom.Colgroup, atom.Html, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		return false
	}
	b.endInBody(t)
	return false
}

func (b *builder) endInColumns(t tag) (again bool) {
	switch t.atom {
	case atom.Colgroup:
		b.pop()
		b.mode = inTable
		return false
	case atom.Col:
		return false
	}
	b.pop()
	b.mode = inTable
	return true
}

// endBetween takes an end tag outside rows and cells.
func (b *builder) endBetween(t tag) {
	switch t.atom {
	case atom.Table:
		b.closeTable()
	case atom.Body, atom.Caption, atom.Col, atom.Colgroup, atom.Html, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr:
		// They close nothing here.
	case atom.P, atom.Br:
		b.odd = true
	default:
		b.endInBody(t)
	}
}
