package sqlrecord

import (
	"cmp"
	"maps"
	"slices"

	"quoth"
	"quoth/wording"
)

// names are what an article calls people, each name of each once.
type names struct {
	article string // name
	list    map[aliasKey]alias
}

// names returns what the newest revision of an article calls people.
func (e *editing) names(article int64) (names, error) {
	n := names{list: map[aliasKey]alias{}}
	var blob []byte
	if err := e.tx.QueryRowContext(e.ctx, e.own("/* record.editing.names */ select a.name, r.reading from article a join revision r on r.article = a.id and r.number = a.revision where a.id = ?"), article).
		Scan(&n.article, &blob); err != nil {
		return n, err
	}
	r, err := e.unpackArticle(blob)
	if err != nil {
		return n, err
	}
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.names */ "+recordedColumns+"t.article = ? and t.current = 1"), article)
	_, recorded, err := e.recordedOf(rows, err)
	if err != nil {
		return n, err
	}
	parties := partiesOf(recorded, r.Background)
	rowOf, err := e.rowsOf(parties)
	for _, p := range parties {
		if key := wording.Fold(p.Name); key != "" && rowOf[p.ID] != 0 {
			n.list[aliasKey{key, rowOf[p.ID]}] = alias{Key: key, Last: lastWord(key, p.Kind), Called: p.Name}
		}
	}
	return n, err
}

// partiesOf are those of statements and background who are somebody of the record's.
func partiesOf(statements []quoth.Recorded, background []quoth.Background) []quoth.Party {
	var list []quoth.Party
	for _, st := range statements {
		if st.Speaker != nil {
			list = append(list, quoth.Party{ID: st.Speaker.ID, Name: st.Speaker.Name, Kind: st.Speaker.Kind})
		}
		if st.Addressee != nil {
			list = append(list, quoth.Party{ID: st.Addressee.ID, Name: st.Addressee.Name, Kind: st.Addressee.Kind})
		}
		list = append(list, st.About...)
	}
	for _, b := range background {
		list = append(list, b.About...)
	}
	return slices.DeleteFunc(list, func(p quoth.Party) bool { return p.ID == "" })
}

// rowsOf are the rows of parties by ID; of those who were merged, of the others.
func (e *editing) rowsOf(parties []quoth.Party) (map[string]int64, error) {
	ids := make([]string, len(parties))
	for i, p := range parties {
		ids[i] = p.ID
	}
	list := nameList(ids)
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.rowsOf */ select distinct p.name, coalesce(p.merged, p.id) from names(?) j join person p on p.name = j.value"), list)
	type line struct {
		id  string
		row int64
	}
	lines, err := collect(e.Record, rows, err, func(l *line) []any { return []any{&l.id, &l.row} })
	rowOf := make(map[string]int64, len(lines))
	for _, l := range lines {
		rowOf[l.id] = l.row
	}
	return rowOf, err
}

// renaming makes a change of articles, and counts anew what they call people.
func (e *editing) renaming(articles []int64, change func() error) error {
	before := map[int64]names{}
	for _, a := range articles {
		var err error
		if before[a], err = e.names(a); err != nil {
			return err
		}
	}
	if err := change(); err != nil {
		return err
	}
	return e.renamed(before)
}

// renamed counts what articles call people now and did not before, and no more what they did.
func (e *editing) renamed(before map[int64]names) error {
	for _, a := range slices.Sorted(maps.Keys(before)) {
		after, err := e.names(a)
		if err != nil {
			return err
		}
		for _, at := range without(before[a], after) {
			if err := e.exec("update alias set articles = articles - 1 where key = ? and person = ? and articles > 0", at.key, at.person); err != nil {
				return err
			}
			if err := e.exec("delete from alias where key = ? and person = ? and articles = 0", at.key, at.person); err != nil {
				return err
			}
		}
		for _, at := range without(after, before[a]) {
			l := after.list[at]
			if err := e.exec(`insert into alias (key, last, person, called, articles, evidence) values (?, ?, ?, ?, 1, ?)
				on conflict (key, person) do update set articles = alias.articles + 1`, at.key, l.Last, at.person, l.Called, after.article); err != nil {
				return err
			}
		}
	}
	return nil
}

// without are the names in a that are not in b, in order.
func without(a, b names) []aliasKey {
	var list []aliasKey
	for at := range a.list {
		if _, ok := b.list[at]; !ok {
			list = append(list, at)
		}
	}
	slices.SortFunc(list, func(x, y aliasKey) int { return cmp.Or(cmp.Compare(x.person, y.person), cmp.Compare(x.key, y.key)) })
	return list
}
