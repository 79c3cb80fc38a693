package crawler

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"dealvitals/signals"
)

// forbidden are spellings of addresses that nobody may make the crawler reach.
var forbidden = []string{
	// this machine
	"http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.1/", "http://127.255.255.254/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/",
	"http://0177.0.0.1/", "http://017700000001/", "http://127.0.1/", "http://localhost/", "http://LocalHost/", "http://0.0.0.0/", "http://0/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/",
	"http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://１２７.０.０.１/", "http://127。0。0。1/", "http://%31%32%37.0.0.1/",
	// private networks
	"http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.254/", "http://192.168.1.1/", "http://3232235777/", "http://0xc0a80101/", "http://[fc00::1]/",
	"http://[fd12:3456::1]/", "http://[fec0::1]/", "http://[::ffff:10.0.0.1]/",
	// metadata services of clouds
	"http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://0xa9fea9fe/", "http://169.254.43518/", "http://[::ffff:169.254.169.254]/", "http://[fd00:ec2::254]/", "http://100.100.100.200/", "http://192.0.0.192/", "http://168.63.129.16/",
	// link-local, carrier-grade NAT, multicast, reserved, documentation, benchmarks
	"http://169.254.0.1/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://100.64.0.1/", "http://224.0.0.1/", "http://239.255.255.250/", "http://[ff02::1]/", "http://240.0.0.1/", "http://255.255.255.255/",
	"http://192.0.2.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://198.18.0.1/", "http://[2001:db8::1]/", "http://[100::1]/",
	// IPv4 hidden in IPv6
	"http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/", "http://[2002:a9fe:a9fe::]/", "http://[2001:0:a00:1::1]/",
	"http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/", "http://[2606:4700::5efe:10.0.0.1]/", "http://[2606:4700::200:5efe:7f00:1]/", "http://[::ffff:0:127.0.0.1]/",
	// what is no page of a site
	"ftp://8.8.8.8/", "file:///etc/passwd", "gopher://8.8.8.8/", "http://user:pass@8.8.8.8/", "http://user@8.8.8.8/", "http://8.8.8.8@127.0.0.1/", "http://8.8.8.8:22/", "http://8.8.8.8:6379/", "http://8.8.8.8:0/", "https://8.8.8.8:25/",
}

func TestForbiddenAddressesAreRefused(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com", AllowNetworks: []netip.Prefix{}})
	for _, address := range forbidden {
		t.Run(address, func(t *testing.T) {
			_, err := w.Fetch(t.Context(), address, signals.Reading{})
			wantRefusal(t, err)
		})
	}
}

// wantRefusal wants an address refused, or a name for which there is no address.
func wantRefusal(t *testing.T, err error) {
	t.Helper()
	var failed *PageError
	if !errors.As(err, &failed) {
		t.Fatalf("got %v", err)
	}
	if failed.Outcome != signals.OutcomeUnsafe {
		t.Errorf("outcome %s: %s", failed.Outcome, failed.Problem)
	}
}

func TestRedirectsToForbiddenAddressesAreRefused(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com"}) // loopback is allowed here, for the site
	s := w.site()
	for _, address := range forbidden {
		if strings.Contains(address, "127") || strings.Contains(address, "7f") || strings.Contains(strings.ToLower(address), "localhost") ||
			address == "http://2130706433/" || strings.Contains(address, "0177") {
			continue
		}
		s.handle("/", func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Location", address)
			rw.WriteHeader(http.StatusFound)
		})
		_, err := w.Fetch(t.Context(), s.URL+"/", signals.Reading{})
		var failed *PageError
		if !errors.As(err, &failed) || failed.Outcome != signals.OutcomeUnsafe && failed.Outcome != signals.OutcomeUnreachable {
			t.Errorf("%s: %v", address, err)
		}
	}
	if n := len(s.asked()); n == 0 {
		t.Error("the site was not asked")
	}
}

func TestANameThatChangesItsAddressGainsNothing(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com", AllowNetworks: []netip.Prefix{}})
	answers := [][]string{{"10.0.0.1"}, {"192.168.0.1", "127.0.0.1"}, {"::1"}, {"64:ff9b::7f00:1"}, {"169.254.169.254"}}
	for _, answer := range answers {
		w.transport.guard.Lookup = func(context.Context, string) ([]netip.Addr, error) {
			var ips []netip.Addr
			for _, text := range answer {
				ips = append(ips, netip.MustParseAddr(text))
			}
			return ips, nil
		}
		_, err := w.Fetch(t.Context(), "http://rebinding.example/", signals.Reading{})
		wantRefusal(t, err)
	}
}

func TestNothingOutsideThisMachineIsAskedWithoutAContact(t *testing.T) {
	w := newWorld(t, Settings{AllowNetworks: []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0")}})
	for _, address := range []string{"http://8.8.8.8/", "http://10.0.0.1/", "http://[2606:4700::1]/"} {
		_, err := w.Fetch(t.Context(), address, signals.Reading{})
		wantRefusal(t, err)
		if !strings.Contains(err.Error(), "crawler.contact") {
			t.Errorf("the next step is not told: %v", err)
		}
	}
	s := w.site()
	s.page("/", "job a A")
	if _, err := w.Fetch(t.Context(), s.URL, signals.Reading{}); err != nil {
		t.Errorf("this machine may be asked: %v", err)
	}
}

func TestWhatTheAdministratorAllows(t *testing.T) {
	g := newGuard(Settings{
		Contact: "ops@example.com", AllowNetworks: []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16")}, AllowHosts: []string{"Jobs.Corp."}, AllowPorts: []int{80},
	})
	tests := []struct {
		host, at string
		want     bool
	}{
		{"a.example", "10.1.2.3:9999", true},
		{"a.example", "[::ffff:10.1.2.3]:80", true},
		{"a.example", "10.2.0.1:80", false},
		{"jobs.corp", "10.2.0.1:80", true},
		{"jobs.corp.", "10.2.0.1:80", true},
		{"x.jobs.corp", "10.2.0.1:80", false},
		{"a.example", "8.8.8.8:80", true},
		{"a.example", "8.8.8.8:81", false},
		{"a.example", "[64:ff9b::808:808]:80", true},
		{"a.example", "[2606:4700::1111]:80", true},
	}
	for _, test := range tests {
		err := g.Address(test.host, netip.MustParseAddrPort(test.at))
		if (err == nil) != test.want {
			t.Errorf("%s at %s: %v, want allowed %v", test.host, test.at, err, test.want)
		}
	}
}

func TestTheEnvironmentChangesNothing(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	t.Setenv("COLLY_USER_AGENT", "Mozilla")
	t.Setenv("COLLY_DISALLOWED_DOMAINS", "127.0.0.1")
	t.Setenv("COLLY_FOLLOW_REDIRECTS", "n")
	t.Setenv("COLLY_MAX_BODY_SIZE", "1")
	w := newWorld(t, Settings{})
	s := w.site()
	s.handle("/", func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, "/jobs", http.StatusFound) })
	s.page("/jobs", "job a A")
	p, err := w.Fetch(t.Context(), s.URL, signals.Reading{})
	if err != nil || string(p.Body) != "job a A" || !strings.HasPrefix(s.asked()[0].header.Get("User-Agent"), "dealvitals/") {
		t.Errorf("page %q, %v", p.Body, err)
	}
}

func TestAProxyIsUsedWhereOneIsSet(t *testing.T) {
	watch := newStopwatch()
	proxy := newSite(t, watch)
	proxy.page("/", "job a A")
	c, err := newCrawler(Settings{Contact: "ops@example.com", Proxy: proxy.URL}, nil, nil, time.Now, slog.New(slog.DiscardHandler), waiting{watch.now, watch.sleep})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	p, err := c.Fetch(t.Context(), "http://jobs.example/", signals.Reading{})
	if err != nil || string(p.Body) != "job a A" || p.URL != "http://jobs.example/" {
		t.Errorf("page %q, %v", p.Body, err)
	}
	_, err = c.Fetch(t.Context(), "http://10.0.0.1/", signals.Reading{})
	wantRefusal(t, err)
}

func TestANameWithoutAddressIsUnreachable(t *testing.T) {
	w := newWorld(t, Settings{Contact: "ops@example.com", Retries: 2})
	w.transport.guard.Lookup = func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	var failed *PageError
	_, err := w.Fetch(t.Context(), "http://gone.example/", signals.Reading{})
	if !errors.As(err, &failed) || failed.Outcome != signals.OutcomeUnreachable || failed.Problem != "the host name gone.example cannot be resolved" {
		t.Errorf("got %v", err)
	}
	if len(w.watch.slept) != 0 {
		t.Errorf("tried again after %v", w.watch.slept)
	}
}
