package web

import (
	"cmp"
	"context"
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

// sitemapIndex names the parts: the people, and the articles of each month and of none.
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

// firstPrinted is when newspapers begin (Relation, Strasbourg). What is printed before has no
// day of printing, as a store sees it, or an absurd one.
var firstPrinted = time.Date(1605, 1, 1, 0, 0, 0, 0, time.UTC)

// sitemap is the index.
func (s *Site) sitemap(w http.ResponseWriter, r *http.Request) {
	months, err := s.months(r.Context())
	hasUndated := false
	if err == nil {
		_, hasUndated, err = s.newestOf(r.Context(), quoth.ArticleQuery{Undated: true})
	}
	if err != nil {
		s.mapFailed(w, r, err)
		return
	}
	names := []string{"people"}
	for _, m := range months {
		names = append(names, m.Format("2006-01"))
	}
	if hasUndated {
		names = append(names, "undated")
	}
	var index sitemapIndex
	for _, name := range names {
		index.Sitemaps = append(index.Sitemaps, sitemapLoc{Loc: s.base(r) + "/sitemaps/" + name + ".xml"})
	}
	writeXML(w, index)
}

// newestOf is the newest article of a list.
func (s *Site) newestOf(ctx context.Context, q quoth.ArticleQuery) (newest quoth.ArticleRef, ok bool, err error) {
	q.Limit = 1
	found, err := s.Record.Articles(ctx, q)
	if err != nil || len(found.Items) == 0 {
		return newest, false, err
	}
	return found.Items[0], true, nil
}

// months are the first days of the months that have articles, the newest first. A record
// files an article under the day that it had first; a page may tell another one since.
func (s *Site) months(ctx context.Context) ([]time.Time, error) {
	var list []time.Time
	for days := (quoth.Days{From: firstPrinted}); ; {
		newest, ok, err := s.newestOf(ctx, quoth.ArticleQuery{Published: days})
		if err != nil || !ok {
			return list, err
		}
		month := monthOf(cmp.Or(days.To, s.Now().UTC()))
		if d, ok := quoth.DaysOf(newest.Published); ok && (days.To.IsZero() || d.From.Before(days.To)) && d.From.After(firstPrinted) {
			_, isFiledLater, err := s.newestOf(ctx, quoth.ArticleQuery{Published: quoth.Days{From: monthOf(d.From).AddDate(0, 1, 0), To: days.To}})
			if err != nil {
				return nil, err
			}
			if !isFiledLater {
				month = monthOf(d.From)
			}
		}
		list = append(list, month)
		days.To = month.AddDate(0, 0, -1)
	}
}

// monthOf is the first day of a day's month.
func monthOf(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// sitemapPart is the people whom most articles name, the articles of a month, or those
// without a day.
func (s *Site) sitemapPart(w http.ResponseWriter, r *http.Request) {
	name, isXML := strings.CutSuffix(r.PathValue("part"), ".xml")
	month, isMonth := quoth.DaysOf(name)
	isMonth = isMonth && len(name) == len("2006-01")
	isUndated := name == "undated"
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
	case isXML && (isMonth || isUndated):
		part.URLs, err = collectURLs(func(cursor string) ([]sitemapURL, string, error) {
			found, err := s.Record.Articles(r.Context(), quoth.ArticleQuery{Limit: quoth.MaxLimit, Cursor: cursor, Published: month, Undated: isUndated})
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
