package sqlrecord

import (
	"context"
	"slices"
	"strings"

	"quoth"
)

// redact blanks what redactions took away in a state of an article: its length stays, so
// that all spans do.
func (s *Record) redact(ctx context.Context, article string, r *quoth.Reading) error {
	rows, err := s.query(ctx, "/* record.redact */ select was from correction where article = ? and kind = 'redaction' and state = 'accepted'", article)
	taken, err := collect(s, rows, err, func(st *quoth.Statement) []any { return []any{jsonInto{st}} })
	if err != nil || len(taken) == 0 {
		return err
	}
	text := []byte(r.Article.Text)
	for _, st := range taken {
		if st.Content != nil {
			blankRole(text, r.Article.Text, *st.Content)
		}
	}
	r.Article.Text = string(text)
	for i := range r.Statements {
		st := &r.Statements[i]
		for _, role := range []**quoth.Role{&st.Source, &st.Cue, &st.Content} {
			if *role != nil && isWithin(r.Article.Text, (*role).Spans...) {
				*role = quoth.NewRole(r.Article.Text, (*role).Spans)
			}
		}
	}
	for i := range r.Background {
		if b := &r.Background[i]; isWithin(r.Article.Text, b.Span) {
			b.Text = b.Span.In(r.Article.Text)
		}
	}
	return nil
}

// isWithin reports whether spans are of a text.
func isWithin(text string, spans ...quoth.Span) bool {
	return !slices.ContainsFunc(spans, func(s quoth.Span) bool { return s.Start < 0 || s.End > len(text) || s.End < s.Start })
}

// blankRole blanks the pieces of a role where they stand or, in a state of the page where
// they do not, wherever it prints them.
func blankRole(to []byte, text string, role quoth.Role) {
	words := role.Text
	for _, span := range role.Spans {
		n := span.End - span.Start
		if n <= 0 || n > len(words) {
			return
		}
		piece := words[:n]
		words = strings.TrimPrefix(words[n:], " … ")
		if stands(text, span, piece) {
			blank(to[span.Start:span.End])
			continue
		}
		for at := 0; ; at += n {
			i := strings.Index(text[at:], piece)
			if i < 0 {
				break
			}
			at += i
			blank(to[at : at+n])
		}
	}
}

// blank writes over words, so that neither they nor their lengths are seen; lines stay.
func blank(words []byte) {
	for i, c := range words {
		switch {
		case c == '\n':
		case i%8 == 7 && i < len(words)-1:
			words[i] = ' '
		default:
			words[i] = '_'
		}
	}
}
