package cli

import (
	"context"
	"fmt"
	"path/filepath"
)

// leastRoom is how many bytes must be left on the disk of the store for the program to be
// ready: a run's evidence may take as much.
const leastRoom = 16 << 20

// ready tells whether the program may be trusted with work: its clock, its store, and the
// room that is left for both store and evidence.
func (a *app) ready(ctx context.Context) error {
	if err := a.db.Ready(ctx); err != nil {
		return err
	}
	left, known, err := roomLeft(filepath.Dir(a.cfg.DB))
	if err != nil {
		return fmt.Errorf("asking how much room is left beside %s: %w", a.cfg.DB, err)
	}
	if known && left < leastRoom {
		return fmt.Errorf("there is no room on the disk: %d KiB are left beside %s, at least %d MiB are needed", left>>10, a.cfg.DB, leastRoom>>20)
	}
	return nil
}
