package cli

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

func newRestore(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "restore FILE",
		Short:   "Make a store out of a backup, under the name that --db gives",
		Example: "  dealvitals restore dealvitals-2026-11-24.tar.gz --db restored.db",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			cfg, err := e.settings(c)
			if err != nil {
				return err
			}
			if err := restore(args[0], cfg.DB); err != nil {
				return fmt.Errorf("restoring %s from %s: %w", cfg.DB, args[0], err)
			}
			return e.inStore(c, func(a *app) error {
				n, err := a.db.Audit.Verify(c.Context())
				if err != nil {
					return err
				}
				if _, err = fmt.Fprintf(e.Out, "restored %s; its audit log of %d entries is untouched\nNext: dealvitals serve --db %s\n", cfg.DB, n, cfg.DB); err != nil {
					return err
				}
				return e.tellOfEndpoints(c.Context(), a)
			})
		},
	}
}

// restore never writes over a store that is there. A failed one leaves nothing behind.
func restore(from, db string) (err error) {
	for _, name := range []string{db, evidenceFolder(db)} {
		if _, err := os.Stat(name); err == nil {
			return fmt.Errorf("%s is there already: name another file with --db, or move it away", name)
		}
	}
	file, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	zip, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("it is no backup: %w", err)
	}
	if err := unpack(tar.NewReader(zip), db); err != nil {
		return errors.Join(err, os.RemoveAll(db), os.RemoveAll(evidenceFolder(db)))
	}
	return nil
}

func unpack(archive *tar.Reader, db string) error {
	found := false
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("it is damaged: %w", err)
		}
		target, err := restoredName(header.Name, db)
		if err != nil {
			return err
		}
		found = found || target == db
		if err := writeNew(target, archive); err != nil {
			return err
		}
	}
	if !found {
		return errors.New("it is no backup: there is no store inside")
	}
	return os.MkdirAll(evidenceFolder(db), 0o700)
}

// restoredName is where an entry of a backup goes. Names that lead elsewhere are refused.
func restoredName(inside, db string) (string, error) {
	if inside == backupStore {
		return db, nil
	}
	rest, ok := strings.CutPrefix(inside, backupEvidence)
	if !ok || !filepath.IsLocal(filepath.FromSlash(rest)) || path.Clean(rest) != rest {
		return "", fmt.Errorf("it is no backup: it holds %q", inside)
	}
	return filepath.Join(evidenceFolder(db), filepath.FromSlash(rest)), nil
}

func writeNew(name string, from io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Sync(), file.Close())
}
