package cli

import (
	"context"
	"fmt"
	"io"

	"dealvitals/api/desk"
	"dealvitals/scorer"

	"github.com/spf13/cobra"
)

func newTargets(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "targets", Short: "Crawl targets: how they do, and what to do about them; pause, resume", Args: cobra.NoArgs,
		Long: `Shows the targets that "dealvitals import targets" brought, each with its state, how its last
run ended, and what can be done where it gives no data. While serve runs, its dashboard
and API show the same.`,
	}
	c.AddCommand(
		newTargetsList(e), newTargetsShow(e),
		newTargetsPause(e, "pause", "Stop crawling a target; its measures go stale in time, and are never low", true),
		newTargetsPause(e, "resume", "Crawl a paused target again", false),
		newTargetsShowsAll(e), newTargetsConfirmFall(e),
	)
	return c
}

func newTargetsList(e *env) *cobra.Command {
	var format, lang string
	c := &cobra.Command{
		Use: "list", Short: "List the targets, and what to do about those that give no data", Args: cobra.NoArgs,
		Example: "  dealvitals targets list --lang zh",
	}
	formatFlag(c, &format)
	langFlag(c, &lang)
	c.RunE = func(c *cobra.Command, _ []string) error {
		if err := checkLang(lang); err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error {
			views, err := a.targetViews(c.Context())
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"items": views})
			}
			return printTargets(e.Out, views, lang)
		})
	}
	return c
}

func (a *app) targetViews(ctx context.Context) ([]desk.TargetView, error) {
	counter, views := a.desk(), []desk.TargetView{}
	for after := ""; ; {
		page, err := counter.ViewTargets(ctx, after, 1000)
		if err != nil || len(page) == 0 {
			return views, err
		}
		views = append(views, page...)
		after = page[len(page)-1].Target.ID
	}
}

// printTargets prints a row for each, and below it what to do about those that need it.
func printTargets(w io.Writer, views []desk.TargetView, lang string) error {
	t := newTable("target 目标", "kind 类型", "customer 客户", "state 状态", "outcome 结果", "last run 最近采集", "items 条", "url 网址").
		orSay("no targets yet\nNext: dealvitals probe --kind hiring URL shows what a page yields; dealvitals import targets FILE")
	toDo := newTable("target 目标", "what to do 怎么办", "why 原因")
	needy := 0
	for _, v := range views {
		outcome, at, items, why := "–", "–", "–", ""
		if r := v.LastRun; r != nil && !r.FinishedAt.IsZero() {
			outcome, at, items, why = orDash(string(r.Outcome)), shanghai(r.FinishedAt), fmt.Sprint(r.Items), r.Problem
		}
		t.add(v.Target.ID, v.Target.Kind, orDash(v.Target.CustomerID), v.State, outcome, at, items, v.Target.URL)
		if advice := desk.AdviceOn(v); advice != (desk.Advice{}) {
			needy++
			toDo.add(v.Target.ID, advice.In(lang), why)
		}
	}
	if err := t.print(w); err != nil || needy == 0 {
		return err
	}
	fmt.Fprintln(w)
	return toDo.print(w)
}

func newTargetsShow(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Print a target with its last run, as JSON; secrets are not shown", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				view, err := a.desk().ViewTarget(c.Context(), args[0])
				if err != nil {
					return noTarget(err)
				}
				return printJSON(e.Out, view)
			})
		},
	}
}

func newTargetsPause(e *env, use, short string, paused bool) *cobra.Command {
	return &cobra.Command{
		Use: use + " ID", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				t, _, err := a.desk().SetPaused(c.Context(), args[0], paused, actor)
				if err != nil {
					return noTarget(err)
				}
				state, next := "is crawled again", "dealvitals crawl "+t.ID
				if paused {
					state, next = "is paused", "dealvitals targets resume "+t.ID+", when it shall be crawled again"
				}
				_, err = fmt.Fprintf(e.Out, "target %s %s\nNext: %s\n", t.ID, state, next)
				return err
			})
		},
	}
}

func newTargetsShowsAll(e *env) *cobra.Command {
	var no bool
	c := &cobra.Command{
		Use: "shows-all ID", Short: "Say that a hiring page shows every open job of its customer", Args: cobra.ExactArgs(1),
		Long: `Says that somebody has looked at a hiring page and that it shows every open job of its
customer. A page with just as many jobs as pages commonly have, or one that never had any,
proves from then on that few jobs are new; without it such a number is never low. The word
stands in the audit log, and answers for earlier instants stay as they are.`,
		Example: "  dealvitals targets shows-all T-4001\n  dealvitals targets shows-all T-4001 --no",
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				t, _, err := a.desk().SetShowsAll(c.Context(), args[0], !no, actor)
				if err != nil {
					return noTarget(err)
				}
				state := "is said to show every open job"
				if no {
					state = "is not said any more to show every open job"
				}
				_, err = fmt.Fprintf(e.Out, "target %s %s\nNext: dealvitals score\n", t.ID, state)
				return err
			})
		},
	}
	c.Flags().BoolVar(&no, "no", false, "take the word back")
	return c
}

func newTargetsConfirmFall(e *env) *cobra.Command {
	var run, note string
	var withdraw bool
	c := &cobra.Command{
		Use: "confirm-fall ID", Short: "Say that a list of jobs that became much shorter is whole", Args: cobra.ExactArgs(1),
		Long: `Says that somebody has looked at the pages captured by a run (its id is fall.run_id of
targets show --format json), and that the jobs on them are all that the company has. From
then on the shorter list is believed; answers for earlier instants stay as they are, and a
later fall needs its own confirmation. --withdraw takes the word back.`,
		Example: "  dealvitals targets confirm-fall T-4001 --run 01KAX… --note \"looked at the page: 3 jobs\"\n  dealvitals targets confirm-fall T-4001 --withdraw",
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				if withdraw {
					return withdrawFall(c, e, a, args[0])
				}
				t, err := a.desk().ConfirmFall(c.Context(), args[0], run, note, actor)
				if err != nil {
					return noTarget(err)
				}
				_, err = fmt.Fprintf(e.Out, "target %s: its list fell from %d to %d jobs and is believed\nNext: dealvitals score\n", t.ID, t.FallSeen.From, t.FallSeen.To)
				return err
			})
		},
	}
	c.Flags().StringVar(&run, "run", "", "the run whose pages were looked at")
	c.Flags().StringVar(&note, "note", "", "what was seen; it stands in the audit log")
	c.Flags().BoolVar(&withdraw, "withdraw", false, "take the word back: the list is doubted again")
	c.MarkFlagsMutuallyExclusive("withdraw", "run")
	c.MarkFlagsMutuallyExclusive("withdraw", "note")
	return c
}

func withdrawFall(c *cobra.Command, e *env, a *app, id string) error {
	t, changed, err := a.desk().WithdrawFall(c.Context(), id, actor)
	if err != nil {
		return noTarget(err)
	}
	said := "has no confirmed fall; nothing changed"
	if changed {
		said = "has no confirmed fall any more"
	}
	_, err = fmt.Fprintf(e.Out, "target %s %s\nNext: dealvitals score\n", t.ID, said)
	return err
}

func noTarget(err error) error {
	return notThere(err, "List the targets with `dealvitals targets list`.")
}

// langFlag is --lang of the commands that print sentences.
func langFlag(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "lang", scorer.LangEN, "language of the sentences: zh or en")
}

func checkLang(lang string) error {
	if lang != scorer.LangZH && lang != scorer.LangEN {
		return &usageError{fmt.Errorf("--lang %s: there are zh and en", lang)}
	}
	return nil
}
