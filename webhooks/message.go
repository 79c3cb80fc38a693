package webhooks

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"dealvitals/scorer"
	"dealvitals/store"

	"github.com/shopspring/decimal"
)

const (
	// listed is the most events that a message tells of one by one. More become a digest.
	listed = 5
	// largest is how many deals a digest names, those with the largest amounts.
	largest = 5
)

// markup is how a kind of robot writes.
type markup struct {
	bold func(string) string
	link func(text, address string) string
}

var (
	markdown = markup{
		bold: func(s string) string { return "**" + s + "**" },
		link: func(text, address string) string { return "[" + text + "](" + address + ")" },
	}
	plain = markup{
		bold: func(s string) string { return s },
		link: func(text, address string) string { return text + " " + address },
	}
)

// message is what a group reads.
type message struct{ title, text string }

// write tells a group of events in at most so many bytes: each by itself where they are
// few, else a digest with their counts and the largest amounts.
func write(events []store.Event, dashboard string, m markup, most int) message {
	var title string
	var lines []string
	if len(events) <= listed {
		title = "dealvitals 商机体征"
		for _, e := range events {
			lines = append(lines, "· "+lineOf(e, dashboard, m))
		}
	} else {
		title = fmt.Sprintf("dealvitals 商机体征：%s 条新动态", thousands(fmt.Sprint(len(events))))
		lines = digest(events, dashboard, m)
	}
	foot := ""
	if dashboard != "" {
		foot = m.link("打开看板", dashboard+"/")
	}
	return message{title: title, text: fit(m.bold(title), lines, foot, most)}
}

// fit joins lines, and leaves out those at the end that do not fit.
func fit(head string, lines []string, foot string, most int) string {
	const cut = "……"
	left := most - len(head) - len(foot) - len(cut) - 4
	out := []string{head}
	for _, line := range lines {
		left -= len(line) + 2
		if left < 0 {
			out = append(out, cut)
			break
		}
		out = append(out, line)
	}
	if foot != "" {
		out = append(out, foot)
	}
	return strings.Join(out, "\n\n")
}

// digest counts events by what happened, and names the deals with the largest amounts.
func digest(events []store.Event, dashboard string, m markup) []string {
	counts := make(map[store.EventType]int)
	newest := make(map[string]store.Event) // by subject
	for _, e := range events {
		counts[e.Type]++
		if e.Deal != nil {
			newest[e.Subject] = e
		}
	}
	var parts []string
	for _, t := range store.EventTypes() {
		if n := counts[t]; n > 0 {
			parts = append(parts, TypeText(t, scorer.LangZH)+" "+thousands(fmt.Sprint(n)))
		}
	}
	lines := []string{strings.Join(parts, "，")}
	if len(newest) == 0 {
		return lines
	}
	deals := make([]store.Event, 0, len(newest))
	for _, e := range newest {
		deals = append(deals, e)
	}
	slices.SortFunc(deals, func(a, b store.Event) int {
		if c := b.Deal.Amount.Cmp(a.Deal.Amount); c != 0 {
			return c
		}
		return strings.Compare(a.Subject, b.Subject)
	})
	lines = append(lines, fmt.Sprintf("涉及 %s 个商机，合计 %s。金额最大的：", thousands(fmt.Sprint(len(deals))), sums(deals)))
	for i, e := range deals[:min(largest, len(deals))] {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, lineOf(e, dashboard, m)))
	}
	return lines
}

// sums adds amounts, each currency by itself.
func sums(deals []store.Event) string {
	totals := make(map[string]decimal.Decimal)
	var currencies []string
	for _, e := range deals {
		c := e.Deal.Currency
		if _, known := totals[c]; !known {
			currencies = append(currencies, c)
		}
		totals[c] = totals[c].Add(e.Deal.Amount)
	}
	slices.SortFunc(currencies, func(a, b string) int { return totals[b].Cmp(totals[a]) })
	parts := make([]string, len(currencies))
	for i, c := range currencies {
		parts[i] = money(totals[c], c)
	}
	return strings.Join(parts, " + ")
}

// lineOf tells of one event.
func lineOf(e store.Event, dashboard string, m markup) string {
	switch {
	case e.Decision != nil:
		return dealLine(e, dashboard, m)
	case strings.HasPrefix(string(e.Type), "target."):
		return targetLine(e, dashboard, m)
	case e.Type == store.WebhookTest:
		return "这是一条测试消息：机器人已接通"
	case e.Type == store.PeriodLocked:
		var p store.Period
		if err := json.Unmarshal(e.Data, &p); err == nil {
			return fmt.Sprintf("%s：%s，共 %s 个商机", TypeText(e.Type, scorer.LangZH), clean(p.ID), thousands(fmt.Sprint(p.Deals)))
		}
	}
	return TypeText(e.Type, scorer.LangZH)
}

func dealLine(e store.Event, dashboard string, m markup) string {
	d := e.Decision
	name, rest := d.DealID, ""
	if deal := e.Deal; deal != nil {
		if deal.Name != "" {
			name = deal.Name
		}
		rest = fmt.Sprintf("，%s，销售 %s", money(deal.Amount, deal.Currency), clean(deal.Owner))
	}
	name = clean(name)
	if dashboard != "" {
		name = m.link(name, dashboard+"/deals/"+pathOf(d.DealID))
	}
	line := m.bold(TypeText(e.Type, scorer.LangZH)) + "：" + name + rest
	if d.Diagnosis != "" {
		line += "，" + scorer.DiagnosisName(d.Diagnosis, scorer.LangZH)
	}
	if d.ReasonCode != "" && d.ReasonCode != string(d.Diagnosis) {
		line += "（" + clean(scorer.ReasonText(d.ReasonCode, scorer.LangZH)) + "）"
	}
	if d.Actor != scorer.Machine && d.Actor != "" {
		line += "，由 " + clean(d.Actor)
	}
	return line
}

// pathOf is an id as a part of an address that markdown reads to its end.
func pathOf(id string) string {
	return strings.NewReplacer("(", "%28", ")", "%29").Replace(url.PathEscape(id))
}

// typeTexts is what people call events, in Chinese and in English.
var typeTexts = map[store.EventType][2]string{
	store.DealFrozen:          {"提成冻结", "commission frozen"},
	store.DealHoldProposed:    {"提议冻结，待确认", "hold proposed, to be confirmed"},
	store.DealReleased:        {"解除冻结", "freeze released"},
	store.DealConfirmed:       {"确认冻结", "freeze confirmed"},
	store.DealDisputed:        {"提出异议", "disputed"},
	store.DealDisputeAnswered: {"异议已答复", "dispute answered"},
	store.DealAssigned:        {"改派复核人", "reviewer assigned"},
	store.DealExpired:         {"冻结到期", "expired"},
	store.DealDecided:         {"新的决定", "decided otherwise"},
	store.TargetDrifted:       {"采集目标疑似改版", "target drifted"},
	store.TargetBlocked:       {"采集目标被拦截", "target blocked"},
	store.TargetFailing:       {"采集目标失败", "target failing"},
	store.TargetFailingAgain:  {"采集目标连续失败", "target failing again and again"},
	store.TargetStaleSoon:     {"采集数据即将过期", "target's data stale soon"},
	store.TargetStale:         {"采集数据已过期", "target's data stale"},
	store.TargetRecovered:     {"采集目标恢复", "target recovered"},
	store.PeriodLocked:        {"提成期间已锁定", "period locked"},
	store.WebhookTest:         {"测试消息", "a test"},
}

// TypeText is what people call an event, in zh or en (any other language: en).
func TypeText(t store.EventType, lang string) string {
	texts, known := typeTexts[t]
	switch {
	case !known:
		return string(t)
	case lang == scorer.LangZH:
		return texts[0]
	}
	return texts[1]
}

// money is an amount for people.
func money(amount decimal.Decimal, currency string) string {
	whole, cents, found := strings.Cut(amount.String(), ".")
	text := thousands(whole)
	if found {
		text += "." + cents
	}
	return text + " " + clean(currency)
}

func thousands(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return sign + digits
}

// clean is text from elsewhere as it may stand in a message: short, on one line, and
// without what a group would read as a mention, a link or markup. (Whoever names a deal
// "<at user_id="all">" must not wake the whole group.)
func clean(text string) string {
	const most = 60
	runes := []rune(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("<>[]()*_`#@~|\\", r):
			return r + 0xFEE0 // its full-width form
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, text))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
