// Package people joins the parties of an article to people of the record: whether the
// "Zoë Hale" of this page is the one that other pages speak of. It implements
// quoth.Linker.
//
// A link says why it was made. Where nothing decides between two people, there is no
// link: the name stays on the statement, and whoever searches by name finds it. A names
// file (see [ReadNames]) adds aliases and identifiers; nothing asks the network.
//
// Begin with [New] and [Linker.Link].
package people

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"quoth"
	"quoth/nlp/lexicon"
)

// Book is what the linker asks of the record.
type Book interface {
	Candidates(ctx context.Context, names []string) (map[string][]quoth.Person, error)
	Together(ctx context.Context, people, others []string, coming ...quoth.Company) (map[string]int, error)
}

// Linker links by name first and by company second. It may be used by several
// goroutines at once when its book may.
type Linker struct {
	book  Book
	names *Names // nil when there is none
}

var _ quoth.Linker = (*Linker)(nil)

// New returns a linker on a book; names may be nil.
func New(book Book, names *Names) *Linker { return &Linker{book, names} }

// party is one of an article's, on its way to a person.
type party struct {
	id, name, key string
	kind          quoth.PartyKind
	spellings     []string // of the name, to look up
	short         *party   // the same by what the article calls them for short, if it does
}

func newParty(id, name string, kind quoth.PartyKind) party {
	key := keyOf(name, kind)
	return party{id: id, name: name, key: key, kind: kind, spellings: spellings(name, key, kind)}
}

// names are those that the article has for p.
func (p party) names() []string {
	if p.short == nil {
		return []string{p.name}
	}
	return []string{p.name, p.short.name}
}

// Link implements quoth.Linker. Only people and organizations are linked: groups,
// documents and those whom the page does not name are nobody's entry.
func (l *Linker) Link(ctx context.Context, readings []quoth.Reading) ([]map[string]quoth.Person, error) {
	b := newBatch(l.book)
	one := &Linker{b, l.names}
	all := make([]map[string]quoth.Person, len(readings))
	for i, r := range readings {
		parties := partiesOf(r)
		if len(parties) == 0 {
			continue
		}
		var err error
		if all[i], err = one.link(ctx, parties); err != nil {
			return nil, fmt.Errorf("look up the names of article %s: %w", r.Article.ID, err)
		}
		b.add(r.Article.Published.EDTF, parties, all[i])
	}
	return all, nil
}

// link links the parties of one article.
func (l *Linker) link(ctx context.Context, parties []party) (map[string]quoth.Person, error) {
	found, err := l.book.Candidates(ctx, l.keys(parties))
	if err != nil {
		return nil, err
	}
	candidates := withKeys(found)
	links := map[string]quoth.Person{}
	var open []party // those for whom the name alone does not decide
	for _, p := range parties {
		if person, sure := l.byName(p, candidates); sure {
			links[p.id] = person
		} else {
			open = append(open, p)
		}
	}
	for _, p := range open {
		person, decided, err := l.byCompany(ctx, p, candidates, links)
		if err != nil {
			return nil, err
		}
		if decided {
			links[p.id] = person
		}
	}
	return links, nil
}

// candidate is a person of the record who may be a party.
type candidate struct {
	quoth.Person
	key  string   // of the name
	keys []string // of all that articles call them
}

// withKeys are the candidates that the book found by names, each with its keys.
func withKeys(found map[string][]quoth.Person) map[string][]candidate {
	byID := map[string]candidate{}
	all := make(map[string][]candidate, len(found))
	for name, people := range found {
		list := make([]candidate, 0, len(people))
		for _, p := range people {
			c, ok := byID[p.ID]
			if !ok {
				c = candidate{Person: p, key: keyOf(p.Name, p.Kind)}
				for _, a := range p.Aliases {
					c.keys = append(c.keys, keyOf(a.Name, p.Kind))
				}
				byID[p.ID] = c
			}
			list = append(list, c)
		}
		all[name] = list
	}
	return all
}

// partiesOf lists the people and organizations of a reading, each once, in order.
func partiesOf(r quoth.Reading) []party {
	var parties []party
	at := map[string]int{}
	for _, p := range r.Parties() {
		if _, seen := at[p.ID]; p.ID == "" || seen || p.Kind != quoth.PersonParty && p.Kind != quoth.OrganizationParty || !isName(p.Name, p.Kind) {
			continue
		}
		if strings.Contains(p.Name, " & ") && !strings.Contains(r.Article.Text, p.Name) {
			continue // several at once, and no "Hale & Sons"
		}
		if one := newParty(p.ID, p.Name, p.Kind); one.key != "" {
			at[p.ID] = len(parties)
			parties = append(parties, one)
		}
	}
	for id, name := range r.ShortNames() {
		if k, ok := at[id]; ok {
			short := newParty(id, name, parties[k].kind)
			parties[k].short = &short
		}
	}
	return parties
}

// maxNameBytes is longer than anybody's name; what is longer is a text that was taken for one.
const maxNameBytes = 400

// isName reports whether a party is called by a name, and not by a pronoun ("I", in a
// text whose author is not known), a description ("the city", "the mayor of Ellory", "Hale's brother") or as
// several people at once.
func isName(name string, kind quoth.PartyKind) bool {
	if isHandle(name) {
		return len(name) <= maxNameBytes && !strings.Contains(name, " ")
	}
	words := strings.Fields(name)
	if len(name) > maxNameBytes || !strings.ContainsFunc(name, unicode.IsUpper) || len(words) == 1 && pronouns[strings.ToLower(name)] {
		return false
	}
	if determiners[strings.ToLower(words[0])] && (len(words) == 1 || !startsUpper(words[1])) {
		return false // but The Weeknd, the Rev. Moss, the United Nations
	}
	if kind == quoth.PersonParty {
		isOffice := len(words) == 1 && lexicon.Titles()[strings.ToLower(name)] != lexicon.NoTitle
		isOwned := strings.Contains(name, "’s ") || strings.Contains(name, "'s ") // the mayor's brother
		return !isOffice && !isOwned && !strings.Contains(name, " & ") && !strings.Contains(name, " and ")
	}
	return !isEverywhere(keyOf(name, kind))
}

// startsUpper reports whether word begins with a capital letter.
func startsUpper(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

var (
	pronouns = map[string]bool{"i": true, "me": true, "we": true, "us": true, "you": true, "he": true, "him": true, "she": true, "her": true,
		"it": true, "they": true, "them": true, "who": true, "one": true, "everyone": true, "everybody": true, "someone": true,
		"somebody": true, "anyone": true, "anybody": true, "nobody": true, "others": true, "many": true, "some": true, "most": true, "both": true}
	// determiners begin descriptions.
	determiners = map[string]bool{"a": true, "an": true, "the": true, "my": true, "your": true, "his": true, "her": true, "its": true,
		"our": true, "their": true, "this": true, "that": true, "these": true, "those": true, "another": true, "every": true, "each": true,
		"some": true, "any": true, "no": true, "many": true, "most": true, "several": true, "few": true, "all": true, "both": true, "one": true, "two": true}
)

// keys are the names to look up: of everybody, and the last names of people.
func (l *Linker) keys(parties []party) []string {
	var keys []string
	for _, p := range parties {
		keys = append(keys, p.spellings...)
		if p.short != nil {
			keys = append(keys, p.short.spellings...)
		}
		if last := lastOf(p.key); last != p.key && p.kind == quoth.PersonParty {
			keys = append(keys, last)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// lastOf is the last word of a folded name.
func lastOf(key string) string { return key[strings.LastIndexByte(key, ' ')+1:] }

// isWhole reports whether a folded name is more than a last name.
func isWhole(key string) bool { return strings.Contains(key, " ") }

// byName links by the name alone: whole names of people, and all of organizations. It is
// not sure when several people go by the name, or when the name is a last name that
// others have with a first one.
func (l *Linker) byName(p party, candidates map[string][]candidate) (quoth.Person, bool) {
	same := named(p, candidates)
	entry, isNamed := l.names.only(p.key, p.kind)
	if p.kind == quoth.PersonParty && !isWhole(p.key) && !isNamed && !isHandle(p.name) {
		return quoth.Person{}, false
	}
	if known, ok := p.byShort(same, candidates); ok {
		return because(known, "this article calls them "+p.short.name+", as others do"), true
	}
	switch {
	case len(same) == 1:
		return because(same[0].Person, "the same name"), true
	case len(same) > 1 && p.kind == quoth.OrganizationParty:
		// Some are called so for short, and perhaps one was before anybody told what it is short for.
		if own := slices.IndexFunc(same, func(c candidate) bool { return c.key == p.key }); own >= 0 {
			return because(same[own].Person, "the same name"), true
		}
		return quoth.Person{}, false
	case len(same) > 1:
		return quoth.Person{}, false
	case isNamed:
		return entry.person("the names file has one of this name"), true
	}
	if p.kind == quoth.PersonParty {
		fits := variants(p, candidates[lastOf(p.key)])
		switch {
		case len(fits) == 1:
			return because(fits[0].Person, "the same first and last name, with or without another between"), true
		case len(fits) > 1 || len(nicknamed(p, candidates[lastOf(p.key)])) > 0:
			return quoth.Person{}, false
		}
	}
	return newPerson(p), true
}

// byShort finds the organization that other articles call by the initials that this one has for p, and that is not known by another
// whole name; same are those of p's name. Which is seen in more articles is meant.
func (p party) byShort(same []candidate, candidates map[string][]candidate) (quoth.Person, bool) {
	if p.short == nil || isHandle(p.short.name) {
		return quoth.Person{}, false
	}
	known := slices.DeleteFunc(named(*p.short, candidates), func(c candidate) bool {
		return slices.ContainsFunc(c.keys, func(key string) bool { return key != p.key && key != p.short.key })
	})
	if len(known) != 1 || slices.ContainsFunc(same, func(c candidate) bool { return c.ID == known[0].ID || c.Articles >= known[0].Articles }) {
		return quoth.Person{}, false
	}
	return known[0].Person, true
}

// ofKind returns the candidates of a kind that go by a name for which is holds. People
// whom somebody merged into another are not among them: the other has their names.
func ofKind(candidates []candidate, kind quoth.PartyKind, is func(key string) bool) []candidate {
	var fit []candidate
	for _, c := range candidates {
		if c.Kind == kind && slices.ContainsFunc(c.keys, is) {
			fit = append(fit, c)
		}
	}
	return fit
}

// variants are the candidates whose name is p's with or without another between, "john f kennedy" and "john kennedy",
// and who are never called by another one there: "john n kennedy".
func variants(p party, candidates []candidate) []candidate {
	return slices.DeleteFunc(ofKind(candidates, p.kind, func(key string) bool { return isVariant(key, p.key) }), func(c candidate) bool {
		return slices.ContainsFunc(c.keys, func(key string) bool { return contradicts(key, p.key) })
	})
}

// isVariant reports whether two folded names differ only by names or initials in the
// middle that one of them has and the other has none of. With some
// in both they may be father and son: "tobias h w renn" and "tobias w renn".
func isVariant(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return areAlike(x, y) && (len(x) == 2) != (len(y) == 2)
}

// contradicts reports whether two folded names have something else between the same first and last name.
func contradicts(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	return areAlike(x, y) && haveOtherMiddles(x, y)
}

// haveOtherMiddles reports whether what stands behind the first words of two names begins otherwise.
func haveOtherMiddles(x, y []string) bool {
	return len(x) > 2 && len(y) > 2 && x[1][0] != y[1][0]
}

// areAlike reports whether names of several words begin and end with the same.
func areAlike(x, y []string) bool {
	return len(x) >= 2 && len(y) >= 2 && x[0] == y[0] && x[len(x)-1] == y[len(y)-1]
}

// The evidence that a bare last name needs. A person seen in five times as many articles
// as the next of the name is meant, unless the company speaks for the other.
const (
	farMoreOften = 5
	leastOften   = 3
)

// byCompany links a name that several people have by who else is in the article, and
// failing that to the one who is by far the best known; found is false when neither
// decides.
func (l *Linker) byCompany(ctx context.Context, p party, candidates map[string][]candidate, links map[string]quoth.Person) (_ quoth.Person, found bool, err error) {
	fits := ofKind(candidates[p.key], p.kind, func(key string) bool {
		return key == p.key || !isWhole(p.key) && lastOf(key) == p.key
	})
	if isWhole(p.key) && len(fits) == 0 {
		fits = variants(p, candidates[lastOf(p.key)])
	}
	whole := slices.DeleteFunc(slices.Clone(fits), func(c candidate) bool { return !isWhole(c.key) })
	switch {
	case len(fits) == 0:
		person, err := l.byNickname(ctx, p, candidates, links)
		return person, err == nil, err
	case len(whole) == 0:
		return because(fits[0].Person, "the same name, which is all that any page gives"), true, nil
	}
	counts, err := l.company(ctx, whole, links)
	if err != nil {
		return quoth.Person{}, false, err
	}
	slices.SortStableFunc(whole, func(a, b candidate) int { return counts[b.ID] - counts[a.ID] })
	first, second := whole[0], candidate{}
	if len(whole) > 1 {
		second = whole[1]
	}
	if n := counts[first.ID]; n > 0 && n >= 2*counts[second.ID] {
		return because(first.Person, fmt.Sprintf("the record has seen them with %d of the others here", n)), true, nil
	}
	if counts[first.ID] > 0 {
		return quoth.Person{}, false, nil
	}
	slices.SortStableFunc(whole, func(a, b candidate) int { return b.Articles - a.Articles })
	first = whole[0]
	if len(whole) == 1 && first.Articles >= leastOften {
		return because(first.Person, "the only one of the record with this last name"), true, nil
	}
	if len(whole) > 1 && first.Articles >= farMoreOften*max(whole[1].Articles, leastOften) {
		return because(first.Person, "by far the most often seen of this last name"), true, nil
	}
	return quoth.Person{}, false, nil
}

// company counts how many of those linked already the record has seen with each of fits.
func (l *Linker) company(ctx context.Context, fits []candidate, links map[string]quoth.Person) (map[string]int, error) {
	var ids, others []string
	for _, c := range fits {
		ids = append(ids, c.ID)
	}
	for _, p := range links {
		if p.Articles > 0 && !slices.Contains(ids, p.ID) {
			others = append(others, p.ID)
		}
	}
	if len(others) == 0 {
		return map[string]int{}, nil
	}
	slices.Sort(others)
	return l.book.Together(ctx, ids, slices.Compact(others))
}

// because is p with the reason for the link.
func because(p quoth.Person, reason string) quoth.Person {
	p.Reason = reason
	return p
}

// newPerson is the entry of somebody whom the record does not have.
func newPerson(p party) quoth.Person {
	return quoth.Person{ID: Slug(p.name, p.kind), Name: p.name, Kind: p.kind, Reason: "new to the record"}
}

// Slug is the ID of a person of a name: "zoe-hale"; of an organization "org-…". The same
// name gives the same ID, so that two that read at once agree, and another name another:
// what is cut off long ones is told by a hash, and a person who is called "Org" has the kind
// before it too. No ID holds two hyphens in a row.
func Slug(name string, kind quoth.PartyKind) string {
	key := keyOf(name, kind)
	slug := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, key)
	if runes := []rune(slug); len(runes) > maxSlug {
		sum := sha256.Sum256([]byte(key))
		slug = strings.TrimRight(string(runes[:maxSlug-hashed-1]), "-") + "-" + hex.EncodeToString(sum[:])[:hashed]
	}
	switch {
	case kind == quoth.OrganizationParty:
		return "org-" + slug
	case strings.HasPrefix(slug, "org-") || strings.HasPrefix(slug, "person-"):
		return "person-" + slug
	}
	return slug
}

// The bounds of IDs, which are in addresses: letters, and those of a hash among them.
const (
	maxSlug = 80
	hashed  = 10
)
