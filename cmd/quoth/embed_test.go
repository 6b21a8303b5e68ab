package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// A publisher's page asks its readers by one line of HTML, and only a publisher's does.
func TestEmbed(t *testing.T) {
	const article = "https://herald.example/bridge"
	var s *testServer
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<!doctype html><title>Bridge</title><h1>Bridge</h1><script async src="%s/embed.js" data-url="%s"></script>`, s.URL, r.URL.Query().Get("of"))
	}))
	defer page.Close()
	s = serve(t, func(c *ServeCmd) { c.EmbedOrigin = []string{page.URL} })
	at := s.add(bridgeText, article, "2026-04-17")
	id := at[strings.LastIndexByte(at, '/')+1:]

	resp, body := s.do("GET", "/embed?url="+url.QueryEscape(article), "")
	if !strings.Contains(resp.Header.Get("Content-Security-Policy"), "frame-ancestors "+page.URL) || !strings.Contains(body, "Was this article helpful?") || len(resp.Cookies()) > 0 {
		t.Errorf("the frame: %s %s", resp.Header.Get("Content-Security-Policy"), visible(body))
	}
	if resp, _ := s.browser().post("/feedback", url.Values{"kind": {"article"}, "target": {id}, "vote": {"perhaps"}, "framed": {"1"}}); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(resp.Header.Get("Content-Security-Policy"), page.URL) {
		t.Errorf("what is wrong with a form in the frame is not shown in it: %s %s", resp.Status, resp.Header.Get("Content-Security-Policy"))
	}
	for path, status := range map[string]int{"/embed?url=https%3A%2F%2Fherald.example%2Fnothing": 404, "/embed": 404} {
		if resp, body := s.do("GET", path, ""); resp.StatusCode != status || strings.Contains(body, "helpful") {
			t.Errorf("%s: %s %s", path, resp.Status, visible(body))
		}
	}
	if resp, _ := s.do("GET", "/articles/"+id, ""); !strings.HasSuffix(resp.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Errorf("another page may be framed: %s", resp.Header.Get("Content-Security-Policy"))
	}
	_, script := s.do("GET", "/embed.js", "")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, script)
	z.Close()
	if packed.Len() > 5<<10 || packed.Len() < 200 {
		t.Errorf("the script has %d bytes", packed.Len())
	}
	// The form that needs no script goes round within the frame.
	form := url.Values{"kind": {"article"}, "target": {id}, "vote": {"yes"}, "framed": {"1"}}
	reader := s.browser()
	answered, _ := reader.post("/feedback", form)
	thanks, body := s.do("GET", answered.Header.Get("Location"), "")
	if !strings.Contains(thanks.Header.Get("Content-Security-Policy"), page.URL) || !strings.Contains(body, "Thank you") {
		t.Errorf("the thanks: %s %s", thanks.Header.Get("Content-Security-Policy"), visible(body))
	}

	for _, width := range []int64{390, 1280} {
		ctx := browser(t, width)
		if err := chromedp.Do(ctx, chromedp.Navigate(page.URL+"/?of="+url.QueryEscape(article))); err != nil {
			t.Fatal(err)
		}
		until(t, ctx, `parseInt(document.querySelector("iframe")?.style.height) > 60`)
		low := evaluate[int](t, ctx, `parseInt(document.querySelector("iframe").style.height)`)
		if low > 400 {
			t.Errorf("the frame is %d high before anybody answers", low)
		}
		before := s.counts(id)
		// A click into the frame: on "No", which is the second button.
		evaluate[bool](t, ctx, `(document.querySelector("iframe").focus(), true)`)
		if err := chromedp.Do(ctx, chromedp.KeyEvent("\t"), chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r")); err != nil {
			t.Fatal(err)
		}
		until(t, ctx, fmt.Sprintf(`parseInt(document.querySelector("iframe").style.height) > %d + 150`, low))
		shoot(t, ctx, fmt.Sprintf("embed-%d", width))
		deadline := time.Now().Add(10 * time.Second)
		for s.counts(id).No == before.No && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
		}
		if after := s.counts(id); after.No != before.No+1 && after.No != 1 {
			t.Errorf("%d wide: %+v after %+v", width, after, before)
		}
	}
	// A page of nobody's shows no frame.
	ctx := browser(t, 800)
	other := strings.Replace(page.URL, "127.0.0.1", "localhost", 1)
	if err := chromedp.Do(ctx, chromedp.Navigate(other+"/?of="+url.QueryEscape(article)), chromedp.WaitReady("iframe")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	if h := evaluate[string](t, ctx, `document.querySelector("iframe").style.height`); h != "0px" {
		t.Errorf("on a page that may not: %s high", h)
	}
}

func TestEmbedOrigins(t *testing.T) {
	for origin, isGood := range map[string]bool{"https://paper.example": true, "http://127.0.0.1:80": true, "paper.example": false, "https://Paper.example": false, "https://paper.example/": false, "https://*": false, "https://a.example; script-src *": false, "javascript:x": false, "": false} {
		err := (&ServeCmd{Rate: 1, Burst: 1, EmbedOrigin: []string{origin}}).Validate()
		if (err == nil) != isGood {
			t.Errorf("%q: %v", origin, err)
		}
	}
}
