package guard

import "net/netip"

// specialNetworks are the networks that no public site is in: the IANA special-purpose
// registries (RFC 6890 and its updates), multicast, and the forms that hide an IPv4
// address in an IPv6 one and are no longer used for anything else.
func specialNetworks() []netip.Prefix {
	var networks []netip.Prefix
	for _, text := range []string{
		"0.0.0.0/8",       // this network; Linux connects 0.0.0.0 to itself
		"10.0.0.0/8",      // private
		"100.64.0.0/10",   // carrier-grade NAT; 100.100.100.200 is Alibaba Cloud's metadata
		"127.0.0.0/8",     // loopback
		"169.254.0.0/16",  // link-local; 169.254.169.254 is the metadata of most clouds
		"172.16.0.0/12",   // private
		"192.0.0.0/24",    // IETF assignments; 192.0.0.192 is Oracle Cloud's metadata
		"192.0.2.0/24",    // documentation
		"192.88.99.0/24",  // 6to4 relays
		"192.168.0.0/16",  // private
		"198.18.0.0/15",   // benchmarks
		"198.51.100.0/24", // documentation
		"203.0.113.0/24",  // documentation
		"224.0.0.0/4",     // multicast
		"240.0.0.0/4",     // reserved, broadcast
		"168.63.129.16/32",
		"::/96",         // unspecified, loopback, IPv4-compatible
		"::ffff:0:0/96", // IPv4-mapped, where it was not unmapped
		"::ffff:0:0:0/96",
		"64:ff9b:1::/48", // local NAT64
		"100::/64",       // discard
		"2001::/23",      // Teredo, ORCHID and other IETF assignments
		"2001:db8::/32",  // documentation
		"2002::/16",      // 6to4
		"3fff::/20",      // documentation
		"5f00::/16",      // segment routing
		"fc00::/7",       // unique local; fd00:ec2::254 is AWS' metadata
		"fe80::/10",      // link-local
		"fec0::/10",      // site-local
		"ff00::/8",       // multicast
	} {
		networks = append(networks, netip.MustParsePrefix(text))
	}
	return networks
}

// special tells whether an address is not one of the public internet.
func (g *Guard) special(ip netip.Addr) bool {
	ip = ip.WithZone("").Unmap()
	for _, network := range g.reserved {
		if network.Contains(ip) {
			return true
		}
	}
	if inner, ok := embedded(ip); ok {
		return g.special(inner)
	}
	return !ip.IsGlobalUnicast()
}

// embedded is the IPv4 address that a NAT64 (RFC 6052) or ISATAP (RFC 5214) address
// leads to.
func embedded(ip netip.Addr) (netip.Addr, bool) {
	if !ip.Is6() {
		return netip.Addr{}, false
	}
	b := ip.As16()
	last := netip.AddrFrom4([4]byte(b[12:16]))
	if [12]byte(b[:12]) == [12]byte{0, 0x64, 0xff, 0x9b} {
		return last, true
	}
	isatap := b[8]&^2 == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe
	return last, isatap
}
