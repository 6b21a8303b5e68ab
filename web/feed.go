package web

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"quoth"
)

// feed is an Atom feed (RFC 4287).
type feed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  *atomPerson `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  *atomPerson `xml:"author,omitempty"`
	Links   []atomLink  `xml:"link"`
	Summary string      `xml:"summary,omitempty"`
}

// never is the time of an entry whose day nobody knows; Atom wants one.
const never = "1970-01-01T00:00:00Z"

// stamp is the time of an EDTF date.
func stamp(edtf string) string {
	d, ok := quoth.DaysOf(edtf)
	if !ok || d.From.IsZero() {
		return never
	}
	return d.From.Format(time.RFC3339)
}

// writeFeed writes a feed, its paths made whole.
func (s *Site) writeFeed(w http.ResponseWriter, r *http.Request, a *answer) {
	f := a.feed
	base := s.base(r)
	f.Title, f.ID = a.Title+" – Quoth", base+r.URL.RequestURI()
	f.Links = []atomLink{{Rel: "self", Type: "application/atom+xml", Href: f.ID}, {Rel: "alternate", Type: "text/html", Href: base + a.Canonical}}
	f.Author = &atomPerson{"Quoth"}
	f.Updated = never
	for i := range f.Entries {
		e := &f.Entries[i]
		for j := range e.Links {
			e.Links[j].Href = base + e.Links[j].Href
		}
		e.ID = base + e.ID
		f.Updated = max(f.Updated, e.Updated)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(f); err != nil {
		s.Log.Error("feed", "err", err)
		http.Error(w, "the feed cannot be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	w.Write(b.Bytes())
}

// statementEntries are statements as entries.
func statementEntries(list []quoth.Recorded) []atomEntry {
	var entries []atomEntry
	for _, st := range list {
		path := "/statements/" + url.PathEscape(st.ID)
		entries = append(entries, atomEntry{
			ID: path, Title: sayer(st) + ", according to " + outlet(st.Article) + ": " + shorten(st.Content.Text, 100), Updated: stamp(st.Article.Published),
			Author: &atomPerson{outlet(st.Article)}, Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: path}}, Summary: st.Content.Text + " (" + manner(st.Statement) + ")",
		})
	}
	return entries
}

// articleEntries are articles as entries.
func articleEntries(list []quoth.ArticleRef) []atomEntry {
	var entries []atomEntry
	for _, a := range list {
		path := "/articles/" + url.PathEscape(a.ID)
		entries = append(entries, atomEntry{ID: path, Title: titleOf(a), Updated: stamp(a.Published), Author: &atomPerson{outlet(a)},
			Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: path}}, Summary: count(a.Statements, "statement")})
	}
	return entries
}

// newestStatements is the feed of a query.
func (s *Site) newestStatements(r *http.Request, q quoth.Query, title, page string) (*answer, error) {
	q.Sort, q.Limit, q.Cursor = quoth.ByPublished, 50, ""
	found, err := s.Record.Statements(r.Context(), q)
	if err != nil {
		return nil, err
	}
	return &answer{Title: title, Canonical: page, feed: &feed{Entries: statementEntries(found.Items)}}, nil
}

func (s *Site) searchFeed(r *http.Request) (*answer, error) {
	q, err := listQuery(r)
	if err != nil {
		return nil, err
	}
	return s.newestStatements(r, q, cmp.Or(r.URL.Query().Get("q"), "All statements"), withParam("/search", r.URL.Query(), "cursor", ""))
}

func (s *Site) personFeed(r *http.Request) (*answer, error) {
	p, err := quoth.ShownPerson(r.Context(), s.Record, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	q := quoth.Query{Speaker: p.ID}
	title := "What " + p.Name + " said"
	if r.URL.Query().Get("side") == "about" {
		q.Speaker, q.About, title = "", p.ID, "What was said about "+p.Name
	}
	return s.newestStatements(r, q, title, "/people/"+url.PathEscape(p.ID))
}

func (s *Site) pairFeed(r *http.Request) (*answer, error) {
	a, b, timeline, err := s.both(r)
	if err != nil {
		return nil, err
	}
	var list []quoth.Recorded
	for _, t := range timeline {
		list = append(list, t.Recorded)
	}
	return &answer{Title: a.Name + " and " + b.Name, Canonical: "/people/" + url.PathEscape(a.ID) + "/and/" + url.PathEscape(b.ID), feed: &feed{Entries: statementEntries(list)}}, nil
}

func (s *Site) articlesFeed(r *http.Request) (*answer, error) {
	q, err := articleQuery(r)
	if err != nil {
		return nil, err
	}
	q.Limit, q.Cursor = 50, ""
	found, err := s.Record.Articles(r.Context(), q)
	return &answer{Title: "Articles", Canonical: "/articles", feed: &feed{Entries: articleEntries(found.Items)}}, err
}

func (s *Site) storiesFeed(r *http.Request) (*answer, error) {
	found, err := s.Record.Stories(r.Context(), quoth.ArticleQuery{Limit: 50})
	var entries []atomEntry
	for _, story := range found.Items {
		path := "/stories/" + url.PathEscape(story.ID)
		entries = append(entries, atomEntry{ID: path, Title: cmp.Or(story.Title, "Untitled story"), Updated: stamp(story.Published), Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: path}}, Summary: "printed " + count(len(story.Articles), "time")})
	}
	return &answer{Title: "Stories", Canonical: "/stories", feed: &feed{Entries: entries}}, err
}

func (s *Site) correctionsFeed(r *http.Request) (*answer, error) {
	corrections, err := s.corrected(r, quoth.CorrectionQuery{State: quoth.Accepted, Limit: 50})
	if err != nil {
		return nil, err
	}
	var entries []atomEntry
	for _, c := range corrections {
		path := "/statements/" + url.PathEscape(c.Statement)
		entries = append(entries, atomEntry{ID: path + "#correction-" + strconv.FormatInt(c.ID, 10), Title: string(c.Kind) + " of statement " + c.Statement, Updated: c.At.UTC().Format(time.RFC3339), Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: path}}, Summary: c.Note})
	}
	changes, err := s.Record.Changes(r.Context(), "", 50)
	for _, c := range changes {
		path := "/people/" + url.PathEscape(c.Person)
		entries = append(entries, atomEntry{ID: path + "#change-" + strconv.FormatInt(c.ID, 10), Title: c.Action + ": " + c.Person + " and " + c.Other, Updated: c.At.UTC().Format(time.RFC3339), Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: path}}, Summary: c.Note})
	}
	slices.SortStableFunc(entries, func(a, b atomEntry) int { return strings.Compare(b.Updated, a.Updated) })
	return &answer{Title: "Corrections", Canonical: "/corrections", feed: &feed{Entries: entries}}, err
}
