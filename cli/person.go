package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dealvitals/store"
	"dealvitals/store/bolt"
	"dealvitals/wecom/collect"

	"github.com/spf13/cobra"
)

func newPerson(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "person", Short: "Show or erase all that is kept of one person at a customer", Args: cobra.NoArgs,
		Long: `Answers a person's request under PIPL art. 44 to 47 (docs/privacy.md). ID is the contact's id
or the WeCom external user id; of a member of ours the userid.`,
	}
	c.AddCommand(newPersonExport(e), newPersonErase(e), newPersonPurge(e))
	return c
}

func newPersonExport(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "export ID", Short: "Print all that is kept of a person, as JSON; the audit log notes it", Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				person, err := a.exportPerson(c.Context(), args[0])
				if err != nil {
					return notThere(fmt.Errorf("person %s: %w", args[0], err), "Nothing is kept under that id: try the contact's id, the WeCom external user id, or a member's userid.")
				}
				return printJSON(e.Out, person)
			})
		},
	}
}

// keptOfPerson is all that is kept of a person.
type keptOfPerson struct {
	store.Person
	WeCom collect.Remembered `json:"wecom"`
}

func (a *app) exportPerson(ctx context.Context, id string) (keptOfPerson, error) {
	names, err := a.namesOf(ctx, id)
	if err != nil {
		return keptOfPerson{}, err
	}
	remembered, err := a.wecom.Remembered(ctx, names...)
	if err != nil {
		return keptOfPerson{}, err
	}
	person, err := a.db.People().Export(ctx, id, actor, !remembered.Empty(), a.clock())
	return keptOfPerson{person, remembered}, err
}

// namesOf lists by what names WeCom may know a person.
func (a *app) namesOf(ctx context.Context, id string) ([]string, error) {
	contact, err := a.db.Contacts.Get(ctx, id, time.Time{})
	if errors.Is(err, store.ErrNotFound) || err == nil && (contact.WeComID == "" || contact.WeComID == id) {
		return []string{id}, nil
	}
	return []string{id, contact.WeComID}, err
}

func newPersonErase(e *env) *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "erase ID", Short: "Erase all that is kept of a person; without --yes only count it", Args: cobra.ExactArgs(1),
		Long: `Erases the contact with its earlier versions, interactions, coverage, consents and ids to
resolve, leaves the person out of WeCom's feeds from now on, and writes the file anew, so
that nothing is left in its free pages. Scores and decisions stay. Older backups still
hold the person: delete them, or erase again after a restore.`,
	}
	c.Flags().BoolVar(&yes, "yes", false, "erase, and not only count")
	c.RunE = func(c *cobra.Command, args []string) error {
		db := ""
		err := e.inStore(c, func(a *app) error {
			db = a.cfg.DB
			if !yes {
				return a.countPerson(c.Context(), e, args[0])
			}
			return a.erasePerson(c.Context(), e, args[0])
		})
		if err != nil || !yes {
			return err
		}
		return bolt.Rewrite(db, lockWait)
	}
	return c
}

func (a *app) countPerson(ctx context.Context, e *env, id string) error {
	n, err := a.db.People().Count(ctx, id)
	if err != nil {
		return fmt.Errorf("person %s: %w", id, err)
	}
	_, err = fmt.Fprintf(e.Out, "would erase %d contacts with %d earlier versions, %d interactions and %d spans of coverage\nNext: dealvitals person erase %s --yes\n",
		n.Contacts, n.Versions, n.Interactions, n.Coverage, id)
	return err
}

// erasePerson erases a person under every name: what WeCom calls the person is forgotten too.
func (a *app) erasePerson(ctx context.Context, e *env, id string) error {
	names, err := a.namesOf(ctx, id)
	if err != nil {
		return fmt.Errorf("person %s: %w", id, err)
	}
	for _, name := range names {
		if err := a.wecom.Forget(ctx, name); err != nil {
			return fmt.Errorf("person %s: %w", id, err)
		}
	}
	done, err := a.db.People().Erase(ctx, id, actor, a.clock())
	if err != nil {
		return fmt.Errorf("person %s: %w", id, err)
	}
	return printJSON(e.Out, done)
}

func newPersonPurge(e *env) *cobra.Command {
	var yes bool
	c := &cobra.Command{
		Use: "purge", Short: "Drop what is older than the settings retention.* allow; without --yes only count it", Args: cobra.NoArgs,
		Long: "serve does this once a day.",
	}
	c.Flags().BoolVar(&yes, "yes", false, "drop, and not only count")
	c.RunE = func(c *cobra.Command, _ []string) error {
		return e.inStore(c, func(a *app) error {
			done, err := a.purge(c.Context(), !yes, actor)
			if err != nil {
				return err
			}
			verb := "dropped"
			if !yes {
				verb = "would drop"
			}
			_, err = fmt.Fprintf(e.Out, "%s %d interactions, %d spans of coverage and %d ids to resolve\n", verb, done.Interactions, done.Coverage, done.unmapped)
			return err
		})
	}
	return c
}
