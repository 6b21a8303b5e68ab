// Package fetch gets one page from the web by its address. It implements
// [quoth.Fetcher]. Those who need more than the page, such as its validators, send
// a request of their own through Do, which guards it in the same way.
//
// An address may come from a stranger, so the machine's own network is out of reach:
// only http and https are spoken, and a connection is refused when the address that
// it would really be made to is not a public one. That is checked after the name has
// been looked up, for every connection and so for every redirect: a name that
// resolves to 127.0.0.1, or to another address at the second look-up, gains nothing.
// Size, time and number of redirects are limited.
//
// Proxies named by the environment (HTTP_PROXY) are not used: with a proxy the check
// would see the proxy's address and the proxy would connect anywhere. Options.Proxy
// names one for those who know that theirs does the check.
//
// The package keeps no cookies and no cache, follows no robots.txt (that is for
// those who fetch many pages unasked), and reads no page: see quoth/page.
//
// Begin with [New] and [Fetcher.Fetch].
package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"quoth"
)

// The limits that hold when Options leaves them 0.
const (
	DefaultTimeout      = 30 * time.Second
	DefaultMaxBytes     = 10 << 20 // as page.DefaultMaxBytes
	DefaultMaxRedirects = 10       // as browsers, halved: more is a loop
	DefaultUserAgent    = "quoth/1 (reads news pages; one at a time)"
)

// Options says how pages are fetched. The zero value is safe with addresses of
// strangers.
type Options struct {
	// Timeout is for the whole page, redirects included; 0 is DefaultTimeout, below 0
	// is none.
	Timeout time.Duration
	// MaxBytes is the size in bytes of the largest page, after decompression; 0 is
	// DefaultMaxBytes, below 0 is no limit.
	MaxBytes int64
	// MaxRedirects is the largest number of redirects followed; 0 is
	// DefaultMaxRedirects, below 0 follows none.
	MaxRedirects int
	// UserAgent is sent with each request; "" is DefaultUserAgent.
	UserAgent string
	// AllowPrivate allows private, loopback and link-local addresses and all ports.
	AllowPrivate bool
	// Proxy is the address of a proxy to go through, "" for none. The proxy then
	// decides which hosts are reached: see the package comment.
	Proxy string
}

// Fetcher implements [quoth.Fetcher]. It may be used from several goroutines at once
// and holds open connections for a while; see Close.
type Fetcher struct {
	opt    Options
	client *http.Client
}

var _ quoth.Fetcher = (*Fetcher)(nil)

// New returns a Fetcher with options opt. The error is a *quoth.Error with code
// Invalid when Options.Proxy is no address.
func New(opt Options) (*Fetcher, error) {
	setDefaults(&opt)
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	if !opt.AllowPrivate && opt.Proxy == "" {
		dialer.Control = ssrf.New().Safe
	}
	transport := &http.Transport{
		Proxy:                  nil,
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           32,
		IdleConnTimeout:        30 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  max(0, opt.Timeout),
		MaxResponseHeaderBytes: 1 << 20,
		DisableCompression:     true, // done here, so that the limit holds for what comes out
	}
	if opt.Proxy != "" {
		proxy, err := url.Parse(opt.Proxy)
		if err != nil || proxy.Host == "" {
			return nil, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no address of a proxy", opt.Proxy), Hint: "write it as http://host:port", Err: err}
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	f := &Fetcher{opt: opt}
	f.client = &http.Client{Transport: transport, CheckRedirect: f.checkRedirect}
	return f, nil
}

func setDefaults(opt *Options) {
	if opt.Timeout == 0 {
		opt.Timeout = DefaultTimeout
	}
	if opt.MaxBytes == 0 {
		opt.MaxBytes = DefaultMaxBytes
	}
	if opt.MaxRedirects == 0 {
		opt.MaxRedirects = DefaultMaxRedirects
	}
	if opt.UserAgent == "" {
		opt.UserAgent = DefaultUserAgent
	}
}

// Close lets go of the connections that are idle. The Fetcher may be used again.
func (f *Fetcher) Close() { f.client.CloseIdleConnections() }

// Fetch gets a page. The URL of the answer is the one that redirects ended at; its ID
// is empty. Errors are *quoth.Error: Invalid (no address, or not a text), Refused (a
// scheme, host or port that is not allowed, 401, 403, 451), NotFound (404, 410, no
// such host), TooLarge, and Unavailable (anything that may go better later). When ctx
// ends, the error wraps ctx.Err().
func (f *Fetcher) Fetch(ctx context.Context, address string) (quoth.RawPage, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return quoth.RawPage{}, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no address", address), Hint: "write it as https://host/path", Err: err}
	}
	req := (&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{}}).WithContext(ctx)
	req.Header.Set("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1")
	resp, err := f.Do(req)
	if err != nil {
		return quoth.RawPage{}, err
	}
	defer resp.Body.Close()
	return read(resp)
}

// read turns an answer into a page.
func read(resp *http.Response) (quoth.RawPage, error) {
	u := resp.Request.URL
	if err := statusError(resp, u); err != nil {
		return quoth.RawPage{}, err
	}
	contentType := resp.Header.Get("Content-Type")
	if err := checkType(contentType, u); err != nil {
		return quoth.RawPage{}, err
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return quoth.RawPage{}, err
	}
	return quoth.RawPage{URL: u.String(), ContentType: contentType, Body: b}, nil
}

func (f *Fetcher) tooLarge(u *url.URL) error {
	return &quoth.Error{
		Code:    quoth.TooLarge,
		Message: fmt.Sprintf("the page at %s is over %.1f MB", host(u), float64(f.opt.MaxBytes)/1e6),
		Hint:    "an article is seldom over 1 MB: is this the right address?",
	}
}

// checkURL refuses what is not asked of any server. Numbers for hosts are checked
// here for the sake of a clear message; the dialer checks what names resolve to.
func (f *Fetcher) checkURL(u *url.URL) error {
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
	case "":
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no address", u.String()), Hint: "write it as https://host/path"}
	default:
		return &quoth.Error{Code: quoth.Refused, Message: fmt.Sprintf("the scheme %q is not allowed", u.Scheme), Hint: "only http and https pages are fetched"}
	}
	if u.Hostname() == "" {
		return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q names no host", u.Redacted()), Hint: "write it as https://host/path"}
	}
	if f.opt.AllowPrivate {
		return nil
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !isPublic(ip) {
		return errPrivate(u, nil)
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		return &quoth.Error{Code: quoth.Refused, Message: "port " + p + " is not allowed", Hint: "pages stand on ports 80 and 443; allow private addresses to use others"}
	}
	return nil
}

func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !ip.IsLoopback() && !ip.IsLinkLocalUnicast()
}

func errPrivate(u *url.URL, err error) error {
	return &quoth.Error{Code: quoth.Refused, Message: host(u) + " is not a public address", Hint: "private, loopback and link-local addresses are fetched only when a flag allows it", Err: err}
}

// errTimeout is the cause of a context that Options.Timeout ended.
var errTimeout = errors.New("time limit of the fetch")

// errRedirects tells that there were too many redirects.
var errRedirects = errors.New("too many redirects")

// checkRedirect is asked before each redirect is followed.
func (f *Fetcher) checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > max(0, f.opt.MaxRedirects) {
		return errRedirects
	}
	// A page may not send its reader's other addresses along.
	req.Header.Del("Referer")
	return f.checkURL(req.URL)
}

// explain turns an error of net/http into one for a person.
func (f *Fetcher) explain(ctx context.Context, u *url.URL, err error) error {
	var known *quoth.Error
	if errors.As(err, &known) {
		return known
	}
	if errors.Is(context.Cause(ctx), errTimeout) || isTimeout(err) && ctx.Err() == nil {
		return &quoth.Error{Code: quoth.Unavailable, Message: fmt.Sprintf("%s did not answer in time", host(u)), Hint: fmt.Sprintf("try again later, or allow more than %s", f.opt.Timeout), Err: err}
	}
	if ctx.Err() != nil {
		return &quoth.Error{Code: quoth.Unavailable, Message: "the fetch was stopped", Err: ctx.Err()}
	}
	var (
		dns  *net.DNSError
		cert *tls.CertificateVerificationError
	)
	switch {
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return errPrivate(u, err)
	case errors.Is(err, errRedirects):
		return &quoth.Error{Code: quoth.Unavailable, Message: fmt.Sprintf("%s redirects more than %d times", host(u), max(0, f.opt.MaxRedirects)), Hint: "open it in a browser and give the address it ends at", Err: err}
	case errors.As(err, &dns) && dns.IsNotFound:
		return &quoth.Error{Code: quoth.NotFound, Message: "there is no host " + host(u), Hint: "check the address for typing errors", Err: err}
	case errors.As(err, &dns):
		return &quoth.Error{Code: quoth.Unavailable, Message: "the name " + host(u) + " cannot be looked up now", Hint: "check the network, or try again later", Err: err}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &quoth.Error{Code: quoth.Unavailable, Message: host(u) + " refuses connections", Hint: "the site may be down: try again later", Err: err}
	case errors.As(err, &cert):
		return &quoth.Error{Code: quoth.Unavailable, Message: "the certificate of " + host(u) + " is not valid", Hint: "the connection would not be safe: check the address", Err: err}
	}
	return &quoth.Error{Code: quoth.Unavailable, Message: "the page at " + host(u) + " cannot be fetched", Hint: "try again later", Err: err}
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

// statusError is nil for the status of a page that came.
func statusError(resp *http.Response, u *url.URL) error {
	status := fmt.Sprintf("%s answers %d %s", host(u), resp.StatusCode, http.StatusText(resp.StatusCode))
	switch code := resp.StatusCode; {
	case code == http.StatusOK || code == http.StatusNonAuthoritativeInfo:
		return nil
	case code == http.StatusNotFound || code == http.StatusGone:
		return &quoth.Error{Code: quoth.NotFound, Message: status, Hint: "the page is not there (any more): check the address, or look in a web archive"}
	case code == http.StatusUnauthorized || code == http.StatusPaymentRequired || code == http.StatusForbidden || code == http.StatusUnavailableForLegalReasons:
		return &quoth.Error{Code: quoth.Refused, Message: status, Hint: "the site does not give the page to programs: save it from a browser and read the file"}
	case code == http.StatusTooManyRequests || code >= 500:
		return &quoth.Error{Code: quoth.Unavailable, Message: status, Hint: "try again later"}
	}
	return &quoth.Error{Code: quoth.Unavailable, Message: status, Hint: "check the address in a browser"}
}

// checkType refuses what is surely no page. A missing or odd type is left to the
// reader of the page, which looks at the bytes.
func checkType(contentType string, u *url.URL) error {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil || media == "" || media == "application/octet-stream" || media == "application/json" || strings.HasPrefix(media, "text/") || strings.HasSuffix(media, "xml") {
		return nil
	}
	return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%s sent %s, which is no page", host(u), media), Hint: "quoth reads HTML and plain text"}
}

// host names a page in messages: without path, query and password.
func host(u *url.URL) string { return u.Host }
