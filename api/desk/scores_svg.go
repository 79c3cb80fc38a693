package desk

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
)

//go:embed scores.svg.tmpl
var scoresTemplate string

// The chart's measures in pixels.
const (
	chartWidth  = 860
	chartHeight = 300
	plotLeft    = 44
	plotRight   = 16
	plotTop     = 64
	plotBottom  = 28
)

// manyScores is from how many scores on only the last of each day is drawn.
const manyScores = 400

type scorePicture struct {
	Title, Note       string
	Width, Height     int
	Left, Right       float64
	Top, Bottom       float64
	Levels, Days      []scoreLabel
	Held              []scoreSpan // while the pattern that freezes was there
	HeldText, Nothing string
	Lines             []scoreLine
}

type scoreLabel struct {
	Text string
	X, Y float64
}

type scoreSpan struct{ X, Width float64 }

// scoreLine is the course of one number, broken where it was not known.
type scoreLine struct {
	Name, Ink, Dash string
	Thick           float64
	Paths           []string
	Dots            []scoreLabel // where it ends or stands alone: scores of one day make a line of no length
	KeyX            int
}

// SVG draws the scores, in zh or en: health and the three factors, broken where they were
// not known, above the spans in which the pattern that freezes was there. It uses no styles
// and no scripts, so that it shows under the strictest content policy.
func (h ScoreHistory) SVG(lang string) ([]byte, error) {
	t, err := template.New("scores").Parse(scoresTemplate)
	if err != nil {
		return nil, fmt.Errorf("reading the chart's template: %w", err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, h.picture(lang == "en")); err != nil {
		return nil, fmt.Errorf("drawing the scores: %w", err)
	}
	return out.Bytes(), nil
}

func (h ScoreHistory) picture(english bool) scorePicture {
	say := func(zh, en string) string {
		if english {
			return en
		}
		return zh
	}
	p := scorePicture{
		Title: say("评分走势 ", "Scores of deal ") + h.DealID,
		Note:  fmt.Sprintf(say("%s 至 %s（北京时间）；断开处为当时没有有效数据", "%s to %s (Beijing time); broken where there was no valid data"), day(h.From), day(h.To)),
		Width: chartWidth, Height: chartHeight, Left: plotLeft, Right: chartWidth - plotRight, Top: plotTop, Bottom: chartHeight - plotBottom,
		HeldText: say("两高一低", "two high, one low"),
	}
	for level := 0; level <= 100; level += 25 {
		p.Levels = append(p.Levels, scoreLabel{fmt.Sprint(level), plotLeft - 8, heightOf(float64(level))})
	}
	for n := range 5 {
		at := h.From.Add(h.To.Sub(h.From) / 4 * time.Duration(n))
		p.Days = append(p.Days, scoreLabel{day(at), h.across(at), chartHeight - 8})
	}
	scores := thinned(h.Scores)
	if len(scores) == 0 {
		p.Nothing = say("这段时间没有评分", "There are no scores in this time")
	}
	p.Held = h.held(scores)
	p.Lines = []scoreLine{
		h.line(scores, say("健康度", "health"), "#1b2733", "", 2.5, func(e scorer.Evaluation) *float64 { return e.Health }),
		h.line(scores, say("招聘", "hiring"), "#0f6fb8", "6 3", 1.5, factorOf(signals.FactorHiring)),
		h.line(scores, say("采购", "tender"), "#b35c00", "2 3", 1.5, factorOf(signals.FactorTender)),
		h.line(scores, say("互动", "WeChat"), "#1f7d4f", "9 3 2 3", 1.5, factorOf(signals.FactorWeChat)),
	}
	for i := range p.Lines {
		p.Lines[i].KeyX = plotLeft + 110*i
	}
	return p
}

func factorOf(f signals.Factor) func(scorer.Evaluation) *float64 {
	return func(e scorer.Evaluation) *float64 { return e.Factors.Of(f).Score }
}

// line draws one number.
func (h ScoreHistory) line(scores []scorer.Evaluation, name, ink, dash string, thick float64, of func(scorer.Evaluation) *float64) scoreLine {
	l := scoreLine{Name: name, Ink: ink, Dash: dash, Thick: thick}
	var run []scoreLabel
	end := func() {
		if len(run) > 0 {
			l.Dots = append(l.Dots, run[len(run)-1])
		}
		if len(run) > 1 {
			l.Paths = append(l.Paths, pathOf(run))
		}
		run = nil
	}
	for _, e := range scores {
		value := of(e)
		if value == nil {
			end()
			continue
		}
		run = append(run, scoreLabel{X: h.across(e.AsOf), Y: heightOf(*value)})
	}
	end()
	return l
}

func pathOf(points []scoreLabel) string {
	var path strings.Builder
	for i, p := range points {
		fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(i, 1)], p.X, p.Y)
	}
	return path.String()
}

// held is the spans in which each score showed the pattern, from the first score of each to
// the score after it.
func (h ScoreHistory) held(scores []scorer.Evaluation) []scoreSpan {
	var spans []scoreSpan
	for i, e := range scores {
		if !e.Freezes {
			continue
		}
		until := h.To
		if i+1 < len(scores) {
			until = scores[i+1].AsOf
		}
		x, end := h.across(e.AsOf), h.across(until)
		if n := len(spans); n > 0 && i > 0 && scores[i-1].Freezes {
			spans[n-1].Width = end - spans[n-1].X
			continue
		}
		spans = append(spans, scoreSpan{X: x, Width: end - x})
	}
	return spans
}

// thinned leaves the last score of each day in Shanghai where there are many.
func thinned(scores []scorer.Evaluation) []scorer.Evaluation {
	if len(scores) < manyScores {
		return scores
	}
	var kept []scorer.Evaluation
	for _, e := range scores {
		if n := len(kept); n > 0 && day(kept[n-1].AsOf) == day(e.AsOf) {
			kept[n-1] = e
			continue
		}
		kept = append(kept, e)
	}
	return kept
}

// across is where an instant lies on the chart.
func (h ScoreHistory) across(t time.Time) float64 {
	all := h.To.Sub(h.From)
	if all <= 0 {
		return plotLeft
	}
	return plotLeft + float64(chartWidth-plotLeft-plotRight)*float64(t.Sub(h.From))/float64(all)
}

func heightOf(score float64) float64 {
	return plotTop + (chartHeight-plotTop-plotBottom)*(100-score)/100
}
