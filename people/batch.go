package people

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"quoth"
	"quoth/wording"
)

// batch is a book that has the people of the readings before too, as the record will have them.
type batch struct {
	Book
	seen   map[string]quoth.Person // by ID
	index  map[string][]string     // their IDs, by folded name and by last name
	coming []quoth.Company
}

func newBatch(book Book) *batch {
	return &batch{Book: book, seen: map[string]quoth.Person{}, index: map[string][]string{}}
}

// add enters the people of a reading, of the day of its printing.
func (b *batch) add(published string, parties []party, links map[string]quoth.Person) {
	here := map[string]bool{}
	for _, p := range parties {
		person, isLinked := links[p.id]
		if !isLinked {
			continue
		}
		known, isSeen := b.seen[person.ID]
		if !isSeen {
			known = person
			known.Aliases = slices.Clone(person.Aliases)
			for _, a := range known.Aliases {
				b.call(known, wording.Fold(a.Name))
			}
		}
		if !here[person.ID] {
			here[person.ID] = true
			known.Articles++
		}
		for _, name := range p.names() {
			key := wording.Fold(name)
			if !slices.ContainsFunc(known.Aliases, func(a quoth.Alias) bool { return wording.Fold(a.Name) == key }) {
				known.Aliases = append(known.Aliases, quoth.Alias{Name: name, Articles: 1})
				b.call(known, key)
			}
		}
		b.seen[person.ID] = known
	}
	b.coming = append(b.coming, quoth.Company{Published: published, People: here})
}

// call makes a person found by a folded name.
func (b *batch) call(p quoth.Person, key string) {
	keys := []string{key}
	if p.Kind == quoth.PersonParty && isWhole(key) {
		keys = append(keys, lastOf(key))
	}
	for _, key := range keys {
		if !slices.Contains(b.index[key], p.ID) {
			b.index[key] = append(b.index[key], p.ID)
		}
	}
}

// maxCandidates bounds the people of one name, as the record does.
const maxCandidates = 20

// Candidates implements Book.
func (b *batch) Candidates(ctx context.Context, names []string) (map[string][]quoth.Person, error) {
	found, err := b.Book.Candidates(ctx, names)
	if err != nil || len(b.seen) == 0 {
		return found, err
	}
	all := maps.Clone(found)
	if all == nil {
		all = map[string][]quoth.Person{}
	}
	for _, name := range names {
		list := slices.Clone(found[name])
		for i, p := range list {
			if seen, ok := b.seen[p.ID]; ok {
				list[i] = seen
			}
		}
		for _, id := range b.index[name] {
			if !slices.ContainsFunc(list, func(p quoth.Person) bool { return p.ID == id }) {
				list = append(list, b.seen[id])
			}
		}
		if len(list) > 0 {
			slices.SortStableFunc(list, func(x, y quoth.Person) int { return cmp.Compare(y.Articles, x.Articles) })
			all[name] = list[:min(maxCandidates, len(list))]
		}
	}
	return all, nil
}

// Together implements Book.
func (b *batch) Together(ctx context.Context, people, others []string, _ ...quoth.Company) (map[string]int, error) {
	return b.Book.Together(ctx, people, others, b.coming...)
}
