package sqlrecord

import (
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
)

// personRow returns the row of a person, or of the one that they were merged into.
func (s *Record) personRow(ctx context.Context, id string) (int64, error) {
	var row int64
	err := s.queryRow(ctx, "/* record.personRow */ select coalesce(merged, id) from person where name = ?", id).Scan(&row)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, notFound("person", id)
	}
	return row, s.explain(err)
}

// peopleOf returns people by row, with their aliases, the most frequent first.
func (s *Record) peopleOf(ctx context.Context, rowNumbers []int64) (map[int64]quoth.Person, error) {
	rows, err := s.query(ctx, `/* record.peopleOf */ select p.id, p.name, p.called, p.kind, p.links, p.statements, p.about, p.articles, coalesce(m.name, ''), p.hidden
		from person p left join person m on m.id = p.merged where p.id in (select j.value from rows(?) j)`, idList(rowNumbers))
	type line struct {
		quoth.Person
		row   int64
		links string
	}
	lines, err := collect(s, rows, err, func(l *line) []any {
		return []any{&l.row, &l.ID, &l.Name, &l.Kind, &l.links, &l.Statements, &l.About, &l.Articles, &l.MergedInto, &l.Hidden}
	})
	if err != nil {
		return nil, err
	}
	people := make(map[int64]quoth.Person, len(lines))
	for _, l := range lines {
		if l.links != "{}" {
			if err := json.Unmarshal([]byte(l.links), &l.Links); err != nil {
				return nil, fmt.Errorf("read the links of person %s: %w", l.ID, err)
			}
		}
		people[l.row] = l.Person
	}
	rows, err = s.query(ctx, `/* record.peopleOf */ select person, called, articles, evidence from alias
		where person in (select j.value from rows(?) j) order by person, articles desc, called`, idList(rowNumbers))
	type aliasLine struct {
		quoth.Alias
		row int64
	}
	aliases, err := collect(s, rows, err, func(l *aliasLine) []any { return []any{&l.row, &l.Name, &l.Articles, &l.Evidence} })
	for _, l := range aliases {
		p := people[l.row]
		p.Aliases = append(p.Aliases, l.Alias)
		people[l.row] = p
	}
	return people, err
}

// Person implements quoth.Asker.
func (s *Record) Person(ctx context.Context, id string) (quoth.Person, error) {
	row, err := s.personRow(ctx, id)
	if err != nil {
		return quoth.Person{}, err
	}
	people, err := s.peopleOf(ctx, []int64{row})
	return people[row], err
}

// maxNameBytes bounds what is looked for as a name.
const maxNameBytes = 400

// People implements quoth.Asker.
func (s *Record) People(ctx context.Context, q quoth.PeopleQuery) (quoth.Answer[quoth.Person], error) {
	var answer quoth.Answer[quoth.Person]
	if err := quoth.ValidateLimit(q.Limit); err != nil {
		return answer, err
	}
	where, args := []string{"p.merged is null", "p.articles > 0", "p.hidden = ''"}, []any{}
	if q.Kind != "" {
		where, args = append(where, "p.kind = ?"), append(args, string(q.Kind))
	}
	if len(q.Text) > maxNameBytes {
		return answer, nil
	}
	if words := wordsOf(q.Text); len(words) > 0 {
		// Folded words hold letters and digits only: none is a wildcard.
		where = append(where, "p.id in (select person from alias where ' ' || key like ?)")
		args = append(args, "% "+strings.Join(words, "% ")+"%")
	} else if q.Text != "" {
		return answer, nil
	}
	order := "p.articles desc, p.id desc"
	if q.AsEntered {
		order = "p.id"
	}
	if q.Cursor != "" {
		first, second, _ := strings.Cut(q.Cursor, ".")
		articles, err := strconv.ParseInt(first, 36, 64)
		if err != nil {
			return answer, badCursor(q.Cursor)
		}
		row, err := rowCursor(second)
		if err != nil {
			return answer, badCursor(q.Cursor)
		}
		if q.AsEntered {
			where, args = append(where, "p.id > ?"), append(args, row)
		} else {
			where, args = append(where, "(p.articles, p.id) < (?, ?)"), append(args, articles, row)
		}
	}
	limit := quoth.LimitOr(q.Limit)
	ids, err := s.ids(ctx, "/* record.People */ select p.id from person p where "+strings.Join(where, " and ")+" order by "+order+" limit ?", append(args, limit+1))
	if err != nil {
		return answer, err
	}
	isMore := len(ids) > limit
	ids = ids[:min(limit, len(ids))]
	people, err := s.peopleOf(ctx, ids)
	for _, id := range ids {
		answer.Items = append(answer.Items, people[id])
	}
	if isMore {
		last := people[ids[limit-1]]
		answer.Next = strconv.FormatInt(int64(last.Articles), 36) + "." + strconv.FormatInt(ids[limit-1], 36)
	}
	return answer, err
}

// Presences implements quoth.Asker.
func (s *Record) Presences(ctx context.Context, person string) ([]quoth.Presence, error) {
	row, err := s.personRow(ctx, person)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, fmt.Sprintf(`/* record.Presences */ select article >> %d, sum(said), sum(about) from presence
		where person = ? and article >= ? group by 1 order by 1`, serialBits), row, int64(1)<<serialBits)
	type line struct {
		quoth.Presence
		day int64
	}
	lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.day, &l.Said, &l.About} })
	days := make([]quoth.Presence, len(lines))
	for i, l := range lines {
		days[i] = l.Presence
		days[i].Day = time.Unix(l.day*86400+epochUnix, 0).UTC()
	}
	return days, err
}

// toneRows bounds how many statements are looked at for their tone.
const toneRows = 300

// Tones implements quoth.Asker.
func (s *Record) Tones(ctx context.Context, person string) ([]quoth.Tone, error) {
	row, err := s.personRow(ctx, person)
	if err != nil {
		return nil, err
	}
	rows, err := s.query(ctx, `/* record.Tones */ with newest as materialized (select statement, ordinal from about where person = ? order by statement desc limit ?)
		select t.id, newest.ordinal, t.rest from newest join statement t on t.id = newest.statement and t.current = 1`, row, toneRows)
	type line struct {
		id, ordinal int64
		rest        []byte
	}
	lines, err := collect(s, rows, err, func(l *line) []any { return []any{&l.id, &l.ordinal, &l.rest} })
	if err != nil {
		return nil, err
	}
	years := map[int]*quoth.Tone{}
	for _, l := range lines {
		var st quoth.Statement
		if err := s.unpack(l.rest, &st); err != nil {
			return nil, err
		}
		day := l.id >> serialBits
		if day == 0 || int(l.ordinal) >= len(st.About) || st.About[l.ordinal].Stance == nil {
			continue
		}
		year := time.Unix(day*86400+epochUnix, 0).UTC().Year()
		if years[year] == nil {
			years[year] = &quoth.Tone{Year: year}
		}
		switch st.About[l.ordinal].Stance.Label {
		case quoth.Critical:
			years[year].Critical++
		case quoth.Supportive:
			years[year].Supportive++
		}
	}
	var list []quoth.Tone
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if t := years[year]; t.Critical+t.Supportive > 0 {
			list = append(list, *t)
		}
	}
	return list, nil
}

// circleRows bounds how many of a person's newest statements their circle is drawn from.
const circleRows = 500

// Circle implements quoth.Asker.
func (s *Record) Circle(ctx context.Context, person string, limit int) (quoth.Circle, error) {
	var c quoth.Circle
	row, err := s.personRow(ctx, person)
	if err != nil {
		return c, err
	}
	into := func(f *quoth.Facet) []any { return []any{&f.Value, &f.Name, &f.Count} }
	rows, err := s.query(ctx, `/* record.Circle */ with own as materialized (select id from statement where speaker = ?1 and current = 1 order by id desc limit ?2)
		, met as materialized (select b.person, count(*) as n from own then join about b on b.statement = own.id where b.person <> ?1 group by b.person)
		select p.name, p.called, met.n from met then join person p on p.id = met.person where p.hidden = '' order by met.n desc, p.name limit ?3`, row, circleRows, limit)
	if c.SpeaksOf, err = collect(s, rows, err, into); err != nil {
		return c, err
	}
	rows, err = s.query(ctx, `/* record.Circle */ with own as materialized (select distinct statement from about where person = ?1 order by statement desc limit ?2)
		, met as materialized (select t.speaker as person, count(*) as n from own then join statement t on t.id = own.statement and t.current = 1 where t.speaker <> ?1 group by t.speaker)
		select p.name, p.called, met.n from met then join person p on p.id = met.person where p.hidden = '' order by met.n desc, p.name limit ?3`, row, circleRows, limit)
	c.SpokenBy, err = collect(s, rows, err, into)
	return c, err
}
