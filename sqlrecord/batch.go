package sqlrecord

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"quoth"
)

// most rows go into a table by one query; what is left goes by halves of it, so that few
// queries have to be prepared.
const maxRows = 64

// table gathers rows of one table.
type table struct {
	before string // what comes before all values
	row    string // the values of one
	after  string // what follows all of them
	args   []any
	width  int // arguments of a row
}

// into gathers rows to be inserted into a table with its columns.
func into(columns, row, after string) table {
	return table{before: "insert into " + columns + " values ", row: row, after: after}
}

// add gathers one row.
func (t *table) add(args ...any) {
	t.width = len(args)
	t.args = append(t.args, args...)
}

// batch gathers what a transaction inserts, in the order in which it must come.
type batch struct {
	statement, about, sketch, textSketch, presence, words table
	index                                                 []Words
	aliases                                               map[aliasKey]*alias
}

// aliasKey is a name of a person.
type aliasKey struct {
	key    string
	person int64
}

func newBatch(d Dialect) batch {
	words, row := d.IndexInto()
	return batch{
		statement: into("statement (id, name, article, revision, ordinal, current, kind, medium, speaker, called, addressee, content, said_from, said_to, saying, rest)",
			"(?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ""),
		about:      into("about (statement, ordinal, person)", "(?, ?, ?)", ""),
		sketch:     into("sketch (hash, statement)", "(?, ?)", " on conflict do nothing"),
		textSketch: into("text_sketch (hash, article)", "(?, ?)", " on conflict do nothing"),
		presence:   into("presence (article, person, said, about)", "(?, ?, ?, ?)", ""),
		words:      into(words, row, ""),
		aliases:    map[aliasKey]*alias{},
	}
}

// called gathers that an article calls a person so.
func (b *batch) called(person int64, key, last, name, article string) {
	at := aliasKey{key, person}
	if known := b.aliases[at]; known != nil {
		known.Articles++
		return
	}
	b.aliases[at] = &alias{Key: key, Last: last, Called: name, Articles: 1, Evidence: article}
}

// flush inserts what was gathered.
func (k *keeping) flush() error {
	b := &k.batch
	slices.SortFunc(b.index, func(x, y Words) int { return cmp.Compare(x.Row, y.Row) }) // as the index wants them
	for _, w := range b.index {
		b.words.add(indexed(k.dialect, w)...)
	}
	names := into("alias (key, last, person, called, articles, evidence)", "(?, ?, ?, ?, ?, ?)",
		" on conflict (key, person) do update set articles = alias.articles + excluded.articles")
	for _, at := range slices.SortedFunc(maps.Keys(b.aliases), func(x, y aliasKey) int {
		return cmp.Or(cmp.Compare(x.person, y.person), cmp.Compare(x.key, y.key))
	}) {
		l := b.aliases[at]
		names.add(l.Key, l.Last, at.person, l.Called, l.Articles, l.Evidence)
	}
	for _, t := range []*table{&names, &b.statement, &b.about, &b.sketch, &b.textSketch, &b.presence, &b.words} {
		if err := k.writeAll(t); err != nil {
			return err
		}
	}
	k.batch = newBatch(k.dialect)
	return nil
}

// writeAll writes the rows of t.
func (k *keeping) writeAll(t *table) error {
	for n := maxRows; n > 0; n /= 2 {
		for len(t.args) >= n*t.width && len(t.args) > 0 {
			query := "/* record.keeping.writeAll */ " + t.before + t.row + strings.Repeat(", "+t.row, n-1) + t.after
			if _, err := k.exec(query, t.args[:n*t.width]...); err != nil {
				return err
			}
			t.args = t.args[n*t.width:]
		}
	}
	return nil
}

// lookUp finds the rows of all people of entries at once.
func (k *keeping) lookUp(entries []quoth.Entry) error {
	for i := range entries {
		e := &entries[i]
		for _, p := range e.People {
			k.isAbsent[p.ID] = true
		}
		for _, st := range e.Reading.Statements {
			if st.Speaker != nil {
				k.isAbsent[st.Speaker.ID] = true
			}
			if st.Addressee != nil {
				k.isAbsent[st.Addressee.ID] = true
			}
			for _, p := range st.About {
				k.isAbsent[p.ID] = true
			}
		}
	}
	delete(k.isAbsent, "")
	known, err := k.editing().standing(slices.Sorted(maps.Keys(k.isAbsent)))
	for id, row := range known {
		k.people[id] = row
		delete(k.isAbsent, id)
	}
	return err
}
