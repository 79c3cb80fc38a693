package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/store"

	"github.com/spf13/cobra"
)

func newWebhooksDeliveries(e *env) *cobra.Command {
	var format string
	var limit int
	c := &cobra.Command{Use: "deliveries ID", Short: "List what was sent to an endpoint, newest first, and how it went", Args: cobra.ExactArgs(1)}
	formatFlag(c, &format)
	c.Flags().IntVar(&limit, "limit", 50, "how many at most")
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.onWebhooks(c, func(ctx context.Context, a *app) error {
			if _, err := a.hooks.View(ctx, args[0]); err != nil {
				return err
			}
			attempts, err := a.db.Deliveries.Attempts(ctx, args[0], 0, limit)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"items": attempts})
			}
			t := newTable("at 时间", "event 事件", "what 内容", "events 条数", "end 结果", "status 状态码", "why 原因").orSay("nothing was sent yet: a running dealvitals serve does the sending; dealvitals webhooks test " + args[0] + " sends a test")
			for _, x := range attempts {
				t.add(shanghai(x.At), x.EventID, string(x.Type)+" "+x.Subject, x.Events, x.End, x.Status, x.Problem)
			}
			return t.print(e.Out)
		})
	}
	return c
}

func newWebhooksDead(e *env) *cobra.Command {
	var format string
	var limit int
	c := &cobra.Command{
		Use: "dead ID", Short: "List the events that an endpoint never took", Args: cobra.ExactArgs(1),
		Example: "  dealvitals webhooks dead ep_…\n  dealvitals webhooks replay ep_… --dead",
	}
	formatFlag(c, &format)
	c.Flags().IntVar(&limit, "limit", 100, "how many at most")
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.onWebhooks(c, func(ctx context.Context, a *app) error {
			if _, err := a.hooks.View(ctx, args[0]); err != nil {
				return err
			}
			dead, err := a.db.Deliveries.Dead(ctx, args[0], 0, limit)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"items": dead})
			}
			t := newTable("seq 序号", "event 事件", "type 类型", "happened 发生", "attempts 次数", "given up 放弃", "why 原因").orSay("no dead letters: every event was taken or waits")
			for _, d := range dead {
				t.add(d.Seq, d.EventID, d.Type, shanghai(d.Happened), d.Attempts, shanghai(d.DiedAt), d.Problem)
			}
			return t.print(e.Out)
		})
	}
	return c
}

func newWebhooksReplay(e *env) *cobra.Command {
	var r store.Replay
	var since string
	c := &cobra.Command{
		Use: "replay ID (--event EVENT | --from SEQ [--to SEQ] | --since TIME | --dead)", Short: "Send events again", Args: cobra.ExactArgs(1),
		Long: `Events that were sent to the endpoint are sent again, with the same ids: a receiver that keeps
the ids it has seen takes none of them twice. A running serve does the sending.`,
		Example: "  dealvitals webhooks replay ep_… --since 2026-11-20T00:00:00+08:00",
	}
	c.Flags().StringVar(&r.Event, "event", "", "one event, by its id")
	c.Flags().Uint64Var(&r.From, "from", 0, "events from this number on")
	c.Flags().Uint64Var(&r.To, "to", 0, "up to this number")
	c.Flags().StringVar(&since, "since", "", "all that happened since this instant (RFC 3339)")
	c.Flags().BoolVar(&r.Dead, "dead", false, "the dead letters")
	c.RunE = func(c *cobra.Command, args []string) error {
		if since != "" {
			at, err := time.Parse(time.RFC3339, since)
			if err != nil {
				return &usageError{errors.New("--since wants an instant such as 2026-11-20T00:00:00+08:00")}
			}
			r.Since = at
		}
		return e.onWebhooks(c, func(ctx context.Context, a *app) error {
			n, err := a.hooks.Replay(ctx, args[0], r, actor)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Out, "%s to be sent again\nNext: dealvitals serve sends them; dealvitals webhooks deliveries %s shows how that went\n", counted(n, "event waits", "events wait"), args[0])
			return err
		})
	}
	return c
}

func newWebhooksEvents(e *env) *cobra.Command {
	var format string
	var after uint64
	var limit int
	c := &cobra.Command{Use: "events", Short: "List the log of events, oldest first", Args: cobra.NoArgs}
	formatFlag(c, &format)
	c.Flags().Uint64Var(&after, "after", 0, "only those with a higher number")
	c.Flags().IntVar(&limit, "limit", 100, "how many at most")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.onWebhooks(c, func(ctx context.Context, a *app) error {
			documents, err := a.hooks.Documents(ctx, after, limit)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"items": documents})
			}
			t := newTable("seq 序号", "event 事件", "type 类型", "at 时间").orSay("no events")
			for _, d := range documents {
				t.add(d.Seq, d.ID, d.Type, shanghai(d.Timestamp))
			}
			return t.print(e.Out)
		})
	}
	return c
}
