package cli

import (
	"errors"
	"fmt"
	"time"

	"dealvitals/api"
	"dealvitals/api/gen"
	"dealvitals/store"

	"github.com/spf13/cobra"
)

func newKeys(e *env) *cobra.Command {
	c := &cobra.Command{Use: "keys", Short: "API keys: create, list, revoke", Args: cobra.NoArgs}
	c.AddCommand(newKeysCreate(e), newKeysList(e), newKeysRevoke(e))
	return c
}

func newKeysCreate(e *env) *cobra.Command {
	var role, name, subject string
	c := &cobra.Command{
		Use:     "create",
		Short:   "Create a key and show it, this once",
		Example: "  dealvitals keys create --role commission --name payroll\n  dealvitals keys create --role payee --name 李雷 --subject 李雷",
		Args:    cobra.NoArgs,
	}
	c.Flags().StringVar(&role, "role", "", "admin, sales_ops, commission, ingest or payee")
	c.Flags().StringVar(&name, "name", "", "who uses it; it stands in the audit log as the actor")
	c.Flags().StringVar(&subject, "subject", "", "of a payee's key: whose deals it shows, by the id of their owner or payee; or by the owner's name, where one person has it")
	c.RunE = func(c *cobra.Command, _ []string) error {
		key, secret, err := newKey(name, api.Role(role), subject)
		if err != nil {
			return &usageError{err}
		}
		return e.inAnyStore(c, func(a *app) error {
			if err := a.desk().CheckSubject(c.Context(), key.Subject); err != nil {
				return &usageError{err}
			}
			if err := a.db.Keys.Add(c.Context(), key); err != nil {
				return fmt.Errorf("keeping the key: %w", err)
			}
			fmt.Fprintf(e.Err, "key %s, role %s, for %s. It is shown this once; only its hash is kept:\n", key.ID, role, name)
			if _, err := fmt.Fprintln(e.Out, secret); err != nil {
				return err
			}
			fmt.Fprintln(e.Err, nextWithKey(key.Role))
			return nil
		})
	}
	return c
}

// nextWithKey says what a key of a role is for.
func nextWithKey(role string) string {
	switch api.Role(role) {
	case gen.Admin, gen.SalesOps, gen.Payee:
		return "Next: dealvitals serve, then sign in to the dashboard with it, or send it as `Authorization: Bearer KEY`"
	}
	return "Next: send it as `Authorization: Bearer KEY`; /docs of a running dealvitals serve shows every request"
}

// newKey makes a key of a role; a payee's one is for one subject.
func newKey(name string, role api.Role, subject string) (store.Key, string, error) {
	switch {
	case role == gen.Payee:
		return api.NewPayeeKey(name, subject, time.Now())
	case subject != "":
		return store.Key{}, "", errors.New("--subject belongs to --role payee")
	}
	return api.NewKey(name, role, time.Now())
}

func newKeysList(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the keys, without their secrets", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.inStore(c, func(a *app) error {
				keys, err := a.db.Keys.List(c.Context())
				if err != nil {
					return err
				}
				t := newTable("id", "name 名称", "role 角色", "subject 本人", "created 创建", "revoked 吊销").orSay("no keys yet\nNext: dealvitals keys create --role admin --name me")
				for _, k := range keys {
					t.add(k.ID, k.Name, k.Role, k.Subject, k.CreatedAt.Format(time.RFC3339), shownTime(k.RevokedAt))
				}
				return t.print(e.Out)
			})
		},
	}
}

func newKeysRevoke(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "revoke ID", Short: "Revoke a key", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				if err := a.db.Keys.Revoke(c.Context(), args[0], time.Now(), actor); err != nil {
					return notThere(fmt.Errorf("revoking key %s: %w", args[0], err), "List the keys with `dealvitals keys list`.")
				}
				_, err := fmt.Fprintf(e.Out, "key %s is revoked\n", args[0])
				return err
			})
		},
	}
}

// actor is who the audit log names for what is done on the command line.
const actor = "cli"

// shownTime is a time for people, nothing where there is none.
func shownTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
