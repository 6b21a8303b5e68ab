package eval

import (
	"slices"
	"strings"
)

// GoldPage is what is known of a web page. Empty strings and no authors are "not known".
type GoldPage struct {
	Body, Title, Date string
	Authors           []string
}

// ReadPage is what was read of one: its body as running text.
type ReadPage struct {
	Body, Title, Date string
	Authors           []string
}

// PageScore compares pages with gold. Bodies are compared by their stretches of four words,
// each as often as it occurs, as the article extraction benchmark of Scrapinghub does.
// The zero value is empty.
type PageScore struct {
	pages, lost                             int
	p, r, f1                                float64
	title, titles, author, authors, day, ds int
}

// PageFigures are the figures of a PageScore, shares from 0 to 1. P, R and F1 are means over
// pages; F1OfMeans is that of the two means. Lost is the share of pages of whose body over
// half is missing. Title, Author and Date are of the pages of which gold knows them: right
// but for case and marks, at least one author right, the day right.
type PageFigures struct {
	Pages     int     `json:"pages"`
	P         float64 `json:"p"`
	R         float64 `json:"r"`
	F1        float64 `json:"f1"`
	F1OfMeans float64 `json:"f1_of_means"`
	Lost      float64 `json:"lost"`
	Title     float64 `json:"title"`
	Author    float64 `json:"author"`
	Date      float64 `json:"date"`
	// Known is how many pages have a title, an author and a date in gold.
	Known [3]int `json:"known"`
}

// Add counts a page.
func (s *PageScore) Add(gold GoldPage, got ReadPage) {
	g, r := shingles(gold.Body), shingles(got.Body)
	both, all, read := 0, 0, 0
	for k, n := range g {
		both += min(n, r[k])
		all += n
	}
	for _, n := range r {
		read += n
	}
	p, rec := share(both, read), share(both, all)
	s.pages++
	s.p, s.r = s.p+p, s.r+rec
	if p+rec > 0 {
		s.f1 += 2 * p * rec / (p + rec)
	}
	if rec < 0.5 {
		s.lost++
	}
	if gold.Title != "" {
		s.titles++
		s.title += one(folded(gold.Title) == folded(got.Title))
	}
	if gold.Date != "" {
		s.ds++
		s.day += one(gold.Date == got.Date[:min(10, len(got.Date))])
	}
	if len(gold.Authors) > 0 {
		s.authors++
		s.author += one(slices.ContainsFunc(gold.Authors, func(a string) bool {
			return slices.ContainsFunc(got.Authors, func(b string) bool { return folded(a) == folded(b) })
		}))
	}
}

func folded(s string) string {
	return strings.Join(lineWord.FindAllString(strings.ToLower(s), -1), " ")
}

// shingles counts the stretches of four words; a shorter text is one stretch.
func shingles(s string) map[string]int {
	w := lineWord.FindAllString(s, -1)
	out := map[string]int{}
	for i := 0; len(w) > 0 && i < max(1, len(w)-3); i++ {
		out[strings.Join(w[i:min(i+4, len(w))], " ")]++
	}
	return out
}

// Figures returns the figures of what was added.
func (s *PageScore) Figures() PageFigures {
	n := float64(max(1, s.pages))
	f := PageFigures{
		Pages: s.pages, P: s.p / n, R: s.r / n, F1: s.f1 / n, Lost: share(s.lost, s.pages),
		Title: share(s.title, s.titles), Author: share(s.author, s.authors), Date: share(s.day, s.ds),
		Known: [3]int{s.titles, s.authors, s.ds},
	}
	if f.P+f.R > 0 {
		f.F1OfMeans = 2 * f.P * f.R / (f.P + f.R)
	}
	return f
}
