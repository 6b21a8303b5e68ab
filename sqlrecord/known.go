package sqlrecord

import (
	"context"
	"database/sql"
	"fmt"

	"quoth"
)

// Mark implements quoth.Keeper.
func (s *Record) Mark(ctx context.Context) (quoth.Mark, error) {
	var m quoth.Mark
	err := s.queryRow(ctx, `/* record.Mark */ select (select next from serial where name = 'article'), (select next from serial where name = 'statement')`).Scan(&m.Articles, &m.Statements)
	return m, s.explain(err)
}

// mark is the same for who writes.
func (k *keeping) mark() quoth.Mark {
	return quoth.Mark{Articles: k.serial["article"], Statements: k.serial["statement"]}
}

// news is what was written since a mark, as a transaction sees it.
type news struct {
	*keeping
	since quoth.Mark
}

// since is the condition that a row was made after a mark: its serial number is not below arg.
func since(row, arg string) string {
	return fmt.Sprintf("(%s & %d) >= %s", row, int64(1)<<serialBits-1, arg)
}

// wordingsOf ends a query for wordings, of the statements in hit.
const wordingsOf = ` select t.name, a.name, t.saying, coalesce(p.name, ''), t.called, t.content, t.kind, a.published
	from hit join statement t on t.id = hit.statement and t.current = 1 join article a on a.id = t.article left join person p on p.id = t.speaker
	order by t.id`

func (s *Record) wordings(rows *sql.Rows, err error) ([]quoth.Wording, error) {
	return collect(s, rows, err, func(w *quoth.Wording) []any {
		return []any{&w.ID, &w.Article, &w.Saying, &w.Speaker, &w.Name, &w.Words, &w.Kind, &w.Published}
	})
}

// Wordings implements quoth.Known.
func (s *Record) Wordings(ctx context.Context, hashes []uint64) ([]quoth.Wording, error) {
	rows, err := s.query(ctx, `/* record.Wordings */ with hit as materialized (
			select distinct k.statement from rows(?) j, sketch k
			where k.hash = j.value and k.statement in (select statement from sketch where hash = j.value order by statement limit 50))`+wordingsOf, hashList(hashes))
	return s.wordings(rows, err)
}

// Wordings implements quoth.Known.
func (n *news) Wordings(ctx context.Context, hashes []uint64) ([]quoth.Wording, error) {
	rows, err := n.tx.QueryContext(ctx, n.own(`/* record.news.Wordings */ with hit as materialized (
			select distinct k.statement from rows(?1) j then join sketch k on k.hash = j.value where `+since("k.statement", "?2")+`)`+wordingsOf), hashList(hashes), n.since.Statements)
	return n.wordings(rows, err)
}

// copiesOf ends a query for copies, of the articles in hit. Compilations share as much with a
// short text as its copies do, and are not like it.
const copiesOf = `, sized as materialized (select hit.article, hit.shared, (select count(*) from text_sketch o where o.article = hit.article) as whole from hit)
	select a.name, a.story, z.shared, z.whole from sized z join article a on a.id = z.article
	order by 1.0 * z.shared / case when z.whole > ?2 then z.whole else ?2 end desc, a.id limit 20`

// sharing begins it; a condition on k may follow.
const sharing = "with hit as materialized (select k.article, count(*) as shared from rows(?1) j then join text_sketch k on k.hash = j.value"

const mostShared = " group by k.article having count(*) >= 3 order by shared desc, k.article limit 200)"

func (s *Record) copies(rows *sql.Rows, err error) ([]quoth.Copied, error) {
	return collect(s, rows, err, func(c *quoth.Copied) []any { return []any{&c.ID, &c.Story, &c.Shared, &c.Of} })
}

// Copies implements quoth.Known.
func (s *Record) Copies(ctx context.Context, sketch []uint64) ([]quoth.Copied, error) {
	rows, err := s.query(ctx, "/* record.Copies */ "+sharing+mostShared+copiesOf, hashList(sketch), len(sketch))
	return s.copies(rows, err)
}

// Copies implements quoth.Known.
func (n *news) Copies(ctx context.Context, sketch []uint64) ([]quoth.Copied, error) {
	stmt, err := n.stmt("/* record.news.Copies */ " + sharing + " where " + since("k.article", "?3") + mostShared + copiesOf)
	if err != nil {
		return nil, err
	}
	rows, err := stmt.QueryContext(ctx, hashList(sketch), len(sketch), n.since.Articles)
	return n.copies(rows, err)
}
