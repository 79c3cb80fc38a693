package api

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics counts requests by path pattern, never by path: no ids and no names.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
}

func newMetrics(registry *prometheus.Registry) (*metrics, error) {
	m := &metrics{
		registry: registry,
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "dealvitals_http_requests_total", Help: "Requests answered.",
		}, []string{"path", "method", "status"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "dealvitals_http_request_seconds", Help: "How long answers took.",
			Buckets: []float64{.001, .005, .025, .1, .5, 1, 5, 30},
		}, []string{"path", "method"}),
	}
	for _, c := range []prometheus.Collector{
		m.requests, m.took, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	} {
		if err := registry.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *metrics) observe(path, method string, status int, took time.Duration) {
	if path == "" {
		path = "none"
	}
	method = knownMethod(method)
	m.requests.WithLabelValues(path, method, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(path, method).Observe(took.Seconds())
}

// knownMethod keeps callers from making a new time series with each invented method.
func knownMethod(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH":
		return method
	}
	return "other"
}
