package charset

import (
	"bytes"
	"strings"

	"golang.org/x/net/html/charset"
)

func fromHeader(contentType string) string {
	return afterCharset([]byte(contentType))
}

func fromMeta(body []byte) string {
	head := body[:min(len(body), metaWindow)]
	for {
		i := bytes.IndexByte(head, '<')
		if i < 0 {
			return ""
		}
		head = head[i+1:]
		if !hasPrefixFold(head, "meta") && !hasPrefixFold(head, "?xml") {
			continue
		}
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			end = len(head)
		}
		if name := afterCharset(head[:end]); name != "" {
			return name
		}
	}
}

func hasPrefixFold(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && strings.EqualFold(string(b[:len(prefix)]), prefix)
}

// afterCharset is the name behind charset= or encoding=, as the WHATWG list calls it.
func afterCharset(b []byte) string {
	low := strings.ToLower(string(b))
	for _, key := range []string{"charset", "encoding"} {
		_, rest, found := strings.Cut(low, key)
		if !found {
			continue
		}
		rest = strings.TrimLeft(rest, " \t")
		if !strings.HasPrefix(rest, "=") {
			continue
		}
		rest = strings.TrimLeft(rest[1:], " \t\"'")
		name, _, _ := strings.Cut(rest, ";")
		name = strings.TrimRight(strings.TrimSpace(name), "\"'/? ")
		if i := strings.IndexAny(name, "\"' \t?>"); i >= 0 {
			name = name[:i]
		}
		if _, canonical := charset.Lookup(name); canonical != "" {
			return canonical
		}
	}
	return ""
}
