// Package config reads the settings of the program: defaults, then a YAML file, then
// DEALVITALS_* variables, then flags, each overriding the one before.
package config

import (
	"strconv"
	"strings"
	"time"
)

// Config is every setting. The yaml names are the keys of dealvitals.example.yaml,
// which documents each of them; a test keeps both in step.
type Config struct {
	DB        string    `koanf:"db"`
	Server    Server    `koanf:"server"`
	Log       Log       `koanf:"log"`
	Crawler   Crawler   `koanf:"crawler"`
	Schedules Schedules `koanf:"schedules"`
	WeCom     WeCom     `koanf:"wecom"`
	Retention Retention `koanf:"retention"`
	Secrets   Secrets   `koanf:"secrets"`
	Webhooks  Webhooks  `koanf:"webhooks"`
}

// Webhooks is how other systems are told of what happens.
type Webhooks struct {
	Send          bool     `koanf:"send"` // false keeps what happens waiting
	AllowNetworks []string `koanf:"allow_networks"`
	AllowHosts    []string `koanf:"allow_hosts"`
	AllowPorts    []int    `koanf:"allow_ports"`
	Proxy         string   `koanf:"proxy"`
}

// Secrets is what seals the secrets in the store: lines AGE-SECRET-KEY-1…, the newest
// first. Those in Key come before those in the file.
type Secrets struct {
	Key     string `koanf:"key"`
	KeyFile string `koanf:"key_file"`
}

// Server is where the API and the dashboard are served.
type Server struct {
	Listen       string        `koanf:"listen"`
	ShutdownWait time.Duration `koanf:"shutdown_wait"`
	PublicURL    string        `koanf:"public_url"`  // where people reach the dashboard, for links; "" = no links
	ReceiptKey   string        `koanf:"receipt_key"` // file of the key that signs receipts; "" is beside the store
}

// Log is what is logged, and how.
type Log struct {
	Level  string `koanf:"level"`  // debug, info, warn, error
	Format string `koanf:"format"` // text, json; auto = text on a terminal, else json
}

// Crawler is how sites are asked.
type Crawler struct {
	Contact       string        `koanf:"contact"`
	AllowNetworks []string      `koanf:"allow_networks"`
	AllowHosts    []string      `koanf:"allow_hosts"`
	AllowPorts    []int         `koanf:"allow_ports"`
	Delay         time.Duration `koanf:"delay"`
	Concurrency   int           `koanf:"concurrency"`
	MaxCrawlDelay time.Duration `koanf:"max_crawl_delay"`
	PageTimeout   time.Duration `koanf:"page_timeout"`
	RunTimeout    time.Duration `koanf:"run_timeout"`
	MaxBody       int64         `koanf:"max_body"`
	MaxPages      int           `koanf:"max_pages"`
	MaxDetails    int           `koanf:"max_details"`
	Retries       int           `koanf:"retries"`
	Proxy         string        `koanf:"proxy"`

	HostsPerAddress int `koanf:"hosts_per_address"`
	CircuitFailures int `koanf:"circuit_failures"`
	HostBudget      int `koanf:"host_budget"`
}

// WeCom is the callback to which WeCom sends events. It is served where all three are set.
type WeCom struct {
	Token          string `koanf:"token"`
	EncodingAESKey string `koanf:"encoding_aes_key"`
	CorpID         string `koanf:"corp_id"`
}

// Callback tells whether the callback is to be served.
func (w WeCom) Callback() bool { return w != WeCom{} }

// Retention is for how many days what concerns people is kept.
type Retention struct {
	InteractionDays int      `koanf:"interaction_days"` // messages, calls and what was covered
	KindDays        []string `koanf:"kind_days"`        // kinds of message that are kept otherwise: text=400
	UnmappedDays    int      `koanf:"unmapped_days"`    // WeCom ids to resolve
	EvidenceDays    int      `koanf:"evidence_days"`    // captured pages on which nothing rests; 0 = for ever
}

// Kinds is for how many days each kind of message is kept that is kept otherwise.
func (r Retention) Kinds() (map[string]int, error) {
	kinds := make(map[string]int)
	for _, setting := range r.KindDays {
		kind, text, _ := strings.Cut(setting, "=")
		kind = strings.TrimSpace(kind)
		days, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || kind == "" || days <= 0 {
			return nil, &ValueError{"retention.kind_days", "kinds with days such as text=400; " + setting + " is none"}
		}
		kinds[kind] = days
	}
	return kinds, nil
}

// Schedules is when targets are crawled and deals are scored.
type Schedules struct {
	Crawl   string        `koanf:"crawl"`   // for targets without a schedule of their own
	Rescore string        `koanf:"rescore"` // all deals, because windows move
	Jitter  time.Duration `koanf:"jitter"`
	Workers int           `koanf:"workers"` // runs at the same time
}

// Default is the configuration of a program that was told nothing.
func Default() Config {
	return Config{
		DB:     "dealvitals.db",
		Server: Server{Listen: "127.0.0.1:8080", ShutdownWait: 30 * time.Second},
		Log:    Log{Level: "info", Format: "auto"},
		Crawler: Crawler{
			AllowNetworks: []string{},
			AllowHosts:    []string{},
			AllowPorts:    []int{80, 443, 8080, 8443},
			Delay:         time.Second,
			Concurrency:   1,
			MaxCrawlDelay: 30 * time.Second,
			PageTimeout:   30 * time.Second,
			RunTimeout:    30 * time.Minute,
			MaxBody:       10 << 20,
			MaxPages:      100,
			MaxDetails:    200,
			Retries:       2,

			HostsPerAddress: 4,
			CircuitFailures: 5,
			HostBudget:      5000,
		},
		Schedules: Schedules{
			Crawl:   "CRON_TZ=Asia/Shanghai 0 6 * * *",
			Rescore: "CRON_TZ=Asia/Shanghai 30 8 * * *",
			Jitter:  10 * time.Minute,
			Workers: 64,
		},
		Webhooks:  Webhooks{Send: true, AllowNetworks: []string{}, AllowHosts: []string{}, AllowPorts: []int{80, 443, 8080, 8443}},
		Retention: Retention{InteractionDays: 732, KindDays: []string{}, UnmappedDays: 30},
	}
}
