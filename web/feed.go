package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"quoth"
	"quoth/internal/middleware"
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
	w.Header().Set("Cache-Control", "no-cache")
	if middleware.HasAlready(w, r, b.Bytes()) {
		return
	}
	w.Write(b.Bytes())
}

// statementEntries are statements as entries.
func statementEntries(list []quoth.Recorded) []atomEntry {
	var entries []atomEntry
	for _, st := range list {
		path := "/statements/" + url.PathEscape(st.ID)
		entries = append(entries, atomEntry{
			ID: path, Title: headed(st) + ", according to " + outlet(st.Article) + ": " + shorten(st.Content.Text, 100), Updated: stamp(st.Article.Published),
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
	title := "Statements"
	if r.URL.RawQuery == "" {
		title = "All statements"
	}
	return s.newestStatements(r, q, cmp.Or(r.URL.Query().Get("q"), title), withParam("/search", r.URL.Query(), "cursor", ""))
}

func (s *Site) personFeed(r *http.Request) (*answer, error) {
	p, err := quoth.ShownPerson(r.Context(), s.Record, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	q, err := listQuery(r)
	if err != nil {
		return nil, err
	}
	title, _, err := sideOf(r, p, &q)
	if err != nil {
		return nil, err
	}
	return s.newestStatements(r, q, title, withParam("/people/"+url.PathEscape(p.ID), r.URL.Query(), "cursor", ""))
}

func (s *Site) pairFeed(r *http.Request) (*answer, error) {
	p, err := s.pairOf(r)
	if err != nil {
		return nil, err
	}
	a, b := p.sides[0].who, p.sides[1].who
	var list []quoth.Recorded
	for _, t := range p.timeline {
		list = append(list, t.Recorded)
	}
	return &answer{Title: a.Name + " and " + b.Name, Canonical: pairPath(a.ID, b.ID), feed: &feed{Entries: statementEntries(list)}}, nil
}

func (s *Site) articlesFeed(r *http.Request) (*answer, error) {
	q, err := articleQuery(r)
	if err != nil {
		return nil, err
	}
	q.Limit, q.Cursor = 50, ""
	title, err := s.articlesOf(r.Context(), q)
	if err != nil {
		return nil, err
	}
	found, err := s.Record.Articles(r.Context(), q)
	return &answer{Title: title, Canonical: withParam("/articles", r.URL.Query(), "cursor", ""), feed: &feed{Entries: articleEntries(found.Items)}}, err
}

func (s *Site) storiesFeed(r *http.Request) (*answer, error) {
	q, err := articleQuery(r)
	if err != nil {
		return nil, err
	}
	q.Limit, q.Cursor = 50, ""
	found, err := s.Record.Stories(r.Context(), q)
	var entries []atomEntry
	for _, story := range found.Items {
		path := "/stories/" + url.PathEscape(story.ID)
		entries = append(entries, atomEntry{ID: path, Title: cmp.Or(story.Title, "Untitled story"), Updated: stamp(story.Published), Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: path}}, Summary: "printed " + count(len(story.Articles), "time")})
	}
	return &answer{Title: "Stories", Canonical: withParam("/stories", r.URL.Query(), "cursor", ""), feed: &feed{Entries: entries}}, err
}

// correctionsFeed has an entry for each correction and each change of people, and another
// one for its undoing.
func (s *Site) correctionsFeed(r *http.Request) (*answer, error) {
	corrections, err := quoth.PublicCorrections(r.Context(), s.Record, quoth.CorrectionQuery{Limit: 50})
	if err != nil {
		return nil, err
	}
	var entries []atomEntry
	for _, c := range corrections {
		what, err := s.correctedWords(r.Context(), c)
		if err != nil {
			return nil, err
		}
		path := "/statements/" + url.PathEscape(c.Statement)
		e := correctionEntry(path+"#correction-"+strconv.FormatInt(c.ID, 10), path, what, c.Note, c.At)
		if entries = append(entries, e); c.State == quoth.Undone {
			entries = append(entries, correctionEntry(e.ID+"-undone", path, "Undone: "+what, c.Note, c.UndoneAt))
		}
	}
	changes, err := s.Record.Changes(r.Context(), "", 0, 50)
	if err != nil {
		return nil, err
	}
	for _, c := range changes {
		id := "change-" + strconv.FormatInt(c.ID, 10)
		e := correctionEntry("/people/"+url.PathEscape(c.Person)+"#"+id, "/corrections#"+id, c.Person+": "+changed(c), c.Note, c.At)
		if entries = append(entries, e); c.Undone {
			entries = append(entries, correctionEntry(e.ID+"-undone", "/corrections#"+id, "Undone: "+e.Title, c.Note, c.UndoneAt))
		}
	}
	slices.SortStableFunc(entries, func(a, b atomEntry) int { return strings.Compare(b.Updated, a.Updated) })
	return &answer{Title: "Corrections", Canonical: "/corrections", feed: &feed{Entries: entries}}, nil
}

func correctionEntry(id, path, title, note string, at time.Time) atomEntry {
	return atomEntry{ID: id, Title: title, Updated: at.UTC().Format(time.RFC3339), Links: []atomLink{{Rel: "alternate", Type: "text/html", Href: path}}, Summary: note}
}

// correctedWords says what a correction corrected: which fields of which words, or whose
// statement it took away.
func (s *Site) correctedWords(ctx context.Context, c quoth.Correction) (string, error) {
	kind := strings.ToUpper(string(c.Kind[:1])) + string(c.Kind[1:])
	if c.Was == nil {
		st, err := s.Record.Statement(ctx, c.Statement)
		switch {
		case quoth.CodeOf(err) == quoth.NotFound: // its article was read again without it
			return kind + " of a statement", nil
		case err != nil:
			return "", err
		}
		return kind + " of a statement in " + outlet(st.Article), nil
	}
	fields := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		fields[i] = fieldName(f)
	}
	return kind + " (" + strings.Join(fields, ", ") + "): " + shorten(c.Was.Content.Text, 80), nil
}

// changed says what an editor changed about somebody.
func changed(c quoth.Change) string {
	switch c.Action {
	case "merge":
		return c.Other + " is the same"
	case "split":
		return "some articles mean " + c.Other
	case "hide":
		return "has no page"
	}
	return "was called " + c.Other
}
