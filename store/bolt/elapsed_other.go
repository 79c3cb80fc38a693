//go:build !linux

package bolt

import "time"

// elapsedSince is a count of time that nobody sets. Where the machine sleeps it may stand
// still: the clock then seems to have leapt.
func elapsedSince() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}
