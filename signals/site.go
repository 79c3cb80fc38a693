package signals

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// SiteOf names the host of an address, with its port, and the site that it is a part of:
// what one owner registered, such as zhiye.com for huaxin.zhiye.com. An IP address, with its
// port, is a site of its own. Both are "" where it is no address.
func SiteOf(address string) (site, host string) {
	u, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	host = strings.ToLower(u.Host)
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(name); err == nil {
		return host, host
	}
	if site, err = publicsuffix.EffectiveTLDPlusOne(name); err != nil {
		return host, host
	}
	return site, host
}
