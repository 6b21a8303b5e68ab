package quoth

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Sort is an order of statements.
type Sort string

// The orders. ByRelevance is by how well the words match; of many matches the newest are ranked
// and listed first, some sixty at a time, and then those before them.
const (
	ByRelevance Sort = "relevance"
	ByPublished Sort = "published" // the newest first
	BySaid      Sort = "said"      // the last said first; those without a day are left out
)

// Sorts are the orders that there are.
func Sorts() []Sort { return []Sort{ByRelevance, ByPublished, BySaid} }

// The limits of lists.
const (
	DefaultLimit = 20
	MaxLimit     = 200
)

// Term is what a statement has to hold: one word or several in a row.
type Term struct {
	Words    []string // as typed; stores fold them as they fold the record
	Field    Field    // where; "" is anywhere
	IsPrefix bool     // the last word may go on
	IsNot    bool     // must not hold it
}

// Field is a part of a statement that can be searched by itself.
type Field string

// The fields.
const (
	AnyField     Field = ""
	ContentField Field = "content" // what was said
	SpeakerField Field = "speaker" // the speaker's name
	AboutField   Field = "about"   // names of those it is about
)

// Query asks for statements. The zero Query asks for all, the newest first. All that
// is set must hold.
type Query struct {
	Terms     []Term
	Speaker   string // person ID
	About     string // person ID
	Told      string // person ID: addressed to them
	Article   string // article ID
	Outlet    string // site, exactly
	Medium    string
	Kind      Kind
	Said      Days // overlaps the day of saying
	Published Days // holds the day of printing
	Sort      Sort // "" is ByRelevance with terms and ByPublished without
	Limit     int  // 0 is DefaultLimit; at most MaxLimit
	Cursor    string
}

// PeopleQuery asks for people.
type PeopleQuery struct {
	Text   string
	Kind   PartyKind // "" is both
	Limit  int
	Cursor string
}

// ArticleQuery asks for articles or stories.
type ArticleQuery struct {
	Outlet    string
	Person    string // ID of somebody whom the article names
	Published Days
	Undated   bool // only those without a day of printing; Published is ignored then
	Skip      int  // passes over so many first
	Limit     int
	Cursor    string
}

// Month is how many articles were printed in a month.
type Month struct {
	First    time.Time // its first day; the zero time for articles without a day of printing
	Articles int
}

// Answer is one page of the answer to a query.
type Answer[T any] struct {
	Items []T `json:"items"`
	// Next is the cursor of the next page, "" on the last. A cursor stays good while
	// the record grows: nothing is shown twice and nothing that was there is left out. People and
	// cases, which are listed by figures that change, stand where they stood when the first page was
	// asked for; a case that is closed again meanwhile is the first of those that are.
	Next string `json:"next,omitempty"`
}

// Facet is a value with how many statements have it.
type Facet struct {
	Value string `json:"value"`
	Name  string `json:"name,omitempty"` // of the person, where Value is an ID
	Count int    `json:"count"`
}

// Facets are the values of what a query finds, the most frequent first, at most ten
// of each.
type Facets struct {
	Total   int     `json:"total"`
	IsMore  bool    `json:"is_more"` // there are more than were counted
	Speaker []Facet `json:"speaker"`
	About   []Facet `json:"about"`
	Outlet  []Facet `json:"outlet"`
	Medium  []Facet `json:"medium"`
	Kind    []Facet `json:"kind"`
	Year    []Facet `json:"year"` // of saying
}

// Presence is how often somebody is in the articles of a day.
type Presence struct {
	Day   time.Time `json:"day"`   // of printing, 00:00 UTC
	Said  int       `json:"said"`  // statements that they make
	About int       `json:"about"` // statements about them
}

// Tone is how statements of one year sound towards somebody, as far as their words tell it
// with confidence (see [Stance]).
type Tone struct {
	Year       int `json:"year"` // of printing
	Critical   int `json:"critical"`
	Supportive int `json:"supportive"`
}

// CircleStatements is how many of the newest statements by somebody, and of those about them,
// their circle is counted from.
const CircleStatements = 500

// Circle are the people around a person, as far as the newest [CircleStatements] tell.
type Circle struct {
	SpeaksOf []Facet `json:"speaks_of"` // whom the person's statements are about
	SpokenBy []Facet `json:"spoken_by"` // who speaks about the person
}

// What one query may ask: so many terms, and so many words in all of them. A phrase is one
// term, and each word of it costs as much as a word by itself.
const (
	maxTerms = 32
	maxWords = 64
)

// ParseQuery reads what a person types into a search box:
//
//	bridge ferry                 both words
//	"not safe"                   the words in a row
//	resign*                      words that begin so
//	-ferry                       not this
//	speaker:hale about:"Eric Moss"   in a name
//	outlet:herald.example medium:interview kind:direct
//	said:2019/2021 published:2026-04    EDTF
//
// There is no text that it refuses but one that asks for a field that there is not, or for
// nothing or something unknown behind a field's name: code Invalid. What holds neither a
// letter nor a digit asks nothing.
func ParseQuery(text string) (Query, error) {
	var q Query
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var t typed
		t, rest = nextTyped(rest)
		if err := q.add(t); err != nil {
			return Query{}, err
		}
	}
	words := 0
	for _, t := range q.Terms {
		words += len(t.Words)
	}
	if len(q.Terms) > maxTerms || words > maxWords {
		return Query{}, &Error{Code: Invalid, Message: fmt.Sprintf("a search may hold %d words at most, or %d with phrases", maxTerms, maxWords), Hint: "leave some out"}
	}
	return q, nil
}

// typed is one piece of a query: [-][field:]value, the value perhaps in quotation marks.
type typed struct {
	isNot    bool
	field    string
	value    string
	isQuoted bool
}

// nextTyped cuts one piece off text, which begins with no blank.
func nextTyped(text string) (typed, string) {
	var t typed
	if rest, ok := strings.CutPrefix(text, "-"); ok && rest != "" && !strings.HasPrefix(rest, " ") {
		t.isNot, text = true, rest
	}
	if name, rest, ok := strings.Cut(text, ":"); ok && (isFieldName(name) || isLikeField(name, rest)) {
		t.field, text = name, rest
	}
	for _, marks := range [][2]string{{`"`, `"`}, {"“", "”"}} {
		if rest, ok := strings.CutPrefix(text, marks[0]); ok {
			value, after, _ := strings.Cut(rest, marks[1])
			t.value, t.isQuoted = value, true
			if strings.HasPrefix(after, "*") {
				t.value, after = t.value+"*", after[1:]
			}
			return t, after
		}
	}
	end := strings.IndexFunc(text, unicode.IsSpace)
	if end < 0 {
		end = len(text)
	}
	t.value = text[:end]
	return t, text[end:]
}

// isFieldName reports whether name can stand before the colon of a field.
func isFieldName(name string) bool {
	switch name {
	case "speaker", "about", "content", "outlet", "medium", "kind", "said", "published", "article":
		return true
	}
	return false
}

// isLikeField reports whether name and what stands behind its colon look like a field, as in
// "author:hale": an address or a time of day does not, nor does a colon within a sentence.
func isLikeField(name, rest string) bool {
	isLetter := func(r rune) bool { return 'a' <= r && r <= 'z' }
	first, _ := utf8.DecodeRuneInString(rest)
	return len(name) > 1 && strings.TrimFunc(name, isLetter) == "" && (unicode.IsLetter(first) || unicode.IsDigit(first) || first == '"')
}

// add adds what was typed to the query.
func (q *Query) add(t typed) error {
	switch {
	case t.field != "" && !isFieldName(t.field):
		return &Error{Code: Invalid, Message: fmt.Sprintf("there is no field %q", t.field), Hint: "fields are speaker, about, content, outlet, medium, kind, said, published and article; words with a colon stand in quotation marks"}
	case t.field != "" && strings.TrimSpace(t.value) == "":
		return &Error{Code: Invalid, Message: fmt.Sprintf("there is nothing behind %s:", t.field), Hint: "write it without a blank, as in speaker:hale; words with a colon stand in quotation marks"}
	}
	switch t.field {
	case "", "content", "speaker", "about":
		words := strings.FieldsFunc(t.value, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
		if len(words) > 0 {
			q.Terms = append(q.Terms, Term{Words: words, Field: Field(t.field), IsPrefix: strings.HasSuffix(t.value, "*"), IsNot: t.isNot})
		}
		return nil
	}
	if t.isNot {
		return &Error{Code: Invalid, Message: fmt.Sprintf("-%s: cannot be left out, only words can", t.field), Hint: "search for the others by name"}
	}
	var ok bool
	switch t.field {
	case "outlet":
		q.Outlet = t.value
	case "medium":
		q.Medium = t.value
		return ValidateMedium(q.Medium)
	case "article":
		q.Article = t.value
	case "kind":
		q.Kind = Kind(t.value)
		return checkKind(q.Kind)
	case "said":
		q.Said, ok = DaysOf(t.value)
	case "published":
		q.Published, ok = DaysOf(t.value)
	}
	if (t.field == "said" || t.field == "published") && !ok {
		return &Error{Code: Invalid, Message: fmt.Sprintf("%s:%s is no date", t.field, t.value), Hint: "write it as YYYY-MM-DD, YYYY-MM, YYYY or two of them with / between"}
	}
	return nil
}

// checkKind refuses a kind that there is none of.
func checkKind(k Kind) error {
	if k != Direct && k != Indirect && k != Mixed {
		return &Error{Code: Invalid, Message: fmt.Sprintf("there is no kind %q", k), Hint: "direct, indirect or mixed"}
	}
	return nil
}

// ValidateMedium refuses a medium that there is none of; "" is any.
func ValidateMedium(medium string) error {
	if medium != "" && !slices.Contains(Media(), medium) {
		return &Error{Code: Invalid, Message: fmt.Sprintf("there is no medium %q", medium), Hint: strings.Join(Media(), ", ")}
	}
	return nil
}

// Order is the order that the query's answer stands in.
func (q Query) Order() Sort {
	if q.Sort != "" {
		return q.Sort
	}
	for _, t := range q.Terms {
		if !t.IsNot {
			return ByRelevance
		}
	}
	return ByPublished
}

// Validate returns an error of code Invalid for a query that cannot be meant.
func (q Query) Validate() error {
	switch q.Sort {
	case "", ByRelevance, ByPublished, BySaid:
	default:
		return &Error{Code: Invalid, Message: fmt.Sprintf("there is no order %q", q.Sort), Hint: "relevance, published or said"}
	}
	if q.Kind != "" {
		if err := checkKind(q.Kind); err != nil {
			return err
		}
	}
	return ValidateLimit(q.Limit)
}

// ValidateLimit returns an error of code Invalid for a limit out of range.
func ValidateLimit(limit int) error {
	if limit < 0 || limit > MaxLimit {
		return &Error{Code: Invalid, Message: fmt.Sprintf("limit %d is out of range", limit), Hint: fmt.Sprintf("0 to %d", MaxLimit)}
	}
	return nil
}

// LimitOr returns limit, or DefaultLimit when it is 0.
func LimitOr(limit int) int {
	if limit == 0 {
		return DefaultLimit
	}
	return limit
}
