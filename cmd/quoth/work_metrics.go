package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"quoth"
	"quoth/ingest"
)

// workMetrics counts what a worker does.
type workMetrics struct {
	registry   *prometheus.Registry
	read       *prometheus.CounterVec
	statements prometheus.Counter
	batches    *prometheus.HistogramVec
}

// newWorkMetrics makes the metrics of a worker at queue. The registry is its own, so that
// two workers in one process do not count for each other.
func newWorkMetrics(queue quoth.Queue) *workMetrics {
	m := &workMetrics{
		registry: prometheus.NewRegistry(),
		read: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "quoth_work_pages_total", Help: "Pages that were read, by what became of them.",
		}, []string{"outcome"}),
		statements: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "quoth_work_statements_total", Help: "Statements that were kept.",
		}),
		batches: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "quoth_work_batch_seconds", Help: "Time that batches took, by how their delivery ended.",
			Buckets: []float64{.1, .25, .5, 1, 2.5, 5, 10, 25, 60, 150, 600},
		}, []string{"outcome"}),
	}
	m.registry.MustRegister(m.read, m.statements, m.batches, depthCollector{queue},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// batch counts the end of a delivery.
func (m *workMetrics) batch(outcome string, took time.Duration) {
	m.batches.WithLabelValues(outcome).Observe(took.Seconds())
}

// pages counts what became of pages.
func (m *workMetrics) pages(r ingest.Report, refused int) {
	for outcome, n := range map[string]int{"new": r.New, "changed": r.Revised, "reread": r.Reread, "known": r.Unchanged, "refused": refused} {
		m.read.WithLabelValues(outcome).Add(float64(n))
	}
	m.statements.Add(float64(r.Statements))
}

// depthCollector asks the queue for its depth when it is asked itself.
type depthCollector struct{ queue quoth.Queue }

// depthDesc describes the gauge of a depthCollector.
func (depthCollector) desc() *prometheus.Desc {
	return prometheus.NewDesc("quoth_queue_batches", "Batches in the queue, by state.", []string{"state"}, nil)
}

// Describe implements prometheus.Collector.
func (c depthCollector) Describe(out chan<- *prometheus.Desc) { out <- c.desc() }

// asksWithin is how long queue and record have to answer a probe.
const asksWithin = 2 * time.Second

// Collect implements prometheus.Collector. A queue that does not answer has no depth.
func (c depthCollector) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), asksWithin)
	defer cancel()
	d, err := c.queue.Depth(ctx)
	if err != nil {
		return
	}
	for _, s := range []struct {
		state string
		n     int
	}{{"waiting", d.Waiting}, {"outstanding", d.Outstanding}, {"aside", d.Aside}} {
		out <- prometheus.MustNewConstMetric(c.desc(), prometheus.GaugeValue, float64(s.n), s.state)
	}
}

// serve answers for the worker at listener until the server is closed.
func (w *worker) serve(listener net.Listener, record quoth.Asker) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(w.metrics.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(rw http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), asksWithin)
		defer cancel()
		_, err := record.Statements(ctx, quoth.Query{Limit: 1})
		what := "the record"
		if err == nil {
			_, err = w.queue.Depth(ctx)
			what = "the queue"
		}
		if err != nil {
			w.log.Error("not ready", "err", err)
			http.Error(rw, what+" does not answer", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(rw, "ready")
	})
	server := &http.Server{
		Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(w.log.Handler(), slog.LevelWarn),
	}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			w.log.Error("metrics", "err", err)
		}
	}()
	return server
}
