// Package pattern holds regular expressions that are compiled when they are first used. The
// readers know some 200 of them: a page needs few, and a program that only imports, scores or
// answers needs none.
package pattern

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression with the methods of regexp.Regexp that the readers use. It
// is safe for concurrent use.
type Pattern struct {
	text     string
	once     sync.Once
	compiled *regexp.Regexp
}

// New is the expression of a text that is part of the program: a wrong one panics at its
// first use, and in a test of this package, which compiles all that the readers have.
func New(text string) *Pattern { return &Pattern{text: text} }

// Whole is the expression of a text that only a whole string can match.
func Whole(text string) *Pattern { return New(`^(?:` + text + `)$`) }

func (p *Pattern) re() *regexp.Regexp {
	p.once.Do(p.compile)
	return p.compiled
}

func (p *Pattern) compile() { p.compiled = regexp.MustCompile(p.text) }

// MatchString is regexp.Regexp.MatchString.
func (p *Pattern) MatchString(s string) bool { return p.re().MatchString(s) }

// FindString is regexp.Regexp.FindString.
func (p *Pattern) FindString(s string) string { return p.re().FindString(s) }

// FindStringIndex is regexp.Regexp.FindStringIndex.
func (p *Pattern) FindStringIndex(s string) []int { return p.re().FindStringIndex(s) }

// FindStringSubmatch is regexp.Regexp.FindStringSubmatch.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.re().FindStringSubmatch(s) }

// FindSubmatch is regexp.Regexp.FindSubmatch.
func (p *Pattern) FindSubmatch(b []byte) [][]byte { return p.re().FindSubmatch(b) }

// FindAllSubmatch is regexp.Regexp.FindAllSubmatch.
func (p *Pattern) FindAllSubmatch(b []byte, n int) [][][]byte { return p.re().FindAllSubmatch(b, n) }

// FindAllStringSubmatchIndex is regexp.Regexp.FindAllStringSubmatchIndex.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.re().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString is regexp.Regexp.ReplaceAllString.
func (p *Pattern) ReplaceAllString(s, with string) string { return p.re().ReplaceAllString(s, with) }

// FindAllStringIndex is regexp.Regexp.FindAllStringIndex.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int { return p.re().FindAllStringIndex(s, n) }

// ReplaceAllStringFunc is regexp.Regexp.ReplaceAllStringFunc.
func (p *Pattern) ReplaceAllStringFunc(s string, with func(string) string) string {
	return p.re().ReplaceAllStringFunc(s, with)
}

// Split is regexp.Regexp.Split.
func (p *Pattern) Split(s string, n int) []string { return p.re().Split(s, n) }

// SubexpIndex is regexp.Regexp.SubexpIndex.
func (p *Pattern) SubexpIndex(name string) int { return p.re().SubexpIndex(name) }

// FindStringSubmatchIndex is regexp.Regexp.FindStringSubmatchIndex.
func (p *Pattern) FindStringSubmatchIndex(s string) []int { return p.re().FindStringSubmatchIndex(s) }

// FindAllStringSubmatch is regexp.Regexp.FindAllStringSubmatch.
func (p *Pattern) FindAllStringSubmatch(s string, n int) [][]string {
	return p.re().FindAllStringSubmatch(s, n)
}

// Match is regexp.Regexp.Match.
func (p *Pattern) Match(b []byte) bool { return p.re().Match(b) }
