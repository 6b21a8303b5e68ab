// Package middleware is what stands between the network and the handlers of api and web:
// request IDs, the log, recovery from panics, headers, limits.
//
// It keeps no address of a reader: limits are counted by a key that is hashed with a
// secret which is made when the program starts and is forgotten when it ends.
package middleware

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// A Layer wraps a handler.
type Layer func(http.Handler) http.Handler

// Chain puts layers around h; the first is the outermost.
func Chain(h http.Handler, layers ...Layer) http.Handler {
	for i := len(layers) - 1; i >= 0; i-- {
		h = layers[i](h)
	}
	return h
}

// requestKey is the key of a request's ID in its context.
type requestKey struct{}

// RequestID returns the ID of the request that ctx belongs to, "" outside of one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

// Identify gives each request an ID of its own, which answers carry as X-Request-Id. What
// the client sends as such is not taken over: it would stand in the log.
func Identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b [8]byte
		rand.Read(b[:])
		id := hex.EncodeToString(b[:])
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestKey{}, id)))
	})
}

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

// WriteHeader implements http.ResponseWriter.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController through.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Observer is told of each request that was answered: the route's pattern, the status and
// the time it took.
type Observer func(method, pattern string, status int, took time.Duration)

// receipts is where the paths begin that end in a reader's secret.
const receipts = "/api/v1/feedback/"

// logged is a path as the log holds it.
func logged(path string) string {
	if strings.HasPrefix(path, receipts) {
		return receipts + "…"
	}
	return path
}

// Log writes one line a request, without its query, which may hold what a reader is
// looking for, without the receipt of an answer, and without the reader's address. It also
// tells observe, if that is not nil.
func Log(log *slog.Logger, now func() time.Time, observe Observer) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			begun := now()
			rec := &recorder{ResponseWriter: w}
			defer func() {
				took := now().Sub(begun)
				log.LogAttrs(r.Context(), slog.LevelInfo, "request",
					slog.String("id", RequestID(r.Context())), slog.String("method", r.Method), slog.String("path", logged(r.URL.Path)),
					slog.Int("status", rec.status), slog.Int("bytes", rec.bytes), slog.Duration("took", took))
				if observe != nil {
					observe(r.Method, r.Pattern, rec.status, took)
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}

// Recover turns a panic of a handler into status 500, and logs it with the request's ID.
func Recover(log *slog.Logger) Layer {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				p := recover()
				if p == nil {
					return
				}
				if p == http.ErrAbortHandler {
					panic(p)
				}
				log.Error("panic", "id", RequestID(r.Context()), "what", fmt.Sprint(p), "stack", string(debug.Stack()))
				http.Error(w, "something went wrong; the request was "+RequestID(r.Context()), http.StatusInternalServerError)
			}()
			next.ServeHTTP(w, r)
		})
	}
}

// Limits bounds how many requests a client may make: Rate a second over time, Burst at
// once. It forgets a client who was away for as long as a burst takes to fill again.
type Limits struct {
	Rate  rate.Limit
	Burst int
	Now   func() time.Time
	// Refuse answers whoever asks too much; nil answers with a problem in JSON.
	Refuse http.Handler

	secret  [32]byte
	mu      sync.Mutex
	clients map[[16]byte]*client
	swept   time.Time
}

// client is one who asks.
type client struct {
	limiter *rate.Limiter
	seen    time.Time
}

// NewLimits returns limits with a secret of their own.
func NewLimits(perSecond rate.Limit, burst int, now func() time.Time) *Limits {
	l := &Limits{Rate: perSecond, Burst: burst, Now: now, clients: map[[16]byte]*client{}, swept: now()}
	rand.Read(l.secret[:])
	return l
}

// Layer answers 429 to whoever asks too much, with the seconds to wait.
func (l *Limits) Layer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !l.Allow(r) {
			w.Header().Set("Retry-After", "1")
			if l.Refuse != nil {
				l.Refuse.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/problem+json")
			w.WriteHeader(http.StatusTooManyRequests)
			fmt.Fprintf(w, `{"title":"Too Many Requests","status":429,"detail":"too many requests from this address; wait a second","code":"too-many","request":%q}`, RequestID(r.Context()))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Allow reports whether a request is within the limits.
func (l *Limits) Allow(r *http.Request) bool {
	key := l.key(r)
	now := l.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.clients[key]
	if c == nil {
		c = &client{limiter: rate.NewLimiter(l.Rate, l.Burst)}
		l.clients[key] = c
	}
	c.seen = now
	l.sweep(now)
	return c.limiter.AllowN(now, 1)
}

// sweep forgets clients, once in the time that a burst takes to fill.
func (l *Limits) sweep(now time.Time) {
	full := time.Duration(float64(l.Burst)/float64(l.Rate)*float64(time.Second)) + time.Second
	if now.Sub(l.swept) < full {
		return
	}
	l.swept = now
	for key, c := range l.clients {
		if now.Sub(c.seen) > full {
			delete(l.clients, key)
		}
	}
}

// key is the hashed network of a request's sender: an IPv4 address, or the /64 of an IPv6
// one, which is what one household has.
func (l *Limits) key(r *http.Request) [16]byte {
	who := []byte(r.RemoteAddr)
	if at, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		addr := at.Addr().Unmap()
		bits := addr.BitLen()
		if addr.Is6() {
			bits = 64
		}
		if prefix, err := addr.Prefix(bits); err == nil {
			who = prefix.Addr().AsSlice()
		}
	}
	mac := hmac.New(sha256.New, l.secret[:])
	mac.Write(who)
	return [16]byte(mac.Sum(nil))
}
