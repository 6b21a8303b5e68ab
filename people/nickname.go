package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"quoth"
	"quoth/nlp/lexicon"
)

// leastCompany is how many of the others of an article who is called by a short form of the first name has to have been seen with.
const leastCompany = 2

// nicknamed are the candidates of p's last name whose first name p's is a short form of, or the other way round: "Bob Renn" and
// "Robert K. Renn".
func nicknamed(p party, candidates []candidate) []candidate {
	if p.kind != quoth.PersonParty || !isWhole(p.key) {
		return nil
	}
	return slices.DeleteFunc(ofKind(candidates, p.kind, func(key string) bool { return isNickname(key, p.key) }), func(c candidate) bool {
		return slices.ContainsFunc(c.keys, func(key string) bool {
			return haveOtherMiddles(strings.Fields(key), strings.Fields(p.key)) // "Bob J." and "Robert K."
		})
	})
}

// isNickname reports whether two folded names end alike and begin with a first name and a short form of it.
func isNickname(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) < 2 || len(y) < 2 || x[len(x)-1] != y[len(y)-1] {
		return false
	}
	return nicknames.AreForms(x[0], y[0])
}

// byNickname links a whole name that the record does not have to the one of that last name who is called by the long or the short form of
// the first, when the record has seen them in this company, or has nobody else of that last name.
func (l *Linker) byNickname(ctx context.Context, p party, candidates map[string][]candidate, links map[string]quoth.Person) (quoth.Person, error) {
	last := candidates[lastOf(p.key)]
	fits := nicknamed(p, last)
	if len(fits) == 0 {
		return newPerson(p), nil
	}
	counts, err := l.company(ctx, fits, links)
	if err != nil {
		return quoth.Person{}, err
	}
	slices.SortStableFunc(fits, func(a, b candidate) int { return counts[b.ID] - counts[a.ID] })
	n, second := counts[fits[0].ID], 0
	if len(fits) > 1 {
		second = counts[fits[1].ID]
	}
	if n >= leastCompany && n >= 2*second {
		return because(fits[0].Person, fmt.Sprintf("the same last name and a form of the first, seen with %d of the others here", n)), nil
	}
	if len(ofKind(last, p.kind, isWhole)) == 1 && (n > 0 || fits[0].Articles >= leastOften) {
		return because(fits[0].Person, "the only one of the record with this last name, and a form of the first"), nil
	}
	return newPerson(p), nil
}

// nicknames are short forms of first names.
var nicknames = lexicon.NewNicknames()
