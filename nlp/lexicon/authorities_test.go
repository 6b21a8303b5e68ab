package lexicon

import (
	"strings"
	"testing"
)

func TestAuthorities(t *testing.T) {
	words := Authorities()
	for word, want := range map[string]AuthorityClass{"fbi": Agency, "congress": Body, "nba": League, "harbour": NoAuthority, "agency": NoAuthority} {
		if got := words[word]; got != want {
			t.Errorf("%s: got class %d, want %d", word, got, want)
		}
	}
	for w := range words {
		if w != strings.ToLower(w) {
			t.Errorf("%q is not in small letters", w)
		}
	}
}
