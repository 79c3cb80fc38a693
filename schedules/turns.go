package schedules

import (
	"context"
	"sync"
	"time"
)

// Turns keeps the removal of old evidence apart from those who rest on its places: runs,
// which may meet an old page again, and backups. Its zero value is ready.
type Turns struct{ mu sync.RWMutex }

// Take enters for work that rests on evidence, and returns what ends it. It waits while
// evidence is being removed.
func (t *Turns) Take() (end func()) {
	t.mu.RLock()
	return t.mu.RUnlock
}

// Alone does work while nobody else is in. It looks at each tick whether that is so; after
// patience ticks it lets nobody in any more and waits for those who are. It returns the
// error of ctx where that ended before.
func (t *Turns) Alone(ctx context.Context, ticks <-chan time.Time, patience int, work func() error) error {
	for n := 0; !t.mu.TryLock(); n++ {
		if n >= patience {
			t.mu.Lock()
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticks:
		}
	}
	defer t.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	return work()
}
