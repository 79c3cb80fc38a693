package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

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

// inAnyStore is inStore for the commands that begin one where there is none.
func (e *env) inAnyStore(c *cobra.Command, do func(*app) error) error {
	cfg, err := e.settings(c)
	if err != nil {
		return err
	}
	a, err := newApp(cfg, newLogger(e.Err, cfg.Log), time.Now, bolt.Options{LockWait: lockWait, WatchClock: true})
	if err != nil {
		return err
	}
	defer a.close()
	return do(a)
}
