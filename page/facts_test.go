package page

import (
	"reflect"
	"strings"
	"testing"

	"quoth"
)

// htmlPage is a page with this head and these elements around an article of three
// paragraphs that names dates which are not its own.
func htmlPage(head, before, after string) quoth.RawPage {
	return quoth.RawPage{ID: "a", Body: []byte("<html lang=en><head>" + head + "</head><body>" + before + `<article><h1>Ferry to open in May</h1>
<p>The new ferry of Northwick will open on 4 May 2025, Mayor Zoë Hale told the council on Monday, two years later than it was meant to.</p>
<p>“It will carry four hundred people,” Hale said on March 17, 2025. “We have never had anything like it, and I am glad of it.”</p>
<p>The old boat, which was built in 1974, sails for the last time on 2025-04-30, and is then sold to a museum in Eastmoor.</p></article>` + after + "</body></html>")}
}

// A page that does not tell when it was printed gets no date, though it is full of
// dates.
func TestNoDateIsInvented(t *testing.T) {
	cases := []struct{ name, head, before, after string }{
		{"only in the text", "", "", ""},
		{"copyright", "", "", "<footer>© 2025 Northwick Post, all rights reserved. Since 12 May 1987.</footer>"},
		{"today in the masthead", "", `<header><div class="current-date">Thursday, 20 March 2025</div></header>`, ""},
		{"today in a bar", "", `<div class="topbar"><span class="date">Thursday, 20 March 2025</span><span>11°</span></div>`, ""},
		{"today in the menu", "", `<nav><ul><li>Home</li><li>20 March 2025</li></ul></nav>`, ""},
		{"comments", "", "", `<section class="comments"><p>Ina, <time datetime="2025-03-21T10:00:00Z">21 March 2025</time></p><p>I knew it.</p></section>`},
		{"related stories", "", "", `<aside class="related"><h3>Related</h3><a href=/1>Harbour wall</a> <time datetime="2025-02-02">2 February 2025</time></aside>`},
		{"trending stories", "", `<div class="most-read"><a href=/1>Goat on tower</a><span class="date">1 March 2025</span></div>`, ""},
		{"events", "", "", `<div class="events"><h3>Coming up</h3><p>Market day, <time datetime="2025-06-01">1 June 2025</time></p></div>`},
		{"a date of change alone", `<meta property="article:modified_time" content="2025-03-22T08:00:00Z">`, "", ""},
		{"changed on the page", "", "", `<p class="updated">Last updated: 22 March 2025</p>`},
		{"changed in JSON-LD", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry to open in May","dateModified":"2025-03-22"}</script>`, "", ""},
		{"two days in one", "", `<p class="date">03/04/2025</p>`, ""},
		{"a date of a template", `<meta property="article:published_time" content="0001-01-01T00:00:00Z">`, "", ""},
		{"the first of days", `<meta name="date" content="1970-01-01">`, "", ""},
		{"no day", `<meta name="date" content="tomorrow">`, "", ""},
		{"an empty one", `<meta property="article:published_time" content="">`, "", ""},
		{"JSON-LD of the site", `<script type="application/ld+json">{"@type":"Organization","name":"Northwick Post","foundingDate":"1987-05-12"}</script>`, "", ""},
		{"JSON-LD of an event", `<script type="application/ld+json">{"@type":"Event","name":"Market day","startDate":"2025-06-01"}</script>`, "", ""},
		{"broken JSON-LD", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-03-20"</script>`, "", ""},
		{"a script", `<script>var published="2025-03-20";</script>`, "", ""},
		{"a picture", "", `<figure><img src="/2025/03/20/a.jpg"><figcaption>The quay on 12 March 2025.</figcaption></figure>`, ""},
		{"a file in the text", "", "", `<p><a href="/files/2025-03-20-plan.pdf">The plan of the council</a></p>`},
		{"terms", "", "", `<div class="legal">These terms hold from 1 January 2024.</div>`},
		{"a calendar", "", "", `<div class="widget"><table><tr><td>March 2025</td></tr><tr><td>1</td><td>2</td></tr></table></div>`},
		{"a version", "", "", `<div>Version 2025.03.20</div>`},
	}
	for _, c := range cases {
		a := extract(t, Options{}, htmlPage(c.head, c.before, c.after))
		if a.Published.EDTF != "" || a.Published.From != "none" {
			t.Errorf("%s: got %+v", c.name, a.Published)
		}
	}
}

func TestPublishedIsTheFirstThatIsKnown(t *testing.T) {
	const (
		ld   = `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry to open in May","datePublished":"2025-03-20T22:15:00-05:00","dateModified":"2025-03-24"}</script>`
		meta = `<meta property="article:published_time" content="2025-03-21T08:00:00+01:00"><meta property="article:modified_time" content="2025-03-25T09:00Z"><meta name="date" content="2025-01-01">`
		line = `<p class="meta">Published 22 March 2025, 10:30 GMT | Updated 23 March 2025</p>`
	)
	address := "https://northwick.example/2025/03/19/ferry"
	cases := []struct {
		name, head, before, url string
		want, updated           quoth.Published
	}{
		{"JSON-LD", ld + meta, line, address, quoth.Published{EDTF: "2025-03-20", From: "json-ld", Time: "2025-03-20T22:15:00-05:00"}, quoth.Published{EDTF: "2025-03-24", From: "json-ld"}},
		{"meta", meta, line, address, quoth.Published{EDTF: "2025-03-21", From: "meta", Time: "2025-03-21T08:00:00+01:00"}, quoth.Published{EDTF: "2025-03-25", From: "meta", Time: "2025-03-25T09:00:00Z"}},
		{"dateline", "", line, address, quoth.Published{EDTF: "2025-03-22", From: "dateline"}, quoth.Published{EDTF: "2025-03-23", From: "dateline"}},
		{"time element", "", `<time datetime="2025-03-22T10:30:00+02:00">Saturday</time>`, "", quoth.Published{EDTF: "2025-03-22", From: "dateline", Time: "2025-03-22T10:30:00+02:00"}, quoth.Published{}},
		{"date line of another language", "", `<div>Do 20.03.25 | 14:07 Uhr | Von Rea Lind</div>`, "", quoth.Published{EDTF: "2025-03-20", From: "dateline"}, quoth.Published{}},
		{"address", "", "", address, quoth.Published{EDTF: "2025-03-19", From: "url"}, quoth.Published{}},
	}
	for _, c := range cases {
		p := htmlPage(c.head, c.before, "")
		p.URL = c.url
		a := extract(t, Options{}, p)
		if a.Published.Confidence <= 0 || a.Published.Confidence > 1 {
			t.Errorf("%s: confidence %v", c.name, a.Published.Confidence)
		}
		a.Published.Confidence, a.Updated.Confidence = 0, 0
		if a.Published != c.want || a.Updated != c.updated {
			t.Errorf("%s:\n got  %+v, updated %+v\n want %+v, updated %+v", c.name, a.Published, a.Updated, c.want, c.updated)
		}
	}
}

func TestDateLine(t *testing.T) {
	cases := []struct{ line, day, updated string }{
		{"March 20, 2025", "2025-03-20", ""}, {"20 Mar 2025 at 10:30 GMT", "2025-03-20", ""}, {"Published 10:30 a.m. ET, Thu March 20, 2025", "2025-03-20", ""},
		{"20. März 2025, 14:07 Uhr", "2025-03-20", ""}, {"Stand: 20.03.2025, 06:00 Uhr", "2025-03-20", ""}, {"Publié le 20 mars 2025 à 14h07", "2025-03-20", ""},
		{"20 de marzo de 2025", "2025-03-20", ""}, {"giovedì 20 marzo 2025", "2025-03-20", ""}, {"20 maart 2025 om 14:07", "2025-03-20", ""}, {"20 Nisan 2026•Güncelleme: 21 Nisan 2026", "2026-04-20", "2026-04-21"},
		{"20 марта 2025", "2025-03-20", ""}, {"2025年3月20日", "2025-03-20", ""}, {"Publikacja: 02.02.2025 21:52", "2025-02-02", ""}, {"2025/03/20 10:00", "2025-03-20", ""},
		{"Updated: 21 March 2025", "", "2025-03-21"}, {"Published March 20, 2025 | Updated March 21, 2025", "2025-03-20", "2025-03-21"},
		{"03/25/2025", "2025-03-25", ""}, {"25/03/2025", "2025-03-25", ""}, {"04/04/2025", "2025-04-04", ""}, {"03/04/2025", "", ""}, {"March 20", "", ""}, {"3 days ago, 20 March", "?", ""},
		{"31 February 2025", "?", ""}, {"The ferry opens 20 March 2025", "?", ""}, {"2025", "?", ""}, {"0800 123 456", "?", ""}, {"May I?", "?", ""}, {"", "?", ""}, {"20 March 2025 “yes”", "?", ""},
	}
	for _, c := range cases {
		d, ok := dateLine(c.line)
		if !ok {
			d.day = "?"
		}
		if d.day != c.day || d.updated != c.updated {
			t.Errorf("%q: got %q, updated %q; want %q, %q", c.line, d.day, d.updated, c.day, c.updated)
		}
	}
}

func TestTitle(t *testing.T) {
	cases := []struct {
		name   string
		f      facts
		shown  []string
		record string
		want   string
	}{
		{"all alike", facts{h1: []string{"Ferry to open in May"}, ogTitle: "Ferry to open in May", ld: ldArticle{title: "Ferry to open in May"}}, nil, "", "Ferry to open in May"},
		{"the record knows", facts{h1: []string{"Ferry to open in May"}}, nil, "Another title", "Another title"},
		{"name of the site", facts{ogTitle: "Ferry to open in May - Northwick Post", site: "Northwick Post"}, nil, "", "Ferry to open in May"},
		{"section and site", facts{h1: []string{"Ferry to open in May"}, ogTitle: "Ferry to open in May - Transport | northwick.example", site: "Northwick Post"}, nil, "", "Ferry to open in May"},
		{"a dash of its own", facts{ogTitle: "Ferry – a dream comes true", site: "Northwick Post"}, nil, "", "Ferry – a dream comes true"},
		{"h1 is the site", facts{h1: []string{"Northwick Post"}, ogTitle: "Ferry to open in May", ld: ldArticle{title: "Ferry to open in May"}}, nil, "", "Ferry to open in May"},
		{"h1 for search engines", facts{h1: []string{"Ferry Northwick opening 2025 price"}, ogTitle: "Ferry to open in May", docTitle: "Ferry Northwick opening 2025 price"}, []string{"Transport Ferry to open in May"}, "", "Ferry to open in May"},
		{"two against one", facts{h1: []string{"The ferry will open in May"}, ogTitle: "Ferry to open in May", ld: ldArticle{title: "Ferry to open in May"}}, nil, "", "Ferry to open in May"},
		{"h1 and title element", facts{h1: []string{"The ferry will open in May"}, docTitle: "The ferry will open in May | Northwick Post", ogTitle: "Good news for those who cross the water"}, nil, "", "The ferry will open in May"},
		{"only the title element", facts{docTitle: "Ferry to open in May | Northwick Post"}, nil, "", "Ferry to open in May"},
		{"site before the title", facts{docTitle: "The Northwick Post: Ferry to open in May"}, []string{"Ferry to open in May"}, "", "Ferry to open in May"},
		{"nothing", facts{}, nil, "", ""},
	}
	for _, c := range cases {
		if got := c.f.title(c.record, c.shown); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestByline(t *testing.T) {
	cases := []struct {
		line     string
		people   []string
		roles    map[string]string
		agencies []string
	}{
		{"By Rea Lind", []string{"Rea Lind"}, nil, nil},
		{"Rea Lind and Tom Okafor", []string{"Rea Lind", "Tom Okafor"}, nil, nil},
		{"By REA LIND, Staff Writer, and TOM OKAFOR, Health Reporter", []string{"REA LIND", "TOM OKAFOR"}, map[string]string{"REA LIND": "Staff Writer", "TOM OKAFOR": "Health Reporter"}, nil},
		{"Rea Lind and Tom Okafor, Associated Press", []string{"Rea Lind", "Tom Okafor"}, nil, []string{"Associated Press"}},
		{"Rea Lind for The Associated Press", []string{"Rea Lind"}, nil, []string{"Associated Press"}},
		{"Rea Lind (Reuters)", []string{"Rea Lind"}, nil, []string{"Reuters"}},
		{"By REA LIND, AP National Writer", []string{"REA LIND"}, map[string]string{"REA LIND": "AP National Writer"}, []string{"AP"}},
		{"Health Reporter Rea Lind", []string{"Rea Lind"}, map[string]string{"Rea Lind": "Health Reporter"}, nil},
		{"Von Rea Lind und Tom Okafor, dpa", []string{"Rea Lind", "Tom Okafor"}, nil, []string{"dpa"}},
		{"Von Rea Lind, Redakteurin", []string{"Rea Lind"}, map[string]string{"Rea Lind": "Redakteurin"}, nil},
		{"Par Rea Lind et Tom Okafor", []string{"Rea Lind", "Tom Okafor"}, nil, nil},
		{"Rea Lind | 20 March 2025", []string{"Rea Lind"}, nil, nil},
		{"Ludwig van der Hale", []string{"Ludwig van der Hale"}, nil, nil},
		{"AFP, Reuters", nil, nil, []string{"AFP", "Reuters"}},
		{"admin", nil, nil, nil},
		{"https://northwick.example/rea", nil, nil, nil},
		{"rea@northwick.example", nil, nil, nil},
		{"", nil, nil, nil},
	}
	for _, c := range cases {
		var b byline
		b.add(c.line)
		if !reflect.DeepEqual(b.people, c.people) || !reflect.DeepEqual(b.roles, c.roles) || !reflect.DeepEqual(b.agencies, c.agencies) {
			t.Errorf("%q:\n got  %q %q %q\n want %q %q %q", c.line, b.people, b.roles, b.agencies, c.people, c.roles, c.agencies)
		}
	}
}

func TestBylinePlaces(t *testing.T) {
	ld := func(author string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry to open in May","author":` + author + `}</script>`
	}
	cases := []struct {
		name, head, before string
		want, agencies     []string
	}{
		{"JSON-LD before the page", ld(`{"name":"Rea Lind"}`), `<p class="byline">By Tom Okafor</p>`, []string{"Rea Lind"}, nil},
		{"the page when JSON-LD names an agency", ld(`{"name":"Reuters"}`), `<p class="byline">By Tom Okafor</p>`, []string{"Tom Okafor"}, []string{"Reuters"}},
		{"an agency alone", ld(`{"name":"Reuters"}`), "", []string{"Reuters"}, []string{"Reuters"}},
		{"the site alone", ld(`{"name":"Northwick Post"}`) + `<meta property="og:site_name" content="Northwick Post">`, "", []string{"Northwick Post"}, nil},
		{"meta", `<meta name="author" content="Rea Lind">`, "", []string{"Rea Lind"}, nil},
		{"an address in meta", `<meta property="article:author" content="https://social.example/rea">`, "", nil, nil},
	}
	for _, c := range cases {
		a := extract(t, Options{}, htmlPage(c.head, c.before, ""))
		if !reflect.DeepEqual(a.Bylines, c.want) || !reflect.DeepEqual(a.Agencies, c.agencies) {
			t.Errorf("%s: got %q, agencies %q; want %q, %q", c.name, a.Bylines, a.Agencies, c.want, c.agencies)
		}
	}
}

func TestCanonicalAddress(t *testing.T) {
	cases := []struct{ own, named, want string }{
		{"https://northwick.example/a/amp", "https://northwick.example/a", "https://northwick.example/a"},
		{"https://www.northwick.example/print.php?id=3", "https://northwick.example/story/3", "https://northwick.example/story/3"},
		{"https://www-northwick-example.cdn.ampproject.org/c/s/a", "https://www.northwick.example/a", "https://www.northwick.example/a"},
		{"https://m.bbc.co.uk/a", "https://www.bbc.co.uk/a", "https://www.bbc.co.uk/a"},
		{"https://northwick.example/a?utm_source=x&id=3&fbclid=y#top", "", "https://northwick.example/a?id=3"},
		{"https://northwick.example/a", "https://other.example/b", "https://northwick.example/a"},
		{"https://northwick.example/a", "https://northwick.example/", "https://northwick.example/a"},
		{"https://northwick.example/a", "/a", "https://northwick.example/a"},
		{"https://northwick.co.uk/a", "https://other.co.uk/a", "https://northwick.co.uk/a"},
		{"", "https://northwick.example/a", "https://northwick.example/a"},
		{"", "javascript:alert(1)", ""}, {"", "", ""},
	}
	for _, c := range cases {
		if got := canonicalAddress(c.own, c.named); got != c.want {
			t.Errorf("%q, %q: got %q, want %q", c.own, c.named, got, c.want)
		}
	}
}

func TestPaywall(t *testing.T) {
	for head, want := range map[string]string{
		"": "",
		`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>`:   "locked",
		`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"True"}</script>`:  "none",
		`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"maybe"}</script>`: "",
		`<meta property="article:content_tier" content="metered">`:                                          "metered",
		`<meta property="article:content_tier" content="free">`:                                             "none",
	} {
		if a := extract(t, Options{}, htmlPage(head, "", "")); a.Paywall != want {
			t.Errorf("%s: got %q, want %q", head, a.Paywall, want)
		}
	}
}

// A page of frames says which pages to read instead.
func TestFrames(t *testing.T) {
	_, err := New(Options{}).Extract(quoth.RawPage{Body: []byte(`<html><head><title>Post</title></head><frameset cols="20%,80%"><frame src="menu.html"><frame src="main.html"></frameset></html>`)})
	if quoth.CodeOf(err) != quoth.Invalid || !strings.Contains(err.(*quoth.Error).Hint, "menu.html main.html") {
		t.Errorf("got %v", err)
	}
}
