package sqlrecord

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"quoth"
	"quoth/wording"
)

// notFound is the error for something that the record does not have.
func notFound(kind, id string) error {
	hint := "search for it by words or by name"
	switch kind {
	case "account":
		hint = "quoth user list lists them"
	case "token that is not revoked":
		hint = "quoth user tokens lists them"
	case "case", "correction", "change":
		hint = "the desk lists them"
	}
	return &quoth.Error{Code: quoth.NotFound, Message: fmt.Sprintf("the record has no %s %q", kind, id), Hint: hint}
}

// idList writes numbers as a JSON list.
func idList(ids []int64) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(id, 10))
	}
	b.WriteByte(']')
	return b.String()
}

// nameList writes strings as a JSON list; none are an empty one.
func nameList(names []string) string {
	if names == nil {
		names = []string{}
	}
	list, _ := json.Marshal(names) // strings
	return string(list)
}

// hashList writes hashes as numbers are kept.
func hashList(hashes []uint64) string {
	rows := make([]int64, len(hashes))
	for i, h := range hashes {
		rows[i] = int64(h)
	}
	return idList(rows)
}

// Article implements quoth.Asker.
func (s *Record) Article(ctx context.Context, id string, revision int) (quoth.Reading, quoth.ArticleRef, error) {
	var r quoth.Reading
	var row int64
	var blob []byte
	ref := quoth.ArticleRef{ID: id}
	err := s.queryRow(ctx, `/* record.Article */ select a.url, a.outlet, a.title, a.published, a.story, a.revision, r.number, r.id, r.reading
		from article a join revision r on r.article = a.id and r.number = case when ?2 = 0 then a.revision else ?2 end where a.name = ?1`, id, revision).
		Scan(&ref.URL, &ref.Site, &ref.Title, &ref.Published, &ref.Story, &ref.Revisions, &ref.Revision, &row, &blob)
	if errors.Is(err, sql.ErrNoRows) {
		if revision > 0 {
			return r, ref, notFound("revision "+strconv.Itoa(revision)+" of article", id)
		}
		return r, ref, notFound("article", id)
	}
	if err != nil {
		return r, ref, s.explain(err)
	}
	if r, err = s.unpackArticle(blob); err != nil {
		return r, ref, fmt.Errorf("read article %s: %w", id, err)
	}
	recorded, err := s.recorded(ctx, "t.revision = ? and t.withdrawn = '' order by t.ordinal", row)
	if err != nil {
		return r, ref, err
	}
	for i := range recorded {
		r.Statements = append(r.Statements, recorded[i].Statement)
	}
	ref.Statements = len(recorded)
	return r, ref, s.redact(ctx, id, &r)
}

// recordedColumns are those that a statement is made of, with the names of its tables.
const recordedColumns = recordedFirst + "(select count(*) from statement o where o.saying = t.saying and o.current = 1)" + recordedLast

// uncountedColumns are the same for who needs no count of occurrences.
const uncountedColumns = recordedFirst + "0" + recordedLast

const recordedFirst = `select t.id, t.name, t.kind, t.content, t.called, coalesce(p.name, ''), coalesce(p.hidden, ''), coalesce(m.name, ''), coalesce(m.hidden, ''), t.saying, t.rest,
	case t.current when 1 then a.revision else (select number from revision where id = t.revision) end, t.withdrawn,
	a.name, a.url, a.outlet, a.title, a.published, a.story, a.revision, a.statements, `

const recordedLast = `, coalesce((select string_agg(b.ordinal || case when n.hidden = '' then ' ' else '! ' end || n.name, '
') from about b join person n on n.id = b.person where b.statement = t.id), '')
	from statement t join article a on a.id = t.article left join person p on p.id = t.speaker left join person m on m.id = t.addressee where `

// recorded returns statements by the end of a query, which names the table of statements t.
func (s *Record) recorded(ctx context.Context, where string, args ...any) ([]quoth.Recorded, error) {
	_, list, err := s.recordedRows(ctx, where, args...)
	return list, err
}

// recordedRows returns statements with the numbers of their rows.
func (s *Record) recordedRows(ctx context.Context, where string, args ...any) ([]int64, []quoth.Recorded, error) {
	rows, err := s.query(ctx, "/* record.recorded */ "+recordedColumns+where, args...)
	return s.recordedOf(rows, err)
}

// recordedOf reads the rows of recordedColumns.
func (s *Record) recordedOf(rows *sql.Rows, err error) ([]int64, []quoth.Recorded, error) {
	type line struct {
		quoth.Recorded
		row                   int64
		called, speaker, told string
		noSpeaker, noTold     string // why they have no page
		words, kind, about    string
		rest                  []byte
	}
	lines, err := collect(s, rows, err, func(l *line) []any {
		a := &l.Recorded.Article
		return []any{&l.row, &l.ID, &l.kind, &l.words, &l.called, &l.speaker, &l.noSpeaker, &l.told, &l.noTold, &l.Saying, &l.rest, &l.Revision, &l.Withdrawn,
			&a.ID, &a.URL, &a.Site, &a.Title, &a.Published, &a.Story, &a.Revisions, &a.Statements, &l.Occurrences, &l.about}
	})
	if err != nil {
		return nil, nil, err
	}
	ids := make([]int64, len(lines))
	list := make([]quoth.Recorded, len(lines))
	for i := range lines {
		l := &lines[i]
		ids[i] = l.row
		name := l.ID
		if l.Withdrawn != "" {
			a := l.Article
			a.Revision = l.Revision
			list[i] = quoth.Recorded{Statement: quoth.Statement{ID: name}, Article: a, Revision: l.Revision, Withdrawn: l.Withdrawn}
			continue
		}
		if err := s.unpack(l.rest, &l.Statement); err != nil {
			return nil, nil, fmt.Errorf("read statement %s: %w", name, err)
		}
		l.ID = name
		l.Article.Revision = l.Revision
		l.Content.Text = l.words
		if l.Statement.Speaker != nil {
			l.Statement.Speaker.Name, l.Statement.Speaker.ID = l.called, l.speaker
		}
		if l.Statement.Addressee != nil {
			l.Statement.Addressee.ID = l.told
		}
		about, hidden := aboutOf(l.about)
		for n := range l.About {
			l.About[n].ID = about[n]
		}
		if l.noSpeaker != "" {
			hidden = append(hidden, l.speaker)
		}
		if l.noTold != "" {
			hidden = append(hidden, l.told)
		}
		slices.Sort(hidden)
		l.WithoutPage = slices.Compact(hidden)
		list[i] = l.Recorded
	}
	return ids, list, nil
}

// aboutOf reads the people that a statement is about, as recordedColumns gives them, one a
// line: their IDs by their place in its list, and of them those who have no page.
func aboutOf(list string) (about map[int]string, hidden []string) {
	about = map[int]string{}
	for line := range strings.Lines(list) {
		place, id, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		place, isHidden := strings.CutSuffix(place, "!")
		if isHidden {
			hidden = append(hidden, id)
		}
		if n, err := strconv.Atoi(place); err == nil {
			about[n] = id
		}
	}
	return about, hidden
}

const articleColumns = "select a.id, a.name, a.url, a.outlet, a.title, a.published, a.story, a.revision, a.statements from article a "

// articleLine is an article with its row.
type articleLine struct {
	quoth.ArticleRef
	row int64
}

func (l *articleLine) into() []any {
	return []any{&l.row, &l.ID, &l.URL, &l.Site, &l.Title, &l.Published, &l.Story, &l.Revisions, &l.Statements}
}

// articleFilter is the condition of a query on articles.
func articleFilter(q quoth.ArticleQuery) (where []string, args []any, err error) {
	if err := quoth.ValidateLimit(q.Limit); err != nil {
		return nil, nil, err
	}
	if q.Outlet != "" {
		where, args = append(where, "a.outlet = ?"), append(args, q.Outlet)
	}
	if q.Person != "" {
		where, args = append(where, "a.id in (select article from presence where person = (select coalesce(merged, id) from person where name = ?))"), append(args, q.Person)
	}
	from, to := dayRows(q.Published)
	if q.Undated {
		from, to = 0, 1<<serialBits-1
	}
	where, args = append(where, "a.id between ? and ?"), append(args, from, to)
	if q.Cursor != "" {
		before, err := rowCursor(q.Cursor)
		if err != nil {
			return nil, nil, err
		}
		where, args = append(where, "a.id < ?"), append(args, before)
	}
	return where, args, nil
}

// dayRows are the first and the last row number of days of printing; what has no date is of
// none of them.
func dayRows(d quoth.Days) (from, to int64) {
	to = 1<<62 - 1
	if d != (quoth.Days{}) {
		from = 1 << serialBits
	}
	if !d.From.IsZero() {
		from = max(1, dayNumber(d.From)) << serialBits
	}
	if !d.To.IsZero() {
		to = (max(0, dayNumber(d.To))+1)<<serialBits - 1
	}
	return from, to
}

// rowCursor reads a cursor that is the number of a row.
func rowCursor(cursor string) (int64, error) {
	n, err := strconv.ParseInt(cursor, 36, 64)
	if err != nil || n < 0 {
		return 0, badCursor(cursor)
	}
	return n, nil
}

// cursorOf writes a cursor of several numbers, and cursorParts reads one of n.
func cursorOf(numbers ...int64) string {
	parts := make([]string, len(numbers))
	for i, n := range numbers {
		parts[i] = strconv.FormatUint(uint64(n), 36)
	}
	return strings.Join(parts, ".")
}

func cursorParts(cursor string, n int) ([]int64, error) {
	parts := strings.Split(cursor, ".")
	numbers := make([]int64, len(parts))
	for i, part := range parts {
		number, err := strconv.ParseUint(part, 36, 64)
		if err != nil || len(parts) != n {
			return nil, badCursor(cursor)
		}
		numbers[i] = int64(number)
	}
	return numbers, nil
}

func badCursor(cursor string) error {
	return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is no cursor", cursor), Hint: "take it from the answer before, or leave it out"}
}

// Articles implements quoth.Asker.
func (s *Record) Articles(ctx context.Context, q quoth.ArticleQuery) (quoth.Answer[quoth.ArticleRef], error) {
	var answer quoth.Answer[quoth.ArticleRef]
	where, args, err := articleFilter(q)
	if err != nil {
		return answer, err
	}
	limit := quoth.LimitOr(q.Limit)
	rows, err := s.query(ctx, "/* record.Articles */ "+articleColumns+"where "+strings.Join(where, " and ")+" order by a.id desc limit ? offset ?", append(args, limit+1, q.Skip)...)
	lines, err := collect(s, rows, err, (*articleLine).into)
	if err != nil {
		return answer, err
	}
	for i, l := range lines {
		if i == limit {
			answer.Next = strconv.FormatInt(lines[i-1].row, 36)
			break
		}
		l.Revision = l.Revisions
		answer.Items = append(answer.Items, l.ArticleRef)
	}
	return answer, nil
}

// Months implements quoth.Asker.
func (s *Record) Months(ctx context.Context) ([]quoth.Month, error) {
	done, err := inLine(ctx, s.surveys)
	if err != nil {
		return nil, err
	}
	defer done()
	rows, err := s.query(ctx, fmt.Sprintf("/* record.Months */ select id >> %d, count(*) from article group by 1 order by 1 desc", serialBits))
	type line struct {
		day      int64
		articles int
	}
	days, err := collect(s, rows, err, func(l *line) []any { return []any{&l.day, &l.articles} })
	var months []quoth.Month
	for _, d := range days {
		first := firstOfMonth(d.day)
		if n := len(months); n == 0 || !months[n-1].First.Equal(first) {
			months = append(months, quoth.Month{First: first})
		}
		months[len(months)-1].Articles += d.articles
	}
	return months, err
}

// Revisions implements quoth.Asker.
func (s *Record) Revisions(ctx context.Context, article string) ([]quoth.Revision, error) {
	rows, err := s.query(ctx, `/* record.Revisions */ select r.number, r.hash, r.model, r.at, r.reading
		from revision r join article a on a.id = r.article where a.name = ? order by r.number`, article)
	type line struct {
		quoth.Revision
		blob []byte
	}
	lines, err := collect(s, rows, err, func(l *line) []any {
		return []any{&l.Number, &l.Hash, &l.Model, (*rfc3339)(&l.At), &l.blob}
	})
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, notFound("article", article)
	}
	list := make([]quoth.Revision, len(lines))
	for i := range lines {
		r, err := s.unpackArticle(lines[i].blob)
		if err != nil {
			return nil, fmt.Errorf("read revision %d of article %s: %w", lines[i].Number, article, err)
		}
		lines[i].Title = r.Article.Title
		list[i] = lines[i].Revision
	}
	return list, nil
}

// newestOfName ends recordedColumns, for the newest row of a statement.
const newestOfName = "t.name = ? order by t.revision desc limit 1"

// Statement implements quoth.Asker.
func (s *Record) Statement(ctx context.Context, id string) (quoth.Recorded, error) {
	list, err := s.recorded(ctx, newestOfName, id)
	if err != nil {
		return quoth.Recorded{}, err
	}
	if len(list) == 0 {
		return quoth.Recorded{}, notFound("statement", id)
	}
	if list[0].Withdrawn == "" {
		list[0].Version = quoth.VersionOf(list[0].Statement)
	}
	return list[0], nil
}

// History implements quoth.Asker.
func (s *Record) History(ctx context.Context, id string) ([]quoth.Recorded, error) {
	list, err := s.recorded(ctx, "t.name = ? order by t.revision", id)
	if err == nil && len(list) == 0 {
		err = notFound("statement", id)
	}
	return list, err
}

// Saying implements quoth.Asker.
func (s *Record) Saying(ctx context.Context, id string) ([]quoth.Recorded, error) {
	list, err := s.recorded(ctx, "t.saying = ? and t.current = 1 order by t.id limit 1000", id)
	if err == nil && len(list) == 0 {
		err = notFound("saying", id)
	}
	// Those whose day is not known have the lowest numbers, but are not the first.
	slices.SortStableFunc(list, func(a, b quoth.Recorded) int {
		switch {
		case a.Article.Published == b.Article.Published:
			return 0
		case a.Article.Published == "":
			return 1
		case b.Article.Published == "":
			return -1
		}
		return 0
	})
	return list, err
}

// Story implements quoth.Asker.
func (s *Record) Story(ctx context.Context, id string) (quoth.Story, error) {
	stories, err := s.stories(ctx, []string{id})
	if err != nil {
		return quoth.Story{}, err
	}
	if len(stories[0].Articles) == 0 {
		return quoth.Story{}, notFound("story", id)
	}
	return stories[0], nil
}

// stories returns the articles of stories.
func (s *Record) stories(ctx context.Context, ids []string) ([]quoth.Story, error) {
	list := nameList(ids)
	rows, err := s.query(ctx, "/* record.stories */ "+articleColumns+"where a.story in (select j.value from names(?) j) order by a.id", list)
	lines, err := collect(s, rows, err, (*articleLine).into)
	if err != nil {
		return nil, err
	}
	stories := make([]quoth.Story, len(ids))
	for i, id := range ids {
		stories[i].ID = id
		for _, l := range lines {
			if l.Story == id {
				l.Revision = l.Revisions
				stories[i].Articles = append(stories[i].Articles, l.ArticleRef)
			}
		}
		if len(stories[i].Articles) > 0 {
			stories[i].Title, stories[i].Published = stories[i].Articles[0].Title, stories[i].Articles[0].Published
		}
	}
	return stories, nil
}

// Stories implements quoth.Asker.
func (s *Record) Stories(ctx context.Context, q quoth.ArticleQuery) (quoth.Answer[quoth.Story], error) {
	var answer quoth.Answer[quoth.Story]
	where, args, err := articleFilter(q)
	if err != nil {
		return answer, err
	}
	done, err := inLine(ctx, s.surveys)
	if err != nil {
		return answer, err
	}
	defer done()
	limit := quoth.LimitOr(q.Limit)
	// A story is listed at the place of its first article, and has to have a second. Asked of one
	// article after the other, the newest first: of all at once, every story would be read.
	where = append(where, "a.story = a.name and exists (select 1 from article o where o.story = a.name and o.id <> a.id)")
	rows, err := s.query(ctx, "/* record.Stories */ "+articleColumns+"where "+strings.Join(where, " and ")+" order by a.id desc limit ? offset ?", append(args, limit+1, q.Skip)...)
	lines, err := collect(s, rows, err, (*articleLine).into)
	if err != nil {
		return answer, err
	}
	if len(lines) > limit {
		answer.Next = strconv.FormatInt(lines[limit-1].row, 36)
		lines = lines[:limit]
	}
	ids := make([]string, len(lines))
	for i, l := range lines {
		ids[i] = l.ID
	}
	answer.Items, err = s.stories(ctx, ids)
	return answer, err
}

// Readings implements quoth.Asker.
func (s *Record) Readings(ctx context.Context) iter.Seq2[quoth.Reading, error] {
	return func(yield func(quoth.Reading, error) bool) {
		for after := int64(-1); ; {
			rows, err := s.query(ctx, "/* record.Readings */ select id, name from article where id > ? order by id limit 500", after)
			type line struct {
				row  int64
				name string
			}
			lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.row, &l.name} })
			if err != nil {
				yield(quoth.Reading{}, err)
				return
			}
			for _, l := range lines {
				r, _, err := s.Article(ctx, l.name, 0)
				if !yield(r, err) || err != nil {
					return
				}
				after = l.row
			}
			if len(lines) == 0 {
				return
			}
		}
	}
}

// Token implements quoth.Asker.
func (s *Record) Token(ctx context.Context, hash string) (quoth.Token, error) {
	rows, err := s.query(ctx, tokenColumns+"where hash = ?", hash)
	list, err := collect(s, rows, err, tokenInto)
	if err == nil && len(list) == 0 {
		err = &quoth.Error{Code: quoth.NotFound, Message: "there is no such token", Hint: "quoth user token makes one"}
	}
	if err != nil {
		return quoth.Token{}, err
	}
	return list[0], nil
}

const tokenColumns = "/* record.Token */ select name, label, hash, scopes, created, revoked from token "

func tokenInto(t *quoth.Token) []any {
	return []any{&t.ID, &t.Name, &t.Hash, (*jsonStrings)(&t.Scopes), (*rfc3339)(&t.Created), (*rfc3339)(&t.Revoked)}
}

// jsonStrings reads a list of strings that is kept as JSON.
type jsonStrings []string

// Scan implements sql.Scanner.
func (l *jsonStrings) Scan(v any) error {
	text, _ := v.(string)
	return json.Unmarshal([]byte(text), (*[]string)(l))
}

// wordsOf folds the words of a name for a query.
func wordsOf(text string) []string {
	words := wording.Words(text)
	folded := make([]string, len(words))
	for i, w := range words {
		folded[i] = w.Fold
	}
	return folded
}
