package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strings"

	"quoth"
	"quoth/wording"
)

// functions are what the templates may call.
func (s *Site) functions() template.FuncMap {
	return template.FuncMap{
		"date":       s.Renderer.Date,
		"count":      count,
		"grouped":    grouped,
		"marked":     marked,
		"medium":     medium,
		"outlet":     outlet,
		"source":     source,
		"percent":    percent,
		"with":       withParam,
		"manner":     manner,
		"doubt":      doubt,
		"usual":      usual,
		"citation":   citation,
		"different":  different,
		"personPath": func(id string) string { return "/people/" + url.PathEscape(id) },
		"pairPath":   pairPath,
		"title":      titleOf,
		"others":     others,
		"lastWeek":   func(list []WeekAnswers) WeekAnswers { return list[len(list)-1] },
		"last":       func(list []bar) bar { return list[len(list)-1] },
		"safe":       safeURL,
		"field":      fieldName,
		"compared":   compared,
		"changed":    changed,
		"states":     func() []quoth.CaseState { return caseStates },
	}
}

// caseStates are those that the desk can be filtered by.
var caseStates = []quoth.CaseState{quoth.CaseNew, quoth.CaseWorking, quoth.CaseWaiting, quoth.CaseSecond, quoth.CaseReopened, quoth.CaseClosed}

// pairPath is the page of what two people say of one another.
func pairPath(a, b string) string {
	return "/people/" + url.PathEscape(a) + "/and/" + url.PathEscape(b)
}

// count is a number with its noun, whose plural has an s unless it is given.
func count(n int, one string, many ...string) string {
	noun := one + "s"
	if len(many) > 0 {
		noun = many[0]
	}
	if n == 1 {
		noun = one
	}
	return grouped(n) + " " + noun
}

// grouped writes a number with thin blanks between thousands, as the world's standard has
// it.
func grouped(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "\u202f" + text[i:]
	}
	return text
}

// piece is a stretch of words, set off or not.
type piece struct {
	Text   string
	IsMark bool
}

// usual is a count that was to be expected.
func usual(n float64) string {
	if n < 0.05 {
		return "none"
	}
	return fmt.Sprintf("%.1f", n)
}

// marked cuts text at its highlights.
func marked(text string, spans []quoth.Span) []piece {
	var pieces []piece
	at := 0
	for _, s := range spans {
		if s.Start > at {
			pieces = append(pieces, piece{text[at:s.Start], false})
		}
		pieces = append(pieces, piece{s.In(text), true})
		at = s.End
	}
	return append(pieces, piece{text[at:], false})
}

// medium puts a medium into words, "" when it is not known.
func medium(m string) string {
	if m == quoth.UnknownMedium {
		return ""
	}
	return strings.ReplaceAll(m, "-", " ")
}

// outlet is who printed an article, as well as the page tells.
func outlet(a quoth.ArticleRef) string {
	if a.Site != "" {
		return a.Site
	}
	if u, err := url.Parse(a.URL); err == nil && u.Host != "" {
		return strings.TrimPrefix(u.Host, "www.")
	}
	return "an outlet that the page does not name"
}

// titleOf is what an article is called.
func titleOf(a quoth.ArticleRef) string {
	if a.Title != "" {
		return a.Title
	}
	return "Untitled article"
}

// maxFragment bounds the words of a text fragment; browsers look for few more easily.
const maxFragment = 12

// source is the address of the words on the publisher's page: the article's, with a text
// fragment (W3C URL Fragment Text Directives) of the statement's words. "" when the
// article has no address.
func source(a quoth.ArticleRef, words string) string {
	address := safeURL(a.URL)
	if address == "" {
		return ""
	}
	address, _, _ = strings.Cut(address, "#")
	first, _, _ := strings.Cut(words, " … ")
	list := strings.Fields(strings.Trim(first, "“”\"‘’' ,."))
	if len(list) == 0 {
		return address
	}
	escape := func(words []string) string {
		return strings.ReplaceAll(url.QueryEscape(strings.Join(words, " ")), "+", "%20")
	}
	fragment := escape(list)
	if len(list) > maxFragment {
		fragment = escape(list[:maxFragment/2]) + "," + escape(list[len(list)-maxFragment/2:])
	}
	// A hyphen has a meaning of its own in the directive.
	return address + "#:~:text=" + strings.ReplaceAll(fragment, "-", "%2D")
}

// safeURL returns an address of the web, "" for anything else: a page may name
// javascript: as its address.
func safeURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// sayer is who a statement is attributed to, for titles that stand without its page. Where
// the article does not say that it was said, the title does not either.
func sayer(st quoth.Recorded) string {
	who := "somebody unnamed"
	if st.Speaker != nil {
		who = st.Speaker.Name
	}
	switch st.Factuality {
	case quoth.Negated:
		return "Not said by " + who
	case quoth.Hypothetical:
		return "Might be said by " + who
	case quoth.Questioned:
		return "Asked whether said by " + who
	}
	if st.Speaker == nil {
		return "Somebody unnamed"
	}
	return who
}

// maxCueRunes is how much of a cue stands in a title.
const maxCueRunes = 60

// headed is the sayer with the page's word for the saying, where the words that follow it are
// not all the sayer's own: "denied" in front of them makes them the opposite.
func headed(st quoth.Recorded) string {
	cue := st.CueWords()
	if cue == "" || st.Kind == quoth.Direct || !st.IsFactual() {
		return sayer(st)
	}
	return sayer(st) + " (“" + shorten(cue, maxCueRunes) + "”)"
}

// citation names speaker and outlet as whoever cites a statement may: quoted is only whose
// words stand in quotation marks.
func citation(st quoth.Recorded) string {
	switch {
	case !st.IsFactual():
		return sayer(st) + ", according to " + outlet(st.Article)
	case st.Kind == quoth.Indirect:
		return sayer(st) + ", in the words of " + outlet(st.Article)
	case st.Kind == quoth.Mixed:
		return sayer(st) + ", partly quoted in " + outlet(st.Article)
	}
	return sayer(st) + ", quoted in " + outlet(st.Article)
}

// manner says how a statement was said, with what keeps it from being a claim.
func manner(s quoth.Statement) string {
	words := map[quoth.Kind]string{quoth.Direct: "in these words", quoth.Indirect: "in the article’s words", quoth.Mixed: "partly in these words"}[s.Kind]
	switch s.Factuality {
	case quoth.Negated:
		words += "; the article says that this was not said"
	case quoth.Hypothetical:
		words += "; the article says that this might be said"
	case quoth.Questioned:
		words += "; the article asks whether this was said"
	}
	return words
}

// doubt is how sure the reading of a statement is, "" where it is surer than not.
func doubt(s quoth.Statement) string {
	if s.Confidence <= 0 || s.Confidence >= quoth.LowConfidence {
		return ""
	}
	return percent(s.Confidence) + " sure"
}

// percent is a share in words.
func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// withParam is the address of a list with one parameter changed, and from its beginning.
func withParam(path string, q url.Values, name, value string) string {
	changed := url.Values{}
	for k, v := range q {
		if k != "cursor" {
			changed[k] = v
		}
	}
	changed.Set(name, value)
	if value == "" {
		changed.Del(name)
	}
	if len(changed) == 0 {
		return path
	}
	return path + "?" + changed.Encode()
}

// wordingPiece is a stretch of one wording: as in the other, or not.
type wordingPiece struct {
	Text              string
	IsOwn, IsNegation bool
}

// others are those a statement is about, without its own speaker: that people speak of
// themselves need not be said.
func others(s quoth.Statement) []quoth.Party {
	var list []quoth.Party
	for _, p := range s.About {
		if s.Speaker == nil || p.Name != s.Speaker.Name {
			list = append(list, p)
		}
	}
	return list
}

// differences are a wording against another.
type differences struct {
	Pieces                   []wordingPiece
	Missing                  []string // what only the other has
	IsSame, IsCut, IsNegated bool
}

// different shows how b differs from a.
func different(a, b string) differences {
	c := wording.Compare(a, b)
	d := differences{IsSame: len(c.Differences) == 0, IsCut: c.IsCut, IsNegated: c.IsNegated}
	at := 0
	for _, x := range c.Differences {
		if x.A[1] > x.A[0] {
			d.Missing = append(d.Missing, a[x.A[0]:x.A[1]])
		}
		if x.B[1] == x.B[0] {
			continue
		}
		d.Pieces = append(d.Pieces, wordingPiece{b[at:x.B[0]], false, false}, wordingPiece{b[x.B[0]:x.B[1]], true, x.IsNegation})
		at = x.B[1]
	}
	d.Pieces = append(d.Pieces, wordingPiece{Text: b[at:]})
	return d
}

// Sorts are the orders that a list may be in; relevance is to words.
func (s *Site) Sorts(l listed) []quoth.Sort {
	if l.Params.Get("q") != "" {
		return quoth.Sorts()
	}
	return []quoth.Sort{quoth.ByPublished, quoth.BySaid}
}

// CircleOf is how many of the newest statements a circle is counted from.
func (s *Site) CircleOf() int { return quoth.CircleStatements }

// Link is the address of a list with one parameter changed.
func (s *Site) Link(l listed, name string, value any) string {
	return withParam(l.Path, l.Params, name, fmt.Sprint(value))
}

// JSON is the address of the list in the API, from its beginning.
func (s *Site) JSON(l listed) string {
	path, kept := "/api/v1/statements", url.Values{}
	if l.Own != "" {
		path = "/api/v1" + l.Path + "/statements"
	}
	for _, name := range []string{"q", "speaker", "about", "told", "outlet", "medium", "kind", "from", "to", "sort", "side"} {
		if value := l.Params.Get(name); value != "" && (name != "side" || l.Own != "") {
			kept.Set(name, value)
		}
	}
	return withParam(path, kept, "cursor", "")
}

// filterView is a filter of a list that can be taken off.
type filterView struct{ Name, Value, Off string }

// Filters are those that a list has.
func (s *Site) Filters(l listed) []filterView {
	var views []filterView
	for _, name := range []string{"speaker", "about", "told", "outlet", "medium", "kind", "from", "to"} {
		value := l.Params.Get(name)
		if value == "" {
			continue
		}
		shown := value
		if person, ok := l.Names[value]; ok {
			shown = person
		}
		label := name
		if name == "from" || name == "to" {
			label = "said " + name
		}
		views = append(views, filterView{label, shown, withParam(l.Path, l.Params, name, "")})
	}
	return views
}

// facetView is a facet of a list.
type facetView struct {
	Title  string
	Values []facetValue
}

// facetValue is one value, with the list that has only it.
type facetValue struct {
	Name, Href string
	Count      int
}

// Facets are those by which a list can be narrowed.
func (s *Site) Facets(l listed) []facetView {
	if l.Facets == nil {
		return nil
	}
	var views []facetView
	for _, f := range []struct {
		title, name string
		values      []quoth.Facet
	}{
		{"Speaker", "speaker", l.Facets.Speaker}, {"About", "about", l.Facets.About}, {"Outlet", "outlet", l.Facets.Outlet},
		{"Medium", "medium", l.Facets.Medium}, {"Kind", "kind", l.Facets.Kind}, {"Year of saying", "year", l.Facets.Year},
	} {
		if len(f.values) < 2 || l.Params.Get(f.name) != "" || f.name == l.Own {
			continue
		}
		v := facetView{Title: f.title}
		for _, value := range f.values {
			href := withParam(l.Path, l.Params, f.name, value.Value)
			if f.name == "year" {
				params := url.Values{}
				for k, list := range l.Params {
					params[k] = list
				}
				params.Set("from", value.Value)
				href = withParam(l.Path, params, "to", value.Value)
			}
			name := value.Name
			if name == "" {
				name = strings.ReplaceAll(value.Value, "-", " ")
			}
			v.Values = append(v.Values, facetValue{name, href, value.Count})
		}
		views = append(views, v)
	}
	return views
}
