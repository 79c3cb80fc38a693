package clocks

import (
	"net/netip"
	"sync"
	"time"

	"dealvitals/signals"
)

const (
	// heardFor is how long a statement counts after it was heard.
	heardFor = 24 * time.Hour
	// again is after how long a site is listened to again.
	again = 10 * time.Minute
	// mostSites bounds the sites whose statements are remembered, those heard last.
	mostSites = 512
)

// Watch remembers what sites said of the time. It is safe for concurrent use. The statements
// go on by the machine's count of time, so that they hold for a clock that is set.
type Watch struct {
	clock   func() time.Time
	elapsed func() time.Duration // counts time that nobody sets

	mu    sync.Mutex
	heard []heard // the newest last, one for each site
	// The newest verdict holds while nothing was heard and the clock was not set since.
	verdict Verdict
	judged  time.Duration // what elapsed said then
	ahead   time.Duration // what the clock was ahead of elapsed then
	fresh   bool
}

type heard struct {
	Statement
	at time.Duration // what elapsed said
}

// NewWatch makes a watch over a clock.
func NewWatch(clock func() time.Time, elapsed func() time.Duration) *Watch {
	return &Watch{clock: clock, elapsed: elapsed}
}

// Heard takes what the site of an address said just now; from is the IP address and port that
// answered, "" where it is not known.
func (w *Watch) Heard(address, from string, at time.Time, bound Bound) {
	site, _ := signals.SiteOf(address)
	if site == "" {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.elapsed()
	for _, h := range w.heard {
		if h.Site == site && now-h.at < again {
			return
		}
	}
	kept := w.heard[:0]
	for _, h := range w.heard {
		if h.Site != site && now-h.at < heardFor {
			kept = append(kept, h)
		}
	}
	if len(kept) >= mostSites {
		kept = kept[1:]
	}
	w.heard = append(kept, heard{Statement{Site: site, Network: networkOf(from), Time: at, Bound: bound}, now})
	w.fresh = false
}

// Verdict is what the sites heard say of the clock now.
func (w *Watch) Verdict() Verdict {
	w.mu.Lock()
	defer w.mu.Unlock()
	now, passed := w.clock(), w.elapsed()
	ahead := time.Duration(now.UnixNano()) - passed
	if w.fresh && (ahead-w.ahead).Abs() < time.Second {
		v := w.verdict
		v.Time = v.Time.Add(passed - w.judged)
		return v
	}
	said := make([]Statement, 0, len(w.heard))
	for i := len(w.heard) - 1; i >= 0; i-- {
		s := w.heard[i].Statement
		s.Time = s.Time.Add(passed - w.heard[i].at)
		said = append(said, s)
	}
	w.verdict, w.judged, w.ahead, w.fresh = Judge(said, now), passed, ahead, true
	return w.verdict
}

// networkOf names the network of an address: what one machine, or one owner of machines, is
// likely to have. It is "" where the address is none.
func networkOf(from string) string {
	at, err := netip.ParseAddrPort(from)
	if err != nil {
		return ""
	}
	ip, bits := at.Addr().Unmap(), 48
	if ip.Is4() {
		bits = 24
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}
