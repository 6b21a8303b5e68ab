package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"quoth"
)

// demoPages are pages of every kind of the made-up week.
func demoPages(s *testServer) map[string]string {
	s.t.Helper()
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements?q=ferry+is+not+unsafe", &list)
	st := list.Items[0]
	var stories quoth.Answer[quoth.Story]
	s.get("/api/v1/stories", &stories)
	if resp, body := s.do("PUT", "/api/v1/feedback/"+receiptA, fmt.Sprintf(`{"kind":"article","target":%q,"vote":"yes"}`, st.Article.ID)); resp.StatusCode != http.StatusOK {
		s.t.Fatalf("an answer: %s %s", resp.Status, body)
	}
	return map[string]string{"front": "/", "search": "/search?q=ferry", "nothing": "/search?q=zeppelin", "people": "/people", "person": "/people/owen-castellan", "told": "/people/felix-strand?side=about",
		"pair": "/people/mara-lindqvist/and/felix-strand", "article": "/articles/" + st.Article.ID, "articles": "/articles", "statement": "/statements/" + st.ID,
		"stories": "/stories", "story": "/stories/" + stories.Items[0].ID, "trending": "/trending", "method": "/method", "privacy": "/privacy", "statistics": "/statistics", "thanks": "/feedback/thanks?r=" + receiptA + "&kind=article&target=" + st.Article.ID, "embed": "/embed?url=" + url.QueryEscape(st.Article.URL), "corrections": "/corrections", "missing": "/nowhere"}
}

// axe-core finds nothing to complain of on any page, in either theme, at the widths of a
// phone and a desk. QUOTH_AXE names its axe.min.js; ./test gets it.
func TestAccessibility(t *testing.T) {
	axe := axeCore(t)
	s := serveDemo(t)
	pages := demoPages(s)
	for _, width := range []int64{390, 1280} {
		ctx := browser(t, width)
		for _, theme := range []string{"light", "dark"} {
			setTheme(t, ctx, theme)
			for kind, path := range pages {
				if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+path)); err != nil {
					t.Fatal(err)
				}
				if v := violations(t, ctx, axe); v != "" {
					t.Errorf("%s, %s, %d wide:\n%s", kind, theme, width, v)
				}
			}
		}
	}
}

// axeCore is the script of axe-core.
func axeCore(t *testing.T) string {
	t.Helper()
	name := os.Getenv("QUOTH_AXE")
	if name == "" {
		t.Skip("QUOTH_AXE names no axe.min.js; ./test gets it")
	}
	axe, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(axe)
}

// setTheme makes the browser prefer a light or a dark page.
func setTheme(t *testing.T, ctx context.Context, theme string) {
	t.Helper()
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
}

// violations is what axe-core complains of on the page.
func violations(t *testing.T, ctx context.Context, axe string) string {
	t.Helper()
	evaluate[bool](t, ctx, axe+"; true")
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string](`axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.map((v) => v.id + ": " + v.help + " at " + v.nodes.slice(0, 3).map((n) => n.html).join(" and ")).join("\n"))`, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// loaded are the addresses that a page loads.
var loaded = regexp.MustCompile(`(?:<script[^>]* src|<link rel="stylesheet"[^>]* href|<img[^>]* src)="([^"]+)"`)

// Pages are light: with all that they load, 40 KB packed at most, and nothing from elsewhere.
func TestPageWeight(t *testing.T) {
	s := serveDemo(t)
	packed := func(body string) int {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		fmt.Fprint(z, body)
		z.Close()
		return b.Len()
	}
	for kind, path := range demoPages(s) {
		resp, body := s.do("GET", path, "")
		if resp.StatusCode != http.StatusOK && kind != "missing" {
			t.Errorf("%s: %s", kind, resp.Status)
		}
		weight := packed(body)
		for _, m := range loaded.FindAllStringSubmatch(body, -1) {
			if !strings.HasPrefix(m[1], "/") || strings.HasPrefix(m[1], "//") {
				t.Errorf("%s loads %s", kind, m[1])
				continue
			}
			_, asset := s.do("GET", m[1], "")
			weight += packed(asset)
		}
		if weight > 40<<10 {
			t.Errorf("%s weighs %d bytes, 40 KB at most", kind, weight)
		}
	}
}
