package imports

import (
	"fmt"
	"strings"

	"dealvitals/signals"
)

// row is one line of a table, with what is wrong in it.
type row struct {
	line    int
	cells   []string
	heading heading

	problems []Fault
	warnings []Fault
}

// cell is a column's text without blanks around it, "" where the row has none.
func (r *row) cell(key string) string {
	if given, ok := r.heading.given[key]; ok {
		return given
	}
	at := r.heading.at[key]
	if len(at) == 1 {
		return r.text(key, at[0])
	}
	var texts []string
	for _, part := range r.parts(key) {
		texts = append(texts, part.text)
	}
	return strings.Join(texts, ";")
}

// text is what one cell says, "" where it says that there is nothing.
func (r *row) text(key string, i int) string {
	if i >= len(r.cells) {
		return ""
	}
	text := strings.Trim(r.cells[i], " \t\r\n\u00A0\u3000\uFEFF")
	if r.heading.blank[key] && isBlank(text) {
		return ""
	}
	return text
}

// part is a cell of a column, with the heading it stands under.
type part struct{ heading, text string }

// parts are the cells of a column that have any text.
func (r *row) parts(key string) []part {
	var parts []part
	for _, i := range r.heading.at[key] {
		if text := r.text(key, i); text != "" {
			parts = append(parts, part{trimmed(r.heading.cells[i]), text})
		}
	}
	return parts
}

// isBlank tells what people write into a cell that has nothing to say.
func isBlank(text string) bool {
	switch strings.ToLower(text) {
	case "-", "--", "—", "——", "/", "无", "暂无", "待定", "未定", "未知", "n/a", "#n/a", "na", "null", "none":
		return true
	}
	return false
}

// needed is a cell that must not be empty.
func (r *row) needed(key string) string {
	text := r.cell(key)
	if text == "" {
		r.problem(key, "this cell must not be empty")
	}
	return text
}

// longID is what is wrong with an id that is too long.
var longID = fmt.Sprintf("an id has at most %d bytes, a Chinese character being three", signals.MaxID)

// yes reads a cell that says yes or no; an empty one says no.
func (r *row) yes(key string) bool {
	switch text := strings.ToLower(r.cell(key)); text {
	case "yes", "true", "1", "是", "y":
		return true
	case "", "no", "false", "0", "否", "n":
	default:
		r.problem(key, fmt.Sprintf("%q is neither yes (是) nor no (否)", text))
	}
	return false
}

// id is the cell that names the record.
func (r *row) id() string {
	id := r.needed("id")
	if len(id) > signals.MaxID {
		r.problem("id", longID)
	}
	return id
}

func (r *row) problem(key, detail string) {
	r.problems = append(r.problems, Fault{Line: r.line, Column: r.shown(key), Detail: detail})
}

func (r *row) warning(key, detail string) {
	r.warnings = append(r.warnings, Fault{Line: r.line, Column: r.shown(key), Detail: detail})
}

// shown is a column as the table's heading says it.
func (r *row) shown(key string) string {
	if shown, ok := r.heading.shown[key]; ok {
		return shown
	}
	return key
}

// empty tells a line without any text.
func (r *row) empty() bool {
	for _, c := range r.cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// checkWidth finds rows with more cells than the heading: their columns are mixed up.
func (r *row) checkWidth() {
	for i := r.heading.width; i < len(r.cells); i++ {
		if strings.TrimSpace(r.cells[i]) != "" {
			r.problems = append(r.problems, Fault{Line: r.line, Detail: "it has more cells than the heading: put a cell with a separator in it in quotation marks, and give every column a heading"})
			return
		}
	}
}
