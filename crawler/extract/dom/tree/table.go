package tree

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// startInTable takes a start tag in a table (§13.2.6.4.9 to 15).
func (b *builder) startInTable(t tag) (again bool) {
	part := t.is&tablePart != 0 && t.atom != atom.Head && t.atom != atom.Frame
	switch b.mode {
	case inCell:
		if part {
			return b.closeCell()
		}
	case inCaption:
		if part && t.atom != atom.Th {
			return b.closeCaption()
		}
	case inColumns:
		return b.startInColumns(t)
	case inRow:
		return b.startInRow(t, part)
	case inTableBody:
		return b.startInTableBody(t, part)
	default:
		return b.startBetween(t)
	}
	b.startInBody(t)
	return false
}

// closeCell closes the open cell.
func (b *builder) closeCell() bool {
	i := b.inTableScope(atom.Td, atom.Th)
	if i < 0 {
		return false
	}
	b.popMarker(i)
	b.mode = inRow
	return true
}

func (b *builder) closeCaption() bool {
	i := b.inTableScope(atom.Caption)
	if i < 0 {
		return false
	}
	b.popMarker(i)
	b.mode = inTable
	return true
}

// closeRow closes the open row.
func (b *builder) closeRow() bool {
	if b.inTableScope(atom.Tr) < 0 {
		return false
	}
	b.backTo(atom.Tr)
	b.pop()
	b.mode = inTableBody
	return true
}

// closeBody closes the open group of rows.
func (b *builder) closeBody() bool {
	i := b.inTableScope(atom.Tbody, atom.Thead, atom.Tfoot)
	if i < 0 {
		return false
	}
	b.popTo(i)
	b.mode = inTable
	return true
}

// closeTable closes the open table, and goes on as what it stands in says.
func (b *builder) closeTable() bool {
	i := b.inTableScope(atom.Table)
	if i < 0 {
		return false
	}
	b.popTo(i)
	b.resetMode()
	return true
}

func (b *builder) startInColumns(t tag) (again bool) {
	switch t.atom {
	case atom.Html:
		b.odd = true
		return false
	case atom.Col:
		b.add(t)
		return false
	}
	b.pop()
	b.mode = inTable
	return true
}

func (b *builder) startInRow(t tag, part bool) (again bool) {
	if t.atom == atom.Td || t.atom == atom.Th {
		b.backTo(atom.Tr)
		b.push(t)
		b.mode = inCell
		return false
	}
	if part {
		return b.closeRow()
	}
	return b.startBetween(t)
}

func (b *builder) startInTableBody(t tag, part bool) (again bool) {
	switch {
	case t.atom == atom.Tr:
		b.backTo(atom.Tbody, atom.Tfoot, atom.Thead)
		b.push(t)
		b.mode = inRow
		return false
	case t.atom == atom.Td || t.atom == atom.Th:
		b.backTo(atom.Tbody, atom.Tfoot, atom.Thead)
		b.imply(atom.Tr)
		b.mode = inRow
		return true
	case part:
		return b.closeBody()
	}
	return b.startBetween(t)
}

// startBetween takes a start tag outside rows and cells. What does not belong there would
// be put before the table, which is not done here.
func (b *builder) startBetween(t tag) (again bool) {
	switch t.atom {
	case atom.Caption:
		return b.openPart(t, inCaption)
	case atom.Colgroup:
		return b.openPart(t, inColumns)
	case atom.Tbody, atom.Tfoot, atom.Thead:
		return b.openPart(t, inTableBody)
	case atom.Col:
		b.backTo(atom.Table)
		b.imply(atom.Colgroup)
		b.mode = inColumns
		return true
	case atom.Td, atom.Th, atom.Tr:
		b.backTo(atom.Table)
		b.imply(atom.Tbody)
		b.mode = inTableBody
		return true
	case atom.Table:
		return b.closeTable()
	case atom.Style, atom.Script:
		b.rawElement(b.top(), t)
	case atom.Form:
		if b.form == nil {
			b.form = b.add(t)
		}
	case atom.Input:
		b.odd = !hiddenInput(t)
		b.add(t)
	default:
		b.odd = true
	}
	return false
}

func (b *builder) openPart(t tag, m mode) (again bool) {
	b.backTo(atom.Table)
	b.push(t)
	b.mode = m
	return false
}

func hiddenInput(t tag) bool {
	for _, a := range t.attrs {
		if a.Key == "type" {
			return strings.EqualFold(a.Val, "hidden")
		}
	}
	return false
}

// resetMode finds the mode by what is open (§13.2.4.1).
func (b *builder) resetMode() {
	b.mode = inBody
	for i := len(b.stack) - 1; i >= 0; i-- {
		switch b.stack[i].atom {
		case atom.Td, atom.Th:
			b.mode = inCell
		case atom.Tr:
			b.mode = inRow
		case atom.Tbody, atom.Thead, atom.Tfoot:
			b.mode = inTableBody
		case atom.Caption:
			b.mode = inCaption
		case atom.Colgroup:
			b.mode = inColumns
		case atom.Table:
			b.mode = inTable
		case atom.Body:
		default:
			continue
		}
		return
	}
}
