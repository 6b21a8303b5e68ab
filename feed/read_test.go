package feed

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"quoth"
)

func TestDiscover(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "herald.example", Path: "/news/"}
	cases := []struct {
		name, page string
		want       []Source
	}{
		{"relative, with a title", `<link rel="alternate" type="application/rss+xml" title="News &amp; tides" href="rss">`, []Source{{URL: herald + "/news/rss", Title: "News & tides"}}},
		{"the first base", `<base href="/x/"><base href="y/"><link rel="alternate" type="application/atom+xml" href="a">`, []Source{{URL: herald + "/x/a"}}},
		{"case and parameters", `<LINK REL="Alternate Home" TYPE="Application/RSS+XML; charset=utf-8" HREF="/a">`, []Source{{URL: herald + "/a"}}},
		{"JSON Feed", `<link rel="alternate" type="application/feed+json" href="/f.json"/>`, []Source{{URL: herald + "/f.json"}}},
		{"comments last, twice once", `<link rel=alternate type=application/rss+xml href=/comments/feed><link rel=alternate type=application/rss+xml href=/b><link rel=alternate type=application/rss+xml href=/b>`, []Source{{URL: herald + "/b"}, {URL: herald + "/comments/feed"}}},
		{"other links", `<link rel=alternate hreflang=de href=/de><link rel=stylesheet type=application/rss+xml href=/s><a rel=alternate type=application/rss+xml href=/c>`, nil},
		{"schemes", `<link rel=alternate type=application/rss+xml href="javascript:alert(1)"><link rel=alternate type=application/rss+xml href="file:///etc/passwd"><link rel=alternate type=application/rss+xml href="http://[">`, nil},
		{"in a comment or script", `<!-- <link rel=alternate type=application/rss+xml href=/a> --><script>"<link rel=alternate type=application/rss+xml href=/b>"</script>`, nil},
	}
	for _, c := range cases {
		if got := Discover([]byte(c.page), base); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
	if got := Discover([]byte(strings.Repeat(`<link rel=alternate type=application/rss+xml href=/a>`, 10_000)), base); len(got) != 1 {
		t.Errorf("%d feeds of one address", len(got))
	}
}

func TestOPML(t *testing.T) {
	const list = `<?xml version="1.0"?><OPML version="1.0"><head><title>x</title></head><body>
<outline text="Folder"><outline text="Herald &lt;b&gt;daily&lt;/b&gt;" title="" xmlUrl=" https://herald.example/feed?utm_source=x " htmlUrl="javascript:alert(1)"/>
<outline text="Again" xmlurl="https://herald.example/feed?utm_source=x"/></outline>
<outline TEXT="Post" XMLURL="https://post.example/rss" htmlUrl="https://post.example/" type="rss"/>
<outline text="none"/><outline text="local" xmlUrl="file:///etc/passwd"/></body></OPML>`
	want := []Source{{URL: herald + "/feed?utm_source=x", Title: "Herald daily"}, {URL: "https://post.example/rss", Title: "Post", Site: "https://post.example/"}}
	got, err := ReadOPML(strings.NewReader(list))
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("got %+v, %v, want %+v", got, err, want)
	}
	var written bytes.Buffer
	if err := WriteOPML(&written, `A "list" <x>`, got); err != nil {
		t.Fatal(err)
	}
	if again, err := ReadOPML(&written); err != nil || !slices.Equal(again, want) {
		t.Errorf("written and read again: %+v, %v", again, err)
	}
	for _, broken := range []string{"", "no list", "<rss/>", "<opml><body>", "<opml", "<html><outline xmlUrl='https://a.example/'/></html>"} {
		if _, err := ReadOPML(strings.NewReader(broken)); quoth.CodeOf(err) != quoth.Invalid {
			t.Errorf("%q: got %v, want invalid", broken, err)
		}
	}
}

func TestCanonical(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "herald.example", Path: "/news/"}
	for in, want := range map[string]string{
		"a":                               herald + "/news/a",
		"//post.example/a":                "https://post.example/a",
		"HTTP://Post.Example:80":          "http://post.example/",
		"https://post.example:8443/a":     "https://post.example:8443/a",
		"https://u:p@post.example/a#x":    "https://post.example/a",
		"/a?b=1&utm_campaign=x&c=%20&b=2": herald + "/a?b=1&c=%20&b=2",
		"/a?UTM_Source=x":                 herald + "/a",
		"/a?":                             herald + "/a",
		"/caf%C3%A9":                      herald + "/caf%C3%A9",
		"":                                "",
		"data:text/html,x":                "",
		"https://":                        "",
		"http://a b/":                     "",
		"/" + strings.Repeat("a", 5000):   "",
	} {
		if got := canonical(base, in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if got := canonical(base, want); want != "" && got != want {
			t.Errorf("%q: its canonical address is %q", want, got)
		}
	}
}

// Whatever the page, discovery ends, and names addresses on the web only, each once, and
// titles that are one line of text.
func FuzzDiscover(f *testing.F) {
	f.Add([]byte(`<base href="/x/"><link rel="alternate" type="application/rss+xml" title="a" href="b">`))
	f.Add([]byte(`<link rel=alternate type=application/feed+json href=//post.example>`))
	base := &url.URL{Scheme: "https", Host: "herald.example", Path: "/"}
	f.Fuzz(func(t *testing.T, page []byte) {
		found := Discover(page, base)
		seen := map[string]bool{}
		for _, s := range found {
			u, err := url.Parse(s.URL)
			if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || seen[s.URL] {
				t.Errorf("found %q, %v", s.URL, err)
			}
			if strings.ContainsAny(s.Title, "\n\r\x00\x1b") || len(s.Title) > maxTitleBytes+len("…") {
				t.Errorf("title %q", s.Title)
			}
			seen[s.URL] = true
		}
		if len(found) > maxLinks {
			t.Errorf("%d feeds", len(found))
		}
	})
}

// Whatever the list, what is read can be written, and reads back the same.
func FuzzOPML(f *testing.F) {
	f.Add([]byte(`<opml version="2.0"><body><outline text="A &amp; B"><outline title="b" xmlUrl="https://b.example/?a=1&amp;b=2" htmlUrl="http://b.example"/></outline></body></opml>`))
	f.Add([]byte("<?xml version='1.0' encoding='latin1'?><opml><outline text='caf\xe9' xmlUrl='http://a.example/'/></opml>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := ReadOPML(bytes.NewReader(text))
		if err != nil {
			return
		}
		var written bytes.Buffer
		if err := WriteOPML(&written, "list", read); err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(written.Bytes(), new(struct{})); err != nil {
			t.Fatalf("wrote %q: %v", written.Bytes(), err)
		}
		again, err := ReadOPML(&written)
		if err != nil || len(again) != len(read) {
			t.Fatalf("read %+v and then %+v, %v", read, again, err)
		}
		for i := range read {
			if again[i].URL != read[i].URL || again[i].Site != read[i].Site {
				t.Errorf("read %+v and then %+v", read[i], again[i])
			}
		}
	})
}

// Whatever a server sends, reading it does not panic, and what comes out is clean.
func FuzzOpen(f *testing.F) {
	f.Add([]byte(rss("/a Mon, 02 Nov 2026 10:00:00 GMT", "b")), "text/xml")
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b&gt;x</title><link href="/a"/></entry></feed>`), "")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"/a","title":"x"}]}`), "application/json; charset=utf-16")
	f.Add([]byte(`<sitemapindex><sitemap><loc>/a</loc><lastmod>2026</lastmod></sitemap></sitemapindex>`), "text/xml; charset=latin1")
	base := &url.URL{Scheme: "https", Host: "herald.example", Path: "/"}
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		d, err := open(answer{url: base, contentType: contentType, body: body})
		if err != nil {
			return
		}
		if !utf8.Valid(d.text) {
			t.Error("the text is not valid UTF-8")
		}
		items, _ := d.feedItems()
		more, _ := d.sitemapItems()
		for _, item := range append(items, more...) {
			if canonical(nil, item.URL) != item.URL {
				t.Errorf("address %q is not canonical", item.URL)
			}
			if !utf8.ValidString(item.Title) || strings.ContainsAny(item.Title, "\n\x00\x1b") {
				t.Errorf("title %q", item.Title)
			}
		}
	})
}
