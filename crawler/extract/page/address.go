package page

import (
	"net/url"
	"strings"
)

// Join is a reference resolved against the address that it stands at, as base.Parse and
// String make it; false where it is no address. Most references are plain paths, for which
// nothing needs to be taken apart.
func Join(base *url.URL, ref string) (string, bool) {
	if joined, ok := joinPlain(base, ref); ok {
		return joined, true
	}
	u, err := base.Parse(ref)
	if err != nil {
		return "", false
	}
	return u.String(), true
}

func joinPlain(base *url.URL, ref string) (string, bool) {
	path, query, asks := strings.Cut(ref, "?")
	if !PlainPath(path) || strings.Contains(path, "//") || strings.Contains(path, "/.") || asks && !plainQuery(query) {
		return "", false
	}
	if base.User != nil || base.Scheme != "http" && base.Scheme != "https" || !PlainHost(base.Host) {
		return "", false
	}
	return base.Scheme + "://" + base.Host + ref, true
}

// PlainPath tells a path from the root of only letters, digits and . _ ~ - /, none of which
// is ever escaped.
func PlainPath(path string) bool {
	if path == "" || path[0] != '/' {
		return false
	}
	for i := 0; i < len(path); i++ {
		if c := path[i]; !letterOrDigit(c) && c != '/' && c != '.' && c != '-' && c != '_' && c != '~' {
			return false
		}
	}
	return true
}

func plainQuery(query string) bool {
	for i := 0; i < len(query); i++ {
		if c := query[i]; !letterOrDigit(c) && c != '=' && c != '&' && c != '.' && c != '-' && c != '_' {
			return false
		}
	}
	return query != ""
}

// PlainHost tells a name or an IPv4 address, with or without a port.
func PlainHost(host string) bool {
	name, port, ported := strings.Cut(host, ":")
	for i := 0; i < len(name); i++ {
		if c := name[i]; !letterOrDigit(c) && c != '.' && c != '-' {
			return false
		}
	}
	for i := 0; i < len(port); i++ {
		if port[i] < '0' || port[i] > '9' {
			return false
		}
	}
	return name != "" && (!ported || port != "")
}

func letterOrDigit(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
