package lexicon

import _ "embed"

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
