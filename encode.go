package quoth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// readingJSON is the JSON of a [Reading], its fields in the order of the public
// contract. Pointers to strings are null when the thing is not known.
type readingJSON struct {
	ID         string            `json:"id"`
	URL        *string           `json:"url"`
	Site       *string           `json:"site"`
	Title      *string           `json:"title"`
	Bylines    []string          `json:"bylines"`
	Roles      map[string]string `json:"roles,omitempty"`
	Agencies   []string          `json:"agencies"`
	Section    *string           `json:"section"`
	Language   *string           `json:"language"`
	Published  publishedJSON     `json:"published"`
	Updated    *publishedJSON    `json:"updated"`
	Paywall    *string           `json:"paywall"`
	Unit       string            `json:"unit"`
	Text       string            `json:"text"`
	Blocks     []blockJSON       `json:"blocks"`
	Statements []Statement       `json:"statements"`
	Background []Background      `json:"background"`
	Facts      Facts             `json:"facts"`
}

type publishedJSON struct {
	EDTF       *string `json:"edtf"`
	From       string  `json:"from"`
	Confidence float64 `json:"confidence"`
	Time       *string `json:"time"`
}

type blockJSON struct {
	Kind BlockKind `json:"kind"`
	Span Span      `json:"span"`
	Text string    `json:"text"`
}

// MarshalJSON writes the reading as one JSON object, with the facts of [FactsOf].
// What is not known is null; a list that holds nothing is [].
func (r Reading) MarshalJSON() ([]byte, error) {
	a := r.Article
	blocks := make([]blockJSON, len(a.Blocks))
	for i, b := range a.Blocks {
		blocks[i] = blockJSON{b.Kind, b.Span, b.Span.In(a.Text)}
	}
	j := readingJSON{
		ID:         a.ID,
		URL:        known(a.URL),
		Site:       known(a.Site),
		Section:    known(a.Section),
		Title:      known(a.Title),
		Bylines:    orEmpty(a.Bylines),
		Roles:      a.Roles,
		Agencies:   orEmpty(a.Agencies),
		Language:   known(a.Language),
		Published:  a.Published.forJSON(),
		Paywall:    known(a.Paywall),
		Unit:       Unit,
		Text:       a.Text,
		Blocks:     blocks,
		Statements: orEmpty(r.Statements),
		Background: orEmpty(r.Background),
		Facts:      FactsOf(a, r.Statements),
	}
	if a.Updated.EDTF != "" {
		updated := a.Updated.forJSON()
		j.Updated = &updated
	}
	return marshalPlain(j)
}

func (p Published) forJSON() publishedJSON {
	from := p.From
	if from == "" {
		from = "none"
	}
	return publishedJSON{known(p.EDTF), from, p.Confidence, known(p.Time)}
}

func (j publishedJSON) published() Published {
	return Published{text(j.EDTF), j.From, j.Confidence, text(j.Time)}
}

// UnmarshalJSON reads what MarshalJSON wrote. The facts and the texts of blocks are
// not read: both follow from the rest. A span that the text does not have is an error of
// code Invalid.
func (r *Reading) UnmarshalJSON(b []byte) error {
	var j readingJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	r.Article = Article{
		ID:        j.ID,
		URL:       text(j.URL),
		Site:      text(j.Site),
		Section:   text(j.Section),
		Title:     text(j.Title),
		Bylines:   j.Bylines,
		Roles:     j.Roles,
		Agencies:  j.Agencies,
		Language:  text(j.Language),
		Published: j.Published.published(),
		Paywall:   text(j.Paywall),
		Text:      j.Text,
		Blocks:    make([]Block, len(j.Blocks)),
	}
	if j.Updated != nil {
		r.Article.Updated = j.Updated.published()
	}
	for i, b := range j.Blocks {
		r.Article.Blocks[i] = Block{b.Kind, b.Span}
	}
	r.Statements = j.Statements
	if len(j.Background) > 0 {
		r.Background = j.Background
	}
	if what := r.misfit(); what != "" {
		return &Error{Code: Invalid, Message: what + " holds a span outside of its article's text", Hint: "spans are pairs of byte offsets into text"}
	}
	return nil
}

// misfit is what holds a span that the text does not have, "" when nothing does.
func (r *Reading) misfit() string {
	text := r.Article.Text
	for i, b := range r.Article.Blocks {
		if !b.Span.fits(text) {
			return fmt.Sprintf("block %d", i)
		}
	}
	for i := range r.Statements {
		for _, s := range r.Statements[i].spans() {
			if !s.fits(text) {
				return fmt.Sprintf("statement %q", r.Statements[i].ID)
			}
		}
	}
	for _, b := range r.Background {
		if !b.Span.fits(text) || !b.When.Evidence.fits(text) {
			return fmt.Sprintf("background %q", b.ID)
		}
	}
	return ""
}

// fits reports whether s is a span of text, with both ends between characters.
func (s Span) fits(text string) bool {
	isBetween := func(i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(text) && isBetween(s.Start) && isBetween(s.End)
}

// spans are all spans in a statement.
func (s *Statement) spans() []Span {
	var all []Span
	for _, r := range []*Role{s.Source, s.Cue, s.Content} {
		if r != nil {
			all = append(all, r.Spans...)
		}
	}
	if s.Said != nil {
		all = append(all, s.Said.Evidence)
	}
	if s.Venue != nil {
		all = append(all, s.Venue.Span)
	}
	if s.Addressee != nil {
		all = append(all, s.Addressee.Span)
	}
	return all
}

// MarshalJSON writes the statement as one JSON object. An empty Medium is written as
// [UnknownMedium], and About is a list even when it is nil.
func (s Statement) MarshalJSON() ([]byte, error) { return marshalPlain(s.forJSON()) }

// plainStatement is a Statement without its methods.
type plainStatement Statement

func (s Statement) forJSON() plainStatement {
	s.About = orEmpty(s.About)
	if s.Medium == "" {
		s.Medium = UnknownMedium
	}
	return plainStatement(s)
}

// MarshalJSON writes the fields of the statement with those that the record adds.
func (r Recorded) MarshalJSON() ([]byte, error) {
	return marshalPlain(struct {
		plainStatement
		Article     ArticleRef `json:"article"`
		Saying      string     `json:"saying"`
		Occurrences int        `json:"occurrences"`
		Revision    int        `json:"revision"`
		Version     string     `json:"version,omitempty"`
		Highlights  []Span     `json:"highlights,omitempty"`
		WithoutPage []string   `json:"without_page,omitempty"`
		Withdrawn   string     `json:"withdrawn,omitempty"`
	}{r.Statement.forJSON(), r.Article, r.Saying, r.Occurrences, r.Revision, r.Version, r.Highlights, r.WithoutPage, r.Withdrawn})
}

// marshalPlain is json.Marshal without the escapes that only JSON inside HTML needs.
func marshalPlain(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// known returns nil for the empty string, which stands for "not known" in Go.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// text is the opposite of known.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// orEmpty returns list, or an empty list when it is nil.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
