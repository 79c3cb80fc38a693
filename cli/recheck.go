package cli

import (
	"io"

	"dealvitals/api/desk"
	"dealvitals/scorer"

	"github.com/spf13/cobra"
)

func newRecheck(e *env) *cobra.Command {
	var format, lang string
	c := &cobra.Command{
		Use:   "recheck",
		Short: "List the holds that today's rules would not put on their deals, and why",
		Long: `Scores again what every open freeze and proposal was decided on: as of the instant of then,
from what was known then, by the policy that held then, but by the rules of this version of
the program. Lists those that would not be held today, or for another reason, with both
explanations. To be run after an upgrade. Nothing is written: a person reviews what is
listed, and releases it or not. While dealvitals serve runs ask GET /v1/freeze-recheck.`,
		Example: "  dealvitals recheck --lang zh\n  dealvitals recheck --format json",
		Args:    cobra.NoArgs,
	}
	formatFlag(c, &format)
	langFlag(c, &lang)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := checkLang(lang); err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error {
			r, err := a.desk().Recheck(c.Context(), lang)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, r)
			}
			return printRecheck(e.Out, r, lang)
		})
	}
	return c
}

// printRecheck writes the list for people.
func printRecheck(w io.Writer, r desk.Recheck, lang string) error {
	p := &explanationPrinter{zh: lang == scorer.LangZH}
	for _, hold := range r.Changed {
		p.hold(hold)
	}
	if len(r.Changed) == 0 {
		p.line(p.say("目前冻结或建议冻结的商机 %d 个，按现行规则结论均不变。未写入任何数据。\n下一步：无",
			"%d deals are held, each as today's rules would hold it. Nothing was written.\nNext: nothing"), r.Held)
	} else {
		p.heading(p.say("目前冻结或建议冻结的商机 %d 个，其中 %d 个按现行规则结论不同，%d 个不变。未写入任何数据。",
			"%d deals are held: %d would not be held so by today's rules, %d would. Nothing was written."), r.Held, len(r.Changed), r.Same)
		p.line("%s", p.say("下一步：由人工逐一复核后解除或维持：看板（dealvitals serve），或 POST /v1/deals/{id}/decisions、/v1/bulk-decisions",
			"Next: a person reviews each, and releases it or lets it stand: in the dashboard (dealvitals serve), or with POST /v1/deals/{id}/decisions"))
	}
	_, err := io.WriteString(w, p.String())
	return err
}

// hold tells of one hold what it was decided on, what that is today, and where the deal is now.
func (p *explanationPrinter) hold(h desk.RecheckedHold) {
	p.heading("%s  %s · %s · %s · %s %s", h.DealID, h.DealName, h.CustomerName, h.Owner, h.Amount, h.Currency)
	state := string(h.Freeze.State)
	if h.Freeze.Since != nil {
		state += " " + p.say("自", "since") + " " + shanghaiTime(h.Freeze.Since)
	}
	if h.Freeze.Disputed {
		state += p.say("，有异议", ", disputed")
	}
	if h.PersonDecided {
		state += p.say("，已由人工决定维持", ", a person decided that it stays")
	}
	if h.DecidedOn != h.DealID {
		state += p.say("，依据合并前的商机 ", ", decided on the deal that was merged into it: ") + h.DecidedOn
	}
	p.line("  %s", state)
	p.line("  %s", p.recheckWhy(h.Why))
	p.standing(p.say("当时", "then"), h.Then)
	p.standing(p.say("同一时点，按现行规则", "the same instant, by today's rules"), h.Today)
	p.standing(p.say("目前", "now"), h.Present)
}

// standing writes one of the explanations: its summary, and the factors that have no band.
func (p *explanationPrinter) standing(heading string, x *scorer.Explanation) {
	if x == nil {
		return
	}
	p.line("  %s (%s): %s", heading, shanghaiTime(&x.AsOf), x.Summary)
	for _, f := range x.Factors {
		p.line("    · %s", f.Sentence)
	}
}

func (p *explanationPrinter) recheckWhy(why desk.RecheckWhy) string {
	switch why {
	case desk.RecheckDoubtful:
		return p.say("按现行规则当时并非三项都已测得，不会冻结", "by today's rules not all three factors were measured: it would not be held")
	case desk.RecheckNoHold:
		return p.say("按现行规则当时三项均已测得，但不构成会冻结的模式", "by today's rules all three factors were measured, and make no pattern that freezes")
	case desk.RecheckOther:
		return p.say("按现行规则仍会冻结，但原因不同", "by today's rules it would be held for another reason")
	}
	return p.say("冻结所依据的数据已不保存，无法核对", "what it was decided on is not kept any more: nobody can tell")
}
