package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/spf13/cobra"
)

func newExplain(e *env) *cobra.Command {
	var asOf, format, lang string
	var all bool
	c := &cobra.Command{
		Use:   "explain DEAL",
		Short: "Tell why a deal stands as it does, from captured pages to decision",
		Long: `Prints the whole derivation of a deal's score and freeze as of an instant (default: now):
for each factor the number, its place on the curve, the band, the trend, and every signal
with the captured page behind it; the pattern, what would end it, and the decisions.
Nothing is written. The same instant gives the same answer whenever it is asked for.`,
		Example: "  dealvitals explain D-1001 --lang zh\n  dealvitals explain D-1001 --as-of 2026-10-31 --format json",
		Args:    cobra.ExactArgs(1),
	}
	formatFlag(c, &format)
	c.Flags().StringVar(&asOf, "as-of", "", "a past instant: RFC 3339, or a day (its end in Shanghai)")
	langFlag(c, &lang)
	c.Flags().BoolVar(&all, "all", false, "show every signal that does not count, too")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := checkLang(lang); err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error {
			at, err := a.pastInstant(asOf)
			if err != nil {
				return err
			}
			d, err := a.derive(c.Context(), args[0], lang, at)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, d)
			}
			if err := d.print(e.Out, all); err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Out, "\n%s\n", d.next())
			return err
		})
	}
	return c
}

// pastInstant reads an instant that has come; now where none is given.
func (a *app) pastInstant(text string) (time.Time, error) {
	now := a.clock()
	if text == "" {
		return now, nil
	}
	at, err := parseInstant(text)
	if err == nil && at.After(now) {
		return at, &usageError{fmt.Errorf("%s has not come yet", at.Format(time.RFC3339))}
	}
	return at, err
}

// derivation is a deal's explanation with the decisions that its state comes from.
type derivation struct {
	scorer.Explanation
	Decisions []scorer.Decision `json:"decisions"`
	Pages     []page            `json:"pages"`
}

// page is a captured page behind the signals that count.
type page struct {
	Evidence   string    `json:"evidence"`
	URL        string    `json:"url"`
	CapturedAt time.Time `json:"captured_at"`
}

func (a *app) derive(ctx context.Context, dealID, lang string, at time.Time) (derivation, error) {
	policy, err := a.db.Policies.At(ctx, at)
	if err != nil {
		return derivation{}, fmt.Errorf("reading the policy: %w", err)
	}
	h, err := a.db.Histories.DealWithin(ctx, dealID, at, policy.TalkReach())
	if err != nil {
		return derivation{}, fmt.Errorf("deal %s as of %s: %w", dealID, at.Format(time.RFC3339), err)
	}
	decisions, err := a.db.Verdicts.Decisions(ctx, dealID, at)
	if err != nil {
		return derivation{}, fmt.Errorf("decisions on deal %s: %w", dealID, err)
	}
	assessment := scorer.Assess(h, policy, at)
	d := derivation{
		Explanation: scorer.Explain(assessment, h, policy, lang).WithFreeze(decisions, at),
		Decisions:   append([]scorer.Decision{}, decisions...), Pages: []page{},
	}
	for _, hash := range assessment.Evidence() {
		evidence, err := a.db.Runs.Evidence(ctx, hash)
		if err != nil {
			return derivation{}, fmt.Errorf("the captured page %s: %w", hash, err)
		}
		d.Pages = append(d.Pages, page{Evidence: hash, URL: evidence.URL, CapturedAt: evidence.CapturedAt})
	}
	return d, nil
}

// print writes the derivation for people.
func (d derivation) print(w io.Writer, all bool) error {
	p := &explanationPrinter{zh: d.Lang == scorer.LangZH}
	p.heading("%s  %s · %s", d.DealID, d.DealName, d.Customer)
	p.line("%s  %s %d", d.AsOf.In(signals.Shanghai).Format(time.RFC3339), p.say("规则版本", "policy"), d.PolicyVersion)
	p.line("%s", d.Summary)
	for _, f := range d.Factors {
		p.factor(f, all)
	}
	p.list(p.say("脱离该模式的任一途径", "What would take it out of the pattern, each by itself"), changeLines(d.WayOut))
	p.list(p.say("规则", "Rules"), d.Rules)
	p.list(p.say("说明", "To bear in mind"), d.Caveats)
	if d.Freeze != nil {
		p.list(p.say("提成状态", "Commission"), []string{d.Freeze.Sentence})
	}
	p.list(p.say("决定记录", "Decisions"), d.decisionLines())
	p.list(p.say("采集页面（内容哈希）", "Captured pages (content hash)"), d.pageLines())
	_, err := io.WriteString(w, p.String())
	return err
}

// explanationPrinter gathers lines in one language.
type explanationPrinter struct {
	strings.Builder
	zh bool
}

func (p *explanationPrinter) say(zh, en string) string {
	if p.zh {
		return zh
	}
	return en
}

func (p *explanationPrinter) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *explanationPrinter) heading(format string, args ...any) {
	if p.Len() > 0 {
		p.line("")
	}
	p.line(format, args...)
}

func (p *explanationPrinter) list(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.heading("%s", heading)
	for _, text := range lines {
		p.line("  · %s", text)
	}
}

func (p *explanationPrinter) factor(f scorer.FactorExplanation, all bool) {
	p.heading("%s", f.Sentence)
	for _, fact := range f.Facts {
		p.line("    %s: %s", fact.Label, fact.Value)
	}
	hidden := 0
	for _, s := range f.Signals {
		if !s.Counted && !all {
			hidden++
			continue
		}
		p.signal(s)
	}
	if hidden > 0 {
		p.line("  – %d %s", hidden, p.say("条不计入（--all 显示）", "that do not count (--all shows them)"))
	}
}

func (p *explanationPrinter) signal(s scorer.SignalExplanation) {
	mark := "+"
	if !s.Counted {
		mark = "–"
	}
	title := s.Title
	if title == "" {
		title = s.ID
	}
	day := "          "
	if s.Date != nil {
		day = s.Date.String()
	}
	p.line("  %s %s  %s  [%s]", mark, day, title, s.WhyText)
	if s.URL != "" {
		p.line("      %s", s.URL)
	}
}

func changeLines(changes []scorer.Change) []string {
	var lines []string
	for _, c := range changes {
		lines = append(lines, c.Sentence)
	}
	return lines
}

// next says what can be done about a deal as it stands.
func (d derivation) next() string {
	zh := d.Lang == scorer.LangZH
	held := d.Freeze != nil && d.Freeze.State != scorer.FreezeClear
	unknown := slices.ContainsFunc(d.Factors, func(f scorer.FactorExplanation) bool { return f.Band == nil })
	switch {
	case held && zh:
		return "下一步：在看板（dealvitals serve）中解除、确认或登记异议，或使用 POST /v1/deals/" + d.DealID + "/decisions"
	case held:
		return "Next: release, confirm or dispute it in the dashboard (dealvitals serve), or with POST /v1/deals/" + d.DealID + "/decisions"
	case unknown && zh:
		return "下一步：dealvitals targets list --lang zh 显示哪些网页没有数据、怎么办"
	case unknown:
		return "Next: dealvitals targets list tells which pages give no data, and what to do"
	case zh:
		return "下一步：无；数据变化后会自动重新评估"
	}
	return "Next: nothing; the deal is scored again by itself when its data changes"
}

func (d derivation) decisionLines() []string {
	var lines []string
	for _, x := range d.Decisions {
		text := fmt.Sprintf("#%d %s %s → %s, %s: %s", x.Seq, x.At.In(signals.Shanghai).Format(time.RFC3339), x.Action, x.State, x.Actor, scorer.ReasonText(x.ReasonCode, d.Lang))
		if x.MergedFrom != "" {
			text += " [← " + x.MergedFrom + "]"
		}
		if x.Note != "" {
			text += " (" + x.Note + ")"
		}
		lines = append(lines, text)
	}
	return lines
}

func (d derivation) pageLines() []string {
	var lines []string
	for _, x := range d.Pages {
		lines = append(lines, fmt.Sprintf("%s  %s  %s", x.Evidence, x.CapturedAt.In(signals.Shanghai).Format(time.RFC3339), x.URL))
	}
	return lines
}
