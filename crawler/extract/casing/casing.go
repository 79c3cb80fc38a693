// Package casing lower-cases texts that are mostly ASCII and Chinese.
package casing

import "strings"

// Lower is strings.ToLower, without looking up each Chinese character for a case that it
// does not have. Where nothing changes, it returns s itself.
func Lower(s string) string {
	upper := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < 0x80 {
			upper = upper || c >= 'A' && c <= 'Z'
			i++
			continue
		}
		if !caseless(s[i:]) {
			return strings.ToLower(s)
		}
		i += 3
	}
	if !upper {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := range len(s) {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		b.WriteByte(c)
	}
	return b.String()
}

// caseless tells a character of three bytes of a block without cases: general punctuation
// (U+2000 to U+207F), what is Chinese, Japanese or Korean up to U+9FFF, and the full-width
// forms up to the digits.
func caseless(s string) bool {
	if len(s) < 3 || s[1]&0xC0 != 0x80 || s[2]&0xC0 != 0x80 {
		return false
	}
	switch {
	case s[0] >= 0xE3 && s[0] <= 0xE9:
		return true
	case s[0] == 0xE2:
		return s[1] <= 0x81
	case s[0] == 0xEF:
		return s[1] == 0xBC && s[2] <= 0xA0
	}
	return false
}
