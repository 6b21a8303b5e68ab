package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"quoth"
)

func newFetcher(t *testing.T, opt Options) *Fetcher {
	t.Helper()
	f, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	return f
}

const page = "<html><body><p>Mayor Zoë Hale spoke.</p></body></html>"

// site serves the pages of the tests.
func site(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	text := func(w http.ResponseWriter, contentType, body string) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	}
	mux.HandleFunc("/page", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("User-Agent") != DefaultUserAgent || r.Header.Get("Cookie") != "" {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		text(w, "text/html; charset=utf-8", page)
	})
	mux.HandleFunc("/gzip", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Content-Type", "text/html")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, page)
		z.Close()
	})
	for name, pack := range map[string]func(io.Writer) io.WriteCloser{
		"br":      func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) },
		"zstd":    func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z },
		"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"bare":    func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 6); return z },
	} {
		coding := strings.Replace(name, "bare", "deflate", 1)
		for path, size := range map[string]int{"/": 1, "/bomb-": 200_000} {
			mux.HandleFunc(path+name, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Encoding", coding)
				w.Header().Set("Content-Type", "text/html")
				z := pack(w)
				io.WriteString(z, strings.Repeat(page, size))
				z.Close()
			})
		}
	}
	mux.HandleFunc("/twice", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip, br")
		w.Header().Set("Content-Type", "text/html")
		outer := brotli.NewWriter(w)
		inner := gzip.NewWriter(outer)
		fmt.Fprint(inner, page)
		inner.Close()
		outer.Close()
	})
	mux.HandleFunc("/unknown", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "compress")
		text(w, "text/html", page)
	})
	mux.HandleFunc("/broken", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "zstd")
		text(w, "text/html", page)
	})
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write(bytes.Repeat([]byte("a"), 4<<20))
		z.Close()
	})
	// Streams that are long and of which nothing comes out.
	var member bytes.Buffer
	gzip.NewWriter(&member).Close()
	for path, piece := range map[string][]byte{"gzip": member.Bytes(), "zstd": {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4}, "deflate": {0, 0, 0, 0xff, 0xff}} {
		mux.HandleFunc("/empty-"+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", path)
			for range 20 {
				w.Write(bytes.Repeat(piece, 1<<20/len(piece)))
			}
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		})
	}
	mux.HandleFunc("/empty-twice", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip, gzip")
		z := gzip.NewWriter(w)
		z.Write(bytes.Repeat(member.Bytes(), 8<<20/member.Len()))
		z.Flush()
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) { text(w, "text/html", strings.Repeat("a", 2<<20)) })
	mux.HandleFunc("/image", func(w http.ResponseWriter, r *http.Request) { text(w, "image/png", "\x89PNG") })
	mux.HandleFunc("/move", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "file:///etc/passwd")
		w.WriteHeader(http.StatusFound)
	})
	for _, code := range []int{403, 404, 410, 429, 500, 204} {
		mux.HandleFunc(fmt.Sprintf("/%d", code), func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code) })
	}
	mux.HandleFunc("/hang", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		text(w, "text/html", "<p>")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func TestFetch(t *testing.T) {
	s := site(t)
	f := newFetcher(t, Options{AllowPrivate: true, MaxBytes: 1 << 20})
	for _, path := range []string{"/page", "/gzip", "/br", "/zstd", "/deflate", "/bare", "/twice", "/move"} {
		p, err := f.Fetch(t.Context(), s.URL+path)
		if err != nil || string(p.Body) != page || !strings.HasPrefix(p.ContentType, "text/html") {
			t.Errorf("%s: got %q %q, %v", path, p.ContentType, p.Body, err)
		}
		if want := strings.Replace(s.URL+path, "/move", "/page", 1); p.URL != want {
			t.Errorf("%s: URL %q, want that of the last redirect, %q", path, p.URL, want)
		}
	}
}

func TestFetchErrors(t *testing.T) {
	s := site(t)
	f := newFetcher(t, Options{AllowPrivate: true, MaxBytes: 1 << 20, Timeout: 10 * time.Second})
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	cases := []struct {
		address string
		want    quoth.Code
	}{
		{s.URL + "/404", quoth.NotFound}, {s.URL + "/410", quoth.NotFound}, {s.URL + "/nowhere", quoth.NotFound},
		{s.URL + "/403", quoth.Refused}, {s.URL + "/429", quoth.Unavailable}, {s.URL + "/500", quoth.Unavailable}, {s.URL + "/204", quoth.Unavailable},
		{s.URL + "/big", quoth.TooLarge}, {s.URL + "/bomb", quoth.TooLarge},
		{s.URL + "/bomb-br", quoth.TooLarge}, {s.URL + "/bomb-zstd", quoth.TooLarge}, {s.URL + "/bomb-deflate", quoth.TooLarge},
		{s.URL + "/empty-gzip", quoth.TooLarge}, {s.URL + "/empty-zstd", quoth.TooLarge}, {s.URL + "/empty-deflate", quoth.TooLarge}, {s.URL + "/empty-twice", quoth.TooLarge},
		{s.URL + "/unknown", quoth.Unavailable}, {s.URL + "/broken", quoth.Unavailable},
		{s.URL + "/image", quoth.Invalid},
		{s.URL + "/loop", quoth.Unavailable}, {s.URL + "/file", quoth.Refused},
		{closed.URL, quoth.Unavailable},
		{"ftp://example.org/a", quoth.Refused}, {"file:///etc/passwd", quoth.Refused}, {"javascript:alert(1)", quoth.Refused},
		{"example.org/a", quoth.Invalid}, {"https://", quoth.Invalid}, {"", quoth.Invalid}, {"http://a b/", quoth.Invalid}, {"http://[::1", quoth.Invalid},
	}
	for _, c := range cases {
		_, err := f.Fetch(t.Context(), c.address)
		var e *quoth.Error
		if !errors.As(err, &e) || e.Code != c.want || e.Hint == "" {
			t.Errorf("%q: got %#v, want code %q and a hint", c.address, err, c.want)
		}
	}
}

func TestFetchRefusesPrivateAddresses(t *testing.T) {
	s := site(t)
	_, port, _ := strings.Cut(strings.TrimPrefix(s.URL, "http://"), ":")
	f := newFetcher(t, Options{})
	for _, address := range []string{
		s.URL + "/page", "http://127.0.0.1/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/",
		"http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://localhost/", "http://localhost:" + port + "/page",
		"https://93.184.215.14:22/", "http://user:pass@127.0.0.1/",
	} {
		if _, err := f.Fetch(t.Context(), address); quoth.CodeOf(err) != quoth.Refused {
			t.Errorf("%q: got %v, want code refused", address, err)
		}
	}
}

// The dialer itself refuses, so that a name that resolves to a private address (or a
// redirect to one) is refused even where the address says nothing of it.
func TestFetchChecksAfterLookup(t *testing.T) {
	s := site(t)
	f := newFetcher(t, Options{})
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := f.client.Get("http://localhost:" + u.Port() + "/page") // past checkURL
	if err == nil {
		resp.Body.Close()
		t.Fatal("the dialer connected to a loopback address")
	}
	if got := quoth.CodeOf(f.explain(t.Context(), u, err)); got != quoth.Refused {
		t.Errorf("got code %q of %v, want refused", got, err)
	}
}

// The environment's proxy would make the check useless.
func TestFetchIgnoresProxyOfEnvironment(t *testing.T) {
	s := site(t)
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("http_proxy", "http://127.0.0.1:1")
	f := newFetcher(t, Options{AllowPrivate: true})
	if f.client.Transport.(*http.Transport).Proxy != nil {
		t.Error("the transport asks for a proxy")
	}
	if _, err := f.Fetch(t.Context(), s.URL+"/page"); err != nil {
		t.Error(err)
	}
	if _, err := New(Options{Proxy: "no address"}); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("a bad proxy gave %v", err)
	}
}

func TestFetchTimesOut(t *testing.T) {
	s := site(t)
	f := newFetcher(t, Options{AllowPrivate: true, Timeout: 50 * time.Millisecond})
	for _, path := range []string{"/hang", "/slow"} {
		_, err := f.Fetch(t.Context(), s.URL+path)
		if quoth.CodeOf(err) != quoth.Unavailable || !strings.Contains(err.Error(), "in time") {
			t.Errorf("%s: got %v, want that it did not answer in time", path, err)
		}
	}
}

func TestFetchStops(t *testing.T) {
	s := site(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newFetcher(t, Options{AllowPrivate: true}).Fetch(ctx, s.URL+"/hang"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want one that wraps context.Canceled", err)
	}
}
