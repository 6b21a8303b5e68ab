// Package feed watches what sites publish: RSS, Atom, JSON Feed and sitemaps. It
// yields each entry once, and leaves it to the caller to read the page that the entry
// points to. The address of a site's page is good too: the feed that it names is found.
//
// It is a polite guest. It asks for what has changed only (RFC 9110, section 13), keeps
// to robots.txt (RFC 9309) and its crawl-delay, makes one request at a time to a host
// with a pause between two, and stays away for longer and longer from a host that is in
// trouble or asks for it (Retry-After). Watcher.Fetch gets the pages of entries in the
// same way; it implements [quoth.Fetcher].
//
// The network comes in as a Client, which has to guard the machine's own network and to
// limit size and time, as quoth/fetch does: every address here was written by a stranger.
// What is remembered between runs is a State, kept by the caller. Time is that of package
// time. The package keeps no files, reads no article and logs nothing.
//
// Begin with [New] and [Watcher.Run], or [Watcher.Poll] for one look at one feed.
package feed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"quoth"
)

// The limits that hold when Options leaves them 0.
const (
	DefaultEvery      = 15 * time.Minute
	DefaultPause      = 2 * time.Second
	DefaultMaxEntries = 1000 // as a news sitemap may hold at most
	DefaultJobs       = 8
)

// maxBackOff is the longest that a source in trouble is left alone.
const maxBackOff = 24 * time.Hour

// Client sends one request. It names the program to the server, follows redirects,
// unpacks and limits the body, and refuses addresses that are not public. Errors are
// *quoth.Error.
type Client interface {
	Do(*http.Request) (*http.Response, error)
}

// Source is something to watch.
type Source struct {
	URL   string // of a feed, a sitemap, or a page that names its feed
	Title string // "" when unknown
	Site  string // the page that people read, "" when unknown
}

// Item is an entry of a feed: a page that a site says it has published.
type Item struct {
	URL       string    // absolute, http or https, without marks of tracking
	GUID      string    // as the feed words it, "" when it gives none
	Title     string    // plain text, "" when unknown
	Published time.Time // zero when the feed does not tell it
	Source    string    // Source.URL
}

// Options says how to watch. Client must be given.
type Options struct {
	Client Client
	// Agent is the name that robots.txt may call this program by; "" is quoth.
	Agent string
	// Every is the time between two polls of a source; 0 is DefaultEvery.
	Every time.Duration
	// Pause is the least time between two requests to one host; 0 is DefaultPause,
	// below 0 is none. A crawl-delay that is longer holds instead.
	Pause time.Duration
	// MaxEntries is how many entries one poll yields at most, the newest; 0 is
	// DefaultMaxEntries.
	MaxEntries int
	// Jobs is the number of requests to different hosts at once; 0 is DefaultJobs.
	Jobs int
	// Random returns numbers in [0, 1) that spread polls in time. It must be safe for
	// several goroutines; nil is that of math/rand/v2.
	Random func() float64
}

// Watcher polls sources. It may be used from several goroutines at once.
type Watcher struct {
	opt   Options
	hosts *hosts
	// parsing is held while a feed is parsed: one that is made to cost memory, up to some
	// hundred megabytes, does so alone. A usual one takes a few milliseconds.
	parsing sync.Mutex
}

var _ quoth.Fetcher = (*Watcher)(nil)

// New returns a Watcher with options opt.
func New(opt Options) *Watcher {
	opt.Agent = cmp.Or(opt.Agent, "quoth")
	opt.Every = cmp.Or(opt.Every, DefaultEvery)
	opt.Pause = cmp.Or(opt.Pause, DefaultPause)
	opt.MaxEntries = cmp.Or(opt.MaxEntries, DefaultMaxEntries)
	opt.Jobs = cmp.Or(opt.Jobs, DefaultJobs)
	if opt.Random == nil {
		opt.Random = rand.Float64
	}
	return &Watcher{opt: opt, hosts: newHosts(opt.Client, opt.Agent, max(0, opt.Pause), opt.Jobs)}
}

// Poll looks once at a source and returns the entries that state has not seen, the
// oldest first, and the state to come with next time. Entries without a date come last.
//
// It does not wait for the time that state says to come back at; Run does. When the
// error is not nil, the state tells when to try again, and the entries are those that
// came all the same: of a sitemap index some parts may fail. Errors are *quoth.Error, as
// those of Client, with Refused when robots.txt says no, and Invalid when what came is no
// feed. When ctx ends, the error wraps its cause and the state is as it was.
func (w *Watcher) Poll(ctx context.Context, source Source, state State) ([]Item, State, error) {
	p := &poll{Watcher: w, source: source, state: state.clone()}
	items, err := p.run(ctx)
	if ctx.Err() != nil {
		return nil, state, &quoth.Error{Code: quoth.Unavailable, Message: "the poll was stopped", Err: context.Cause(ctx)}
	}
	p.state.Polled = time.Now()
	if err != nil {
		p.state.Failures++
		p.state.NotBefore = p.state.Polled.Add(w.backOff(p.state.Failures, err))
	} else {
		p.state.Failures, p.state.NotBefore = 0, time.Time{}
	}
	items = p.state.sift(items, w.opt.MaxEntries)
	for i := range items {
		items[i].Source = source.URL
	}
	return items, p.state, err
}

// Fetch gets the page of an entry with the same manners. Errors are as in Poll.
func (w *Watcher) Fetch(ctx context.Context, address string) (quoth.RawPage, error) {
	a, err := w.get(ctx, address, pageAccept, Validators{})
	if err != nil {
		return quoth.RawPage{}, err
	}
	return quoth.RawPage{URL: a.url.String(), ContentType: a.contentType, Body: a.body}, nil
}

// backOff is how long to stay away after so many failures in a row: what the host asks
// for, or the time between polls doubled each time, somewhere in its second half so that
// clients that failed together do not come back together.
func (w *Watcher) backOff(failures int, err error) time.Duration {
	wait := maxBackOff
	if shift := min(failures-1, 16); w.opt.Every < maxBackOff>>shift {
		wait = w.opt.Every << shift
	}
	wait = wait/2 + time.Duration(w.opt.Random()*float64(wait/2))
	var busy *busyError
	if errors.As(err, &busy) {
		wait = max(wait, time.Until(busy.until))
	}
	return wait
}

const (
	feedAccept = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8,text/html;q=0.5,*/*;q=0.1"
	pageAccept = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"
)

// answer is what a server has sent.
type answer struct {
	url         *url.URL // after redirects
	contentType string
	body        []byte
	validators  Validators
	isUnchanged bool // 304: the rest is empty
}

// get asks for what is at an address, when it has changed since validators were given.
func (w *Watcher) get(ctx context.Context, address, accept string, known Validators) (answer, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return answer{}, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no address", address), Hint: "write it as https://host/path", Err: err}
	}
	header := http.Header{"Accept": {accept}}
	if known.ETag != "" {
		header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		header.Set("If-Modified-Since", known.LastModified)
	}
	var a answer
	err = w.hosts.visit(ctx, u, func() (*http.Response, error) {
		resp, err := w.opt.Client.Do((&http.Request{Method: http.MethodGet, URL: u, Header: header}).WithContext(ctx))
		if err != nil {
			return nil, err
		}
		defer resp.Body.Close()
		a, err = readAnswer(resp, u)
		return resp, err
	})
	return a, err
}

// readAnswer reads an answer to a request for u to its end.
func readAnswer(resp *http.Response, u *url.URL) (answer, error) {
	a := answer{url: u, contentType: resp.Header.Get("Content-Type"), validators: validatorsOf(resp.Header)}
	if resp.Request != nil && resp.Request.URL != nil {
		a.url = resp.Request.URL
	}
	if resp.StatusCode == http.StatusNotModified {
		a.isUnchanged = true
		return a, nil
	}
	if err := statusError(resp, a.url); err != nil {
		return answer{}, err
	}
	body, err := io.ReadAll(resp.Body)
	a.body = body
	return a, err
}

// statusError is nil for the status of an answer that may be read.
func statusError(resp *http.Response, u *url.URL) error {
	status := fmt.Sprintf("%s answers %d %s", u.Host, resp.StatusCode, http.StatusText(resp.StatusCode))
	switch resp.StatusCode {
	case http.StatusOK, http.StatusNonAuthoritativeInfo:
		return nil
	case http.StatusNotFound, http.StatusGone:
		return &quoth.Error{Code: quoth.NotFound, Message: status, Hint: "check the address: the site may have moved it"}
	case http.StatusUnauthorized, http.StatusPaymentRequired, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
		return &quoth.Error{Code: quoth.Refused, Message: status, Hint: "the site does not give it to programs"}
	}
	return &quoth.Error{Code: quoth.Unavailable, Message: status, Hint: "it is tried again later"}
}
