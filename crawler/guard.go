package crawler

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// guard decides which addresses may be reached. It judges the address that a connection
// is really made to, after resolution, so that a name that changes its address between a
// check and its use (DNS rebinding) gains nothing.
type guard struct {
	networks []netip.Prefix // allowed although reserved
	reserved []netip.Prefix
	hosts    map[string]bool
	ports    []int
	contact  bool   // the administrator can be reached
	proxy    string // host:port that is dialled instead of every target; "" = none
	lookup   func(ctx context.Context, host string) ([]netip.Addr, error)
	dialer   net.Dialer
}

// connectTimeout is the longest time for one address of a host.
const connectTimeout = 10 * time.Second

func newGuard(s Settings) *guard {
	g := &guard{
		networks: s.AllowNetworks, reserved: specialNetworks(), ports: s.AllowPorts, contact: s.Contact != "", hosts: make(map[string]bool),
		lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
		},
		dialer: net.Dialer{Timeout: connectTimeout, KeepAlive: 30 * time.Second},
	}
	for _, host := range s.AllowHosts {
		g.hosts[hostName(host)] = true
	}
	if u, err := url.Parse(s.Proxy); err == nil && u.Host != "" {
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

// url judges what an address tells by itself, before anything is resolved. It also stands
// where a proxy resolves names for us.
func (g *guard) url(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return refused("only http and https addresses are fetched, not %s", u.Scheme)
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
	return g.address(u.Hostname(), netip.AddrPortFrom(ip, uint16(port)))
}

// address judges the address that a connection to host would be made to.
func (g *guard) address(host string, at netip.AddrPort) error {
	ip := at.Addr().WithZone("").Unmap()
	if !g.contact && !ip.IsLoopback() {
		return refused("nothing outside this machine is crawled before you say where site owners reach you: set crawler.contact (--contact)")
	}
	if g.inNetworks(ip) {
		return nil
	}
	if g.special(ip) {
		if g.hosts[hostName(host)] {
			return nil
		}
		return refused("its address %s is private or reserved: allow its network (crawler.allow_networks) or host (crawler.allow_hosts) if it is yours", ip)
	}
	if !slices.Contains(g.ports, int(at.Port())) {
		return refused("port %d is not among those that may be connected to (crawler.allow_ports)", at.Port())
	}
	return nil
}

func (g *guard) inNetworks(ip netip.Addr) bool {
	return slices.ContainsFunc(g.networks, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// dial connects to the first allowed address of a host that answers.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
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
	ips, err := g.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	var problems []error
	for _, ip := range ips {
		at := netip.AddrPortFrom(ip.Unmap(), uint16(port))
		if err := g.address(host, at); err != nil {
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

func (g *guard) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	ips, err := g.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	if len(ips) == 0 {
		return nil, &net.DNSError{Err: "no addresses", Name: host, IsNotFound: true}
	}
	return ips, nil
}
