package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"dealvitals/secrets"
	"dealvitals/signals"
	"dealvitals/store/bolt"

	"github.com/spf13/cobra"
)

func newSecrets(e *env) *cobra.Command {
	c := &cobra.Command{
		Use: "secrets", Short: "The key that seals cookies, API keys and the secrets of webhooks in the store", Args: cobra.NoArgs,
		Long: `Targets may need secrets: cookies, API keys. Webhooks are signed with one. The store and its
backups hold them sealed; the key that opens them is given in secrets.key_file or
DEALVITALS_SECRETS_KEY, and lies nowhere else. To change it, put a new line in front of the
old one in the key file.`,
	}
	c.AddCommand(newSecretsKeygen(e), newSecretsList(e), newSecretsSet(e), newSecretsReseal(e))
	return c
}

func newSecretsKeygen(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "keygen FILE", Short: "Make a key file, which must not be there yet", Args: cobra.ExactArgs(1),
		Example: "  dealvitals secrets keygen /etc/dealvitals.key\n  export DEALVITALS_SECRETS_KEY_FILE=/etc/dealvitals.key",
		RunE: func(_ *cobra.Command, args []string) error {
			if err := secrets.WriteNew(args[0]); err != nil {
				return err
			}
			_, err := fmt.Fprintf(e.Out, "made %s; keep a copy apart from the backups: without it the secrets in the store are lost\nNext: set secrets.key_file, or DEALVITALS_SECRETS_KEY_FILE=%s\n", args[0], args[0])
			return err
		},
	}
}

// openSealed opens the store. Secrets that an earlier program kept as they were are sealed
// first where there is a key, and the file is written anew, so that nothing shows them.
func openSealed(path string, o bolt.Options, logger *slog.Logger) (*bolt.DB, error) {
	db, err := bolt.Open(path, o)
	if err != nil || o.Secrets == nil || o.ReadOnly {
		return db, err
	}
	ctx := context.Background() // opening is not cut off in the middle
	report, err := db.Targets.Secrets(ctx)
	if err != nil || report.Plain == 0 {
		return db, errors.Join(err, closeOn(err, db))
	}
	n, err := db.Targets.Reseal(ctx, "machine", o.Clock())
	if err := errors.Join(err, db.Close()); err != nil {
		return nil, fmt.Errorf("sealing the secrets of targets: %w", err)
	}
	if err := bolt.Rewrite(path, o.LockWait); err != nil {
		return nil, err
	}
	logger.Info("secrets of targets that stood in the store as they were are sealed now", "secrets", n)
	return bolt.Open(path, o)
}

func closeOn(err error, db *bolt.DB) error {
	if err == nil {
		return nil
	}
	return db.Close()
}

// warnOfSecrets tells the log what is wrong with the secrets in the store.
func (a *app) warnOfSecrets(ctx context.Context) error {
	report, err := a.db.Targets.Secrets(ctx)
	if err != nil {
		return err
	}
	if report.Plain > 0 {
		a.logger.WarnContext(ctx, "secrets of targets stand in the store as they are: make a key with `dealvitals secrets keygen FILE`, set secrets.key_file, and start again", "secrets", report.Plain)
	}
	if report.Closed > 0 {
		a.logger.WarnContext(ctx, "secrets of targets cannot be opened: their key is missing from secrets.key_file; these targets are not crawled", "secrets", report.Closed)
	}
	sealed, err := a.hooks.CountSealed(ctx, a.keys)
	if err != nil {
		return err
	}
	if sealed.Closed > 0 {
		a.logger.WarnContext(ctx, "secrets of webhook endpoints cannot be opened: their key is missing from secrets.key_file; nothing is sent to these endpoints, and what happens waits", "secrets", sealed.Closed)
	}
	return nil
}

func newSecretsList(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the secrets that targets have, without showing them", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.inStore(c, func(a *app) error {
				targets, err := everything(c.Context(), a.db.Targets.List, func(t signals.Target) string { return t.ID })
				if err != nil {
					return err
				}
				table := newTable("target 目标", "secret 密钥", "state 状态").orSay("no target has a secret\nNext: dealvitals secrets set TARGET NAME < secret.txt, where a site wants one")
				for _, t := range targets {
					for _, name := range slices.Sorted(maps.Keys(t.Reading.WithHeadersHidden().Secrets)) {
						table.add(t.ID, name, a.secretState(t, name))
					}
				}
				return table.print(e.Out)
			})
		},
	}
}

func (a *app) secretState(t signals.Target, name string) string {
	sealed := t.Reading.Secrets[name]
	if !secrets.Sealed(sealed) {
		return "not sealed: set secrets.key_file"
	}
	if _, err := a.keys.Open(t.SecretPurpose(name), sealed); err != nil {
		return err.Error()
	}
	if !a.keys.Newest(t.SecretPurpose(name), sealed) {
		return "sealed with an older key: dealvitals secrets reseal"
	}
	return "sealed"
}

func newSecretsSet(e *env) *cobra.Command {
	var header bool
	c := &cobra.Command{
		Use: "set TARGET NAME", Short: "Give a target a secret, read from the standard input", Args: cobra.ExactArgs(2),
		Long: `Reads one line and keeps it sealed. Where {secret:NAME} stands in a header, in the body or in
the query of the target's address, requests carry it; --header sends it as the header NAME.`,
		Example: "  dealvitals secrets set sam-gov api_key < key.txt\n  dealvitals secrets set portal Cookie --header < cookie.txt",
	}
	c.Flags().BoolVar(&header, "header", false, "send it as the header NAME")
	c.RunE = func(c *cobra.Command, args []string) error {
		e.tellOfTyping("the secret")
		text, err := io.ReadAll(io.LimitReader(e.In, 64<<10))
		if err != nil {
			return err
		}
		return e.inStore(c, func(a *app) error {
			if err := a.setSecret(c.Context(), args[0], args[1], strings.TrimRight(string(text), "\r\n"), header); err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Out, "kept, sealed\nNext: dealvitals crawl %s\n", args[0])
			return err
		})
	}
	return c
}

func (a *app) setSecret(ctx context.Context, id, name, value string, header bool) error {
	t, err := a.db.Targets.Get(ctx, id, time.Time{})
	if err != nil {
		return noTarget(fmt.Errorf("target %s: %w", id, err))
	}
	was := t.RecordedAt
	t.Reading.Secrets = withValue(t.Reading.Secrets, name, value)
	if header {
		t.Reading.Headers = withValue(t.Reading.Headers, name, signals.SecretPlace(name))
	}
	if !slices.Contains(t.SecretsNeeded(), name) {
		return &usageError{fmt.Errorf("nothing of target %s has a place for it: write %s where it belongs, or give --header", id, signals.SecretPlace(name))}
	}
	_, err = a.db.Targets.PutIf(ctx, t, was, actor, a.clock())
	return err
}

func withValue(m map[string]string, name, value string) map[string]string {
	m = maps.Clone(m)
	if m == nil {
		m = make(map[string]string)
	}
	m[name] = value
	return m
}

func newSecretsReseal(e *env) *cobra.Command {
	return &cobra.Command{
		Use: "reseal", Short: "Seal everything again with the newest key, so that the older ones can go", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			n, closed, db := 0, 0, ""
			err := e.inStore(c, func(a *app) (err error) {
				db = a.cfg.DB
				n, closed, err = a.reseal(c.Context())
				return err
			})
			if err != nil {
				return err
			}
			if err := bolt.Rewrite(db, lockWait); err != nil {
				return err
			}
			_, err = fmt.Fprintf(e.Out, "sealed %d again; %d cannot be opened by any key given\n%s\n", n, closed, nextAfterReseal(closed))
			return err
		},
	}
}

func nextAfterReseal(closed int) string {
	if closed > 0 {
		return "Next: put the key of those back into the key file and reseal again, or set them anew"
	}
	return "Next: the older lines of the key file may go; start serve again, and keep a copy of the file"
}

// reseal seals the secrets of targets and endpoints with the newest key. It counts them, and
// those that no key opens.
func (a *app) reseal(ctx context.Context) (n, closed int, err error) {
	if n, err = a.db.Targets.Reseal(ctx, actor, a.clock()); err != nil {
		return n, 0, err
	}
	report, err := a.db.Targets.Secrets(ctx)
	if err != nil {
		return n, 0, err
	}
	endpoints, err := a.hooks.Reseal(ctx, a.keys, actor)
	if err != nil {
		return n, 0, err
	}
	sealed, err := a.hooks.CountSealed(ctx, a.keys)
	return n + endpoints, report.Closed + sealed.Closed, err
}
