package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
)

// rewriteTx is how many bytes are copied in one transaction.
const rewriteTx = 16 << 20

// Rewrite writes a closed file anew without its free pages: in them stands what was
// deleted, until it is written over. An erasure is done only then.
func Rewrite(path string, wait time.Duration) (err error) {
	old, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: max(wait, 1)})
	if err != nil {
		return fmt.Errorf("opening %s to write it anew: %w", path, err)
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	made := path + ".rewrite"
	if err := os.Remove(made); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("removing what an earlier attempt left: %w", err)
	}
	if err := copyInto(made, old); err != nil {
		return errors.Join(fmt.Errorf("writing %s anew: %w", path, err), os.Remove(made))
	}
	if err := os.Rename(made, path); err != nil {
		return fmt.Errorf("putting the new file in place of %s: %w", path, err)
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("opening the folder of %s: %w", path, err)
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func copyInto(path string, from *bbolt.DB) error {
	to, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return err
	}
	return errors.Join(bbolt.Compact(to, from, rewriteTx), to.Sync(), to.Close())
}
