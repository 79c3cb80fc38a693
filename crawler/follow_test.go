package crawler

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// What is learnt of a page by looking for the words first is what reading all of it tells.
func TestTheWordsThatBarLinksAreFoundWhereverTheyStand(t *testing.T) {
	at, err := url.Parse("https://example.com/jobs/")
	if err != nil {
		t.Fatal(err)
	}
	follow := []string{"https://example.com/a", "https://example.com/jobs/b?c=d", "https://example.com/%20e"}
	parts := []string{
		`<a href="/a">`, `<a rel="nofollow" href="/a">`, `<a href=/a rel=NOFOLLOW>`, `<a rel='external NoFollow' href="b?c=d">`, `<A HREF=" /%20e " REL="Nofollow">`,
		`<a href="/a" rel=next>`, `<meta name="robots" content="none">`, `<meta name='robots' content='none'>`, `<meta name=robots content="NOFOLLOW">`,
		`<meta name="googlebot" content="nofollow">`, "w nofollow W", `<p style="display:none">`, `<link rel="nofollow" href="/a">`, "nofollow", "", `<a rel=nofollow href="http://[bad">`,
	}
	for i, first := range parts {
		for j, second := range parts {
			for k, third := range parts {
				body := strings.Join([]string{"<html>", first, "text", second, third}, "\n")
				got := (&barred{links: map[string]bool{}}).learn(&answer{url: at, status: http.StatusOK, header: http.Header{}, body: []byte(body)}, follow)
				whole := pageLinks{page: at}
				whole.read([]byte(body))
				if want := whole.among(follow); !slices.Equal(got, want) {
					t.Fatalf("parts %d, %d and %d: learnt %v, want %v", i, j, k, got, want)
				}
			}
		}
	}
}
