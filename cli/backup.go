package cli

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// The names inside a backup.
const (
	backupStore    = "dealvitals.db"
	backupEvidence = "evidence/"
)

func newBackup(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the store and the captured pages into one .tar.gz file",
		Long: `Copies the store as of one instant, and the captured pages, into FILE, which must not
be there yet. While "dealvitals serve" runs it holds the store: stop it first.`,
		Example: "  dealvitals backup dealvitals-2026-11-24.tar.gz",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return e.inStore(c, func(a *app) error {
				if err := a.backup(c.Context(), args[0]); err != nil {
					return fmt.Errorf("backing up to %s: %w", args[0], err)
				}
				_, err := fmt.Fprintf(e.Out, "backed up to %s\nNext: dealvitals restore %s --db COPY.db, on any machine, gives the same answers\n", args[0], args[0])
				return err
			})
		},
	}
}

// backup writes to a temporary file first, so that a backup is whole or not there.
func (a *app) backup(ctx context.Context, name string) (err error) {
	if _, err := os.Stat(name); err == nil {
		return fmt.Errorf("%s is there already: name another file", name)
	}
	part, err := os.CreateTemp(filepath.Dir(name), ".backup-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, part.Close(), os.Remove(part.Name()))
		}
	}()
	if err := a.writeBackup(ctx, part); err != nil {
		return err
	}
	if err := part.Sync(); err != nil {
		return err
	}
	if err := part.Close(); err != nil {
		return err
	}
	return os.Rename(part.Name(), name)
}

// writeBackup writes the store first and the pages after it: pages are only ever added,
// so every page that the store speaks of is in the backup.
func (a *app) writeBackup(ctx context.Context, to io.Writer) error {
	zip := gzip.NewWriter(to)
	archive := tar.NewWriter(zip)
	if err := a.addStore(ctx, archive); err != nil {
		return err
	}
	if err := addFolder(archive, evidenceFolder(a.cfg.DB)); err != nil {
		return err
	}
	return errors.Join(archive.Close(), zip.Close())
}

// addStore copies the store beside itself, since a tar entry needs its size beforehand.
func (a *app) addStore(ctx context.Context, archive *tar.Writer) (err error) {
	copied, err := os.CreateTemp(filepath.Dir(a.cfg.DB), ".store-copy-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, copied.Close(), os.Remove(copied.Name())) }()
	if err := a.db.Backup(ctx, copied); err != nil {
		return err
	}
	return addFile(archive, copied.Name(), backupStore)
}

func addFolder(archive *tar.Writer, folder string) error {
	return filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		inside, err := filepath.Rel(folder, name)
		if err != nil {
			return err
		}
		return addFile(archive, name, backupEvidence+filepath.ToSlash(inside))
	})
}

// addFile adds as much of a file as it holds now: an evidence file may grow meanwhile.
func addFile(archive *tar.Writer, name, inside string) (err error) {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	header := &tar.Header{Name: inside, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}
	if err := archive.WriteHeader(header); err != nil {
		return err
	}
	_, err = io.CopyN(archive, file, info.Size())
	return err
}

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
