package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"time"
)

// ValueError is a setting whose value cannot be used.
type ValueError struct {
	Key  string
	Want string
}

func (e *ValueError) Error() string {
	return fmt.Sprintf("the setting %s must be %s", e.Key, e.Want)
}

// leastEvidenceDays is the shortest time for which captured pages are kept.
const leastEvidenceDays = 30

func (c Config) validate() error {
	if c.DB == "" {
		return &ValueError{"db", "the name of a file"}
	}
	if _, _, err := net.SplitHostPort(c.Server.Listen); err != nil {
		return &ValueError{"server.listen", "an address such as 127.0.0.1:8080"}
	}
	switch c.Log.Level {
	case "debug", "info", "warn", "error":
	default:
		return &ValueError{"log.level", "debug, info, warn or error"}
	}
	switch c.Log.Format {
	case "auto", "text", "json":
	default:
		return &ValueError{"log.format", "auto, text or json"}
	}
	if err := validateReach("crawler", c.Crawler.AllowNetworks, c.Crawler.AllowPorts); err != nil {
		return err
	}
	if err := validateReach("webhooks", c.Webhooks.AllowNetworks, c.Webhooks.AllowPorts); err != nil {
		return err
	}
	if !isWebAddress(c.Server.PublicURL) {
		return &ValueError{"server.public_url", "an address such as https://dealvitals.example.com"}
	}
	for _, proxy := range []struct{ key, value string }{{"crawler.proxy", c.Crawler.Proxy}, {"webhooks.proxy", c.Webhooks.Proxy}} {
		if !isWebAddress(proxy.value) {
			return &ValueError{proxy.key, "an address such as http://proxy.example:3128"}
		}
	}
	if w := c.WeCom; w.Callback() && (w.Token == "" || len(w.EncodingAESKey) != 43 || w.CorpID == "") {
		return &ValueError{"wecom.encoding_aes_key", "the 43 characters that WeCom shows, with wecom.token and wecom.corp_id beside it"}
	}
	if _, err := c.Retention.Kinds(); err != nil {
		return err
	}
	if days := c.Retention.EvidenceDays; days != 0 && days < leastEvidenceDays {
		return &ValueError{"retention.evidence_days", "0, for ever, or at least 30"}
	}
	return c.validateAmounts()
}

func (c Config) validateAmounts() error {
	positive := []struct {
		key   string
		value int64
	}{
		{"crawler.concurrency", int64(c.Crawler.Concurrency)},
		{"crawler.max_body", c.Crawler.MaxBody},
		{"crawler.max_pages", int64(c.Crawler.MaxPages)},
		{"crawler.page_timeout", int64(c.Crawler.PageTimeout)},
		{"crawler.run_timeout", int64(c.Crawler.RunTimeout)},
		{"schedules.workers", int64(c.Schedules.Workers)},
		{"retention.interaction_days", int64(c.Retention.InteractionDays)},
		{"retention.unmapped_days", int64(c.Retention.UnmappedDays)},
	}
	for _, p := range positive {
		if p.value <= 0 {
			return &ValueError{p.key, "more than 0"}
		}
	}
	notNegative := []struct {
		key   string
		value time.Duration
	}{
		{"crawler.delay", c.Crawler.Delay},
		{"crawler.max_crawl_delay", c.Crawler.MaxCrawlDelay},
		{"crawler.retries", time.Duration(c.Crawler.Retries)},
		{"crawler.hosts_per_address", time.Duration(c.Crawler.HostsPerAddress)},
		{"crawler.circuit_failures", time.Duration(c.Crawler.CircuitFailures)},
		{"crawler.host_budget", time.Duration(c.Crawler.HostBudget)},
		{"crawler.max_details", time.Duration(c.Crawler.MaxDetails)},
		{"schedules.jitter", c.Schedules.Jitter},
		{"server.shutdown_wait", c.Server.ShutdownWait},
	}
	for _, n := range notNegative {
		if n.value < 0 {
			return &ValueError{n.key, "0 or more"}
		}
	}
	return nil
}

// validateReach checks which networks and ports a part of the program may connect to.
func validateReach(section string, networks []string, ports []int) error {
	for _, network := range networks {
		if _, err := netip.ParsePrefix(network); err != nil {
			return &ValueError{section + ".allow_networks", "networks such as 10.1.0.0/16; " + network + " is none"}
		}
	}
	for _, port := range ports {
		if port < 1 || port > 65535 {
			return &ValueError{section + ".allow_ports", "ports from 1 to 65535"}
		}
	}
	return nil
}

// isWebAddress tells whether a text is empty or the address of a web server.
func isWebAddress(text string) bool {
	if text == "" {
		return true
	}
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && u.RawQuery == "" && u.Fragment == ""
}
