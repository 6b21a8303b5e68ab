package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"quoth"
)

// fullRecord is a record with very many articles of one month.
type fullRecord struct {
	quoth.Store
	articles int
}

func (f fullRecord) Months(context.Context) ([]quoth.Month, error) {
	return []quoth.Month{{First: day("2026-04-01"), Articles: f.articles}, {Articles: mapped}}, nil
}

// Articles counts on from the cursor, or from what is passed over.
func (f fullRecord) Articles(_ context.Context, q quoth.ArticleQuery) (a quoth.Answer[quoth.ArticleRef], err error) {
	at := q.Skip
	if q.Cursor != "" {
		var from int
		fmt.Sscan(q.Cursor, &from)
		at += from
	}
	for ; at < f.articles && len(a.Items) < q.Limit; at++ {
		a.Items = append(a.Items, quoth.ArticleRef{ID: fmt.Sprint("a", at)})
	}
	if at < f.articles {
		a.Next = fmt.Sprint(at)
	}
	return a, nil
}

// A month of more articles than a sitemap holds has several, and every article is in one.
func TestSitemapsOfAFullMonth(t *testing.T) {
	s := &Site{Options: Options{Record: fullRecord{articles: 2*mapped + 1}, Base: "https://record.example", Log: slog.New(slog.DiscardHandler)}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sitemap.xml", s.sitemap)
	mux.HandleFunc("GET /sitemaps/{part}", s.sitemapPart)
	loc := regexp.MustCompile(`<loc>https://record.example([^<]+)</loc>`)
	locs := func(path string) (list []string) {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		for _, m := range loc.FindAllStringSubmatch(w.Body.String(), -1) {
			list = append(list, m[1])
		}
		return list
	}
	index := fmt.Sprint(locs("/sitemap.xml"))
	if want := "[/sitemaps/people.xml /sitemaps/2026-04.xml /sitemaps/2026-04.2.xml /sitemaps/2026-04.3.xml /sitemaps/undated.xml]"; index != want {
		t.Fatalf("the index: got %s, want %s", index, want)
	}
	seen := map[string]bool{}
	for path, want := range map[string]int{"/sitemaps/2026-04.xml": mapped, "/sitemaps/2026-04.2.xml": mapped, "/sitemaps/2026-04.3.xml": 1} {
		list := locs(path)
		if len(list) != want {
			t.Errorf("%s: got %d articles, want %d", path, len(list), want)
		}
		for _, l := range list {
			seen[l] = true
		}
	}
	if len(seen) != 2*mapped+1 {
		t.Errorf("got %d articles in all", len(seen))
	}
	for _, path := range []string{"/sitemaps/2026-04.1.xml", "/sitemaps/2026-04.x.xml", "/sitemaps/2026-04.99999999999999999999.xml", "/sitemaps/people.2.xml"} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}
