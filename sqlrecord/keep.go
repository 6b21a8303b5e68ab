package sqlrecord

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"quoth"
	"quoth/wording"
)

// Keep implements quoth.Keeper.
func (s *Record) Keep(ctx context.Context, entries []quoth.Entry, at *quoth.Checkpoint, last ...quoth.LastWord) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		k, err := s.newKeeping(ctx, tx)
		if err != nil {
			return err
		}
		defer k.close()
		for _, word := range last {
			if k.mark() == word.Since {
				continue
			}
			if err := word.Decide(ctx, &news{k, word.Since}); err != nil {
				return err
			}
		}
		if err := k.lookUp(entries); err != nil {
			return err
		}
		for i := range entries {
			if err := k.entry(&entries[i]); err != nil {
				return fmt.Errorf("keep article %s: %w", entries[i].Reading.Article.ID, err)
			}
		}
		if err := k.finish(); err != nil {
			return err
		}
		if err := s.dialect.Settle(ctx, tx); err != nil {
			return err
		}
		if at == nil {
			return nil
		}
		_, err = tx.ExecContext(ctx, s.own(`/* record.Keep */ insert into checkpoint (source, done, mark, refused) values (?, ?, ?, ?)
			on conflict (source) do update set done = excluded.done, mark = excluded.mark, refused = excluded.refused`), asKey(at.Source), at.Done, at.Mark, at.Refused)
		return err
	})
}

// keeping is one transaction of Keep.
type keeping struct {
	*Record
	ctx    context.Context
	tx     *sql.Tx
	stmts  map[string]*sql.Stmt
	serial map[string]int64 // the next of each
	people map[string]int64 // row by ID, of this transaction
	counts map[int64]*presence
	batch  batch

	withdrawn []withdrawal
	// What articles that the record had called people, and do now, by row.
	before, after map[int64]names

	isAbsent map[string]bool // people who are not in the record, by ID
}

// presence is by how much the counts of a person change.
type presence struct{ said, about, articles int }

func (s *Record) newKeeping(ctx context.Context, tx *sql.Tx) (*keeping, error) {
	k := &keeping{Record: s, ctx: ctx, tx: tx, stmts: map[string]*sql.Stmt{}, serial: map[string]int64{}, people: map[string]int64{}, counts: map[int64]*presence{}, batch: newBatch(s.dialect), before: map[int64]names{}, after: map[int64]names{}, isAbsent: map[string]bool{}}
	for _, name := range []string{"article", "statement"} {
		var next int64
		if err := tx.QueryRowContext(ctx, s.own("/* record.newKeeping */ select next from serial where name = ?"), name).Scan(&next); err != nil {
			return nil, err
		}
		k.serial[name] = next
	}
	return k, nil
}

func (k *keeping) close() {
	for _, stmt := range k.stmts {
		stmt.Close()
	}
}

// stmt prepares a query once a transaction.
func (k *keeping) stmt(query string) (*sql.Stmt, error) {
	if stmt, ok := k.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := k.tx.PrepareContext(k.ctx, k.own(query))
	if err == nil {
		k.stmts[query] = stmt
	}
	return stmt, err
}

// exec runs a change.
func (k *keeping) exec(query string, args ...any) (sql.Result, error) {
	stmt, err := k.stmt(query)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(k.ctx, args...)
}

// insert runs an insertion and returns the number of the new row.
func (k *keeping) insert(query string, args ...any) (row int64, err error) {
	_, err = k.row(query+" returning id", args, &row)
	return row, err
}

// row asks for one row; found is false when there is none.
func (k *keeping) row(query string, args []any, into ...any) (found bool, err error) {
	stmt, err := k.stmt(query)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(k.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// number returns the next row number of a table for an article's day.
func (k *keeping) number(table string, day int64) int64 {
	n := k.serial[table]
	k.serial[table]++
	return day<<serialBits | n
}

// validate refuses entries that the record cannot keep.
func validate(e *quoth.Entry) error {
	a := &e.Reading.Article
	if a.ID == "" || e.Hash == "" {
		return &quoth.Error{Code: quoth.Invalid, Message: "an entry needs the ID and the hash of its article"}
	}
	for i := range e.Reading.Statements {
		st := &e.Reading.Statements[i]
		if st.ID == "" || st.Content == nil || st.Content.Text == "" {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("statement %d of article %s has no ID or no content", i+1, a.ID)}
		}
		for _, span := range st.Content.Spans {
			if span.Start < 0 || span.IsEmpty() || span.End > len(a.Text) {
				return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("statement %s of article %s lies outside its text", st.ID, a.ID)}
			}
		}
	}
	return nil
}

// withText is an entry with what its page says of itself as databases take it: one page with a
// zero byte in its title, or a site as long as a page, must not end an import.
func withText(e *quoth.Entry) *quoth.Entry {
	copied := *e
	a := &copied.Reading.Article
	a.URL, a.Site, a.Title = asText(a.URL), asKey(a.Site), asText(a.Title)
	return &copied
}

// held is what the record has of an entry's article.
type held struct {
	article, revision int64 // rows
	number            int
	hash, model       string
}

// entry keeps one entry.
func (k *keeping) entry(e *quoth.Entry) error {
	if err := validate(e); err != nil {
		return err
	}
	e = withText(e)
	var h held
	var withdrawn map[string]string
	known, err := k.row(`/* record.keeping.entry */ select a.id, r.id, r.number, r.hash, r.model
		from article a join revision r on r.article = a.id and r.number = a.revision where a.name = ?`,
		[]any{e.Reading.Article.ID}, &h.article, &h.revision, &h.number, &h.hash, &h.model)
	switch {
	case err != nil:
		return err
	case known && h.hash == e.Hash && h.model == e.Model:
		return nil
	case known:
		err = k.supersede(h, e)
	}
	if err != nil {
		return err
	}
	if known {
		copied := *e
		e = &copied
		if err = k.split(e, h.article); err != nil {
			return err
		}
		if withdrawn, err = k.corrected(e); err != nil {
			return err
		}
	}
	if err := k.put(e, h, known); err != nil {
		return err
	}
	if !known {
		return nil
	}
	shown := e.Reading
	shown.Statements = nil
	for _, st := range e.Reading.Statements {
		if why, ok := withdrawn[st.ID]; ok {
			k.withdrawn = append(k.withdrawn, withdrawal{st.ID, why})
			continue
		}
		shown.Statements = append(shown.Statements, st)
	}
	k.after[h.article], err = k.editing().namesIn(e.Reading.Article.ID, &shown)
	return err
}

// withdrawal is a statement that editors took away, and why.
type withdrawal struct{ statement, why string }

// supersede takes an article's newest revision out of what is searched and counted; its
// statements stay unless they are to be made again, and so do the stones of those that
// editors took away and e does not have.
func (k *keeping) supersede(h held, e *quoth.Entry) error {
	if err := k.flush(); err != nil { // it may be of this very transaction
		return err
	}
	if _, ok := k.before[h.article]; !ok {
		before, err := k.editing().names(h.article)
		if err != nil {
			return err
		}
		k.before[h.article] = before
	}
	rows, err := k.tx.QueryContext(k.ctx, k.own("/* record.keeping.supersede */ select person, said, about from presence where article = ?"), h.article)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var person int64
		var p presence
		if err := rows.Scan(&person, &p.said, &p.about); err != nil {
			return err
		}
		k.count(person, -p.said, -p.about, -1)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	// Most articles have one revision only, so that these run seldom.
	type step struct {
		query string
		row   int64
	}
	steps := []step{
		{"delete from presence where article = ?", h.article},
		{"delete from words where rowid in (select id from statement where revision = ?)", h.revision},
		{"delete from sketch where statement in (select id from statement where revision = ?)", h.revision},
		{"delete from text_sketch where article = ?", h.article},
		{"update statement set current = 0 where revision = ?", h.revision},
	}
	for _, q := range steps {
		if _, err := k.exec("/* record.keeping.supersede */ "+q.query, q.row); err != nil {
			return err
		}
	}
	if h.hash == e.Hash {
		return k.makeRoom(h, e)
	}
	return nil
}

// makeRoom removes the statements of a revision that e has anew or not any more.
func (k *keeping) makeRoom(h held, e *quoth.Entry) error {
	again := make([]string, len(e.Reading.Statements))
	for i := range e.Reading.Statements {
		again[i] = e.Reading.Statements[i].ID
	}
	list := nameList(again)
	const gone = " in (select id from statement where revision = ? and (withdrawn = '' or name in (select j.value from names(?) j)))"
	for _, query := range []string{"delete from about where statement" + gone, "delete from statement where id" + gone} {
		if _, err := k.exec("/* record.keeping.makeRoom */ "+query, h.revision, list); err != nil {
			return err
		}
	}
	rows, err := k.tx.QueryContext(k.ctx, k.own("/* record.keeping.makeRoom */ select id from statement where revision = ? order by ordinal"), h.revision)
	stones, err := collect(k.Record, rows, err, func(id *int64) []any { return []any{id} })
	if err != nil || len(stones) == 0 {
		return err
	}
	// Behind all others, by way of where nothing stands.
	for _, from := range []int{maxOrdinal, len(again)} {
		for i, id := range stones {
			if _, err := k.exec("/* record.keeping.makeRoom */ update statement set ordinal = ? where id = ?", from+i, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxOrdinal is beyond the places of all statements of an article.
const maxOrdinal = 1 << 40

// count changes a person's counts.
func (k *keeping) count(person int64, said, about, articles int) {
	p := k.counts[person]
	if p == nil {
		p = &presence{}
		k.counts[person] = p
	}
	p.said += said
	p.about += about
	p.articles += articles
}

// put writes an entry's article, its revision and its statements.
func (k *keeping) put(e *quoth.Entry, h held, known bool) error {
	a := &e.Reading.Article
	day := dayOfPrinting(a.Published.EDTF)
	story := cmp.Or(e.Story, a.ID)
	number := 1
	var err error
	switch {
	case !known:
		h.article = k.number("article", day)
		_, err = k.exec(`/* record.keeping.put */ insert into article (id, name, url, outlet, title, published, story, revision, statements)
			values (?, ?, ?, ?, ?, ?, ?, 1, ?)`, h.article, a.ID, a.URL, a.Site, a.Title, a.Published.EDTF, story, len(e.Reading.Statements))
	default:
		day = h.article >> serialBits
		number = h.number
		if h.hash != e.Hash {
			number++
		}
		_, err = k.exec(`/* record.keeping.put */ update article set url = ?, outlet = ?, title = ?, published = ?, revision = ?, statements = ? where id = ?`,
			a.URL, a.Site, a.Title, a.Published.EDTF, number, len(e.Reading.Statements), h.article)
	}
	if err != nil {
		return err
	}
	blob, err := k.packArticle(&e.Reading)
	if err != nil {
		return err
	}
	at := e.At.UTC().Format(time.RFC3339)
	if known && h.hash == e.Hash {
		_, err = k.exec("/* record.keeping.put */ update revision set model = ?, at = ?, reading = ? where id = ?", e.Model, at, blob, h.revision)
	} else {
		h.revision, err = k.insert("/* record.keeping.put */ insert into revision (article, number, hash, model, at, reading) values (?, ?, ?, ?, ?, ?)",
			h.article, number, e.Hash, e.Model, at, blob)
	}
	if err != nil {
		return err
	}
	if err := k.everybody(e, known); err != nil {
		return err
	}
	for _, hash := range e.Sketch {
		k.batch.textSketch.add(int64(hash), h.article)
	}
	return k.statements(e, h, day)
}

// everybody enters an entry's people and what they are called; an article that is known counts
// for its names already, and finish compares them.
func (k *keeping) everybody(e *quoth.Entry, known bool) error {
	for _, p := range e.People {
		row, err := k.person(p)
		if err != nil {
			return err
		}
		if known {
			continue
		}
		for _, alias := range p.Aliases {
			key := wording.Fold(alias.Name)
			if key == "" {
				continue
			}
			k.batch.called(row, key, lastWord(key, p.Kind), alias.Name, e.Reading.Article.ID)
		}
	}
	return nil
}

// lastWord is the last name in a folded name of a person; "" when there is but one.
func lastWord(key string, kind quoth.PartyKind) string {
	i := strings.LastIndexByte(key, ' ')
	if i < 0 || kind != quoth.PersonParty {
		return ""
	}
	return key[i+1:]
}

// person returns the row of a person, and enters one who is new. Of one who was merged
// into another it is the other's.
func (k *keeping) person(p quoth.Person) (int64, error) {
	if row, ok := k.people[p.ID]; ok {
		return row, nil
	}
	var row int64
	found := false
	if !k.isAbsent[p.ID] {
		var err error
		if found, err = k.row("/* record.keeping.person */ select coalesce(merged, id) from person where name = ?", []any{p.ID}, &row); err != nil {
			return 0, err
		}
	}
	if !found {
		if p.Name == "" {
			return 0, &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("person %q is not in the record, and the entry does not say who it is", p.ID)}
		}
		links, err := json.Marshal(p.Links)
		if err != nil {
			return 0, err
		}
		if p.Links == nil {
			links = []byte("{}")
		}
		row, err = k.insert("/* record.keeping.person */ insert into person (name, called, kind, links) values (?, ?, ?, ?)", p.ID, p.Name, string(p.Kind), string(links))
		if err != nil {
			return 0, err
		}
	}
	k.people[p.ID] = row
	return row, nil
}

// statements writes the statements of a revision, their sketches and their words, and
// counts who speaks and who is spoken of.
func (k *keeping) statements(e *quoth.Entry, h held, day int64) error {
	here := map[int64]*presence{}
	at := func(row int64) *presence {
		if here[row] == nil {
			here[row] = &presence{}
		}
		return here[row]
	}
	for _, p := range e.People {
		row, err := k.person(p)
		if err != nil {
			return err
		}
		at(row)
	}
	outlet := e.Reading.Article.Site
	for i := range e.Reading.Statements {
		st := &e.Reading.Statements[i]
		id := k.number("statement", day)
		var speaker any
		called := ""
		if st.Speaker != nil {
			called = st.Speaker.Name
			if st.Speaker.ID != "" {
				row, err := k.person(quoth.Person{ID: st.Speaker.ID})
				if err != nil {
					return err
				}
				speaker = row
				at(row).said++
			}
		}
		var addressee any
		if st.Addressee != nil && st.Addressee.ID != "" {
			row, err := k.person(quoth.Person{ID: st.Addressee.ID})
			if err != nil {
				return err
			}
			addressee = row
		}
		if err := k.statement(e, h, i, id, speaker, called, addressee); err != nil {
			return err
		}
		about, names, err := k.targets(st, id)
		if err != nil {
			return err
		}
		for _, row := range about {
			at(row).about++
		}
		for _, hash := range e.Sketches[st.ID] {
			k.batch.sketch.add(int64(hash), id)
		}
		k.batch.index = append(k.batch.index, Words{id, st.Content.Text, called, names, tags(speaker, addressee, about, outlet, st)})
	}
	for _, row := range slices.Sorted(maps.Keys(here)) {
		p := here[row]
		k.count(row, p.said, p.about, 1)
		k.batch.presence.add(h.article, row, p.said, p.about)
	}
	return nil
}

// statement writes one statement's row.
func (k *keeping) statement(e *quoth.Entry, h held, i int, id int64, speaker any, called string, addressee any) error {
	st := e.Reading.Statements[i]
	rest, err := k.packStatement(st)
	if err != nil {
		return err
	}
	from, to := saidDays(st.Said)
	k.batch.statement.add(id, st.ID, h.article, h.revision, i, string(st.Kind), cmp.Or(st.Medium, quoth.UnknownMedium), speaker, called, addressee,
		st.Content.Text, from, to, cmp.Or(e.Sayings[st.ID], st.ID), rest)
	return nil
}

// targets writes whom a statement is about and returns their rows and their names.
func (k *keeping) targets(st *quoth.Statement, id int64) (rows []int64, names string, err error) {
	for i, p := range st.About {
		if p.ID == "" {
			continue
		}
		row, err := k.person(quoth.Person{ID: p.ID})
		if err != nil {
			return nil, "", err
		}
		k.batch.about.add(id, i, row)
		if !slices.Contains(rows, row) {
			rows = append(rows, row)
		}
	}
	return rows, targetNames(st), nil
}

// Between stands between two names in the index, so that no phrase reaches over both. It
// is no word that anybody types.
const Between = "x00x00"

// targetNames are the names of those a statement is about, for the index.
func targetNames(st *quoth.Statement) string {
	names := make([]string, len(st.About))
	for i, p := range st.About {
		names[i] = p.Name
	}
	return strings.Join(names, " "+Between+" ")
}

// tags are the words of the index that stand for what a statement can be filtered by.
func tags(speaker, addressee any, about []int64, outlet string, st *quoth.Statement) string {
	list := []string{tag("k", string(st.Kind)), tag("m", cmp.Or(st.Medium, quoth.UnknownMedium))}
	if outlet != "" {
		list = append(list, tag("o", outlet))
	}
	if row, ok := speaker.(int64); ok {
		list = append(list, "s"+strconv.FormatInt(row, 10))
	}
	if row, ok := addressee.(int64); ok {
		list = append(list, "t"+strconv.FormatInt(row, 10))
	}
	for _, row := range about {
		list = append(list, "a"+strconv.FormatInt(row, 10))
	}
	return strings.Join(list, " ")
}

// tag is one word of the index for any value: letters and digits stay, any other byte is
// written as x and two hexadecimal digits, and so is x.
func tag(prefix, value string) string {
	var b strings.Builder
	b.WriteString(prefix)
	for i := range len(value) {
		c := value[i]
		switch {
		case c >= 'a' && c <= 'z' && c != 'x', c >= '0' && c <= '9':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "x%02x", c)
		}
	}
	return b.String()
}

// finish writes what was gathered over all entries.
func (k *keeping) finish() error {
	if err := k.tally(); err != nil {
		return err
	}
	if err := k.flush(); err != nil { // last: what is put into the index is to be settled soon
		return err
	}
	for _, w := range k.withdrawn {
		if err := k.editing().withdraw(w.statement, w.why); err != nil {
			return err
		}
	}
	for _, article := range slices.Sorted(maps.Keys(k.after)) {
		if err := k.editing().renamed(k.before[article], k.after[article]); err != nil {
			return err
		}
	}
	for name, next := range k.serial {
		if _, err := k.exec("/* record.keeping.finish */ update serial set next = ? where name = ?", next, name); err != nil {
			return err
		}
	}
	return nil
}

// editing changes what is kept in the same transaction.
func (k *keeping) editing() *editing { return &editing{k.Record, k.ctx, k.tx} }

// tally changes the counts of people.
func (k *keeping) tally() error {
	counts := table{
		before: "with c (person, said, about, articles) as (values ",
		row:    "(cast(? as bigint), cast(? as bigint), cast(? as bigint), cast(? as bigint))",
		after: `) update person set statements = person.statements + c.said, about = person.about + c.about, articles = person.articles + c.articles
			from c where person.id = c.person`,
	}
	for _, row := range slices.Sorted(maps.Keys(k.counts)) {
		p := k.counts[row]
		counts.add(row, p.said, p.about, p.articles)
	}
	return k.writeAll(&counts)
}

// Checkpoint implements quoth.Keeper.
func (s *Record) Checkpoint(ctx context.Context, source string) (quoth.Checkpoint, error) {
	c := quoth.Checkpoint{Source: source}
	err := s.queryRow(ctx, "/* record.Checkpoint */ select done, mark, refused from checkpoint where source = ?", asKey(source)).Scan(&c.Done, &c.Mark, &c.Refused)
	if errors.Is(err, sql.ErrNoRows) {
		return quoth.Checkpoint{}, nil
	}
	return c, s.explain(err)
}

// Refuse implements quoth.Keeper.
func (s *Record) Refuse(ctx context.Context, refused ...quoth.Refusal) error {
	if len(refused) == 0 {
		return nil
	}
	return s.edit(ctx, func(e *editing) error {
		for _, r := range refused {
			if err := e.exec(`insert into refusal (source, label, code, message, at) values (?, ?, ?, ?, ?)
				on conflict (source, label) do update set code = excluded.code, message = excluded.message, at = excluded.at`,
				asKey(r.Source), asKey(r.Label), string(r.Code), asText(r.Message), r.At.UTC().Format(time.RFC3339)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Refusals implements quoth.Keeper.
func (s *Record) Refusals(ctx context.Context, source string, limit int) ([]quoth.Refusal, error) {
	rows, err := s.query(ctx, `/* record.Refusals */ select source, label, code, message, at from refusal
		where ?1 = '' or source = ?1 order by id desc limit ?2`, asKey(source), limit)
	return collect(s, rows, err, func(r *quoth.Refusal) []any {
		return []any{&r.Source, &r.Label, &r.Code, &r.Message, (*rfc3339)(&r.At)}
	})
}

// collect reads all rows into values, each through the pointers that into gives.
func collect[T any](s *Record, rows *sql.Rows, err error, into func(*T) []any) ([]T, error) {
	if err != nil {
		return nil, s.explain(err)
	}
	defer rows.Close()
	var all []T
	var v, none T
	fields := into(&v)
	for rows.Next() {
		if all == nil {
			all = make([]T, 0, 16)
		}
		v = none // no row writes over what another points at
		if err := rows.Scan(fields...); err != nil {
			return nil, s.explain(err)
		}
		all = append(all, v)
	}
	return all, s.explain(rows.Err())
}

// rfc3339 reads a time as it is kept; "" is the zero time.
type rfc3339 time.Time

// Scan implements sql.Scanner.
func (t *rfc3339) Scan(v any) error {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("a time is kept as text, not as %T", v)
	}
	if text == "" {
		*t = rfc3339{}
		return nil
	}
	parsed, err := time.Parse(time.RFC3339, text)
	*t = rfc3339(parsed)
	return err
}

// Holdings implements quoth.Keeper.
func (s *Record) Holdings(ctx context.Context, articles []string) (map[string]quoth.Holding, error) {
	list := nameList(articles)
	rows, err := s.query(ctx, `/* record.Holdings */ select a.name, r.hash, r.model, r.number, coalesce(t.name, ''), coalesce(t.content, ''), coalesce(t.called, '')
		from names(?) j join article a on a.name = j.value
		join revision r on r.article = a.id and r.number = a.revision
		left join statement t on t.article = a.id and (t.revision = r.id or t.withdrawn <> '') order by a.id, case when t.revision = r.id then 0 else 1 end, t.ordinal, t.id`, list)
	type line struct {
		quoth.Holding
		quoth.HeldStatement
	}
	lines, err := collect(s, rows, err, func(l *line) []any {
		return []any{&l.Holding.ID, &l.Hash, &l.Model, &l.Revision, &l.HeldStatement.ID, &l.Words, &l.Speaker}
	})
	if err != nil {
		return nil, err
	}
	read, err := s.readWords(ctx, list)
	if err != nil {
		return nil, err
	}
	held := make(map[string]quoth.Holding, len(lines))
	seen := map[string]bool{}
	for _, l := range lines {
		h, ok := held[l.Holding.ID]
		if !ok {
			h = l.Holding
		}
		if l.HeldStatement.ID != "" && !seen[l.HeldStatement.ID] {
			seen[l.HeldStatement.ID] = true
			l.Read = read[l.HeldStatement.ID]
			h.Statements = append(h.Statements, l.HeldStatement)
		}
		held[h.ID] = h
	}
	return held, nil
}

// readWords are the words that statements of articles had before editors corrected them.
func (s *Record) readWords(ctx context.Context, articles string) (map[string][]string, error) {
	rows, err := s.query(ctx, "/* record.readWords */ select statement, fields, was from names(?) j join correction c on c.article = j.value where c.state = 'accepted' order by c.id", articles)
	list, err := collect(s, rows, err, func(c *quoth.Correction) []any {
		return []any{&c.Statement, (*jsonStrings)(&c.Fields), jsonInto{&c.Was}}
	})
	read := map[string][]string{}
	for _, c := range list {
		if slices.Contains(c.Fields, quoth.FieldContent) {
			read[c.Statement] = append(read[c.Statement], c.Was.Content.Text)
		}
	}
	return read, err
}

// Candidates implements quoth.Keeper.
func (s *Record) Candidates(ctx context.Context, names []string) (map[string][]quoth.Person, error) {
	list := nameList(names)
	rows, err := s.query(ctx, `/* record.Candidates */ select j.value, p.id, p.articles from names(?1) j then join alias l on l.key = j.value join person p on p.id = l.person
		union select j.value, p.id, p.articles from names(?1) j then join alias l on l.last = j.value and l.last <> '' join person p on p.id = l.person
		order by 1, 3 desc, 2`, list)
	type hit struct {
		name          string
		row, articles int64
	}
	hits, err := collect(s, rows, err, func(h *hit) []any { return []any{&h.name, &h.row, &h.articles} })
	if err != nil {
		return nil, err
	}
	rowsOf := map[string][]int64{}
	var all []int64
	for _, h := range hits {
		if len(rowsOf[h.name]) < maxCandidates {
			rowsOf[h.name] = append(rowsOf[h.name], h.row)
			all = append(all, h.row)
		}
	}
	people, err := s.peopleOf(ctx, all)
	if err != nil {
		return nil, err
	}
	found := make(map[string][]quoth.Person, len(rowsOf))
	for name, rows := range rowsOf {
		for _, row := range rows {
			found[name] = append(found[name], people[row])
		}
	}
	return found, nil
}

// maxCandidates bounds the people of one name.
const maxCandidates = 20

// maxTogether is how many of somebody's articles are looked at for who is in them.
const maxTogether = 50

// Together implements quoth.Keeper.
func (s *Record) Together(ctx context.Context, people, others []string, coming ...quoth.Company) (map[string]int, error) {
	rowOf, err := s.rowsOf(ctx, append(slices.Clone(people), others...))
	if err != nil || len(people) == 0 {
		return nil, err
	}
	nameOf := map[int64]string{}
	var asked []int64
	for _, id := range people {
		if row, ok := rowOf[id]; ok {
			nameOf[row] = id
			asked = append(asked, row)
		}
	}
	counts := map[string]int{}
	seen := map[string]bool{}
	for _, other := range others {
		if seen[other] {
			continue
		}
		seen[other] = true
		articles, fresh, err := s.newestOfBoth(ctx, rowOf[other], withIn(coming, other))
		if err != nil {
			return nil, err
		}
		here, err := s.ids(ctx, "/* record.Together */ select distinct h.person from rows(?) j then join presence h on h.article = j.value where h.person in (select i.value from rows(?) i)",
			[]any{idList(articles), idList(asked)})
		if err != nil {
			return nil, err
		}
		with := map[string]bool{other: true}
		for _, row := range here {
			with[nameOf[row]] = true
		}
		for _, id := range people {
			if id != other && (with[id] || slices.ContainsFunc(fresh, func(c quoth.Company) bool { return c.People[id] })) {
				counts[id]++
			}
		}
	}
	return counts, nil
}

// withIn are those of coming that somebody is in, as their rows will be ordered, the newest first.
func withIn(coming []quoth.Company, person string) []quoth.Company {
	var with []quoth.Company
	for _, c := range slices.Backward(coming) {
		if c.People[person] {
			with = append(with, c)
		}
	}
	slices.SortStableFunc(with, func(x, y quoth.Company) int {
		return cmp.Compare(dayOfPrinting(y.Published), dayOfPrinting(x.Published))
	})
	return with
}

// newestOfBoth are the newest articles of a person, by row, and of those that are coming, as many
// of both together as are looked at. An article that is coming is newer than all of its day.
func (s *Record) newestOfBoth(ctx context.Context, person int64, coming []quoth.Company) (articles []int64, fresh []quoth.Company, err error) {
	articles, err = s.ids(ctx, "/* record.newestOfBoth */ select article from presence where person = ? order by article desc limit ?", []any{person, maxTogether})
	if err != nil {
		return nil, nil, err
	}
	kept, next := 0, 0
	for kept+next < maxTogether && (kept < len(articles) || next < len(coming)) {
		if kept == len(articles) || next < len(coming) && dayOfPrinting(coming[next].Published) >= articles[kept]>>serialBits {
			next++
		} else {
			kept++
		}
	}
	return articles[:kept], coming[:next], nil
}

// rowsOf returns the rows of people by ID, those who were merged too.
func (s *Record) rowsOf(ctx context.Context, ids []string) (map[string]int64, error) {
	list := nameList(ids)
	rows, err := s.query(ctx, "/* record.rowsOf */ select distinct p.name, p.id from names(?) j join person p on p.name = j.value", list)
	type line struct {
		name string
		row  int64
	}
	lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.name, &l.row} })
	found := make(map[string]int64, len(lines))
	for _, l := range lines {
		found[l.name] = l.row
	}
	return found, err
}
