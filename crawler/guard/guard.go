// Package guard keeps the program from addresses that it must not reach: private networks,
// metadata services, ports that no site has. It judges the address that a connection is
// really made to, after resolution, so that a name that changes its address between a
// check and its use (DNS rebinding) gains nothing.
package guard

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rules say which addresses may be reached beside those of the public internet.
type Rules struct {
	Section  string         // of the settings, as refusals name it: "crawler"
	Networks []netip.Prefix // allowed although reserved
	Hosts    []string       // host names that are allowed although their addresses are reserved
	Ports    []int          // of public addresses
	Proxy    string         // address of a proxy that everything goes through; "" = none
	// Before is asked first of each address; nil asks nothing more.
	Before func(ip netip.Addr) error
}

// Guard is rules at work. It may be used by many goroutines.
type Guard struct {
	// Lookup resolves names; tests put their own in its place before the first use.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)

	rules    Rules
	reserved []netip.Prefix
	hosts    map[string]bool
	proxy    string // host:port that is dialled instead of every address; "" = none
	dialer   net.Dialer
}

// ConnectTimeout is the longest time for one address of a host.
const ConnectTimeout = 10 * time.Second

// RefusedError is an address that may not be reached. Its text says what to do about it.
type RefusedError struct{ Problem string }

func (e *RefusedError) Error() string { return e.Problem }

func refused(problem string, args ...any) error {
	return &RefusedError{fmt.Sprintf(problem, args...)}
}

// New puts rules to work.
func New(rules Rules) *Guard {
	g := &Guard{
		rules: rules, reserved: specialNetworks(), hosts: make(map[string]bool),
		Lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		},
		dialer: net.Dialer{Timeout: ConnectTimeout, KeepAlive: 30 * time.Second},
	}
	for _, host := range rules.Hosts {
		g.hosts[hostName(host)] = true
	}
	if u, err := url.Parse(rules.Proxy); err == nil && u.Host != "" {
		g.proxy = net.JoinHostPort(u.Hostname(), portOf(u))
	}
	return g
}

func hostName(host string) string { return strings.TrimSuffix(strings.ToLower(host), ".") }

func portOf(u *url.URL) string {
	if port := u.Port(); port != "" {
		return port
	}
	if u.Scheme == "https" {
		return "443"
	}
	return "80"
}

// URL judges what an address tells by itself, before anything is resolved. It also stands
// where a proxy resolves names for us.
func (g *Guard) URL(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return refused("only http and https addresses are reached, not %s", u.Scheme)
	}
	if u.User != nil {
		return refused("its address holds a user name or password")
	}
	if u.Hostname() == "" {
		return refused("its address names no host")
	}
	port, err := strconv.Atoi(portOf(u))
	if err != nil || port < 1 || port > 65535 {
		return refused("there is no port %s", u.Port())
	}
	ip, err := netip.ParseAddr(u.Hostname())
	if err != nil {
		return nil // a name: judged when it is dialled
	}
	return g.Address(u.Hostname(), netip.AddrPortFrom(ip, uint16(port)))
}

// Address judges the address that a connection to host would be made to.
func (g *Guard) Address(host string, at netip.AddrPort) error {
	ip := at.Addr().WithZone("").Unmap()
	if g.rules.Before != nil {
		if err := g.rules.Before(ip); err != nil {
			return err
		}
	}
	if g.inNetworks(ip) {
		return nil
	}
	if g.special(ip) {
		if g.hosts[hostName(host)] {
			return nil
		}
		return refused("its address %[1]s is private or reserved: allow its network (%[2]s.allow_networks) or host (%[2]s.allow_hosts) if it is yours", ip, g.rules.Section)
	}
	if !slices.Contains(g.rules.Ports, int(at.Port())) {
		return refused("port %d is not among those that may be connected to (%s.allow_ports)", at.Port(), g.rules.Section)
	}
	return nil
}

func (g *Guard) inNetworks(ip netip.Addr) bool {
	return slices.ContainsFunc(g.rules.Networks, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// Dial connects to the first allowed address of a host that answers.
func (g *Guard) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	if address == g.proxy {
		return g.dialer.DialContext(ctx, network, address)
	}
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, refused("there is no port %s", portText)
	}
	ips, err := g.Resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, ip := range ips {
		at := netip.AddrPortFrom(ip.Unmap(), uint16(port))
		if err := g.Address(host, at); err != nil {
			problems = append(problems, err)
			continue
		}
		conn, err := g.dialer.DialContext(ctx, network, at.String())
		if err == nil {
			return conn, nil
		}
		problems = append(problems, err)
	}
	return nil, errors.Join(problems...)
}

// Resolve looks up the addresses of a host, without judging them.
func (g *Guard) Resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	ips, err := g.Lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	if len(ips) == 0 {
		return nil, &net.DNSError{Err: "no addresses", Name: host, IsNotFound: true}
	}
	return ips, nil
}

// Named tells whether an address is in a network that the rules name.
func (g *Guard) Named(ip netip.Addr) bool { return g.inNetworks(ip.WithZone("").Unmap()) }

// NamedHost tells whether a host is one that the rules name.
func (g *Guard) NamedHost(host string) bool { return g.hosts[hostName(host)] }
