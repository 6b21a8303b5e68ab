package lexicon

import (
	_ "embed"
	"strings"
)

//go:embed authorities.txt
var authorityList string

// AuthorityClass is a kind of public body.
type AuthorityClass uint8

// The classes of public bodies.
const (
	NoAuthority AuthorityClass = iota
	Agency                     // an office of a state, or of states
	Body                       // a parliament, a union of states, a party
	League                     // of a sport
)

// Authorities returns last words of the names of public bodies, in small letters.
func Authorities() map[string]AuthorityClass {
	return classified(authorityList, map[string]AuthorityClass{"agency": Agency, "body": Body, "league": League})
}

// classified reads a list with one class a line, "class: word word …".
func classified[C any](list string, classes map[string]C) map[string]C {
	out := map[string]C{}
	for line := range strings.Lines(list) {
		name, words, _ := strings.Cut(line, ":")
		if class, ok := classes[name]; ok {
			for w := range strings.FieldsSeq(words) {
				out[w] = class
			}
		}
	}
	return out
}
