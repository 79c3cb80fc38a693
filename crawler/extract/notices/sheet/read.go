package sheet

import (
	"strings"
	"unicode/utf8"

	"dealvitals/crawler/extract/pattern"
)

// read turns lines and grids into facts and tables, from top to bottom.
func (s *Sheet) read() {
	r := reader{sheet: s}
	for i := range s.Lines {
		r.line = i
		if t := s.Lines[i].Table; t > 0 {
			r.grid(s.grids[t-1])
			continue
		}
		r.text(s.Lines[i].Text)
	}
}

// reader keeps the heading and the lot that it stands under.
type reader struct {
	sheet   *Sheet
	line    int
	section string
	lot     string
	open    string // a label whose value stands on the next line
}

// heading is a short line that says what follows: numbered, or of the words of headings.
var heading = pattern.New(`^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}(?:\.\d{1,2})*[、.．\s)）]+[^\d\s]|第[一二三四五六七八九十]+[章节部])`)

// day is a date whose day stands first: 2 June 2026, 2. Juni 2026, 2 de junio de 2026.
var day = pattern.New(`^\d{1,2}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?\p{L}{3,}\.?,?\s+(?:de\s+)?\d{4}`)

// numbered tells a heading with its number before it.
func numbered(text string) bool { return heading.MatchString(text) && !day.MatchString(text) }

// lotLine opens a package or lot.
var lotLine = pattern.New(`^(?:分?包号?|标段|标项|采购包|合同包|包件|品目|分标|包组|分包号|子包|包别|标的物?)\s*(?:编?号|名称|序号)?\s*[:：]?\s*[\dA-Za-z一二三四五六七八九十]{1,6}(?:[:：、\s(（]|$)|^第?\s*[\d一二三四五六七八九十A-Z]{1,4}\s*(?:分包|包|标段|标包|标项|包件)|[（(第][\d一二三四五六七八九十A-Z]{1,3}(?:标段|包|分包)[）)]?$|^[A-Z]包`)

// text reads one line.
func (r *reader) text(text string) {
	if lotLine.MatchString(text) && utf8.RuneCountInString(text) < 60 {
		r.lot = text
	}
	if m := bracketLabel.FindStringSubmatch(text); m != nil {
		r.open = ""
		r.add(m[1], m[2])
		return
	}
	pairs := Pairs(text)
	if len(pairs) == 0 {
		r.plain(text)
		return
	}
	r.open = ""
	for i, p := range pairs {
		if p.Value == "" && i == len(pairs)-1 {
			r.open = p.Label
			r.enter(p.Label)
			return
		}
		r.add(p.Label, p.Value)
	}
}

// bracketLabel is a label in brackets before its value: 【采购人】某局.
var bracketLabel = pattern.New(`^[【\[〖]((?:\p{Han}[ \x{3000}\x{a0}]*|[（(]\p{Han}{1,4}[)）]|[/／、]){2,14})[】\]〗]\s*[:：﹕︰]?\s*(\S.*)$`)

// plain reads a line without a label: the value of the label before, or a heading.
func (r *reader) plain(text string) {
	if r.open != "" && utf8.RuneCountInString(text) < 400 && !numbered(text) {
		r.add(r.open, text)
		r.open = ""
		return
	}
	r.open = ""
	if utf8.RuneCountInString(text) <= 40 && !strings.ContainsAny(text, "，。；,;") {
		if numbered(text) || strings.HasSuffix(text, "信息") || strings.HasSuffix(text, "情况") || strings.HasSuffix(text, "方式") {
			r.enter(text)
		}
		if numbered(text) {
			r.open = text // "三、中标供应商" and the name on the next line
		}
	}
}

// enter opens a section. A new numbered heading ends the lot.
func (r *reader) enter(title string) {
	r.section = Label(title)
	if numbered(title) {
		r.lot = ""
	}
}

func (r *reader) add(label, value string) {
	r.sheet.Facts = append(r.sheet.Facts, Fact{Label: Label(label), Value: cut(value), Section: r.section, Lot: r.lot, Line: r.line})
}

// grid reads a table: a head with rows beneath it, or labels beside their values.
func (r *reader) grid(g grid) {
	if turned, ok := g.turned(); ok {
		r.records(turned)
		return
	}
	for i := 0; i < len(g); {
		if n := g.turnedFrom(i); n > 1 {
			if turned, ok := g[i : i+n].turned(); ok {
				r.records(turned)
				i += n
				continue
			}
		}
		if n := g.recordsFrom(i); n > 0 {
			r.records(g[i : i+1+n])
			i += 1 + n
			continue
		}
		r.pairRow(g.ungrouped(i))
		i++
	}
}

func (r *reader) records(g grid) {
	t := Table{Section: r.section, Lot: r.lot, Line: r.line}
	for _, cell := range g[0] {
		t.Head = append(t.Head, Label(cell))
	}
	t.Rows = append(t.Rows, g[1:]...)
	r.sheet.Tables = append(r.sheet.Tables, t)
}

// pairRow reads a row of labels beside their values. A row of one filled cell is a line.
func (r *reader) pairRow(row []string) {
	filled := make([]string, 0, len(row))
	for _, cell := range row {
		if cell != "" {
			filled = append(filled, cell)
		}
	}
	if len(filled) == 1 {
		for line := range strings.SplitSeq(filled[0], "\n") {
			r.text(line)
		}
		return
	}
	for i := 0; i < len(row); i++ {
		cell := row[i]
		if cell == "" {
			continue
		}
		if pairs := Pairs(oneLine(cell)); len(pairs) > 0 && (pairs[0].Value != "" || i+1 >= len(row)) {
			for line := range strings.SplitSeq(cell, "\n") {
				r.text(line)
			}
			continue
		}
		value, at := next(row, i)
		if !labelLike(cell) || at < 0 {
			continue
		}
		if rank.MatchString(Label(cell)) && rank.MatchString(Label(value)) {
			continue
		}
		r.add(cell, value)
		i = at
	}
}

// next is the value beside the label at i: the next filled cell that is no label itself,
// but not further than the next label.
func next(row []string, i int) (string, int) {
	for j := i + 1; j < len(row); j++ {
		if row[j] == row[i] {
			continue // the same cell again: a span
		}
		if row[j] != "" {
			return row[j], j
		}
		if j > i+1 {
			break
		}
	}
	return "", -1
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }
