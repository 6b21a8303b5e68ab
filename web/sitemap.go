package web

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"quoth"
	"quoth/internal/middleware"
)

// mapped is how many addresses a sitemap has at most; the protocol allows 50,000
// (sitemaps.org 0.9).
const mapped = 10_000

// sitemapIndex names the parts: the people, and the articles of each month.
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

// months are how many months back the map reaches: what search engines come for.
const months = 36

// sitemap is the index.
func (s *Site) sitemap(w http.ResponseWriter, r *http.Request) {
	base := s.base(r)
	index := sitemapIndex{Sitemaps: []sitemapLoc{{Loc: base + "/sitemaps/people.xml"}}}
	newest, err := s.Record.Articles(r.Context(), quoth.ArticleQuery{Limit: 1})
	if err != nil {
		s.mapFailed(w, r, err)
		return
	}
	last := s.Now().UTC()
	if len(newest.Items) > 0 {
		// A page that says it is of the year 2099 must not empty the map.
		if d, ok := quoth.DaysOf(newest.Items[0].Published); ok && d.To.Before(last) {
			last = d.To
		}
	}
	first := time.Date(last.Year(), last.Month(), 1, 0, 0, 0, 0, time.UTC)
	for i := range months {
		index.Sitemaps = append(index.Sitemaps, sitemapLoc{Loc: base + "/sitemaps/" + first.AddDate(0, -i, 0).Format("2006-01") + ".xml"})
	}
	writeXML(w, index)
}

// sitemapPart is the people whom most articles name, or the articles of a month.
func (s *Site) sitemapPart(w http.ResponseWriter, r *http.Request) {
	name, isXML := strings.CutSuffix(r.PathValue("part"), ".xml")
	days, isMonth := quoth.DaysOf(name)
	var part sitemapURLs
	var err error
	switch {
	case isXML && name == "people":
		part.URLs, err = collectURLs(func(cursor string) ([]sitemapURL, string, error) {
			found, err := s.Record.People(r.Context(), quoth.PeopleQuery{Limit: quoth.MaxLimit, Cursor: cursor})
			var list []sitemapURL
			for _, p := range found.Items {
				list = append(list, sitemapURL{Loc: s.base(r) + "/people/" + url.PathEscape(p.ID)})
			}
			return list, found.Next, err
		})
	case isXML && isMonth && len(name) == len("2006-01"):
		part.URLs, err = collectURLs(func(cursor string) ([]sitemapURL, string, error) {
			found, err := s.Record.Articles(r.Context(), quoth.ArticleQuery{Limit: quoth.MaxLimit, Cursor: cursor, Published: days})
			var list []sitemapURL
			for _, a := range found.Items {
				u := sitemapURL{Loc: s.base(r) + "/articles/" + url.PathEscape(a.ID)}
				if len(a.Published) == len(time.DateOnly) {
					u.LastMod = a.Published
				}
				list = append(list, u)
			}
			return list, found.Next, err
		})
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
