package feed

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"quoth"
)

const herald = "https://herald.example"

func TestPollReads(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	fmt.Fprint(z, `<urlset><url><loc>https://herald.example/a</loc></url></urlset>`)
	z.Close()
	utf16 := []byte{0xff, 0xfe}
	for _, r := range `<rss version="2.0"><channel><item><title>Zoë</title><link>/a</link></item></channel></rss>` {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	cases := []struct {
		name, contentType, body string
		want                    []Item
	}{
		{"rss", "application/rss+xml", `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><item><title>The lamp</title><link>https://herald.example/a</link><guid isPermaLink="false">7</guid><pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate></item></channel></rss>`,
			[]Item{{URL: herald + "/a", GUID: "7", Title: "The lamp", Published: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}}},
		{"rss 1.0", "text/xml", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="x"><title>Lamp</title><link>https://herald.example/a</link></item></rdf:RDF>`,
			[]Item{{URL: herald + "/a", Title: "Lamp"}}},
		{"rss whose guid is the address", "text/xml", `<rss version="2.0"><channel><item><guid>https://herald.example/a</guid></item></channel></rss>`,
			[]Item{{URL: herald + "/a", GUID: herald + "/a"}}},
		{"atom", "application/atom+xml", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id><title type="html">A &lt;b&gt;bold&lt;/b&gt; lamp</title><link href="/a"/><updated>2026-11-02T09:00:00Z</updated></entry></feed>`,
			[]Item{{URL: herald + "/a", GUID: "urn:1", Title: "A bold lamp", Published: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}}},
		{"json feed", "application/feed+json", `{"version":"https://jsonfeed.org/version/1.1","title":"H","items":[{"id":"1","url":"https://herald.example/a","title":"Lamp","date_published":"2026-11-02T09:00:00Z"}]}`,
			[]Item{{URL: herald + "/a", GUID: "1", Title: "Lamp", Published: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}}},
		{"sitemap", "application/xml", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> https://herald.example/a </loc><lastmod>2026-11-02</lastmod></url></urlset>`,
			[]Item{{URL: herald + "/a", Published: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)}}},
		{"news sitemap", "application/xml", `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://herald.example/a</loc><n:news><n:publication_date>2026-11-02T09:00:00Z</n:publication_date><n:title>Lamp</n:title></n:news></url></urlset>`,
			[]Item{{URL: herald + "/a", Title: "Lamp", Published: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}}},
		{"sitemap in gzip", "application/gzip", zipped.String(), []Item{{URL: herald + "/a"}}},
		{"tracking, fragment, host and port", "text/xml", rss("HTTPS://Herald.Example:443/a?utm_source=x&amp;id=3&amp;fbclid=9#top"), []Item{{URL: herald + "/a?id=3"}}},
		{"windows-1252 that says UTF-8", "text/xml", "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><item><title>Caf\xe9 \x93open\x94</title><link>/a</link></item></channel></rss>",
			[]Item{{URL: herald + "/a", Title: "Café “open”"}}},
		{"latin-1 as declared", "text/xml", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><rss version=\"2.0\"><channel><item><title>Caf\xe9</title><link>/a</link></item></channel></rss>",
			[]Item{{URL: herald + "/a", Title: "Café"}}},
		{"UTF-16", "text/xml", string(utf16), []Item{{URL: herald + "/a", Title: "Zoë"}}},
		{"windows-1251 as declared", "text/xml; charset=iso-8859-1", "<?xml version='1.0'\n encoding = 'windows-1251' standalone='yes'?><rss version=\"2.0\"><channel><item><title>\xcc\xee\xf1\xf2</title><link>/a</link></item></channel></rss>",
			[]Item{{URL: herald + "/a", Title: "Мост"}}},
		{"UTF-16 in name only", "text/xml; charset=utf-16", `<?xml version="1.0" encoding="UTF-16"?>` + rss("/a"), []Item{{URL: herald + "/a"}}},
		{"control characters and entities", "text/xml", "<rss version=\"2.0\"><channel><item><title>A\x0b&nbsp;lamp</title><link>/a</link></item></channel></rss>",
			[]Item{{URL: herald + "/a", Title: "A lamp"}}},
		{"script in a title", "text/xml", `<rss version="2.0"><channel><item><title><![CDATA[<script>alert(1)</script>Lamp<img src=x onerror=alert(1)>]]></title><link>/a</link></item></channel></rss>`,
			[]Item{{URL: herald + "/a", Title: "Lamp"}}},
		{"addresses that are none", "text/xml", rss("javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "", "https:///x", "/a"), []Item{{URL: herald + "/a"}}},
		{"the same twice", "text/xml", rss("/a", "/a#b"), []Item{{URL: herald + "/a"}}},
		{"no entries", "text/xml", rss(), nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.put(herald+"/feed", c.contentType, c.body)
			got, state, err := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, State{})
			if err != nil {
				t.Fatal(err)
			}
			for i := range c.want {
				c.want[i].Source = herald + "/feed"
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%+v, want\n%+v", got, c.want)
			}
			// The state survives storing, and nothing comes twice.
			var kept State
			text, _ := json.Marshal(state)
			if err := json.Unmarshal(text, &kept); err != nil {
				t.Fatal(err)
			}
			again, _, err := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, kept)
			if err != nil || len(again) != 0 {
				t.Errorf("second poll: %v, %v, want nothing new", again, err)
			}
		})
	}
}

func TestPollRefuses(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 60 {
		z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	z.Close()
	lol := `<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
	cases := []struct {
		name, contentType, body string
		want                    quoth.Code
	}{
		{"nothing", "text/xml", "", quoth.Invalid},
		{"text", "text/plain", "no feed", quoth.Invalid},
		{"a page that names no feed", "text/html", "<html><body>Herald</body></html>", quoth.Invalid},
		{"a picture", "image/png", "\x89PNG\r\n\x1a\n", quoth.Invalid},
		{"JSON that is none", "application/json", `{"items": 7`, quoth.Invalid},
		{"XML that breaks off", "text/xml", `<rss version="2.0"><channel><item><title>A`, quoth.Invalid},
		{"gzip that is none", "application/gzip", "\x1f\x8b junk", quoth.Invalid},
		{"gzip bomb", "application/gzip", bomb.String(), quoth.TooLarge},
		{"deep XML", "text/xml", `<rss version="2.0"><channel>` + strings.Repeat("<a>", 100_000), quoth.TooLarge},
		{"deep JSON", "application/json", `{"items":` + strings.Repeat("[", 100_000), quoth.TooLarge},
		{"wide XML", "text/xml", `<rss version="2.0"><channel>` + strings.Repeat("<item/>", 400_000) + `</channel></rss>`, quoth.TooLarge},
		{"wide JSON", "application/json", `{"items":[` + strings.Repeat("{},", 400_000) + `{}]}`, quoth.TooLarge},
	}
	for _, c := range cases {
		w := newWorld(t)
		w.put(herald+"/feed", c.contentType, c.body)
		got, state, err := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, State{})
		if quoth.CodeOf(err) != c.want || len(got) != 0 || state.Failures != 1 {
			t.Errorf("%s: got %v, %v and %d failures, want code %s", c.name, got, err, state.Failures, c.want)
		}
	}
	// Entities that a document defines are never expanded.
	w := newWorld(t)
	w.put(herald+"/feed", "text/xml", lol+`<rss version="2.0"><channel><item><title>&b;</title><link>/a</link></item></channel></rss>`)
	if got, _, err := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, State{}); err == nil && strings.Contains(got[0].Title, "lol") {
		t.Errorf("the title is %q", got[0].Title)
	}
}

func TestPollOrdersAndLimits(t *testing.T) {
	w := newWorld(t)
	w.put(herald+"/feed", "text/xml", rss("/undated", "/new Tue, 03 Nov 2026 10:00:00 GMT", "/old Sun, 01 Nov 2026 10:00:00 GMT", "/mid Mon, 02 Nov 2026 10:00:00 GMT"))
	got, _, err := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, State{})
	if err != nil {
		t.Fatal(err)
	}
	wantURLs(t, got, herald+"/old", herald+"/mid", herald+"/new", herald+"/undated")
	got, state, err := w.watcher(Options{Pause: -1, MaxEntries: 2}).Poll(t.Context(), Source{URL: herald + "/feed"}, State{})
	if err != nil {
		t.Fatal(err)
	}
	wantURLs(t, got, herald+"/new", herald+"/undated")
	if again, _, _ := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, state); len(again) != 0 {
		t.Errorf("entries over the limit came later: %v", urls(again))
	}
	if again, _, _ := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, state.Forget(got[0])); len(again) != 1 {
		t.Errorf("after Forget got %v, want the entry again", urls(again))
	}
}

// An entry whose address changes but whose GUID does not is the same, and so is one whose
// GUID changes but whose address does not.
func TestPollKnowsEntries(t *testing.T) {
	entry := `<rss version="2.0"><channel><item><link>%s</link><guid isPermaLink="false">%s</guid></item></channel></rss>`
	w := newWorld(t)
	var state State
	for _, c := range []struct {
		link, guid string
		want       int
	}{{"/a", "1", 1}, {"/a-corrected", "1", 0}, {"/a", "2", 0}, {"/b", "3", 1}} {
		w.put(herald+"/feed", "text/xml", fmt.Sprintf(entry, c.link, c.guid))
		var got []Item
		var err error
		got, state, err = w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, state)
		if err != nil || len(got) != c.want {
			t.Errorf("%s with GUID %s: %d entries, %v, want %d", c.link, c.guid, len(got), err, c.want)
		}
	}
}

// What is seen is bounded, and what the feed still has is never forgotten.
func TestStateIsBounded(t *testing.T) {
	s := State{}
	var last []Item
	for round := range 20 {
		last = nil
		for i := range 1000 {
			last = append(last, Item{URL: fmt.Sprintf("%s/%d/%d", herald, round, i), GUID: fmt.Sprint(round, i)})
		}
		if got := s.sift(last, 5000); len(got) != 1000 {
			t.Fatalf("round %d: %d entries are new, want 1000", round, len(got))
		}
	}
	if len(s.Seen) > minSeen {
		t.Errorf("%d entries are remembered, want at most %d", len(s.Seen), minSeen)
	}
	if got := s.sift(last, 5000); len(got) != 0 {
		t.Errorf("%d entries came twice", len(got))
	}
}

func TestPollAsksForChanges(t *testing.T) {
	w := newWorld(t)
	version := 1
	w.pages[herald+"/feed"] = func(rw http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf(`"v%d"`, version)
		rw.Header().Set("ETag", tag)
		rw.Header().Set("Last-Modified", "Mon, 02 Nov 2026 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == tag && r.Header.Get("If-Modified-Since") != "" {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(rw, rss("/1", fmt.Sprintf("/%d", version)))
	}
	watcher := w.watcher(Options{Pause: -1})
	var state State
	for i, want := range [][]string{{herald + "/1"}, nil, {herald + "/3"}, nil} {
		if i == 2 {
			version = 3
		}
		var got []Item
		var err error
		got, state, err = watcher.Poll(t.Context(), Source{URL: herald + "/feed"}, state)
		if err != nil {
			t.Fatal(err)
		}
		wantURLs(t, got, want...)
	}
	if header := w.asked[len(w.asked)-1].header; header.Get("If-None-Match") != `"v3"` {
		t.Errorf("asked with %v, want the last ETag", header)
	}
}

func TestPollDiscovers(t *testing.T) {
	w := newWorld(t)
	w.put(herald+"/", "text/html", `<!doctype html><head><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments"><link rel="alternate" type="application/rss+xml" href="/feed?utm_source=page"></head>`)
	w.put(herald+"/feed?utm_source=page", "text/xml", rss("/a"))
	watcher := w.watcher(Options{Pause: -1})
	source := Source{URL: herald + "/"}
	got, state, err := watcher.Poll(t.Context(), source, State{})
	if err != nil {
		t.Fatal(err)
	}
	wantURLs(t, got, herald+"/a")
	// The next poll goes to the feed; when that is gone, back to the page.
	delete(w.pages, herald+"/feed?utm_source=page")
	if _, state, err = watcher.Poll(t.Context(), source, state); quoth.CodeOf(err) != quoth.NotFound || state.Feed != "" {
		t.Errorf("got %v with feed %q, want not-found and the page next time", err, state.Feed)
	}
	w.put(herald+"/", "text/html", `<link rel="alternate" type="application/atom+xml" href="/atom">`)
	w.put(herald+"/atom", "text/xml", rss("/a", "/b"))
	if got, _, err = watcher.Poll(t.Context(), source, state); err != nil {
		t.Fatal(err)
	}
	wantURLs(t, got, herald+"/b")
	// A page that names itself as its feed ends there.
	w.put(herald+"/", "text/html", `<link rel="alternate" type="application/atom+xml" href="/">`)
	if _, _, err = watcher.Poll(t.Context(), source, State{}); quoth.CodeOf(err) != quoth.Invalid {
		t.Errorf("got %v, want invalid", err)
	}
}

func TestPollReadsIndex(t *testing.T) {
	w := newWorld(t)
	index := `<sitemapindex><sitemap><loc>/gone.xml</loc><lastmod>2026-11-09</lastmod></sitemap><sitemap><loc>/sitemapindex.xml</loc><lastmod>2026-11-10</lastmod></sitemap>`
	for i := range 20 {
		index += fmt.Sprintf("<sitemap><loc>/s%d.xml</loc><lastmod>2026-10-%02d</lastmod></sitemap>", i, i+1)
		w.put(fmt.Sprintf("%s/s%d.xml", herald, i), "text/xml", fmt.Sprintf("<urlset><url><loc>/%d</loc><lastmod>2026-10-%02d</lastmod></url></urlset>", i, i+1))
	}
	w.put(herald+"/sitemapindex.xml", "text/xml", index+"</sitemapindex>")
	got, _, err := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/sitemapindex.xml"}, State{})
	if quoth.CodeOf(err) != quoth.NotFound {
		t.Errorf("got %v, want that one part is not found", err)
	}
	wantURLs(t, got, herald+"/14", herald+"/15", herald+"/16", herald+"/17", herald+"/18", herald+"/19")
}

func TestRobots(t *testing.T) {
	cases := []struct {
		name, robots string
		status       int
		want         quoth.Code
	}{
		{"none", "", 404, ""},
		{"forbidden, as none", "", 403, ""},
		{"empty", "", 200, ""},
		{"all for all", "User-agent: *\nDisallow: /\n", 200, quoth.Refused},
		{"the longer rule wins", "User-agent: *\nDisallow: /\nAllow: /feed\n", 200, ""},
		{"ours is named", "User-agent: *\nAllow: /\n\nUser-agent: Quoth\nDisallow: /feed\n", 200, quoth.Refused},
		{"another is named", "User-agent: otherbot\nDisallow: /\n", 200, ""},
		{"wildcard", "User-agent: *\nDisallow: /*ee\n", 200, quoth.Refused},
		{"a byte order mark, comments, nonsense", "\ufeffHello there\nUser-agent: * # all\nCrawl-delay: often\nNoindex: /x\nDisallow: /feed\n", 200, quoth.Refused},
		{"broken server", "", 503, quoth.Unavailable},
		{"too many requests", "", 429, quoth.Unavailable},
	}
	for _, c := range cases {
		w := newWorld(t)
		w.put(herald+"/feed", "text/xml", rss("/a"))
		w.pages[herald+"/robots.txt"] = func(rw http.ResponseWriter, _ *http.Request) {
			rw.WriteHeader(c.status)
			fmt.Fprint(rw, c.robots)
		}
		_, _, err := w.watcher(Options{Pause: -1}).Poll(t.Context(), Source{URL: herald + "/feed"}, State{})
		if quoth.CodeOf(err) != c.want {
			t.Errorf("%s: got %v, want code %q", c.name, err, c.want)
		}
		if asked := len(w.addresses()) > 0; asked != (c.want == "") {
			t.Errorf("%s: asked for %v", c.name, w.addresses())
		}
	}
}

// A host gets one request at a time (the world checks it), with a pause between, or its
// own crawl-delay; robots.txt is asked for once a day.
func TestPause(t *testing.T) {
	for _, c := range []struct {
		robots string
		want   time.Duration
	}{{"", 2 * time.Second}, {"User-agent: *\nCrawl-delay: 7.5\n", 7500 * time.Millisecond}, {"User-agent: *\nCrawl-delay: 1\n", 2 * time.Second}} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			w.took = 100 * time.Millisecond
			w.put(herald+"/robots.txt", "text/plain", c.robots)
			var sources []Source
			for i := range 5 {
				sources = append(sources, Source{URL: fmt.Sprintf("%s/%d.xml", herald, i)})
				w.put(sources[i].URL, "text/xml", rss("/a"))
			}
			var got collector
			if err := w.watcher(Options{}).RunOnce(t.Context(), sources, &got, got.sink()); err != nil {
				t.Fatal(err)
			}
			if len(w.asked) != 6 {
				t.Errorf("%d requests, want 6", len(w.asked))
			}
			for i := 2; i < len(w.asked); i++ {
				if gap := w.asked[i].at.Sub(w.asked[i-1].at); gap < c.want {
					t.Errorf("%q: %v between two requests, want %v", c.robots, gap, c.want)
				}
			}
		})
	}
}

// Hosts do not wait for each other, and no more than Jobs requests are under way.
func TestHostsGoTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.took = time.Second
		var sources []Source
		for i := range 12 {
			sources = append(sources, Source{URL: fmt.Sprintf("https://h%d.example/feed", i)})
			w.put(sources[i].URL, "text/xml", rss("/a"))
		}
		var got collector
		began := time.Now()
		if err := w.watcher(Options{Pause: -1, Jobs: 4}).RunOnce(t.Context(), sources, &got, got.sink()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 6*time.Second || len(got.taken) != 12 {
			t.Errorf("24 requests of 1s, 4 at once, took %v and gave %d entries; want 6s and 12", took, len(got.taken))
		}
	})
}

func TestRunPollsOnAndBacksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		began := time.Now()
		w.pages[herald+"/feed"] = func(rw http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(rw, rss(fmt.Sprintf("/%d", int(time.Since(began).Minutes()))))
		}
		broken, busy := "https://broken.example/feed", "https://busy.example/feed"
		w.pages[broken] = func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusBadGateway) }
		w.pages[busy] = func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Retry-After", "18000")
			rw.WriteHeader(http.StatusTooManyRequests)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Hour+time.Minute)
		defer cancel()
		var got collector
		err := w.watcher(Options{Every: time.Hour}).Run(ctx, []Source{{URL: herald + "/feed"}, {URL: broken}, {URL: busy}, {URL: herald + "/feed"}}, &got, got.sink())
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Run ended with %v", err)
		}
		if len(got.taken) != 11 {
			t.Errorf("%d entries in ten hours, want one an hour and one at once: %v", len(got.taken), got.taken)
		}
		// Three quarters of 1h, 2h, 4h, 8h: at 0, 0.75h, 2.25h, 5.25h.
		var tries, asks []time.Duration
		for _, r := range w.asked {
			switch r.address {
			case broken:
				tries = append(tries, r.at.Sub(began).Round(time.Minute))
			case busy:
				asks = append(asks, r.at.Sub(began).Round(time.Minute))
			}
		}
		if want := []time.Duration{0, 45 * time.Minute, 135 * time.Minute, 315 * time.Minute}; !slices.Equal(tries, want) {
			t.Errorf("a broken host was asked at %v, want %v", tries, want)
		}
		if want := []time.Duration{0, 5 * time.Hour, 10 * time.Hour}; !slices.Equal(asks, want) {
			t.Errorf("a host that says Retry-After: 5h was asked at %v, want %v", asks, want)
		}
		if len(got.errors) != len(tries)+len(asks) || !strings.HasPrefix(got.errors[0], "https://b") {
			t.Errorf("errors reported: %q", got.errors)
		}
	})
}

// An entry that could not be fetched for now comes again; one that never can be does not.
func TestRunComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.pages[herald+"/feed"] = func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("ETag", `"1"`)
			if r.Header.Get("If-None-Match") != "" {
				rw.WriteHeader(http.StatusNotModified)
				return
			}
			fmt.Fprint(rw, rss("/now", "/later", "/never"))
		}
		tries := map[string]int{}
		got := collector{refuse: func(item Item) error {
			tries[item.URL]++
			switch {
			case strings.HasSuffix(item.URL, "/later") && tries[item.URL] < 3:
				return &quoth.Error{Code: quoth.Unavailable, Message: "not now"}
			case strings.HasSuffix(item.URL, "/never"):
				return &quoth.Error{Code: quoth.NotFound, Message: "not ever"}
			}
			return nil
		}}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Hour)
		defer cancel()
		w.watcher(Options{Every: time.Hour}).Run(ctx, []Source{{URL: herald + "/feed"}}, &got, got.sink())
		if want := map[string]int{herald + "/now": 1, herald + "/later": 3, herald + "/never": 1}; fmt.Sprint(tries) != fmt.Sprint(want) {
			t.Errorf("got %v, want %v", tries, want)
		}
	})
}

// A run that ends while entries are taken saves no state, so that they come again.
func TestRunLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.put(herald+"/feed", "text/xml", rss("/a", "/b"))
	ctx, cancel := context.WithCancel(t.Context())
	got := collector{refuse: func(item Item) error {
		if strings.HasSuffix(item.URL, "/b") {
			cancel()
		}
		return nil
	}}
	if err := w.watcher(Options{Pause: -1}).RunOnce(ctx, []Source{{URL: herald + "/feed"}}, &got, got.sink()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if len(got.states) != 0 {
		t.Errorf("the state was saved: %v", got.states)
	}
}

// The pages of entries are fetched with the same manners.
func TestFetch(t *testing.T) {
	w := newWorld(t)
	w.put(herald+"/robots.txt", "text/plain", "User-agent: *\nDisallow: /private\n")
	w.put(herald+"/a", "text/html", "<p>Lamp")
	watcher := w.watcher(Options{Pause: -1})
	p, err := watcher.Fetch(t.Context(), herald+"/a")
	if err != nil || p.URL != herald+"/a" || string(p.Body) != "<p>Lamp" || p.ContentType != "text/html" {
		t.Errorf("got %+v, %v", p, err)
	}
	for address, want := range map[string]quoth.Code{herald + "/private/a": quoth.Refused, herald + "/none": quoth.NotFound, "ftp://herald.example/": quoth.Invalid, "/a": quoth.Invalid, "http://[::1": quoth.Invalid} {
		if _, err := watcher.Fetch(t.Context(), address); quoth.CodeOf(err) != want {
			t.Errorf("%s: got %v, want code %s", address, err, want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"120": 2 * time.Minute, " 5 ": 5 * time.Second, "Mon, 02 Nov 2026 10:00:00 GMT": time.Hour, "9999999999999": 24 * time.Hour, "Mon, 02 Nov 2099 10:00:00 GMT": 24 * time.Hour,
	} {
		if got := retryAfter(value, now); got.Sub(now) != want {
			t.Errorf("%q: got %v, want %v later", value, got, want)
		}
	}
	for _, value := range []string{"", "0", "-5", "soon", "Mon, 02 Nov 2020 10:00:00 GMT", "99999999999999999999999"} {
		if got := retryAfter(value, now); !got.IsZero() {
			t.Errorf("%q: got %v, want none", value, got)
		}
	}
}

func TestHostsAreForgotten(t *testing.T) {
	w := newWorld(t)
	h := newHosts(w, "quoth", 0, 1)
	for i := range 3 * maxHosts {
		u := &url.URL{Scheme: "https", Host: fmt.Sprintf("h%d.example", i), Path: "/"}
		h.leave(h.enter(u))
	}
	if len(h.byName) > maxHosts {
		t.Errorf("%d hosts are remembered, want at most %d", len(h.byName), maxHosts)
	}
}

// Where a redirect leads is asked as politely as where it comes from.
func TestRedirects(t *testing.T) {
	const post = "https://post.example"
	to := func(address string) http.HandlerFunc {
		return func(rw http.ResponseWriter, r *http.Request) { http.Redirect(rw, r, address, http.StatusFound) }
	}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.pages[herald+"/good"] = to(post + "/good")
		w.pages[herald+"/bad"] = to(post + "/private/bad")
		w.pages[herald+"/file"] = to("file:///etc/passwd")
		w.pages[herald+"/nowhere"] = func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusFound) }
		w.pages[herald+"/loop"] = to("/loop")
		w.pages[herald+"/near"] = to("good?x#y")
		w.pages[herald+"/good?x"] = w.pages[herald+"/good"]
		w.pages[post+"/robots.txt"] = to("/elsewhere/robots")
		w.put(post+"/elsewhere/robots", "text/plain", "User-agent: *\nDisallow: /private/\nCrawl-delay: 9\n")
		w.put(post+"/good", "text/html", "good")
		w.put(post+"/private/bad", "text/html", "bad")
		watcher := w.watcher(Options{})
		for path, want := range map[string]quoth.Code{"/good": "", "/near": "", "/bad": quoth.Refused, "/file": quoth.Refused, "/nowhere": quoth.Unavailable, "/loop": quoth.Unavailable} {
			page, err := watcher.Fetch(t.Context(), herald+path)
			if quoth.CodeOf(err) != want || want == "" && (page.URL != post+"/good" || string(page.Body) != "good") {
				t.Errorf("%s: got %+v, %v, want code %q", path, page, err, want)
			}
		}
		var last time.Time
		for _, r := range w.asked {
			switch r.address {
			case post + "/private/bad":
				t.Error("asked for what robots.txt of the other host does not allow")
			case post + "/good":
				if gap := r.at.Sub(last); gap < 9*time.Second {
					t.Errorf("%v between two requests to the other host", gap)
				}
				last = r.at
			}
		}
	})
}

// Who looks once does not wait for a day.
func TestRunOnceHasNoPatienceForLongPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.put(herald+"/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 86400\n")
		w.put(herald+"/feed", "text/xml", rss("/a"))
		begun := time.Now()
		var got collector
		if err := w.watcher(Options{}).RunOnce(t.Context(), []Source{{URL: herald + "/feed"}}, &got, got.sink()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > longestPause || len(got.errors) != 1 || !strings.Contains(got.errors[0], "wants 24h0m0s between two requests") {
			t.Errorf("after %v: %q", took, got.errors)
		}
	})
}
