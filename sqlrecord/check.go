package sqlrecord

import (
	"context"
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
	return append(wrong, broken...), err
}
