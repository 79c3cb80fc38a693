package cli

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
)

const (
	// heapGrowth is by how much the heap of a program that serves grows before the collector
	// runs, in percent of what is in use. With Go's own 100 a crawl needs 10 MiB more.
	heapGrowth = 60
	// crawlGrowth is the same for a crawl, whose heap is small: of what is in use and reserve
	// together. So the collector runs seldom while little is in use, and often enough when
	// all runs are full: 3 MiB less at most than with 60 alone, for no more processor time.
	crawlGrowth = 20
	// reserve, in bytes, is never touched and takes no memory; it only counts.
	reserve = 24 << 20
)

// spareMemory sets the collector for serving.
func (e *env) spareMemory() {
	if !e.collectorChosen() {
		debug.SetGCPercent(heapGrowth)
	}
}

// spareMemoryOfCrawl sets the collector for a crawl, at whose end done is to be called.
func (e *env) spareMemoryOfCrawl() (done func()) {
	if e.collectorChosen() {
		return func() {}
	}
	counted := make([]byte, reserve)
	before := debug.SetGCPercent(crawlGrowth)
	return func() {
		runtime.KeepAlive(counted)
		debug.SetGCPercent(before)
	}
}

// collectorChosen tells whether whoever started the program set GOGC.
func (e *env) collectorChosen() bool {
	return slices.ContainsFunc(e.Environ, func(v string) bool { return strings.HasPrefix(v, "GOGC=") })
}
