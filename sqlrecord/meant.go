package sqlrecord

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"quoth"
	"quoth/wording"
)

// Corrections name people as they were when the correction was made. Merges and splits that
// were made or undone since say who is meant now.

// rowNow returns the row of a person or, of one who was merged, of the person merged into; enter
// enters the statement that names them in each merge that made them that, so that undoing it gives
// it back.
func (e *editing) rowNow(id string, statement int64, enter func(m *moved)) (int64, error) {
	var own int64
	var merged sql.NullInt64
	err := e.tx.QueryRowContext(e.ctx, e.own("/* record.editing.rowNow */ select id, merged from person where name = ?"), id).Scan(&own, &merged)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, notFound("person", id)
	}
	if err != nil || !merged.Valid {
		return own, err
	}
	for at := own; at != merged.Int64; {
		var change int64
		var text string
		err := e.tx.QueryRowContext(e.ctx, e.own("/* record.editing.rowNow */ select id, taker, moved from change where giver = ? and action = 'merge' and undone = 0"), at).Scan(&change, &at, &text)
		if err != nil {
			return 0, err
		}
		var m moved
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			return 0, err
		}
		if err := e.enterIn(change, m, statement, enter); err != nil {
			return 0, err
		}
	}
	return merged.Int64, nil
}

// enterIn enters a statement, by enter, in a merge or split.
func (e *editing) enterIn(change int64, m moved, statement int64, enter func(m *moved)) error {
	enter(&m)
	article, err := e.number("select article from statement where id = ?", statement)
	if err != nil {
		return err
	}
	if !slices.Contains(m.Articles, article) && !slices.Contains(m.Late, article) {
		m.Late = append(m.Late, article)
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return e.exec("update change set moved = ? where id = ?", string(text), change)
}

// meant is a statement of a correction, with the people whom it names as they are known now. A
// row that is not 0 is that of the statement, which a split is to give back when it is undone.
func (e *editing) meant(c quoth.Correction, st *quoth.Statement, row int64) (*quoth.Statement, error) {
	now := *st
	var err error
	if now.Speaker != nil && slices.Contains(c.Fields, quoth.FieldSpeaker) {
		speaker := *now.Speaker
		speaker.ID, err = e.whoIsMeant(c, speaker.ID, func(m moved) bool { return slices.Contains(m.Said, c.Statement) },
			row, func(m *moved) { m.Statements, m.Said = append(m.Statements, row), append(m.Said, c.Statement) })
		now.Speaker = &speaker
	}
	if !slices.Contains(c.Fields, quoth.FieldAbout) {
		return &now, err
	}
	now.About = slices.Clone(st.About)
	times := map[string]int{}
	for _, p := range st.About {
		times[p.ID]++
	}
	for i, p := range st.About {
		if err != nil {
			return nil, err
		}
		// Where a merge made one of two whom it is about, their places tell them apart.
		now.About[i].ID, err = e.whoIsMeant(c, p.ID, func(m moved) bool {
			return slices.ContainsFunc(m.About, func(at place) bool { return at.Name == c.Statement && (at.Ordinal == i || times[p.ID] == 1) })
		}, row, func(m *moved) { m.About = append(m.About, place{row, i, c.Statement}) })
	}
	return &now, err
}

// whoIsMeant is the ID of whom a correction means by an ID: who they were before a merge or a
// split that was undone since and took the correction's statement, or whom a split in force made
// of them in its article since.
func (e *editing) whoIsMeant(c quoth.Correction, id string, isTaken func(moved) bool, row int64, enter func(*moved)) (string, error) {
	if id == "" {
		return "", nil
	}
	article, err := e.number("select coalesce(max(id), 0) from article where name = ?", c.Article)
	used := map[int64]bool{}
	for err == nil {
		var changes []laterChange
		if changes, err = e.changesSince(c, id); err != nil {
			break
		}
		i := slices.IndexFunc(changes, func(s laterChange) bool {
			return !used[s.change] && (s.isUndone && isTaken(s.moved) || !s.isUndone && slices.Contains(s.moved.Articles, article))
		})
		if i < 0 {
			return id, nil
		}
		s := changes[i]
		used[s.change] = true
		if id = s.giver; !s.isUndone {
			id = s.taker
			if row != 0 && !isTaken(s.moved) {
				err = e.enterIn(s.change, s.moved, row, enter)
			}
		}
	}
	return "", err
}

// laterChange is a change of people that was made or undone after a correction.
type laterChange struct {
	change       int64
	giver, taker string
	moved        moved
	isUndone     bool
}

// changesSince are the merges and splits that gave to somebody and were undone since a correction,
// the newest first, and then the splits that took from them since.
func (e *editing) changesSince(c quoth.Correction, id string) ([]laterChange, error) {
	rows, err := e.tx.QueryContext(e.ctx, e.own(`/* record.editing.changesSince */ select c.id, g.name, t.name, c.moved, c.undone from change c
		join person g on g.id = c.giver join person t on t.id = c.taker where c.action in ('merge', 'split') and
		(t.name = ?1 and c.undone = 1 and c.at <= ?2 and c.undone_at >= ?2 or g.name = ?1 and c.undone = 0 and c.action = 'split' and c.at > ?2)
		order by c.undone desc, c.id desc`), id, c.At.UTC().Format(time.RFC3339))
	return collect(e.Record, rows, err, func(s *laterChange) []any {
		return []any{&s.change, &s.giver, &s.taker, jsonInto{&s.moved}, &s.isUndone}
	})
}

// split gives what an article that is read again says of people to those whom splits made of them
// in it, also where the linker could not tell who of them goes by a name.
func (k *keeping) split(e *quoth.Entry, article int64) error {
	var ids []string
	for _, p := range e.People {
		ids = append(ids, p.ID)
	}
	var rows []int64
	before := k.before[article].list
	for at := range before {
		rows = append(rows, at.person)
	}
	type line struct {
		from  string
		row   int64
		to    quoth.Person
		moved moved
	}
	found, err := k.tx.QueryContext(k.ctx, k.own(`/* record.keeping.split */ select coalesce(m.name, g.name), t.id, t.name, t.called, t.kind, c.moved from change c
		join person g on g.id = c.giver left join person m on m.id = g.merged join person t on t.id = c.taker
		where c.action = 'split' and c.undone = 0 and (coalesce(m.name, g.name) in (select j.value from names(?) j) or c.taker in (select j.value from rows(?) j)) order by c.id`),
		nameList(ids), idList(rows))
	list, err := collect(k.Record, found, err, func(l *line) []any {
		return []any{&l.from, &l.row, &l.to.ID, &l.to.Name, &l.to.Kind, jsonInto{&l.moved}}
	})
	for _, l := range list {
		if slices.Contains(l.moved.Articles, article) {
			takeOver(e, l.from, l.to, func(name string) bool {
				_, ok := before[aliasKey{wording.Fold(name), l.row}]
				return ok
			})
		}
	}
	return err
}

// takeOver makes somebody of a reading another, and those whom nobody knows and who are called so.
func takeOver(e *quoth.Entry, from string, to quoth.Person, isCalled func(name string) bool) {
	isIn := false
	id := func(p quoth.Party) string {
		if p.ID == from || p.ID == "" && p.Kind == to.Kind && isCalled(p.Name) {
			isIn = true
			return to.ID
		}
		return p.ID
	}
	all := func(parties []quoth.Party) []quoth.Party {
		parties = slices.Clone(parties)
		for i, p := range parties {
			parties[i].ID = id(p)
		}
		return parties
	}
	e.Reading.Statements, e.Reading.Background = slices.Clone(e.Reading.Statements), slices.Clone(e.Reading.Background)
	for i := range e.Reading.Statements {
		st := &e.Reading.Statements[i]
		if st.Speaker != nil {
			speaker := *st.Speaker
			speaker.ID = id(quoth.Party{ID: speaker.ID, Name: speaker.Name, Kind: speaker.Kind})
			st.Speaker = &speaker
		}
		if st.Addressee != nil {
			addressee := *st.Addressee
			addressee.ID = id(quoth.Party{ID: addressee.ID, Name: addressee.Name, Kind: addressee.Kind})
			st.Addressee = &addressee
		}
		st.About = all(st.About)
	}
	for i := range e.Reading.Background {
		e.Reading.Background[i].About = all(e.Reading.Background[i].About)
	}
	e.People = slices.DeleteFunc(slices.Clone(e.People), func(p quoth.Person) bool { return p.ID == from || p.ID == to.ID && isIn })
	if isIn {
		e.People = append(e.People, to)
	}
}
