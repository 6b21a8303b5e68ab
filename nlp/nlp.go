// Package nlp holds the document that the stages of the pipeline share: one [Doc],
// with one slice per layer, filled stage by stage.
//
// A [Stage] says which layers it needs and which it provides; [NewPipeline] refuses a
// list in which a layer is needed before it is there. Stages never learn of each
// other but through the layers. The package does no I/O and knows no language.
package nlp

import (
	"fmt"
	"slices"
	"sort"
	"time"
	"unicode"
	"unicode/utf8"

	"quoth"
)

// TokenRange is a half-open range [First, Past) of token indices.
type TokenRange struct{ First, Past int }

// Len is the number of tokens in r.
func (r TokenRange) Len() int { return r.Past - r.First }

// Contains reports whether token t is in r.
func (r TokenRange) Contains(t int) bool { return r.First <= t && t < r.Past }

// InPieces reports whether token t is in one of pieces.
func InPieces(pieces []TokenRange, t int) bool {
	return slices.ContainsFunc(pieces, func(r TokenRange) bool { return r.Contains(t) })
}

// Mark is the part that a token plays in quotation, as the tokenizer sees it.
type Mark uint8

// The quotation parts.
const (
	NoMark    Mark = iota
	OpenMark       // opens a quotation
	CloseMark      // closes one
)

// Token is one word or mark. Its bytes are Doc.Text[Start:End].
//
// The hashes are 64-bit FNV-1a like mixes made once by the tokenizer, so that no later
// stage looks at the bytes again: Form of the word as written, Lower of its lower-case
// form, Prefix and Suffix of the first and last three bytes of the lower-case form
// (whole runes), Shape of its pattern of capitals, small letters, digits and others
// with runs cut at two.
type Token struct {
	Start, End  int32
	Form, Lower uint64
	Prefix      uint64
	Suffix      uint64
	Suffix2     uint64
	Shape       uint64
	Flags       Flags
	Mark        Mark
	// Depth is how many quotations are open around the token: 0 outside any. The
	// marks themselves count as inside.
	Depth uint8
	// Space reports whether white space stands before the token.
	Space bool
}

// Flags are facts about how a token is written.
type Flags uint16

// The flags.
const (
	IsCapital    Flags = 1 << iota // begins with a capital letter
	IsUpper                        // two or more letters, all capitals
	HasDigit                       // holds a digit
	HasHyphen                      // holds a hyphen
	IsPunct                        // holds no letter and no digit
	StartsSent                     // first token of its sentence
	StartsBlock                    // first token of its block
	HasLetter                      // holds a letter
	InBackground                   // in a block where no statement is looked for
	AfterInsert                    // first token behind furniture inside its block, see quoth.Interrupts
)

// Has reports whether all flags of g are set in f.
func (f Flags) Has(g Flags) bool { return f&g == g }

// Sentence is a range of tokens with the block it stands in.
type Sentence struct {
	TokenRange
	Block int // index into Doc.Blocks
}

// MentionKind is the class of a named entity.
type MentionKind uint8

// The classes, those of the Worldwide Newswire corpus.
const (
	NoMention MentionKind = iota
	Person
	Organization
	Location
	NORP // nationalities, religious and political groups
	Facility
	Product
	Date
	Money
	Misc
)

var mentionKindNames = [...]string{"", "Person", "Organization", "Location", "NORP", "Facility", "Product", "Date", "Money", "Misc"}

// String returns the class's name as the corpora write it.
func (k MentionKind) String() string { return mentionKindNames[k] }

// MentionKindNamed returns the class called name, NoMention when there is none.
func MentionKindNamed(name string) MentionKind {
	for k, n := range mentionKindNames {
		if n == name {
			return MentionKind(k)
		}
	}
	return NoMention
}

// Mention is a named entity.
type Mention struct {
	TokenRange
	Kind MentionKind
}

// TimexType is the TIMEX3 type of a time expression (ISO 24617-1).
type TimexType uint8

// The types: a stretch of the calendar, a time of day, a length of time, what recurs.
const (
	DateTimex TimexType = iota
	TimeTimex
	DurationTimex
	SetTimex
)

var timexTypeNames = [...]string{"DATE", "TIME", "DURATION", "SET"}

// String returns the type's name as TIMEX3 writes it.
func (t TimexType) String() string { return timexTypeNames[t] }

// Timex is a time expression.
type Timex struct {
	TokenRange
	Type  TimexType
	Value string // as TIMEX3 writes it: "2019-08-06TNI", "P2W"; "" when not resolved
	Mod   string // TIMEX3 modifier: START, MID, END, APPROX, MORE_THAN, LESS_THAN or ""
	EDTF  string // day, month, year, season or interval (ISO 8601-2); "" when it names none
}

// Attribution is an attribution relation in token ranges, pieces in text order.
type Attribution struct {
	Source, Cue, Content []TokenRange
	Confidence           float64 // 0 to 1
}

// Doc is an article on its way through the pipeline. Every layer is nil until the
// stage that provides it has run; after that it has one entry per token, or one per
// sentence, mention and so on. A Doc belongs to one goroutine.
type Doc struct {
	Text   string
	Blocks []quoth.Block
	DCT    time.Time // document creation time, zero when unknown

	Tokens    []Token    // Tokens
	Sentences []Sentence // Sentences: cover all tokens, in order

	UPOS   []UPOS   // Tags: universal part of speech
	XPOS   []uint8  // Tags: index into XPOSNames
	Lemmas []string // Lemmas: lower-case but for names; shares no memory with Text

	Heads []int32 // Heads: token index of the head, -1 for the root of a sentence
	Rels  []uint8 // Heads: index into RelNames

	// XPOSNames and RelNames are the label sets of the models that filled the layers.
	XPOSNames, RelNames []string

	Mentions  []Mention // Mentions: in order, disjoint
	MentionOf []int32   // Mentions: per token, index into Mentions or -1

	Timexes []Timex // Timexes: in order, disjoint

	Attributions []Attribution // Attributions: ordered by first content token

	// Speakers holds, per attribution, the speaker's cluster: index into Clusters or -1.
	Speakers []int32
	// About holds, per attribution, the parties that its content speaks of, the most
	// important first, each once.
	About [][]Target
	// Addressees holds, per attribution, whom the words are addressed to.
	Addressees []Addressee
	Clusters   []Cluster
}

// Target is a party that the content of an attribution speaks of.
type Target struct {
	Cluster  int32   // index into Doc.Clusters
	Mentions []int32 // tokens in the content, in order: the head of a name, a pronoun, a noun
	// Stance is what the content seems to hold of the party; Label is "" when that is not
	// known. It is of the layer Stances.
	Stance quoth.Stance
}

// Addressee is the party that an attribution addresses ("told the Post"), and what the
// text calls it there. Without one, Cluster is -1 and the range empty.
type Addressee struct {
	Cluster int32 // index into Doc.Clusters
	TokenRange
}

// Says reports whether token t is of the content of a.
func (a *Attribution) Says(t int) bool { return InPieces(a.Content, t) }

// IsTurn reports whether a is a turn of a transcript, or written as one: a source, a colon, and the content.
func (a *Attribution) IsTurn(d *Doc) bool {
	return len(a.Source) == 1 && len(a.Cue) == 1 && a.Cue[0].Len() == 1 && d.Word(a.Cue[0].First) == ":" && a.Source[0].Past == a.Cue[0].First
}

// Initials returns the first letters of the words of r, in small letters: "zh" of "Zoë Hale". It is empty for
// one word, and for words that are no names.
func (d *Doc) Initials(r TokenRange) string {
	if r.Len() < 2 {
		return ""
	}
	var b []byte
	for t := r.First; t < r.Past; t++ {
		if !d.Tokens[t].Flags.Has(IsCapital) {
			return ""
		}
		first, _ := utf8.DecodeRuneInString(d.Word(t))
		b = utf8.AppendRune(b, unicode.ToLower(first))
	}
	return string(b)
}

// Cluster is a party of the article: all mentions that mean the same one.
type Cluster struct {
	Name     string // the fullest name the article gives
	Kind     quoth.PartyKind
	Mentions []TokenRange
}

// Word returns the bytes of token t.
func (d *Doc) Word(t int) string { return d.Text[d.Tokens[t].Start:d.Tokens[t].End] }

// Tag returns the XPOS of token t, "" without one.
func (d *Doc) Tag(t int) string {
	if x := int(d.XPOS[t]); x < len(d.XPOSNames) {
		return d.XPOSNames[x]
	}
	return ""
}

// Span returns the bytes that r covers, from its first to its last token.
func (d *Doc) Span(r TokenRange) quoth.Span {
	return quoth.Span{Start: int(d.Tokens[r.First].Start), End: int(d.Tokens[r.Past-1].End)}
}

// AppendSpans appends the bytes that r covers without the furniture between its tokens,
// which most often is none.
func (d *Doc) AppendSpans(spans []quoth.Span, r TokenRange) []quoth.Span {
	first := r.First
	for t := r.First + 1; t < r.Past; t++ {
		if d.Tokens[t].Flags.Has(AfterInsert) {
			spans = append(spans, d.Span(TokenRange{First: first, Past: t}))
			first = t
		}
	}
	return append(spans, d.Span(TokenRange{First: first, Past: r.Past}))
}

// Phrase returns the words of r as they stand in the text, without furniture between them.
func (d *Doc) Phrase(r TokenRange) string {
	var few [4]quoth.Span
	spans := d.AppendSpans(few[:0], r)
	phrase := spans[0].In(d.Text)
	for _, s := range spans[1:] {
		phrase += " " + s.In(d.Text)
	}
	return phrase
}

// TokensIn returns the tokens that overlap span.
func (d *Doc) TokensIn(span quoth.Span) TokenRange {
	first := sort.Search(len(d.Tokens), func(t int) bool { return int(d.Tokens[t].End) > span.Start })
	past := first
	for past < len(d.Tokens) && int(d.Tokens[past].Start) < span.End {
		past++
	}
	return TokenRange{First: first, Past: past}
}

// Layer names a layer of the document.
type Layer uint16

// The layers.
const (
	Tokens Layer = 1 << iota
	Sentences
	Tags
	Lemmas
	Heads
	Mentions
	Attributions
	Speakers
	Timexes
	Stances
)

var layerNames = []string{"Tokens", "Sentences", "Tags", "Lemmas", "Heads", "Mentions", "Attributions", "Speakers", "Timexes", "Stances"}

// String lists the names of the layers in l.
func (l Layer) String() string {
	s := ""
	for i, n := range layerNames {
		if l&(1<<i) != 0 {
			if s != "" {
				s += ", "
			}
			s += n
		}
	}
	return s
}

// Stage reads some layers of a Doc and fills others. Stages are safe for use by
// several goroutines, each with its own Doc, never fail on any text, and give the
// same layers for the same Doc.
type Stage interface {
	Name() string
	Requires() Layer
	Provides() Layer
	Run(d *Doc)
}

// Pipeline is a list of stages whose needs are met.
type Pipeline struct{ stages []Stage }

// NewPipeline returns the pipeline of the stages in order. It refuses a stage that
// requires a layer which no earlier stage provides.
func NewPipeline(stages ...Stage) (*Pipeline, error) {
	var have Layer
	for _, s := range stages {
		if missing := s.Requires() &^ have; missing != 0 {
			return nil, fmt.Errorf("stage %s requires layers that no earlier stage provides: %v", s.Name(), missing)
		}
		have |= s.Provides()
	}
	return &Pipeline{stages}, nil
}

// Stages returns the stages in order.
func (p *Pipeline) Stages() []Stage { return p.stages }

// Run runs every stage on d.
func (p *Pipeline) Run(d *Doc) {
	for _, s := range p.stages {
		s.Run(d)
	}
}
