package induce

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"dealvitals/crawler/extract/dom"
	"dealvitals/crawler/extract/jobs/words"
)

// tableFacts is what a table says of its columns.
type tableFacts struct {
	labels  []words.Label   // of the columns, from its row of headings; nil where it has none
	columns map[int32]int16 // where cells span rows or columns, the column of each cell
}

// columnOf is what the heading of a cell's column says, NoLabel outside tables.
func (v *view) columnOf(element int32) words.Label {
	cell := v.above(element, 6, atom.Td)
	if cell < 0 {
		return words.NoLabel
	}
	table := v.above(cell, 8, atom.Table)
	if table < 0 {
		return words.NoLabel
	}
	t := v.tables[table]
	if t == nil {
		t = v.readTable(table)
		v.tables[table] = t
	}
	n := int(v.o.Elements[cell].Nth)
	if t.columns != nil {
		n = int(t.columns[cell])
	}
	if n < 1 || n > len(t.labels) {
		return words.NoLabel
	}
	return t.labels[n-1]
}

// above is the nearest element of a kind around, itself included; -1 where there is none
// within that many steps.
func (v *view) above(element int32, steps int, kind atom.Atom) int32 {
	for e, n := element, 0; e >= 0 && n < steps; e, n = v.o.Elements[e].Parent, n+1 {
		if v.o.Elements[e].Node.DataAtom == kind {
			return e
		}
	}
	return -1
}

// readTable looks in the first rows of a table for one that names its columns.
func (v *view) readTable(table int32) *tableFacts {
	t := &tableFacts{}
	rows := 0
	for e := table + 1; e < v.o.Elements[table].End && rows < 4; e++ {
		if v.o.Elements[e].Node.DataAtom != atom.Tr {
			continue
		}
		rows++
		labels, known := v.rowLabels(e)
		if known >= 2 || known == 1 && len(labels) <= 2 && labels[0] == words.TitleOf {
			t.labels = labels
			t.columns = v.spans(table)
			return t
		}
	}
	return t
}

func (v *view) rowLabels(row int32) (labels []words.Label, known int) {
	for c := row + 1; c < v.o.Elements[row].End; c = v.o.Elements[c].End {
		cell := &v.o.Elements[c]
		if cell.Node.DataAtom != atom.Td && cell.Node.DataAtom != atom.Th {
			continue
		}
		label := words.NoLabel
		if cell.Last > cell.First {
			var text strings.Builder
			for i := cell.First; i < min(cell.Last, cell.First+4); i++ {
				text.WriteString(v.o.Leaves[i].Text)
			}
			label = words.HeadOf(text.String())
		}
		if label != words.NoLabel {
			known++
		} else if cell.Last > cell.First {
			known-- // a row of data with one word that may be a heading
		}
		for range span(v, c, "colspan") {
			labels = append(labels, label)
		}
	}
	return labels, known
}

// maxSpan bounds spans, which pages may state as they like.
const maxSpan = 200

func span(v *view, cell int32, key string) int {
	n, err := strconv.Atoi(dom.Attr(v.o.Elements[cell].Node, key))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

// spans gives each cell its column where cells span rows or columns; nil where none does.
func (v *view) spans(table int32) map[int32]int16 {
	columns := map[int32]int16{}
	var taken [maxSpan + 1]int // rows that a column is still taken for
	spanned := false
	for e := table + 1; e < v.o.Elements[table].End; e++ {
		if v.o.Elements[e].Node.DataAtom != atom.Tr {
			continue
		}
		at := 1
		for c := e + 1; c < v.o.Elements[e].End; c = v.o.Elements[c].End {
			kind := v.o.Elements[c].Node.DataAtom
			if kind != atom.Td && kind != atom.Th {
				continue
			}
			for at <= maxSpan && taken[at] > 0 {
				at++
			}
			columns[c] = int16(min(at, maxSpan))
			wide, high := span(v, c, "colspan"), span(v, c, "rowspan")
			spanned = spanned || wide > 1 || high > 1
			if wide > 2 {
				columns[c] = 0 // what stands over many columns, as details beneath a row, is of none
			}
			for range wide {
				if at <= maxSpan {
					taken[at] = max(taken[at], high)
				}
				at++
			}
		}
		for i := range taken {
			taken[i] = max(0, taken[i]-1)
		}
	}
	if !spanned {
		return nil
	}
	return columns
}
