package sqlrecord

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"quoth"
	"quoth/wording"
)

// moved is what a change took from one person to another: what undoing gives back.
type moved struct {
	From       int64    `json:"from"`
	To         int64    `json:"to"`
	Statements []int64  `json:"statements,omitempty"` // as speaker
	Told       []int64  `json:"told,omitempty"`       // as addressee
	About      []place  `json:"about,omitempty"`
	Said       []string `json:"said,omitempty"`     // names of Statements
	ToldIn     []string `json:"told_in,omitempty"`  // names of Told
	Articles   []int64  `json:"articles,omitempty"` // that From was present in
	Next       int64    `json:"next,omitempty"`     // serial number of the first statement that was made later
	Aliases    []alias  `json:"aliases,omitempty"`  // of From, as they were before
	WasName    string   `json:"was_name,omitempty"`
	Chain      []int64  `json:"chain,omitempty"` // people who were merged into From before
	Late       []int64  `json:"late,omitempty"`  // articles, of none of Articles, whose statements were entered since
}

type place struct {
	Statement int64  `json:"s"`
	Ordinal   int    `json:"o"`
	Name      string `json:"n,omitempty"` // of the statement
}

type alias struct {
	Key      string `json:"key"`
	Last     string `json:"last"`
	Called   string `json:"called"`
	Articles int    `json:"articles"`
	Evidence string `json:"evidence"`
}

// An editing is one transaction of an editor.
type editing struct {
	*Record
	ctx context.Context
	tx  *sql.Tx
}

// revise is edit for what changes statements or people: trends are counted anew.
func (s *Record) revise(ctx context.Context, f func(*editing) error) error {
	defer s.trends.forget()
	return s.edit(ctx, f)
}

func (s *Record) edit(ctx context.Context, f func(*editing) error) error {
	return s.transact(ctx, func(tx *sql.Tx) error { return f(&editing{s, ctx, tx}) })
}

// exec runs a change.
func (e *editing) exec(query string, args ...any) error {
	_, err := e.tx.ExecContext(e.ctx, e.own("/* record.editing */ "+query), args...)
	return err
}

// person returns the row and the name of a person who is not merged into another.
func (e *editing) person(id string) (row int64, called string, err error) {
	var into string
	err = e.tx.QueryRowContext(e.ctx, e.own("/* record.editing.person */ select p.id, p.called, coalesce(m.name, '') from person p left join person m on m.id = p.merged where p.name = ?"), id).Scan(&row, &called, &into)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, "", notFound("person", id)
	case err == nil && into != "":
		return 0, "", &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q was merged into %q", id, into), Hint: "use the person merged into, or undo that change first"}
	}
	return row, called, err
}

// Merge implements quoth.Editor.
func (s *Record) Merge(ctx context.Context, from, into string, c quoth.Change) (quoth.Change, error) {
	err := s.revise(ctx, func(e *editing) error {
		a, _, err := e.person(from)
		if err != nil {
			return err
		}
		b, _, err := e.person(into)
		if err != nil {
			return err
		}
		if a == b {
			return &quoth.Error{Code: quoth.Invalid, Message: "a person cannot be merged into themselves"}
		}
		shown, err := e.number("select count(*) from person a, person b where a.id = ? and b.id = ? and a.hidden <> '' and b.hidden = ''", a, b)
		if err != nil {
			return err
		}
		if shown > 0 {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q has no page, and would get one so", from), Hint: "merge the other into them, or undo first that they have none"}
		}
		m, err := e.gather(a, b, "", nil)
		if err != nil {
			return err
		}
		if m.Chain, err = e.numbers("select id from person where merged = ?", a); err != nil {
			return err
		}
		if m.Articles, err = e.numbers("select article from presence where person = ?", a); err != nil {
			return err
		}
		if err := e.exec("update person set merged = ?2 where id = ?1 or merged = ?1", a, b); err != nil {
			return err
		}
		if err := e.move(m); err != nil {
			return err
		}
		c.Action, c.Person, c.Other = "merge", into, from
		return e.note(&c, b, m)
	})
	return c, err
}

// Split implements quoth.Editor.
func (s *Record) Split(ctx context.Context, person string, other quoth.Person, articles []string, c quoth.Change) (quoth.Change, error) {
	err := s.revise(ctx, func(e *editing) error {
		if len(articles) == 0 {
			return &quoth.Error{Code: quoth.Invalid, Message: "a split needs the articles that mean somebody else"}
		}
		a, _, err := e.person(person)
		if err != nil {
			return err
		}
		b, _, err := e.person(other.ID)
		if quoth.CodeOf(err) == quoth.NotFound && other.ID != "" && other.Name != "" {
			b, err = e.number("insert into person (name, called, kind) values (?, ?, ?) returning id", other.ID, other.Name, string(other.Kind))
		}
		if err != nil {
			return err
		}
		if a == b {
			return &quoth.Error{Code: quoth.Invalid, Message: "a person cannot be split off themselves"}
		}
		list := nameList(articles)
		silent, err := e.strings("select j.value from names(?) j where not exists (select 1 from article t join presence p on p.article = t.id where t.name = j.value and p.person = ?)", list, a)
		if err != nil {
			return err
		}
		if len(silent) > 0 {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("article %q names nobody who is %q", silent[0], person), Hint: "choose among the articles that do"}
		}
		m, err := e.gather(a, b, " and t.article in (select id from article where name in (select j.value from names(?) j))", []any{list})
		if err != nil {
			return err
		}
		m.Aliases = nil // both may go by the same names
		if m.Articles, err = e.numbers("select id from article where name in (select j.value from names(?) j)", list); err != nil {
			return err
		}
		if err := e.renaming(m.Articles, func() error { return e.move(m) }); err != nil {
			return err
		}
		if key := wording.Fold(other.Name); key != "" {
			if err := e.exec("insert into alias (key, last, person, called, articles, evidence) values (?, ?, ?, ?, 1, ?) on conflict do nothing", key, lastWord(key, other.Kind), b, other.Name, articles[0]); err != nil {
				return err
			}
		}
		c.Action, c.Person, c.Other = "split", person, other.ID
		return e.note(&c, a, m)
	})
	return c, err
}

// gather lists what a is given for, by a condition on statements t.
func (e *editing) gather(a, b int64, where string, args []any) (moved, error) {
	m := moved{From: a, To: b}
	var err error
	if m.Next, err = e.number("select next from serial where name = 'statement'"); err != nil {
		return m, err
	}
	args = append([]any{a}, args...)
	said, err := e.places("select t.id, 0, t.name from statement t where t.speaker = ?"+where, args...)
	if err != nil {
		return m, err
	}
	m.Statements, m.Said = apart(said)
	told, err := e.places("select t.id, 0, t.name from statement t where t.addressee = ?"+where, args...)
	if err != nil {
		return m, err
	}
	m.Told, m.ToldIn = apart(told)
	if m.About, err = e.places("select b.statement, b.ordinal, t.name from about b join statement t on t.id = b.statement where b.person = ?"+where, args...); err != nil {
		return m, err
	}
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.gather */ select key, last, called, articles, evidence from alias where person = ?"), a)
	m.Aliases, err = collect(e.Record, rows, err, func(l *alias) []any {
		return []any{&l.Key, &l.Last, &l.Called, &l.Articles, &l.Evidence}
	})
	return m, err
}

// places runs a query for places inside the transaction.
func (e *editing) places(query string, args ...any) ([]place, error) {
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.places */ "+query), args...)
	return collect(e.Record, rows, err, func(p *place) []any { return []any{&p.Statement, &p.Ordinal, &p.Name} })
}

// apart are the statements of places, by row and by name.
func apart(places []place) (rows []int64, names []string) {
	for _, p := range places {
		rows, names = append(rows, p.Statement), append(names, p.Name)
	}
	return rows, names
}

// number runs a query for one number inside the transaction.
func (e *editing) number(query string, args ...any) (n int64, err error) {
	err = e.tx.QueryRowContext(e.ctx, e.own("/* record.editing.number */ "+query), args...).Scan(&n)
	return n, err
}

// numbers runs a query for row numbers inside the transaction.
func (e *editing) numbers(query string, args ...any) ([]int64, error) {
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.numbers */ "+query), args...)
	return collect(e.Record, rows, err, func(n *int64) []any { return []any{n} })
}

// strings runs a query for strings inside the transaction.
func (e *editing) strings(query string, args ...any) ([]string, error) {
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.strings */ "+query), args...)
	return collect(e.Record, rows, err, func(s *string) []any { return []any{s} })
}

// move gives what m lists, and is m.From's still, to m.To, and counts and indexes again.
func (e *editing) move(m moved) error {
	if err := e.exec("update statement set speaker = ? where speaker = ? and id in (select j.value from rows(?) j)", m.To, m.From, idList(m.Statements)); err != nil {
		return err
	}
	if err := e.exec("update statement set addressee = ? where addressee = ? and id in (select j.value from rows(?) j)", m.To, m.From, idList(m.Told)); err != nil {
		return err
	}
	ids := append(slices.Clone(m.Statements), m.Told...)
	for _, p := range m.About {
		if err := e.exec("update about set person = ? where person = ? and statement = ? and ordinal = ?", m.To, m.From, p.Statement, p.Ordinal); err != nil {
			return err
		}
		ids = append(ids, p.Statement)
	}
	for _, l := range m.Aliases {
		if err := e.exec(`insert into alias (key, last, person, called, articles, evidence) values (?, ?, ?, ?, ?, ?)
			on conflict (key, person) do update set articles = alias.articles + excluded.articles`, l.Key, l.Last, m.To, l.Called, l.Articles, l.Evidence); err != nil {
			return err
		}
	}
	if len(m.Aliases) > 0 {
		if err := e.exec("delete from alias where person = ?", m.From); err != nil {
			return err
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if err := e.reindex(ids); err != nil {
		return err
	}
	articles, err := e.articlesOf(ids)
	if err != nil {
		return err
	}
	articles = append(articles, m.Articles...)
	slices.Sort(articles)
	return e.recount(slices.Compact(articles), m.From, m.To)
}

// articlesOf are the articles of statements.
func (e *editing) articlesOf(statements []int64) ([]int64, error) {
	return e.numbers("select distinct article from statement where id in (select j.value from rows(?) j)", idList(statements))
}

// reindex writes the words of statements anew, whose people have changed.
func (e *editing) reindex(ids []int64) error {
	rows, err := e.tx.QueryContext(e.ctx, e.own(`/* record.editing.reindex */ select t.id, t.content, t.called, t.kind, t.medium, coalesce(t.speaker, 0), coalesce(t.addressee, 0), a.outlet, t.rest
		from statement t join article a on a.id = t.article where t.current = 1 and t.id in (select j.value from rows(?) j) order by t.id`), idList(ids))
	type line struct {
		Words
		kind, medium, outlet string
		speakerRow, toldRow  int64
		rest                 []byte
	}
	lines, err := collect(e.Record, rows, err, func(l *line) []any {
		return []any{&l.Row, &l.Content, &l.Speaker, &l.kind, &l.medium, &l.speakerRow, &l.toldRow, &l.outlet, &l.rest}
	})
	if err != nil {
		return err
	}
	for _, l := range lines {
		var st quoth.Statement
		if err := e.unpack(l.rest, &st); err != nil {
			return err
		}
		about, err := e.numbers("select distinct person from about where statement = ? order by person", l.Row)
		if err != nil {
			return err
		}
		var speaker any
		if l.speakerRow != 0 {
			speaker = l.speakerRow
		}
		var addressee any
		if l.toldRow != 0 {
			addressee = l.toldRow
		}
		st.Kind, st.Medium = quoth.Kind(l.kind), l.medium
		if err := e.exec("delete from words where rowid = ?", l.Row); err != nil {
			return err
		}
		l.About, l.Tags = targetNames(&st), tags(speaker, addressee, about, l.outlet, &st)
		into, row := e.dialect.IndexInto()
		if err := e.exec("insert into "+into+" values "+row, indexed(e.dialect, l.Words)...); err != nil {
			return err
		}
	}
	return nil
}

// recount counts again what there is of people in articles, each listed once, and all in all.
func (e *editing) recount(articles []int64, people ...int64) error {
	list := idList(articles)
	for _, p := range people {
		if err := e.exec("delete from presence where person = ? and article in (select j.value from rows(?) j)", p, list); err != nil {
			return err
		}
		if err := e.exec(`insert into presence (article, person, said, about)
			select article, ?1, sum(said), sum(about) from (
				select t.article, case when t.speaker = ?1 then 1 else 0 end as said, 0 as about
					from rows(?2) j then join statement t on t.article = j.value where t.current = 1 and (t.speaker = ?1 or t.addressee = ?1)
				union all
				select t.article, 0, count(distinct t.id) from rows(?2) j then join statement t on t.article = j.value and t.current = 1 then join about b on b.statement = t.id where b.person = ?1 group by t.article) counted
			group by article`, p, list); err != nil {
			return err
		}
	}
	if err := e.inBackground(articles, people); err != nil {
		return err
	}
	for _, p := range people {
		if err := e.exec(`update person set articles = (select count(*) from presence where person = ?1),
			statements = (select coalesce(sum(said), 0) from presence where person = ?1),
			about = (select coalesce(sum(about), 0) from presence where person = ?1) where id = ?1`, p); err != nil {
			return err
		}
	}
	return nil
}

// inBackground enters people as present where nothing but the background of an article is
// about them.
func (e *editing) inBackground(articles, people []int64) error {
	for chunk := range slices.Chunk(articles, maxRows) {
		rows, err := e.tx.QueryContext(e.ctx, e.own(`/* record.editing.inBackground */ select a.id, r.reading from rows(?) j
			join article a on a.id = j.value join revision r on r.article = a.id and r.number = a.revision`), idList(chunk))
		type line struct {
			article int64
			blob    []byte
		}
		lines, err := collect(e.Record, rows, err, func(l *line) []any { return []any{&l.article, &l.blob} })
		if err != nil {
			return err
		}
		for _, l := range lines {
			r, err := e.unpackArticle(l.blob)
			if err != nil {
				return err
			}
			var names []string
			for _, b := range r.Background {
				for _, p := range b.About {
					names = append(names, p.ID)
				}
			}
			if len(names) == 0 {
				continue
			}
			list := nameList(names)
			if err := e.exec(`insert into presence (article, person, said, about) select distinct cast(? as bigint), coalesce(p.merged, p.id), 0, 0
				from names(?) j join person p on p.name = j.value where coalesce(p.merged, p.id) in (select i.value from rows(?) i) on conflict do nothing`,
				l.article, list, idList(people)); err != nil {
				return err
			}
		}
	}
	return nil
}

// note writes the change down.
func (e *editing) note(c *quoth.Change, person int64, m moved) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := e.act(quoth.Act{At: c.At, Actor: c.Actor, Action: c.Action, Subject: "person " + c.Person, Detail: c.Other + "; " + c.Note}); err != nil {
		return err
	}
	c.ID, err = e.number("insert into change (at, actor, action, person, other, note, moved, giver, taker) values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
		c.At.UTC().Format(time.RFC3339), c.Actor, c.Action, person, c.Other, c.Note, string(text), m.From, m.To)
	return err
}

// Rename implements quoth.Editor.
func (s *Record) Rename(ctx context.Context, person, name string, c quoth.Change) (quoth.Change, error) {
	err := s.revise(ctx, func(e *editing) error {
		row, was, err := e.person(person)
		if err != nil {
			return err
		}
		known, err := e.numbers("select count(*) from alias where person = ? and called = ?", row, name)
		if err != nil {
			return err
		}
		if name == was {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is called %q already", person, name), Hint: "choose another of the person's aliases"}
		}
		if known[0] == 0 {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("no article calls %q so: %q", person, name), Hint: "choose one of the person's aliases"}
		}
		if err := e.exec("update person set called = ? where id = ?", name, row); err != nil {
			return err
		}
		c.Action, c.Person, c.Other = "rename", person, was
		return e.note(&c, row, moved{From: row, To: row, WasName: was})
	})
	return c, err
}

// Hide implements quoth.Editor.
func (s *Record) Hide(ctx context.Context, person string, c quoth.Change) (quoth.Change, error) {
	err := s.revise(ctx, func(e *editing) error {
		row, _, err := e.person(person)
		if err != nil {
			return err
		}
		if c.Note == "" {
			return &quoth.Error{Code: quoth.Invalid, Message: "somebody is hidden for a reason", Hint: "say it"}
		}
		n, err := e.changed("update person set hidden = ? where id = ? and hidden = ''", c.Note, row)
		if err != nil {
			return err
		}
		if n == 0 {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("%q is hidden", person), Hint: "undo that first"}
		}
		c.Action, c.Person = "hide", person
		return e.note(&c, row, moved{From: row, To: row})
	})
	return c, err
}

// Undo implements quoth.Editor.
func (s *Record) Undo(ctx context.Context, change int64, act quoth.Act) error {
	return s.revise(ctx, func(e *editing) error {
		var action, text, person, other string
		var undone bool
		err := e.tx.QueryRowContext(ctx, e.own("/* record.Undo */ select c.action, c.moved, c.undone, p.name, c.other from change c join person p on p.id = c.person where c.id = ?"), change).
			Scan(&action, &text, &undone, &person, &other)
		if errors.Is(err, sql.ErrNoRows) {
			return notFound("change", fmt.Sprint(change))
		}
		if err != nil {
			return err
		}
		if undone {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("change %d was undone before", change)}
		}
		var m moved
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			return err
		}
		later, err := e.numbers(`select count(*) from change where id > ?1 and undone = 0 and (giver in (?2, ?3) or taker in (?2, ?3)) and (action = 'hide') = (?4 = 'hide')`, change, m.From, m.To, action)
		if err != nil {
			return err
		}
		if later[0] > 0 {
			return &quoth.Error{Code: quoth.Invalid, Message: fmt.Sprintf("a later change of the same people stands in the way of undoing %d", change), Hint: "undo that one first"}
		}
		if err := e.undo(action, m); err != nil {
			return err
		}
		if err := e.exec("update change set undone = 1, undone_at = ?, note = note || ? where id = ?", act.At.UTC().Format(time.RFC3339), " [undone by "+act.Actor+"]", change); err != nil {
			return err
		}
		act.Action, act.Subject, act.Detail = "undo", "person "+person, fmt.Sprintf("%s of change %d; %s", action, change, other)
		return e.act(act)
	})
}

// undo gives back what m took.
func (e *editing) undo(action string, m moved) error {
	switch action {
	case "rename":
		return e.exec("update person set called = ? where id = ?", m.WasName, m.From)
	case "hide":
		return e.exec("update person set hidden = '' where id = ?", m.From)
	case "merge":
		if err := e.exec("update person set merged = null where id = ?", m.From); err != nil {
			return err
		}
		if err := e.exec("update person set merged = ? where id in (select j.value from rows(?) j)", m.From, idList(m.Chain)); err != nil {
			return err
		}
	}
	back, err := e.back(m)
	if err != nil {
		return err
	}
	if action == "split" {
		if err := e.renaming(m.Articles, func() error { return e.move(back) }); err != nil {
			return err
		}
		// Nobody is taken for somebody whom no article names.
		return e.exec("delete from alias where person = ?1 and not exists (select 1 from presence where person = ?1)", m.To)
	}
	return e.renaming(m.Late, func() error {
		if err := e.move(back); err != nil {
			return err
		}
		return e.unalias(m)
	})
}

// unalias gives back the names that a merge took, as far as articles call somebody so still.
func (e *editing) unalias(m moved) error {
	for _, l := range m.Aliases {
		if err := e.exec(`insert into alias (key, last, person, called, articles, evidence)
			select key, ?, ?, ?, case when articles < ? then articles else ? end, ? from alias where key = ? and person = ?`,
			l.Last, m.From, l.Called, l.Articles, l.Articles, l.Evidence, l.Key, m.To); err != nil {
			return err
		}
		if err := e.exec("update alias set articles = case when articles > ?1 then articles - ?1 else 0 end where key = ?2 and person = ?3", l.Articles, l.Key, m.To); err != nil {
			return err
		}
	}
	return e.exec("delete from alias where articles = 0 and person = ?", m.To)
}

// back is what m moved, on its way back: what there is of it still, and the same statements
// of articles that were read again meanwhile.
func (e *editing) back(m moved) (moved, error) {
	back := moved{From: m.To, To: m.From, Statements: m.Statements, Told: m.Told, About: m.About, Articles: m.Articles}
	again := func(query string, names []string) ([]place, error) {
		if len(names) == 0 {
			return nil, nil
		}
		list := nameList(names)
		found, err := e.places(query, list, m.To)
		return slices.DeleteFunc(found, func(p place) bool { return m.Next == 0 || p.Statement&(1<<serialBits-1) < m.Next }), err
	}
	said, err := again("select t.id, 0, t.name from names(?) j join statement t on t.name = j.value where t.speaker = ?", m.Said)
	if err != nil {
		return back, err
	}
	told, err := again("select t.id, 0, t.name from names(?) j join statement t on t.name = j.value where t.addressee = ?", m.ToldIn)
	if err != nil {
		return back, err
	}
	was := map[place]bool{}
	var names []string
	for _, p := range m.About {
		names = append(names, p.Name)
		p.Statement = 0
		was[p] = true
	}
	about, err := again("select distinct b.statement, b.ordinal, t.name from names(?) j join statement t on t.name = j.value join about b on b.statement = t.id where b.person = ?", names)
	if err != nil {
		return back, err
	}
	for _, p := range said {
		back.Statements = append(back.Statements, p.Statement)
	}
	for _, p := range told {
		back.Told = append(back.Told, p.Statement)
	}
	for _, p := range about {
		if was[place{Ordinal: p.Ordinal, Name: p.Name}] {
			back.About = append(back.About, p)
		}
	}
	return back, nil
}

// Changes implements quoth.Editor.
func (s *Record) Changes(ctx context.Context, person string, before int64, limit int) ([]quoth.Change, error) {
	rows, err := s.query(ctx, `/* record.Changes */ select c.id, c.at, c.actor, c.action, p.name, c.other, c.note, c.undone, c.undone_at, case when p.hidden = '' then 0 else 1 end
		from change c join person p on p.id = c.person where (?1 = '' or p.name = ?1 or c.other = ?1) and (?2 = 0 or c.id < ?2) order by c.id desc limit ?3`, person, before, limit)
	return collect(s, rows, err, func(c *quoth.Change) []any {
		return []any{&c.ID, (*rfc3339)(&c.At), &c.Actor, &c.Action, &c.Person, &c.Other, &c.Note, &c.Undone, (*rfc3339)(&c.UndoneAt), &c.WithoutPage}
	})
}

// AddToken implements quoth.Editor.
func (s *Record) AddToken(ctx context.Context, t quoth.Token, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		scopes, err := json.Marshal(t.Scopes)
		if err != nil {
			return err
		}
		if err := e.exec("insert into token (name, label, hash, scopes, created) values (?, ?, ?, ?, ?)", t.ID, t.Name, t.Hash, string(scopes), t.Created.UTC().Format(time.RFC3339)); err != nil {
			return err
		}
		return e.act(act)
	})
}

// Tokens implements quoth.Editor.
func (s *Record) Tokens(ctx context.Context) ([]quoth.Token, error) {
	rows, err := s.query(ctx, tokenColumns+"order by created desc, name")
	return collect(s, rows, err, tokenInto)
}

// RevokeToken implements quoth.Editor.
func (s *Record) RevokeToken(ctx context.Context, id string, act quoth.Act) error {
	return s.edit(ctx, func(e *editing) error {
		n, err := e.changed("update token set revoked = ? where name = ? and revoked = ''", act.At.UTC().Format(time.RFC3339), id)
		if err != nil {
			return err
		}
		if n == 0 {
			return notFound("token that is not revoked", id)
		}
		return e.act(act)
	})
}
