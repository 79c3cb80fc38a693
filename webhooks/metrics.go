package webhooks

import (
	"context"
	"log/slog"
	"time"

	"dealvitals/store"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts what is sent, and reads from the store what waits.
type Metrics struct {
	attempts *prometheus.CounterVec
	events   *prometheus.CounterVec
	backlog  func(ctx context.Context) ([]store.Backlog, error)
	clock    func() time.Time
	logger   *slog.Logger

	waiting, dead, oldest *prometheus.Desc
}

// NewMetrics makes metrics and registers them.
func NewMetrics(registry *prometheus.Registry, deliveries Deliveries, clock func() time.Time, logger *slog.Logger) (*Metrics, error) {
	labels := []string{"endpoint"}
	m := &Metrics{
		attempts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dealvitals_webhook_attempts_total", Help: "Requests to endpoints, by how they ended: delivered, failed (tried again), dead (given up).",
		}, []string{"endpoint", "end"}),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dealvitals_webhook_events_total", Help: "Events that requests to endpoints told of, by how the request ended.",
		}, []string{"endpoint", "end"}),
		backlog: deliveries.Backlog, clock: clock, logger: logger,
		waiting: prometheus.NewDesc("dealvitals_webhook_pending", "Events that wait to be sent, those included that a paused endpoint has not looked at.", labels, nil),
		dead:    prometheus.NewDesc("dealvitals_webhook_dead_letters", "Events that were given up.", labels, nil),
		oldest:  prometheus.NewDesc("dealvitals_webhook_oldest_seconds", "Age of the oldest event that waits to be sent, 0 where none waits.", labels, nil),
	}
	for _, c := range []prometheus.Collector{m.attempts, m.events, m} {
		if err := registry.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Metrics) attempted(e store.Endpoint, r store.Result) {
	if m == nil {
		return
	}
	m.attempts.WithLabelValues(e.ID, string(r.Attempt.End)).Inc()
	m.events.WithLabelValues(e.ID, string(r.Attempt.End)).Add(float64(r.Attempt.Events))
}

// Describe tells what Collect gives.
func (m *Metrics) Describe(to chan<- *prometheus.Desc) {
	to <- m.waiting
	to <- m.dead
	to <- m.oldest
}

// collectTimeout bounds a scrape.
const collectTimeout = 5 * time.Second

// Collect reads what waits from the store.
func (m *Metrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), collectTimeout)
	defer cancel()
	backlogs, err := m.backlog(ctx)
	if err != nil {
		m.logger.ErrorContext(ctx, "the backlog of webhooks cannot be read", "problem", err)
		return
	}
	for _, b := range backlogs {
		age := 0.0
		if !b.Oldest.IsZero() {
			age = max(m.clock().Sub(b.Oldest).Seconds(), 0)
		}
		id := b.Endpoint.ID
		to <- prometheus.MustNewConstMetric(m.waiting, prometheus.GaugeValue, float64(b.Waiting)+float64(b.Unread), id)
		to <- prometheus.MustNewConstMetric(m.dead, prometheus.GaugeValue, float64(b.Dead), id)
		to <- prometheus.MustNewConstMetric(m.oldest, prometheus.GaugeValue, age, id)
	}
}
