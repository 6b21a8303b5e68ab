package page

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"
)

// ldArticle is what a schema.org description in JSON-LD says of an article.
type ldArticle struct {
	title     string
	body      string
	published stamp
	updated   stamp
	authors   []string // as written, in order
	site      string   // name of the publisher
	section   string
	language  string
	url       string
	paywall   string
	isLive    bool // a live blog
	isPage    bool // describes the web page and not an article
}

// ldReader gathers the articles that the descriptions of a page speak of.
type ldReader struct {
	articles []ldArticle
	names    map[string]string // of things that are referred to by @id
}

const (
	maxLDBytes = 1 << 20
	// maxLDDepth is how deep a description is looked into: an article stands at most
	// under @graph, mainEntity and itemListElement.
	maxLDDepth = 6
	// maxLDArticles keeps off pages that describe all they link to.
	maxLDArticles = 64
)

// read reads one description. A broken one tells nothing.
func (r *ldReader) read(src string) {
	if len(src) > maxLDBytes {
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
	if json.Unmarshal([]byte(src), &v) != nil {
		return
	}
	r.nameIDs(v, 0)
	r.node(v, 0)
}

// nameIDs keeps the names of things that have an @id.
func (r *ldReader) nameIDs(v any, depth int) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			r.nameIDs(item, depth+1)
		}
	case map[string]any:
		id, name := ldString(v["@id"]), ldString(v["name"])
		if id != "" && name != "" {
			if r.names == nil {
				r.names = map[string]string{}
			}
			r.names[id] = name
		}
		if depth < 2 {
			r.nameIDs(v["@graph"], depth+1)
		}
	}
}

func (r *ldReader) node(v any, depth int) {
	if depth > maxLDDepth || len(r.articles) >= maxLDArticles {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			r.node(item, depth+1)
		}
	case map[string]any:
		if hasType(v["@type"], isArticleType) {
			r.articles = append(r.articles, r.article(v))
			return
		}
		if hasType(v["@type"], isPageType) && v["datePublished"] != nil {
			a := r.article(v)
			a.isPage = true
			r.articles = append(r.articles, a)
		}
		// In this order, for a map has none: the same page gives the same facts.
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"} {
			r.node(v[key], depth+1)
		}
	}
}

func isArticleType(t string) bool {
	return strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting") || t == "Report" || t == "Review" || t == "ClaimReview" || t == "Recipe"
}

func isPageType(t string) bool { return t == "WebPage" || t == "ItemPage" || t == "VideoObject" }

// hasType reports whether one of the types of a thing is wanted.
func hasType(t any, is func(string) bool) bool {
	switch t := t.(type) {
	case string:
		return is(t)
	case []any:
		for _, one := range t {
			if name, ok := one.(string); ok && is(name) {
				return true
			}
		}
	}
	return false
}

func (r *ldReader) article(m map[string]any) ldArticle {
	a := ldArticle{
		title:     ldString(m["headline"]),
		published: stampOf(ldString(m["datePublished"])),
		updated:   stampOf(ldString(m["dateModified"])),
		authors:   r.authors(m["author"], 0),
		section:   ldString(m["articleSection"]),
		language:  primaryLanguage(ldString(m["inLanguage"])),
		url:       ldString(m["url"]),
		isLive:    hasType(m["@type"], func(t string) bool { return t == "LiveBlogPosting" }),
	}
	if len(a.authors) == 0 {
		a.authors = r.authors(m["creator"], 0)
	}
	if body, ok := m["articleBody"].(string); ok {
		a.body = html.UnescapeString(body)
	}
	if p, ok := m["publisher"].(map[string]any); ok {
		a.site = ldString(p["name"])
	}
	if page, ok := m["mainEntityOfPage"].(map[string]any); ok && a.url == "" {
		a.url = ldString(page["@id"])
	} else if a.url == "" {
		a.url = ldString(m["mainEntityOfPage"])
	}
	switch free := m["isAccessibleForFree"].(type) {
	case bool:
		a.paywall = paywallOf(free)
	case string:
		if strings.EqualFold(free, "false") || strings.EqualFold(free, "true") {
			a.paywall = paywallOf(strings.EqualFold(free, "true"))
		}
	}
	return a
}

func paywallOf(isFree bool) string {
	if isFree {
		return "none"
	}
	return "locked"
}

func ldString(v any) string {
	switch v := v.(type) {
	case string:
		return squeezeKeeping(html.UnescapeString(v))
	case []any:
		if len(v) > 0 {
			return ldString(v[0])
		}
	}
	return ""
}

// authors reads the names of authors: a string, an object with a name, a reference to
// one, or a list.
func (r *ldReader) authors(v any, depth int) []string {
	if depth > maxLDDepth {
		return nil
	}
	switch v := v.(type) {
	case string:
		if name := squeeze(html.UnescapeString(v)); name != "" && !strings.Contains(name, "://") {
			return []string{name}
		}
	case map[string]any:
		if v["name"] == nil {
			if name := r.names[ldString(v["@id"])]; name != "" {
				return []string{name}
			}
		}
		return r.authors(v["name"], depth+1)
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, r.authors(one, depth+1)...)
		}
		return out
	}
	return nil
}

// best is the description of the page's own article: the one with the page's address
// or title, else the first; nil when there is none. What it lacks it takes from a
// description of the page itself or from one with the same title.
func (r *ldReader) best(address string, titles []string) *ldArticle {
	at, most := -1, -1
	for i := range r.articles {
		a := &r.articles[i]
		score := 0
		if a.url != "" && address != "" && sameAddress(a.url, address) {
			score += 2
		}
		for _, t := range titles {
			if sameWords(a.title, t) {
				score += 2
				break
			}
		}
		if !a.isPage {
			score++
		}
		if score > most {
			at, most = i, score
		}
	}
	if at < 0 {
		return nil
	}
	best := r.articles[at]
	for i := range r.articles {
		if a := &r.articles[i]; i != at && (a.isPage || sameWords(a.title, best.title)) {
			best.complete(a)
		}
	}
	return &best
}

// complete fills what a lacks from b.
func (a *ldArticle) complete(b *ldArticle) {
	fill := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	fill(&a.title, b.title)
	fill(&a.body, b.body)
	fill(&a.site, b.site)
	fill(&a.section, b.section)
	fill(&a.language, b.language)
	fill(&a.paywall, b.paywall)
	if a.published.day == "" {
		a.published = b.published
	}
	if a.updated.day == "" {
		a.updated = b.updated
	}
	if len(a.authors) == 0 {
		a.authors = b.authors
	}
	a.isLive = a.isLive || b.isLive
}
