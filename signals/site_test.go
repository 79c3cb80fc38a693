package signals

import "testing"

func TestSiteIsWhatOneOwnerRegistered(t *testing.T) {
	for _, c := range []struct{ address, site, host string }{
		{"https://huaxin.zhiye.com/jobs", "zhiye.com", "huaxin.zhiye.com"},
		{"https://WWW.ccgp-beijing.gov.cn/x", "ccgp-beijing.gov.cn", "www.ccgp-beijing.gov.cn"},
		{"https://example.co.uk:8443/", "example.co.uk", "example.co.uk:8443"},
		{"http://127.0.0.1:8080/", "127.0.0.1:8080", "127.0.0.1:8080"},
		{"http://localhost:1/", "localhost:1", "localhost:1"},
		{"http://[::1]:1/", "[::1]:1", "[::1]:1"},
		{"http://a b/", "", ""},
	} {
		if site, host := SiteOf(c.address); site != c.site || host != c.host {
			t.Errorf("%s: site %q, host %q, want %q, %q", c.address, site, host, c.site, c.host)
		}
	}
}
