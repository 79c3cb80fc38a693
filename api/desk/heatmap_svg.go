package desk

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"time"

	"dealvitals/signals"
)

//go:embed heatmap.svg.tmpl
var heatmapTemplate string

// The picture's measures in pixels.
const (
	cellWidth  = 34
	cellHeight = 30
	gridLeft   = 56
	gridTop    = 58
)

// heatShades are the fills of a cell from nothing to the busiest hour, dark enough for
// white letters from the fourth on.
var heatShades = [...]string{"#f1f3f7", "#cfe3f5", "#8fc1e6", "#2f78b7", "#0f4c81"}

type heatPicture struct {
	Title, Note   string
	Width, Height int
	Days          []heatLabel
	Hours         []heatLabel
	Cells         []heatPoint
}

type heatLabel struct {
	Text string
	X, Y int
}

type heatPoint struct {
	X, Y, Width, Height int
	Fill, Ink           string
	Text, Hint          string
	TextX, TextY        int
}

// SVG draws the heatmap, in zh or en. In each cell stand the contacts' messages and ours; its
// tooltip tells the keywords too. It uses no styles
// and no scripts, so that it shows under the strictest content policy.
func (h Heatmap) SVG(lang string) ([]byte, error) {
	t, err := template.New("heatmap").Parse(heatmapTemplate)
	if err != nil {
		return nil, fmt.Errorf("reading the picture's template: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, h.picture(lang)); err != nil {
		return nil, fmt.Errorf("drawing the heatmap: %w", err)
	}
	return out.Bytes(), nil
}

func (h Heatmap) picture(lang string) heatPicture {
	english := lang == "en"
	days := []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}
	p := heatPicture{
		Title: fmt.Sprintf("互动热力图 %s", h.DealID),
		Note: fmt.Sprintf("%s 至 %s（北京时间）；格内为客户来信/我方去信；关键词密度：客户 %g，我方 %g（每百条）",
			day(h.From), day(h.To), h.DensityIn, h.DensityOut),
		Width: gridLeft + 24*cellWidth + 16, Height: gridTop + 7*cellHeight + 40,
	}
	if english {
		days = []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
		p.Title = fmt.Sprintf("Heatmap of the contact, deal %s", h.DealID)
		p.Note = fmt.Sprintf("%s to %s (Beijing time); in the cells theirs/ours; keywords in 100 messages: theirs %g, ours %g",
			day(h.From), day(h.To), h.DensityIn, h.DensityOut)
	}
	for d, name := range days {
		y := gridTop + d*cellHeight
		p.Days = append(p.Days, heatLabel{name, gridLeft - 8, y + cellHeight/2 + 4})
		for hour := range 24 {
			p.Cells = append(p.Cells, h.point(name, d, hour, gridLeft+hour*cellWidth, y, english))
		}
	}
	for hour := range 24 {
		p.Hours = append(p.Hours, heatLabel{fmt.Sprint(hour), gridLeft + hour*cellWidth + cellWidth/2, gridTop + 7*cellHeight + 16})
	}
	return p
}

// point is the cell of one hour of a weekday.
func (h Heatmap) point(name string, d, hour, x, y int, english bool) heatPoint {
	in, out, keywords := h.In[d][hour], h.Out[d][hour], h.KeywordsIn[d][hour]
	level := 0
	if h.Max > 0 {
		level = (4*(in+out) + h.Max - 1) / h.Max
	}
	p := heatPoint{
		X: x, Y: y, Width: cellWidth - 2, Height: cellHeight - 2, Fill: heatShades[level], Ink: "#1b2733",
		TextX: x + cellWidth/2 - 1, TextY: y + cellHeight/2 + 3,
		Hint: fmt.Sprintf("%s %d 时：来信 %d，去信 %d，客户关键词 %d", name, hour, in, out, keywords),
	}
	if level > 2 {
		p.Ink = "#ffffff"
	}
	if in+out > 0 {
		p.Text = fmt.Sprintf("%s/%s", short(in), short(out))
	}
	if english {
		p.Hint = fmt.Sprintf("%s %d:00: theirs %d, ours %d, keywords of theirs %d", name, hour, in, out, keywords)
	}
	return p
}

// short writes a count so that two of them fit into a cell.
func short(n int) string {
	if n >= 1000 {
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprint(n)
}

func day(t time.Time) string { return t.In(signals.Shanghai).Format("2006-01-02") }
