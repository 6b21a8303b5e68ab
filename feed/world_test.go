package feed

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
)

// world is a web without a network, so that time in it can be that of testing/synctest.
// It implements Client.
type world struct {
	t     *testing.T
	pages map[string]http.HandlerFunc // by address
	took  time.Duration               // that each request takes

	mu    sync.Mutex
	asked []request
	open  map[string]int // requests under way, by host
}

// request is one that the world got.
type request struct {
	address string
	at      time.Time
	header  http.Header
}

func newWorld(t *testing.T) *world {
	return &world{t: t, pages: map[string]http.HandlerFunc{}, open: map[string]int{}}
}

// put makes a page.
func (w *world) put(address, contentType, body string) {
	w.pages[address] = func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", contentType)
		fmt.Fprint(rw, body)
	}
}

// Do implements Client.
func (w *world) Do(req *http.Request) (*http.Response, error) {
	host := req.URL.Hostname()
	w.mu.Lock()
	w.asked = append(w.asked, request{req.URL.String(), time.Now(), req.Header.Clone()})
	w.open[host]++
	if w.open[host] > 1 {
		w.t.Errorf("%d requests at once to %s", w.open[host], host)
	}
	page := w.pages[req.URL.String()]
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.open[host]--
	}()
	if w.took > 0 {
		if err := sleep(req.Context(), w.took); err != nil {
			return nil, &quoth.Error{Code: quoth.Unavailable, Message: "the fetch was stopped", Err: err}
		}
	}
	if page == nil {
		page = http.NotFound
	}
	rec := httptest.NewRecorder()
	page(rec, req)
	resp := rec.Result()
	resp.Request = req
	return resp, nil
}

// addresses are those asked for, without robots.txt.
func (w *world) addresses() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []string
	for _, r := range w.asked {
		if !strings.HasSuffix(r.address, "/robots.txt") {
			list = append(list, r.address)
		}
	}
	return list
}

// watcher returns a watcher of the world that leaves nothing to chance.
func (w *world) watcher(opt Options) *Watcher {
	opt.Client = w
	opt.Random = func() float64 { return 0.5 }
	return New(opt)
}

// collector is a sink and a store that keep what they get.
type collector struct {
	mu     sync.Mutex
	states map[string]State
	taken  []string
	errors []string
	refuse func(Item) error
}

func (c *collector) sink() Sink {
	return Sink{
		Take: func(_ context.Context, item Item) error {
			c.mu.Lock()
			defer c.mu.Unlock()
			if c.refuse != nil {
				if err := c.refuse(item); err != nil {
					return err
				}
			}
			c.taken = append(c.taken, item.URL)
			return nil
		},
		Report: func(source Source, _ *Item, err error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.errors = append(c.errors, source.URL+": "+err.Error())
		},
	}
}

// LoadState implements StateStore.
func (c *collector) LoadState(_ context.Context, source string) (State, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.states[source], nil
}

// SaveState implements StateStore.
func (c *collector) SaveState(_ context.Context, source string, s State) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.states == nil {
		c.states = map[string]State{}
	}
	c.states[source] = s
	return nil
}

// rss is a feed of entries written "address" or "address date".
func rss(entries ...string) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title>`)
	for _, e := range entries {
		address, date, _ := strings.Cut(e, " ")
		fmt.Fprintf(&b, "<item><link>%s</link><pubDate>%s</pubDate></item>", address, date)
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

func urls(items []Item) []string {
	var list []string
	for _, item := range items {
		list = append(list, item.URL)
	}
	return list
}

func wantURLs(t *testing.T, got []Item, want ...string) {
	t.Helper()
	if !slices.Equal(urls(got), want) {
		t.Errorf("got %q, want %q", urls(got), want)
	}
}
