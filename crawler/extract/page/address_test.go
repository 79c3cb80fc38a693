package page

import (
	"net/url"
	"testing"
)

var joined = []string{
	"", "/", "/a", "/a/", "/a/b.html", "/a?b=c", "/a?", "/a?b=c&d=%20", "//host/a", "/a//b", "/a/../b", "/./a", "/a/.", "/.a", "/..", "/a.", "a/b", "a:b",
	"?a=b", "#x", "/a#x", "/a%20b", "/职位", "/a;b", "/a:b", "https://else.example/x", "mailto:a@b", "/~a_b-c.d", "javascript:x", "/a?b=c?d", "/a?b=中",
}

var bases = []string{
	"http://127.0.1.1:8100/jobs/?page=2", "https://example.com", "https://EXAMPLE.com/a/b?c#d", "http://u:p@example.com/", "http://[::1]:80/a", "http://example.com:/a",
	"ftp://example.com/a", "https://例子.example/a", "HTTP://example.com/x", "http:opaque", "/only/path",
}

func checkJoin(t *testing.T, base, ref string) {
	from, err := url.Parse(base)
	if err != nil {
		return
	}
	want, known := "", false
	if u, err := from.Parse(ref); err == nil {
		want, known = u.String(), true
	}
	if got, ok := Join(from, ref); got != want || ok != known {
		t.Errorf("Join(%q, %q) = %q, %v; want %q, %v", base, ref, got, ok, want, known)
	}
}

func TestJoinIsWhatNetURLMakes(t *testing.T) {
	for _, base := range bases {
		for _, ref := range joined {
			checkJoin(t, base, ref)
		}
	}
}

func FuzzJoin(f *testing.F) {
	for _, base := range bases {
		for _, ref := range joined {
			f.Add(base, ref)
		}
	}
	f.Fuzz(checkJoin)
}
