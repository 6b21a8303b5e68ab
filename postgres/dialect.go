package postgres

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"quoth/sqlrecord"
	"quoth/wording"
)

// dialect is what PostgreSQL has of its own: lists come in as JSON, words are found by
// tsvector.
type dialect struct{ name string }

var lists = regexp.MustCompile(`\b(rows|names)\((\?\d*)\)`)

// Rewrite implements sqlrecord.Dialect.
func (dialect) Rewrite(query string) string {
	query = strings.ReplaceAll(query, " then join ", " join ")
	query = strings.ReplaceAll(query, "found(?)", "w.doc @@ cast(cast(? as text) as tsquery)")
	query = lists.ReplaceAllStringFunc(query, func(s string) string {
		m := lists.FindStringSubmatch(s)
		kind := "text"
		if m[1] == "rows" {
			kind = "bigint"
		}
		return "(select cast(e.value as " + kind + ") as value, e.ordinality as key from jsonb_array_elements_text(cast(" + m[2] + " as jsonb)) with ordinality e)"
	})
	return number(query)
}

// number writes arguments as PostgreSQL does: ?2 as $2, and ? as the one after the
// highest so far.
func number(query string) string {
	var b strings.Builder
	highest := 0
	for {
		before, after, found := strings.Cut(query, "?")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		digits := len(after) - len(strings.TrimLeft(after, "0123456789"))
		n := highest + 1
		if digits > 0 {
			n, _ = strconv.Atoi(after[:digits])
		}
		highest = max(highest, n)
		b.WriteString("$" + strconv.Itoa(n))
		query = after[digits:]
	}
}

// writing is the number of the lock that writers wait for.
const writing = 0x51756f74

// Begin implements sqlrecord.Dialect. Row numbers, counts and the folding of sayings depend
// on what was kept before, so that writers go one after the other.
func (dialect) Begin(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "/* postgres.dialect.Begin */ select pg_advisory_xact_lock($1)", int64(writing))
	return err
}

// Settle implements sqlrecord.Dialect. Rows that were put in stand in a list, which every
// search goes through from end to end, until they are sorted into the index: PostgreSQL does
// that whenever there are many (see the migrations), and the rest is sorted here.
func (dialect) Settle(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "/* postgres.dialect.Settle */ select settle_words()")
	return err
}

// Positions end where a tsvector's do.
const maxPosition = 16383

// maxPartBytes is how much of each part is indexed: a tsvector takes 1 MiB, and what one person says
// at once is far less.
const maxPartBytes = 300 << 10

// IndexInto implements sqlrecord.Dialect.
func (dialect) IndexInto() (table, row string) {
	return "words (rowid, doc)", "(?, cast(cast(? as text) as tsvector))"
}

// Index implements sqlrecord.Dialect. The words are folded here, as those of queries are,
// and not by a configuration of the server's.
func (dialect) Index(w sqlrecord.Words) []any {
	var b strings.Builder
	at := 0
	for i, part := range []struct{ text, weight string }{{w.Content, "A"}, {w.Speaker, "B"}, {w.About, "C"}} {
		for _, word := range wording.Words(part.text) {
			if b.Len() > (i+1)*maxPartBytes {
				break
			}
			at = min(at+1, maxPosition)
			b.WriteString(lexeme(word.Fold))
			b.WriteString(":" + strconv.Itoa(at) + part.weight + " ")
		}
		at = min(at+1, maxPosition) // no phrase reaches over two parts
	}
	for tag := range strings.FieldsSeq(w.Tags) {
		b.WriteString(lexeme(tagMark+tag) + " ")
	}
	return []any{w.Row, b.String()}
}

// tagMark begins tags in the index, and no word: so that a search for words in any part, and
// by tags, asks for no weights. The index does not have those, and the rows that it finds
// would have to be read to see them.
const tagMark = "="

// maxLexeme is the longest word in bytes that goes into the index as it is; PostgreSQL
// takes twice that. Longer ones go in as their hash.
const maxLexeme = 1000

// lexeme quotes a word.
func lexeme(word string) string {
	if len(word) > maxLexeme {
		sum := sha256.Sum256([]byte(word))
		word = hex.EncodeToString(sum[:])
	}
	if strings.ContainsAny(word, `'\`) { // no word does
		word = strings.ReplaceAll(strings.ReplaceAll(word, `\`, `\\`), "'", "''")
	}
	return "'" + word + "'"
}

// IsOrdered implements sqlrecord.Dialect: GIN gives bitmaps.
func (dialect) IsOrdered() bool { return false }

// Match implements sqlrecord.Dialect, in the syntax of tsquery: a query for each phrase, since
// between queries the index skips what only some of them find, and within one it looks at every
// row of the rarest word. What must not be there goes with the first: alone it is all rows.
func (dialect) Match(m sqlrecord.Match) []string {
	all := make([]string, len(m.All))
	for i, p := range m.All {
		all[i] = phrase(p)
	}
	for _, p := range m.None {
		all[0] += " & !" + phrase(p)
	}
	return all
}

// weights are the columns of the index that are parts of the text.
var weights = map[string]string{"content": ":A", "speaker": ":B", "about": ":C"}

// phrase writes one phrase, in brackets.
func phrase(p sqlrecord.Phrase) string {
	op, mark, weight := " <-> ", "", weights[p.Column]
	if p.IsOneOf {
		op = " | "
	}
	if p.Column == "tags" {
		mark = tagMark
	}
	words := make([]string, len(p.Words))
	for i, w := range p.Words {
		words[i] = lexeme(mark+w) + weight
		if p.IsPrefix && i == len(words)-1 {
			words[i] = lexeme(mark+w) + ":*" + strings.TrimPrefix(weight, ":")
		}
	}
	return "(" + strings.Join(words, op) + ")"
}

// isUnreachable reports whether err says that there is no connection.
func isUnreachable(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, net.ErrClosed)
}

// isBroken reports whether err says that a connection ended in the middle.
func isBroken(err error) bool {
	return pgconn.SafeToRetry(err) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, driver.ErrBadConn)
}
