package web

import (
	"html/template"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"dealvitals/api/desk"
	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/shopspring/decimal"
)

// functions are what the pages can call: names of codes in a language, and numbers and
// times as people read them.
func functions() template.FuncMap {
	return template.FuncMap{
		"diagnosis":  func(lang string, d scorer.Diagnosis) string { return scorer.DiagnosisName(d, lang) },
		"freeze":     func(lang string, s scorer.FreezeState) string { return freezeStates[s].in(lang) },
		"band":       func(lang string, b *scorer.Band) string { return bandWord(lang, b) },
		"status":     func(lang string, s signals.Status) string { return statusWords[s].in(lang) },
		"factor":     func(lang string, f signals.Factor) string { return factorWords[f].in(lang) },
		"unit":       func(lang string, f signals.Factor) string { return factorUnits[f].in(lang) },
		"action":     func(lang string, a scorer.Action) string { return actionWords[a].in(lang) },
		"kind":       func(lang string, k signals.Kind) string { return kindWords[k].in(lang) },
		"state":      func(lang string, s signals.TargetState) string { return targetStates[s].in(lang) },
		"outcome":    func(lang string, o signals.Outcome) string { return outcomes[o].in(lang) },
		"standing":   func(lang string, s signals.DealStatus) string { return dealStatuses[s].in(lang) },
		"notice":     func(lang string, t signals.NoticeType) string { return noticeTypes[t].in(lang) },
		"role":       func(lang string, r signals.Role) string { return noticeRoles[r].in(lang) },
		"decider":    func(lang string, b desk.By) string { return deciders[b].in(lang) },
		"refusal":    bulkRefusal,
		"period":     periodTag,
		"aspect":     aspectOf,
		"draftstate": draftTag,
		"sums":       sumsOf,
		"changed":    func(lang string, k desk.ChangeKind) string { return changeWords[k].in(lang) },
		"adjusted":   func(lang string, k desk.AdjustmentKind) string { return adjustmentWords[k].in(lang) },
		"pays":       func(lang, pay string) string { return payWords[pay].in(lang) },
		"payreason":  func(lang, code string) string { return desk.PayReasonText(code, lang) },
		"tail":       func(id string) string { return id[max(0, len(id)-6):] },
		"reason":     func(lang, code string) string { return scorer.ReasonText(code, lang) },
		"evidences":  evidencesOf,
		"add1":       func(i int) int { return i + 1 },
		"problem":    problemIn(),
		"waits":      waitsText,
		"mode":       func(lang, mode string) string { return freezeModes[mode].in(lang) },
		"money":      money,
		"grouped":    grouped,
		"number":     number,
		"percent":    func(share float64) string { return strconv.Itoa(int(math.Round(share*100))) + "%" },
		"time":       shownTime,
		"instant":    func(t *time.Time) string { return t.UTC().Format(time.RFC3339Nano) },
		"day":        func(t *time.Time) string { return shownDay(t) },
		"trend":      trendOf,
		"arrow":      arrow,
		"factors":    factorCells,
		"path":       url.PathEscape,
		"web":        isWeb,
	}
}

// bulkRefusal says why a deal of a bulk action is left as it is.
func bulkRefusal(lang string, r desk.BulkRefusal) string {
	if text, known := bulkRefusals[r.Code]; known {
		return text.in(lang)
	}
	return r.Detail
}

func bandWord(lang string, b *scorer.Band) string {
	if b == nil {
		return ""
	}
	return bandWords[*b].in(lang)
}

// evidencesOf are the captured pages behind the signals that count, each once.
func evidencesOf(list []scorer.SignalExplanation) []string {
	var hashes []string
	for _, s := range list {
		if s.Counted && s.Evidence != "" && !slices.Contains(hashes, s.Evidence) {
			hashes = append(hashes, s.Evidence)
		}
	}
	return hashes
}

var tenThousand = decimal.NewFromInt(10_000)

// money shows an amount in 万元 (in English in thousands), with its currency where that
// is not the yuan.
func money(lang, amount, currency string) string {
	value, err := decimal.NewFromString(amount)
	if err != nil {
		return amount
	}
	unit := "万元"
	if currency != "CNY" {
		unit = "万 " + currency
	}
	if lang == "en" {
		return currency + " " + grouped(value.Round(0).String())
	}
	return grouped(value.Div(tenThousand).Round(2).String()) + " " + unit
}

// grouped sets a comma before every third digit of the whole part.
func grouped(digits string) string {
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	var out strings.Builder
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	if hasFraction {
		return sign + out.String() + "." + fraction
	}
	return sign + out.String()
}

// number shows a measure: one decimal at most.
func number(x *float64) string {
	if x == nil {
		return "—"
	}
	return strconv.FormatFloat(math.Round(*x*10)/10, 'f', -1, 64)
}

// shownTime is an instant as people in Shanghai read it; it takes a time or a pointer.
func shownTime(t any) string {
	switch t := t.(type) {
	case time.Time:
		if !t.IsZero() {
			return t.In(signals.Shanghai).Format("2006-01-02 15:04")
		}
	case *time.Time:
		if t != nil {
			return shownTime(*t)
		}
	}
	return "—"
}

func shownDay(t *time.Time) string {
	if t == nil {
		return "—"
	}
	return t.In(signals.Shanghai).Format(time.DateOnly)
}

// trendOf compares a number with that of the window before.
func trendOf(f scorer.FactorScore) scorer.Trend {
	switch {
	case f.Value == nil || f.Previous == nil:
		return scorer.TrendUnknown
	case *f.Value > *f.Previous:
		return scorer.TrendUp
	case *f.Value < *f.Previous:
		return scorer.TrendDown
	}
	return scorer.TrendSteady
}

// trendSign is a trend as an arrow, and in words for those who cannot see it.
type trendSign struct{ Arrow, Text string }

func arrow(lang string, t scorer.Trend) trendSign {
	signs := map[scorer.Trend]struct {
		arrow string
		text  word
	}{
		scorer.TrendUp:      {"↑", word{"上升", "rising"}},
		scorer.TrendDown:    {"↓", word{"下降", "falling"}},
		scorer.TrendSteady:  {"→", word{"持平", "steady"}},
		scorer.TrendUnknown: {"", word{"", ""}},
	}
	return trendSign{Arrow: signs[t].arrow, Text: signs[t].text.in(lang)}
}

// factorCell is one factor in a table.
type factorCell struct {
	Lang   string
	Factor signals.Factor
	Score  scorer.FactorScore
}

func factorCells(lang string, scores scorer.FactorScores) []factorCell {
	cells := make([]factorCell, 0, 3)
	for _, f := range signals.Factors() {
		cells = append(cells, factorCell{Lang: lang, Factor: f, Score: scores.Of(f)})
	}
	return cells
}

// isWeb tells whether an address may become a link.
func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
