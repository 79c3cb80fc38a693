package schedules

import (
	"hash/fnv"
	"time"
)

// Jitter is how long after its planned time a target starts: the same for a target each
// time, spread evenly over the targets, and less than most. It keeps a thousand targets
// with one schedule from starting together.
func Jitter(targetID string, most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(targetID))
	return time.Duration(h.Sum64() % uint64(most))
}
