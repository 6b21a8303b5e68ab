package sqlrecord

import (
	"context"
	"database/sql"
	"fmt"

	"quoth"
)

// Size counts what is there, but for bytes.
func (s *Record) Size(ctx context.Context) (quoth.Size, error) {
	var z quoth.Size
	err := s.queryRow(ctx, `/* record.Size */ select (select count(*) from article), (select count(*) from revision),
		(select coalesce(sum(statements), 0) from article), (select count(distinct saying) from statement),
		(select count(*) from person where merged is null and articles > 0), (select count(distinct story) from article), (select count(*) from refusal)`).
		Scan(&z.Articles, &z.Revisions, &z.Statements, &z.Sayings, &z.People, &z.Stories, &z.Refusals)
	if err != nil {
		return z, s.explain(err)
	}
	return z, nil
}

// The checks that SQL can make: each counts what is wrong.
var checks = []struct{ what, query string }{
	{"articles without their newest revision", "select count(*) from article a where not exists (select 1 from revision r where r.article = a.id and r.number = a.revision)"},
	{"articles that miss a revision between", "select count(*) from article a where a.revision <> (select count(*) from revision r where r.article = a.id)"},
	{"articles whose statements are not as many as they say", "select count(*) from article a where a.statements <> (select count(*) from statement t where t.article = a.id and t.current = 1)"},
	{"statements that are current in an older revision", "select count(*) from statement t join revision r on r.id = t.revision join article a on a.id = t.article where (t.current = 1) <> (r.number = a.revision and t.withdrawn = '')"},
	{"statements that are twice in a revision", "select count(*) from (select 1 from statement group by revision, name having count(*) > 1) twice"},
	{"statements that the index does not have, or that it has without them", "select abs((select count(*) from statement where current = 1) - (select count(*) from words))"},
	{"people whose statements are not as many as they say", "select count(*) from person p where p.statements <> (select count(*) from statement t where t.speaker = p.id and t.current = 1)"},
	{"people whose articles are not as many as they say", "select count(*) from person p where p.articles <> (select count(*) from presence r where r.person = p.id)"},
	{"people merged into somebody who was merged", "select count(*) from person p join person m on m.id = p.merged where m.merged is not null"},
	{"stories without their first article", "select count(*) from article a where not exists (select 1 from article f where f.name = a.story)"},
}

// Check looks over what every database can be asked for.
func (s *Record) Check(ctx context.Context) ([]string, error) {
	var wrong []string
	for _, c := range checks {
		var n int
		if err := s.queryRow(ctx, "/* record.Check */ "+c.query).Scan(&n); err != nil {
			return wrong, s.explain(err)
		}
		if n > 0 {
			wrong = append(wrong, fmt.Sprintf("%d %s", n, c.what))
		}
	}
	broken, err := s.checkActs(ctx)
	if wrong = append(wrong, broken...); err != nil {
		return wrong, err
	}
	broken, err = s.checkWords(ctx)
	return append(wrong, broken...), err
}

// mostNamed bounds how many things that are wrong in the same way are named.
const mostNamed = 20

// checkWords looks whether the words of every statement stand where it says in the text of its
// revision, and whether the text can be read.
func (s *Record) checkWords(ctx context.Context) (wrong []string, err error) {
	const revisionsAtOnce = 200
	type text struct {
		row, number int64
		article     string
		blob        []byte
	}
	for after := int64(0); len(wrong) < mostNamed; {
		rows, err := s.query(ctx, `/* record.checkWords */ select r.id, r.number, a.name, r.reading from revision r join article a on a.id = r.article
			where r.id > ? order by r.id limit ?`, after, revisionsAtOnce)
		texts, err := collect(s, rows, err, func(t *text) []any { return []any{&t.row, &t.number, &t.article, &t.blob} })
		if err != nil || len(texts) == 0 {
			return wrong, err
		}
		after = texts[len(texts)-1].row
		readings := map[int64]string{}
		ids := make([]int64, len(texts))
		for i, t := range texts {
			r, err := s.unpackArticle(t.blob)
			if err != nil {
				wrong = append(wrong, fmt.Sprintf("revision %d of article %s cannot be read: %v", t.number, t.article, err))
				continue
			}
			ids[i], readings[t.row] = t.row, r.Article.Text
		}
		broken, err := s.checkWordsIn(ctx, ids, readings)
		if wrong = append(wrong, broken...); err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}

// checkWordsIn does that for the statements of some revisions, whose texts are given.
func (s *Record) checkWordsIn(ctx context.Context, revisions []int64, texts map[int64]string) (wrong []string, err error) {
	rows, err := s.query(ctx, `/* record.checkWordsIn */ select t.revision, t.name, t.content, t.rest from rows(?) j then join statement t on t.revision = j.value`, idList(revisions))
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	for rows.Next() {
		var revision int64
		var name, content string
		var rest sql.RawBytes
		if err := rows.Scan(&revision, &name, &content, &rest); err != nil {
			return wrong, s.explain(err)
		}
		var st quoth.Statement
		if err := s.unpack(rest, &st); err != nil {
			wrong = append(wrong, fmt.Sprintf("statement %s cannot be read: %v", name, err))
		} else if st.Content == nil || !hasWords(texts[revision], st.Content.Spans, content) {
			wrong = append(wrong, fmt.Sprintf("the words of statement %s do not stand in its article", name))
		}
	}
	return wrong, s.explain(rows.Err())
}

// hasWords reports whether the pieces at spans of a text are words.
func hasWords(text string, spans []quoth.Span, words string) bool {
	for _, span := range spans {
		if span.Start < 0 || span.End < span.Start || span.End > len(text) {
			return false
		}
	}
	role := quoth.NewRole(text, spans)
	return role != nil && role.Text == words
}
