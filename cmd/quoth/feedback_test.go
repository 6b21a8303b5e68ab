package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"quoth"
	"quoth/feedback"
)

const receiptA, receiptB = "AAAAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBBBB"

// counts are the answers about an article, those of today too.
func (s *testServer) counts(article string) quoth.FeedbackCount {
	s.t.Helper()
	counts, err := s.store.FeedbackCounts(s.t.Context(), "article", article, time.Now().Add(time.Hour))
	if err != nil {
		s.t.Fatal(err)
	}
	if len(counts) == 0 {
		return quoth.FeedbackCount{}
	}
	return counts[0]
}

func TestFeedback(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	agent := []string{"User-Agent", "Mozilla/5.0 Firefox/140.0"}
	put := func(receipt, body string, want int) string {
		t.Helper()
		resp, answer := s.do("PUT", "/api/v1/feedback/"+receipt, body, agent...)
		if resp.StatusCode != want {
			t.Errorf("PUT %s: %s %s, want %d", body, resp.Status, answer, want)
		}
		return answer
	}
	no := fmt.Sprintf(`{"kind":"article","target":%q,"vote":"no"}`, id)
	// A no counts at the click, and gets its reason later; sent ten times it counts once.
	for range 10 {
		put(receiptA, no, 200)
	}
	if c := s.counts(id); c.No != 1 || c.NoReason != 1 {
		t.Errorf("after the click: %+v", c)
	}
	put(receiptA, strings.Replace(no, `"no"`, `"no","reasons":["ads"],"took_ms":9000`, 1), 200)
	if c := s.counts(id); c.No != 1 || c.Reasons["ads"] != 1 {
		t.Errorf("after the reason: %+v", c)
	}
	// The same reader with another receipt is still one reader.
	put(receiptB, strings.Replace(no, `"no"`, `"yes"`, 1), 200)
	if c := s.counts(id); c.No != 0 || c.Yes != 1 {
		t.Errorf("after a change of mind: %+v", c)
	}
	// Undo takes it away.
	for range 2 {
		if resp, body := s.do("DELETE", "/api/v1/feedback/"+receiptB, ""); resp.StatusCode != http.StatusNoContent {
			t.Errorf("DELETE: %s %s", resp.Status, body)
		}
	}
	if c := s.counts(id); c.Yes+c.No != 0 {
		t.Errorf("after undo: %+v", c)
	}
	if resp, _ := s.do("GET", "/api/v1/feedback/"+receiptB, ""); resp.StatusCode != http.StatusNotFound {
		t.Errorf("what was taken back is still there: %s", resp.Status)
	}
	// What most likely is no reader is thanked, and does not count.
	bot := put(receiptA, strings.Replace(no, `"no"`, `"no","website":"http://spam.example"`, 1), 200)
	if c := s.counts(id); c.No != 0 || c.Excluded != 1 || strings.Contains(bot, "honeypot") {
		t.Errorf("a robot: %+v, told %s", c, bot)
	}
	for body, want := range map[string]int{
		`{"kind":"article","target":"none","vote":"no"}`:                               404,
		`{"kind":"person","target":"x","vote":"no"}`:                                   422,
		strings.Replace(no, `"no"`, `"perhaps"`, 1):                                    422,
		strings.Replace(no, `"no"`, `"no","reasons":["ugly"]`, 1):                      422,
		strings.Replace(no, `"no"`, `"no","reasons":["other"]`, 1):                     422,
		strings.Replace(no, `"no"`, `"no","revision":7`, 1):                            422,
		strings.Replace(no, `"no"`, `"no","text":"`+strings.Repeat("a", 20000)+`"`, 1): 413,
		`[]`: 422, `{`: 400,
	} {
		put(receiptA, body, want)
	}
	put("short", no, 422)
	put(url.PathEscape("../../articles/"+receiptA), no, 422)
}

func TestFeedbackForm(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	page, body := s.do("GET", "/articles/"+id, "")
	for _, want := range []string{"Was this article helpful?", "Why did you not like this content?", "Clickbait / Misleading", "Factually Incorrect", "Hateful or Abusive", "Baseless Opinion", "Too Many Ads", "Other", `data-cancel="Cancel"`, "Submit", `data-thanks="Thank you for feedback"`, "Too few answers (0)"} {
		if !strings.Contains(body, want) {
			t.Errorf("%s: the page lacks %q", page.Status, want)
		}
	}
	form := func(path, site string, v url.Values) *http.Response {
		t.Helper()
		req, err := http.NewRequest("POST", s.URL+path, strings.NewReader(v.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("User-Agent", "Mozilla/5.0 Firefox/140.0")
		req.Header.Set("Sec-Fetch-Site", site)
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp
	}
	v := url.Values{"kind": {"article"}, "target": {id}, "vote": {"no"}, "reason": {"ads"}}
	resp := form("/feedback", "same-origin", v)
	to, err := resp.Location()
	if resp.StatusCode != http.StatusSeeOther || err != nil || to.Path != "/feedback/thanks" {
		t.Fatalf("form: %s to %v", resp.Status, to)
	}
	if c := s.counts(id); c.No != 1 || c.Reasons["ads"] != 1 {
		t.Errorf("after the form: %+v", c)
	}
	if _, body := s.do("GET", to.RequestURI(), ""); !strings.Contains(body, "Thank you for feedback") || !strings.Contains(body, "Undo") {
		t.Errorf("thanks: %s", body)
	}
	if resp := form("/feedback/undo", "same-origin", url.Values{"receipt": {to.Query().Get("r")}, "kind": {"article"}, "target": {id}}); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("undo: %s", resp.Status)
	}
	if c := s.counts(id); c.Yes+c.No != 0 {
		t.Errorf("after undo: %+v", c)
	}
	// Nobody is thanked for an answer that there is none of.
	for _, path := range []string{to.RequestURI(), "/feedback/thanks", "/feedback/thanks?r=x"} {
		if resp, body := s.do("GET", path, ""); resp.StatusCode != http.StatusNotFound || strings.Contains(body, "Thank you") {
			t.Errorf("%s: %s %s", path, resp.Status, visible(body))
		}
	}
	if resp := form("/feedback", "cross-site", v); resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: %s", resp.Status)
	}
	if resp := form("/feedback", "same-origin", url.Values{"kind": {"article"}, "target": {id}, "vote": {"no"}, "reason": {"other"}}); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("other without words: %s", resp.Status)
	}
	if resp := form("/feedback", "same-origin", url.Values{"kind": {"https://evil.example"}, "target": {"//evil.example"}, "vote": {"yes"}}); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a target that leads elsewhere: %s", resp.Status)
	}
}

// A form that cannot be taken comes back with what was written into it and with what is
// wrong, as a page.
func TestFeedbackFormComesBack(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	s := serve(t, func(c *ServeCmd) {
		c.now, c.AnswerLimit, c.Burst = func() time.Time { return now }, 2, 6
	})
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	reader := s.browser()
	form := url.Values{"kind": {"article"}, "target": {id}, "vote": {"no"}, "reason": {"other"}, "source": {"https://x.example/1"}}
	resp, body := reader.post("/feedback", form)
	for _, want := range []string{"say what it is", `value="no" checked`, `value="other" checked`, `value="https://x.example/1"`, "Was this article helpful?", `href="/articles/` + id + `"`, `content="noindex"`} {
		if resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, want) {
			t.Errorf("other without words: %s, lacks %q: %s", resp.Status, want, body)
		}
	}
	form.Set("source", "no address")
	form.Set("text", "A <b>bold</b> claim.")
	form.Set("framed", "1")
	if resp, body := reader.post("/feedback", form); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "source is no address") || !strings.Contains(body, "A &lt;b&gt;bold&lt;/b&gt; claim.") || !strings.Contains(body, `class="site-page framed"`) {
		t.Errorf("no address: %s %s", resp.Status, body)
	}
	form.Set("source", "")
	for range 2 {
		reader.post("/feedback", form)
	}
	if resp, body := reader.post("/feedback", form); resp.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, "bold") || resp.Header.Get("Retry-After") == "" {
		t.Errorf("too many answers: %s %s", resp.Status, body)
	}
	reader.post("/feedback", form)
	if resp, body := reader.post("/feedback", form); resp.StatusCode != http.StatusTooManyRequests || !strings.Contains(body, "wait a second") || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
		t.Errorf("too many requests: %s %s", resp.Status, body)
	}
}

// TestFeedbackOfManyAtOnce answers from many sides at once: every answer that was
// acknowledged is kept.
func TestFeedbackOfManyAtOnce(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	const answers = 400
	var work sync.WaitGroup
	for n := range 8 {
		work.Go(func() {
			for i := n; i < answers; i += 8 {
				receipt := fmt.Sprintf("receipt-%020d", i)
				// Each from a browser and target of its own, so that none replaces another.
				body, _ := json.Marshal(map[string]any{"kind": "article", "target": id, "vote": "yes"})
				resp, got := s.do("PUT", "/api/v1/feedback/"+receipt, string(body), "User-Agent", "Mozilla/5.0 Firefox/140.0")
				if resp.StatusCode != http.StatusOK {
					t.Errorf("answer %d: %s %s", i, resp.Status, got)
				}
			}
		})
	}
	work.Wait()
	// One network address is one reader, however many receipts it has.
	if c := s.counts(id); c.Yes != 1 {
		t.Errorf("one address counts %d times", c.Yes)
	}
}

// What tells two readers of a day apart is emptied when it is two days old, and not before.
func TestVisitorsAreForgotten(t *testing.T) {
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	s := serve(t, func(c *ServeCmd) { c.now = func() time.Time { return now } })
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	if resp, body := s.do("PUT", "/api/v1/feedback/"+receiptA, fmt.Sprintf(`{"kind":"article","target":%q,"vote":"no"}`, id)); resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status, body)
	}
	sum := sha256.Sum256([]byte("receipt\x00" + receiptA))
	visitor := func() string {
		t.Helper()
		f, err := s.store.FeedbackOf(t.Context(), hex.EncodeToString(sum[:]))
		if err != nil {
			t.Fatal(err)
		}
		return f.Visitor
	}
	box := feedback.New(s.store, s.store, func() time.Time { return now }, feedback.Limits{})
	defer box.Close()
	for _, c := range []struct {
		after   time.Duration
		isThere bool
	}{{0, true}, {47 * time.Hour, true}, {96 * time.Hour, false}} {
		now = now.Add(c.after)
		if err := box.Forget(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := visitor(); (got != "") != c.isThere {
			t.Errorf("after %s more the visitor is %q", c.after, got)
		}
	}
}

// Too many answers are refused with the time to wait, and what cannot be meant costs nobody
// their turn.
func TestAnswersAreBounded(t *testing.T) {
	now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	s := serve(t, func(c *ServeCmd) { c.now, c.AnswerLimit = func() time.Time { return now }, 20 })
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	put := func(n int, vote string) *http.Response {
		t.Helper()
		resp, _ := s.do("PUT", fmt.Sprintf("/api/v1/feedback/receipt-receipt-%08d", n), fmt.Sprintf(`{"kind":"article","target":%q,"vote":%q}`, id, vote), "User-Agent", "Mozilla/5.0 Firefox/140.0")
		return resp
	}
	for n := range 50 { // refused for what they say
		if resp := put(n, "perhaps"); resp.StatusCode != http.StatusUnprocessableEntity {
			t.Fatalf("answer %d: %s", n, resp.Status)
		}
	}
	most := feedback.LimitsOf(20).Visitor
	for n := range most + 3 {
		want := http.StatusOK
		if n >= most {
			want = http.StatusTooManyRequests
		}
		if resp := put(n, "yes"); resp.StatusCode != want || want == http.StatusTooManyRequests && resp.Header.Get("Retry-After") == "" {
			t.Errorf("answer %d: %s, want %d; %v", n, resp.Status, want, resp.Header)
		}
	}
	form := url.Values{"kind": {"article"}, "target": {id}, "vote": {"yes"}}
	if resp, body := s.browser().post("/feedback", form); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("another browser at the same address: %s %s", resp.Status, visible(body))
	}
	now = now.Add(time.Minute)
	if resp := put(99, "yes"); resp.StatusCode != http.StatusOK {
		t.Errorf("a minute later: %s", resp.Status)
	}
}

// Bodies that no dialog sends change nothing, whatever they hold. QUOTH_TEST_HOSTILE is how
// many are tried.
func TestHostileAnswers(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("QUOTH_TEST_HOSTILE"))
	if err != nil {
		n = 5000
	}
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]
	good := fmt.Sprintf(`{"kind":"article","target":%q,"vote":"no","reasons":["ads"],"took_ms":9000}`, id)
	put := func(receipt, body string) int {
		req := httptest.NewRequest(http.MethodPut, "/api/v1/feedback/"+url.PathEscape(receipt), strings.NewReader(body))
		req.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		s.served.handler.ServeHTTP(w, req)
		return w.Code
	}
	if got := put(receiptA, good); got != http.StatusOK {
		t.Fatalf("a good answer: %d", got)
	}
	values := []string{`null`, `[]`, `{}`, `-1`, `1e999`, `9007199254740993`, `"` + strings.Repeat("x", 3000) + `"`, `"\ud800"`, `"<script>alert(1)</script>"`, `"'; drop table feedback; --"`, `"../../etc/passwd"`, `true`, `["ads","ads"]`, `[["ads"]]`, `"maybe"`, `"statement"`}
	fields := []string{"kind", "target", "vote", "reasons"}
	random := rand.New(rand.NewPCG(1, 2))
	before := s.counts(id)
	for range n {
		body := good
		switch random.IntN(5) {
		case 0: // cut off
			body = body[:random.IntN(len(body))]
		case 1: // a field of another kind
			field, value := fields[random.IntN(len(fields))], values[random.IntN(len(values))]
			if field == "reasons" && (value == "null" || value == "[]") || field == "kind" && value == `"statement"` {
				value = "-1" // those are no fault
			}
			body = regexp.MustCompile(`"`+field+`":("[^"]*"|\[[^\]]*\])`).ReplaceAllLiteralString(body, `"`+field+`":`+value)
		case 2: // bytes that are none of JSON's, where they matter
			b := []byte(body)
			b[random.IntN(8)] = byte(1 + random.IntN(31))
			body = string(b)
		case 3: // nested without end
			body = strings.Repeat(`{"kind":`, 200+random.IntN(2000))
		case 4: // a field that there is not
			body = strings.Replace(body, "{", `{"`+strconv.Itoa(random.IntN(1e6))+`":`+values[random.IntN(len(values))]+`,`, 1)
		}
		receipt := newReceipt()
		if random.IntN(4) == 0 {
			receipt = []string{"x", strings.Repeat("y", 129), "../../../../../etc/passwd", "' or 1=1 --", "\x00\x00\x00"}[random.IntN(5)]
		}
		if code := put(receipt, body); code < 400 || code >= 500 {
			t.Fatalf("%d for %q by %q", code, body[:min(len(body), 300)], receipt)
		}
	}
	if after := s.counts(id); !reflect.DeepEqual(after, before) {
		t.Errorf("%+v after %d of them, %+v before", after, n, before)
	}
}
