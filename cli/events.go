package cli

import (
	"fmt"
	"strings"

	"dealvitals/crawler/guard"
	"dealvitals/webhooks"

	"github.com/prometheus/client_golang/prometheus"
)

// wireWebhooks makes what speaks to other systems.
func (a *app) wireWebhooks() error {
	c := a.cfg.Webhooks
	sender, err := webhooks.NewSender(webhooks.SenderSettings{
		Guard:  guard.Rules{Section: "webhooks", Networks: prefixes(c.AllowNetworks), Hosts: c.AllowHosts, Ports: c.AllowPorts, Proxy: c.Proxy},
		Sealer: a.keys, Dashboard: strings.TrimSuffix(a.cfg.Server.PublicURL, "/"), Version: version, Clock: a.clock,
	})
	if err != nil {
		return &usageError{err}
	}
	a.sender = sender
	a.hooks = &webhooks.Admin{Endpoints: a.db.Endpoints, Mail: a.db.Deliveries, Log: a.db.Events, Sender: sender, Sealer: a.keys, Clock: a.clock}
	return nil
}

// deliverer is the loop that sends what waits.
func (a *app) deliverer(registry *prometheus.Registry) (*webhooks.Deliverer, error) {
	metrics, err := webhooks.NewMetrics(registry, a.db.Deliveries, a.clock, a.logger)
	if err != nil {
		return nil, fmt.Errorf("setting up the metrics of webhooks: %w", err)
	}
	return &webhooks.Deliverer{
		Events: a.db.Events, Endpoints: a.db.Endpoints, Deliveries: a.db.Deliveries, Sender: a.sender,
		Clock: a.clock, Logger: a.logger, Metrics: metrics,
	}, nil
}
