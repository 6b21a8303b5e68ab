package page

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// facts is what a page says of itself, by the place that says it.
type facts struct {
	h1        []string
	ldTitle   string // JSON-LD headline
	ogTitle   string
	docTitle  string // the title element
	url       string
	site      string
	language  string
	dayJSONLD string
	dayMeta   string
	dayline   string // a day that the page shows
	ldAuthors []string
	metaNames []string
}

// readFacts gathers the facts of a page from its whole tree.
func readFacts(doc *html.Node) facts {
	var f facts
	f.visit(doc, false)
	return f
}

// visit reads n and what is under it. Its depth is that
// of the tree, see gatherer.node.
func (f *facts) visit(n *html.Node, isAside bool) {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Html:
			f.language = primaryLanguage(attr(n, "lang"))
		case atom.Meta:
			f.meta(n)
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && strings.HasPrefix(attr(n, "href"), "http") {
				f.url = attr(n, "href")
			}
		case atom.Title:
			if f.docTitle == "" {
				f.docTitle = textOf(n, 1000)
			}
			return
		case atom.Script:
			if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
				f.jsonLD(rawText(n))
			}
			return
		case atom.Style, atom.Svg, atom.Template, atom.Noscript:
			return
		case atom.H1:
			if t := textOf(n, 1000); t != "" && len(f.h1) < 8 {
				f.h1 = append(f.h1, t)
			}
		case atom.Nav, atom.Aside, atom.Footer:
			isAside = true
		}
		if f.dayline == "" && !isAside {
			f.dayline = shownDay(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.visit(c, isAside)
	}
}

// publishedNames are the names of meta elements that hold the day of printing.
var publishedNames = set("article:published_time og:published_time datepublished parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date published-date published_date dc.date dc.date.issued dcterms.date dcterms.issued dc.date.created article.published article:published date.created date_published cxenseparse:recs:publishtime date originalpublicationdate rnews:datepublished citation_date citation_publication_date displaydate dcterms.created bt:pubdate datecreated")

func (f *facts) meta(n *html.Node) {
	name := strings.ToLower(attr(n, "property"))
	if name == "" {
		name = strings.ToLower(attr(n, "name"))
	}
	if name == "" {
		name = strings.ToLower(attr(n, "itemprop"))
	}
	content := squeeze(attr(n, "content"))
	if content == "" {
		return
	}
	switch {
	case name == "og:title" && f.ogTitle == "":
		f.ogTitle = content
	case name == "og:site_name" && f.site == "":
		f.site = content
	case name == "og:url" && f.url == "" && strings.HasPrefix(content, "http"):
		f.url = content
	case name == "og:locale" && f.language == "":
		f.language = primaryLanguage(content)
	case name == "article:published_time" && dayOf(content) != "":
		f.dayMeta = dayOf(content)
	case publishedNames[name] && f.dayMeta == "":
		f.dayMeta = dayOf(content)
	case name == "author" || name == "article:author" || name == "parsely-author" || name == "byl" || name == "sailthru.author" || name == "dc.creator":
		f.metaNames = append(f.metaNames, names(content)...)
	}
}

// shownDay is the day that n shows a reader as the day of printing, "" when it is no
// such element: a time element, or one whose class speaks of a date.
func shownDay(n *html.Node) string {
	hint := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class") + " " + attr(n, "id"))
	if strings.Contains(hint, "modif") || strings.Contains(hint, "updat") || strings.Contains(hint, "comment") || strings.Contains(hint, "related") {
		return ""
	}
	isTime := n.DataAtom == atom.Time
	if isTime {
		if day := dayOf(attr(n, "datetime")); len(day) == 10 {
			return day
		}
	}
	if !isTime && !strings.Contains(hint, "date") && !strings.Contains(hint, "publish") && !strings.Contains(hint, "timestamp") && !strings.Contains(hint, "posted") {
		return ""
	}
	if strings.Contains(hint, "datepublished") {
		if day := dayOf(attr(n, "content")); len(day) == 10 {
			return day
		}
	}
	text := textOf(n, 130)
	if len(text) > 120 {
		return ""
	}
	if d, ok := dateLine(text); ok && len(d.day) == 10 {
		return d.day
	}
	return ""
}

// maxLDDepth is how deep a JSON-LD description is looked into: an article stands at
// most under @graph, mainEntity and itemListElement.
const maxLDDepth = 6

// jsonLD reads a schema.org description. A broken one tells nothing.
func (f *facts) jsonLD(src string) {
	if len(src) > 1<<20 {
		return
	}
	src = strings.TrimSpace(src)
	src = strings.TrimPrefix(strings.TrimSuffix(src, "-->"), "<!--")
	src = strings.TrimSuffix(strings.TrimSpace(src), ";")
	// Line ends inside strings are the commonest fault.
	src = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, src)
	var v any
	if json.Unmarshal([]byte(src), &v) == nil {
		f.ldNode(v, 0)
	}
}

func (f *facts) ldNode(v any, depth int) {
	if depth > maxLDDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			f.ldNode(item, depth+1)
		}
	case map[string]any:
		if isArticleType(v["@type"]) {
			f.ldArticle(v)
			return
		}
		// In this order, for a map has none: the same page gives the same facts.
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			f.ldNode(v[key], depth+1)
		}
	}
}

func isArticleType(t any) bool {
	switch t := t.(type) {
	case string:
		return strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") || t == "Report" || t == "Review" || t == "ClaimReview" || t == "Recipe"
	case []any:
		for _, one := range t {
			if isArticleType(one) {
				return true
			}
		}
	}
	return false
}

func (f *facts) ldArticle(m map[string]any) {
	if f.ldTitle == "" {
		f.ldTitle = ldString(m["headline"])
	}
	if f.dayJSONLD == "" {
		f.dayJSONLD = dayOf(ldString(m["datePublished"]))
	}
	if len(f.ldAuthors) == 0 {
		f.ldAuthors = ldNames(m["author"], 0)
	}
	if f.site == "" {
		if p, ok := m["publisher"].(map[string]any); ok {
			f.site = ldString(p["name"])
		}
	}
	if f.language == "" {
		f.language = primaryLanguage(ldString(m["inLanguage"]))
	}
}

func ldString(v any) string {
	switch v := v.(type) {
	case string:
		return squeeze(html.UnescapeString(v))
	case []any:
		if len(v) > 0 {
			return ldString(v[0])
		}
	}
	return ""
}

// ldNames reads the names of authors: a string, an object with a name, or a list.
func ldNames(v any, depth int) []string {
	if depth > maxLDDepth {
		return nil
	}
	switch v := v.(type) {
	case string:
		return names(squeeze(html.UnescapeString(v)))
	case map[string]any:
		return ldNames(v["name"], depth+1)
	case []any:
		var out []string
		for _, one := range v {
			for _, name := range ldNames(one, depth+1) {
				if !contains(out, name) {
					out = append(out, name)
				}
			}
		}
		return out
	}
	return nil
}

// bylines returns the authors: those of JSON-LD, else what go-trafilatura found
// ("A; B"), else those of meta elements. The site itself is an author only where the
// description names no other.
func (f *facts) bylines(found, site string) []string {
	for _, list := range [][]string{f.ldAuthors, names(found), f.metaNames} {
		var out []string
		for _, name := range list {
			if !strings.EqualFold(name, site) && !contains(out, name) {
				out = append(out, name)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return f.ldAuthors
}

// vote chooses the title among the h1 elements, the JSON-LD headline and og:title.
// The one that two of them give wins; og:title and the title element often carry the
// name of the site, and h1 may be the site's own.
func (f *facts) vote(given string) string {
	if given = squeeze(given); given != "" {
		return given
	}
	meta := []string{f.ldTitle, f.ogTitle, stripSite(f.docTitle, f.site)}
	for _, h := range f.h1 {
		for _, m := range meta {
			if sameWords(h, m) {
				return h
			}
		}
	}
	if sameWords(f.ldTitle, f.ogTitle) {
		return f.ldTitle
	}
	// "Title - Site" and "Kicker: Title" contain the title that stands on the page.
	for _, h := range f.h1 {
		for _, m := range []string{f.ogTitle, f.docTitle, f.ldTitle} {
			if len(h) >= 15 && strings.Contains(foldAll(m), foldAll(h)) {
				return h
			}
		}
	}
	if len(f.h1) == 1 && len(strings.Fields(f.h1[0])) >= 4 {
		return f.h1[0]
	}
	for _, t := range []string{f.ldTitle, stripSite(f.ogTitle, f.site), stripSite(f.docTitle, f.site)} {
		if t != "" {
			return t
		}
	}
	if len(f.h1) > 0 {
		return f.h1[0]
	}
	return ""
}

func foldAll(s string) string {
	var buf []byte
	s, _ = fold(s, &buf)
	return s
}

func sameWords(a, b string) bool { return a != "" && b != "" && foldAll(a) == foldAll(b) }

// stripSite takes the name of the site off the end of a title: "Title | The Site".
// Without a known name, only a short last part after a bar is one.
func stripSite(title, site string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " • ", " » ", " · "} {
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
