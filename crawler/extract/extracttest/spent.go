// Package extracttest measures what reading a page costs, for the tests of the packages that
// read them.
package extracttest

import (
	"runtime"
	"time"
)

// Spent is the processor time that do takes itself. A clock on the wall would also count
// what else the machine does, and a test with a limit would fail by chance.
func Spent(do func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := processorTime()
	do()
	return processorTime() - before
}
