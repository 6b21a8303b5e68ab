package main

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"quoth"
	"quoth/api"
)

// testServer is a server on a record of its own, as quoth serve makes it.
type testServer struct {
	*httptest.Server
	t      *testing.T
	store  quoth.Store
	record string
	token  string
	served *serving
}

// sharedAnalyzer loads the embedded model once for all tests that read pages.
var sharedAnalyzer = sync.OnceValues(newAnalyzer)

func testEnv(stdout, stderr io.Writer) *Env {
	return &Env{Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr, Getenv: func(string) string { return "" }, NewAnalyzer: sharedAnalyzer}
}

func serve(t *testing.T, change func(c *ServeCmd)) *testServer {
	t.Helper()
	return serveWith(t, sharedAnalyzer, change)
}

func serveWith(t *testing.T, analyzer func() (quoth.Analyzer, error), change func(c *ServeCmd)) *testServer {
	t.Helper()
	record := filepath.Join(t.TempDir(), "record.db")
	c := &ServeCmd{RecordFlags: RecordFlags{record}, Rate: 1e6, Burst: 1e6, MaxSize: 1 << 20, Timeout: time.Second, Log: "json"}
	if change != nil {
		change(c)
	}
	env := testEnv(io.Discard, io.Discard)
	env.NewAnalyzer = analyzer
	served, err := c.wire(t.Context(), env)
	if err != nil {
		t.Fatal(err)
	}
	s := &testServer{httptest.NewServer(served.handler), t, served.record, record, "", served}
	t.Cleanup(func() {
		s.Close()
		served.close()
	})
	var out strings.Builder
	if code := run(t.Context(), testEnv(&out, io.Discard), []string{"user", "token", "--record", record, "--scope", "articles:write,pages:read", "test"}); code != exitGood {
		t.Fatalf("quoth user token: exit %d", code)
	}
	s.token = strings.TrimSpace(out.String())
	return s
}

// do sends a request and returns the answer with its body.
func (s *testServer) do(method, path, body string, header ...string) (*http.Response, string) {
	s.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := s.Client().Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return resp, string(b)
}

// get asks for JSON and reads it into v.
func (s *testServer) get(path string, v any) {
	s.t.Helper()
	resp, body := s.do("GET", path, "")
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("GET %s: %s %s", path, resp.Status, body)
	}
	if err := json.Unmarshal([]byte(body), v); err != nil {
		s.t.Fatalf("GET %s: %v in %s", path, err, body)
	}
}

// add puts a text into the record and returns the article's address.
func (s *testServer) add(text, url, date string) string {
	s.t.Helper()
	in, _ := json.Marshal(map[string]string{"text": text, "url": url, "site": "Harbour Herald", "title": "Bridge", "date": date})
	resp, body := s.do("POST", "/api/v1/articles", string(in), "Authorization", "Bearer "+s.token)
	if resp.StatusCode != http.StatusCreated && resp.StatusCode != http.StatusOK {
		s.t.Fatalf("add: %s %s", resp.Status, body)
	}
	return resp.Header.Get("Location")
}

const bridgeText = `The bridge over the Calder will be closed from Monday.

"The old bridge is not safe any more, and I will not let anybody cross it," said Zoë Hale, the mayor of Calder, on Thursday.

Eric Moss, who built it, called Hale "a coward" on Facebook.`

func TestAPI(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")

	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements?q=bridge&limit=1", &list)
	if len(list.Items) != 1 || list.Items[0].Speaker == nil || list.Items[0].Speaker.ID != "zoe-hale" || list.Items[0].Article.Site != "Harbour Herald" {
		t.Fatalf("statements: got %+v", list)
	}
	first := list.Items[0]
	if first.Content.Text != `"The old bridge is not safe any more, and I will not let anybody cross it,"` || len(first.Highlights) != 1 {
		t.Errorf("statement: got %+v", first)
	}
	var reading quoth.Reading
	s.get(at, &reading)
	for _, st := range reading.Statements {
		for _, span := range st.Content.Spans {
			if !strings.Contains(st.Content.Text, span.In(reading.Article.Text)) {
				t.Errorf("%q is not what stands at %v", st.Content.Text, span)
			}
		}
	}
	if reading.Article.Text != bridgeText {
		t.Errorf("the text was altered: %q", reading.Article.Text)
	}
	var one quoth.Recorded
	s.get("/api/v1/statements/"+first.ID, &one)
	var many []quoth.Recorded
	s.get("/api/v1/statements/"+first.ID+"/history", &many)
	s.get("/api/v1/sayings/"+first.Saying, &many)
	var person quoth.Person
	s.get("/api/v1/people/zoe-hale", &person)
	if person.Name != "Zoë Hale" || person.Statements != 1 {
		t.Errorf("person: got %+v", person)
	}
	s.get("/api/v1/people/zoe-hale/statements", &list)
	if len(list.Items) != 1 {
		t.Errorf("said: got %d statements", len(list.Items))
	}
	s.get("/api/v1/people/eric-moss/about/zoe-hale", &list)
	if len(list.Items) != 1 || !strings.Contains(list.Items[0].Content.Text, `"a coward"`) {
		t.Errorf("pair: got %+v", list.Items)
	}
	for _, path := range []string{"/api/v1/people/zoe-hale/circle", "/api/v1/facets?q=bridge", "/api/v1/articles", "/api/v1/people", "/api/v1/stories", "/api/v1/trending?day=2026-04-17",
		"/api/v1/corrections", at + "/revisions", "/api/v1/stories/" + reading.Article.ID, "/openapi.json"} {
		var v any
		s.get(path, &v)
	}
	for _, path := range []string{"/healthz", "/readyz", "/metrics"} {
		if resp, body := s.do("GET", path, ""); resp.StatusCode != http.StatusOK {
			t.Errorf("GET %s: %s %s", path, resp.Status, body)
		}
	}
}

func TestAPIAddsOnce(t *testing.T) {
	s := serve(t, nil)
	in := `{"text":"\"It is safe,\" said Zoë Hale.","url":"https://x.example/1"}`
	auth := []string{"Authorization", "Bearer " + s.token}
	for i, want := range []int{http.StatusCreated, http.StatusOK} {
		if resp, body := s.do("POST", "/api/v1/articles", in, auth...); resp.StatusCode != want {
			t.Errorf("time %d: %s %s", i+1, resp.Status, body)
		}
	}
	if z, err := s.store.Size(t.Context()); err != nil || z.Articles != 1 || z.Revisions != 1 {
		t.Errorf("size: got %+v, %v", z, err)
	}
}

// Whoever has an answer already is told so, however they name its tag.
func TestETag(t *testing.T) {
	s := serve(t, nil)
	s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	for _, path := range []string{"/api/v1/statements", "/search?q=bridge", "/search/feed.atom"} {
		resp, _ := s.do("GET", path, "")
		tag := resp.Header.Get("ETag")
		head, _ := s.do("HEAD", path, "")
		for _, name := range []string{"ETag", "Cache-Control", "Content-Type", "Access-Control-Allow-Origin"} {
			if head.StatusCode != resp.StatusCode || head.Header.Get(name) != resp.Header.Get(name) {
				t.Errorf("HEAD %s: %s is %q, of GET %q", path, name, head.Header.Get(name), resp.Header.Get(name))
			}
		}
		for header, want := range map[string]int{
			tag: 304, "W/" + tag: 304, `"other", ` + tag: 304, `W/"a,b",W/` + tag + ` , "c"`: 304, "*": 304,
			`"other"`: 200, strings.Trim(tag, `"`): 200, "": 200,
		} {
			if resp, body := s.do("GET", path, "", "If-None-Match", header); tag == "" || resp.StatusCode != want || (body == "") != (want == 304) || resp.Header.Get("ETag") != tag {
				t.Errorf("%s, tag %s: got %s %q for %s", path, tag, resp.Status, body, header)
			}
		}
		if resp, body := s.do("GET", "/statements/none", "", "If-None-Match", "*"); resp.StatusCode != http.StatusNotFound || body == "" {
			t.Errorf("no page: %s %q", resp.Status, body)
		}
		s.add(`"No bridge is built `+path+`," said Ida Quill.`, "https://herald.example/no"+path, "2026-04-18")
		if resp, _ := s.do("GET", path, "", "If-None-Match", tag); resp.StatusCode != http.StatusOK {
			t.Errorf("%s after a change: got %s", path, resp.Status)
		}
	}
}

// The figures are of all that is served: pages as well as the API.
func TestMetricsCountPages(t *testing.T) {
	s := serve(t, nil)
	for _, path := range []string{"/", "/people/nobody", "/api/v1/statements"} {
		s.do("GET", path, "")
	}
	_, metrics := s.do("GET", "/metrics", "")
	for _, want := range []string{`route="/{$}",status="200"`, `route="/people/{id}",status="404"`, `route="/api/v1/statements",status="200"`} {
		if !strings.Contains(metrics, `quoth_request_seconds_count{method="GET",`+want+"} 1") {
			t.Errorf("the figures lack %s", want)
		}
	}
}

func TestAPIRefuses(t *testing.T) {
	s := serve(t, nil)
	auth := "Bearer " + s.token
	for _, c := range []struct {
		name, method, path, body, auth string
		want                           int
	}{
		{"no such path", "GET", "/api/v1/nothing", "", "", 404},
		{"no such method", "DELETE", "/api/v1/statements", "", "", 405},
		{"no such article", "GET", "/api/v1/articles/none", "", "", 404},
		{"no such person's list", "GET", "/api/v1/people/none/statements", "", "", 404},
		{"no such kind", "GET", "/api/v1/statements?kind=loud", "", "", 422},
		{"bad limit", "GET", "/api/v1/statements?limit=1000", "", "", 422},
		{"bad cursor", "GET", "/api/v1/statements?cursor=%27", "", "", 422},
		{"a cursor of nowhere", "GET", "/api/v1/statements?cursor=zzz", "", "", 422},
		{"a cursor of nowhere in articles", "GET", "/api/v1/articles?cursor=zzz", "", "", 422},
		{"a cursor of nowhere in people", "GET", "/api/v1/people?cursor=1.1", "", "", 422},
		{"no such medium", "GET", "/api/v1/statements?medium=bogus", "", "", 422},
		{"no such medium in q", "GET", "/api/v1/statements?q=medium:bogus", "", "", 422},
		{"too long a phrase", "GET", "/api/v1/statements?q=%22" + strings.Repeat("the+", 100) + "%22", "", "", 422},
		{"no such parameter", "GET", "/api/v1/statements?bogus=1", "", "", 422},
		{"words of articles", "GET", "/api/v1/articles?q=bridge", "", "", 422},
		{"speakers of articles", "GET", "/api/v1/articles?speaker=zoe-hale", "", "", 422},
		{"another speaker than the path's", "GET", "/api/v1/people/zoe-hale/statements?speaker=eric-moss", "", "", 422},
		{"another than the path's", "GET", "/api/v1/people/zoe-hale/about/eric-moss?about=zoe-hale", "", "", 422},
		{"outlets of people", "GET", "/api/v1/people?outlet=Harbour+Herald", "", "", 422},
		{"an order of people", "GET", "/api/v1/people?sort=said", "", "", 422},
		{"a script as address", "POST", "/api/v1/read", `{"text":"a","url":"javascript:alert(1)"}`, "", 422},
		{"a script as address, kept", "POST", "/api/v1/articles", `{"text":"a","url":"javascript:alert(1)"}`, auth, 422},
		{"a site of two lines", "POST", "/api/v1/articles", `{"text":"a","url":"https://x.example/","site":"A\r\nB"}`, auth, 422},
		{"a title of two lines", "POST", "/api/v1/read", `{"text":"a","title":"A\nB"}`, "", 422},
		{"another kind of body", "POST", "/api/v1/read", "\x00", "", 400},
		{"bad date", "GET", "/api/v1/statements?from=yesterday", "", "", 422},
		{"bad date in q", "GET", "/api/v1/statements?q=said:never", "", "", 422},
		{"write without a token", "POST", "/api/v1/articles", `{"text":"x"}`, "", 401},
		{"write with another's token", "POST", "/api/v1/articles", `{"text":"x"}`, "Bearer quoth_" + strings.Repeat("A", 26), 401},
		{"fetch without a token", "POST", "/api/v1/read", `{"url":"https://x.example/"}`, "", 401},
		{"fetch from the server's own network", "POST", "/api/v1/read", `{"url":"http://127.0.0.1:9/"}`, auth, 403},
		{"fetch the cloud's metadata", "POST", "/api/v1/read", `{"url":"http://169.254.169.254/latest/"}`, auth, 403},
		{"fetch a file", "POST", "/api/v1/read", `{"url":"file:///etc/passwd"}`, auth, 403},
		{"nothing", "POST", "/api/v1/read", `{}`, "", 422},
		{"two at once", "POST", "/api/v1/read", `{"text":"a","html":"b"}`, "", 422},
		{"no JSON", "POST", "/api/v1/read", `text`, "", 400},
		{"bad day of printing", "POST", "/api/v1/read", `{"text":"a","date":"tomorrow"}`, "", 422},
		{"too large", "POST", "/api/v1/read", `{"text":"` + strings.Repeat("a", 2<<20) + `"}`, "", 413},
	} {
		resp, body := s.do(c.method, c.path, c.body, "Authorization", c.auth)
		if resp.StatusCode != c.want || !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/problem+json") {
			t.Errorf("%s: got %s %s %s, want %d as a problem", c.name, resp.Status, resp.Header.Get("Content-Type"), body, c.want)
		}
		if strings.Contains(body, s.token) {
			t.Errorf("%s: the answer holds the token", c.name)
		}
		var p api.Problem
		want := map[int]string{404: "not-found", 413: "too-large", 401: "refused", 403: "refused"}[c.want]
		if err := json.Unmarshal([]byte(body), &p); err != nil || p.Code != cmp.Or(want, "invalid") || p.Request == "" || p.Request != resp.Header.Get("X-Request-Id") {
			t.Errorf("%s: got %s", c.name, body)
		}
	}
	for path, want := range map[string]string{"/api/v1/statements": "GET, HEAD", "/api/v1/read": "POST", "/api/v1/feedback/x": "GET, HEAD, PUT, DELETE", "/api/v1/nothing": ""} {
		if resp, _ := s.do("PATCH", path, ""); resp.Header.Get("Allow") != want {
			t.Errorf("PATCH %s: %s, allowed is %q, want %q", path, resp.Status, resp.Header.Get("Allow"), want)
		}
	}
	if _, body := s.do("GET", "/api/v1/articles?speaker=zoe-hale", ""); !strings.Contains(body, `there is no parameter \"speaker\" here`) || !strings.Contains(body, "outlet") {
		t.Errorf("an unknown parameter: %s", body)
	}
}

// A list without anything is [], and a cursor goes on where the answer before ended.
func TestAPILists(t *testing.T) {
	s := serve(t, nil)
	for _, path := range []string{"statements", "people", "articles", "articles?sort=published", "stories", "corrections", "corrections/statements", "facets", "trending"} {
		if resp, body := s.do("GET", "/api/v1/"+path, ""); resp.StatusCode != http.StatusOK || strings.Contains(body, "null") {
			t.Errorf("%s: %s %s", path, resp.Status, body)
		}
	}
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	receipt := "/api/v1/feedback/" + strings.Repeat("r", 22)
	if _, body := s.do("PUT", receipt, `{"kind":"article","target":"`+strings.TrimPrefix(at, "/api/v1/articles/")+`","vote":"yes"}`); !strings.Contains(body, `"reasons":[]`) {
		t.Errorf("an answer: %s", body)
	}
	for _, list := range []string{"statements?q=bridge+OR", "statements", "statements?sort=said", "people", "people/zoe-hale/statements"} {
		seen, path := map[string]bool{}, "/api/v1/"+list
		path += map[bool]string{true: "&", false: "?"}[strings.Contains(list, "?")] + "limit=1"
		for next := "?"; next != ""; {
			var page quoth.Answer[struct{ ID string }]
			s.get(path+map[bool]string{true: "&cursor=" + next, false: ""}[next != "?"], &page)
			for _, item := range page.Items {
				if seen[item.ID] {
					t.Fatalf("%s: %s comes twice", list, item.ID)
				}
				seen[item.ID] = true
			}
			next = page.Next
		}
	}
}

func TestAPIRevokedToken(t *testing.T) {
	s := serve(t, nil)
	list, err := s.store.Tokens(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("tokens: %+v, %v", list, err)
	}
	var said strings.Builder
	if code := run(t.Context(), testEnv(io.Discard, &said), []string{"user", "revoke", "--record", s.record, list[0].ID}); code != exitGood || !strings.Contains(said.String(), list[0].ID+" has ended") {
		t.Fatalf("revoke: exit %d, %s", code, said.String())
	}
	if resp, body := s.do("POST", "/api/v1/articles", `{"text":"x"}`, "Authorization", "Bearer "+s.token); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("got %s %s", resp.Status, body)
	}
}

func TestAPILimitsRequests(t *testing.T) {
	s := serve(t, func(c *ServeCmd) { c.Rate, c.Burst = 0.001, 3 })
	for i, want := range []int{200, 200, 200, 429} {
		if resp, body := s.do("GET", "/healthz", ""); resp.StatusCode != want || want == 429 && !strings.Contains(body, `"code":"too-many","request":"`+resp.Header.Get("X-Request-Id")+`"`) {
			t.Errorf("request %d: got %s %s, want %d", i+1, resp.Status, body, want)
		}
	}
}

func TestServeLogsNoSecret(t *testing.T) {
	var log strings.Builder
	c := &ServeCmd{RecordFlags: RecordFlags{filepath.Join(t.TempDir(), "r.db")}, Rate: 100, Burst: 100, MaxSize: 1 << 20, Timeout: time.Second, Log: "text"}
	served, err := c.wire(t.Context(), testEnv(io.Discard, &log))
	if err != nil {
		t.Fatal(err)
	}
	defer served.close()
	req := httptest.NewRequest("POST", "/api/v1/articles?q=private-words", strings.NewReader(`{"text":"x"}`))
	req.Header.Set("Authorization", "Bearer quoth_SECRETSECRETSECRET")
	req.Header.Set("Content-Type", "application/json")
	served.handler.ServeHTTP(httptest.NewRecorder(), req)
	const receipt = "receiptreceiptreceipt1"
	for _, method := range []string{"GET", "PUT", "DELETE", "PATCH"} {
		served.handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, "/api/v1/feedback/"+receipt, strings.NewReader("{}")))
		served.handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, "/feedback/thanks?r="+receipt, nil))
	}
	for _, secret := range []string{"SECRET", "private-words", receipt, req.RemoteAddr, "192.0.2.1"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %q: %s", secret, log.String())
		}
	}
	if !strings.Contains(log.String(), "/api/v1/articles") {
		t.Errorf("the log does not hold the request: %q", log.String())
	}
}

// deafListener is a listener that nobody calls.
type deafListener struct{ closed chan struct{} }

// Accept implements net.Listener.
func (l deafListener) Accept() (net.Conn, error) {
	<-l.closed
	return nil, net.ErrClosed
}

// Close implements net.Listener.
func (l deafListener) Close() error {
	close(l.closed)
	return nil
}

// Addr implements net.Listener.
func (deafListener) Addr() net.Addr { return &net.TCPAddr{} }

// What a server does beside answering has ended when the server has: the record closes then.
func TestServeWaitsForChores(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var begun, ended int
		done := make(chan error)
		go func() {
			done <- (&ServeCmd{}).serve(ctx, testEnv(io.Discard, io.Discard), http.NotFoundHandler(), deafListener{make(chan struct{})}, []chore{{time.Minute, "", func(ctx context.Context) error {
				begun++
				if begun > 1 {
					<-ctx.Done()
					time.Sleep(time.Hour)
				}
				ended++
				return nil
			}}})
		}()
		time.Sleep(time.Minute + time.Second)
		cancel()
		if err := <-done; err != nil || begun != 2 || ended != 2 {
			t.Errorf("got %v after %d of %d had ended, want 2 of 2", err, ended, begun)
		}
	})
}

// slowAnalyzer reads a page when it is told to.
type slowAnalyzer struct{ begun, end chan struct{} }

// Analyze implements quoth.Analyzer.
func (a slowAnalyzer) Analyze(quoth.Article) ([]quoth.Statement, error) {
	a.begun <- struct{}{}
	<-a.end
	return nil, nil
}

// Pages of strangers are small, and leave places for those who have a token.
func TestAPIReadsLittleForStrangers(t *testing.T) {
	slow := slowAnalyzer{make(chan struct{}), make(chan struct{})}
	s := serveWith(t, func() (quoth.Analyzer, error) { return slow, nil }, func(c *ServeCmd) { c.MaxSize = 4 << 20 })
	large, auth := `{"text":"`+strings.Repeat("a ", 5<<18)+`"}`, "Bearer "+s.token
	if resp, body := s.do("POST", "/api/v1/read", large); resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, `"too-large"`) {
		t.Errorf("a large page of a stranger: %s %s", resp.Status, body)
	}
	long := `{"text":"` + strings.Repeat("a ", 300<<10) + `"}`
	if resp, body := s.do("POST", "/api/v1/read", long); resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, "takes a token") {
		t.Errorf("a long text of a stranger: %s %s", resp.Status, body)
	}
	read := func(body string, header ...string) {
		if resp, body := s.do("POST", "/api/v1/read", body, header...); resp.StatusCode != http.StatusOK {
			t.Errorf("a page that had a place: %s %s", resp.Status, body)
		}
	}
	var all sync.WaitGroup
	defer all.Wait()
	defer close(slow.end)
	for range max(2, runtime.GOMAXPROCS(0)) / 2 {
		all.Go(func() { read(`{"text":"small"}`) })
		<-slow.begun
	}
	resp, body := s.do("POST", "/api/v1/read", `{"text":"small"}`)
	if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" || !strings.Contains(body, `"unavailable"`) {
		t.Errorf("a stranger more than there are places: %s %v %s", resp.Status, resp.Header, body)
	}
	all.Go(func() { read(large, "Authorization", auth) })
	<-slow.begun
}
