// Package casing lower-cases texts that are mostly ASCII and Chinese.
package casing

import "strings"

// Lower is strings.ToLower, without looking up each Chinese character for a case that it
// does not have. Where nothing changes, it returns s itself.
func Lower(s string) string {
	plain, upper := scan(s)
	switch {
	case !plain:
		return strings.ToLower(s)
	case !upper:
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := range len(s) {
		b.WriteByte(lower(s[i]))
	}
	return b.String()
}

// AppendLower appends Lower(s).
func AppendLower(to []byte, s string) []byte {
	if plain, _ := scan(s); !plain {
		return append(to, strings.ToLower(s)...)
	}
	for i := range len(s) {
		to = append(to, lower(s[i]))
	}
	return to
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	return c
}

// scan tells whether only ASCII letters of a text have a case, and whether one is a capital.
func scan(s string) (plain, upper bool) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < 0x80 {
			upper = upper || c >= 'A' && c <= 'Z'
			i++
			continue
		}
		size := caseless(s[i:])
		if size == 0 {
			return false, false
		}
		i += size
	}
	return true, upper
}

// caseless is the size of the character that s begins with, where that is of a block without
// cases: the marks from U+0080 to U+00BF, general punctuation (U+2000 to U+207F), what is
// Chinese, Japanese or Korean up to U+9FFF, and the full-width forms up to the digits. It is
// 0 for any other.
func caseless(s string) int {
	if len(s) >= 2 && s[0] == 0xC2 && s[1]&0xC0 == 0x80 {
		return 2
	}
	if len(s) < 3 || s[1]&0xC0 != 0x80 || s[2]&0xC0 != 0x80 {
		return 0
	}
	switch {
	case s[0] >= 0xE3 && s[0] <= 0xE9, s[0] == 0xE2 && s[1] <= 0x81, s[0] == 0xEF && s[1] == 0xBC && s[2] <= 0xA0:
		return 3
	}
	return 0
}
