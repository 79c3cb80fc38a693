package crawler

import (
	"context"
	"net/netip"
	"net/url"
	"sync"
	"time"
)

// addressFor is how long an address that was looked up stands for its host. It only
// groups hosts: what is connected to is looked up, and judged, for each connection.
const addressFor = 5 * time.Minute

// mostAddresses bounds how many hosts' addresses are remembered.
const mostAddresses = 8192

// addressBook tells which hosts share an address: one machine answers for them all.
type addressBook struct {
	lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	now    func() time.Time

	mu    sync.Mutex
	known map[string]addressed
}

type addressed struct {
	name  string
	until time.Time
}

func newAddressBook(lookup func(context.Context, string) ([]netip.Addr, error), now func() time.Time) *addressBook {
	return &addressBook{lookup: lookup, now: now, known: make(map[string]addressed)}
}

// of names the machine behind a host by its lowest address, "" where it has none: the
// request itself will tell why.
func (a *addressBook) of(ctx context.Context, u *url.URL) string {
	host, now := u.Hostname(), a.now()
	a.mu.Lock()
	found, ok := a.known[host]
	a.mu.Unlock()
	if ok && now.Before(found.until) {
		return found.name
	}
	ips, err := a.lookup(ctx, host)
	if err != nil || len(ips) == 0 {
		return ""
	}
	lowest := ips[0].Unmap()
	for _, ip := range ips[1:] {
		if ip = ip.Unmap(); ip.Less(lowest) {
			lowest = ip
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.known) >= mostAddresses {
		clear(a.known)
	}
	a.known[host] = addressed{name: lowest.String(), until: now.Add(addressFor)}
	return lowest.String()
}

// shared are the manners towards a machine on which several hosts are: it is asked as if
// there were no more than n of them.
func (m manners) shared(n int) manners {
	return manners{delay: m.delay / time.Duration(n), atOnce: m.atOnce * n}
}

// turn waits for the turn of a request: its host's, then its machine's.
func (t *transport) turn(ctx context.Context, u *url.URL, m manners) (leave func(), err error) {
	leaveHost, err := t.turns.wait(ctx, hostKey(u), m)
	n := t.settings.HostsPerAddress
	if err != nil || n <= 0 || t.settings.Proxy != "" {
		return leaveHost, err
	}
	machine := t.addresses.of(ctx, u)
	if machine == "" {
		return leaveHost, nil
	}
	leaveMachine, err := t.machines.wait(ctx, machine, m.shared(n))
	if err != nil {
		leaveHost()
		return nil, err
	}
	return func() { leaveMachine(); leaveHost() }, nil
}
