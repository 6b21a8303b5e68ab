package web

import (
	"cmp"
	"context"
	"encoding/json"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"quoth"
	"quoth/wording"
)

// route is one kind of page.
type route struct {
	pattern string
	handle  func(*http.Request) (*answer, error)
}

// routes are all pages that everybody may read.
func (s *Site) routes() []route {
	return []route{
		{"/{$}", s.front},
		{"/search", s.search},
		{"/search/feed.atom", s.searchFeed},
		{"/articles", s.articles},
		{"/articles/feed.atom", s.articlesFeed},
		{"/articles/{id}", s.article},
		{"/statements/{id}", s.statement},
		{"/people", s.people},
		{"/people/{id}", s.person},
		{"/people/{id}/feed.atom", s.personFeed},
		{"/people/{id}/and/{other}", s.pair},
		{"/people/{id}/and/{other}/feed.atom", s.pairFeed},
		{"/stories", s.stories},
		{"/stories/feed.atom", s.storiesFeed},
		{"/stories/{id}", s.story},
		{"/trending", s.trending},
		{"/corrections", s.corrections},
		{"/corrections/feed.atom", s.correctionsFeed},
		{"/embed", s.embed},
		{"/statistics", s.statistics},
		{"/method", s.method},
		{"/privacy", s.privacy},
		{"/feedback/thanks", s.thanks},
	}
}

// front is the first page: a search box, what is new, what is spoken of.
func (s *Site) front(r *http.Request) (*answer, error) {
	size, err := s.size(r.Context())
	if err != nil {
		return nil, err
	}
	articles, err := s.Record.Articles(r.Context(), quoth.ArticleQuery{Limit: 8})
	if err != nil {
		return nil, err
	}
	latest, err := s.Record.Statements(r.Context(), quoth.Query{Kind: quoth.Direct, Limit: 12})
	if err != nil {
		return nil, err
	}
	trends, day, err := s.trends(r, 7, 10)
	if err != nil {
		return nil, err
	}
	a := &answer{template: "front", Title: "Quoth", Description: "Who said what, about whom, when and where: the record of the press, traced to the words on the page.", Canonical: "/", Feed: "/search/feed.atom",
		Data: map[string]any{"Size": size, "Articles": articles.Items, "Statements": latest.Items, "Trends": trends, "Day": day}}
	// Whoever may add to the record has a box for it here.
	if s.Editors != nil && s.sessionSecret(r) != "" {
		if who, err := s.viewer(r, quoth.DeskEditor); err == nil {
			a.Viewer, a.isPrivate = who, true
		}
	}
	return a, nil
}

// size counts what the record holds, once a minute at most, for that takes long. Who comes while
// it is counted again has the last.
func (s *Site) size(ctx context.Context) (quoth.Size, error) {
	s.sized.Lock()
	defer s.sized.Unlock()
	now, isFirst := s.Now(), s.sizedAt.IsZero()
	if !isFirst && now.Sub(s.sizedAt) <= time.Minute {
		return s.lastSize, nil
	}
	if !isFirst {
		s.sizedAt = now
		s.sized.Unlock()
	}
	size, err := s.Record.Size(ctx)
	if !isFirst {
		s.sized.Lock()
	}
	if err != nil {
		return size, err
	}
	s.lastSize, s.sizedAt = size, now
	return size, nil
}

// trends are those of the days until the newest article, and its day: of an archive, today has none.
func (s *Site) trends(r *http.Request, days, limit int) ([]quoth.Trend, string, error) {
	day := s.Now().UTC()
	// A date that lies ahead is a mistake, and may be years away from all others.
	newest, err := s.Record.Articles(r.Context(), quoth.ArticleQuery{Published: quoth.Days{To: day}, Limit: 1})
	if err != nil {
		return nil, "", err
	}
	if len(newest.Items) > 0 {
		if d, ok := quoth.DaysOf(newest.Items[0].Published); ok && d.To.Before(day) {
			day = d.To
		}
	}
	trends, err := s.Record.Trending(r.Context(), day, days, limit)
	return trends, day.Format(time.DateOnly), err
}

// listQuery reads what a list is asked for.
func listQuery(r *http.Request) (quoth.Query, error) {
	v := r.URL.Query()
	q, err := quoth.ParseQuery(v.Get("q"))
	if err != nil {
		return q, err
	}
	for name, to := range map[string]*string{"speaker": &q.Speaker, "about": &q.About, "told": &q.Told, "outlet": &q.Outlet, "medium": &q.Medium, "kind": (*string)(&q.Kind)} {
		if value := v.Get(name); value != "" {
			*to = value
		}
	}
	if from, to := v.Get("from"), v.Get("to"); from != "" || to != "" {
		d, ok := quoth.DaysOf(edge(from) + "/" + edge(to))
		if !ok {
			return q, &quoth.Error{Code: quoth.Invalid, Message: "the dates are none, or the wrong way round", Hint: "write them as YYYY-MM-DD, YYYY-MM or YYYY"}
		}
		q.Said = d
	}
	q.Sort, q.Cursor = quoth.Sort(v.Get("sort")), v.Get("cursor")
	if err := quoth.ValidateMedium(q.Medium); err != nil {
		return q, err
	}
	return q, q.Validate()
}

func edge(date string) string {
	if date == "" {
		return ".."
	}
	return date
}

// listed is a list of statements with the way to its next page.
type listed struct {
	Items  []quoth.Recorded
	Next   string // address, "" on the last page
	Facets *quoth.Facets
	Path   string
	Params url.Values
	Sort   quoth.Sort
	Names  map[string]string // of people who are filtered by
	Own    string            // the parameter that the page itself stands for, "" of a search
}

// IsOfKnownDays reports whether the list leaves out what nobody knows the day of saying of.
func (l listed) IsOfKnownDays() bool {
	return l.Sort == quoth.BySaid || l.Params.Get("from") != "" || l.Params.Get("to") != "" || strings.Contains(l.Params.Get("q"), "said:")
}

// list answers a query; path is the page's own.
func (s *Site) list(r *http.Request, q quoth.Query, withFacets bool) (listed, error) {
	l := listed{Path: r.URL.Path, Params: r.URL.Query(), Sort: q.Order(), Names: map[string]string{}}
	found, err := s.Record.Statements(r.Context(), q)
	if err != nil {
		return l, err
	}
	l.Items = found.Items
	if found.Next != "" {
		params := r.URL.Query()
		params.Set("cursor", found.Next)
		l.Next = r.URL.Path + "?" + params.Encode()
	}
	if withFacets && q.Cursor == "" {
		facets, err := s.Record.Facets(r.Context(), q)
		if err != nil {
			return l, err
		}
		l.Facets = &facets
	}
	for _, id := range []string{l.Params.Get("speaker"), l.Params.Get("about"), l.Params.Get("told")} {
		if id == "" {
			continue
		}
		if p, err := s.Record.Person(r.Context(), id); err == nil {
			l.Names[id] = p.Name
		}
	}
	return l, nil
}

func (s *Site) search(r *http.Request) (*answer, error) {
	q, err := listQuery(r)
	if err != nil {
		return nil, err
	}
	l, err := s.list(r, q, true)
	if err != nil {
		return nil, err
	}
	var people []quoth.Person
	if text := r.URL.Query().Get("q"); text != "" && q.Cursor == "" {
		name := wording.Fold(text)
		found, err := s.Record.Candidates(r.Context(), []string{name})
		if err != nil {
			return nil, err
		}
		people = slices.DeleteFunc(found[name], func(p quoth.Person) bool { return p.Hidden != "" })
		people = people[:min(4, len(people))]
	}
	title := "Search"
	if text := r.URL.Query().Get("q"); text != "" {
		title = text + " – search"
	}
	return &answer{template: "search", Title: title, Description: "Who said it, in which outlet, and when: what the press attributes to people and organizations.", Canonical: withParam("/search", r.URL.Query(), "cursor", ""), Feed: withParam("/search/feed.atom", r.URL.Query(), "cursor", ""),
		isPassing: q.Cursor != "", Data: map[string]any{"List": l, "People": people}}, nil
}

func (s *Site) articles(r *http.Request) (*answer, error) {
	q, err := articleQuery(r)
	if err != nil {
		return nil, err
	}
	found, err := s.Record.Articles(r.Context(), q)
	if err != nil {
		return nil, err
	}
	title, err := s.articlesOf(r.Context(), q)
	if err != nil {
		return nil, err
	}
	return &answer{template: "articles", Title: title, Description: title + " that the record holds, the newest first, each with who says what in it.", Canonical: canonical(r, "outlet", "person"), Feed: withParam("/articles/feed.atom", r.URL.Query(), "cursor", ""),
		isPassing: q.Cursor != "", Data: map[string]any{"Items": found.Items, "Next": next(r, found.Next), "Query": q, "From": r.URL.Query().Get("from"), "To": r.URL.Query().Get("to")}}, nil
}

// articlesOf is what a list of articles is called.
func (s *Site) articlesOf(ctx context.Context, q quoth.ArticleQuery) (string, error) {
	title := "Articles"
	if q.Outlet != "" {
		title += " of " + q.Outlet
	}
	if q.Person != "" {
		p, err := quoth.ShownPerson(ctx, s.Record, q.Person)
		if err != nil {
			return "", err
		}
		title += " that name " + p.Name
	}
	return title, nil
}

func articleQuery(r *http.Request) (quoth.ArticleQuery, error) {
	v := r.URL.Query()
	q := quoth.ArticleQuery{Outlet: v.Get("outlet"), Person: v.Get("person"), Cursor: v.Get("cursor")}
	if from, to := v.Get("from"), v.Get("to"); from != "" || to != "" {
		d, ok := quoth.DaysOf(edge(from) + "/" + edge(to))
		if !ok {
			return q, &quoth.Error{Code: quoth.Invalid, Message: "the dates are none, or the wrong way round", Hint: "write them as YYYY-MM-DD, YYYY-MM or YYYY"}
		}
		q.Published = d
	}
	return q, nil
}

// canonical is the address of a list that search engines are to know it by: with the named
// parameters, without those that narrow or sort it further.
func canonical(r *http.Request, names ...string) string {
	v, kept := r.URL.Query(), url.Values{}
	for _, name := range names {
		if value := v.Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	return withParam(r.URL.EscapedPath(), kept, "cursor", "")
}

// next is the address of the next page of a list.
func next(r *http.Request, cursor string) string {
	if cursor == "" {
		return ""
	}
	params := r.URL.Query()
	params.Set("cursor", cursor)
	return r.URL.Path + "?" + params.Encode()
}

func (s *Site) article(r *http.Request) (*answer, error) {
	revision := 0
	if text := r.URL.Query().Get("revision"); text != "" {
		for _, c := range text {
			if c < '0' || c > '9' || revision > 1e6 {
				return nil, &quoth.Error{Code: quoth.Invalid, Message: "revision is no number", Hint: "1 is the first"}
			}
			revision = 10*revision + int(c-'0')
		}
	}
	reading, ref, err := s.Record.Article(r.Context(), r.PathValue("id"), revision)
	if err != nil {
		return nil, err
	}
	body, err := s.Renderer.Article(reading, func(id string) string { return "/statements/" + id })
	if err != nil {
		return nil, err
	}
	revisions, err := s.Record.Revisions(r.Context(), ref.ID)
	if err != nil {
		return nil, err
	}
	story, err := s.Record.Story(r.Context(), ref.Story)
	if quoth.CodeOf(err) != quoth.NotFound && err != nil {
		return nil, err
	}
	ask, err := s.dialog(r, "article", ref.ID, ref.Revision)
	if err != nil {
		return nil, err
	}
	a := &answer{template: "article", Title: titleOf(ref), Description: "Who said what in “" + titleOf(ref) + "”, according to " + outlet(ref), Canonical: "/articles/" + ref.ID,
		Data: map[string]any{"Ref": ref, "Body": body, "Revisions": revisions, "Story": story, "Ask": ask}}
	if ref.Published != "" {
		a.Description += ", " + s.Renderer.Date(ref.Published)
	}
	if ref.Revision < ref.Revisions {
		a.Title += ", revision " + strconv.Itoa(ref.Revision)
	}
	return a, nil
}

func (s *Site) statement(r *http.Request) (*answer, error) {
	st, err := s.Record.Statement(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	corrections, err := quoth.PublicCorrections(r.Context(), s.Record, quoth.CorrectionQuery{Statement: st.ID, Limit: 50})
	if err != nil {
		return nil, err
	}
	if st.Withdrawn != "" {
		return &answer{template: "stone", Title: "Taken away", Canonical: "/statements/" + st.ID, status: http.StatusGone, Data: map[string]any{"St": st, "Corrections": corrections}}, nil
	}
	replies, err := s.Record.Replies(r.Context(), st.ID)
	if err != nil {
		return nil, err
	}
	history, err := s.Record.History(r.Context(), st.ID)
	if err != nil {
		return nil, err
	}
	var others []quoth.Recorded
	if st.Occurrences > 1 {
		all, err := s.Record.Saying(r.Context(), st.Saying)
		if err != nil {
			return nil, err
		}
		others = slices.DeleteFunc(all, func(o quoth.Recorded) bool { return o.ID == st.ID })
	}
	reading, _, err := s.Record.Article(r.Context(), st.Article.ID, st.Revision)
	if err != nil {
		return nil, err
	}
	ask, err := s.dialog(r, "statement", st.ID, st.Revision)
	if err != nil {
		return nil, err
	}
	return &answer{template: "statement", Title: headed(st) + ": " + shorten(st.Content.Text, 80) + " (" + outlet(st.Article) + ")", Canonical: "/statements/" + st.ID,
		Description: headed(st) + ", according to " + outlet(st.Article) + ": " + shorten(st.Content.Text, 200),
		Data: map[string]any{"St": st, "History": history, "Others": others, "Context": contextOf(reading.Article, st.Statement), "Printed": s.printed(st, reading.Article), "IsCurrent": st.Revision == st.Article.Revisions, "LD": quotation(st), "Ask": ask,
			"Corrections": corrections, "Replies": replies, "HasDesk": s.Editors != nil}}, nil
}

// printed is the day of printing of a statement's article, with the reason where the state of
// the page that has the statement tells the same day.
func (s *Site) printed(st quoth.Recorded, a quoth.Article) string {
	if a.Published.EDTF != st.Article.Published {
		return cmp.Or(s.Renderer.Date(st.Article.Published), "undated")
	}
	return s.Renderer.Printed(a.Published)
}

// shorten cuts text at a word.
func shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	cut := string(runes[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return cut + "…"
}

// evidence is a stretch of an article in which the parts of a statement are told apart.
type evidence struct {
	Text string
	Role string // source, cue, content, said, venue, or "" for what is between
}

// contextOf cuts the block or blocks around a statement into its parts.
func contextOf(a quoth.Article, st quoth.Statement) []evidence {
	type part struct {
		quoth.Span
		role string
	}
	var parts []part
	addAll := func(r *quoth.Role, role string) {
		if r == nil {
			return
		}
		for _, s := range r.Spans {
			parts = append(parts, part{s, role})
		}
	}
	addAll(st.Content, "content")
	addAll(st.Source, "source")
	addAll(st.Cue, "cue")
	if len(parts) == 0 {
		return nil
	}
	slices.SortFunc(parts, func(x, y part) int { return x.Start - y.Start })
	around := quoth.Span{Start: parts[0].Start, End: parts[len(parts)-1].End}
	for _, p := range parts {
		around.End = max(around.End, p.End)
	}
	for _, b := range a.Blocks {
		if b.Span.Overlaps(around) && b.Kind.MaySpeak() {
			around.Start, around.End = min(around.Start, b.Span.Start), max(around.End, b.Span.End)
		}
	}
	if st.Said != nil && around.Contains(st.Said.Evidence) {
		parts = append(parts, part{st.Said.Evidence, "said"})
	}
	if st.Venue != nil && around.Contains(st.Venue.Span) {
		parts = append(parts, part{st.Venue.Span, "venue"})
	}
	const furniture = "furniture"
	for i, b := range a.Blocks {
		if around.Contains(b.Span) && quoth.Interrupts(a.Text, a.Blocks, i) {
			parts = append(parts, part{b.Span, furniture})
		}
	}
	slices.SortStableFunc(parts, func(x, y part) int { return x.Start - y.Start })
	var pieces []evidence
	at := around.Start
	for _, p := range parts {
		if p.Start < at || p.End > len(a.Text) {
			continue // lies in another part
		}
		pieces = append(pieces, evidence{a.Text[at:p.Start], ""})
		if p.role != furniture {
			pieces = append(pieces, evidence{p.In(a.Text), p.role})
		}
		at = p.End
	}
	return append(pieces, evidence{a.Text[at:around.End], ""})
}

// quotation is a statement as schema.org's Quotation, for machines that read the page. It is
// "" of one that nobody is said to have made, and of one in the reporter's words: those are
// no quotation of the speaker.
func quotation(st quoth.Recorded) template.JS {
	if !st.IsFactual() || st.Kind == quoth.Indirect {
		return ""
	}
	q := map[string]any{"@context": "https://schema.org", "@type": "Quotation", "identifier": st.ID, "additionalType": string(st.Kind), "text": st.Content.Text, "isPartOf": map[string]any{"@type": "NewsArticle", "headline": st.Article.Title, "url": safeURL(st.Article.URL)}}
	if st.Speaker != nil {
		kind := map[quoth.PartyKind]string{quoth.PersonParty: "Person", quoth.OrganizationParty: "Organization", quoth.DocumentParty: "CreativeWork"}[st.Speaker.Kind]
		q["creator"] = map[string]any{"@type": cmp.Or(kind, "Thing"), "name": st.Speaker.Name}
	}
	if st.Said != nil && !strings.Contains(st.Said.EDTF, "/") { // an interval is no schema.org Date
		q["dateCreated"] = st.Said.EDTF
	}
	b, err := json.Marshal(q) // escapes <, > and &
	if err != nil {
		return "{}"
	}
	return template.JS(b)
}

func (s *Site) people(r *http.Request) (*answer, error) {
	v := r.URL.Query()
	switch kind := quoth.PartyKind(v.Get("kind")); kind {
	case "", quoth.PersonParty, quoth.OrganizationParty:
	default:
		return nil, &quoth.Error{Code: quoth.Invalid, Message: "there are no people of the kind “" + string(kind) + "”", Hint: "person or organization"}
	}
	found, err := s.Record.People(r.Context(), quoth.PeopleQuery{Text: v.Get("q"), Kind: quoth.PartyKind(v.Get("kind")), Limit: 60, Cursor: v.Get("cursor")})
	if err != nil {
		return nil, err
	}
	return &answer{template: "people", Title: "People and organizations", Description: "Who is quoted and spoken of in the press, the most often seen first.", Canonical: "/people", isPassing: v.Get("cursor") != "", Data: map[string]any{"Items": found.Items, "Next": next(r, found.Next), "Text": v.Get("q"), "Kind": v.Get("kind")}}, nil
}

func (s *Site) person(r *http.Request) (*answer, error) {
	p, err := quoth.ShownPerson(r.Context(), s.Record, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if p.ID != r.PathValue("id") {
		to := url.URL{Path: "/people/" + p.ID, RawQuery: r.URL.RawQuery}
		return &answer{moved: to.String()}, nil
	}
	q, err := listQuery(r)
	if err != nil {
		return nil, err
	}
	title, side, err := sideOf(r, p, &q)
	if err != nil {
		return nil, err
	}
	l, err := s.list(r, q, true)
	if err != nil {
		return nil, err
	}
	l.Own = map[string]string{"said": "speaker", "about": "about", "told": "told"}[side]
	around, err := s.Record.Circle(r.Context(), p.ID, 12)
	if err != nil {
		return nil, err
	}
	days, err := s.Record.Presences(r.Context(), p.ID)
	if err != nil {
		return nil, err
	}
	over := bars(days)
	undated := p.Statements + p.About
	for _, d := range days {
		undated -= d.Said + d.About
	}
	var tones []quoth.Tone
	if side == "about" {
		if tones, err = s.Record.Tones(r.Context(), p.ID); err != nil {
			return nil, err
		}
	}
	changes, err := s.Record.Changes(r.Context(), p.ID, 0, 10)
	if err != nil {
		return nil, err
	}
	path := "/people/" + url.PathEscape(p.ID)
	a := &answer{template: "person", Title: title, Description: title + ", according to the press.", Canonical: path, Feed: withParam(path+"/feed.atom", r.URL.Query(), "sort", ""), isPassing: q.Cursor != "",
		Data: map[string]any{"Person": p, "Side": side, "List": l, "Circle": around, "Changes": changes, "Tones": tones, "Undated": max(undated, 0),
			"Bars": over, "Timeline": timeline(over), "Drawing": circle(p, neighbours(around, 12))}}
	if side == "said" {
		a.Title, a.Description = p.Name, "What "+p.Name+" said, and what was said about them, according to the press."
	} else {
		a.Canonical += "?side=" + side
	}
	return a, nil
}

// sideOf makes of a query that for one side of a person's page, and says what it asks for.
func sideOf(r *http.Request, p quoth.Person, q *quoth.Query) (title, side string, err error) {
	var parameter *string
	switch side = cmp.Or(r.URL.Query().Get("side"), "said"); side {
	case "about":
		parameter, title = &q.About, "What was said about "+p.Name
	case "told":
		parameter, title = &q.Told, "What "+p.Name+" was told"
	case "said":
		parameter, title = &q.Speaker, "What "+p.Name+" said"
	default:
		return "", "", errNoSide(side)
	}
	if *parameter != "" && *parameter != p.ID {
		return "", "", &quoth.Error{Code: quoth.Invalid, Message: "this page is about " + p.Name + " alone", Hint: "take the other person out of the address, or search"}
	}
	*parameter = p.ID
	return title, side, nil
}

// errNoSide is the answer to a side that a person does not have.
func errNoSide(side string) error {
	return &quoth.Error{Code: quoth.Invalid, Message: "a person has no side “" + side + "”", Hint: "said, about or told"}
}

func (s *Site) stories(r *http.Request) (*answer, error) {
	q, err := articleQuery(r)
	if err != nil {
		return nil, err
	}
	found, err := s.Record.Stories(r.Context(), q)
	if err != nil {
		return nil, err
	}
	return &answer{template: "stories", Title: "Stories", Description: "Texts that several outlets printed: who printed them, and who says what in them.", Canonical: "/stories", Feed: withParam("/stories/feed.atom", r.URL.Query(), "cursor", ""), isPassing: q.Cursor != "", Data: map[string]any{"Items": found.Items, "Next": next(r, found.Next)}}, nil
}

func (s *Site) story(r *http.Request) (*answer, error) {
	story, err := s.Record.Story(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	statements, err := s.Record.Statements(r.Context(), quoth.Query{Article: story.ID, Limit: quoth.MaxLimit})
	if err != nil {
		return nil, err
	}
	title := cmp.Or(story.Title, "Untitled story")
	return &answer{template: "story", Title: title + ": who printed it", Description: "Who printed “" + title + "”, and who says what in it.", Canonical: "/stories/" + url.PathEscape(story.ID), Data: map[string]any{"Story": story, "Title": title, "Statements": statements.Items, "IsMore": statements.Next != ""}}, nil
}

func (s *Site) trending(r *http.Request) (*answer, error) {
	trends, day, err := s.trends(r, 7, 50)
	if err != nil {
		return nil, err
	}
	return &answer{template: "trending", Title: "Spoken of more than usual", Description: "People, organizations and stories that the press speaks of more than usual.", Canonical: "/trending", Data: map[string]any{"Trends": trends, "Day": day}}, nil
}

// corrections is the public log of what editors decided.
func (s *Site) corrections(r *http.Request) (*answer, error) {
	number := func(name string) int64 {
		n, _ := strconv.ParseInt(r.URL.Query().Get(name), 10, 64) // the newest, when it is no number
		return max(n, 0)
	}
	before, people, decisions := number("before"), number("people"), r.URL.Query().Get("decisions")
	isFirst := before == 0 && people == 0 && decisions == ""
	const shown = 50
	data := map[string]any{"IsFirst": isFirst}
	if isFirst || before > 0 {
		list, err := quoth.PublicCorrections(r.Context(), s.Record, quoth.CorrectionQuery{Before: before, Limit: shown})
		if err != nil {
			return nil, err
		}
		if data["Statements"] = list; len(list) == shown {
			data["Next"] = "/corrections?before=" + strconv.FormatInt(list[shown-1].ID, 10)
		}
	}
	if isFirst || people > 0 {
		changes, err := s.Record.Changes(r.Context(), "", people, shown)
		if err != nil {
			return nil, err
		}
		if data["Changes"] = changes; len(changes) == shown {
			data["NextPeople"] = "/corrections?people=" + strconv.FormatInt(changes[shown-1].ID, 10)
		}
	}
	if isFirst || decisions != "" {
		closed, err := s.Record.Cases(r.Context(), quoth.CaseQuery{State: quoth.CaseClosed, Limit: shown, Cursor: decisions})
		if err != nil {
			return nil, err
		}
		if data["Decisions"] = closed.Items; closed.Next != "" {
			data["NextDecisions"] = "/corrections?" + url.Values{"decisions": {closed.Next}}.Encode()
		}
	}
	return &answer{template: "corrections", Title: "Corrections", Description: "What editors changed in the record, what they declined, and why.", Canonical: "/corrections", Feed: "/corrections/feed.atom", isPassing: !isFirst, Data: data}, nil
}

func (s *Site) method(*http.Request) (*answer, error) {
	return &answer{template: "method", Title: "How it works, and how often it is wrong", Description: "How Quoth finds who said what, how often it is wrong, and what happens then.", Canonical: "/method", Data: map[string]any{"Model": s.Model}}, nil
}

func (s *Site) privacy(*http.Request) (*answer, error) {
	return &answer{template: "privacy", Title: "Privacy", Description: "What this site keeps about its readers, and for how long.", Canonical: "/privacy"}, nil
}
