package quoth

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Entry is a reading on its way into the record, with all that was decided about it.
// The IDs in it are those of the record: of the article ([ArticleID]), of its
// statements, and of people ([Speaker].ID and [Party].ID are [Person].ID, "" for a
// party that is nobody of the record's).
type Entry struct {
	Reading  Reading
	Hash     string              // of what the page said, by [HashOf]; the same hash is the same revision
	Model    string              // version of the model that read it
	People   []Person            // those of the reading who are to be in the record: ID, Name, Kind, Aliases
	Sayings  map[string]string   // by statement ID: the saying that it belongs to; absent: a saying of its own name
	Sketches map[string][]uint64 // by statement ID: the hashes to find its wording again by
	Story    string              // ID of the story; the article's own when it is the first
	Sketch   []uint64            // the hashes to find copies of the article by
	At       time.Time           // when it was read
}

// ArticleID is the name of an article in the record: the same for the same address, or,
// when it has none, for the same text. Thirteen letters and digits, 65 bits.
func ArticleID(a Article) string {
	if a.URL != "" {
		return shortHash("url", a.URL)
	}
	return shortHash("text", a.Site, a.Title, a.Text)
}

// HashOf is the hash of what an article's page said. Readings of the same hash differ
// only by the model that made them.
func HashOf(a Article) string {
	published, _ := json.Marshal([]any{a.Published, a.Updated, a.Bylines})
	return shortHash("article", a.URL, a.Title, string(published), a.Text)
}

// StatementID is the name of a statement in the record: of the n-th (from 0) of an
// article's statements to hold these words.
func StatementID(articleID, words string, n int) string {
	return shortHash("statement", articleID, words, strconv.Itoa(n))
}

// shortHash is 65 bits of SHA-256 over parts, which are kept apart, in base 32.
func shortHash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:])[:13])
}

// Alias is a name that the record has seen a person under.
type Alias struct {
	Name     string `json:"name"`
	Articles int    `json:"articles"` // how many articles call the person so
	Evidence string `json:"evidence"` // ID of one of them
}

// Person is somebody, or some organization, of the record. That two articles mean the
// same person is the record's claim, with its reasons, and open to correction.
type Person struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Kind       PartyKind         `json:"kind"` // person or organization
	Aliases    []Alias           `json:"aliases"`
	Links      map[string]string `json:"links,omitempty"` // identifiers elsewhere: "wikidata" to "Q…"
	Statements int               `json:"statements"`      // statements that they make
	About      int               `json:"about"`           // statements about them
	Articles   int               `json:"articles"`        // articles that name them
	MergedInto string            `json:"merged_into,omitempty"`
	// Hidden is why the person has no page and is in no list, "" when they have; what was
	// said by and about them stays.
	Hidden string `json:"hidden,omitempty"`
	// Reason says why an article's party was taken to be this person; it is set in
	// answers of a [Linker] only.
	Reason string `json:"reason,omitempty"`
}

// Recorded is a statement as the record keeps it.
type Recorded struct {
	Statement
	Article ArticleRef `json:"article"`
	Saying  string     `json:"saying"` // ID of the saying
	// Occurrences is how many statements the saying has, this one among them.
	Occurrences int `json:"occurrences"`
	Revision    int `json:"revision"`
	// Version is [VersionOf] the statement; where one is asked for by its ID, and else "".
	Version string `json:"version,omitempty"`
	// Highlights are the spans of Content.Text that a search found, bytes from its
	// beginning; nil outside of searches.
	Highlights []Span `json:"highlights,omitempty"`
	// WithoutPage are the IDs in it of people who have no page, see [Person].Hidden.
	WithoutPage []string `json:"without_page,omitempty"`
	// Withdrawn is why the statement was taken away, "" when it was not. Of one that was,
	// only ID, Article and this are there.
	Withdrawn string `json:"withdrawn,omitempty"`
}

// HasPage reports whether an ID in the statement is of somebody of the record who has a page.
func (r Recorded) HasPage(id string) bool { return id != "" && !slices.Contains(r.WithoutPage, id) }

// ArticleRef names an article.
type ArticleRef struct {
	ID        string `json:"id"`
	URL       string `json:"url,omitempty"`
	Site      string `json:"site,omitempty"`
	Title     string `json:"title,omitempty"`
	Published string `json:"published,omitempty"` // EDTF
	Story     string `json:"story,omitempty"`
	// Revision counts from 1; Revisions is how many there are.
	Revision   int `json:"revision"`
	Revisions  int `json:"revisions"`
	Statements int `json:"statements"`
}

// Revision is one state of an article's page.
type Revision struct {
	Number int       `json:"number"` // from 1
	Hash   string    `json:"hash"`
	Model  string    `json:"model"`
	At     time.Time `json:"at"`
	Title  string    `json:"title"`
}

// Holding is what the record has of an article already.
type Holding struct {
	ID       string
	Hash     string // of the newest revision
	Model    string // that read it
	Revision int
	// Statements are those of the newest revision, in order, and then those of earlier ones that
	// editors took away, which are to be known again whenever they come back.
	Statements []HeldStatement
}

// HeldStatement is what it takes to know a statement again in a later revision.
type HeldStatement struct {
	ID, Words, Speaker string
	// Read are the words that it was read with, where editors corrected them.
	Read []string
}

// Wording is a statement found by its sketch.
type Wording struct {
	ID        string
	Article   string
	Saying    string
	Speaker   string // person ID, "" when nobody of the record
	Name      string // the speaker's, "" when not known
	Words     string
	Kind      Kind
	Published string // EDTF
}

// Copied is an article found by its sketch.
type Copied struct {
	ID     string
	Story  string
	Shared int // hashes that its sketch shares with the one asked for
	Of     int // hashes in its sketch
}

// Checkpoint is how far a long import has come in one source.
type Checkpoint struct {
	Source string `json:"source"` // name of the source, such as a file's absolute name
	// Done counts the tasks of the source, in order, that are in the record or refused.
	Done int `json:"done"`
	// Mark tells a source from a later one of the same name: size and first bytes.
	Mark string `json:"mark"`
	// Refused counts those of Done that are refused.
	Refused int `json:"refused,omitempty"`
}

// Refusal is a page that did not enter the record.
type Refusal struct {
	Source  string    `json:"source"`
	Label   string    `json:"label"` // what messages call the page: file, line, address
	Code    Code      `json:"code"`
	Message string    `json:"message"`
	At      time.Time `json:"at"`
}

// Story is one event as several outlets printed it: copies of one text.
type Story struct {
	ID        string       `json:"id"`
	Title     string       `json:"title"`
	Published string       `json:"published"` // EDTF, of the first
	Articles  []ArticleRef `json:"articles"`  // the first first
}

// Trend is somebody, or a story, that is spoken of more than usual.
type Trend struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Kind  string  `json:"kind"` // person, organization or story
	Count int     `json:"count"`
	Usual float64 `json:"usual"` // what was to be expected in the same number of days
	Burst float64 `json:"burst"` // by [Burst]
}

// Change is an editor's act upon people, which can be undone.
type Change struct {
	ID     int64     `json:"id"`
	At     time.Time `json:"at"`
	Actor  string    `json:"actor"`
	Action string    `json:"action"` // merge, split, rename or hide
	Person string    `json:"person"` // who it was done to
	Other  string    `json:"other"`  // the person merged into, or split off; the name before
	Note   string    `json:"note"`
	Undone bool      `json:"undone"`

	UndoneAt time.Time `json:"undone_at,omitzero"`
	// WithoutPage says that Person has no page, see [Person].Hidden.
	WithoutPage bool `json:"without_page,omitempty"`
}

// Size is how much the record holds.
type Size struct {
	Articles   int   `json:"articles"`
	Revisions  int   `json:"revisions"`
	Statements int   `json:"statements"`
	Sayings    int   `json:"sayings"` // of all revisions
	People     int   `json:"people"`
	Stories    int   `json:"stories"`
	Refusals   int   `json:"refusals"`
	Bytes      int64 `json:"bytes"`
}

// Token is a key to the writing part of the API. Of its secret only a hash is kept.
type Token struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Hash    string    `json:"-"` // SHA-256 of the secret, in hexadecimal
	Scopes  []string  `json:"scopes"`
	Created time.Time `json:"created"`
	Revoked time.Time `json:"revoked,omitzero"`
}
