package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"dealvitals/scorer"
	"dealvitals/signals"

	"github.com/spf13/cobra"
)

func newPolicy(e *env) *cobra.Command {
	c := &cobra.Command{Use: "policy", Short: "Policies: show, list, check, simulate, draft, approve, publish, schema", Args: cobra.NoArgs}
	c.AddCommand(newPolicyShow(e), newPolicyList(e), newPolicyCheck(e), newPolicySimulate(e), newPolicyPublish(e), newPolicySchema(e),
		newPolicyDraft(e), newPolicyDrafts(e), newPolicyApprove(e), newPolicyWithdraw(e))
	return c
}

func newPolicyShow(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:     "show [VERSION|DRAFT]",
		Short:   "Print a policy as YAML, to be edited and published; the one in force by default",
		Example: "  dealvitals policy show > policy.yaml\n  dealvitals policy show draft-0001 | dealvitals policy simulate -",
		Args:    cobra.MaximumNArgs(1),
	}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, args []string) error {
		return e.inStore(c, func(a *app) error {
			p, err := a.policy(c.Context(), args)
			if err != nil {
				return err
			}
			if format == formatJSON {
				return printJSON(e.Out, p)
			}
			return p.WriteYAML(e.Out)
		})
	}
	return c
}

// policy reads the version or draft named, else the policy in force.
func (a *app) policy(ctx context.Context, args []string) (scorer.Policy, error) {
	if len(args) == 0 {
		p, err := a.db.Policies.At(ctx, a.clock())
		if err != nil {
			return p, fmt.Errorf("reading the policy: %w", err)
		}
		return p, nil
	}
	if strings.HasPrefix(args[0], "draft-") {
		return a.draft(ctx, args[0])
	}
	version, err := strconv.Atoi(args[0])
	if err != nil {
		return scorer.Policy{}, &usageError{fmt.Errorf("%q is no version of a policy: write a number, or the id of a draft", args[0])}
	}
	p, err := a.db.Policies.Get(ctx, version)
	if err != nil {
		return p, notThere(fmt.Errorf("policy %d: %w", version, err), "List the versions with `dealvitals policy list`.")
	}
	return p, nil
}

func newPolicyList(e *env) *cobra.Command {
	var format string
	c := &cobra.Command{Use: "list", Short: "List every published version", Args: cobra.NoArgs}
	formatFlag(c, &format)
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.inStore(c, func(a *app) error {
			policies, err := a.db.Policies.List(c.Context())
			if err != nil {
				return fmt.Errorf("listing the policies: %w", err)
			}
			if format == formatJSON {
				return printJSON(e.Out, map[string]any{"policies": policies})
			}
			t := newTable("version 版本", "published 发布时间", "by 发布人", "mode 模式", "comment 说明")
			for _, p := range policies {
				published := "–"
				if !p.PublishedAt.IsZero() {
					published = p.PublishedAt.In(signals.Shanghai).Format(time.RFC3339)
				}
				t.add(p.Version, published, p.PublishedBy, p.Freeze.Mode, p.Comment)
			}
			return t.print(e.Out)
		})
	}
	return c
}

func newPolicyCheck(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE",
		Short: "Tell everything that is wrong in a policy document (YAML or JSON, - for standard input)",
		Args:  cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := e.readPolicy(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Out, "%s: a policy that may be published, mode %s\nNext: dealvitals policy simulate %s\n", args[0], p.Freeze.Mode, args[0])
			return err
		},
	}
}

func newPolicySchema(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of a policy document, for editors", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := e.Out.Write(scorer.PolicySchema())
			return err
		},
	}
}

func newPolicyPublish(e *env) *cobra.Command {
	var comment string
	var yes bool
	c := &cobra.Command{
		Use:   "publish FILE --comment TEXT [--yes]",
		Short: "Show what a policy document changes, and with --yes publish it as the next version",
		Long: `Compares a policy document with the policy in force and prints each value that changes.
Without --yes nothing is written. With --yes the document becomes the next version and
holds from now on; the versions before stay readable, and answers for past instants keep
to them. Where the policy in force asks for a second person, use draft and approve.`,
		Example: "  dealvitals policy publish policy.yaml --comment 'tender from two projects'",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&comment, "comment", "", "why (needed): it stands in the list of versions")
	c.Flags().BoolVar(&yes, "yes", false, "publish; without it only the changes are shown")
	c.RunE = func(c *cobra.Command, args []string) error {
		draft, err := e.readDraft(args[0], comment)
		if err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error {
			return a.publishPolicy(c.Context(), e.Out, draft, yes)
		})
	}
	return c
}

// publishPolicy shows what a draft changes, and publishes it when it is wanted.
func (a *app) publishPolicy(ctx context.Context, out io.Writer, draft scorer.Policy, yes bool) error {
	current, changes, err := a.showChanges(ctx, out, draft)
	switch {
	case err != nil:
		return err
	case changes == 0:
		_, err := fmt.Fprintf(out, "nothing differs from policy %d: nothing to publish\n", current.Version)
		return err
	case !yes:
		return toldDryRun(out, current)
	}
	published, err := a.db.Policies.Publish(ctx, draft, current.Version, person(), a.clock())
	if err != nil {
		return fmt.Errorf("publishing the policy: %w", err)
	}
	return a.afterPublishing(ctx, out, published)
}

// afterPublishing does what has to follow a new version of the policy.
func (a *app) afterPublishing(ctx context.Context, out io.Writer, published scorer.Policy) error {
	return errors.Join(toldPublished(out, published), a.effects.PolicyPublished(ctx))
}

// showChanges prints what a draft changes of the policy in force, and tells how many
// settings that are.
func (a *app) showChanges(ctx context.Context, out io.Writer, draft scorer.Policy) (current scorer.Policy, changes int, err error) {
	current, err = a.policy(ctx, nil)
	if err != nil {
		return current, 0, err
	}
	list, err := scorer.ComparePolicies(current, draft)
	if err != nil || len(list) == 0 {
		return current, 0, err
	}
	return current, len(list), printPolicyChanges(out, list)
}

func toldDryRun(out io.Writer, current scorer.Policy) error {
	_, err := fmt.Fprintf(out, "\nDry run: nothing was written. Publish it as version %d with --yes.\n", current.Version+1)
	return err
}

func toldPublished(out io.Writer, p scorer.Policy) error {
	_, err := fmt.Fprintf(out, "\nPublished as version %d; it holds from %s.\n", p.Version, p.PublishedAt.In(signals.Shanghai).Format(time.RFC3339))
	return err
}

func printPolicyChanges(w io.Writer, changes []scorer.PolicyChange) error {
	t := newTable("setting 设置", "in force 现行", "draft 草案")
	for _, change := range changes {
		t.add(change.Path, orDash(change.From), orDash(change.To))
	}
	return t.print(w)
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// readPolicy reads and validates a policy document.
func (e *env) readPolicy(file string) (scorer.Policy, error) {
	body, err := e.readDocument(file)
	if err != nil {
		return scorer.Policy{}, err
	}
	p, err := scorer.CheckPolicy(body)
	if err != nil {
		return p, fmt.Errorf("%s is no policy that may be published:\n%w", file, err)
	}
	return p, nil
}

// readDraft is readPolicy with why the policy changes.
func (e *env) readDraft(file, comment string) (scorer.Policy, error) {
	if comment == "" {
		return scorer.Policy{}, &usageError{errors.New("--comment is missing: say why the policy changes")}
	}
	p, err := e.readPolicy(file)
	p.Comment = comment
	return p, err
}
