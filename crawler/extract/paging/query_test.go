package paging_test

import (
	"testing"

	"dealvitals/crawler/extract/paging"
)

func TestAnAddressIsMovedOnByOnePage(t *testing.T) {
	for _, c := range []struct {
		name, address string
		got, total    int
		want          string
	}{
		{"page counted from 1", "https://x/api?page=1&size=10", 10, 25, "https://x/api?page=2&size=10"},
		{"the last page", "https://x/api?page=3&size=10", 5, 25, ""},
		{"a full last page", "https://x/api?page=2&size=10", 10, 20, ""},
		{"an offset", "https://x/api?offset=20&limit=20", 20, 45, "https://x/api?limit=20&offset=40"},
		{"an offset at the end", "https://x/api?offset=40&limit=20", 5, 45, ""},
		{"pageNo of a Chinese system", "https://x/api?pageNo=2&pageSize=20", 20, 57, "https://x/api?pageNo=3&pageSize=20"},
		{"a server that gives fewer than asked for", "https://x/api?page=1&size=100", 20, 57, "https://x/api?page=2&size=100"},
		{"no paging in the address", "https://x/api", 20, 57, ""},
		{"an unknown address", "", 20, 57, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			if r := paging.NextByQuery(c.address, c.got, c.total); r != nil {
				got = r.URL
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
