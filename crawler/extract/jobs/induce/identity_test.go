package induce

import "testing"

var identified = []string{
	"", "/", "//", "//a", "/a/", "/a//", "/jobs/12.html", "/jobs/12?ref=x", "http://example.com", "http://example.com/", "https://example.com//", "https://example.com/a/",
	"https://example.com:8080/a/b", "https://example.com:/a", "https://example.com:x/a", "http:///a", "http://a b/c", "https://u@example.com/a", "HTTPS://example.com/a",
	"ftp://example.com/a", "/a:b", "a/b", "a:b/c", "/职位/1", "/a%20b", "/a#b", "/a#/b", "http://http://a/", "/~a", "/./a", "/..", "http://-/", "http://./a",
}

func checkIdentity(t *testing.T, address string) {
	if plain, ok := plainIdentity(address); ok && plain != parsedIdentity(address) {
		t.Errorf("plainIdentity(%q) = %q, want %q", address, plain, parsedIdentity(address))
	}
}

func TestAPlainIdentityIsTheParsedOne(t *testing.T) {
	for _, address := range identified {
		checkIdentity(t, address)
	}
	if _, ok := plainIdentity("https://example.com/jobs/12.html"); !ok {
		t.Error("a plain address is taken apart")
	}
}

func FuzzIdentity(f *testing.F) {
	for _, address := range identified {
		f.Add(address)
	}
	f.Fuzz(checkIdentity)
}
