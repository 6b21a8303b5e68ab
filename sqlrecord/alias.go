package sqlrecord

import (
	"cmp"
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
	var name string
	var blob []byte
	if err := e.tx.QueryRowContext(e.ctx, e.own("/* record.editing.names */ select a.name, r.reading from article a join revision r on r.article = a.id and r.number = a.revision where a.id = ?"), article).
		Scan(&name, &blob); err != nil {
		return names{}, err
	}
	r, err := e.unpackArticle(blob)
	if err != nil {
		return names{}, err
	}
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.names */ "+uncountedColumns+"t.article = ? and t.current = 1"), article)
	_, recorded, err := e.recordedOf(rows, err)
	if err != nil {
		return names{}, err
	}
	for i := range recorded {
		r.Statements = append(r.Statements, recorded[i].Statement)
	}
	return e.namesIn(name, &r)
}

// namesIn returns what a reading calls people of the record.
func (e *editing) namesIn(article string, r *quoth.Reading) (names, error) {
	n := names{article, map[aliasKey]alias{}}
	parties := partiesOf(r)
	rowOf, err := e.standing(idsOf(parties))
	for _, p := range parties {
		if key := wording.Fold(p.Name); key != "" && rowOf[p.ID] != 0 {
			n.list[aliasKey{key, rowOf[p.ID]}] = alias{Key: key, Last: lastWord(key, p.Kind), Called: p.Name}
		}
	}
	return n, err
}

// partiesOf are those of statements and background who are somebody of the record's.
func partiesOf(r *quoth.Reading) []quoth.Party {
	list := slices.DeleteFunc(r.Parties(), func(p quoth.Party) bool { return p.ID == "" })
	short := r.ShortNames()
	for _, p := range list[:len(list):len(list)] {
		if name, ok := short[p.ID]; ok {
			list = append(list, quoth.Party{ID: p.ID, Name: name, Kind: p.Kind})
			delete(short, p.ID)
		}
	}
	return list
}

func idsOf(parties []quoth.Party) []string {
	ids := make([]string, len(parties))
	for i, p := range parties {
		ids[i] = p.ID
	}
	return ids
}

// standing are the rows of people by ID; of those who were merged, of the person merged into.
func (e *editing) standing(ids []string) (map[string]int64, error) {
	list := nameList(ids)
	rows, err := e.tx.QueryContext(e.ctx, e.own("/* record.editing.standing */ select distinct p.name, coalesce(p.merged, p.id) from names(?) j join person p on p.name = j.value"), list)
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
	before := make([]names, len(articles))
	for i, a := range articles {
		var err error
		if before[i], err = e.names(a); err != nil {
			return err
		}
	}
	if err := change(); err != nil {
		return err
	}
	for i, a := range articles {
		after, err := e.names(a)
		if err != nil {
			return err
		}
		if err := e.renamed(before[i], after); err != nil {
			return err
		}
	}
	return nil
}

// renamed counts what an article calls people now and did not before, and no more what it did.
func (e *editing) renamed(before, after names) error {
	for _, at := range without(before, after) {
		if err := e.exec("update alias set articles = articles - 1 where key = ? and person = ? and articles > 0", at.key, at.person); err != nil {
			return err
		}
		if err := e.exec("delete from alias where key = ? and person = ? and articles = 0", at.key, at.person); err != nil {
			return err
		}
	}
	for _, at := range without(after, before) {
		l := after.list[at]
		if err := e.exec(`insert into alias (key, last, person, called, articles, evidence) values (?, ?, ?, ?, 1, ?)
			on conflict (key, person) do update set articles = alias.articles + 1`, at.key, l.Last, at.person, l.Called, after.article); err != nil {
			return err
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
