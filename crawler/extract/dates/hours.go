package dates

import (
	"strings"
	"time"
)

// hoursAgo is the instant n hours, minutes or seconds before at: twenty hours ago may be
// yesterday.
func (s *scanner) hoursAgo(n int, word string) time.Time {
	switch {
	case strings.Contains(word, "时") || strings.Contains(word, "時") || strings.HasPrefix(word, "h"):
		return s.at.Add(-time.Duration(min(n, 1000)) * time.Hour)
	case strings.HasPrefix(word, "分") || strings.HasPrefix(word, "m"):
		return s.at.Add(-time.Duration(min(n, 10000)) * time.Minute)
	}
	return s.at
}
