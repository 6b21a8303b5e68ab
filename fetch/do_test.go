package fetch

import (
	"io"
	"net/http"
	"testing"
	"time"

	"quoth"
)

func newRequest(t *testing.T, address string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return req
}

// Do gives the answer whatever its status, and keeps the headers of the request.
func TestDo(t *testing.T) {
	s := site(t)
	s.Config.Handler.(*http.ServeMux).HandleFunc("/tagged", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Encoding", "gzip") // of a body that is not sent
		if r.Header.Get("If-None-Match") == `"1"` && r.UserAgent() == DefaultUserAgent {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	f := newFetcher(t, Options{AllowPrivate: true})
	req := newRequest(t, s.URL+"/tagged")
	req.Header.Set("If-None-Match", `"1"`)
	for _, c := range []struct {
		req    *http.Request
		status int
		body   string
	}{{req, 304, ""}, {newRequest(t, s.URL+"/429"), 429, ""}, {newRequest(t, s.URL+"/zstd"), 200, page}} {
		resp, err := f.Do(c.req)
		if err != nil {
			t.Errorf("%s: %v", c.req.URL.Path, err)
			continue
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != c.status || string(body) != c.body {
			t.Errorf("%s: got %d %q, %v, want %d %q", c.req.URL.Path, resp.StatusCode, body, err, c.status, c.body)
		}
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if got := req.Header.Get("User-Agent"); got != "" {
		t.Errorf("the request was changed: User-Agent %q", got)
	}
}

// The guards of Fetch hold, also while the body is read.
func TestDoGuards(t *testing.T) {
	s := site(t)
	if _, err := newFetcher(t, Options{}).Do(newRequest(t, s.URL+"/page")); quoth.CodeOf(err) != quoth.Refused {
		t.Errorf("a private address: got %v, want refused", err)
	}
	// As in TestFetchChecksAfterLookup: a redirect is refused by where it leads.
	f := newFetcher(t, Options{})
	for _, address := range []string{"http://169.254.169.254/latest/", "http://[::1]/", "file:///etc/passwd", "https://example.org:22/"} {
		if err := f.checkRedirect(newRequest(t, address), []*http.Request{newRequest(t, "https://example.org/")}); quoth.CodeOf(err) != quoth.Refused {
			t.Errorf("a redirect to %s: got %v, want refused", address, err)
		}
	}
	for _, c := range []struct {
		path string
		opt  Options
		want quoth.Code
	}{
		{"/bomb", Options{AllowPrivate: true, MaxBytes: 1 << 20}, quoth.TooLarge},
		{"/slow", Options{AllowPrivate: true, Timeout: 50 * time.Millisecond}, quoth.Unavailable},
	} {
		resp, err := newFetcher(t, c.opt).Do(newRequest(t, s.URL+c.path))
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		n, err := io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if quoth.CodeOf(err) != c.want || c.want == quoth.TooLarge && n > c.opt.MaxBytes {
			t.Errorf("%s: %d bytes and %v, want code %s", c.path, n, err, c.want)
		}
	}
}

// Who follows redirects alone gets them.
func TestDoReturnsRedirects(t *testing.T) {
	s := site(t)
	f := newFetcher(t, Options{AllowPrivate: true, MaxRedirects: -1})
	resp, err := f.Do(newRequest(t, s.URL+"/move"))
	if err != nil || resp.StatusCode != http.StatusFound || resp.Header.Get("Location") != "/page" {
		t.Fatalf("got %+v, %v", resp, err)
	}
	resp.Body.Close()
	if _, err := f.Fetch(t.Context(), s.URL+"/move"); quoth.CodeOf(err) != quoth.Unavailable {
		t.Errorf("as a page: %v", err)
	}
}
