package feed

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"

	"quoth"
)

// Limits of RFC 9309: robots.txt is kept for a day (section 2.4), and 500 KiB of it are
// read (2.5). One that could not be had is asked for again sooner.
const (
	robotsAge      = 24 * time.Hour
	robotsRetry    = 10 * time.Minute
	maxRobotsBytes = 500 << 10
	maxRobotsHops  = 5 // redirects that are followed (2.3.1.2)
)

// maxHosts is the number of hosts remembered; those not visited now make room.
const maxHosts = 4096

// hosts keeps the manners towards each host.
type hosts struct {
	client Client
	agent  string
	pause  time.Duration
	jobs   chan struct{} // one place for each request under way

	mu     sync.Mutex
	byName map[string]*host
}

// host is what is known of one host. Its fields belong to who holds turn.
type host struct {
	visitors int           // who hold or wait for turn; guarded by hosts.mu
	turn     chan struct{} // holds one token: one request at a time
	limit    *rate.Limiter
	until    time.Time // it asked to be left alone until then
	robots   map[string]robots
}

// robots is what the robots.txt of one origin says to this program.
type robots struct {
	group   *robotstxt.Group
	err     error // why it could not be had; nothing may be asked for then (2.3.1.4)
	expires time.Time
}

// busyError tells that a host asked to be left alone for a while.
type busyError struct{ until time.Time }

// Error says so, with the time.
func (e *busyError) Error() string {
	return "asked to be left alone until " + e.until.UTC().Format(time.RFC3339)
}

func newHosts(client Client, agent string, pause time.Duration, jobs int) *hosts {
	return &hosts{client: client, agent: agent, pause: pause, jobs: make(chan struct{}, jobs), byName: map[string]*host{}}
}

// visit calls get when it is polite to ask for u: robots.txt allows it, no other request
// to the host is under way, and the pause is over. The answer that get returns, which may
// be closed, tells whether to stay away for a while.
func (h *hosts) visit(ctx context.Context, u *url.URL, get func() (*http.Response, error)) error {
	there := h.enter(u)
	defer h.leave(there)
	select {
	case there.turn <- struct{}{}:
		defer func() { <-there.turn }()
	case <-ctx.Done():
		return stopped(ctx)
	}
	if err := there.isBusy(u); err != nil {
		return err
	}
	rules, err := h.robotsOf(ctx, there, u)
	if err != nil {
		return err
	}
	switch quoth.CodeOf(rules.err) {
	case "":
	case quoth.Refused, quoth.NotFound, quoth.Invalid:
		return rules.err // of the address itself: no such host, or one that is out of reach
	default:
		return &quoth.Error{Code: quoth.Unavailable, Message: "robots.txt of " + u.Host + " cannot be had, so nothing there is asked for", Hint: "it is tried again later", Err: rules.err}
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	if !rules.group.Test(path) {
		return &quoth.Error{Code: quoth.Refused, Message: "robots.txt of " + u.Host + " does not allow programs to read this address", Hint: "the site has to allow it"}
	}
	return h.ask(ctx, there, u, get)
}

// enter returns the host of u, counted as visited until leave.
func (h *hosts) enter(u *url.URL) *host {
	name := strings.ToLower(u.Hostname())
	h.mu.Lock()
	defer h.mu.Unlock()
	there := h.byName[name]
	if there == nil {
		if len(h.byName) >= maxHosts {
			h.sweep(time.Now())
		}
		there = &host{turn: make(chan struct{}, 1), limit: rate.NewLimiter(perPause(h.pause), 1), robots: map[string]robots{}}
		h.byName[name] = there
	}
	there.visitors++
	return there
}

// sweep drops the hosts that nobody visits and that need no more patience.
func (h *hosts) sweep(now time.Time) {
	for name, there := range h.byName {
		if there.visitors == 0 && there.until.Before(now) && there.limit.TokensAt(now) >= 1 {
			delete(h.byName, name)
		}
	}
}

func (h *hosts) leave(there *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	there.visitors--
}

// perPause is the rate of one request per pause.
func perPause(pause time.Duration) rate.Limit {
	if pause <= 0 {
		return rate.Inf
	}
	return rate.Every(pause)
}

// isBusy returns an error while the host wants to be left alone.
func (t *host) isBusy(u *url.URL) error {
	if !time.Now().Before(t.until) {
		return nil
	}
	busy := &busyError{t.until}
	return &quoth.Error{Code: quoth.Unavailable, Message: u.Host + " " + busy.Error(), Hint: "it is tried again then", Err: busy}
}

// ask calls get after the pause. The caller holds the turn.
func (h *hosts) ask(ctx context.Context, there *host, u *url.URL, get func() (*http.Response, error)) error {
	if err := there.wait(ctx, u); err != nil {
		return err
	}
	select {
	case h.jobs <- struct{}{}:
		defer func() { <-h.jobs }()
	case <-ctx.Done():
		return stopped(ctx)
	}
	resp, err := get()
	if resp == nil || resp.StatusCode != http.StatusTooManyRequests && resp.StatusCode < 500 {
		return err
	}
	if until := retryAfter(resp.Header.Get("Retry-After"), time.Now()); !until.IsZero() {
		there.until = until
		return there.isBusy(u)
	}
	return err
}

// patience is the key of the longest pause that is waited for, in a context.
type patience struct{}

// wait waits for the end of the pause, unless that is longer than whoever asks has patience.
// The caller holds the turn.
func (t *host) wait(ctx context.Context, u *url.URL) error {
	if most, isBound := ctx.Value(patience{}).(time.Duration); isBound {
		next := t.limit.Reserve()
		pause := next.Delay()
		next.Cancel()
		if pause > most {
			return &quoth.Error{Code: quoth.Unavailable, Message: fmt.Sprintf("%s wants %v between two requests, and %v of them are left", u.Host, t.pause(), pause.Round(time.Second)), Hint: "watch it for longer than once"}
		}
	}
	if err := t.limit.Wait(ctx); err != nil {
		return stopped(ctx)
	}
	return nil
}

// pause is the time between two requests.
func (t *host) pause() time.Duration {
	return time.Duration(float64(time.Second) / float64(t.limit.Limit())).Round(time.Millisecond)
}

// retryAfter reads the header (RFC 9110, section 10.2.3): seconds or a date, at most a
// day ahead. It is zero when there is none.
func retryAfter(value string, now time.Time) time.Time {
	var until time.Time
	value = strings.TrimSpace(value)
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil && seconds > 0 {
		until = now.Add(time.Duration(min(seconds, int64(maxBackOff/time.Second))) * time.Second)
	} else if date, err := http.ParseTime(value); err == nil {
		until = date
	}
	if !until.After(now) {
		return time.Time{}
	}
	if latest := now.Add(maxBackOff); until.After(latest) {
		return latest
	}
	return until
}

// robotsOf returns the rules of the origin of u, kept or asked for. The error says that
// ctx ended or the host wants to be left alone. The caller holds the turn.
func (h *hosts) robotsOf(ctx context.Context, there *host, u *url.URL) (robots, error) {
	origin := u.Scheme + "://" + u.Host
	if known, found := there.robots[origin]; found && time.Now().Before(known.expires) {
		return known, nil
	}
	rules := robots{}
	var data *robotstxt.RobotsData
	err := h.ask(ctx, there, u, func() (*http.Response, error) {
		var resp *http.Response
		resp, data, rules.err = h.getRobots(ctx, &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"})
		return resp, nil
	})
	if ctx.Err() != nil {
		return robots{}, stopped(ctx)
	}
	if err != nil {
		return robots{}, err
	}
	rules.expires = time.Now().Add(robotsRetry)
	if rules.err == nil {
		rules.expires = time.Now().Add(robotsAge)
		rules.group = data.FindGroup(h.agent)
	}
	there.robots[origin] = rules
	pause := h.pause
	for _, r := range there.robots {
		if r.group != nil {
			pause = max(pause, r.group.CrawlDelay)
		}
	}
	there.limit.SetLimit(perPause(pause))
	return rules, nil
}

// getRobots asks for a robots.txt, wherever it has moved to. The error tells that it cannot
// be had now.
func (h *hosts) getRobots(ctx context.Context, u *url.URL) (*http.Response, *robotstxt.RobotsData, error) {
	var resp *http.Response
	for range maxRobotsHops + 1 {
		var err error
		resp, err = h.client.Do((&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{"Accept": {"text/plain,*/*;q=0.1"}}}).WithContext(ctx))
		if err != nil {
			return nil, nil, err
		}
		next, err := moved(resp, u)
		if next == nil || err != nil {
			break
		}
		resp.Body.Close()
		u = next
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests {
		return resp, nil, fmt.Errorf("answers %d", resp.StatusCode)
	}
	if resp.StatusCode != http.StatusOK {
		// There is none, so all is allowed (2.3.1.3).
		data, err := robotstxt.FromBytes(nil)
		return resp, data, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRobotsBytes))
	if err != nil {
		return resp, nil, err
	}
	data, err := robotstxt.FromBytes(knownLines(body))
	return resp, data, err
}

// knownLines returns the lines of robots.txt that mean something here. The library gives
// a whole file up for one bad line; the standard wants the rest of it read (2.2).
func knownLines(body []byte) []byte {
	var kept bytes.Buffer
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
	lines.Buffer(nil, maxRobotsBytes+1)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		name, value, found := strings.Cut(line, ":")
		if !found {
			continue
		}
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		switch name {
		case "crawl-delay":
			if seconds, err := strconv.ParseFloat(value, 64); err != nil || !(seconds >= 0 && seconds <= maxBackOff.Seconds()) {
				continue
			}
		case "user-agent", "allow", "disallow":
		default:
			continue
		}
		fmt.Fprintf(&kept, "%s: %s\n", name, value)
	}
	return kept.Bytes()
}

// stopped is the error when ctx has ended, or would before its turn comes.
func stopped(ctx context.Context) error {
	cause := context.Cause(ctx)
	if cause == nil {
		cause = context.DeadlineExceeded
	}
	return &quoth.Error{Code: quoth.Unavailable, Message: "the fetch was stopped", Err: cause}
}
