package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/signals"
	"dealvitals/store"
	"dealvitals/webhooks"

	"github.com/spf13/cobra"
)

func newWebhooks(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "webhooks", Short: "Endpoints of other systems and of group robots, and what was sent to them", Args: cobra.NoArgs,
		Long: `Endpoints are told of decisions, of targets that stop giving data, and of locked periods.
Programs get signed documents (Standard Webhooks); robots of WeCom, DingTalk and Feishu groups
get messages. A running serve does the sending. docs/webhooks.md says more.`,
	}
	c.AddCommand(
		newWebhooksList(e), newWebhooksCreate(e), newWebhooksShow(e), newWebhooksEdit(e),
		newWebhooksPause(e, "pause", "Stop sending; what happens meanwhile waits", true),
		newWebhooksPause(e, "resume", "Send again, what waited first", false),
		newWebhooksDelete(e), newWebhooksRotate(e), newWebhooksTest(e), newWebhooksDeliveries(e), newWebhooksDead(e), newWebhooksReplay(e), newWebhooksEvents(e),
	)
	return c
}

// onWebhooks runs what a command does with endpoints.
func (e *env) onWebhooks(c *cobra.Command, do func(ctx context.Context, a *app) error) error {
	return e.inStore(c, func(a *app) error { return aboutWebhooks(do(c.Context(), a)) })
}

// aboutWebhooks says what a person can do about an error.
func aboutWebhooks(err error) error {
	var invalid *webhooks.InvalidError
	if errors.As(err, &invalid) {
		return &usageError{err}
	}
	return notThere(err, "List the endpoints with `dealvitals webhooks list`.")
}

// tellOfEndpoints says of a restored copy that it would send what the original may have
// sent already.
func (e *env) tellOfEndpoints(ctx context.Context, a *app) error {
	endpoints, err := a.db.Endpoints.List(ctx)
	if err != nil || len(endpoints) == 0 {
		return err
	}
	_, err = fmt.Fprintf(e.Out, "It knows %d webhook endpoints. Where it does not take the original's place, set webhooks.send: false, or it sends to them too.\n", len(endpoints))
	return err
}

func newWebhooksList(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{Use: "list", Short: "List the endpoints with what waits for them", Args: cobra.NoArgs}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.onWebhooks(c, func(ctx context.Context, a *app) error {
			views, err := a.hooks.Views(ctx)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"items": views})
			}
			t := newTable("id", "name 名称", "kind 类型", "state 状态", "waiting 待发", "dead 死信", "url 地址").orSay("no endpoints yet\nNext: dealvitals webhooks create --name payroll --url https://…")
			for _, v := range views {
				t.add(v.ID, v.Name, v.Kind, stateCell(v), v.Waiting, v.Dead, v.URL)
			}
			return t.print(e.Out)
		})
	}
	return c
}

func stateCell(v webhooks.View) string {
	if v.Reason == "" {
		return v.State
	}
	return v.State + ": " + v.Reason
}

func newWebhooksCreate(e *env) *cobra.Command {
	var flags draftFlags
	var kind string
	c := &cobra.Command{
		Use: "create --name NAME --url URL", Short: "Make an endpoint; the secret of a webhook is shown this once", Args: cobra.NoArgs,
		Example: "  dealvitals webhooks create --name payroll --url https://payroll.example.com/hooks --events deal.frozen,deal.released\n" +
			"  dealvitals webhooks create --name 销售运营群 --kind wecom --url - < robot-address.txt",
	}
	flags.add(c)
	c.Flags().StringVar(&kind, "kind", string(store.KindWebhook), "webhook, or the robot of a group: wecom, dingtalk, feishu")
	c.RunE = func(c *cobra.Command, _ []string) error {
		d := webhooks.Draft{Kind: store.EndpointKind(kind)}
		if err := flags.apply(c, e.In, &d); err != nil {
			return err
		}
		return e.inAnyStore(c, func(a *app) error {
			made, secret, err := a.hooks.Create(c.Context(), d, actor)
			if err != nil {
				return aboutWebhooks(err)
			}
			fmt.Fprintf(e.Err, "endpoint %s (%s) gets what happens from now on\nNext: dealvitals webhooks test %s\n", made.ID, made.Name, made.ID)
			return e.printSecret(secret)
		})
	}
	return c
}

// printSecret shows a secret to whoever made it.
func (e *env) printSecret(secret string) error {
	if secret == "" {
		return nil
	}
	fmt.Fprintln(e.Err, "its signing secret, shown this once:")
	_, err := fmt.Fprintln(e.Out, secret)
	return err
}

func newWebhooksShow(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "show ID", Short: "Print an endpoint as JSON", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.onWebhooks(c, func(ctx context.Context, a *app) error {
				view, err := a.hooks.View(ctx, args[0])
				if err != nil {
					return err
				}
				return printJSON(e.Out, view)
			})
		},
	}
}

func newWebhooksEdit(e *env) *cobra.Command {
	var flags draftFlags
	c := &cobra.Command{
		Use: "edit ID", Short: "Change an endpoint's name, address, events or a robot's secret", Args: cobra.ExactArgs(1),
		Example: "  dealvitals webhooks edit ep_… --events deal.frozen,deal.released",
	}
	flags.add(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.onWebhooks(c, func(ctx context.Context, a *app) error {
			view, err := a.hooks.View(ctx, args[0])
			if err != nil {
				return err
			}
			d := webhooks.Draft{Name: view.Name, Kind: view.Kind, URL: view.URL, Events: view.Events}
			if err := flags.apply(c, e.In, &d); err != nil {
				return err
			}
			if _, err := a.hooks.Edit(ctx, args[0], d, view.EditedAt, actor); err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Out, "endpoint %s is changed\n", args[0])
			return err
		})
	}
	return c
}

func newWebhooksPause(e *env, use, short string, paused bool) *cobra.Command {
	return &cobra.Command{
		Use: use + " ID", Short: short, Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.onWebhooks(c, func(ctx context.Context, a *app) error {
				if _, err := a.hooks.Pause(ctx, args[0], paused, actor); err != nil {
					return err
				}
				view, err := a.hooks.View(ctx, args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(e.Out, "endpoint %s is %s\n", args[0], view.State)
				return err
			})
		},
	}
}

func newWebhooksDelete(e *env) *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "delete ID [--yes]", Short: "Forget an endpoint and what waits for it; without --yes only tell what that is", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.onWebhooks(c, func(ctx context.Context, a *app) error {
				view, err := a.hooks.View(ctx, args[0])
				if err != nil {
					return err
				}
				what := fmt.Sprintf("endpoint %s (%s), with %s that wait and %s", view.ID, view.Name, counted(view.Waiting, "event", "events"), counted(view.Dead, "dead letter", "dead letters"))
				if !yes {
					_, err := fmt.Fprintf(e.Out, "would delete %s\nNext: dealvitals webhooks delete %s --yes, or pause %s, which keeps them\n", what, view.ID, view.ID)
					return err
				}
				if err := a.hooks.Delete(ctx, args[0], actor); err != nil {
					return err
				}
				_, err = fmt.Fprintf(e.Out, "deleted %s\n", what)
				return err
			})
		},
	}
	c.Flags().BoolVar(&yes, "yes", false, "delete, and not only tell")
	return c
}

func newWebhooksRotate(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "rotate ID", Short: "Make a new signing secret; the old one signs along for a day", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.onWebhooks(c, func(ctx context.Context, a *app) error {
				_, secret, err := a.hooks.Rotate(ctx, args[0], actor)
				if err != nil {
					return err
				}
				return e.printSecret(secret)
			})
		},
	}
}

func newWebhooksTest(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "test ID", Short: "Send a test event now and tell how that went", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.onWebhooks(c, func(ctx context.Context, a *app) error {
				attempt, err := a.hooks.Test(ctx, args[0])
				if err != nil {
					return err
				}
				if attempt.End != store.Delivered {
					return fmt.Errorf("the test was not taken: %s (another address: dealvitals webhooks edit %s --url URL)", attempt.Problem, args[0])
				}
				_, err = fmt.Fprintf(e.Out, "taken with status %d in %v\nNext: dealvitals serve sends what happens; dealvitals webhooks deliveries %s shows how that went\n", attempt.Status, time.Duration(attempt.Took).Round(time.Millisecond), args[0])
				return err
			})
		},
	}
}

// shanghai is an instant for people.
func shanghai(t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return t.In(signals.Shanghai).Format(time.DateTime)
}
