package imports

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// heading tells which cell of a row is which column.
type heading struct {
	line  int                // where it stands, from 1
	at    map[string][]int   // column key → cells of a row, more than one only of a list
	shown map[string]string  // column key → as the table's heading says
	cells []string           // as they stand
	wan   map[string]float64 // column key → what a number in it is multiplied by: 金额(万元)
	blank map[string]bool    // column key → a dash or 无 in it is no text
	width int                // cells of the heading row

	given  map[string]string // column key → what every row has in it
	format *chatFormat       // nil where the columns are ours
}

// claim is a cell of the heading that stands for a column.
type claim struct {
	cell int
	rank int // the smaller, the plainer: −1 where the user says so
}

// readHeading finds the columns of a kind in the row that holds a table's heading.
func readHeading(kind string, line int, cells []string, o Options) (h heading, problems, warnings []Fault) {
	h = heading{
		line: line, given: o.given(), width: len(cells), cells: slices.Clone(cells),
		at: make(map[string][]int), shown: make(map[string]string), wan: make(map[string]float64), blank: make(map[string]bool),
	}
	if len(o.Columns) == 0 {
		h.format = chatFormatOf(kind, cells)
	}
	if h.format != nil {
		h.readFormat()
		return h, h.missing(kind, nil), nil
	}
	if problems = h.badNames(kind, o.Columns); len(problems) > 0 {
		return h, problems, nil
	}
	claims, unread := claimsOf(kind, h.cells, o.Columns)
	for _, c := range columnsOf(kind) {
		h.blank[c.key] = !c.required && kind != Interactions
		p, w := h.settle(c, claims[c.key])
		problems, warnings = append(problems, p...), append(warnings, w...)
	}
	problems = append(problems, h.missing(kind, unread)...)
	for _, name := range unread {
		warnings = append(warnings, Fault{Line: line, Column: name, Detail: "this column is not known and was not read; dealvitals import template " + kind + " shows those that are, and --columns KEY=HEADING (over HTTP columns) says what one stands for"})
	}
	return h, problems, warnings
}

// claimsOf finds which cells say to be which column, and those that are none.
func claimsOf(kind string, cells []string, named map[string]string) (claims map[string][]claim, unread []string) {
	claims = make(map[string][]claim)
	for i, cell := range cells {
		text := trimmed(cell)
		name, _ := headingName(cell)
		if key := keyNamed(named, text); key != "" {
			claims[key] = append(claims[key], claim{i, -1})
			continue
		}
		known := false
		for _, c := range columnsOf(kind) {
			if rank := c.rank(name); rank >= 0 {
				claims[c.key] = append(claims[c.key], claim{i, rank})
				known = true
				break
			}
		}
		if !known && text != "" {
			unread = append(unread, text)
		}
	}
	return claims, unread
}

// keyNamed is the column that the user says a heading stands for.
func keyNamed(named map[string]string, heading string) string {
	for _, key := range slices.Sorted(maps.Keys(named)) {
		if trimmed(named[key]) == heading && heading != "" {
			return key
		}
	}
	return ""
}

// settle decides which cells are a column: all of them for a list, else the plainest.
func (h *heading) settle(c column, claims []claim) (problems, warnings []Fault) {
	if len(claims) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(claims, func(a, b claim) int { return cmp.Compare(a.rank, b.rank) })
	for i, claim := range claims {
		text := trimmed(h.cells[claim.cell])
		switch {
		case i == 0 || c.isList():
			h.at[c.key] = append(h.at[c.key], claim.cell)
			if i == 0 {
				h.shown[c.key] = text
				_, h.wan[c.key] = headingName(text)
			}
		case claim.rank == claims[0].rank:
			problems = append(problems, Fault{Line: h.line, Column: text, Detail: fmt.Sprintf("this is the second column for %s (%s): leave one out", c.key, c.names[0])})
		default:
			warnings = append(warnings, Fault{Line: h.line, Column: text, Detail: fmt.Sprintf("this column was not read: %s is the one for %s; --columns %s=%s (over HTTP columns) takes this one", h.shown[c.key], c.key, c.key, text)})
		}
	}
	return problems, warnings
}

// badNames are columns named by the user that there are not.
func (h *heading) badNames(kind string, named map[string]string) []Fault {
	var problems []Fault
	for _, key := range slices.Sorted(maps.Keys(named)) {
		keys := keysOf(kind)
		switch {
		case !slices.Contains(keys, key):
			problems = append(problems, Fault{Line: h.line, Column: key, Detail: fmt.Sprintf("%s have no such column: there are %s", kind, strings.Join(keys, ", "))})
		case !slices.ContainsFunc(h.cells, func(cell string) bool { return trimmed(cell) == trimmed(named[key]) }):
			problems = append(problems, Fault{Line: h.line, Column: key, Detail: fmt.Sprintf("there is no heading %s: the headings are %s", named[key], strings.Join(trimmedAll(h.cells), ", "))})
		}
	}
	return problems
}

// missing are the columns that a table must have and this one has not.
func (h *heading) missing(kind string, unread []string) []Fault {
	var problems []Fault
	for _, c := range columnsOf(kind) {
		if !c.required || h.has(c.key) {
			continue
		}
		detail := fmt.Sprintf("the column %s (%s) is missing: add it to the heading", c.key, c.names[0])
		if len(unread) > 0 {
			detail += fmt.Sprintf(", or say which heading stands for it, as --columns %s=%s (over HTTP columns); not known are %s", c.key, unread[0], strings.Join(unread, ", "))
		}
		problems = append(problems, Fault{Line: h.line, Column: c.key, Detail: detail})
	}
	return problems
}

// readFormat finds the columns of a program that exports chats.
func (h *heading) readFormat() {
	for i, cell := range h.cells {
		name, _ := headingName(cell)
		if key, ok := h.format.columns[name]; ok {
			h.at[key], h.shown[key] = []int{i}, trimmed(cell)
		}
	}
}

// has tells whether there is something to read for a column.
func (h *heading) has(key string) bool {
	if h.format != nil && h.format.sides && (key == "contact_id" || key == "direction") {
		return true // told by sender and receiver
	}
	_, inTable := h.at[key]
	_, given := h.given[key]
	return inTable || given
}

// titleRows is in how many first rows the heading is looked for: reports have titles.
const titleRows = 10

// findHeading reads the row that says what the columns are: the first one that looks like
// it, else the first of all, so that what is missing in it can be told.
func findHeading(kind string, from source, o Options) (heading, []Fault, error) {
	var first []string
	firstLine := 0
	for range titleRows {
		line, cells, err := from.next()
		var unread *lineError
		switch {
		case errors.As(err, &unread):
			return heading{}, nil, &BadTableError{Problems: []Fault{{Line: unread.line, Detail: unread.reason}}, Heading: true}
		case errors.Is(err, io.EOF):
			if first == nil {
				return heading{}, nil, &FileError{Reason: "the file is empty: dealvitals import template " + kind + " prints a table to fill in"}
			}
		case err != nil:
			return heading{}, nil, err
		}
		if first == nil {
			first, firstLine = slices.Clone(cells), line
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if looksLike(kind, cells, o) {
			h, problems, warnings := readHeading(kind, line, cells, o)
			if len(problems) > 0 {
				return h, nil, &BadTableError{Problems: problems, Heading: true}
			}
			if line != firstLine {
				warnings = append([]Fault{{Line: line, Detail: "this line is taken for the heading; what stands above it was not read"}}, warnings...)
			}
			return h, warnings, nil
		}
	}
	h, problems, warnings := readHeading(kind, firstLine, first, o)
	if len(problems) > 0 {
		if w, ok := from.(*workbook); ok && len(w.others) > 0 {
			problems[0].Detail += fmt.Sprintf("; only the first sheet, %s, is read: move the table there (others are %s)", w.sheet, strings.Join(w.others, ", "))
		}
		return h, nil, &BadTableError{Problems: problems, Heading: true}
	}
	return h, warnings, nil
}

// looksLike tells whether a row may be the heading of a kind: two cells of it are columns.
// What stands above is the title of a report.
func looksLike(kind string, cells []string, o Options) bool {
	if len(o.Columns) == 0 && chatFormatOf(kind, cells) != nil {
		return true
	}
	claims, _ := claimsOf(kind, cells, o.Columns)
	return len(claims) >= 2
}

// headingName folds a heading for comparison: width, case, blanks and a unit in brackets
// do not matter. It also tells what the unit makes of a number.
func headingName(cell string) (name string, unit float64) {
	name = strings.ToLower(norm.NFKC.String(trimmed(cell)))
	name = strings.NewReplacer(" ", "", "_", "", "*", "", "\n", "").Replace(name)
	if before, inside, ok := strings.Cut(name, "("); ok {
		return before, unitOf(strings.TrimSuffix(inside, ")"))
	}
	return name, 1
}

func trimmed(cell string) string { return strings.Trim(cell, " \t\r\n\uFEFF\u3000") }

func trimmedAll(cells []string) []string {
	var texts []string
	for _, cell := range cells {
		if text := trimmed(cell); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// rank tells how plainly a folded heading names the column: 0 is our own word; below 0 it
// does not.
func (c column) rank(name string) int {
	return slices.IndexFunc(append([]string{c.key}, c.names...), func(n string) bool {
		folded, _ := headingName(n)
		return folded == name
	})
}

func (c column) is(name string) bool { return c.rank(name) >= 0 }

func keysOf(kind string) []string {
	var keys []string
	for _, c := range columnsOf(kind) {
		keys = append(keys, c.key)
	}
	return keys
}
