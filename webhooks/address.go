package webhooks

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"dealvitals/secrets"
	"dealvitals/store"
)

// maxAddress is the longest address, in bytes.
const maxAddress = 2000

func addressPurpose(id string) string { return "the address of webhook " + id }

// keyPurpose binds a signing secret to the host that it is used for.
func keyPurpose(id, address string) string {
	host := ""
	if u, err := url.Parse(address); err == nil {
		host = strings.ToLower(u.Host)
	}
	return "webhook " + id + " for " + host
}

// shown is an address without what is secret in it: the values of its query, and of a
// robot of Feishu the last part of its path.
func shown(kind store.EndpointKind, address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if kind == store.KindFeishu {
		if cut := strings.LastIndex(u.Path, "/"); cut >= 0 {
			u.Path, u.RawPath = u.Path[:cut+1], ""
			return u.String() + secrets.Kept
		}
	}
	if u.RawQuery == "" {
		return address
	}
	names := make([]string, 0, len(u.Query()))
	for name := range u.Query() {
		names = append(names, url.QueryEscape(name)+"="+secrets.Kept)
	}
	slices.Sort(names)
	u.RawQuery = ""
	return u.String() + "?" + strings.Join(names, "&")
}

// addressFault says what is wrong with an address, nothing where it is good.
func (s *Sender) addressFault(kind store.EndpointKind, address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return "this is no address: write it as https://example.com/hooks"
	case len(address) > maxAddress:
		return "the address is too long"
	case u.Fragment != "":
		return "an address to send to has no # part"
	case kind == store.KindWeCom && u.Query().Get("key") == "":
		return "a WeCom robot's address ends in ?key=…: copy it whole from the robot's page"
	case kind == store.KindDingTalk && u.Query().Get("access_token") == "":
		return "a DingTalk robot's address ends in ?access_token=…: copy it whole from the robot's page"
	}
	if err := s.guard.URL(u); err != nil {
		return err.Error()
	}
	if u.Scheme == "http" && !s.inside(u) {
		return "events go over https: http is only for hosts in webhooks.allow_hosts or webhooks.allow_networks"
	}
	return ""
}

// inside tells whether an address is one that the administrator named in the settings.
func (s *Sender) inside(u *url.URL) bool {
	ip, err := netip.ParseAddr(u.Hostname())
	if err == nil {
		return s.guard.Named(ip)
	}
	return s.guard.NamedHost(u.Hostname())
}
