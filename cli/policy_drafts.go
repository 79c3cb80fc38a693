package cli

import (
	"context"
	"fmt"
	"io"
	"os/user"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"
	"dealvitals/store"

	"github.com/spf13/cobra"
)

// person is who works at the command line: the account of the operating system, for a
// policy may ask for two people.
func person() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return actor + ":" + u.Username
	}
	return actor
}

// seeDrafts is where to look for a draft that is not there.
const seeDrafts = "List the drafts with `dealvitals policy drafts`."

func newPolicyDraft(e *env) *cobra.Command {
	var comment string
	c := &cobra.Command{
		Use:   "draft FILE --comment TEXT",
		Short: "Keep a policy document as a draft, for another person to approve",
		Long: `Compares a policy document with the policy in force, prints each value that changes, and
keeps it as a draft. Nothing else changes until it is approved. Who drafted it is the
account of the operating system; over the API it is the key.`,
		Example: "  dealvitals policy draft policy.yaml --comment 'tender from two projects'",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&comment, "comment", "", "why (needed)")
	c.RunE = func(c *cobra.Command, args []string) error {
		policy, err := e.readDraft(args[0], comment)
		if err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error { return a.draftPolicy(c.Context(), e.Out, policy) })
	}
	return c
}

func (a *app) draftPolicy(ctx context.Context, out io.Writer, policy scorer.Policy) error {
	current, changes, err := a.showChanges(ctx, out, policy)
	if err != nil {
		return err
	}
	if changes == 0 {
		_, err := fmt.Fprintf(out, "nothing differs from policy %d: nothing to draft\n", current.Version)
		return err
	}
	draft, err := a.db.Policies.Draft(ctx, policy, current.Version, person(), a.clock())
	if err != nil {
		return fmt.Errorf("drafting the policy: %w", err)
	}
	_, err = fmt.Fprintf(out, "\nKept as %s. Publish it: dealvitals policy approve %s --yes\n", draft.ID, draft.ID)
	return err
}

func newPolicyDrafts(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{Use: "drafts", Short: "List every draft, those that were published or withdrawn too", Args: cobra.NoArgs}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.inStore(c, func(a *app) error {
			drafts, err := a.db.Policies.Drafts(c.Context())
			if err != nil {
				return fmt.Errorf("listing the drafts: %w", err)
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"drafts": append([]store.PolicyDraft{}, drafts...)})
			}
			return printDrafts(e.Out, drafts)
		})
	}
	return c
}

func printDrafts(w io.Writer, drafts []store.PolicyDraft) error {
	t := newTable("draft 草案", "state 状态", "upon 基于版本", "proposed 提出时间", "by 提出人", "decided by 处理人", "version 版本", "comment 说明").orSay("no drafts\nNext: dealvitals policy show > policy.yaml; change it; dealvitals policy draft policy.yaml --comment WHY")
	for _, d := range drafts {
		version := ""
		if d.Version > 0 {
			version = fmt.Sprint(d.Version)
		}
		t.add(d.ID, d.State, d.BaseVersion, d.ProposedAt.In(signals.Shanghai).Format(time.RFC3339), d.ProposedBy, orDash(d.DecidedBy), orDash(version), d.Policy.Comment)
	}
	return t.print(w)
}

func newPolicyApprove(e *env) *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use:   "approve DRAFT [--yes]",
		Short: "Show what a draft changes, and with --yes publish it as the next version",
		Long: `Compares a draft with the policy in force and prints each value that changes. With --yes it
becomes the next version and holds from now on. Where the policy in force asks for a
second person (approval.second_person), that must be another one than who drafted it.`,
		Example: "  dealvitals policy drafts\n  dealvitals policy approve draft-0001 --yes",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().BoolVar(&yes, "yes", false, "publish; without it only the changes are shown")
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.inStore(c, func(a *app) error { return a.approveDraft(c.Context(), e.Out, args[0], yes) })
	}
	return c
}

func (a *app) approveDraft(ctx context.Context, out io.Writer, id string, yes bool) error {
	draft, err := a.draft(ctx, id)
	if err != nil {
		return err
	}
	current, _, err := a.showChanges(ctx, out, draft)
	if err != nil {
		return err
	}
	if !yes {
		return toldDryRun(out, current)
	}
	published, err := a.db.Policies.PublishDraft(ctx, id, person(), a.clock())
	if err != nil {
		return fmt.Errorf("publishing draft %s: %w", id, err)
	}
	return a.afterPublishing(ctx, out, published)
}

// draft reads the policy that a draft proposes.
func (a *app) draft(ctx context.Context, id string) (scorer.Policy, error) {
	draft, err := a.db.Policies.GetDraft(ctx, id)
	if err != nil {
		return scorer.Policy{}, notThere(fmt.Errorf("draft %s: %w", id, err), seeDrafts)
	}
	return draft.Policy, nil
}

func newPolicyWithdraw(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "withdraw DRAFT", Short: "End a draft without publishing it; it stays readable", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				if err := a.db.Policies.WithdrawDraft(c.Context(), args[0], person(), a.clock()); err != nil {
					return notThere(fmt.Errorf("withdrawing draft %s: %w", args[0], err), seeDrafts)
				}
				_, err := fmt.Fprintf(e.Out, "%s is withdrawn.\n", args[0])
				return err
			})
		},
	}
}
