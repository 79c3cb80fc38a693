// Package robots reads robots.txt as RFC 9309 has it. It is pure.
//
// It exists because temoto/robotstxt v1.1.2 takes a pattern with a wildcard as matching
// anywhere in the path, gives a tie to whichever rule came first, does not compare
// percent-encoded forms, and refuses a whole file for one bad line.
package robots

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// MaxSize is how much of a file is read; RFC 9309 §2.5 asks for at least 500 KiB.
const MaxSize = 500 << 10

// maxRules bounds the rules kept of one file, and maxPattern the length of each: no site
// that means well has more, and matching must stay cheap.
const (
	maxRules   = 10_000
	maxPattern = 2_048
)

// Rules is what a robots.txt says to one crawler. Its zero value allows everything.
type Rules struct {
	// Delay is the Crawl-delay, 0 where none is stated. It is no part of the RFC, but
	// asked for by many sites.
	Delay time.Duration
	rules []rule
}

type rule struct {
	allow   bool
	pattern string // normalised; may hold * and end in $
}

// Size is roughly the memory that the rules hold, in bytes.
func (r Rules) Size() int {
	size := 64
	for _, rule := range r.rules {
		size += len(rule.pattern) + 24
	}
	return size
}

// Parse reads the rules for the crawler whose product token is agent, such as
// "dealvitals". Lines that mean nothing are passed over, as §2.2 wants.
func Parse(body []byte, agent string) Rules {
	if len(body) > MaxSize {
		body = body[:MaxSize]
		if i := bytes.LastIndexAny(body, "\r\n"); i >= 0 {
			body = body[:i] // the last line may be cut in the middle
		}
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	p := parser{agent: strings.ToLower(agent)}
	for line := range bytes.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.line(string(line))
	}
	if p.named {
		return p.own
	}
	return p.all
}

// parser collects the rules of all groups that name the crawler, and of those for "*".
// Several groups for the same crawler are one (§2.2.1).
type parser struct {
	agent    string
	own, all Rules
	named    bool // some group names the crawler

	inOwn, inAll bool // the present group is for the crawler, for all
	inRules      bool // a rule came since the last user-agent line: the next one begins a group
}

func (p *parser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, found := strings.Cut(line, ":")
	if !found {
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "user-agent", "useragent", "user agent":
		p.userAgent(value)
	case "allow":
		p.rule(true, value)
	case "disallow":
		p.rule(false, value)
	case "crawl-delay", "crawldelay":
		p.delay(value)
	}
}

func (p *parser) userAgent(value string) {
	if p.inRules {
		p.inOwn, p.inAll, p.inRules = false, false, false
	}
	if value == "*" {
		p.inAll = true
		return
	}
	if token := productToken(value); token != "" && token == p.agent {
		p.inOwn, p.named = true, true
	}
}

// productToken is the name part of a user-agent value: letters, "-" and "_" (§2.2.1).
// What follows, such as a version, is no part of it.
func productToken(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end >= 0 {
		value = value[:end]
	}
	return strings.ToLower(value)
}

func (p *parser) rule(allow bool, value string) {
	p.inRules = true
	// An empty pattern matches nothing.
	if value == "" || len(value) > maxPattern {
		return
	}
	if value[0] != '/' && value[0] != '*' {
		value = "/" + value
	}
	p.each(func(r *Rules) {
		if len(r.rules) < maxRules {
			r.rules = append(r.rules, rule{allow: allow, pattern: normalise(value)})
		}
	})
}

func (p *parser) delay(value string) {
	p.inRules = true
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return
	}
	const day = 24 * 60 * 60
	delay := time.Duration(min(seconds, day) * float64(time.Second))
	p.each(func(r *Rules) { r.Delay = max(r.Delay, delay) })
}

func (p *parser) each(do func(*Rules)) {
	if p.inOwn {
		do(&p.own)
	}
	if p.inAll {
		do(&p.all)
	}
}

// Allowed tells whether a path, with its query where it has one, may be fetched. The
// longest pattern that matches decides; allow wins a tie (§2.2.2).
func (r Rules) Allowed(path string) bool {
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	path = normalise(path)
	allowed, longest := true, -1
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < longest || n == longest && allowed {
			continue
		}
		if match(rule.pattern, path) {
			allowed, longest = rule.allow, n
		}
	}
	return allowed
}

// match tells whether a pattern matches the beginning of a path. "*" stands for any
// characters, "$" at the end for the end of the path. It takes time linear in the path
// for each part between two stars.
func match(pattern, path string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	pattern = strings.TrimSuffix(pattern, "$")
	first, rest, starred := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	if !starred {
		return !anchored || path == ""
	}
	for {
		part, after, more := strings.Cut(rest, "*")
		if !more {
			return matchLast(part, path, anchored)
		}
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path, rest = path[i+len(part):], after
	}
}

func matchLast(part, path string, anchored bool) bool {
	if anchored {
		return strings.HasSuffix(path, part)
	}
	return strings.Contains(path, part)
}

// normalise brings a path or pattern into the one form in which both are compared: bytes
// outside ASCII and unsafe ones percent-encoded, encoded unreserved ones decoded, hex
// digits in upper case (§2.2.2, RFC 3986 §6.2.2).
func normalise(s string) string {
	if !needsWork(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			decoded := unhex(s[i+1])<<4 | unhex(s[i+2])
			i += 2
			if unreserved(decoded) {
				b.WriteByte(decoded)
			} else {
				encode(&b, decoded)
			}
			continue
		}
		if c <= ' ' || c >= 0x7f {
			encode(&b, c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func needsWork(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '%' || s[i] <= ' ' || s[i] >= 0x7f {
			return true
		}
	}
	return false
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

func encode(b *strings.Builder, c byte) {
	const digits = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(digits[c>>4])
	b.WriteByte(digits[c&15])
}
