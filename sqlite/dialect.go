package sqlite

import (
	"context"
	"database/sql"
	"regexp"
	"strings"

	"quoth"
	"quoth/sqlrecord"
)

// dialect is what SQLite has of its own: lists come in by json_each, words are found by FTS5.
type dialect struct{ *Store }

var lists = regexp.MustCompile(`\b(?:rows|names)\(`)

// Rewrite implements sqlrecord.Dialect.
func (dialect) Rewrite(query string) string {
	query = strings.ReplaceAll(query, " then join ", " cross join ")
	query = strings.ReplaceAll(query, "found(?)", "words match ?")
	return lists.ReplaceAllString(query, "json_each(")
}

// Begin implements sqlrecord.Dialect: transactions of the writer are immediate.
func (dialect) Begin(context.Context, *sql.Tx) error { return nil }

// Settle implements sqlrecord.Dialect: FTS5 merges what was put in by itself.
func (dialect) Settle(context.Context, *sql.Tx) error { return nil }

// Explain implements sqlrecord.Dialect.
func (d dialect) Explain(err error) error { return d.explain(err) }

// IndexInto implements sqlrecord.Dialect.
func (dialect) IndexInto() (table, row string) {
	return "words (rowid, content, speaker, about, tags)", "(?, ?, ?, ?, ?)"
}

// Index implements sqlrecord.Dialect.
func (dialect) Index(w sqlrecord.Words) []any {
	return []any{w.Row, w.Content, w.Speaker, w.About, w.Tags}
}

// IsOrdered implements sqlrecord.Dialect: FTS5 keeps lists of rows.
func (dialect) IsOrdered() bool { return true }

// Match implements sqlrecord.Dialect, in the query syntax of FTS5.
func (dialect) Match(m sqlrecord.Match) []string {
	all := make([]string, len(m.All))
	for i, p := range m.All {
		all[i] = phrase(p)
	}
	match := strings.Join(all, " AND ")
	for _, p := range m.None {
		match = "(" + match + ") NOT " + phrase(p)
	}
	return []string{match}
}

// phrase writes one phrase. Its words hold letters and digits only.
func phrase(p sqlrecord.Phrase) string {
	column := p.Column
	if column == "" {
		column = "{content speaker about}"
	}
	if p.IsOneOf {
		return column + " : (" + strings.Join(p.Words, " OR ") + ")"
	}
	text := column + ` : "` + strings.Join(p.Words, " ") + `"`
	if p.IsPrefix {
		text += "*"
	}
	return text
}

// Size implements quoth.Store.
func (s *Store) Size(ctx context.Context) (quoth.Size, error) {
	z, err := s.Record.Size(ctx)
	z.Bytes = s.bytes()
	return z, err
}

// Check implements quoth.Store: first whether the file is whole, then what it says.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	var wrong []string
	one, err := s.read.Conn(ctx)
	if err != nil {
		return nil, s.explain(err)
	}
	defer one.Close()
	// FTS5 checks by what this connection knows of the index, which a search brings up to date.
	if _, err := one.ExecContext(ctx, "/* sqlite.Store.Check */ select rowid from words where words match 'quoth' limit 1"); err != nil {
		return wrong, s.explain(err)
	}
	for _, check := range []struct{ query, before, whole string }{
		{"pragma integrity_check(20)", "the file is damaged: ", "ok"},
		{`select 'a row of ' || "table" || ' points at nothing' from pragma_foreign_key_check limit 20`, "", ""},
	} {
		rows, err := one.QueryContext(ctx, "/* sqlite.Store.Check */ "+check.query)
		if err != nil {
			return wrong, s.explain(err)
		}
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				rows.Close()
				return wrong, s.explain(err)
			}
			if line != check.whole {
				wrong = append(wrong, check.before+line)
			}
		}
		if err := rows.Err(); err != nil {
			return wrong, s.explain(err)
		}
		if len(wrong) > 0 {
			return wrong, nil
		}
	}
	return s.Record.Check(ctx)
}
