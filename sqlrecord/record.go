// Package sqlrecord keeps the record in an SQL database: what packages sqlite and postgres
// have in common, which is nearly all of quoth.Store. They open the database, bring its
// schema up to date, and say by a [Dialect] what their SQL has of its own.
//
// Queries are written once, in the SQL that both understand, with a few words that each
// puts in its own way (see [Dialect]).
package sqlrecord

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"quoth"
)

// Record is a record in a database. It is safe for concurrent use.
type Record struct {
	read, write *sql.DB
	dialect     Dialect
	queries     sync.Map      // as written here → as the database takes them
	prepared    sync.Map      // as written here → *sql.Stmt of read
	searches    chan struct{} // holds one of each that is carried out
	surveys     chan struct{} // the same for questions that go through all of many days
	trends      trends

	encode  *zstd.Encoder
	decode  *zstd.Decoder
	buffers sync.Pool // of *[]byte, for what is unpacked
}

// Dialect is what a database has of its own. In queries stand ? for the next argument and
// ?1 for the first, and
//
//	rows(?)    a table of the numbers in a JSON list, with columns value and key, the place
//	names(?)   the same for strings
//	then join  a join whose left side is to be gone through first
//	found(?)   the condition that row w of table words is found by what Match returned
type Dialect interface {
	// Rewrite puts a query into the database's own SQL.
	Rewrite(query string) string
	// IndexInto returns the table of words with its columns, and the values of a row as a
	// query has them; the key is rowid. Index returns the arguments of a statement's row.
	IndexInto() (table, row string)
	Index(w Words) []any
	// Match writes down what the index is to find: all of what it returns, each for a condition
	// of its own.
	Match(m Match) []string
	// IsOrdered reports whether the index gives what it finds in the order of rows.
	IsOrdered() bool
	// Begin makes a transaction that writes wait until no other process's does.
	Begin(ctx context.Context, tx *sql.Tx) error
	// Settle ends a transaction that has put many rows into the index.
	Settle(ctx context.Context, tx *sql.Tx) error
	// Explain turns an error of the driver into one that a person may see, by its code.
	Explain(err error) error
}

// Words are what a statement is found by.
type Words struct {
	Row                     int64
	Content, Speaker, About string // as printed; names in About are parted by [Between]
	Tags                    string // words of lower-case letters and digits
}

// Match is what a search wants of the index: all of All and none of None.
type Match struct{ All, None []Phrase }

// Phrase is words in a row, folded, in a column: content, speaker, about, tags, or the
// first three for "". With IsOneOf they are single words of which one is enough.
type Phrase struct {
	Column   string
	Words    []string
	IsPrefix bool // the last may go on
	IsOneOf  bool
}

// searchesPerCore bounds the searches at once: more of them take one another's time, and the
// slowest answers come later than when they wait in line.
const searchesPerCore = 2

// surveysAtOnce leaves the other connections to those who ask for less: at a million articles a
// year's trends take seconds, and a few such questions would have all of them.
const surveysAtOnce = 1

// inLine waits until there is room for one more question of a kind; done tells that it was
// answered.
func inLine(ctx context.Context, kind chan struct{}) (done func(), err error) {
	select {
	case kind <- struct{}{}:
		return func() { <-kind }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// New returns the record in a database whose schema is up to date. Reads go to read,
// changes to write; both may be the same.
func New(read, write *sql.DB, d Dialect) (*Record, error) {
	s := &Record{read: read, write: write, dialect: d, searches: make(chan struct{}, searchesPerCore*runtime.GOMAXPROCS(0)), surveys: make(chan struct{}, surveysAtOnce)}
	var err error
	if s.encode, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderDictRaw(dictionaryID, []byte(dictionary))); err != nil {
		return nil, fmt.Errorf("make the packer: %w", err)
	}
	if s.decode, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderDictRaw(dictionaryID, []byte(dictionary)), zstd.WithDecoderMaxMemory(1<<30)); err != nil {
		return nil, fmt.Errorf("make the unpacker: %w", err)
	}
	return s, nil
}

// Close ends all connections; what was kept is in the database.
func (s *Record) Close() error {
	err := s.write.Close()
	if s.read != s.write {
		err = errors.Join(s.read.Close(), err)
	}
	s.encode.Close()
	s.decode.Close()
	return err
}

// explain turns an error into one that a person may see.
func (s *Record) explain(err error) error {
	var known *quoth.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return s.dialect.Explain(err)
}

// own is a query as the database takes it.
func (s *Record) own(query string) string {
	if q, ok := s.queries.Load(query); ok {
		return q.(string)
	}
	q := s.dialect.Rewrite(query)
	s.queries.Store(query, q)
	return q
}

// query asks. The queries are few, since all that is typed is an argument, so that each is
// prepared once for a connection: to parse one takes a tenth of the time of a search.
func (s *Record) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if stmt, ok := s.prepared.Load(query); ok {
		return stmt.(*sql.Stmt).QueryContext(ctx, askable(args)...)
	}
	stmt, err := s.read.PrepareContext(ctx, s.own(query))
	if err != nil {
		return nil, err
	}
	if known, isKnown := s.prepared.LoadOrStore(query, stmt); isKnown {
		stmt.Close()
		stmt = known.(*sql.Stmt)
	}
	return stmt.QueryContext(ctx, askable(args)...)
}

func (s *Record) queryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return s.read.QueryRowContext(ctx, s.own(query), askable(args)...)
}

// askable replaces what no database takes for text, and nothing in the record is called:
// such a question has the answer that there is no such thing.
func askable(args []any) []any {
	for i, a := range args {
		if text, ok := a.(string); ok && !isText(text) {
			args[i] = asText(text)
		}
	}
	return args
}

// isText reports whether every database takes s for text.
func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// asText is s with a mark in place of what no database takes.
func asText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// maxKeyBytes bounds what is looked up by an index; PostgreSQL's take 2,700 in all.
const maxKeyBytes = 1000

// asKey is s as text that an index takes: of very long ones the end becomes a hash.
func asKey(s string) string {
	if s = asText(s); len(s) <= maxKeyBytes {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return strings.ToValidUTF8(s[:maxKeyBytes-20], "") + "… " + hex.EncodeToString(sum[:8])
}

func (s *Record) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.write.ExecContext(ctx, s.own(query), args...)
}

// transact does f in one transaction.
func (s *Record) transact(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.explain(err)
	}
	defer tx.Rollback()
	if err := s.dialect.Begin(ctx, tx); err != nil {
		return s.explain(err)
	}
	if err := f(tx); err != nil {
		return s.explain(err)
	}
	return s.explain(tx.Commit())
}
