//go:build !linux

package bolt

import "time"

// SinceBoot is a count of time that nobody sets. Where the machine sleeps it may stand
// still: the clock then seems to have leapt.
func SinceBoot() func() time.Duration {
	start := time.Now()
	return func() time.Duration { return time.Since(start) }
}
