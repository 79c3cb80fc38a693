package cli

import (
	"runtime/debug"
	"slices"
	"strings"
)

// heapGrowth is by how much the heap grows before the collector runs, in percent of what
// is in use. With Go's own 100 a crawl needs 10 MiB more; with 40 it needs 6 MiB less, and
// a tenth more processor time (docs/performance.md).
const heapGrowth = 60

// spareMemory sets the collector for commands that crawl. Whoever sets GOGC has chosen.
func (e *env) spareMemory() {
	chosen := slices.ContainsFunc(e.Environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") })
	if !chosen {
		debug.SetGCPercent(heapGrowth)
	}
}
