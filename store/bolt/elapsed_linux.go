package bolt

import (
	"time"

	"golang.org/x/sys/unix"
)

// SinceBoot is a count of time that nobody sets. It goes on while the machine sleeps.
func SinceBoot() func() time.Duration {
	start := time.Now()
	return func() time.Duration {
		var ts unix.Timespec
		if err := unix.ClockGettime(unix.CLOCK_BOOTTIME, &ts); err != nil {
			return time.Since(start) // an old kernel: without the time that the machine slept
		}
		return time.Duration(ts.Nano())
	}
}
