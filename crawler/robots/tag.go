package robots

import "strings"

// Product is the name that robots.txt files and robots meta tags call this crawler by
// (RFC 9309 §2.2.1).
const Product = "dealvitals"

// NoFollow tells whether rules ask this crawler not to follow links: those of the header
// X-Robots-Tag, of a robots meta tag or of rel. A rule for another crawler
// ("otherbot: nofollow") is none for this one.
func NoFollow(rules string) bool {
	if rules == "nofollow" {
		return true
	}
	agent := Product
	for _, rule := range strings.FieldsFunc(strings.ToLower(rules), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
		if name, rest, ok := strings.Cut(rule, ":"); ok && !strings.HasPrefix(rule, "unavailable_after") && !strings.HasPrefix(rule, "max-") {
			agent, rule = name, rest
		}
		if agent == Product && (rule == "nofollow" || rule == "none") {
			return true
		}
	}
	return false
}
