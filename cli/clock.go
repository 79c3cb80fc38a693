package cli

import (
	"context"
	"time"
)

const (
	clockLook  = time.Minute    // how often serve looks at the clock
	longSilent = 48 * time.Hour // a store that nothing was written to for longer is told of at the start
)

// watchClock tells loudly, once a minute, while the machine's clock is not to be believed,
// and when it is again.
func (a *app) watchClock(ctx context.Context) error {
	if last := a.db.LastWritten(); !last.IsZero() && a.clock().Sub(last) > longSilent {
		a.logger.WarnContext(ctx, "nothing was written for long; if the machine's clock is ahead, stop the program now", "newest_record", last, "clock", a.clock().UTC())
	}
	ticker := time.NewTicker(clockLook)
	defer ticker.Stop()
	for wrong := false; ; {
		switch err := a.db.ClockTrusted(); {
		case err != nil:
			a.logger.ErrorContext(ctx, "nothing is crawled, decided or stored", "problem", err)
			wrong = true
		case wrong:
			a.logger.WarnContext(ctx, "the machine's clock is right again: work goes on")
			wrong = false
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}
