package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"dealvitals/wecom/collect"

	"github.com/spf13/cobra"
)

func newWeComStatistics(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use: "statistics FILE|-", Short: "Hold WeCom's own statistics (联系客户统计) against what came", Args: cobra.ExactArgs(1),
		Long: `Takes in answers of get_user_behavior_data, one a line, each with the one userid that it was
asked about and asked_at beside it (docs/wecom.md). They measure nothing: where a final day has
clearly more messages of a member than came here, silence on that day proves nothing.`,
	}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, args []string) (err error) {
		feed, err := e.openInput(args[0], "statistics")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, feed.Close()) }()
		return e.inStore(c, func(a *app) error {
			return a.takeStatistics(c.Context(), e.Out, feed, format)
		})
	}
	return c
}

func (a *app) takeStatistics(ctx context.Context, out io.Writer, feed io.Reader, format string) error {
	report, err := a.wecom.TakeStatistics(ctx, feed)
	if err := errors.Join(err, a.effects.DealsChanged(ctx, report.Deals)); err != nil {
		return fmt.Errorf("taking the statistics in: %w", err)
	}
	if format == formatJSON {
		return printJSON(out, report)
	}
	text := fmt.Sprintf("%d figures of final days, %d new; %d not final, %d too old\n", report.Figures, report.New, report.NotFinal, report.TooOld)
	for _, b := range report.Bad {
		text += fmt.Sprintf("  line %d cannot be read: %s\n", b.Line, b.Why)
	}
	text += doubtsText(report.Doubts)
	_, err = io.WriteString(out, text)
	return err
}

// doubtsText tells of which days the coverage was taken back or given back.
func doubtsText(doubts []collect.Doubt) string {
	text := ""
	for _, d := range doubts {
		what := "covered again"
		if d.Doubtful {
			what = "not covered any more"
		}
		text += fmt.Sprintf("  %s %s %s: %s, WeCom tells of %d messages sent and %d came\n", d.Source, d.Member, d.Day, what, d.Stated, d.Sent)
	}
	return text
}
