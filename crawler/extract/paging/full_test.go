package paging_test

import (
	"testing"

	"dealvitals/crawler/extract/paging"
)

func TestAFullPageOfAnInterfaceMayHaveMoreBehindIt(t *testing.T) {
	for _, test := range []struct {
		address string
		got     int
		want    string
	}{
		{"https://x.example/api/jobs?page=1&size=10", 10, "page=1"},
		{"https://x.example/api/jobs?pageNum=1&pageSize=20", 19, ""},
		{"https://x.example/api/jobs?pageNum=1&pageSize=1000", 57, ""},
		{"https://x.example/api/jobs?offset=0&limit=50", 50, "offset=0"},
		{"https://x.example/api/jobs?page=1", 20, "page=1"},
		{"https://x.example/api/jobs?page=1", 17, ""},
		{"https://x.example/api/jobs", 20, ""},
		{"https://x.example/api/jobs?page=1&size=10", 0, ""},
	} {
		if got := paging.FullPage(test.address, test.got); got != test.want {
			t.Errorf("%s with %d: %q, want %q", test.address, test.got, got, test.want)
		}
	}
}
