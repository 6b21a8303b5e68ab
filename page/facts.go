package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"quoth"
)

// facts is what a page says of itself, by the place that says it.
type facts struct {
	h1        []string
	ld        ldArticle // of the page's own article, empty when it has none
	ogTitle   string
	docTitle  string // the title element
	summary   string // description of the page
	canonical string
	site      string
	language  string
	section   string
	paywall   string
	published stamp // of meta elements
	updated   stamp
	authors   []string // of meta elements, as written
	isLive    bool     // a live blog
	frames    []string // addresses of the frames of a page that is made of them
}

// readFacts gathers the facts of a page from its whole tree. address is where it came
// from.
func readFacts(doc *html.Node, address string) facts {
	r := factReader{}
	r.visit(doc)
	f := &r.facts
	if f.canonical == "" {
		f.canonical = r.ogURL
	}
	named := f.canonical
	if named == "" {
		named = address
	}
	if ld := r.ld.best(named, append([]string{f.ogTitle}, f.h1...)); ld != nil {
		f.ld = *ld
	}
	if f.site == "" {
		f.site = f.ld.site
	}
	if f.language == "" {
		f.language = f.ld.language
	}
	if f.section == "" {
		f.section = f.ld.section
	}
	if f.ld.paywall != "" && f.paywall == "" {
		f.paywall = f.ld.paywall
	}
	f.isLive = f.ld.isLive || isLiveAddress(named)
	// Old pages put the name of the site into an h1.
	if others := slices.DeleteFunc(slices.Clone(f.h1), func(h string) bool { return sameWords(h, f.site) }); len(others) > 0 || f.ogTitle != "" {
		f.h1 = others
	}
	return *f
}

// isLiveAddress reports whether an address is called as those of live blogs are.
func isLiveAddress(address string) bool {
	address = strings.ToLower(address)
	for _, mark := range []string{"/live/", "live-blog", "liveblog", "live-updates", "-live-", "liveticker", "newsblog", "/live-"} {
		if strings.Contains(address, mark) {
			return true
		}
	}
	return false
}

// factReader reads the elements that tell facts.
type factReader struct {
	facts
	ld      ldReader
	ogURL   string
	isTrail bool // inside the trail of sections
}

// visit reads n and what is under it. Its depth is that of the tree, see
// domReader.visit.
func (r *factReader) visit(n *html.Node) {
	if n.Type == html.ElementNode && !r.element(n) {
		return
	}
	before := r.isTrail
	r.isTrail = r.isTrail || n.Type == html.ElementNode && isTrail(n)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.visit(c)
	}
	r.isTrail = before
}

// isTrail reports whether n is the trail of sections that a page stands under. Some
// sites end it with an h1 for search engines, and show readers another headline.
func isTrail(n *html.Node) bool {
	return strings.Contains(strings.ToLower(attr(n, "class")), "breadcrumb")
}

// element reads one element and reports whether to read what is under it.
func (r *factReader) element(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html:
		r.language = primaryLanguage(attr(n, "lang"))
	case atom.Meta:
		r.meta(n)
	case atom.Link:
		if href := attr(n, "href"); r.canonical == "" && strings.EqualFold(attr(n, "rel"), "canonical") && isWebAddress(href) {
			r.canonical = href
		}
	case atom.Title:
		if r.docTitle == "" {
			r.docTitle = textOf(n, 1000)
		}
		return false
	case atom.Script:
		if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
			r.ld.read(rawText(n))
		}
		return false
	case atom.Style, atom.Svg, atom.Template, atom.Noscript:
		return false
	case atom.H1:
		if t := textOf(n, 1000); t != "" && len(r.h1) < 8 && !r.isTrail {
			r.h1 = append(r.h1, t)
		}
	case atom.Frame:
		if src := attr(n, "src"); src != "" && len(r.frames) < 8 {
			r.frames = append(r.frames, src)
		}
	}
	return true
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// The names of meta elements, in the order in which they are believed.
var (
	publishedNames = rank("article:published_time og:article:published_time og:published_time datepublished parsely-pub-date sailthru.date originalpublicationdate rnews:datepublished article.published article:published date.created datecreated date_published published-date published_date publish-date publish_date publishdate pubdate bt:pubdate cxenseparse:recs:publishtime citation_publication_date citation_date dcterms.created dc.date.created dcterms.issued dc.date.issued dcterms.date dc.date displaydate date")
	updatedNames   = rank("article:modified_time og:updated_time og:article:modified_time datemodified last-modified lastmod dcterms.modified dc.date.modified article:modified article.updated")
	authorNames    = set("author article:author parsely-author byl sailthru.author dc.creator dcterms.creator cxenseparse:author article.author")
	sectionNames   = rank("article:section parsely-section cxenseparse:recs:articlesection section category")
)

// rank numbers words from 1.
func rank(list string) map[string]int {
	m := map[string]int{}
	for i, w := range strings.Fields(list) {
		m[w] = i + 1
	}
	return m
}

func (r *factReader) meta(n *html.Node) {
	name := attr(n, "property")
	if name == "" {
		name = attr(n, "name")
	}
	if name == "" {
		name = attr(n, "itemprop")
	}
	name = strings.ToLower(name)
	content := squeezeKeeping(attr(n, "content"))
	if name == "" || content == "" {
		return
	}
	switch name {
	case "og:title":
		first(&r.ogTitle, content)
	case "og:site_name":
		first(&r.site, content)
	case "application-name":
		if r.site == "" && len(content) <= 40 {
			r.site = content
		}
	case "og:url":
		if isWebAddress(content) {
			first(&r.ogURL, content)
		}
	case "og:locale", "content-language", "dc.language":
		first(&r.language, primaryLanguage(content))
	case "og:description", "description":
		first(&r.summary, content)
	case "article:content_tier":
		switch content {
		case "free":
			r.paywall = "none"
		case "metered", "locked":
			r.paywall = content
		}
	}
	switch {
	case publishedNames[name] > 0:
		r.published.prefer(content, publishedNames[name])
	case updatedNames[name] > 0:
		r.updated.prefer(content, updatedNames[name])
	case sectionNames[name] > 0:
		first(&r.section, content)
	case authorNames[name] && !isWebAddress(content) && !slices.Contains(r.authors, content):
		r.authors = append(r.authors, content)
	}
}

// first sets a text that is not known yet.
func first(to *string, s string) {
	if *to == "" {
		*to = s
	}
}

// title chooses the page's title: given, if the record names one, else by a vote of
// the h1 elements, the JSON-LD headline and og:title. The name of the site is cut off
// them. shown are the other headings at the top of the article: where h1 is written for
// search engines, the title that readers see is among those.
func (f *facts) title(given string, shown []string) string {
	if given = squeeze(given); given != "" {
		return given
	}
	if og := stripSite(f.ogTitle, f.site); sameWords(stripSite(f.ld.title, f.site), og) {
		return og
	}
	og, ld, doc := f.cutSite(f.ogTitle), f.cutSite(f.ld.title), f.cutSite(f.docTitle)
	if t := f.shownTitle(og, ld, shown); t != "" {
		return t
	}
	for _, m := range []string{og, ld, doc} {
		for _, h := range f.h1 {
			if sameWords(h, m) {
				if isShortened(og, h) {
					return og // what the site gives others as the title
				}
				return h
			}
		}
	}
	for _, t := range shown { // "The Site: Title", as old pages have it
		if want := foldAll(t); len(f.h1) == 0 && strings.Count(want, " ") >= 2 && strings.HasSuffix(foldAll(doc), " "+want) {
			return t
		}
	}
	if len(f.h1) == 1 && len(strings.Fields(f.h1[0])) >= 4 {
		return f.h1[0]
	}
	for _, t := range append([]string{ld, og, doc}, f.h1...) {
		if t != "" {
			return t
		}
	}
	return ""
}

// isShortened reports whether the words of short are those of long in the same order,
// some left out, most there.
func isShortened(short, long string) bool {
	words := strings.Fields(foldAll(short))
	rest := strings.Fields(foldAll(long))
	if len(words) < 5 || len(words) >= len(rest) || 2*len(words) < len(rest) {
		return false
	}
	for _, w := range words {
		i := slices.Index(rest, w)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// shownTitle is og or ld when the page shows that title in a heading and its h1 is
// another. A heading may begin with a kicker.
func (f *facts) shownTitle(og, ld string, shown []string) string {
	for _, t := range []string{og, ld} {
		want := foldAll(t)
		if strings.Count(want, " ") < 2 {
			continue
		}
		if slices.ContainsFunc(f.h1, func(h string) bool { return foldAll(h) == want }) {
			continue // as on most pages
		}
		for _, h := range shown {
			if got := foldAll(h); got == want || strings.HasSuffix(got, " "+want) && len(got) < 2*len(want) {
				return t
			}
		}
	}
	return ""
}

// cutSite takes the name of the site off a title, and what else a page adds to the
// title that its h1 shows ("… - National | Northwick Post").
func (f *facts) cutSite(title string) string {
	folded := foldAll(title)
	for _, h := range f.h1 {
		if want := foldAll(h); strings.Count(want, " ") >= 3 && folded != want && strings.Contains(folded, want) && isCutOff(title, h) {
			return h
		}
	}
	return stripSite(title, f.site)
}

// isCutOff reports whether h stands in title set off by a mark on each side: what is
// beside it is no part of it.
func isCutOff(title, h string) bool {
	at := strings.Index(title, h)
	if at < 0 {
		return false
	}
	before, after := strings.TrimSpace(title[:at]), strings.TrimSpace(title[at+len(h):])
	return (before == "" || strings.ContainsAny(before[len(before)-1:], "|-:") || strings.HasSuffix(before, "–")) &&
		(after == "" || strings.ContainsAny(after[:1], "|-:") || strings.HasPrefix(after, "–") || strings.HasPrefix(after, "—") || strings.HasPrefix(after, "｜") || strings.HasPrefix(after, "："))
}

func foldAll(s string) string {
	var buf []byte
	s, _ = fold(squeeze(s), &buf)
	return s
}

func sameWords(a, b string) bool { return a != "" && b != "" && foldAll(a) == foldAll(b) }

// stripSite takes the name of the site off the end of a title: "Title | The Site".
// Without a known name, only a short last part after a bar is one.
func stripSite(title, site string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " • ", " » ", " · ", "｜", "："} {
		at := strings.LastIndex(title, sep)
		if at <= 0 {
			continue
		}
		tail := title[at+len(sep):]
		if site != "" && sameWords(tail, site) || sep == " | " && len(strings.Fields(tail)) <= 4 && len(strings.Fields(title[:at])) >= 4 {
			return strings.TrimSpace(title[:at])
		}
	}
	return title
}

// publishedBy gives the days of printing as they are believed: JSON-LD, then meta elements, then the date
// that the page shows, then its address.
func (f *facts) publishedBy(shown shownDate, address string) []quoth.Published {
	return []quoth.Published{
		{EDTF: f.ld.published.day, Time: f.ld.published.time, From: "json-ld", Confidence: sureJSONLD},
		{EDTF: f.published.day, Time: f.published.time, From: "meta", Confidence: sureMeta},
		{EDTF: shown.published.day, Time: shown.published.time, From: "dateline", Confidence: sureDateline},
		{EDTF: dayInURL(address), From: "url", Confidence: sureURL},
	}
}

// updatedBy gives the days of the last change in the same order.
func (f *facts) updatedBy(shown shownDate) []quoth.Published {
	return []quoth.Published{
		{EDTF: f.ld.updated.day, Time: f.ld.updated.time, From: "json-ld", Confidence: sureJSONLD},
		{EDTF: f.updated.day, Time: f.updated.time, From: "meta", Confidence: sureMeta},
		{EDTF: shown.updated.day, Time: shown.updated.time, From: "dateline", Confidence: sureDateline},
	}
}

// changed is the first of the candidates that tells of a change after the printing, the
// empty value when none does: most pages repeat the time of printing there.
func changed(printed quoth.Published, candidates []quoth.Published) quoth.Published {
	for _, c := range candidates {
		if c.EDTF == "" {
			continue
		}
		if c.EDTF == printed.EDTF && (c.Time == printed.Time || c.Time == "" || printed.Time == "") || c.EDTF < printed.EDTF {
			return quoth.Published{}
		}
		return c
	}
	return quoth.Published{}
}

// primaryLanguage is the first part of a language tag ("en" of "en-GB"), "" when it
// is none.
func primaryLanguage(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	tag, _, _ = strings.Cut(tag, "-")
	tag, _, _ = strings.Cut(tag, "_")
	if len(tag) < 2 || len(tag) > 3 {
		return ""
	}
	for i := range len(tag) {
		if !isLetter(tag[i]) {
			return ""
		}
	}
	return tag
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// rawText is the text right under n.
func rawText(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// textOf is the text under n with single blanks, cut off soon after limit bytes.
func textOf(n *html.Node, limit int) string {
	var b strings.Builder
	writeText(&b, n, limit)
	return squeeze(b.String())
}

func writeText(b *strings.Builder, n *html.Node, limit int) {
	for c := n.FirstChild; c != nil && b.Len() <= limit; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && !skipped[c.DataAtom]:
			if _, isBlock := blockElements[c.DataAtom]; isBlock || c.DataAtom == atom.Br {
				b.WriteByte(' ')
			}
			writeText(b, c, limit)
		}
	}
}
