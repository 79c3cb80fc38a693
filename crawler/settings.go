package crawler

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"dealvitals/crawler/robots"
	"dealvitals/secrets"
	"dealvitals/signals"
)

// Settings are how sites are asked. Zero values mean the defaults of package config,
// except where said.
type Settings struct {
	// Contact is a mail address or web page where site owners reach the administrator.
	// Nothing outside loopback is asked while it is empty.
	Contact string
	Version string // of the program, for the User-Agent; "" = "dev"

	AllowNetworks []netip.Prefix // private networks that may be crawled
	AllowHosts    []string       // host names that may be crawled although their addresses are private
	AllowPorts    []int          // for addresses outside AllowNetworks; nil = 80, 443, 8080, 8443

	Delay         time.Duration // between two requests to one host; 0 = none
	Concurrency   int           // requests to one host at a time
	MaxCrawlDelay time.Duration // a longer Crawl-delay of robots.txt is cut to this; 0 = it is not obeyed
	PageTimeout   time.Duration
	RunTimeout    time.Duration
	MaxBody       int64 // bytes of a page after decompression
	MaxPages      int   // list pages of one run
	MaxDetails    int   // detail pages of new notices of one run; 0 = none
	Retries       int   // further attempts after 429, 5xx and broken connections; 0 = none
	Proxy         string

	// HostsPerAddress bounds how hard a machine is asked on which several hosts are: as if
	// there were no more than this many of them; 0 = no bound.
	HostsPerAddress int
	// CircuitFailures is how many failed requests in a row open a host's circuit; 0 = none does.
	CircuitFailures int
	Circuits        Circuits // nil forgets hosts in trouble when the program ends
	// HostBudget bounds the requests to a host in a day; 0, or no Ledger, bounds none.
	HostBudget int
	Ledger     Ledger

	// Times is told what sites say of the time; nil tells nobody.
	Times Times

	// Secrets opens the secrets of targets; nil opens none.
	Secrets *secrets.Keyring

	// Progress is called before and after each page, from the goroutine of its run.
	Progress func(targetID string, p signals.Progress)
}

func (s Settings) withDefaults() Settings {
	if s.Version == "" {
		s.Version = "dev"
	}
	if s.AllowPorts == nil {
		s.AllowPorts = []int{80, 443, 8080, 8443}
	}
	s.Concurrency = orDefault(s.Concurrency, 1)
	s.PageTimeout = orDefault(s.PageTimeout, 30*time.Second)
	s.RunTimeout = orDefault(s.RunTimeout, 30*time.Minute)
	s.MaxBody = orDefault(s.MaxBody, 10<<20)
	s.MaxPages = orDefault(s.MaxPages, 100)
	s.Delay, s.MaxCrawlDelay = max(s.Delay, 0), max(s.MaxCrawlDelay, 0)
	s.MaxDetails, s.Retries = max(s.MaxDetails, 0), max(s.Retries, 0)
	return s
}

func orDefault[N int | int64 | time.Duration](value, otherwise N) N {
	if value <= 0 {
		return otherwise
	}
	return value
}

// userAgent identifies the program and, to site owners, its administrator.
func (s Settings) userAgent() string {
	agent := robots.Product + "/" + s.Version
	if s.Contact != "" {
		agent += " (+" + s.Contact + ")"
	}
	return agent
}

// SettingError is a setting that cannot be used.
type SettingError struct {
	Setting string
	Want    string
}

func (e *SettingError) Error() string {
	return fmt.Sprintf("the crawler's %s must be %s", e.Setting, e.Want)
}

// proxy is the function that http.Transport asks; the environment plays no part.
func (s Settings) proxy() (func(*http.Request) (*url.URL, error), error) {
	if s.Proxy == "" {
		return nil, nil
	}
	u, err := url.Parse(s.Proxy)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" {
		return nil, &SettingError{"proxy", "an address such as http://proxy.example:3128"}
	}
	return http.ProxyURL(u), nil
}
