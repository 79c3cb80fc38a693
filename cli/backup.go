package cli

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// The names inside a backup.
const (
	backupStore    = "dealvitals.db"
	backupEvidence = "evidence/"
)

func newBackup(e *env) *cobra.Command {
	var serving remote
	c := &cobra.Command{
		Use:   "backup FILE",
		Short: "Write the store and the captured pages into one .tar.gz file",
		Long: `Copies the store as of one instant, and the captured pages, into FILE, which must not
be there yet. "dealvitals serve" holds its store: while it runs, let it make the copy,
with --url and a key of role admin. It goes on working meanwhile.`,
		Example: "  dealvitals backup dealvitals-2026-11-24.tar.gz\n  dealvitals backup now.tar.gz --url http://127.0.0.1:8080 --key-file admin.key",
		Args:    cobra.ExactArgs(1),
	}
	serving.flags(c, "admin")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := serving.check(); err != nil {
			return err
		}
		write := func(to io.Writer) error { return e.download(c.Context(), serving, to) }
		if serving.url == "" {
			write = func(to io.Writer) error {
				return e.inStore(c, func(a *app) error { return a.writeBackup(c.Context(), to) })
			}
		}
		told := func(to io.Writer) error { return write(&toldWriter{to: to, told: e.Err}) }
		if err := writeWhole(args[0], told); err != nil {
			return fmt.Errorf("backing up to %s: %w", args[0], err)
		}
		_, err := fmt.Fprintf(e.Out, "backed up to %s\nNext: dealvitals restore %s --db COPY.db, on any machine, gives the same answers\n", args[0], args[0])
		return err
	}
	return c
}

// toldEvery is how many bytes are written between two words of progress.
const toldEvery = 256 << 20

// toldWriter says from time to time how much was written through it.
type toldWriter struct {
	to      io.Writer
	told    io.Writer
	written int64
}

func (w *toldWriter) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	before := w.written / toldEvery
	if w.written += int64(n); w.written/toldEvery > before {
		fmt.Fprintf(w.told, "%d MiB written\n", w.written>>20)
	}
	return n, err
}

// download lets a running program make the backup.
func (e *env) download(ctx context.Context, from remote, to io.Writer) (err error) {
	request, err := from.request(ctx, e, http.MethodGet, "/v1/backup", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, answer.Body.Close()) }()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s: give a key of role admin", from.url, answer.Status)
	}
	_, err = io.Copy(to, answer.Body)
	return err
}

// writeWhole writes to a temporary file first, so that a backup is whole or not there.
func writeWhole(name string, write func(io.Writer) error) (err error) {
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
	if err := write(part); err != nil {
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
	defer a.runner.Turns.Take()() // the files that the store points at stay until they are copied
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
