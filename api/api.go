// Package api answers for the record as JSON over HTTP, under /api/v1. Its description, in
// OpenAPI 3.1, is made from the code and served at /openapi.json. Errors are RFC 9457
// problem details. Reading is for everybody, within limits; writing needs a token.
//
// Begin with [New]; the [Server] is an http.Handler.
package api

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"reflect"
	"runtime"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"quoth"
	"quoth/internal/middleware"
)

// Options are what the API works with. Record must be given.
type Options struct {
	Record    quoth.Store
	Extractor quoth.Extractor // with Analyzer reads pages; nil: none are read
	Analyzer  quoth.Analyzer
	Fetcher   quoth.Fetcher // nil: addresses are not fetched
	// Keep puts readings into the record and returns how many of them were new to it; nil:
	// none are put there.
	Keep    func(ctx context.Context, readings []quoth.Reading) (kept int, err error)
	Now     func() time.Time // the clock; nil is time.Now
	Log     *slog.Logger     // nil logs nothing
	Version string
	// MaxBytes bounds the body of a request; 0 is 10 MiB.
	MaxBytes int64
	// PerSecond and Burst bound the requests of one address; 0 is 20 and 60.
	PerSecond float64
	Burst     int
}

// Server is the API.
type Server struct {
	Options
	handler   http.Handler
	api       huma.API
	reading   chan struct{} // a place for each page that is read at once
	strangers chan struct{} // those of them that are for who has no token
	observe   middleware.Observer
}

// New makes the API. [Paths] are where it has to be mounted, each as it is: answers name
// addresses under /api/v1.
func New(o Options) *Server {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.MaxBytes = cmp.Or(o.MaxBytes, 10<<20)
	o.PerSecond, o.Burst = cmp.Or(o.PerSecond, 20), cmp.Or(o.Burst, 60)
	places := max(2, runtime.GOMAXPROCS(0))
	s := &Server{Options: o, reading: make(chan struct{}, places), strangers: make(chan struct{}, places/2)}
	mux := http.NewServeMux()
	api := humago.New(mux, config(o.Version))
	api.UseMiddleware(strict(api))
	s.api = api
	s.routes(api)
	describe(api.OpenAPI())
	metrics, observe := newMetrics()
	s.observe = observe
	mux.Handle("GET /metrics", metrics)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("/api/", s.nowhere(mux))
	limits := middleware.NewLimits(rateLimit(o.PerSecond), o.Burst, o.Now)
	s.handler = middleware.Chain(mux, middleware.Identify, middleware.Log(o.Log, o.Now, observe), middleware.Recover(o.Log), headers, limits.Layer, tagged)
	return s
}

// Paths are the patterns that the API answers to.
func Paths() []string {
	return []string{"/api/", "/openapi.json", "/openapi.yaml", "/healthz", "/readyz", "/metrics"}
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Observe counts a request that something else on the same address answered, such as the
// site, in /metrics. It may be called from several goroutines at once.
func (s *Server) Observe(method, pattern string, status int, took time.Duration) {
	s.observe(method, pattern, status, took)
}

// Spec is the description of the API.
func (s *Server) Spec() *huma.OpenAPI { return s.api.OpenAPI() }

// config is huma's, without what asks third parties and without links to schemas in
// answers.
func config(version string) huma.Config {
	c := huma.DefaultConfig("Quoth", version)
	c.Info.Description = "Who said what, about whom, when and where: statements of the press, each traced to the words on the page. " +
		"Quoth says that somebody said something, never that it is so. Spans are pairs of byte offsets, [start, end), into the UTF-8 text of the article."
	c.DocsPath, c.SchemasPath = "", ""
	c.CreateHooks = nil
	c.Transformers = []huma.Transformer{asProblem}
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer", Description: "a token of quoth user token"}}
	c.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[quoth.Span](), reflect.TypeFor[[2]int]())
	c.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[quoth.Reading](), reflect.TypeFor[Reading]())
	c.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[quoth.Days](), reflect.TypeFor[string]())
	return c
}

// headers are those of every answer.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		if isReading(r) {
			h.Set("Access-Control-Allow-Origin", "*") // reading is for everybody, without credentials
		}
		next.ServeHTTP(w, r)
	})
}

// isReading reports whether a request asks for something only.
func isReading(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead
}

// maxTagged bounds the answers that are held back to be given a tag.
const maxTagged = 4 << 20

// tagged gives answers to GET and HEAD an ETag, and answers 304 to whoever has that one already.
func tagged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isReading(r) || !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		held := &heldAnswer{header: w.Header()}
		next.ServeHTTP(held, r)
		if held.status == http.StatusOK && held.body.Len() <= maxTagged {
			w.Header().Set("Cache-Control", "no-cache")
			if middleware.HasAlready(w, r, held.body.Bytes()) {
				return
			}
		}
		w.WriteHeader(max(held.status, http.StatusOK))
		w.Write(held.body.Bytes())
	})
}

// heldAnswer keeps an answer back.
type heldAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (h *heldAnswer) Header() http.Header { return h.header }

// WriteHeader implements http.ResponseWriter.
func (h *heldAnswer) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

// Write implements http.ResponseWriter.
func (h *heldAnswer) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(b)
}

// newMetrics returns the handler of /metrics, and what fills it. The registry is its own,
// so that two servers in one process do not count for each other.
func newMetrics() (http.Handler, middleware.Observer) {
	registry := prometheus.NewRegistry()
	requests := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "quoth_request_seconds", Help: "Time that requests took, by route and status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5},
	}, []string{"method", "route", "status"})
	registry.MustRegister(requests, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	observe := func(method, pattern string, status int, took time.Duration) {
		// The pattern, not the path: paths are as many as there are articles.
		_, route, isMethod := strings.Cut(pattern, " ")
		if !isMethod {
			route = pattern
		}
		requests.WithLabelValues(knownMethod(method), route, fmt.Sprint(status)).Observe(took.Seconds())
	}
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{}), observe
}

// knownMethod keeps made-up methods from becoming labels.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// ready answers whether the record can be asked.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if _, err := s.Record.Statements(ctx, quoth.Query{Limit: 1}); err != nil {
		s.Log.Error("not ready", "id", middleware.RequestID(r.Context()), "err", err)
		http.Error(w, "the record does not answer", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}
