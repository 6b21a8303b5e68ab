package main

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"quoth"
)

// town puts three articles of two outlets into the record.
func town(s *testServer) {
	s.t.Helper()
	s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	s.add(wire, "https://wire.example/bridge", "2026-04-16")
	s.add(strings.Replace(wire, "on Thursday after", "after", 1), "https://mirror.example/bridge", "2026-04-18")
}

// links returns the addresses that a page of HTML points at, and fails the test when it
// asks anything of another site.
func links(t *testing.T, page, body string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", page, err)
	}
	var found []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			isAsked := a.Key == "src" || a.Key == "href" && n.Data == "link"
			if isAsked && !strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "data:image/svg+xml,") && !strings.Contains(a.Val, "127.0.0.1") {
				t.Errorf("%s: <%s> asks for %q", page, n.Data, a.Val)
			}
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
				t.Errorf("%s: <%s %s=%q>", page, n.Data, a.Key, a.Val)
			}
			if n.Data == "a" && a.Key == "href" {
				found = append(found, a.Val)
			}
		}
	}
	return found
}

// TestSiteHangsTogether follows every link from the front page: each page is there, is
// whole, and asks for nothing from elsewhere.
func TestSiteHangsTogether(t *testing.T) {
	s := serve(t, nil)
	town(s)
	seen := map[string]bool{"/": true}
	for queue := []string{"/"}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		resp, body := s.do("GET", path, "")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, resp.Status)
			continue
		}
		for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
			if !strings.Contains(resp.Header.Get(name), want) {
				t.Errorf("%s: %s is %q", path, name, resp.Header.Get(name))
			}
		}
		if len(resp.Cookies()) > 0 {
			t.Errorf("%s sets a cookie", path)
		}
		if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
			continue
		}
		if !strings.HasSuffix(strings.TrimSpace(body), "</html>") || strings.Contains(body, "<no value>") || strings.Contains(body, "ZgotmplZ") {
			t.Errorf("%s is not whole: …%s", path, body[max(0, len(body)-300):])
		}
		for _, link := range links(t, path, body) {
			u, err := url.Parse(link)
			if err != nil || u.Host != "" || u.Path == "" {
				continue
			}
			target := u.Path
			if u.RawQuery != "" {
				target += "?" + u.RawQuery
			}
			// Filters on filters have no end.
			if !seen[target] && strings.Count(target, "&") < 2 {
				seen[target] = true
				queue = append(queue, target)
			}
		}
	}
	for _, want := range []string{"/people/zoe-hale", "/people/eric-moss/and/zoe-hale", "/stories", "/method", "/privacy", "/trending", "/corrections"} {
		if !seen[want] {
			t.Errorf("no page leads to %s", want)
		}
	}
}

// Search engines get one title, one description and one address of every page, and no two
// pages with the same.
func TestPagesSayWhatTheyAre(t *testing.T) {
	s := serveDemo(t)
	titles, descriptions := map[string]string{}, map[string]string{}
	title := regexp.MustCompile(`(?m)^<title>([^<]+)</title>`)
	description := regexp.MustCompile(`<meta name="description" content="([^"]+)">`)
	isPassing := regexp.MustCompile(`cursor=|/reply$|/notice$`)
	address := regexp.MustCompile(`<link rel="canonical" href="([^"]+)">`)
	one := func(path, body string, what *regexp.Regexp) string {
		found := what.FindAllStringSubmatch(body, -1)
		if len(found) != 1 {
			t.Errorf("%s: %d of %s", path, len(found), what)
			return path
		}
		return html.UnescapeString(found[0][1])
	}
	seen, queue := map[string]bool{"/": true}, []string{"/"}
	for ; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		resp, body := s.do("GET", path, "")
		if !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html") {
			continue
		}
		isListed := !strings.Contains(body, `name="robots" content="noindex"`)
		if isPassing.MatchString(path) == isListed {
			t.Errorf("%s is listed: %v", path, isListed)
		}
		if isListed {
			at := one(path, body, address)
			for what, list := range map[*regexp.Regexp]map[string]string{title: titles, description: descriptions} {
				is := one(path, body, what)
				if before, ok := list[is]; ok && before != at && !strings.HasPrefix(path, "/search") {
					t.Errorf("%s and %s are both %q", before, at, is)
				}
				list[is] = at
			}
			if first, _ := s.do("GET", strings.TrimPrefix(at, s.URL), ""); first.StatusCode != http.StatusOK {
				t.Errorf("%s has the address %s: %s", path, at, first.Status)
			}
		}
		for _, link := range links(t, path, body) {
			u, err := url.Parse(link)
			if err != nil || u.Host != "" || u.Path == "" || u.Path == "/search" {
				continue
			}
			if u.Fragment = ""; !seen[u.String()] && strings.Count(u.String(), "&") < 2 {
				seen[u.String()] = true
				queue = append(queue, u.String())
			}
		}
	}
	if titles["Articles of The Daily Gull – Quoth"] == "" || titles["What was said about Felix Strand – Quoth"] == "" {
		t.Errorf("titles: %v", titles)
	}
}

func TestSiteShowsWhoSaidWhat(t *testing.T) {
	s := serve(t, nil)
	town(s)
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements?q=heavier", &list)
	id := ""
	for _, st := range list.Items {
		if st.Article.URL == "https://wire.example/bridge" {
			id = st.ID
		}
	}
	for path, wants := range map[string][]string{
		"/search?q=bridge":                []string{"<mark>bridge</mark>", "Zoë Hale", "according to"},
		"/statements/" + id:               []string{"In the article’s own words", "The same saying elsewhere", "the same words", "https://wire.example/bridge#:~:text=The%20old%20bridge", `"@type":"Quotation"`, "16 April 2026"},
		"/people/zoe-hale":                []string{"Said about them", "Known by these names", "not safe"},
		"/people/eric-moss/and/zoe-hale":  []string{"a coward"},
		"/people/zoe-hale?side=about":     []string{"a coward"},
		"/stories":                        []string{"printed 2 times"},
		"/articles?outlet=Harbour+Herald": []string{"Articles of Harbour Herald"},
	} {
		resp, body := s.do("GET", path, "")
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: %s without %q", path, resp.Status, want)
			}
		}
	}
	if resp, _ := s.do("GET", "/search?q=kind:loud", ""); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a search that cannot be meant: %s", resp.Status)
	}
	resp, _ := s.do("GET", "/search?q=bridge", "")
	if again, _ := s.do("GET", "/search?q=bridge", "", "If-None-Match", resp.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("the same page again: %s", again.Status)
	}
}

// evil is text that wants to become part of the page.
const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}`

// What there is none of is an error, not an empty page.
func TestSiteRefusesWhatCannotBeMeant(t *testing.T) {
	s := serve(t, nil)
	town(s)
	for _, path := range []string{"/people?kind=bogus", "/search?kind=bogus", "/search?q=kind:bogus", "/search?medium=bogus", "/search?sort=bogus", "/search/feed.atom?kind=bogus", "/people/zoe-hale?side=bogus", "/people/zoe-hale/feed.atom?side=bogus", "/people/zoe-hale?kind=bogus"} {
		if resp, body := s.do("GET", path, ""); resp.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, "bogus") {
			t.Errorf("%s: %s %s", path, resp.Status, visible(body))
		}
	}
}

func TestSiteLetsNoTextBecomePage(t *testing.T) {
	s := serve(t, nil)
	in := quoth.Reading{Article: quoth.Article{URL: "javascript:alert(1)//" + evil, Site: evil, Title: evil, Text: evil + " said Zoë Hale.", Language: `en" onload="alert(1)`}}
	span := quoth.Span{Start: 0, End: len(evil)}
	in.Article.Blocks = []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{Start: 0, End: len(in.Article.Text)}}}
	in.Statements = []quoth.Statement{{ID: "s1", Kind: quoth.Direct, Content: &quoth.Role{Spans: []quoth.Span{span}, Text: evil}, Medium: evil,
		Speaker: &quoth.Speaker{Name: "Evil " + evil, Kind: quoth.PersonParty, Mention: evil, ID: "p1"}, About: []quoth.Party{{Name: "Other " + evil, Kind: quoth.PersonParty, ID: "p2"}},
		Venue: &quoth.Venue{Name: evil, Span: span}, Said: &quoth.Said{EDTF: evil, Evidence: span, Text: evil}}}
	analyzer, err := sharedAnalyzer()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newIngest(s.store, nil, analyzer).Put(t.Context(), []quoth.Reading{in}, nil); err != nil {
		t.Fatal(err)
	}
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements", &list)
	st := list.Items[0]
	q := url.QueryEscape(evil)
	for _, path := range []string{"/", "/search?q=" + q, "/search?q=alert&outlet=" + q, "/search?speaker=" + q, "/people?q=" + q, "/articles", "/articles?outlet=" + q, "/articles/" + st.Article.ID, "/statements/" + st.ID,
		"/people/" + url.PathEscape(st.Speaker.ID), "/people/" + url.PathEscape(st.Speaker.ID) + "/and/" + url.PathEscape(st.About[0].ID), "/stories/" + st.Article.Story, "/people/" + url.PathEscape(evil), "/" + url.PathEscape(evil)} {
		_, body := s.do("GET", path, "")
		links(t, path, body)
		if regexp.MustCompile(`<script>alert|<img src=x|onerror=alert\(1\)>"`).MatchString(strings.ReplaceAll(body, "&lt;", "")) && strings.Contains(body, "<script>alert") {
			t.Errorf("%s: the text became part of the page", path)
		}
		root, _ := html.Parse(strings.NewReader(body))
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && n.Data == "img" {
				t.Errorf("%s: the text made an image", path)
			}
		}
	}
	for _, path := range []string{"/search/feed.atom", "/articles/feed.atom"} {
		_, body := s.do("GET", path, "")
		if _, err := gofeed.NewParser().ParseString(body); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestFeeds reads every feed with a reader of feeds.
func TestFeeds(t *testing.T) {
	s := serve(t, nil)
	town(s)
	for path, entries := range map[string]int{
		"/search/feed.atom?q=heavier": 2, "/articles/feed.atom": 3, "/stories/feed.atom": 1, "/people/zoe-hale/feed.atom": -1, "/people/zoe-hale/feed.atom?side=about": -1,
		"/people/eric-moss/and/zoe-hale/feed.atom": 1, "/corrections/feed.atom": 0,
	} {
		resp, body := s.do("GET", path, "")
		f, err := gofeed.NewParser().ParseString(body)
		if err != nil || resp.Header.Get("Content-Type") != "application/atom+xml; charset=utf-8" {
			t.Errorf("%s: %s %v", path, resp.Header.Get("Content-Type"), err)
			continue
		}
		if entries >= 0 && len(f.Items) != entries || entries < 0 && len(f.Items) == 0 {
			t.Errorf("%s: %d entries, want %d", path, len(f.Items), entries)
		}
		for _, item := range f.Items {
			if item.PublishedParsed == nil && item.UpdatedParsed == nil || !strings.HasPrefix(item.Link, s.URL+"/") {
				t.Errorf("%s: entry %+v", path, item)
			}
		}
	}
}

// The map of the site leads to every person and article, and to nothing that is not there.
func TestSitemap(t *testing.T) {
	s := serve(t, nil)
	town(s)
	// Old articles are found too, and those without a day; one of the year 2099 empties nothing.
	for at, date := range map[string]string{"old": "1874-06-02", "none": "", "year": "1998", "later": "2099-01-01", "moved": "2020-03-05"} {
		s.add(`"`+at+` is the word," said Ida Quill.`, "https://herald.example/"+at, date)
	}
	s.add(`"moved is the word," said Ida Quill. It was an earlier day.`, "https://herald.example/moved", "2011-03-05")
	loc := regexp.MustCompile(`<loc>([^<]+)</loc>`)
	found := map[string]bool{}
	_, index := s.do("GET", "/sitemap.xml", "")
	parts := loc.FindAllStringSubmatch(index, -1)
	if len(parts) < 6 || len(parts) > 120 {
		t.Fatalf("the index: %s", index)
	}
	for _, part := range parts {
		resp, body := s.do("GET", strings.TrimPrefix(part[1], s.URL), "")
		if resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Type"), "application/xml") {
			t.Errorf("%s: %s", part[1], resp.Status)
		}
		for _, m := range loc.FindAllStringSubmatch(body, -1) {
			path := strings.TrimPrefix(m[1], s.URL)
			found[path] = true
			if resp, _ := s.do("GET", path, ""); resp.StatusCode != http.StatusOK {
				t.Errorf("%s: %s", path, resp.Status)
			}
		}
	}
	var list quoth.Answer[quoth.ArticleRef]
	s.get("/api/v1/articles", &list)
	for _, a := range list.Items {
		if !found["/articles/"+a.ID] {
			t.Errorf("article %s is in no map", a.ID)
		}
	}
	if !found["/people/zoe-hale"] || len(list.Items) != 8 {
		t.Errorf("in the map: %v", found)
	}
	for _, path := range []string{"/sitemaps/people", "/sitemaps/2026.xml", "/sitemaps/..%2f.xml", "/sitemaps/2026-13.xml"} {
		if resp, _ := s.do("GET", path, ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, resp.Status)
		}
	}
	if _, robots := s.do("GET", "/robots.txt", ""); !strings.Contains(robots, "Sitemap: "+s.URL+"/sitemap.xml") {
		t.Errorf("robots.txt: %s", robots)
	}
}

// The dialog speaks the reader's language, and the answer is the same in each.
func TestDialogInGerman(t *testing.T) {
	s := serve(t, nil)
	at := s.add(bridgeText, "https://herald.example/bridge", "2026-04-17")
	page := "/articles/" + at[strings.LastIndexByte(at, '/')+1:]
	for accept, want := range map[string]string{"de-AT,de;q=0.8,en;q=0.2": "War dieser Artikel hilfreich?", "fr,en;q=0.5": "Was this article helpful?", "": "Was this article helpful?", "tlh": "Was this article helpful?", "\x00;;": "Was this article helpful?"} {
		if strings.ContainsRune(accept, 0) {
			accept = ";;q=x"
		}
		resp, body := s.do("GET", page, "", "Accept-Language", accept)
		if !strings.Contains(body, want) || !strings.Contains(resp.Header.Get("Vary"), "Accept-Language") {
			t.Errorf("%q: the page does not ask %q", accept, want)
		}
	}
	_, body := s.do("GET", page, "", "Accept-Language", "de")
	if !strings.Contains(body, `<section class="feedback" lang="de"`) || !strings.Contains(body, "Zu viel Werbung") || !strings.Contains(body, `name="locale" value="de"`) {
		t.Error("the dialog is not in German throughout")
	}
	form := url.Values{"kind": {"article"}, "target": {page[len("/articles/"):]}, "vote": {"no"}, "reason": {"ads"}, "locale": {"de"}, "receipt": {receiptA}}
	if resp, _ := s.browser().post("/feedback", form); resp.StatusCode != http.StatusSeeOther {
		t.Errorf("the form: %s", resp.Status)
	}
	var kept quoth.Feedback
	s.get("/api/v1/feedback/"+receiptA, &kept)
	if kept.Locale != "de" || len(kept.Reasons) != 1 || kept.Reasons[0] != "ads" {
		t.Errorf("kept: %+v", kept)
	}
}

// say makes a reading in which one person says words about another.
func say(address, day, who, of, words string) quoth.Reading {
	a := quoth.Article{URL: "https://herald.example/" + address, Site: "Harbour Herald", Title: address, Text: who + " said of " + of + ": " + words, Published: quoth.Published{EDTF: day}}
	end := len(a.Text)
	a.Blocks = []quoth.Block{{Kind: quoth.Paragraph, Span: quoth.Span{End: end}}}
	return quoth.Reading{Article: a, Statements: []quoth.Statement{{ID: "s1", Kind: quoth.Indirect, Content: quoth.NewRole(a.Text, []quoth.Span{{Start: end - len(words), End: end}}), Confidence: 0.9,
		Speaker: &quoth.Speaker{Name: who, Kind: quoth.PersonParty, Mention: who, ID: "p1"}, About: []quoth.Party{{Name: of, Kind: quoth.PersonParty, ID: "p2"}}}}}
}

// A pair's pages hold all that two say of one another, each once, and at no place one who seems
// silent since what they say comes only later.
func TestPairGoesOnToItsEnd(t *testing.T) {
	s := serve(t, nil)
	var list []quoth.Reading
	want := map[string]int{}
	add := func(day, who, of string) {
		words := fmt.Sprintf("word%03d is what there is to tell", len(list))
		list = append(list, say(fmt.Sprintf("pair%d", len(list)), day, who, of, words))
		want[words]++
	}
	for i := range 130 {
		add(fmt.Sprintf("2026-0%d-%02d", 1+i/28, 1+i%28), "Zoë Hale", "Eric Moss")
	}
	for i := range 20 {
		add(fmt.Sprintf("2026-0%d-03", 1+i%5), "Eric Moss", "Zoë Hale")
	}
	add("", "Eric Moss", "Zoë Hale")
	if _, err := s.served.ingest.Put(t.Context(), list, nil); err != nil {
		t.Fatal(err)
	}
	more, line := regexp.MustCompile(`<p class="more"><a href="([^"]+)"`), regexp.MustCompile(`word\d{3} is what there is to tell`)
	got, pages := map[string]int{}, 0
	for path := "/people/zoe-hale/and/eric-moss"; path != ""; pages++ {
		resp, body := s.do("GET", path, "")
		if resp.StatusCode != http.StatusOK || pages > 5 {
			t.Fatalf("page %d, %s: %s", pages, path, resp.Status)
		}
		if pages == 0 {
			for _, want := range []string{`<a href="/search?about=eric-moss&amp;speaker=zoe-hale">Zoë Hale about Eric Moss</a> <span class="n">130</span>`, `Eric Moss about Zoë Hale</a> <span class="n">21</span>`, "This page has what was printed from 15 March 2026 to "} {
				if !strings.Contains(body, want) {
					t.Errorf("%s lacks %q", path, want)
				}
			}
		}
		for _, found := range line.FindAllString(body, -1) {
			got[found]++
		}
		path = ""
		if m := more.FindStringSubmatch(body); m != nil {
			path = html.UnescapeString(m[1])
		}
	}
	if pages != 3 || len(got) != len(want) {
		t.Errorf("%d pages hold %d of %d statements", pages, len(got), len(want))
	}
	for words, n := range got {
		if n != 1 {
			t.Errorf("%q comes %d times", words, n)
		}
	}
	if resp, _ := s.do("GET", "/people/zoe-hale/and/eric-moss?cursor=!!", ""); resp.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a cursor that is none: %s", resp.Status)
	}
	if resp, body := s.do("GET", "/people/zoe-hale/and/zoe-hale", ""); resp.StatusCode != http.StatusOK || resp.Request.URL.Path != "/people/zoe-hale" {
		t.Errorf("somebody and themselves: %s %s", resp.Request.URL.Path, visible(body))
	}
}

// What is counted of a part only, or leaves something out, says so where it stands.
func TestListsSayWhatTheyLeaveOut(t *testing.T) {
	s := serve(t, nil)
	const many = 1001
	long := say("long", "2026-04-17", "Zoë Hale", "Eric Moss", "word0000.")
	one := long.Statements[0]
	for i := 1; i < many; i++ {
		words := fmt.Sprintf("word%04d.", i)
		at := len(long.Article.Text) + 1
		long.Article.Text += " " + words
		st := one
		if i%2 == 0 {
			st.Kind = quoth.Mixed
		}
		st.ID, st.Content = fmt.Sprintf("s%d", i+1), quoth.NewRole(long.Article.Text, []quoth.Span{{Start: at, End: at + len(words)}})
		long.Statements = append(long.Statements, st)
	}
	long.Article.Blocks[0].Span.End = len(long.Article.Text)
	if _, err := s.served.ingest.Put(t.Context(), []quoth.Reading{long, say("undated", "", "Zoë Hale", "Ida Quill", "that the day is not told")}, nil); err != nil {
		t.Fatal(err)
	}
	var list quoth.Answer[quoth.ArticleRef]
	s.get("/api/v1/articles", &list)
	story := "/stories/" + list.Items[0].Story
	for path, wants := range map[string][]string{
		"/search":                     {"Counted in the newest 1\u202f000."},
		"/search?sort=said":           {"those whose day of saying is not known are left out"},
		"/search?told=eric-moss":      {"<h1>Statements</h1>", `told: <bdi>Eric Moss</bdi>`},
		"/search?from=2026&side=x":    {"said from: <bdi>2026</bdi>", "those whose day of saying is not known are left out", `<a href="/api/v1/statements?from=2026">JSON</a>`},
		"/search?about=ida-quill":     {"</cite></a>, undated</span>"},
		"/people/zoe-hale?kind=mixed": {`href="/people/zoe-hale/feed.atom?kind=mixed"`, `<a href="/api/v1/people/zoe-hale/statements?kind=mixed">JSON</a>`},
		"/people/zoe-hale/feed.atom?kind=indirect&q=day&about=ida-quill": {"that the day is not told"},
		"/people/zoe-hale":            {"in the newest 500 statements", "Counted in the newest 1\u202f000.", `<a href="/articles?person=zoe-hale">2 articles</a>`},
		"/people/zoe-hale?q=told":     {`<b>relevance</b>`, `name="q" type="search" value="told"`},
		"/people/eric-moss":           {"Spoken of most by</h2><p class=\"from\">in the newest 500 statements"},
		"/people/ida-quill":           {},
		story:                         {"All of them, in the article"},
		"/":                           {"1\u202f002 statements in 2 articles, and 3 people and organizations in them"},
		"/trending":                   {"In the seven days to 17 April 2026, against"},
		"/articles?person=ida-quill":  {"<h1>Articles that name Ida Quill</h1>", "undated"},
		"/articles?from=2026&to=2026": {`name="from" value="2026"`},
	} {
		resp, body := s.do("GET", path, "")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, resp.Status)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
	}
	for path, want := range map[string]int{"/people/zoe-hale?speaker=eric-moss": 422, "/people/zoe-hale?side=about&about=eric-moss": 422, "/people/zoe-hale?speaker=zoe-hale": 200, "/articles?person=nobody": 404, "/articles/feed.atom?person=nobody": 404} {
		if resp, _ := s.do("GET", path, ""); resp.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, resp.Status, want)
		}
	}
}

// One article that is dated years ahead does not leave an archive without trends.
func TestTrendsLookNotAhead(t *testing.T) {
	s := serve(t, nil)
	list := []quoth.Reading{say("ahead", "2099-01-01", "Tom Reed", "Ida Quill", "that it is late")}
	for i := range 3 {
		list = append(list, say(fmt.Sprintf("at%d", i), "2020-03-05", "Zoë Hale", "Eric Moss", fmt.Sprintf("that number %d is late", i)))
	}
	if _, err := s.served.ingest.Put(t.Context(), list, nil); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/trending"} {
		if _, body := s.do("GET", path, ""); !strings.Contains(body, "seven days to 5 March 2020") || !strings.Contains(body, "3 articles, usually none") {
			t.Errorf("%s: %s", path, visible(body))
		}
	}
}

// A statement that goes on from another, or repeats one, leads to it.
func TestStatementLeadsToTheOneBefore(t *testing.T) {
	s := serve(t, nil)
	r := say("before", "2026-04-17", "Zoë Hale", "Eric Moss", "that it is late. And that it rains.")
	second, id := r.Statements[0], "s1"
	end := len(r.Article.Text)
	r.Statements[0].Content = quoth.NewRole(r.Article.Text, []quoth.Span{{Start: end - 35, End: end - 20}})
	second.ID, second.Continues, second.Repeats = "s2", &id, &id
	second.Content = quoth.NewRole(r.Article.Text, []quoth.Span{{Start: end - 19, End: end}})
	r.Statements = append(r.Statements, second)
	if _, err := s.served.ingest.Put(t.Context(), []quoth.Reading{r}, nil); err != nil {
		t.Fatal(err)
	}
	var list quoth.Answer[quoth.Recorded]
	s.get("/api/v1/statements?q=rains", &list)
	_, body := s.do("GET", "/statements/"+list.Items[0].ID, "")
	for _, want := range []string{`from <a href="/statements/` + *list.Items[0].Continues + `">`, `words of the article’s <a href="/statements/` + *list.Items[0].Repeats + `">`} {
		if resp, _ := s.do("GET", "/statements/"+*list.Items[0].Continues, ""); resp.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("the page lacks %q, or it leads to %s", want, resp.Status)
		}
	}
}
