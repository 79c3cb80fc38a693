//go:build !linux

package extracttest

import "time"

var started = time.Now()

func processorTime() time.Duration { return time.Since(started) }
