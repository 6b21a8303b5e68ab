// Package quoth is the vocabulary of Quoth: an article with typed blocks, the
// statements found in it, and the interfaces that the parts of the system meet at.
//
// Quoth reads the news and keeps the record of who said what. It never says that
// something is so, only that somebody said it; every field of a [Statement] points
// at bytes of [Article.Text], and what is not known is empty, never guessed.
//
// Begin with [Article], [Statement] and [Reading], what they look like in JSON
// (docs/reading.md), and [Analyzer]; the example of quoth/nlp/english goes from a page to
// its statements, those in cmd/quoth/library_test.go into a record and out of it. [Facts] and
// [DaysOf] may be of use then, and [ParseQuery] with [Asker] to ask a record. The rest is for
// those who write a record of their own ([Store], [Entry], [Holding], and the types of feedback,
// corrections and the desk) or a queue ([Queue]).
//
// The package does no I/O and reads no clock. The pipeline that fills the types is
// quoth/nlp/english; pages become articles in quoth/page.
package quoth

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Unit is the unit of every offset in Quoth's JSON.
const Unit = "utf8-byte"

// Span is a half-open range [Start, End) of byte offsets into Article.Text.
// Both ends lie on UTF-8 boundaries. Bytes, never runes and never tokens: token
// ranges are nlp.TokenRange. In JSON it is the pair [start, end].
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// IsEmpty reports whether s covers no byte.
func (s Span) IsEmpty() bool { return s.End <= s.Start }

// Contains reports whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// In returns the bytes of text that s covers. It panics when text does not have them.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// MarshalJSON writes the pair [start, end].
func (s Span) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 20), '[')
	b = append(strconv.AppendInt(b, int64(s.Start), 10), ',')
	return append(strconv.AppendInt(b, int64(s.End), 10), ']'), nil
}

// UnmarshalJSON reads the pair [start, end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var pair []int
	if err := json.Unmarshal(b, &pair); err != nil {
		return err
	}
	if len(pair) != 2 {
		return fmt.Errorf("a span is a pair of byte offsets, got %d numbers", len(pair))
	}
	s.Start, s.End = pair[0], pair[1]
	return nil
}

// BlockKind says what a block of a page is. Kinds are either body (the article's own
// running text) or furniture (everything else a page shows).
type BlockKind string

// The block kinds. The first four are body.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Quote     BlockKind = "quote"
	List      BlockKind = "list"

	Headline      BlockKind = "headline"
	Byline        BlockKind = "byline"
	Dateline      BlockKind = "dateline"
	Caption       BlockKind = "caption"
	Credit        BlockKind = "credit"
	Advertisement BlockKind = "advertisement"
	Trending      BlockKind = "trending"
	Related       BlockKind = "related"
	Newsletter    BlockKind = "newsletter"
	Share         BlockKind = "share"
	Comments      BlockKind = "comments"
	FeedbackForm  BlockKind = "feedback"
	Tags          BlockKind = "tags"
	Navigation    BlockKind = "navigation"
	Notice        BlockKind = "notice"
	Other         BlockKind = "other"
)

// IsBody reports whether blocks of kind k are the article's own running text.
func (k BlockKind) IsBody() bool {
	return k == Heading || k == Paragraph || k == Quote || k == List
}

// MaySpeak reports whether statements are looked for in blocks of kind k: body,
// headline and caption.
func (k BlockKind) MaySpeak() bool { return k.IsBody() || k == Headline || k == Caption }

// Block is a typed stretch of Article.Text. Blocks are in order, disjoint, and never
// empty; bytes between blocks are blank.
type Block struct {
	Kind BlockKind
	Span Span
}

// Interrupts reports whether blocks[i] is furniture inside a paragraph, a headline or a caption: on
// the line of text on which it stands, a block of one kind ends right before it and goes on right after.
func Interrupts(text string, blocks []Block, i int) bool {
	if i == 0 || i+1 >= len(blocks) || blocks[i].Kind.MaySpeak() {
		return false
	}
	before, after := blocks[i-1], blocks[i+1]
	return before.Kind == after.Kind && before.Kind.MaySpeak() && !strings.ContainsAny(text[before.Span.End:after.Span.Start], "\r\n")
}

// Published is the day an article was printed or changed, with the place that told it.
type Published struct {
	EDTF       string  `json:"edtf"`       // ISO 8601-2 (EDTF) level 0 date, "" when unknown
	From       string  `json:"from"`       // json-ld, meta, dateline, url, flag or none
	Confidence float64 `json:"confidence"` // 0 to 1; 0 when From is none
	Time       string  `json:"time"`       // the same with the time of day, ISO 8601, in the zone that the page names; "" when it tells only the day
}

// Article is one page, read: its text with typed blocks, and what the page says of
// itself. Text is what all spans index: the input byte for byte when it was plain
// text, the blocks joined by a blank line when it was HTML.
type Article struct {
	ID        string // unique among the articles of one run
	URL       string // canonical address, under which AMP and print copies are one; "" when unknown
	Site      string
	Section   string // of the site, as the page names it; "" when unknown
	Title     string
	Bylines   []string          // the people who sign it; what else signs it when no person does
	Roles     map[string]string // of people in Bylines, as the page words it: "Health Reporter"
	Agencies  []string          // news agencies that the byline names
	Language  string            // BCP 47 primary language, "" when unknown
	Published Published
	Updated   Published // the last change that the page tells; From is none or "" when it tells none
	Paywall   string    // what the page says of access to it: none, metered or locked; "" when it says nothing
	Text      string
	Blocks    []Block // an [Analyzer] reads these and nothing else: without any it finds no statement
}

// Attribution is one relation of source, cue and content (Pareti 2016): the words
// that name who speaks, the words that say that it is said, and the words said.
// Each is a list of spans in text order; Source and Cue may be empty.
type Attribution struct {
	Source  []Span `json:"source"`
	Cue     []Span `json:"cue"`
	Content []Span `json:"content"`
}

// Kind says how much of a statement's content stands in quotation marks.
type Kind string

// The statement kinds: wholly, not at all, or partly in quotation marks.
const (
	Direct   Kind = "direct"
	Indirect Kind = "indirect"
	Mixed    Kind = "mixed"
)

// Role is the text of one part of an attribution. Text is the bytes of the spans,
// pieces joined by " … ".
type Role struct {
	Spans []Span `json:"spans"`
	Text  string `json:"text"`
}

// NewRole returns the role that spans cover in text, nil when there is no span.
func NewRole(text string, spans []Span) *Role {
	if len(spans) == 0 {
		return nil
	}
	pieces := make([]string, len(spans))
	for i, s := range spans {
		pieces[i] = s.In(text)
	}
	return &Role{Spans: spans, Text: strings.Join(pieces, " … ")}
}

// PartyKind says what kind of party speaks or is spoken about.
type PartyKind string

// The kinds of parties.
const (
	PersonParty       PartyKind = "person"
	OrganizationParty PartyKind = "organization"
	GroupParty        PartyKind = "group"
	AnonymousParty    PartyKind = "anonymous"
	DocumentParty     PartyKind = "document"
)

// Speaker is who a statement is attributed to, under the fullest name the article
// gives. Mention is what the statement itself calls them ("he").
type Speaker struct {
	Name    string    `json:"name"`
	Kind    PartyKind `json:"kind"`
	Mention string    `json:"mention"`
	ID      string    `json:"id"` // the same for the same party within the article
}

// Said is the day something was said, as EDTF, with the words that tell it.
type Said struct {
	EDTF     string `json:"edtf"`
	Evidence Span   `json:"evidence"`
	Text     string `json:"text"`
}

// Venue is the named channel or place of a saying.
type Venue struct {
	Name string `json:"name"`
	Span Span   `json:"span"`
}

// Party is somebody a statement is about.
type Party struct {
	Name string    `json:"name"`
	Kind PartyKind `json:"kind"`
	ID   string    `json:"id"`
	// Stance is nil where the words do not tell it with confidence, which is mostly.
	Stance *Stance `json:"stance,omitempty"`
}

// Stance is how a statement's words sound towards somebody whom it is about. It is the
// estimate of a model that has seen how readers took such words, and no verdict.
type Stance struct {
	Label      StanceLabel `json:"label"`
	Confidence float64     `json:"confidence"` // 0 to 1, calibrated
}

// StanceLabel is what a stance can be.
type StanceLabel string

// The stances.
const (
	Critical   StanceLabel = "critical"
	Neutral    StanceLabel = "neutral"
	Supportive StanceLabel = "supportive"
)

// Addressee is whom the words of a statement were addressed to: "told the council", "wrote
// to the minister". Span is what the article calls them there.
type Addressee struct {
	Name string    `json:"name"`
	Kind PartyKind `json:"kind"`
	Span Span      `json:"span"`
	ID   string    `json:"id"`
}

// Factuality tells whether an article says that an attribution took place (Pareti 2012): a
// statement that is not factual is no claim that anybody said its words.
type Factuality string

// The factualities: "she said", "she never said", "if she said", "did she say?".
const (
	Factual      Factuality = "factual"
	Negated      Factuality = "negated"
	Hypothetical Factuality = "hypothetical"
	Questioned   Factuality = "questioned"
)

// UnknownMedium is the medium of a statement when the page does not tell it.
const UnknownMedium = "unknown"

// Media lists what a statement may have been said in.
func Media() []string {
	return []string{"speech", "interview", "press-conference", "statement", "social-media", "message", "broadcast", "document", "testimony", "conversation", UnknownMedium}
}

// Statement is an attribution with what is known of speaker, time, medium and
// target. A nil field is not known; see each for whether it may be nil.
type Statement struct {
	ID      string   `json:"id"` // unique within the article
	Kind    Kind     `json:"kind"`
	Source  *Role    `json:"source"`  // may be nil: a quotation by itself, "it is said"
	Cue     *Role    `json:"cue"`     // may be nil: a quotation that nothing introduces
	Content *Role    `json:"content"` // never nil in what an Analyzer returns; nil in [Recorded] once withdrawn
	Speaker *Speaker `json:"speaker"` // may be nil, with and without a source
	Said    *Said    `json:"said"`    // is nil mostly: the day of printing is Article.Published
	Medium  string   `json:"medium"`  // one of [Media]; "" is written as unknown
	Venue   *Venue   `json:"venue"`   // may be nil
	About   []Party  `json:"about"`   // the most important first; may be empty
	// Addressee is nil when the article names none beside the words.
	Addressee  *Addressee `json:"addressee,omitempty"`
	Continues  *string    `json:"continues"`  // ID of the statement that this one goes on from, nil mostly
	Repeats    *string    `json:"repeats"`    // ID of the statement whose words this one repeats, nil mostly
	Confidence float64    `json:"confidence"` // 0 to 1: that source, cue and content are right together
	// Factuality is "" in statements that were read before there was one: then factual.
	Factuality Factuality `json:"factuality,omitempty"`
}

// IsFactual reports whether the article says that the statement was made.
func (s Statement) IsFactual() bool { return s.Factuality == "" || s.Factuality == Factual }

// CueWords are the words by which the page says that the statement was made, in one line: "" when
// there is no cue, or only marks such as a colon.
func (s Statement) CueWords() string {
	if s.Cue == nil || !strings.ContainsFunc(s.Cue.Text, unicode.IsLetter) {
		return ""
	}
	return strings.Join(strings.Fields(s.Cue.Text), " ")
}

// LowConfidence is the confidence below which people are told of it: what is less sure is more
// likely wrong than right.
const LowConfidence = 0.5

// Reading is an article together with the statements and the background found in it:
// what `quoth read` writes.
type Reading struct {
	Article    Article
	Statements []Statement
	Background []Background // nil when it was not looked for, or none was found
}

// Parties returns those who speak, are spoken to and are spoken of in statements and background, in order and as often as they are.
func (r *Reading) Parties() []Party {
	var list []Party
	for i := range r.Statements {
		s := &r.Statements[i]
		if s.Speaker != nil {
			list = append(list, Party{ID: s.Speaker.ID, Name: s.Speaker.Name, Kind: s.Speaker.Kind})
		}
		if s.Addressee != nil {
			list = append(list, Party{ID: s.Addressee.ID, Name: s.Addressee.Name, Kind: s.Addressee.Kind})
		}
		list = append(list, s.About...)
	}
	for i := range r.Background {
		list = append(list, r.Background[i].About...)
	}
	return list
}

// ShortNames returns, by ID, what the article calls some of its people and organizations besides their names: the account behind a
// name that is called after them, "Zoë Hale (@zoehale)", for those of offices change hands; and the initials of an
// organization, "Harbour Pilots' Association (HPA)", or only "the HPA". Other articles may call them no more than that.
func (r *Reading) ShortNames() map[string]string {
	short := map[string]string{}
	for i := range r.Statements {
		if s := r.Statements[i].Speaker; s != nil && s.Kind == OrganizationParty && s.ID != "" {
			if mention := strings.TrimPrefix(strings.TrimPrefix(s.Mention, "the "), "The "); isInitials(mention, s.Name) {
				short[s.ID] = mention
			}
		}
	}
	names := map[string][]Party{} // by last word
	seen := map[string]bool{}
	for _, p := range r.Parties() {
		if p.ID != "" && !seen[p.ID] && (p.Kind == PersonParty || p.Kind == OrganizationParty) {
			seen[p.ID] = true
			last := p.Name[strings.LastIndexByte(p.Name, ' ')+1:]
			names[last] = append(names[last], p)
		}
	}
	for before, rest, ok := strings.Cut(r.Article.Text, " ("); ok; before, rest, ok = strings.Cut(rest, " (") {
		name, _, isClosed := strings.Cut(rest[:min(len(rest), maxShortName)], ")")
		if !isClosed || name == "" {
			continue
		}
		var named Party // by the longest name
		for _, p := range names[before[strings.LastIndexAny(before, " \n")+1:]] {
			if strings.HasSuffix(before, p.Name) && len(p.Name) > len(named.Name) {
				named = p
			}
		}
		account, isAccount := strings.CutPrefix(name, "@")
		if short[named.ID] == "" && (isAccount && isAccountOf(account, named.Name) || named.Kind == OrganizationParty && isInitials(name, named.Name)) {
			short[named.ID] = name
		}
	}
	return short
}

// maxShortName is more bytes than accounts and initials have, leastOfName the fewest of a word that an account may be called after.
const (
	maxShortName = 40
	leastOfName  = 3
)

// isAccountOf reports whether the name of an account has a word of a name in it, or is its initials.
func isAccountOf(account, name string) bool {
	if strings.ContainsFunc(account, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		return false
	}
	return isInitials(account, name) || slices.ContainsFunc(strings.Fields(name), func(w string) bool {
		return len(w) >= leastOfName && strings.Contains(strings.ToLower(account), strings.ToLower(w))
	})
}

// leastInitials is the fewest letters of initials that tell anything.
const leastInitials = 3

// isInitials reports whether short is capitals with which words of name begin, in their order, the first among them.
func isInitials(short, name string) bool {
	short = strings.ReplaceAll(short, ".", "")
	if len(short) < leastInitials {
		return false
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '&' })
	for i := range len(short) {
		c := short[i]
		k := slices.IndexFunc(words, func(w string) bool { return unicode.ToUpper(rune(w[0])) == rune(c) })
		if c < 'A' || c > 'Z' || k < 0 || i == 0 && k > 0 {
			return false
		}
		words = words[k+1:]
	}
	return true
}

// Analyzer finds the statements of an article. Implementations may be called from
// several goroutines at once, never change the article, and answer the same input
// with the same output. The statements are ordered by where their content begins.
type Analyzer interface {
	Analyze(a Article) ([]Statement, error)
}

// RawPage is a page as it came in, before anything is read from it.
type RawPage struct {
	ID          string // "" lets the extractor choose
	URL         string // where the bytes came from, "" when unknown
	ContentType string // media type as the sender named it, "" when unknown
	Body        []byte
}

// Extractor turns a raw page into an article with typed blocks.
// Errors have code Invalid or TooLarge.
type Extractor interface {
	Extract(p RawPage) (Article, error)
}

// Fetcher gets a page by its address. Errors have code Invalid, Refused, NotFound,
// TooLarge or Unavailable.
type Fetcher interface {
	Fetch(ctx context.Context, url string) (RawPage, error)
}
