package sqlrecord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"quoth"
)

// Propose implements quoth.Corrector.
func (s *Record) Propose(ctx context.Context, c quoth.Correction, act quoth.Act, also ...quoth.CaseChange) (quoth.Correction, error) {
	c.State = quoth.Proposed
	err := s.edit(ctx, func(e *editing) error {
		if _, err := e.complete(&c); err != nil {
			return err
		}
		if err := e.keepCorrection(&c); err != nil {
			return err
		}
		return e.actAlso(act, also)
	})
	return c, err
}

// complete returns the statement that a correction is of, which has to be what it was when it was
// looked at, and says in a new correction what the record knows of it: where the statement
// stands, and which fields differ.
func (e *editing) complete(c *quoth.Correction) (quoth.Recorded, error) {
	if c.Was == nil || c.Is == nil && !c.Kind.TakesAway() {
		return quoth.Recorded{}, &quoth.Error{Code: quoth.Invalid, Message: "a correction needs the statement as it was and as it is to be", Hint: "read the statement, and change a copy of it"}
	}
	now, err := e.statement(c.Statement)
	switch {
	case err != nil:
		return now, err
	case now.Withdrawn != "" || len(quoth.Differences(&now.Statement, c.Was)) > 0:
		return now, &quoth.Error{Code: quoth.Conflict, Message: "the statement is not what it was when it was looked at", Hint: "look at it again, and correct it then"}
	case c.ID != 0:
		return now, nil
	}
	c.Article, c.Revision, c.Fields = now.Article.ID, now.Revision, nil
	if c.Kind.TakesAway() {
		return now, nil
	}
	if c.Fields = quoth.Differences(c.Was, c.Is); len(c.Fields) == 0 {
		err = &quoth.Error{Code: quoth.Invalid, Message: "nothing is different"}
	}
	return now, err
}

// actAlso writes a line of the audit log, and changes the cases that go with it.
func (e *editing) actAlso(act quoth.Act, also []quoth.CaseChange) error {
	err := e.act(act)
	for i := 0; err == nil && i < len(also); i++ {
		err = e.setCase(also[i].Case, also[i].Act)
	}
	return err
}

// keepCorrection writes a correction that is new, or the state of one that is known.
func (e *editing) keepCorrection(c *quoth.Correction) error {
	if c.ID != 0 {
		n, err := e.changed("update correction set state = ?, approver = ? where id = ? and state = 'proposed'", string(c.State), c.Approver, c.ID)
		if err == nil && n == 0 {
			err = &quoth.Error{Code: quoth.Conflict, Message: fmt.Sprintf("correction %d does not wait for anybody", c.ID), Hint: "look at it again"}
		}
		return err
	}
	texts := make([]string, 4)
	for i, v := range []any{c.Fields, c.Was, c.Is, c.People} {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		texts[i] = string(text)
	}
	var err error
	c.ID, err = e.number(`insert into correction (statement, article, revision, kind, state, fields, was, becomes, people, note, in_case, actor, approver, at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
		c.Statement, c.Article, c.Revision, string(c.Kind), string(c.State), texts[0], texts[1], texts[2], texts[3], c.Note, c.Case, c.Actor, c.Approver, c.At.UTC().Format(time.RFC3339))
	return err
}

// Correct implements quoth.Corrector.
func (s *Record) Correct(ctx context.Context, c quoth.Correction, act quoth.Act, also ...quoth.CaseChange) (quoth.Correction, error) {
	c.State = quoth.Accepted
	err := s.revise(ctx, func(e *editing) error {
		now, err := e.complete(&c)
		if err != nil {
			return err
		}
		if err := e.keepCorrection(&c); err != nil {
			return err
		}
		if err := e.enter(c.People); err != nil {
			return err
		}
		err = e.renamingIn(c.Statement, func() error {
			if c.Kind.TakesAway() {
				return e.withdraw(c.Statement, c.Note)
			}
			quoth.CopyFields(&now.Statement, c.Is, c.Fields)
			return e.rewrite(now.Statement)
		})
		if err != nil {
			return err
		}
		return e.actAlso(act, also)
	})
	return c, err
}

// renamingIn makes a change of a statement, and counts anew what its article calls people.
func (e *editing) renamingIn(statement string, change func() error) error {
	articles, err := e.numbers("select distinct article from statement where name = ?", statement)
	if err != nil {
		return err
	}
	return e.renaming(articles, change)
}

// statement returns a statement of the newest revision that has it, as nobody else can
// change it before the transaction ends.
func (e *editing) statement(id string) (quoth.Recorded, error) {
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.statement */ "+recordedColumns+newestOfName), id)
	_, list, err := e.recordedOf(rows, err)
	if err == nil && len(list) == 0 {
		err = notFound("statement", id)
	}
	if err != nil {
		return quoth.Recorded{}, err
	}
	return list[0], nil
}

// Reject implements quoth.Corrector.
func (s *Record) Reject(ctx context.Context, id int64, act quoth.Act, also ...quoth.CaseChange) error {
	return s.edit(ctx, func(e *editing) error {
		if err := e.keepCorrection(&quoth.Correction{ID: id, State: quoth.Rejected, Approver: act.Actor}); err != nil {
			return err
		}
		return e.actAlso(act, also)
	})
}

// UndoCorrection implements quoth.Corrector.
func (s *Record) UndoCorrection(ctx context.Context, id int64, act quoth.Act) error {
	return s.revise(ctx, func(e *editing) error {
		rows, err := e.tx.QueryContext(ctx, e.own(correctionColumns+"where id = ?"), id)
		c, err := only(s, rows, err, correctionInto, "correction", fmt.Sprint(id))
		if err != nil {
			return err
		}
		var now quoth.Recorded
		if !c.Kind.TakesAway() {
			if now, err = e.statement(c.Statement); err != nil {
				return err
			}
		}
		later, err := e.number("select count(*) from correction where statement = ? and id > ? and state = 'accepted'", c.Statement, id)
		if err != nil {
			return err
		}
		n, err := e.changed("update correction set state = 'undone', undone_at = ? where id = ? and state = 'accepted'", act.At.UTC().Format(time.RFC3339), id)
		switch {
		case err != nil:
			return err
		case later > 0 || n == 0 || now.Withdrawn != "":
			return &quoth.Error{Code: quoth.Conflict, Message: fmt.Sprintf("correction %d cannot be undone", id), Hint: "only the last that holds of a statement can be"}
		}
		err = e.renamingIn(c.Statement, func() error {
			if c.Kind.TakesAway() {
				return e.giveBack(c.Statement)
			}
			row, err := e.newest(c.Statement)
			if err != nil {
				return err
			}
			was, err := e.meant(c, c.Was, row)
			if err != nil {
				return err
			}
			quoth.CopyFields(&now.Statement, was, c.Fields)
			return e.rewrite(now.Statement)
		})
		if err != nil {
			return err
		}
		return e.act(act)
	})
}

const correctionColumns = `/* record.Correction */ select id, statement, article, revision, kind, state, fields, was, becomes, people, note, in_case, actor, approver, at, undone_at,
	exists (select 1 from correction o where o.statement = correction.statement and o.state = 'accepted' and o.kind in ('retraction', 'redaction')) from correction `

func correctionInto(c *quoth.Correction) []any {
	return []any{&c.ID, &c.Statement, &c.Article, &c.Revision, &c.Kind, &c.State, (*jsonStrings)(&c.Fields), jsonInto{&c.Was}, jsonInto{&c.Is}, jsonInto{&c.People}, &c.Note, &c.Case, &c.Actor, &c.Approver, (*rfc3339)(&c.At), (*rfc3339)(&c.UndoneAt), &c.IsTakenAway}
}

// jsonInto reads what is kept as JSON into what it points to.
type jsonInto struct{ v any }

// Scan implements sql.Scanner.
func (j jsonInto) Scan(v any) error {
	text, _ := v.(string)
	return json.Unmarshal([]byte(text), j.v)
}

// Corrections implements quoth.Corrector.
func (s *Record) Corrections(ctx context.Context, q quoth.CorrectionQuery) ([]quoth.Correction, error) {
	if err := quoth.ValidateLimit(q.Limit); err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, correctionColumns+`where (?1 = '' or statement = ?1) and (?2 = '' or article = ?2) and (?3 = '' or in_case = ?3)
		and (?4 = '' or state = ?4) and (?5 = 0 or id < ?5) order by id desc limit ?6`, q.Statement, q.Article, q.Case, string(q.State), q.Before, quoth.LimitOr(q.Limit))
	return collect(s, rows, err, correctionInto)
}

// enter enters people who are new.
func (e *editing) enter(people []quoth.Person) error {
	for _, p := range people {
		if err := e.exec("insert into person (name, called, kind) values (?, ?, ?) on conflict (name) do nothing", p.ID, p.Name, string(p.Kind)); err != nil {
			return err
		}
	}
	return nil
}

// newest returns the row of the newest revision's statement.
func (e *editing) newest(statement string) (int64, error) {
	rows, err := e.numbers("select id from statement where name = ? order by revision desc limit 1", statement)
	if err != nil {
		return 0, err
	}
	if len(rows) == 0 {
		return 0, notFound("statement", statement)
	}
	return rows[0], nil
}

// rewrite writes the newest row of a statement anew, and counts and indexes those whom it
// has to do with.
func (e *editing) rewrite(st quoth.Statement) error {
	row, err := e.newest(st.ID)
	if err != nil {
		return err
	}
	people, err := e.involved(row)
	if err != nil {
		return err
	}
	// rowOf is the row of somebody or, of one who was merged since, of the person merged into.
	rowOf := func(id string, enter func(m *moved)) (any, error) {
		if id == "" {
			return nil, nil
		}
		return e.rowNow(id, row, enter)
	}
	var speaker, addressee any
	called := ""
	if st.Speaker != nil {
		called = st.Speaker.Name
		if speaker, err = rowOf(st.Speaker.ID, func(m *moved) { m.Statements, m.Said = append(m.Statements, row), append(m.Said, st.ID) }); err != nil {
			return err
		}
	}
	if st.Addressee != nil {
		if addressee, err = rowOf(st.Addressee.ID, func(m *moved) { m.Told, m.ToldIn = append(m.Told, row), append(m.ToldIn, st.ID) }); err != nil {
			return err
		}
	}
	rest, err := e.packStatement(st)
	if err != nil {
		return err
	}
	from, to := saidDays(st.Said)
	if err := e.exec("update statement set kind = ?, medium = ?, speaker = ?, called = ?, addressee = ?, content = ?, said_from = ?, said_to = ?, rest = ? where id = ?",
		string(st.Kind), cmp.Or(st.Medium, quoth.UnknownMedium), speaker, called, addressee, st.Content.Text, from, to, rest, row); err != nil {
		return err
	}
	if err := e.exec("delete from about where statement = ?", row); err != nil {
		return err
	}
	for i, p := range st.About {
		person, err := rowOf(p.ID, func(m *moved) { m.About = append(m.About, place{row, i, st.ID}) })
		if err != nil {
			return err
		}
		if person == nil {
			continue
		}
		if err := e.exec("insert into about (statement, ordinal, person) values (?, ?, ?)", row, i, person); err != nil {
			return err
		}
	}
	if err := e.reindex([]int64{row}); err != nil {
		return err
	}
	after, err := e.involved(row)
	if err != nil {
		return err
	}
	return e.recountIn([]int64{row}, append(people, after...))
}

// involved are the people of statements: who makes them, whom they are addressed to, whom they
// are about.
func (e *editing) involved(rows ...int64) ([]int64, error) {
	return e.numbers(`select speaker from statement where id in (select j.value from rows(?1) j) and speaker is not null
		union select addressee from statement where id in (select j.value from rows(?1) j) and addressee is not null
		union select person from about where statement in (select j.value from rows(?1) j)`, idList(rows))
}

// recountIn counts people again in the articles of statements.
func (e *editing) recountIn(statements, people []int64) error {
	articles, err := e.articlesOf(statements)
	if err != nil {
		return err
	}
	slices.Sort(people)
	return e.recount(articles, slices.Compact(people)...)
}

// withdraw takes a statement away in all revisions: nothing of it is found or shown.
func (e *editing) withdraw(statement, why string) error {
	rows, err := e.numbers("select id from statement where name = ?", statement)
	if err != nil {
		return err
	}
	return e.takeAway(rows, why)
}

func (e *editing) takeAway(rows []int64, why string) error {
	people, err := e.involved(rows...)
	if err != nil {
		return err
	}
	list := idList(rows)
	if err := e.exec("delete from words where rowid in (select j.value from rows(?) j)", list); err != nil {
		return err
	}
	if err := e.exec("update statement set current = 0, withdrawn = ? where id in (select j.value from rows(?) j)", why, list); err != nil {
		return err
	}
	if err := e.countStatements(list); err != nil {
		return err
	}
	return e.recountIn(rows, people)
}

// countStatements counts those of the articles of statements again.
func (e *editing) countStatements(list string) error {
	return e.exec(`update article set statements = (select count(*) from statement t where t.article = article.id and t.current = 1)
		where id in (select article from statement where id in (select j.value from rows(?) j))`, list)
}

// giveBack undoes withdraw.
func (e *editing) giveBack(statement string) error {
	rows, err := e.numbers("select id from statement where name = ?", statement)
	if err != nil {
		return err
	}
	list := idList(rows)
	if err := e.exec("update statement set withdrawn = '' where id in (select j.value from rows(?) j)", list); err != nil {
		return err
	}
	if err := e.exec(`update statement set current = 1 where id in (select j.value from rows(?) j)
		and revision in (select r.id from revision r join article a on a.id = r.article and a.revision = r.number)`, list); err != nil {
		return err
	}
	if err := e.countStatements(list); err != nil {
		return err
	}
	if err := e.reindex(rows); err != nil {
		return err
	}
	people, err := e.involved(rows...)
	if err != nil {
		return err
	}
	return e.recountIn(rows, people)
}

// corrected gives the statements of an article that is kept again what editors decided
// about them, and returns those that they took away, with the reason.
func (k *keeping) corrected(e *quoth.Entry) (withdrawn map[string]string, err error) {
	rows, err := k.tx.QueryContext(k.ctx, k.own(correctionColumns+"where article = ? and state = 'accepted' order by id"), e.Reading.Article.ID)
	list, err := collect(k.Record, rows, err, correctionInto)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	at := map[string]int{}
	e.Reading.Statements = slices.Clone(e.Reading.Statements)
	for i, st := range e.Reading.Statements {
		at[st.ID] = i
	}
	withdrawn = map[string]string{}
	for _, c := range list {
		i, ok := at[c.Statement]
		if !ok {
			continue
		}
		if c.Kind.TakesAway() {
			withdrawn[c.Statement] = c.Note
			continue
		}
		st := &e.Reading.Statements[i]
		is, err := k.editing().meant(c, c.Is, 0)
		if err != nil {
			return nil, err
		}
		quoth.CopyFields(st, is, fieldsOn(e.Reading.Article.Text, is, c.Fields, startOf(st.Content)-startOf(c.Was.Content)))
	}
	return withdrawn, nil
}

// startOf is where a role begins.
func startOf(r *quoth.Role) int {
	if r == nil || len(r.Spans) == 0 {
		return 0
	}
	return r.Spans[0].Start
}

// fieldsOn are the fields of a corrected statement whose words stand in a state of the article,
// by bytes on, for the page was changed in front of them, or at their places: is has them where they
// stand. What it does not print any more is not corrected.
func fieldsOn(text string, is *quoth.Statement, fields []string, by int) []string {
	moved := func(spans []quoth.Span, words string) ([]quoth.Span, bool) {
		for _, by := range []int{by, 0} {
			there := slices.Clone(spans)
			for i := range there {
				there[i] = quoth.Span{Start: there[i].Start + by, End: there[i].End + by}
			}
			if isWithin(text, there...) && quoth.NewRole(text, there).Text == words {
				return there, true
			}
		}
		return nil, false
	}
	role := func(r **quoth.Role) bool {
		if *r == nil {
			return true
		}
		spans, ok := moved((*r).Spans, (*r).Text)
		*r = &quoth.Role{Spans: spans, Text: (*r).Text}
		return ok
	}
	return slices.DeleteFunc(slices.Clone(fields), func(f string) bool {
		switch f {
		case quoth.FieldSource:
			return !role(&is.Source)
		case quoth.FieldCue:
			return !role(&is.Cue)
		case quoth.FieldContent:
			return !role(&is.Content)
		case quoth.FieldSaid:
			if is.Said != nil && !is.Said.Evidence.IsEmpty() {
				said := *is.Said
				spans, ok := moved([]quoth.Span{said.Evidence}, said.Text)
				if ok {
					said.Evidence = spans[0]
				}
				is.Said = &said
				return !ok
			}
		case quoth.FieldVenue:
			if is.Venue != nil && !is.Venue.Span.IsEmpty() {
				venue := *is.Venue
				spans, ok := moved([]quoth.Span{venue.Span}, venue.Name)
				if ok {
					venue.Span = spans[0]
				}
				is.Venue = &venue
				return !ok
			}
		}
		return false
	})
}

// stands reports whether text has words at a span.
func stands(text string, span quoth.Span, words string) bool {
	return span.Start >= 0 && span.End <= len(text) && span.In(text) == words
}
