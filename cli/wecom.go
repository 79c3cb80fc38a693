package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"dealvitals/wecom/collect"

	"github.com/spf13/cobra"
)

func newWeCom(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "wecom", Short: "WeCom (企业微信): take feeds in, list ids to resolve", Args: cobra.NoArgs,
		Long: `Takes in the JSON lines that a bridge writes beside WeCom's own libraries (docs/wecom.md).
Words are counted in memory and dropped; people who did not agree are left out.`,
	}
	c.AddCommand(
		newWeComFeed(e, "archive", "the message archive (会话内容存档)", collect.Archive),
		newWeComFeed(e, "zone", "the data zone (数据与智能专区)", collect.Zone),
		newWeComStatistics(e), newWeComUnmapped(e), newWeComStatus(e),
	)
	return c
}

func newWeComFeed(e *env, name, what string, source collect.Source) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: name + " FILE|-", Short: "Take in messages of " + what, Args: cobra.ExactArgs(1),
		Example: "  bridge --after-seq 196 | dealvitals wecom " + name + " -",
	}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		feed, err := e.openInput(args[0], "feed")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, feed.Close()) }()
		return e.inStore(c, func(a *app) error {
			return a.takeWeCom(c.Context(), e.Out, source, feed, format)
		})
	}
	return c
}

func (a *app) takeWeCom(ctx context.Context, out io.Writer, source collect.Source, feed io.Reader, format string) error {
	report, err := a.wecom.Take(ctx, source, feed)
	if err := errors.Join(err, a.effects.DealsChanged(ctx, report.Deals)); err != nil {
		return fmt.Errorf("taking the feed in: %w", err)
	}
	if format == formatJSON {
		return printJSON(out, report)
	}
	return printWeCom(out, report)
}

func printWeCom(out io.Writer, r collect.Report) error {
	text := fmt.Sprintf("%d messages: %d interactions new, %d known\n", r.Messages, r.New, r.Known)
	for _, reason := range slices.Sorted(maps.Keys(r.Skipped)) {
		text += fmt.Sprintf("  left out, %s: %d\n", reason, r.Skipped[reason])
	}
	for _, b := range r.Bad {
		text += fmt.Sprintf("  line %d cannot be read: %s\n", b.Line, b.Why)
	}
	if r.Hole != nil {
		text += fmt.Sprintf("  not covered: %s to %s\n", shownTime(r.Hole.From), shownTime(r.Hole.To))
	}
	text += doubtsText(r.Doubts)
	if len(r.Unmapped) > 0 {
		text += fmt.Sprintf("%d ids belong to nobody we know.\nNext: dealvitals wecom unmapped\n", len(r.Unmapped))
	}
	_, err := io.WriteString(out, text)
	return err
}

func newWeComUnmapped(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "unmapped", Short: "List ids that belong to no key contact and to no deal's owner", Args: cobra.NoArgs,
		Long: `Lists the ids for which messages were left out. Give a customer's id to a contact that a
deal names (wecom_id); give a member's id its name in a members line of the bridge, or
write the id as the deal's owner. Then let the bridge send the last five days again.`,
	}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.inStore(c, func(a *app) error {
			list, err := a.wecom.Unmapped(c.Context())
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"items": list})
			}
			t := newTable("id", "kind 类型", "messages 消息", "first 最早", "last 最近").orSay("every id belongs to a key contact or to a deal's owner")
			for _, u := range list {
				t.add(u.ID, u.Kind, u.Messages, shownTime(u.First), shownTime(u.Last))
			}
			return t.print(e.Out)
		})
	}
	return c
}

func newWeComStatus(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "status", Short: "Tell how far each feed was read", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.inStore(c, func(a *app) error {
				t := newTable("feed 来源", "seq", "cursor", "pulled 拉取", "received 收到", "key versions 密钥版本")
				for _, source := range []collect.Source{collect.Archive, collect.Zone} {
					p, err := a.wecom.Position(c.Context(), source)
					if err != nil {
						return err
					}
					versions := strings.Trim(fmt.Sprint(p.KeyVersions), "[]")
					t.add(source, p.Seq, p.Cursor, shownTime(p.PulledAt), shownTime(p.ReceivedAt), versions)
				}
				return t.print(e.Out)
			})
		},
	}
}
