package web

import (
	"encoding/xml"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"quoth"
	"quoth/internal/middleware"
)

// mapped is how many addresses a sitemap has at most; the protocol allows 50,000
// (sitemaps.org 0.9).
const mapped = 10_000

// sitemapIndex names the parts: the people, and the articles of each month and of none, in parts
// of ten thousand.
type sitemapIndex struct {
	XMLName  xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []sitemapLoc
}

type sitemapLoc struct {
	XMLName xml.Name `xml:"sitemap"`
	Loc     string   `xml:"loc"`
}

// sitemapURLs is one part.
type sitemapURLs struct {
	XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL
}

type sitemapURL struct {
	XMLName xml.Name `xml:"url"`
	Loc     string   `xml:"loc"`
	LastMod string   `xml:"lastmod,omitempty"` // of articles: the day of printing, as far as it is known
}

// undated is the name of the part with the articles without a day of printing.
const undated = "undated"

// sitemap is the index.
func (s *Site) sitemap(w http.ResponseWriter, r *http.Request) {
	months, err := s.Record.Months(r.Context())
	if err != nil {
		s.mapFailed(w, r, err)
		return
	}
	names := []string{"people"}
	for _, m := range months {
		name := undated
		if !m.First.IsZero() {
			name = m.First.Format("2006-01")
		}
		names = append(names, name)
		for n := 2; (n-1)*mapped < m.Articles; n++ {
			names = append(names, fmt.Sprintf("%s.%d", name, n))
		}
	}
	var index sitemapIndex
	for _, name := range names {
		index.Sitemaps = append(index.Sitemaps, sitemapLoc{Loc: s.base(r) + "/sitemaps/" + name + ".xml"})
	}
	writeXML(w, index)
}

// mappedOf reads the name of a part of the map that has articles: a month or undated, and
// behind a dot which ten thousand of them, from the second on.
func mappedOf(name string) (q quoth.ArticleQuery, ok bool) {
	name, part, isLater := strings.Cut(name, ".")
	if isLater {
		n, err := strconv.Atoi(part)
		if err != nil || n < 2 || n > math.MaxInt32/mapped {
			return q, false
		}
		q.Skip = (n - 1) * mapped
	}
	if q.Undated = name == undated; q.Undated {
		return q, true
	}
	q.Published, ok = quoth.DaysOf(name)
	return q, ok && len(name) == len("2006-01")
}

// sitemapPart is the people whom most articles name, or articles of a month or without a day.
func (s *Site) sitemapPart(w http.ResponseWriter, r *http.Request) {
	name, isXML := strings.CutSuffix(r.PathValue("part"), ".xml")
	q, isOfArticles := mappedOf(name)
	var part sitemapURLs
	var err error
	switch {
	case isXML && name == "people":
		part.URLs, err = collectURLs(func(cursor string) ([]sitemapURL, string, error) { return s.mappedPeople(r, cursor) })
	case isXML && isOfArticles:
		part.URLs, err = collectURLs(func(cursor string) ([]sitemapURL, string, error) { return s.mappedArticles(r, q, cursor) })
	default:
		http.NotFound(w, r)
		return
	}
	if err != nil {
		s.mapFailed(w, r, err)
		return
	}
	writeXML(w, part)
}

// mappedPeople are the addresses of people from a cursor on, and the next cursor.
func (s *Site) mappedPeople(r *http.Request, cursor string) (list []sitemapURL, next string, err error) {
	found, err := s.Record.People(r.Context(), quoth.PeopleQuery{Limit: quoth.MaxLimit, Cursor: cursor})
	for _, p := range found.Items {
		list = append(list, sitemapURL{Loc: s.base(r) + "/people/" + url.PathEscape(p.ID)})
	}
	return list, found.Next, err
}

// mappedArticles are the same of articles.
func (s *Site) mappedArticles(r *http.Request, q quoth.ArticleQuery, cursor string) (list []sitemapURL, next string, err error) {
	q.Limit = quoth.MaxLimit
	if q.Cursor = cursor; cursor != "" {
		q.Skip = 0
	}
	found, err := s.Record.Articles(r.Context(), q)
	for _, a := range found.Items {
		u := sitemapURL{Loc: s.base(r) + "/articles/" + url.PathEscape(a.ID)}
		if len(a.Published) == len(time.DateOnly) {
			u.LastMod = a.Published
		}
		list = append(list, u)
	}
	return list, found.Next, err
}

// collectURLs goes through the pages of a list, up to what a sitemap holds.
func collectURLs(page func(cursor string) ([]sitemapURL, string, error)) ([]sitemapURL, error) {
	var all []sitemapURL
	for cursor := ""; len(all) < mapped; {
		list, next, err := page(cursor)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		if cursor = next; cursor == "" {
			break
		}
	}
	return all[:min(mapped, len(all))], nil
}

func (s *Site) mapFailed(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.Error("sitemap", "id", middleware.RequestID(r.Context()), "err", err)
	http.Error(w, "something went wrong; the request was "+middleware.RequestID(r.Context()), http.StatusInternalServerError)
}

func writeXML(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	fmt.Fprint(w, xml.Header)
	xml.NewEncoder(w).Encode(v)
}
