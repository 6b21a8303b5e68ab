package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
	"quoth/feed"
)

// newsSite is a site with a feed, and the requests that it got.
type newsSite struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string
	agents map[string]bool
}

func (s *newsSite) count(path string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, asked := range s.asked {
		if asked == path {
			n++
		}
	}
	return n
}

func startNewsSite(t *testing.T) *newsSite {
	t.Helper()
	s := &newsSite{agents: map[string]bool{}}
	mux := http.NewServeMux()
	serve := func(path, contentType, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"one"`)
			if r.Header.Get("If-None-Match") == `"one"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			w.Header().Set("Content-Type", contentType)
			fmt.Fprint(w, strings.ReplaceAll(body, "HOST", "http://"+r.Host))
		})
	}
	serve("/{$}", "text/html", `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>The Harbour Herald</body></html>`)
	serve("/feed.xml", "application/rss+xml", `<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title>
<item><title>Tide</title><link>HOST/tide?utm_source=rss</link><pubDate>Tue, 03 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Lamp</title><link>/lamp</link><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate></item>
<item><title>Secret</title><link>/private/x</link></item></channel></rss>`)
	serve("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private/\n")
	article := func(text string) string {
		return "<html><body><article><h1>News of the harbour</h1><p>" + text + "</p></article></body></html>"
	}
	serve("/lamp", "text/html", article("“It is lit,” said Maud Arkell, who keeps the lamp at Skerry Point and has no telephone."))
	serve("/tide", "text/html", article("“It is high,” said Callum Ferro, who runs the ferry and the tea stall beside it."))
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.agents[r.UserAgent()] = true
		s.mu.Unlock()
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func runWatch(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	env := testEnv(&out, &talk)
	env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
	status = run(t.Context(), env, append([]string{"watch", "--allow-private", "--pause", "0s"}, args...))
	return status, out.String(), talk.String()
}

func TestWatchPrints(t *testing.T) {
	s := startNewsSite(t)
	state := t.TempDir()
	args := []string{"--once", "--to", "jsonl", "--state", state, "--contact", "https://desk.example/reader", s.URL + "/"}
	status, out, talk := runWatch(t, args...)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "Maud Arkell") || !strings.Contains(lines[1], "Callum Ferro") {
		t.Errorf("got\n%s, want the lamp and then the tide", out)
	}
	if status != exitFailed || strings.Count(talk, "\n") != 1 || !strings.Contains(talk, "/private/x: robots.txt of") {
		t.Errorf("status %d and %q, want that robots.txt refuses one page", status, talk)
	}
	if s.count("/private/x") != 0 {
		t.Error("asked for what robots.txt does not allow")
	}
	for agent := range s.agents {
		if !strings.HasPrefix(agent, "quoth/1 ") || !strings.Contains(agent, "+https://desk.example/reader") {
			t.Errorf("user agent %q names no contact", agent)
		}
	}
	// A later run knows what it has seen.
	status, out, talk = runWatch(t, args...)
	if status != exitGood || out != "" || talk != "" {
		t.Errorf("second run: status %d, %q, %q, want nothing new", status, out, talk)
	}
	if got := s.count("/lamp"); got != 1 {
		t.Errorf("the page was fetched %d times, want 1", got)
	}
}

func TestWatchKeeps(t *testing.T) {
	s := startNewsSite(t)
	name := filepath.Join(t.TempDir(), "news.db")
	if status, out, talk := runWatch(t, "--once", "--record", name, s.URL+"/feed.xml", s.URL+"/gone.xml"); status != exitFailed || out != "" || !strings.Contains(talk, "/gone.xml: ") || !strings.Contains(talk, "kept: 2 articles new") {
		t.Errorf("status %d, %q, %q, want the feed that is gone reported", status, out, talk)
	}
	if found, err := filepath.Glob(name + ".feeds/*.json"); err != nil || len(found) != 2 {
		t.Errorf("states %v, %v, want one of each feed", found, err)
	}
	var out, talk bytes.Buffer
	if status := run(t.Context(), testEnv(&out, &talk), []string{"import", "--refused", "--record", name}); status != exitGood || !strings.Contains(out.String(), "/private/x") {
		t.Errorf("refusals: status %d, %q, %q, want the page that robots.txt refuses", status, out.String(), talk.String())
	}
	out.Reset()
	if status := run(t.Context(), testEnv(&out, &talk), []string{"search", "--record", name, "lit"}); status != exitGood || !strings.Contains(out.String(), "Maud Arkell") {
		t.Errorf("search: status %d, %q, %q, want Maud Arkell", status, out.String(), talk.String())
	}
}

func TestWatchEnds(t *testing.T) {
	s := startNewsSite(t)
	ctx, cancel := context.WithCancel(t.Context())
	out := &stoppingWriter{stop: cancel, after: "Callum Ferro"}
	env := testEnv(out, &bytes.Buffer{})
	env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
	if status := run(ctx, env, []string{"watch", "--allow-private", "--pause", "0s", "--to", "jsonl", s.URL + "/feed.xml"}); status != exitGood {
		t.Errorf("status %d of a watch that was ended, want %d", status, exitGood)
	}
}

// stoppingWriter calls stop when it is written certain words.
type stoppingWriter struct {
	stop  func()
	after string
}

func (w *stoppingWriter) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte(w.after)) {
		w.stop()
	}
	return len(p), nil
}

// serverTalk is what a server says, for a test that waits for some of it.
type serverTalk struct {
	mu   sync.Mutex
	said bytes.Buffer
	more chan struct{} // holds one token when something was said
}

// Write implements io.Writer.
func (s *serverTalk) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return s.said.Write(p)
}

// String is all that was said.
func (s *serverTalk) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

// wait waits for a line that holds words and returns what stands behind them.
func (s *serverTalk) wait(t *testing.T, words string) string {
	t.Helper()
	for {
		if _, rest, found := strings.Cut(s.String(), words); found && strings.Contains(rest, "\n") {
			rest, _, _ = strings.Cut(rest, "\n")
			return rest
		}
		select {
		case <-s.more:
		case <-time.After(time.Minute):
			t.Fatalf("no word of %q in %s", words, s)
		}
	}
}

// serveWatching runs quoth serve --watch on the feed of a site, and returns the record,
// what it says, and how to end it.
func serveWatching(t *testing.T, s *newsSite) (record string, talk *serverTalk, end func() int) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "feeds.opml")
	if err := os.WriteFile(list, []byte(`<opml version="2.0"><body><outline text="Herald" xmlUrl="`+s.URL+`/feed.xml"/></body></opml>`), 0o666); err != nil {
		t.Fatal(err)
	}
	record, talk = filepath.Join(t.TempDir(), "news.db"), &serverTalk{more: make(chan struct{}, 1)}
	env := testEnv(io.Discard, talk)
	env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
	ctx, cancel := context.WithCancel(t.Context())
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, env, []string{"serve", "--record", record, "--listen", "127.0.0.1:0", "--watch", list, "--watch-pause", "0s", "--allow-private"})
	}()
	return record, talk, func() int {
		cancel()
		return <-status
	}
}

func TestServeWatches(t *testing.T) {
	s := startNewsSite(t)
	record, talk, end := serveWatching(t, s)
	address := talk.wait(t, "serving: ")
	talk.wait(t, "/private/x") // the last entry, which robots.txt refuses
	resp, err := http.Get(address + "/api/v1/statements?q=lit")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || !strings.Contains(string(body), "Maud Arkell") {
		t.Errorf("got %s, %v, want what the feed's page says", body, err)
	}
	if status := end(); status != exitGood || !strings.Contains(talk.String(), "stopped: all requests were answered") {
		t.Errorf("status %d, %s", status, talk)
	}
	if found, err := filepath.Glob(record + ".feeds/*.json"); err != nil || len(found) != 1 {
		t.Errorf("states %v, %v, want one", found, err)
	}
}

func TestServeWatchMisuse(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.opml")
	if err := os.WriteFile(empty, []byte(`<opml version="2.0"><body/></opml>`), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--watch", empty + ".none"}, exitFailed, "there is no such file"},
		{[]string{"--watch", empty}, exitFailed, "lists no feeds"},
		{[]string{"--watch", empty, "--watch-every", "1s"}, exitMisuse, "--watch-every 1s is too often"},
	} {
		var talk bytes.Buffer
		env := testEnv(io.Discard, &talk)
		env.NewAnalyzer = func() (quoth.Analyzer, error) { return double{}, nil }
		args := append([]string{"serve", "--record", filepath.Join(t.TempDir(), "news.db"), "--listen", "127.0.0.1:0"}, c.args...)
		if status := run(t.Context(), env, args); status != c.status || !strings.Contains(talk.String(), c.want) {
			t.Errorf("%q: status %d, %q, want %q", c.args, status, talk.String(), c.want)
		}
	}
}

// The guard of the network holds for feeds too.
func TestWatchStaysOutside(t *testing.T) {
	t.Parallel() // it waits most of its time
	s := startNewsSite(t)
	var out, talk bytes.Buffer
	env := testEnv(&out, &talk)
	if status := run(t.Context(), env, []string{"watch", "--once", "--to", "jsonl", s.URL + "/feed.xml"}); status != exitFailed || len(s.asked) != 0 {
		t.Errorf("status %d and requests %v, want none: %s", status, s.asked, talk.String())
	}
	for _, address := range []string{"http://localhost/feed", "http://[::1]/feed", "http://10.0.0.1/feed"} {
		talk.Reset()
		if status := run(t.Context(), env, []string{"watch", "--once", "--to", "jsonl", address}); status != exitFailed || !strings.Contains(talk.String(), "error: "+address+": ") || !strings.Contains(talk.String(), "not a public address") {
			t.Errorf("%s: status %d, %q", address, status, talk.String())
		}
	}
}

func TestWatchOPML(t *testing.T) {
	dir := t.TempDir()
	list := filepath.Join(dir, "feeds.opml")
	if err := os.WriteFile(list, []byte(`<opml version="2.0"><body><outline text="North"><outline text="A &amp; B" xmlUrl="https://a.example/feed"/></outline></body></opml>`), 0o666); err != nil {
		t.Fatal(err)
	}
	status, out, talk := runWatch(t, "--opml", list, "--export-opml", "-", "https://b.example/rss")
	if status != exitGood || !strings.Contains(out, `xmlUrl="https://a.example/feed"`) || !strings.Contains(out, `xmlUrl="https://b.example/rss"`) || !strings.Contains(out, "A &amp; B") {
		t.Errorf("status %d, %q, %q", status, out, talk)
	}
	again := filepath.Join(dir, "more.opml")
	if err := os.WriteFile(again, []byte(out), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, second, _ := runWatch(t, "--opml", again, "--export-opml", "-"); strings.Count(second, "<outline") != 2 {
		t.Errorf("what was written reads back as %q", second)
	}
	if status, _, talk := runWatch(t, "--opml", filepath.Join(dir, "none.opml")); status != exitFailed || !strings.Contains(talk, "none.opml: there is no such file") {
		t.Errorf("a list that is not there: %d, %q", status, talk)
	}
}

func TestWatchMisuse(t *testing.T) {
	for _, args := range [][]string{
		{}, {"news.example/feed"}, {"ftp://news.example/"}, {"--every", "5s", "https://news.example/"}, {"--pause", "-1s", "https://news.example/"},
		{"--contact", "me) Mozilla (", "https://news.example/"}, {"--to", "wax", "https://news.example/"}, {"--to", "brat", "https://news.example/"}, {"--jobs", "-1", "https://news.example/"},
		{"--max-entries", "0", "https://news.example/"},
	} {
		if status, _, talk := runWatch(t, args...); status != exitMisuse || !strings.Contains(talk, "hint: ") {
			t.Errorf("%q: status %d, %q, want misuse and a hint", args, status, talk)
		}
	}
}

// Feeds that send without end, say nothing, or are larger than is read cost a line each,
// and the good one among them is read.
func TestWatchSurvivesHostileFeeds(t *testing.T) {
	s := startNewsSite(t)
	sent := make(chan int64, 1)
	hostile := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/endless.xml":
			io.WriteString(w, `<rss version="2.0"><channel>`)
			var n int64
			for n < 100<<20 {
				m, err := io.WriteString(w, strings.Repeat("<item><link>/a</link></item>", 1000))
				n += int64(m)
				if err != nil {
					break
				}
			}
			sent <- n
		case "/slow.xml":
			io.WriteString(w, `<rss version="2.0"><channel>`)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		case "/loop.xml":
			http.Redirect(w, r, "/loop.xml", http.StatusFound)
		case "/inside.xml":
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		case "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		default:
			io.WriteString(w, "<rss><channel>\x1b]0;owned\x07")
		}
	}))
	t.Cleanup(hostile.Close)
	args := []string{"--once", "--to", "jsonl", "--max-size", "1MiB", "--timeout", "300ms"}
	for _, name := range []string{"endless", "slow", "loop", "inside", "broken"} {
		args = append(args, hostile.URL+"/"+name+".xml")
	}
	status, out, talk := runWatch(t, append(args, s.URL+"/feed.xml")...)
	if status != exitFailed || strings.Count(out, "\n") != 2 {
		t.Errorf("status %d and %q, want the two articles of the good feed", status, out)
	}
	for name, want := range map[string]string{"endless": "over 1.0 MB", "slow": "did not answer in time", "loop": "redirects more than", "inside": `scheme "file" is not allowed`, "broken": "no RSS"} {
		if !strings.Contains(talk, "/"+name+".xml: ") || !strings.Contains(talk, want) {
			t.Errorf("no line on %s with %q in\n%s", name, want, talk)
		}
	}
	if strings.ContainsAny(talk, "\x1b\x07") {
		t.Errorf("control characters of a feed came through: %q", talk)
	}
	if n := <-sent; n >= 100<<20 {
		t.Errorf("the whole endless feed was read, %d bytes", n)
	}
}

// The password in a feed's address is nobody's business, nor the record's.
func TestWatchKeepsNoPasswords(t *testing.T) {
	var noted quoth.Refusal
	w := &watch{refuse: func(_ context.Context, r quoth.Refusal) error {
		noted = r
		return nil
	}}
	item := feed.Item{Source: "https://zoe:secret@coast.example/feed", URL: "https://zoe:secret@coast.example/1"}
	gone := &quoth.Error{Code: quoth.NotFound, Message: "it is gone"}
	if err := w.noted(t.Context(), item, gone); err != gone || noted.Source != "https://coast.example/feed" || noted.Label != "https://coast.example/1" {
		t.Errorf("noted %+v, %v", noted, err)
	}
}
