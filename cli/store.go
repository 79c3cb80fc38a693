package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"dealvitals/config"
	"dealvitals/store/bolt"

	"github.com/spf13/cobra"
)

// inStore does something with the program wired on the store that the settings name, and
// ends it. A store that is not there is a wrong --db: it must not come out as an empty one
// that is in order.
func (e *env) inStore(c *cobra.Command, do func(*app) error) error {
	cfg, err := e.settings(c)
	if err != nil {
		return err
	}
	if _, err := os.Stat(cfg.DB); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no store %s: name it with --db, or begin with `dealvitals import`", cfg.DB)
	}
	return e.inAnyStore(c, do)
}

// inStoreForTrial is inAnyStore for a command that only tries something: where there is no
// store it gets an empty one for the while.
func (e *env) inStoreForTrial(c *cobra.Command, do func(*app) error) (err error) {
	cfg, err := e.settings(c)
	if err != nil {
		return err
	}
	if _, err := os.Stat(cfg.DB); !errors.Is(err, fs.ErrNotExist) {
		return e.inAnyStore(c, do)
	}
	folder, err := os.MkdirTemp("", "dealvitals-trial-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	cfg.DB = filepath.Join(folder, "trial.db")
	return e.inStoreOf(cfg, do)
}

// inAnyStore is inStore for the commands that begin one where there is none.
func (e *env) inAnyStore(c *cobra.Command, do func(*app) error) error {
	cfg, err := e.settings(c)
	if err != nil {
		return err
	}
	return e.inStoreOf(cfg, do)
}

func (e *env) inStoreOf(cfg config.Config, do func(*app) error) error {
	a, err := newApp(cfg, newLogger(e.Err, cfg.Log), time.Now, bolt.Options{LockWait: lockWait, WatchClock: true})
	if err != nil {
		return err
	}
	defer a.close()
	return do(a)
}
