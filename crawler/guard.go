package crawler

import (
	"errors"
	"net/netip"

	"dealvitals/crawler/guard"
	"dealvitals/signals"
)

// newGuard keeps a crawler to the public internet and to what the administrator allows.
func newGuard(s Settings) *guard.Guard {
	rules := guard.Rules{Section: "crawler", Networks: s.AllowNetworks, Hosts: s.AllowHosts, Ports: s.AllowPorts, Proxy: s.Proxy}
	if s.Contact == "" {
		rules.Before = onlyThisMachine
	}
	return guard.New(rules)
}

// onlyThisMachine refuses all that is outside, for site owners could not reach anybody.
func onlyThisMachine(ip netip.Addr) error {
	if ip.IsLoopback() {
		return nil
	}
	return refused("nothing outside this machine is crawled before you say where site owners reach you: set crawler.contact (--contact)")
}

// judged makes a page's error of an address that the guard refused.
func judged(err error) error {
	var no *guard.RefusedError
	if errors.As(err, &no) {
		return &PageError{Outcome: signals.OutcomeUnsafe, Problem: no.Problem}
	}
	return err
}
